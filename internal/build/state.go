package build

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// state is what the project says, for a comparison with another state. It reads every page
// that cites a figure again, so it is made only when asked for.
func (b *builder) state() *compare.State {
	if !b.o.State || b.site == nil || b.figures == nil {
		return nil
	}
	s := *b.figureState()
	if b.siteProblems.Errors() == 0 { // or else not every page was written
		s.Addresses = b.addresses()
	}
	s.Moved = map[string]string{}
	for _, r := range b.site.Redirects() {
		s.Moved[r.From] = r.To.Path
	}
	for _, places := range b.pagePlaces() {
		s.Places = append(s.Places, places...)
	}
	s.Places = append(s.Places, b.notePlaces...)
	s.Wordings, s.Translations = b.wordings(), b.translations
	for _, f := range b.figures.All() {
		if f.Formula != "" {
			s.Places = append(s.Places, compare.Place{
				Kind: "formula", At: f.ValueAt, Text: f.Formula, Of: relate(compare.Rests, f.Inputs...),
			})
		}
	}
	for _, c := range b.figures.Checks() {
		s.Places = append(s.Places, compare.Place{
			Kind: "check", At: c.At, Text: c.Statement, Of: relate(compare.Proves, c.Figures...),
		})
	}
	slices.SortStableFunc(s.Places, func(a, b compare.Place) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Text, b.Text))
	})
	return &s
}

// figureState is the figures as others get them. It is made once: both what a check holds
// against another state and what is handed to a comparison begin with it.
func (b *builder) figureState() *compare.State {
	if b.ofFigures == nil {
		s := compare.OfSet(b.figures, b.config.Langs)
		b.ofFigures = &s
	}
	return b.ofFigures
}

func (b *builder) addresses() []string {
	return compare.Addresses(slices.Collect(maps.Keys(b.written)))
}

func relate(relation compare.Relation, figures ...*figure.Figure) []compare.Of {
	var all []compare.Of
	for _, f := range figures {
		all = append(all, compare.Of{ID: f.ID, Relation: relation})
	}
	return all
}

// pagePlaces lists what each page says of figures.
func (b *builder) pagePlaces() [][]compare.Place {
	all := make([][]compare.Place, len(b.site.Pages))
	b.each(len(all), func(i int) {
		if p := b.site.Pages[i]; len(p.Seen.Cites) > 0 || len(p.Seen.Shown) > 0 {
			all[i] = b.placesOn(p)
		}
	})
	return all
}

func (b *builder) placesOn(p *site.Page) []compare.Place {
	text, ok := b.project.Read(p.File, &b.siteProblems)
	if !ok {
		return nil
	}
	var said diag.List // when the page had its turn
	source := slices.Clone(text)
	doc := prose.Parse(b.tongues[p.Lang.Code].context, schema.File{Path: p.File, Text: text}, &said)
	on := &placesOnPage{page: p, source: source, byStart: map[string]int{}}
	for _, c := range p.Front.Cites {
		kind, words := "description", p.Front.Description
		if p.Front.TitleStart <= c.Start && c.Start <= p.Front.TitleEnd {
			kind, words = "title", p.Front.Title
		}
		if finding, ok := p.Front.Finding(c); ok {
			kind, words = "title", finding
		}
		on.cite(kind, words, c)
	}
	sentences := doc.Sentences()
	for i, c := range doc.Cites {
		if sentences[i] != "" {
			on.cite("sentence", sentences[i], c)
		} else if block := blockAround(doc, c); block != nil {
			on.cite("title", block.Title, c)
		}
	}
	for _, block := range doc.Blocks {
		of := relate(compare.Shows, block.All()...)
		for _, id := range figure.Named(block.Claim) {
			of = append(of, compare.Of{ID: id, Relation: compare.Proves})
		}
		words := block.Title
		if !slices.ContainsFunc(doc.Cites, func(c *prose.Cite) bool { return c.Block == block }) {
			words += " | " + doc.Plain(block) // as where it says in words that nothing is known
		}
		place := on.place(string(block.Kind), words, block.Start, block.End, of)
		place.Name = block.ID
		on.all = append(on.all, place)
	}
	return on.all
}

