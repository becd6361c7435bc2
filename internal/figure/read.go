package figure

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/locale"
	"bilanz/internal/parallel"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// said is a text that an author wrote in YAML or in a cell of a CSV file, and
// where. The zero said is absent.
type said struct {
	text string
	node *schema.Node
	cell *sheet.Cell
}

// inYAML is the text of a node; absent where there is none.
func inYAML(n *schema.Node) said {
	if n == nil {
		return said{}
	}
	return said{text: n.String(), node: n}
}

func (s said) is() bool { return s.node != nil || s.cell != nil }

// at is the place of the bytes start to end of the text.
func (s said) at(start, end int) diag.Place {
	switch {
	case s.cell != nil:
		return s.cell.At(start, end)
	case s.node.IsEmpty():
		return s.node.Place()
	}
	return s.node.TextPlace(start, end)
}

// place is that of the whole value, its quotes included.
func (s said) place() diag.Place {
	if s.cell != nil {
		return s.cell.Place()
	}
	return s.node.Place()
}

// edit replaces the same bytes in the file.
func (s said) edit(start, end int, with string) []diag.Edit {
	if s.cell != nil {
		return s.cell.Edit(start, end, with)
	}
	return s.node.TextEdit(start, end, with)
}

// document is one file of figures, with the CSV file that it describes.
type document struct {
	yaml   *schema.File // until both are read
	csv    *schema.File
	path   string       // of the YAML file, or of the CSV file where there is no other
	root   *schema.Node // nil where there is no YAML file, or none that can be read
	fields schema.Fields
	kind   docKind
	book   *sheet.Book  // of the CSV file of the same name; nil where there is none, or none that can be read
	sheet  *sheet.Sheet // what it holds, where its first row names the columns
	cells  string       // the name of that CSV file
	broken bool         // something could not be read
	common attrs        // what the figures of the file inherit
}

type docKind int

const (
	plainDoc docKind = iota // figures, units, periods, sources, checks
	tableDoc
	seriesDoc
)

// loader turns files into a checked set.
type loader struct {
	o         Options
	list      *diag.List
	set       *Set
	docs      []*document
	units     map[string]*Unit
	periods   map[string]*Period
	sources   map[string]*Source
	footnotes map[string]*Footnote
	explained map[string]*Explanation
	briefs    map[string][]brief    // by what stands side by side
	shortened map[string]bool       // of these, where somebody says a short name
	firsts    map[string]diag.Place // where ids, units and the like were first given, by kind and name
	formulas  map[*Figure]*derived
	foreign   []string                // files that are not read, by name
	loose     map[string]schema.File  // those of them that a table may name, which end in .tsv or the like
	encodings map[string]*schema.Node // by file: what a table says of its letters; nil where none does
	readBy    map[string]string       // by file: the YAML file of the first table that is read from it
	workbooks map[string][]byte       // by name; read where a table names them
	books     map[string]*sheet.Book  // what was read of them, by name, sheet and range
	sums      []sum
	bases     []pendingBase
	listed    int // figures that are no cells of tables
	checks    []pendingCheck
	over      map[int]bool // which limits were said to be passed
}

// Load reads all files of content/figures, YAML and CSV, in any order. It says
// everything that is wrong; the set holds what could be read.
func Load(files []schema.File, o Options, list *diag.List) *Set {
	l := &loader{
		o: o, list: list,
		set: &Set{o: o, figures: map[string]*Figure{}, formerly: map[string]*Figure{}, tables: map[string]*Table{},
			oldTables: map[string]*Table{}, series: map[string]*Series{}, groups: map[string]Text{}},
		units: map[string]*Unit{}, periods: map[string]*Period{}, sources: map[string]*Source{},
		workbooks: map[string][]byte{}, books: map[string]*sheet.Book{},
		loose: map[string]schema.File{}, encodings: map[string]*schema.Node{}, readBy: map[string]string{},
		footnotes: map[string]*Footnote{}, explained: map[string]*Explanation{},
		briefs: map[string][]brief{}, shortened: map[string]bool{},
		firsts: map[string]diag.Place{}, formulas: map[*Figure]*derived{},
		over: map[int]bool{},
	}
	l.read(files)
	for _, d := range l.docs {
		l.describe(d)
	}
	for _, d := range l.docs {
		l.declare(d)
	}
	l.sayForeign()
	l.set.sort()
	l.settleGroups()
	l.settleFormerly()
	l.settleBases()
	l.settleFormulas()
	l.settleSums()
	l.settleSeries()
	l.settleChecks()
	l.settleNames()
	l.settleShorts()
	for _, name := range sortedKeys(l.units) {
		l.set.units = append(l.set.units, l.units[name])
	}
	l.set.index()
	return l.set
}

