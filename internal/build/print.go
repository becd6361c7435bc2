package build

import (
	"bytes"
	"html/template"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// The page that is made to be printed shows many pages, and a page is let go when its turn
// ends. Those that it shows are kept until they are written there: so many in a language,
// however large the site is.

// kept is a page that is kept for it.
type kept struct {
	turn   *turn
	blocks []*present.Block
}

// findPrinted says which pages are kept.
func (b *builder) findPrinted() {
	b.printed = map[*site.Page]*kept{}
	for _, t := range b.tongues {
		for _, p := range t.views.Printed() {
			b.printed[p] = nil
		}
	}
}

// keep keeps a page for it, if it is to stand there.
func (t *turn) keep(blocks []*present.Block) {
	b := t.build
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, wanted := b.printed[t.page]; wanted {
		b.printed[t.page] = &kept{t, blocks}
	}
}

// printPages writes the page of each language, unless something is wrong with the pages that
// it would repeat, which was said there.
func (b *builder) printPages(uses map[*figure.Figure][]data.Use) {
	if b.auditProblems.Errors() > 0 {
		for _, t := range b.tongues { // it is no lack, so links to it are not told
			b.written[t.views.PrintAt()+"index.html"] = true
		}
		return
	}
	b.eachTongue(func(t *tongue) { b.printPage(t, uses) })
	b.printed = nil
}

func (b *builder) printPage(t *tongue, uses map[*figure.Figure][]data.Use) {
	views := t.views
	v := views.Print(uses)
	v.Card = b.drawCard(views.ListCard(v.Head))
	notes := &prose.Notes{}
	for _, page := range views.Printed() {
		shown := b.printed[page]
		if shown == nil {
			continue
		}
		s := shown.setting(b)
		s.Notes = notes
		shown.write(v, s)
		if b.isExcused(page.Path + "index.html") {
			b.excuse(v.Path + "index.html")
		}
	}
	b.makePage(v.Path+"index.html", audit.Options{}, nil,
		func(out *bytes.Buffer) error { return t.frame.Print(out, v) })
}

// setting is how the page is written there. Cards, which lead to pages, are left out, and
// the headline figures of the start page, which stand apart.
func (p *kept) setting(b *builder) *present.Setting {
	t := p.turn
	s := t.tongue.views.PrintSetting(t.page, t.doc)
	s.Hero = len(t.page.Front.Hero) > 0
	s.Target = func(link *prose.Link) prose.Target {
		to := t.to[link.Index]
		if to.Page == nil || b.printed[to.Page] == nil || link.Image {
			return t.target(link, s)
		}
		place := "#" + present.PrintID(to.Page)
		if to.Fragment != "" {
			place += "--" + to.Fragment
		}
		return prose.Target{Href: place}
	}
	s.Omit = func(block *prose.Block) bool {
		return block.Kind == prose.Cards || block == p.headline()
	}
	s.Block = func(block *prose.Block, _ bool) []byte {
		for i, laid := range p.blocks {
			if laid.Block == block {
				return []byte(t.printBlock(laid, i+1, s))
			}
		}
		return nil
	}
	return s
}

// headline is the first block of headline figures of a start page.
func (p *kept) headline() *prose.Block {
	for _, block := range p.turn.doc.Blocks {
		if block.Kind == prose.Headline && p.isStart() {
			return block
		}
	}
	return nil
}

func (p *kept) isStart() bool { return p.turn.page.Path == p.turn.tongue.views.Root() }

// write puts the page where it belongs.
func (p *kept) write(v *render.Print, s *present.Setting) {
	t := p.turn
	var lead, body, notes bytes.Buffer
	t.doc.Opening(&lead, &s.Setting)
	figures := p.figures(s)
	t.doc.HTML(&body, &s.Setting)
	t.doc.Footnotes(&notes, &s.Setting)
	v.Notes += template.HTML(notes.String())
	if p.isStart() {
		v.Finding = present.Hero(t.page.Front.Hero, s)
		v.Lead, v.Text = template.HTML(lead.String()), template.HTML(body.String())
		v.Figures = figures
	} else {
		v.Subjects = append(v.Subjects, render.PrintSubject{
			ID: present.PrintID(t.page), Title: t.page.Front.Title, Body: template.HTML(lead.String() + body.String()),
		})
	}
}

// figures are the headline figures of a start page, which stand right below its title there,
// however deep they stand on the page.
func (p *kept) figures(s *present.Setting) template.HTML {
	for i, block := range p.blocks {
		if block.Block == p.headline() {
			cover := *s
			cover.Deeper = 2 - block.Level
			return p.turn.printBlock(block, i+1, &cover)
		}
	}
	return ""
}

// printBlock makes the markup of a block, the nth of its page, as it stands there.
func (t *turn) printBlock(b *present.Block, nth int, s *present.Setting) template.HTML {
	views, frame := t.tongue.views, t.tongue.frame
	var html template.HTML
	var err error
	switch {
	case b.Kind == prose.Headline:
		html, err = frame.Headline(views.Headline(b, nth, s))
	case b.Grid == nil:
	case b.Kind == prose.Table:
		html, err = frame.Table(views.PrintTable(b, s))
	case b.Drawn:
		view := views.PrintChart(b, s)
		html, err = frame.PrintChart(&view)
	default:
		html, err = frame.List(views.List(b, s))
	}
	t.build.fail(err)
	return html
}
