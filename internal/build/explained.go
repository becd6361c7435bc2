package build

import (
	"path"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/site"
)

// Figures and their units say where readers find what is counted: explained:
// glossary.md#visits. In each language that leads to the page of that language. Its page is
// looked for before the pages are read, so that their numbers can link to it, and its place
// once they were.

// explained is a page that explanations lead to, and all places that name it.
type explained struct {
	page   string // "glossary.md"
	all    []*figure.Explanation
	places []diag.Place
}

// readExplained finds the pages, and gives each language the addresses.
func (b *builder) readExplained() {
	for _, page := range byPage(b.figures.Explanations()) {
		group, problem := b.explainingPage(page)
		if problem == nil {
			problem = b.untranslatedExplanation(page, group)
		}
		if problem != nil {
			problem.Place = page.places[0]
			for _, at := range page.places[1:min(len(page.places), mostPlaces)] {
				problem.Notes = append(problem.Notes, diag.Note{Place: at, Text: diag.Say("here too", "auch hier")})
			}
			b.siteProblems.Add(*problem)
			continue
		}
		for _, l := range b.config.Langs {
			p := group.In(l.Code)
			if p == nil {
				continue // where it lacks a translation that there should be, that is told there
			}
			for _, e := range page.all {
				b.tongues[l.Code].views.Explained[e] = withFragment(p.Path, fragmentOf(e))
				b.explained = append(b.explained, explanation{e, p})
			}
		}
	}
}

// byPage puts together what leads to one page.
func byPage(all []*figure.Explanation) (pages []*explained) {
	known := map[string]*explained{}
	for _, e := range all {
		name, _, _ := strings.Cut(e.To, "#")
		page := known[name]
		if page == nil {
			page = &explained{page: name}
			known[name], pages = page, append(pages, page)
		}
		page.all, page.places = append(page.all, e), append(page.places, e.Places...)
	}
	return pages
}

// fragmentOf is the place on the page, as ids are stored.
func fragmentOf(e *figure.Explanation) string {
	_, fragment, _ := strings.Cut(e.To, "#")
	return locale.Composed(fragment)
}

// explainingPage finds a page as the default language calls it, or else any other.
func (b *builder) explainingPage(page *explained) (*site.Group, *diag.Diagnostic) {
	for _, l := range b.config.Langs {
		if p := b.site.Of(path.Join("content", l.Code, page.page)); p != nil && p.Group != nil {
			return p.Group, nil
		}
	}
	home := &site.Page{Lang: b.config.Default, File: path.Join("content", b.config.Default.Code, "note")}
	to, problem := b.site.Resolve(home, &prose.Link{Dest: page.page})
	if problem == nil && to.Page != nil && to.Page != home {
		return to.Page.Group, nil
	}
	if problem == nil {
		problem = &diag.Diagnostic{
			Code: "link-broken",
			Text: diag.Say("explained: leads to a page of this site, and \"%s\" is none",
				"explained: führt zu einer Seite dieser Website, und „%s“ ist keine", page.all[0].To),
			Ways: []diag.Text{diag.Say(
				"write the file of a page and the id of a heading on it, as in glossary.md#visits",
				"schreiben Sie die Datei einer Seite und die Kennung einer Überschrift dort, "+
					"zum Beispiel glossar.md#besuche")},
		}
	}
	return nil, problem
}

// untranslatedExplanation says that a language has no page that explains its numbers, where
// that was meant to be so: a translation that is only missing is told at its page.
func (b *builder) untranslatedExplanation(page *explained, g *site.Group) *diag.Diagnostic {
	for _, code := range b.config.Complete {
		if source := g.Pages[0]; g.In(code) == nil && source.Front.Only != "" {
			return &diag.Diagnostic{
				Code: "link-broken",
				Text: diag.Say("numbers on %[2]s pages link to %[1]s, which is for one language only",
					"Zahlen auf Seiten der Sprache %[2]s verweisen auf %[1]s, "+
						"und diese Seite gibt es nur in einer Sprache",
					page.page, b.tongues[code].lang),
				Notes: []diag.Note{{Place: b.at(source, source.Front.TitleStart, source.Front.TitleEnd),
					Text: diag.Say("this is the page", "dies ist die Seite")}},
				Ways: []diag.Text{diag.Say("translate the page, and take only: out of it",
					"übersetzen Sie die Seite, und streichen Sie dort only:"),
					diag.Say("take explained: out", "streichen Sie explained:")},
			}
		}
	}
	return nil
}

// explanation is a place on the page of one language.
type explanation struct {
	*figure.Explanation
	page *site.Page
}

// checkExplained reports explanations of places that their pages do not have. Where no
// language has it, that is one mistake.
func (b *builder) checkExplained() {
	told := map[*figure.Explanation]bool{}
	for _, e := range b.explained {
		problem := site.FragmentProblem(e.page, fragmentOf(e.Explanation))
		if fragmentOf(e.Explanation) == "" || problem == nil || told[e.Explanation] {
			continue
		}
		told[e.Explanation] = true
		problem.Place = e.Places[0]
		for _, at := range e.Places[1:] {
			problem.Notes = append(problem.Notes, diag.Note{Place: at, Text: diag.Say("here too", "auch hier")})
		}
		b.siteProblems.Add(*problem)
	}
}