// blockAround is the block in whose title a number stands.
func blockAround(doc *prose.Document, c *prose.Cite) *prose.Block {
	var last *prose.Block
	for _, block := range doc.Blocks {
		if block.Start < c.Start {
			last = block
		}
	}
	return last
}

// placesOnPage collects what a page says: sentences that say several figures once.
type placesOnPage struct {
	page    *site.Page
	source  []byte
	all     []compare.Place
	byStart map[string]int // of a sentence: where it stands in all
}

func (on *placesOnPage) place(kind, words string, start, end int, of []compare.Of) compare.Place {
	return compare.Place{
		Kind: kind, At: diag.At(on.page.File, on.source, start, end), Page: on.page.Path, Title: on.page.Front.Title,
		Text: words, Of: of,
	}
}

func (on *placesOnPage) cite(kind, words string, c *prose.Cite) {
	if c.None {
		return
	}
	of := relationOf(c.Ref)
	if at, known := on.byStart[kind+words]; known {
		on.all[at].Of = append(on.all[at].Of, of...)
		return
	}
	on.byStart[kind+words] = len(on.all)
	on.all = append(on.all, on.place(kind, words, c.Start, c.End, of))
}

// factOf are the facts that a sentence says in the place of a value.
var factOf = map[figure.Field]compare.Name{
	figure.PeriodField: compare.Time, figure.AsOfField: compare.Time, figure.LabelField: compare.Label,
	figure.UnitField: compare.Unit, figure.SourceField: compare.Source,
}

// relationOf says what the place of a number has to do with figures.
func relationOf(ref figure.Ref) []compare.Of {
	f := ref.Figure
	if ref.Option.Field >= figure.DiscrepancyField {
		return relate(compare.Speaks, f)
	}
	of := relate(compare.Says, f)
	of[0].Fact = factOf[ref.Option.Field]
	if whole := f.Whole(); ref.Option.Share && whole != nil {
		of = append(of, relate(compare.Rests, whole)...)
	}
	return of
}

// placeOfNote keeps what a note says, once its figures were proven.
func (b *builder) placeOfNote(text figure.Passage, said []*prose.Cite, kind present.PassageKind, id, markup string) {
	var of []compare.Of
	for _, c := range said {
		of = append(of, relationOf(c.Ref)...)
	}
	if kind == present.Discrepancy {
		of = append(of, compare.Of{ID: id, Relation: compare.Speaks})
	}
	if len(of) > 0 {
		b.notePlaces = append(b.notePlaces, compare.Place{
			Kind: "note", At: text.Place(0, len(text.Text)), Text: present.Plain(markup), Of: of,
		})
	}
}

// mostJumps is how many cells of one table that jump are told one by one: of more, as after
// a change of scale, a person looks at the table and not at each.
const mostJumps = 20

// holdAgainst warns of figures that another state has and that changed as a slip would, or
// that are gone.
func (b *builder) holdAgainst() {
	if b.o.Against == nil {
		return
	}
	now := b.figureState()
	all := compare.States(b.o.Against, now)
	open := map[string][]*compare.FigureChange{} // by table: jumps that nobody signed for
	var tables []string
	for i := range all.Figures {
		c := &all.Figures[i]
		if c.Jump == compare.NoJump {
			continue
		}
		d := jumps(c)
		b.judge.Judge(&d)
		switch table := c.New.Table; {
		case d.Severity == diag.Accepted:
			now.Confirmed[c.New.ID] = true
			b.siteProblems.Add(d)
		case table == "":
			b.siteProblems.Add(d)
		default:
			if open[table] == nil {
				tables = append(tables, table)
			}
			open[table] = append(open[table], c)
		}
	}
	for _, table := range tables {
		b.addJumps(table, open[table])
	}
	for _, together := range all.Lost() {
		b.siteProblems.Add(b.figuresGone(together))
	}
}

