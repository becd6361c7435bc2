package render

import (
	"bytes"
	"html/template"
	"strings"
)

// Pages of prose are many, so page.html is filled once for each language and
// depth, with marks in the places of what differs from page to page; a page is
// then those pieces and what belongs between them. Filling the whole layout for
// each page took thirty times as long.

// slots are the places of page.html that differ from page to page.
type slots struct {
	Class      string        // of the body
	Title      template.HTML // the h1: the page's finding, or its title
	Lead       template.HTML // the first paragraph, or what stands below a finding; "" none
	Facts      template.HTML // edition, date and source of the figures; "" on a page without figures
	Crumbs     template.HTML // the way from the start page; "" on that page
	Contents   template.HTML // "On this page"; "" on a short one
	Notices    template.HTML // lines above the text; "" for most
	Body       template.HTML // everything below; the lead too, in a layout that has no place for it
	Cite       template.HTML // how to cite the page, and where to edit it; "" mostly on one without figures
	Neighbours template.HTML // the page before and the page after; "" outside the main menu
}

// slot says which of them.
type slot string

// The marks are characters that no text has: Unicode leaves them to private use.
const (
	slotMeta       slot = "\ue000meta\ue001"
	slotClass      slot = "\ue000class\ue001"
	slotSwitch     slot = "\ue000switch\ue001"
	slotNav        slot = "\ue000nav\ue001"
	slotCrumbs     slot = "\ue000crumbs\ue001"
	slotTitle      slot = "\ue000title\ue001"
	slotLead       slot = "\ue000lead\ue001"
	slotFacts      slot = "\ue000facts\ue001"
	slotContents   slot = "\ue000contents\ue001"
	slotNotices    slot = "\ue000notices\ue001"
	slotBody       slot = "\ue000body\ue001"
	slotCite       slot = "\ue000cite\ue001"
	slotNeighbours slot = "\ue000neighbours\ue001"
)

// piece is a stretch of page.html and the slot that follows it.
type piece struct {
	text string
	next slot
}

// fewestContents is how many headings a page must have to be worth a list of them.
const fewestContents = 4

const pageLayout = "page.html"

// Page writes a page of prose.
func (f *Frame) Page(w *bytes.Buffer, v *Page) error {
	prefix := up(v.Path)
	if f.theme.isOwn(pageLayout) {
		return f.wholePage(w, prefix, v)
	}
	pieces, err := f.pageAt(prefix)
	if err != nil {
		return err
	}
	b := w.AvailableBuffer()
	for _, p := range pieces {
		if b, err = f.appendSlot(append(b, p.text...), p.next, prefix, v); err != nil {
			return err
		}
	}
	w.Write(b)
	return nil
}

// wholePage fills the whole layout for one page.
func (f *Frame) wholePage(w *bytes.Buffer, prefix string, v *Page) error {
	shared, err := f.sharedAt(prefix, &v.Head)
	if err != nil {
		return err
	}
	at := func(s slot) template.HTML {
		b, problem := f.appendSlot(nil, s, prefix, v)
		if problem != nil {
			err = problem
		}
		return template.HTML(b)
	}
	lead, body := at(slotLead), at(slotBody)
	if !bytes.Contains(f.theme.texts[f.theme.own[pageLayout]], []byte(".View.Lead")) {
		lead, body = "", lead+body
	}
	data := fill[slots]{
		here: f.here(prefix), Site: &f.site, Shared: shared, Meta: at(slotMeta), Switch: at(slotSwitch),
		View: slots{
			Class: string(at(slotClass)), Title: at(slotTitle), Lead: lead, Facts: at(slotFacts),
			Crumbs: at(slotCrumbs), Contents: at(slotContents),
			Notices: at(slotNotices), Body: body, Cite: at(slotCite), Neighbours: at(slotNeighbours),
		},
	}
	if err != nil {
		return err
	}
	return execute(w, f.theme, pageLayout, data)
}