// read parses all files, many at once, and pairs each CSV file with the YAML
// file of the same name.
func (l *loader) read(files []schema.File) {
	byName := map[string]*document{}
	files = slices.SortedFunc(slices.Values(files), func(a, b schema.File) int { return cmp.Compare(a.Path, b.Path) })
	for _, f := range files {
		ext := path.Ext(f.Path)
		name := strings.TrimSuffix(f.Path, ext)
		if ext != ".yaml" && ext != ".csv" {
			l.foreign = append(l.foreign, f.Path)
			switch {
			case isWorkbook(f.Path):
				l.workbooks[f.Path] = f.Text
			case IsText(f.Path):
				l.loose[f.Path] = f
			}
			continue
		}
		d := byName[name]
		if d == nil {
			d = &document{path: f.Path}
			byName[name] = d
			l.docs = append(l.docs, d)
		}
		if ext == ".yaml" {
			d.path, d.yaml = f.Path, &f
		} else {
			d.csv, d.cells = &f, f.Path
		}
	}
	l.eachDocument(l.parse)
	l.nameCells()
	l.eachDocument(func(d *document) {
		if d.csv != nil {
			l.openCells(d)
		}
	})
	for _, lost := range l.o.Lost {
		l.set.incomplete = true
		if d := byName[strings.TrimSuffix(lost, path.Ext(lost))]; d != nil {
			d.broken = true
		}
	}
	for _, d := range l.docs {
		l.set.incomplete = l.set.incomplete || d.broken
	}
}

// readNames are the endings that files of figures have, by those that people give them.
var readNames = map[string]string{".yml": ".yaml", ".yaml": ".yaml", ".csv": ".csv"}

// sayForeign says which files are not read, where their name suggests that somebody
// expects it.
func (l *loader) sayForeign() {
	for _, name := range l.foreign {
		if l.readWorkbook(name) {
			continue
		}
		ext := path.Ext(name)
		read := readNames[strings.ToLower(ext)]
		switch strings.ToLower(ext) {
		case ".txt", ".tsv", ".tab":
			if IsText(name) && !strings.HasPrefix(strings.ToUpper(path.Base(name)), "README") {
				l.notNamed(name, diag.Say("no table names this file", "keine Tabelle nennt diese Datei"))
			}
		case ".yml", ".yaml", ".csv":
			l.notRead(name, diag.Say("a file that ends in %s is not read",
				"eine Datei mit der Endung %s wird nicht gelesen", ext),
				renameWay(name, strings.TrimSuffix(name, ext)+read))
		case ".xls", ".ods":
			l.notRead(name, diag.Say("a workbook (%s) is not read",
				"eine Arbeitsmappe (%s) wird nicht gelesen", ext),
				diag.Say("save the sheet as \"CSV UTF-8\" beside it",
					"speichern Sie das Blatt als „CSV UTF-8“ daneben"))
		case ".xlsx":
			l.notNamed(name, diag.Say("no table names this workbook", "keine Tabelle nennt diese Arbeitsmappe"))
		}
	}
}

// readWorkbook reports whether a table was to be read from a workbook.
func (l *loader) readWorkbook(name string) bool {
	return slices.ContainsFunc(sortedKeys(l.books), func(key string) bool {
		return strings.HasPrefix(key, name+"\x00")
	})
}