// addJumps warns of cells of a table that jump: of many once, with their number.
func (b *builder) addJumps(table string, all []*compare.FigureChange) {
	if len(all) <= mostJumps {
		for _, c := range all {
			b.siteProblems.Add(jumps(c))
		}
		return
	}
	first := all[0]
	d := jumps(first)
	d.About = []string{table}
	d.Text = diag.Say("%d figures of the table %s changed as a slip would change them; the first: %s",
		"%d Kennzahlen der Tabelle %s haben sich so geändert, wie ein Versehen sie ändern würde; die erste: %s",
		len(all), table, d.Text)
	d.Ways = []diag.Text{
		diag.Say("correct the values, if they are a slip: another scale, a column that moved",
			"berichtigen Sie die Werte, wenn es ein Versehen ist: eine andere Größenordnung, eine "+
				"verrutschte Spalte"),
		diag.Say("look at them with \"bilanz changes\"; if all are right, confirm them together in "+
			"content/accepted.yaml: code: figure-jump, place: %s#%s",
			"sehen Sie sie mit „bilanz changes“ durch; stimmen alle, bestätigen Sie sie zusammen in "+
				"content/accepted.yaml: code: figure-jump, place: %s#%s", first.New.At.Path, table),
	}
	b.siteProblems.Add(d)
}

func jumps(c *compare.FigureChange) diag.Diagnostic {
	name := diag.Named{ID: c.New.ID, Label: c.New.Label["de"]}
	about := []string{c.New.ID}
	if c.New.Table != "" {
		about = append(about, c.New.Table) // who signs for a table signs for its cells
	}
	return diag.Diagnostic{
		Code: "figure-jump", Severity: diag.Warning, Place: c.New.At, About: about,
		Text: diag.Say("%s was %s and is %s now: %s", "%s war %s und ist jetzt %s: %s",
			name, asPrinted{c.Old}, asPrinted{c.New}, c.Jump),
		Ways: []diag.Text{
			diag.Say("correct the value, if it is a slip", "berichtigen Sie den Wert, wenn er ein Versehen ist"),
			diag.Say("if it is right, confirm it in content/accepted.yaml: code: figure-jump, place: %s#%s",
				"stimmt er, bestätigen Sie ihn in content/accepted.yaml: code: figure-jump, place: %s#%s",
				c.New.At.Path, c.New.ID),
		},
	}
}

// asPrinted is the value of a figure as an argument of a sentence.
type asPrinted struct{ f *compare.Figure }

// In gives the value as the language of the message writes it.
func (p asPrinted) In(lang string) string { return p.f.Text.In(lang) }

// figuresGone says once what is gone together: a figure with its parts, cells of a table.
func (b *builder) figuresGone(together []*compare.Figure) diag.Diagnostic {
	f, place := together[0], diag.File(site.ConfigPath)
	var ids []string
	for _, f := range together {
		ids = append(ids, f.ID)
	}
	name := diag.Named{ID: f.ID, Label: f.Label["de"]}
	said := diag.Say("the figure %s was published and is gone",
		"die Kennzahl %s war veröffentlicht und ist weggefallen", name)
	if len(ids) > 1 {
		said = diag.Say("the figure %s and %d more that belong to it were published and are gone",
			"die Kennzahl %s und %d weitere, die zu ihr gehören, waren veröffentlicht und sind weggefallen",
			name, len(ids)-1)
	}
	if f.At.Path != "" && b.project.Has(f.At.Path) {
		place = diag.File(f.At.Path)
	}
	keep := diag.Say("if it has another id now, write formerly: %s at the figure",
		"hat sie jetzt eine andere Kennung, schreiben Sie formerly: %s bei der Kennzahl", f.ID)
	if f.Table != "" {
		keep = diag.Say(
			"if the table, its row or its column has another id now, write the old one there under formerly:",
			"hat die Tabelle, ihre Zeile oder ihre Spalte jetzt eine andere Kennung, schreiben Sie dort die alte "+
				"unter formerly:")
	}
	return diag.Diagnostic{
		Code: "figure-gone", Severity: diag.Warning, Place: place, About: ids, Text: said,
		Ways: []diag.Text{
			keep,
			diag.Say("if nobody needs it any more, sign for that in content/accepted.yaml: "+
				"code: figure-gone, place: %s#%s",
				"braucht sie niemand mehr, zeichnen Sie das in content/accepted.yaml ab: "+
					"code: figure-gone, place: %s#%s",
				place.Path, f.ID),
		},
	}
}

