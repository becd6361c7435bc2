package present

import (
	"bytes"
	"html/template"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// mention is what the HTML of a number depends on. A large site has each many
// times.
type mention struct {
	ref   figure.Ref
	said  string
	first bool
	cell  bool
	depth int // folders above the page
}

// Number is a number as it stands in a sentence of the page at path. Nobody changes
// what it gives.
func (in *Language) Number(c *prose.Cite, path string) []byte {
	if c.None {
		return []byte(render.Text(c.Text))
	}
	m := mention{c.Ref, c.Text, c.First, c.Cell, strings.Count(path, "/")}
	if known, ok := in.mentions.Load(m); ok {
		return known.([]byte)
	}
	fig := figOf(c)
	var html []byte
	switch {
	case c.Ref.Option.Field != figure.NoField:
		html = render.AppendFigText(nil, fig)
	case c.First:
		fig.Cell = c.Cell
		in.link(&fig, c.Ref, path)
		fallthrough
	default:
		html = render.AppendFig(nil, fig)
	}
	html = bytes.Clone(html) // no larger than it is
	in.mentions.Store(m, html)
	return html
}

// PlainNumber is a number that links nowhere and has no card: in a note, which is shown in
// many places, in a card, which is a link already, and on pages in Leichte Sprache, which
// names of figures do not speak.
func PlainNumber(c *prose.Cite) []byte {
	switch {
	case c.None:
		return []byte(render.Text(c.Text))
	case c.Ref.Option.Field != figure.NoField:
		return render.AppendFigText(nil, figOf(c))
	}
	return render.AppendFig(nil, figOf(c))
}

func figOf(c *prose.Cite) render.Fig {
	return render.Fig{ID: c.Ref.Figure.ID, Option: c.Ref.Option.String(), Value: c.Ref.Data(), Text: c.Text}
}

// link makes a number a link to its place on the figures page, with all that its card says.
func (in *Language) link(fig *render.Fig, ref figure.Ref, path string) {
	f, l := ref.Figure, in.Lang
	fig.Href = render.Rel(path, in.figureAddress(f))
	fig.Spoken, fig.Label, fig.Line = ref.Name(l, fig.Text), f.Full(l), minusFirst(ref.Line(l, fig.Text), l)
	fig.Source = sourceIn(f, l)
	if unsettled(f) {
		fig.Status = statusWord(f, l)
	}
	fig.Note = in.caveat(f)
	if to := in.Explained[f.Explained()]; to != "" {
		fig.Explained = render.Rel(path, to)
	}
	fig.Edit = in.Site.Config.EditAt(f.ValueAt)
}

// caveat is what must not be lost where a number goes alone: that it is at odds with its
// parts, or its whole with them; or that it was counted otherwise than the ones before.
func (in *Language) caveat(f *figure.Figure) string {
	var all []string
	add := func(note template.HTML) {
		if note != "" {
			all = append(all, strings.TrimSpace(Plain(string(note))))
		}
	}
	add(in.Notes.html(f.ID, Discrepancy))
	if f.Parent != nil {
		add(in.Notes.html(f.Parent.ID, Discrepancy))
	}
	if s := f.Series; s != nil {
		for _, b := range s.Breaks {
			if f.Date.IsZero() || !f.Date.Before(b.From) {
				add(in.Notes.html(BreakID(s, b), Note))
			}
		}
	}
	return strings.Join(all, " ")
}