// notNamed says that a file would be read if a table named it.
func (l *loader) notNamed(name string, text diag.Text) {
	l.notRead(name, text, diag.Say("describe a table of it in a YAML file beside it, which says file: %s",
		"beschreiben Sie eine Tabelle daraus in einer YAML-Datei daneben, in der file: %s steht",
		schema.Written(path.Base(name))))
}

func (l *loader) notRead(name string, text, way diag.Text) {
	l.list.Add(diag.Diagnostic{Code: "file-name", Severity: diag.Warning, Place: diag.File(name),
		Text: text, Ways: []diag.Text{way}})
}

func renameWay(from, to string) diag.Text {
	return diag.Say("rename %s to %s", "benennen Sie %s um in %s", path.Base(from), path.Base(to))
}

// takeForeign finds a file that has another name than the one that is missing, but
// would be read under it: loans.CSV for loans.csv. Nothing else is said of it then.
func (l *loader) takeForeign(missing string) (string, bool) {
	for i, name := range l.foreign {
		ext := path.Ext(name)
		if strings.EqualFold(strings.TrimSuffix(name, ext)+readNames[strings.ToLower(ext)], missing) {
			l.foreign = slices.Delete(l.foreign, i, i+1)
			return name, true
		}
	}
	return "", false
}

// eachDocument does the same with all documents, many at once.
func (l *loader) eachDocument(do func(*document)) {
	work := make([]func(), len(l.docs))
	for i, d := range l.docs {
		work[i] = func() { do(d) }
	}
	inParallel(work)
}

// parse reads the YAML file of a document.
func (l *loader) parse(d *document) {
	if d.yaml == nil {
		return
	}
	root, ok := schema.Parse(*d.yaml, 0, len(d.yaml.Text), l.list)
	if ok {
		d.root = root
	}
	d.yaml, d.broken = nil, !ok
}

// columns are those that the CSV file of a series, or of single figures, must have; nil
// where nobody knows them.
func (d *document) columns() []string {
	if d.root == nil {
		if d.broken {
			return nil
		}
		return []string{"id", "value"}
	}
	if kindOf(d.root) == seriesDoc {
		return []string{"as_of", "value"}
	}
	return []string{"id", "value"}
}

// kindOf tells by its keys what a file describes. A misspelt table: or series: counts
// where the file has nothing that any other would have.
func kindOf(root *schema.Node) docKind {
	var kinds = map[string]docKind{"table": tableDoc, "series": seriesDoc}
	for _, e := range root.Entries() {
		if kind, ok := kinds[e.Key]; ok {
			return kind
		}
	}
	for _, e := range root.Entries() {
		if slices.Contains([]string{"figures", "units", "periods", "sources", "footnotes", "groups"}, e.Key) {
			return plainDoc
		}
	}
	for _, e := range root.Entries() {
		near := diag.Nearest(e.Key, []string{"table", "series"})
		switch {
		case len(near) > 0:
			return kinds[near[0]]
		case e.Key == "rows", e.Key == "columns":
			return tableDoc
		case e.Key == "cumulative", e.Key == "since", e.Key == "breaks":
			return seriesDoc
		}
	}
	return plainDoc
}

// plainSheet takes the CSV file for one whose first row names the columns.
func (l *loader) plainSheet(d *document) {
	if d.book == nil {
		return
	}
	whole := false
	if d.sheet, whole = d.book.Plain(d.columns()); !whole {
		d.broken, l.set.incomplete = true, true
	}
}

// inParallel runs all of the work on as many cores as there are.
func inParallel(work []func()) {
	var wait parallel.Group
	queue := make(chan func())
	for range min(runtime.GOMAXPROCS(0), len(work)) {
		wait.Go(func() {
			for job := range queue {
				job()
			}
		})
	}
	for _, job := range work {
		queue <- job
	}
	close(queue)
	wait.Wait()
}

// add says one thing at one place.
func (l *loader) add(code string, at diag.Place, text diag.Text, ways ...diag.Text) {
	l.list.Add(diag.Diagnostic{Code: code, Place: at, Text: text, Ways: ways})
}