// holdAddresses warns of addresses of another state under which nothing would stand: once of
// pages, once of charts, once of pages that list figures.
func (b *builder) holdAddresses() {
	if b.o.Against == nil {
		return
	}
	var pages, charts, figures []string
	for _, address := range compare.Vanished(b.o.Against.Addresses, b.addresses()) {
		switch _, isChart := chartAt(address); {
		case slices.Contains(b.published, address+"index.html"): // that is an error of its own
		case isChart:
			charts = append(charts, address)
		case b.listsFigures(address):
			figures = append(figures, address)
		default:
			pages = append(pages, address)
		}
	}
	if len(pages) > 0 {
		b.siteProblems.Add(pagesGone(pages))
	}
	if len(charts) > 0 {
		b.siteProblems.Add(chartsGone(charts))
	}
	if len(figures) > 0 {
		b.siteProblems.Add(listsGone(figures))
	}
}

// listsFigures reports whether the page at an address is one that lists figures.
func (b *builder) listsFigures(address string) bool {
	return slices.ContainsFunc(b.config.Langs, func(l *locale.Lang) bool {
		return strings.HasPrefix(address, b.config.Root(l)+"figures/")
	})
}

// listsGone tells of pages that list figures: which there are, ids decide.
func listsGone(all []string) diag.Diagnostic {
	d := addressesGone(all)
	d.Text = diag.Say("pages that list figures stood at %d addresses where this state has none: %s",
		"unter %d Adressen standen Seiten mit Kennzahlen, wo dieser Stand keine hat: %s", len(all), listed(all))
	d.Ways = []diag.Text{diag.Say(
		"keep the first pieces of the ids, which these pages are called by, if people link to them",
		"behalten Sie den Anfang der Kennungen, nach dem diese Seiten heißen, wenn jemand auf sie verweist")}
	return d
}

// chartAt is the id of the chart whose page has an address.
func chartAt(address string) (string, bool) {
	folder, id := path.Split(strings.TrimSuffix(address, "/"))
	return id, path.Base(folder) == "charts"
}

func pagesGone(all []string) diag.Diagnostic {
	d := addressesGone(all)
	d.Text = diag.Say("the state that this is compared with has a page at %s, and this one has none",
		"der Stand, mit dem verglichen wird, hat unter %s eine Seite, dieser hat keine", listed(all))
	if len(all) > 1 {
		d.Text = diag.Say("the state that this is compared with has pages at %d addresses where this one has none: %s",
			"der Stand, mit dem verglichen wird, hat unter %d Adressen Seiten, wo dieser keine hat: %s",
			len(all), listed(all))
	}
	return d
}

func chartsGone(all []string) diag.Diagnostic {
	d := addressesGone(all)
	var ids []string
	for _, address := range all {
		if id, _ := chartAt(address); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	d.Text = diag.Say("the state that this is compared with has the chart %s, and this one has not: %s",
		"der Stand, mit dem verglichen wird, hat das Diagramm %s, dieser nicht: %s", ids[0], listed(all))
	if len(ids) > 1 {
		d.Text = diag.Say("the state that this is compared with has %d charts that this one has not: %s",
			"der Stand, mit dem verglichen wird, hat %d Diagramme, die dieser nicht hat: %s", len(ids), listed(all))
	}
	d.Ways = append([]diag.Text{diag.Say("write the old id into the chart that takes its place, so that its files "+
		"last as well: formerly: %s",
		"schreiben Sie die alte Kennung in das Diagramm, das an seine Stelle tritt, damit auch seine Dateien "+
			"bleiben: formerly: %s", ids[0])}, d.Ways...)
	return d
}

func addressesGone(all []string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "address-gone", Severity: diag.Warning, Place: diag.File(site.ConfigPath), About: all,
		Ways: []diag.Text{diag.Say(
			"name the old address in the front matter of the page that takes its place: aliases: [%s]",
			"nennen Sie die alte Adresse in den Angaben der Seite, die an ihre Stelle tritt: aliases: [%s]",
			strings.TrimSuffix(all[0], "/"))},
	}
}

// listed are addresses in a sentence; of very many the first.
func listed(all []string) diag.Text {
	few := "/" + strings.Join(all[:min(len(all), mostPlaces)], ", /")
	if more := len(all) - mostPlaces; more > 0 {
		return diag.Say("%s and %d more", "%s und %d weitere", few, more)
	}
	return diag.Say("%s", "%s", few)
}