// appendSlot appends what belongs in one slot of the page.
func (f *Frame) appendSlot(b []byte, s slot, prefix string, v *Page) ([]byte, error) {
	h := f.here(prefix)
	switch s {
	case slotMeta:
		b = f.appendMeta(b, &v.Head, listed)
	case slotClass:
		b = appendBodyClass(b, v)
	case slotSwitch:
		b = appendLanguageSwitch(b, h, v.Alternates)
	case slotNav:
		shared, err := f.sharedAt(prefix, &v.Head)
		if err != nil {
			return nil, err
		}
		b = append(b, shared.Nav...)
	case slotTitle:
		if v.Hero != "" {
			return append(b, v.Hero...), nil
		}
		b = appendEscaped(b, v.Title)
	case slotLead:
		b = append(b, v.Lead...)
	case slotFacts:
		if v.Facts && v.Path == f.site.Method.To {
			return f.appendLayout(b, "facts", prefix, v) // it does not lead to itself
		}
		if v.Facts {
			shared, err := f.sharedAt(prefix, nil)
			if err != nil {
				return nil, err
			}
			b = append(b, shared.Facts...)
		}
	case slotBody:
		b = append(b, v.Body...)
	case slotContents:
		if len(v.Contents) >= fewestContents {
			b = appendContents(b, h, v.Contents)
		}
	case slotCrumbs:
		if len(v.Crumbs) > 0 {
			return f.appendLayout(b, "crumbs", prefix, v)
		}
	case slotNotices:
		if len(v.Notices) > 0 {
			return f.appendLayout(b, "notices", prefix, v)
		}
	case slotCite:
		var err error
		if v.Cite {
			b, err = f.appendLayout(b, "cite", prefix, v)
		}
		if v.Edit == "" || err != nil {
			return b, err
		}
		return f.appendLayout(b, "edit", prefix, v)
	case slotNeighbours:
		if v.Prev.Text != "" || v.Next.Text != "" {
			return f.appendLayout(b, "neighbours", prefix, v)
		}
	}
	return b, nil
}

func appendBodyClass(b []byte, v *Page) []byte {
	b = append(b, "page"...)
	if v.Plain {
		b = append(b, " plain"...)
	}
	if v.Hero != "" {
		b = append(b, " with-hero"...)
	}
	return b
}

// appendLayout fills one of the small layouts that few pages need.
func (f *Frame) appendLayout(b []byte, layout, prefix string, v *Page) ([]byte, error) {
	w := bytes.NewBuffer(b)
	err := execute(w, f.theme, layout, fill[*Page]{here: f.here(prefix), Site: &f.site, View: v})
	return w.Bytes(), err
}

// pageAt gives page.html for pages with this way to the root.
func (f *Frame) pageAt(prefix string) ([]piece, error) {
	f.mu.Lock()
	pieces, known := f.pages[prefix]
	f.mu.Unlock()
	if known {
		return pieces, nil
	}
	common, err := f.sharedAt(prefix, nil)
	if err != nil {
		return nil, err
	}
	own := *common
	own.Nav = template.HTML(slotNav)
	var w bytes.Buffer
	err = execute(&w, f.theme, pageLayout, fill[slots]{
		here: f.here(prefix), Site: &f.site, Shared: &own, Meta: template.HTML(slotMeta), Switch: template.HTML(slotSwitch),
		View: slots{
			Class: string(slotClass), Title: template.HTML(slotTitle), Lead: template.HTML(slotLead),
			Facts: template.HTML(slotFacts), Crumbs: template.HTML(slotCrumbs),
			Contents: template.HTML(slotContents), Notices: template.HTML(slotNotices),
			Body: template.HTML(slotBody), Cite: template.HTML(slotCite), Neighbours: template.HTML(slotNeighbours),
		},
	})
	if err != nil {
		return nil, err
	}
	pieces = cut(w.String())
	f.mu.Lock()
	f.pages[prefix] = pieces
	f.mu.Unlock()
	return pieces, nil
}

// cut parts the filled page.html at its slots.
func cut(html string) []piece {
	var pieces []piece
	for {
		text, rest, found := strings.Cut(html, "\ue000")
		if !found {
			return append(pieces, piece{text: text})
		}
		name, after, _ := strings.Cut(rest, "\ue001")
		pieces = append(pieces, piece{text, slot("\ue000" + name + "\ue001")})
		html = after
	}
}