// fault says what is wrong with a text, with the edit that mends it.
func (l *loader) fault(s said, bad *fault) {
	d := bad.at(s.at(bad.start, bad.end))
	switch {
	case bad.write != "" && s.cell != nil && s.cell.InWorkbook():
		d.Ways = []diag.Text{diag.Say("write %s into the cell in Excel, and save",
			"schreiben Sie in Excel %s in die Zelle, und speichern Sie", bad.write)}
	case bad.write != "" && s.cell != nil && s.cell.InOldEncoding():
		d.Ways = []diag.Text{diag.Say("write %s, with the program that the file comes from",
			"schreiben Sie %s, mit dem Programm, aus dem die Datei stammt", bad.write)}
	case bad.write != "":
		d.Edits = s.edit(bad.start, bad.end, bad.write)
	}
	l.list.Add(d)
}

// at is the fault at its place.
func (bad *fault) at(place diag.Place) diag.Diagnostic {
	d := diag.Diagnostic{Code: bad.code, Place: place, Text: bad.text, Notes: bad.notes, Ways: bad.ways}
	if bad.about != "" {
		d.About = []string{bad.about}
	}
	return d
}

// first keeps where a name was given first. It reports false, and says so, where
// it was given before.
func (l *loader) first(kind, name string, at diag.Place, twice diag.Text) bool {
	key := kind + " " + name
	before, again := l.firsts[key]
	if !again {
		l.firsts[key] = at
		return true
	}
	l.list.Add(diag.Diagnostic{
		Code: kind + "-twice", Place: at, Text: twice,
		Notes: []diag.Note{{Place: before, Text: diag.Say("it is here already", "das gibt es schon hier")}},
		Ways: []diag.Text{diag.Say("delete one of the two, or give it another name",
			"löschen Sie eines von beiden, oder geben Sie ihm einen anderen Namen")},
	})
	return false
}

// describe reads what a file describes for others: units, periods, sources,
// footnotes; and, of every file, whether it is a demo.
func (l *loader) describe(d *document) {
	if d.root == nil {
		return
	}
	keys := FileKeys(l.o.Langs, l.o.Languages)
	switch d.kind = kindOf(d.root); d.kind {
	case tableDoc:
		keys = TableKeys()
	case seriesDoc:
		keys = SeriesKeys()
	}
	fields, ok := d.root.Fields(keys, l.list)
	if !ok {
		d.root, d.broken = nil, true
		l.set.incomplete = true
		return
	}
	d.fields = fields
	for _, key := range keys {
		l.set.incomplete = l.set.incomplete || fields.Faulty(key.Name)
	}
	l.refuseDemo(d)
	l.describeUnits(fields.Get("units"))
	l.describePeriods(fields.Get("periods"))
	l.describeSources(fields.Get("sources"))
	l.describeFootnotes(fields.Get("footnotes"))
	l.describeGroups(fields.Get("groups"))
}

func (l *loader) refuseDemo(d *document) {
	n := d.fields.Get("demo")
	if n == nil || l.o.Demo {
		return
	}
	if demo, _ := n.Bool(nil); demo {
		l.add("demo-refused", n.KeyPlace(), diag.Say("these figures are invented (demo: true), but content/site.yaml does not say that the site is a demo",
			"diese Kennzahlen sind erfunden (demo: true), aber content/site.yaml sagt nicht, dass die Website eine Demo ist"),
			diag.Say("delete this line, if all numbers of the file are your own by now",
				"löschen Sie diese Zeile, wenn inzwischen alle Zahlen der Datei Ihre eigenen sind"),
			diag.Say("take the file out of content/figures", "nehmen Sie die Datei aus content/figures heraus"),
			diag.Say("write demo: true in content/site.yaml; every page then says so",
				"schreiben Sie demo: true in content/site.yaml; jede Seite sagt es dann"))
	}
}

