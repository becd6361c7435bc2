package present

import (
	"cmp"
	"slices"

	"bilanz/internal/figure"
	"bilanz/internal/render"
)

// Frame says what is the same on every page of a language.
//
// report is where the accessibility statement says how to report a barrier, such as
// "#report"; "" where it does not say.
func (in *Language) Frame(report string) render.Site {
	c, l := in.Site.Config, in.Lang
	s := render.Site{
		Lang: l, Root: in.root, Title: c.Title[l.Code], LogoAlt: c.Look.LogoAlt[l.Code], Footer: in.Footer,
		Demo: c.Demo, BaseURL: in.Base,
		Edition: c.Edition.Label[l.Code], UpTo: in.upTo(), Figures: in.FiguresAt(), Search: in.SearchAt(),
		Dates: in.sourceDates(), Data: in.files(), AllData: in.DataAt(),
		Print: in.PrintAt(), Edit: c.Edit != "",
	}
	for _, p := range in.Site.Nav(l, "") {
		s.Nav = append(s.Nav, linkTo(p))
	}
	for _, p := range in.Site.Pages {
		if link := linkTo(p); p.Lang == l && p.Front.Slot == "method" && !slices.Contains(s.Nav, link) {
			s.Method = link
		}
	}
	for _, section := range in.Site.Sections(l) {
		list := render.LinkList{Title: section}
		for _, p := range in.Site.Nav(l, section) {
			list.Links = append(list.Links, linkTo(p))
		}
		s.More = append(s.More, list)
	}
	for _, f := range c.Funders {
		s.Funders = append(s.Funders, render.Link{Text: f.Name[l.Code], To: f.Link})
	}
	in.footer(&s, report)
	if c.Licence != "" {
		s.Licence = render.Link{Text: c.Licence, To: "#"}
	}
	if c.Contact.Email != "" {
		name := c.Contact.Name
		if name == "" {
			name = c.Contact.Email
		}
		s.Contact = render.Link{Text: name, To: "mailto:" + c.Contact.Email}
		s.Report = render.Link{To: "mailto:" + c.Contact.Email}
	}
	return s
}

// files are the files with all figures.
func (in *Language) files() []render.Download {
	return []render.Download{
		{Text: in.Lang.Word("data-csv"), To: "data/figures.csv", Type: "text/csv"},
		{Text: in.Lang.Word("data-json"), To: "data/figures.json", Type: "application/json"},
	}
}

// footer fills in the pages that the law asks for and the other pages of the
// footer, each once.
func (in *Language) footer(s *render.Site, report string) {
	l, legal := in.Lang, in.Site.Config.Legal
	for _, file := range []string{legal.Accessibility, legal.Privacy, legal.Imprint} {
		p := in.Site.Legal(l, file)
		if p == nil {
			continue
		}
		s.Legal = append(s.Legal, linkTo(p))
		if file == legal.Accessibility {
			s.Report = render.Link{To: p.Path + report}
		}
	}
	var further []render.Link
	for _, p := range in.Site.Nav(l, "footer") {
		switch {
		case p.Front.Slot == "easy-read":
			s.EasyRead = linkTo(p)
		case p.Front.Slot == "sign-language":
			s.SignLanguage = linkTo(p)
		case !slices.Contains(s.Legal, linkTo(p)):
			further = append(further, linkTo(p))
		}
	}
	if further != nil {
		s.More = append(s.More, render.LinkList{Title: l.Word("further-pages"), Links: further})
	}
}

// sourceDates lists the sources with the latest reference dates, which are shown
// apart from the edition.
func (in *Language) sourceDates() []render.Term {
	var latest []*figure.Source
	seen := map[*figure.Source]bool{}
	for _, f := range in.Figures.All() {
		if f.Source == nil || seen[f.Source] || f.Source.AsOf == (figure.AsOf{}) {
			continue
		}
		seen[f.Source] = true
		latest = append(latest, f.Source)
	}
	slices.SortFunc(latest, func(a, b *figure.Source) int {
		return cmp.Or(cmp.Compare(b.AsOf.String(), a.AsOf.String()), cmp.Compare(a.ID, b.ID))
	})
	var dates []render.Term
	for _, s := range latest[:min(len(latest), mostDates)] {
		dates = append(dates, render.Term{Term: s.Label[in.Lang.Code], Text: in.Lang.Word("as-of-date", asOf(s.AsOf, in.Lang))})
	}
	return dates
}

// mostDates is how many sources the footer names; the figures page has them all.
const mostDates = 3
