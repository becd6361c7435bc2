package present

import (
	"bytes"
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
	depth int // folders above the page
}

// Number is a number as it stands in a sentence of the page at path. Nobody changes
// what it gives.
func (in *Language) Number(c *prose.Cite, path string) []byte {
	if c.None {
		return []byte(render.Text(c.Text))
	}
	m := mention{c.Ref, c.Text, c.First, strings.Count(path, "/")}
	if known, ok := in.mentions.Load(m); ok {
		return known.([]byte)
	}
	fig := figOf(c)
	var html []byte
	switch {
	case c.Ref.Option.Field != figure.NoField:
		html = render.AppendFigText(nil, fig)
	case c.First:
		in.link(&fig, c.Ref, path)
		fallthrough
	default:
		html = render.AppendFig(nil, fig)
	}
	html = bytes.Clone(html) // no larger than it is
	in.mentions.Store(m, html)
	return html
}

// NumberInNote is a number in a note, which links nowhere: a note is shown in many
// places.
func NumberInNote(c *prose.Cite) []byte {
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

// link makes a number a link to its place on the figures page, with a name that a
// screen reader says: what the page says, noun and period.
func (in *Language) link(fig *render.Fig, ref figure.Ref, path string) {
	fig.Href = render.Rel(path, in.figureAddress(ref.Figure))
	fig.Source, fig.Status = source(ref.Figure, in.Lang), basis(ref.Figure, in.Lang)
	fig.Spoken = ref.Spoken(in.Lang)
	if text := ref.Text(in.Lang); text != fig.Text {
		fig.Spoken = strings.Replace(fig.Spoken, text, fig.Text, 1)
	}
}