func (l *loader) describeUnits(n *schema.Node) {
	keys := UnitKeys(l.o.Langs, l.o.Languages)
	for name, value := range l.named(n, "unit", diag.Say("unit", "die Einheit")) {
		u := &Unit{ID: name, Other: Text{}, Also: map[string][]string{}, forms: map[string]map[locale.Plural]string{}}
		l.units[name] = u
		fields, ok := value.Fields(keys, l.list)
		if !ok || value.IsEmpty() {
			u.bad = true
			continue
		}
		u.bad = !l.readDecimals(fields.Get("decimals"), &u.Decimals) || fields.Get("decimals") == nil
		u.Ungrouped = !l.isTrue(fields.Get("grouping"), name != yearUnit)
		u.Change = l.isTrue(fields.Get("change"), false)
		u.explained = l.explanation(inYAML(fields.Get("explained")))
		u.words = map[string][]unitWord{}
		for _, lang := range l.o.Langs {
			words := fields.Get(lang)
			if words == nil {
				l.needLang(!fields.Faulty(lang), lang, value.KeyPlace(), worded{diag.Say("the unit %s",
					"die Einheit %s", name), name})
				continue
			}
			key, _ := findKey(keys, lang)
			if w, ok := words.Fields(key.Keys, l.list); ok {
				u.Other[lang], u.forms[lang] = w.Text("other"), l.forms(w, lang)
				if also := w.Get("also"); also != nil {
					u.Also[lang] = l.words(also)
				}
				u.words[lang] = u.wordsOf(lang)
			}
		}
	}
}

// forms reads the word of a unit beside numbers, by the plurals of the language.
func (l *loader) forms(w schema.Fields, lang string) map[locale.Plural]string {
	forms := map[locale.Plural]string{}
	for _, plural := range l.lang(lang).Plurals() {
		forms[plural] = w.Text(string(plural))
	}
	return forms
}

// lang finds a language of the site, which are all known.
func (l *loader) lang(code string) *locale.Lang {
	lang, ok := l.o.Languages.Lookup(code)
	if !ok {
		panic("figure: no language " + code)
	}
	return lang
}

func findKey(keys schema.Keys, name string) (schema.Key, bool) {
	for _, key := range keys {
		if key.Name == name {
			return key, true
		}
	}
	return schema.Key{}, false
}

func (l *loader) words(n *schema.Node) []string {
	var words []string
	for _, item := range n.Items() {
		if word, ok := item.Scalar(l.list); ok && word != "" {
			words = append(words, word)
		}
	}
	return words
}

// isTrue reads true or false, or what holds where neither stands.
func (l *loader) isTrue(n *schema.Node, otherwise bool) bool {
	if n == nil {
		return otherwise
	}
	said, ok := n.Bool(l.list)
	return said && ok || otherwise && !ok
}

// readDecimals reads a number of decimals, from 0 to 6.
func (l *loader) readDecimals(n *schema.Node, into *int) bool {
	if n == nil {
		return true
	}
	decimals, ok := n.Int(l.list)
	if ok && (decimals < 0 || decimals > mostDecimals) {
		nearest := "decimals: 0"
		if decimals > mostDecimals {
			nearest = "decimals: 6"
		}
		l.add("decimals-range", n.Place(), diag.Say("decimals is a number from 0 to 6",
			"decimals ist eine Zahl von 0 bis 6"), writeWay(nearest))
		return false
	}
	if ok {
		*into = decimals
	}
	return ok
}

// named goes through the entries of a map whose names others refer to.
func (l *loader) named(n *schema.Node, kind string, word diag.Text) func(yield func(string, *schema.Node) bool) {
	return func(yield func(string, *schema.Node) bool) {
		if n == nil {
			return
		}
		for _, e := range n.Entries() {
			if bad := segmentFault(e.Key); bad != nil {
				l.add(bad.code, e.KeyPlace, bad.text, bad.ways...)
				continue
			}
			if !l.first(kind, e.Key, e.KeyPlace, diag.Say("the %s %s is described twice",
				"%s %s ist zweimal beschrieben", word, e.Key)) {
				continue
			}
			if !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

func (l *loader) describePeriods(n *schema.Node) {
	for name, value := range l.named(n, "period", diag.Say("period", "der Zeitraum")) {
		p := &Period{ID: name, Label: Text{}}
		l.periods[name] = p
		fields, ok := value.Fields(PeriodKeys(l.o.Langs), l.list)
		if !ok {
			continue
		}
		p.From, p.To = l.span(fields)
		for _, lang := range l.o.Langs {
			if label := fields.Get(lang); label != nil {
				p.Label[lang] = fields.Text(lang)
				l.provePeriod(p, lang, label)
				continue
			}
			l.needLang(!fields.Faulty(lang), lang, value.KeyPlace(), worded{diag.Say("the period %s",
				"der Zeitraum %s", name), name})
		}
	}
}

// span reads from and to, the first of which may not be the later one.
func (l *loader) span(fields schema.Fields) (from, to time.Time) {
	from, to = l.day(fields.Get("from")), l.day(fields.Get("to"))
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		l.list.Add(diag.Diagnostic{Code: "period-reversed", Place: fields.Get("to").Place(),
			Text:  diag.Say("this day lies before the first day", "dieser Tag liegt vor dem ersten Tag"),
			Notes: []diag.Note{{Place: fields.Get("from").Place(), Text: diag.Say("the first day", "der erste Tag")}},
			Ways: []diag.Text{diag.Say("exchange the two days, or correct the year",
				"vertauschen Sie die beiden Tage, oder berichtigen Sie das Jahr")}})
	}
	return from, to
}

func (l *loader) describeSources(n *schema.Node) {
	for name, value := range l.named(n, "source", diag.Say("source", "die Quelle")) {
		s := &Source{ID: name, Label: Text{}}
		l.sources[name] = s
		fields, ok := value.Fields(SourceKeys, l.list)
		if !ok {
			continue
		}
		s.Label = l.texts(fields.Get("label"), labelOf(name))
		s.Short = l.optional(fields.Get("short"), shortOf(name))
		l.beside("sources", brief{name, s.Short, s.Label, value.KeyPlace()})
		s.Notes = l.passages(fields.Get("note"), noteOf(name))
		if asOf := fields.Get("as_of"); asOf != nil {
			s.AsOf, _ = l.asOf(inYAML(asOf))
		}
		window := fields.Get("window")
		if window == nil {
			continue
		}
		key, _ := findKey(SourceKeys, "window")
		if w, ok := window.Fields(key.Keys, l.list); ok {
			from, to := l.span(w)
			s.Window = &Period{From: from, To: to}
		}
	}
}

func (l *loader) describeFootnotes(n *schema.Node) {
	for name, value := range l.named(n, "footnote", diag.Say("footnote", "die Fußnote")) {
		l.footnotes[name] = &Footnote{ID: name, Texts: l.passages(value, worded{diag.Say("the footnote %s",
			"die Fußnote %s", name), name})}
	}
}

func (l *loader) describeGroups(n *schema.Node) {
	for name, value := range l.named(n, "group", diag.Say("group", "die Gruppe")) {
		l.set.groups[name] = l.texts(value, worded{diag.Say("the name of the group %s",
			"der Name der Gruppe %s", name), name})
	}
}

// settleGroups says which groups no figure belongs to.
func (l *loader) settleGroups() {
	if l.set.incomplete {
		return
	}
	firsts := map[string]bool{}
	for _, id := range l.set.ids {
		first, _, _ := strings.Cut(id, ".")
		firsts[first] = true
	}
	for _, name := range sortedKeys(l.set.groups) {
		if firsts[name] {
			continue
		}
		var ways []diag.Text
		for _, near := range diag.Nearest(name, sortedKeys(firsts)) {
			ways = append(ways, diag.Say("write %s:", "schreiben Sie %s:", near))
		}
		ways = append(ways, diag.Say("delete it", "löschen Sie diese Zeile"))
		l.add("group-unknown", l.firsts["group "+name], diag.Say("no figure has an id that begins with %s",
			"keine Kennzahl hat eine Kennung, die mit %s beginnt", name), ways...)
	}
}

// worded is something that has words in each language, as a message calls it.
type worded struct {
	diag.Text
	id string // "" where it has none
}

func labelOf(id string) worded {
	return worded{diag.Say("the label of %s", "die Bezeichnung von %s", id), id}
}

func shortOf(id string) worded {
	return worded{diag.Say("the short name of %s (short)", "die Kurzbezeichnung von %s (short)", id), id}
}

func nounOf(id string) worded {
	return worded{diag.Say("the sentence form of %s (noun)", "die Satzform von %s (noun)", id), id}
}

func noteOf(id string) worded {
	return worded{diag.Say("the note of %s", "die Anmerkung von %s", id), id}
}

// texts reads a text for each language, and says in which complete language it
// is missing; what names it in that message.
func (l *loader) texts(n *schema.Node, what worded) Text {
	texts := Text{}
	for lang, value := range l.byLang(n, what) {
		texts[lang] = l.line(value.String(), value.TextPlace)
	}
	if len(texts) > 0 {
		l.lend(texts)
	}
	return texts
}

// line gives a text that is one line of words, and tells markup in it.
func (l *loader) line(text string, place func(start, end int) diag.Place) string {
	if start, end, ok := leftover.Markup(text); ok {
		d := leftover.InLine(text[start:end])
		d.Place = place(start, end)
		l.list.Add(d)
	}
	return text
}

// optional reads a text that an author may leave out, but not in some of the languages only;
// nil where it is left out.
func (l *loader) optional(n *schema.Node, what worded) Text {
	if n == nil {
		return nil
	}
	return l.texts(n, what)
}

// lend gives a language that lacks a text that of the first one which has it: where it
// may lack it, because it is not complete or somebody signed for it, readers see that.
func (l *loader) lend(texts Text) {
	for _, lang := range l.o.Langs {
		for _, other := range l.o.Langs {
			if texts[lang] == "" {
				texts[lang] = texts[other]
			}
		}
	}
}

// given reads a text in the languages that it has; who needs others says so.
func (l *loader) given(n *schema.Node) Text {
	texts := Text{}
	values, _ := n.ByLang(l.o.Langs, l.list)
	for lang, value := range values {
		if value.IsScalar() && strings.TrimSpace(value.String()) != "" {
			texts[lang] = l.line(value.String(), value.TextPlace)
		}
	}
	return texts
}

// passages reads a note for each language.
func (l *loader) passages(n *schema.Node, what worded) []Passage {
	values := l.byLang(n, what)
	var all []Passage
	for _, lang := range l.o.Langs {
		if value := values[lang]; value != nil {
			all = append(all, Passage{Lang: lang, Text: value.String(), Place: value.TextPlace, Edit: value.TextEdit})
		}
	}
	return all
}

func (l *loader) byLang(n *schema.Node, what worded) map[string]*schema.Node {
	if n == nil {
		return nil
	}
	values, ok := n.ByLang(l.o.Langs, l.list)
	for lang, value := range values {
		blank := value.IsScalar() && schema.IsUnseen(value.String())
		if blank && len(l.o.Langs) == 1 { // of several languages one may lack it, or needLang says so
			n.Empty(value, l.list)
		}
		if !value.IsScalar() || blank {
			delete(values, lang)
		}
	}
	for _, lang := range l.o.Langs {
		if values[lang] == nil {
			l.needLang(ok, lang, n.KeyPlace(), what)
		}
	}
	return values
}

// needLang says that a complete language lacks a text.
func (l *loader) needLang(ok bool, lang string, at diag.Place, what worded) {
	if !ok || !slices.Contains(l.o.Complete, lang) {
		return
	}
	d := diag.Diagnostic{
		Code: "translation-missing", Place: at,
		Text: diag.Say("%s is missing in %s", "%s fehlt auf %s", what.Text, l.lang(lang)),
		Ways: []diag.Text{diag.Say("add %s: …", "ergänzen Sie %s: …", lang)},
	}
	if what.id != "" {
		d.About = []string{what.id}
	}
	l.list.Add(d)
}
