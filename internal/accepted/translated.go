package accepted

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// TranslatedPath is where it is recorded what two pages said when they were last compared: a
// page of the default language and its translation. "bilanz fix" keeps it up to date, and
// "bilanz fix --translated" signs.
//
// A line names the translation, and for each section the marks of its paragraphs: of the source
// before the "=", of the translation behind it. Where a section changed in both since, somebody
// had both before them, and they count as compared; where it changed in one, the other page is
// older. Two pages with another number of sections are recorded as one section each.
const TranslatedPath = "content/translated.yaml"

// Page is one of two pages that say the same in two languages.
type Page struct {
	File  string
	Text  []byte
	Body  int // where the text begins, below the front matter
	Title diag.Place
}

// Translation is a page in another language than the default one, and the one that it translates.
type Translation struct {
	File, Source string // content/de/advice.md, content/en/advice.md

	Changes []Change // since the two were last compared, by page and in order

	title  diag.Place // of the translation
	now    [2]marked
	was    [2]marked // nil where nothing is recorded, and of an older form
	former string    // the hash of the source that an older form recorded
	line   recorded
}

// Change is a section that is not as it was when two pages were last compared.
type Change struct {
	At    diag.Place
	Name  diag.Text
	Alone bool // the other page says there what it said
	page  int  // 0: of the source; 1: of the translation
}

// The pages of a translation, in the order of its states.
const (
	source = iota
	translated
)

// Compare holds two pages against what is recorded of them, and says where one is older.
// A list that is nil is told nothing.
func (r *Record) Compare(original, translation Page, list *diag.List) Translation {
	t := Translation{File: translation.File, Source: original.File, title: translation.Title,
		line: r.lines[translation.File]}
	pages := [2]Page{original, translation}
	var sections [2][]Section
	for i, p := range pages {
		sections[i] = Sections(p.Text, p.Body)
		for _, s := range sections[i] {
			t.now[i] = append(t.now[i], s.marks())
		}
	}
	t.read()
	var notes [2][]diag.Note
	if t.was[source] != nil {
		notes = t.findChanges(pages, sections)
	} else if t.former != "" && t.former != formerHash(original.Text, original.Body) {
		t.Changes = []Change{{At: diag.File(t.Source), Name: wholePage, Alone: true}}
	}
	if list == nil {
		return t
	}
	for page := range pages {
		if t.Outdated(1 - page) {
			list.Add(r.outdated(t, pages[1-page], t.placeIn(pages[1-page], sections[1-page], page), pages[page],
				notes[page]))
		}
	}
	return t
}

// Outdated reports whether a page is older than the other: the source (0), or the translation (1).
func (t *Translation) Outdated(page int) bool {
	return slices.ContainsFunc(t.Changes, func(c Change) bool { return c.Alone && c.page != page })
}

// read takes the recorded line apart.
func (t *Translation) read() {
	if t.line.text != "" && !strings.Contains(t.line.text, "=") {
		t.former, _, _ = strings.Cut(t.line.text, " ")
		return
	}
	for section := range strings.FieldsSeq(t.line.text) {
		of, is, _ := strings.Cut(section, "=")
		t.was[source], t.was[translated] = append(t.was[source], of), append(t.was[translated], is)
	}
}

// states are the recorded one and one of now, section by section where both are so.
func (t *Translation) states(now [2]marked) (was, is [2]marked) {
	if len(t.was[source]) == 1 {
		return t.was, [2]marked{now[source].whole(), now[translated].whole()}
	}
	return t.was, now
}

// findChanges says where each page is not as recorded, and what is new there.
func (t *Translation) findChanges(pages [2]Page, sections [2][]Section) (notes [2][]diag.Note) {
	was, now := t.states(t.now)
	all, alone := compare(was, now)
	for i, p := range pages {
		for _, s := range all[i] {
			if s.same {
				continue
			}
			c := Change{page: i, Alone: slices.Contains(alone[i], s), At: diag.File(p.File), Name: wholePage}
			var paragraphs []Paragraph
			switch {
			case len(was[i]) == 1:
				for _, section := range sections[i] {
					paragraphs = append(paragraphs, section.Paragraphs...)
				}
			case s.now < 0:
				c.Name = diag.Say("a section is gone", "ein Abschnitt ist weggefallen")
			default:
				section := sections[i][s.now]
				c.Name = nameOf(s.now, section)
				c.At = diag.At(p.File, p.Text, section.Start, section.Start)
				paragraphs = section.Paragraphs
			}
			t.Changes = append(t.Changes, c)
			if c.Alone {
				before := ""
				if s.nth == 0 {
					before = was[i][s.at]
				}
				notes[i] = append(notes[i], c.notes(p, before, paragraphs)...)
			}
		}
	}
	return notes
}

var wholePage = diag.Say("the page", "die Seite")

// nameOf is how people call a section.
func nameOf(number int, s Section) diag.Text {
	switch {
	case number == 0:
		return diag.Say("title and description", "Titel und Beschreibung")
	case number == 1:
		return diag.Say("the text above the first heading", "der Text über der ersten Überschrift")
	}
	return diag.Say("“%s”", "„%s“", s.Heading)
}

// notes name the paragraphs of a section that are new or changed, and how many are gone.
func (c Change) notes(p Page, before string, paragraphs []Paragraph) (notes []diag.Note) {
	gone := map[string]int{}
	left := len(before) / markLength
	for ; len(before) >= markLength; before = before[markLength:] {
		gone[before[:markLength]]++
	}
	for _, paragraph := range paragraphs {
		if m := paragraph.mark(); gone[m] > 0 {
			gone[m]--
			left--
			continue
		}
		notes = append(notes, diag.Note{
			Place: diag.At(p.File, p.Text, paragraph.Start, paragraph.End),
			Text: diag.Say("%s, new or changed: %s", "%s, neu oder geändert: %s", c.Name,
				opening(Readable(p.Text[paragraph.Start:paragraph.End]))),
		})
	}
	if left > len(notes) {
		notes = append(notes, diag.Note{Place: c.At, Text: diag.Plural(left-len(notes),
			diag.Say("%s: 1 paragraph is gone", "%s: 1 Absatz ist weggefallen", c.Name),
			diag.Say("%s: %d paragraphs are gone", "%s: %d Absätze sind weggefallen", c.Name, left-len(notes)))})
	}
	if len(notes) == 0 {
		notes = append(notes, diag.Note{Place: c.At, Text: diag.Say("%s: in another order",
			"%s: in anderer Reihenfolge",
			c.Name)})
	}
	return notes
}

// mostWords is how many characters of a paragraph a message shows.
const mostWords = 70

// opening is how a paragraph begins.
func opening(paragraph string) string {
	words := []rune(paragraph)
	if len(words) <= mostWords {
		return string(words)
	}
	return string(words[:mostWords-1]) + "…"
}

// placeIn is where a page has yet to follow the other: the section that says what it said, or
// its title.
func (t *Translation) placeIn(p Page, sections []Section, newer int) diag.Place {
	was, now := t.states(t.now)
	if t.was[source] == nil || len(was[source]) == 1 {
		return p.Title
	}
	_, alone := compare(was, now)
	here := steps(was[1-newer], now[1-newer])
	if first := at(here, alone[newer][0].spot); first.now > 1 && first.same {
		start := sections[first.now].Start
		return diag.At(p.File, p.Text, start, start+len(bytes.TrimRight(lineAt(p.Text, start), "\r\n")))
	}
	return p.Title
}

func lineAt(text []byte, start int) []byte {
	for line := range bytes.Lines(text[start:]) {
		return line
	}
	return nil
}

// outdated says that a page is older than the other.
func (r *Record) outdated(t Translation, older Page, place diag.Place, newer Page, notes []diag.Note) diag.Diagnostic {
	if more := len(notes) - mostChanges; more > 0 {
		notes = append(notes[:mostChanges:mostChanges], diag.Note{Place: diag.File(newer.File), Text: diag.Plural(more,
			diag.Say("1 more paragraph", "1 weiterer Absatz"), diag.Say("%d more paragraphs", "%d weitere Absätze",
				more))})
	}
	d := diag.Diagnostic{
		Code: "translation-outdated", Severity: diag.Warning, Place: place, Notes: notes,
		Text: diag.Say("%s is newer: it has changed since the two pages were last compared, and this page has not "+
			"followed",
			"%s ist neuer: dort hat sich seit dem letzten Vergleich etwas geändert, das hier noch fehlt", newer.File),
		Ways: []diag.Text{diag.Say("make the same change here; nothing else is needed then",
			"ändern Sie diese Seite ebenso; mehr ist dann nicht nötig")},
	}
	r.offer(&d, t)
	return d
}

// mostChanges is how many changed paragraphs a message names.
const mostChanges = 10

func (r *Record) unrecorded(t Translation) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "translation-unrecorded", Severity: diag.Warning, Place: t.title,
		Text: diag.Say("it is not recorded yet that this page and %s were compared",
			"noch ist nicht festgehalten, dass diese Seite und %s verglichen wurden", t.Source),
	}
	r.offer(&d, t)
	return d
}

// offer names what records that two pages were compared: a line to paste, and a command.
func (r *Record) offer(d *diag.Diagnostic, t Translation) {
	line := pasted(t.lineOf(t.now))
	if t.line.text == "" {
		d.Ways = append(d.Ways, diag.Say("if the two pages say the same, add this line at the end of %s:\n%s",
			"wenn die beiden Seiten dasselbe sagen, fügen Sie am Ende von %s diese Zeile an:\n%s", TranslatedPath,
			line))
	} else {
		d.Ways = append(d.Ways, diag.Say("if the two pages say the same, write this in the place of line %d of %s:\n%s",
			"wenn die beiden Seiten dasselbe sagen, schreiben Sie in %[2]s statt Zeile %[1]d:\n%[3]s",
			t.line.at.Line, TranslatedPath, line))
	}
	d.Ways = append(d.Ways, diag.Say(`with the command, that is "bilanz fix --translated %s"`,
		"mit dem Befehl ist das „bilanz fix --translated %s“", strings.TrimPrefix(t.File, "content/")))
	if e, ok := r.write(t, textOf(t.now)); ok {
		e.Choice = true
		d.Edits = append(d.Edits, e)
	}
}

// pasted is a line to be copied, which nothing shortens.
type pasted string

// In gives the line, the same in every language.
func (p pasted) In(string) string { return string(p) }

// lineOf is what the record says of a state of both pages.
func (t *Translation) lineOf(state [2]marked) string {
	return strings.TrimPrefix(t.File, "content/") + ": \"" + textOf(state) + "\""
}

func textOf(state [2]marked) string {
	if len(state[source]) != len(state[translated]) {
		state = [2]marked{state[source].whole(), state[translated].whole()}
	}
	var sections []string
	for i := range state[source] {
		sections = append(sections, state[source][i]+"="+state[translated][i])
	}
	return strings.Join(sections, " ")
}

// Record is what content/translated.yaml holds, by file.
type Record struct {
	text  []byte
	lines map[string]recorded
}

// recorded is one line of the record.
type recorded struct {
	text       string // the value that holds
	written    string // the value in the file
	at         diag.Place
	start, end int // of the value, with its quotation marks
	key        [2]int
}

// ReadRecord reads the record; false where there is none to rely on.
func ReadRecord(text []byte, list *diag.List) (*Record, bool) {
	r := &Record{text: text, lines: map[string]recorded{}}
	node, ok := schema.Parse(schema.File{Path: TranslatedPath, Text: slices.Clone(text)}, 0, len(text), list)
	if !ok || !node.Mapping(list) {
		return r, false
	}
	for _, e := range node.Entries() {
		if value, ok := e.Value.Scalar(list); ok {
			start, end := e.Value.Span()
			from, to := e.Value.KeySpan()
			r.lines[path.Join("content", e.Key)] = recorded{value, value, e.KeyPlace, start, end, [2]int{from, to}}
		}
	}
	return r, true
}

// Since gives the record as it would be if another state of the project, in which these
// translations were found, had been recorded by its last change: what was changed on both sides
// there is no change any more. What is recorded anew since stays.
func (r *Record) Since(before []Translation) *Record {
	lines := maps.Clone(r.lines)
	for i := range before {
		t := &before[i]
		if line, ok := lines[t.File]; ok && line.written == t.line.written {
			line.text = t.next()
			lines[t.File] = line
		}
	}
	return &Record{text: r.text, lines: lines}
}

// next is what can be recorded of two pages without anybody signing; "" for nothing.
func (t *Translation) next() string {
	switch {
	case t.line.text == "":
		return ""
	case !t.anyAlone():
		return textOf(t.now)
	case len(t.was[source]) < 2:
		return t.line.text
	}
	return textOf(refreshed(t.was, t.now))
}

func (t *Translation) anyAlone() bool { return t.Outdated(source) || t.Outdated(translated) }

// CheckLines reports translations without a line, and lines about files that are no translations.
// Where such a line says what a translation without one says, the page was renamed.
func (r *Record) CheckLines(all []Translation, isKnown func(file string) bool, list *diag.List) {
	renamed := map[string]string{}
	unused := slices.DeleteFunc(slices.Sorted(maps.Keys(r.lines)), isKnown)
	for i := range all {
		t := &all[i]
		if t.line.text != "" {
			continue
		}
		same := func(file string) bool { return renamed[file] == "" && r.lines[file].text == textOf(t.now) }
		if i := slices.IndexFunc(unused, same); i >= 0 {
			renamed[unused[i]] = t.File
		} else {
			list.Add(r.unrecorded(*t))
		}
	}
	for _, file := range unused {
		d := diag.Diagnostic{
			Code: "translated-unused", Severity: diag.Warning, Place: r.lines[file].at, About: []string{file},
			Text: diag.Say("there is no translation %s", "eine Übersetzung %s gibt es nicht", file),
			Ways: []diag.Text{
				diag.Say("delete this line", "löschen Sie diese Zeile"),
				diag.Say("write the file's new name, if it was renamed",
					"schreiben Sie den neuen Namen der Datei, wenn sie umbenannt wurde"),
			},
		}
		if now := strings.TrimPrefix(renamed[file], "content/"); now != "" {
			d.Ways = []diag.Text{diag.Say("write %s, as the page is called now",
				"schreiben Sie %s, wie die Seite jetzt heißt", now)}
			key := r.lines[file].key
			d.Edits = []diag.Edit{{Path: TranslatedPath, Start: key[0], Old: string(r.text[key[0]:key[1]]), New: now}}
		}
		list.Add(d)
	}
}

// Missing says that nobody records what was compared.
func Missing(all []Translation) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "translated-missing", Severity: diag.Warning, Place: diag.File(TranslatedPath),
		Text: diag.Say("this file is missing; without it nobody notices when a page changes in one language only",
			"diese Datei fehlt; ohne sie fällt nicht auf, wenn sich eine Seite nur in einer Sprache ändert"),
		Ways: []diag.Text{
			diag.Say("take the file back from the history, if somebody deleted it",
				"holen Sie die Datei aus der Versionsgeschichte zurück, wenn jemand sie gelöscht hat"),
			diag.Say(`else compare the pages, then run "bilanz fix --translated"`,
				"vergleichen Sie sonst die Seiten und führen Sie dann „bilanz fix --translated“ aus"),
		},
	}
	text := RecordOf(all)
	if len(all) <= mostLines {
		d.Ways = append(d.Ways, diag.Say("without the command: make the file, with these lines:\n%s",
			"ohne den Befehl: legen Sie die Datei an, mit diesen Zeilen:\n%s", pasted(bytes.TrimSpace(text))))
	}
	d.Edits = []diag.Edit{{Path: TranslatedPath, New: string(text), Whole: true, Choice: true}}
	return d
}

// mostLines is how many lines of the record a message holds.
const mostLines = 30

const heading = "# What each page and its translation said when they were last compared, section by section.\n" +
	"# \"bilanz fix\" keeps it up to date; \"bilanz fix --translated PAGE\" signs that two pages say the same.\n"

// RecordOf is the record of translations that say today what their sources say.
func RecordOf(all []Translation) []byte {
	var out bytes.Buffer
	out.WriteString(heading)
	for i := range all {
		out.WriteString(all[i].lineOf(all[i].now) + "\n")
	}
	return out.Bytes()
}

// write records a text for a translation, and touches no other line; false where it is recorded.
func (r *Record) write(t Translation, text string) (diag.Edit, bool) {
	e := diag.Edit{Path: TranslatedPath, Start: len(r.text)}
	line, known := r.lines[t.File]
	switch {
	case known && line.written == text:
		return e, false
	case known:
		e.Start, e.Old, e.New = line.start, string(r.text[line.start:line.end]), "\""+text+"\""
	default:
		e.New = strings.TrimPrefix(t.File, "content/") + ": \"" + text + "\"\n"
		switch {
		case len(r.text) == 0:
			e.New, e.Whole = heading+e.New, true
		case !bytes.HasSuffix(r.text, []byte("\n")):
			e.New = "\n" + e.New
		}
	}
	return e, true
}

// Sign gives the edits that record as compared the translations that are not recorded, or of
// which something changed since, and these translations.
func (r *Record) Sign(all []Translation) (edits []diag.Edit, signed []Translation) {
	for _, t := range all {
		e, ok := r.write(t, textOf(t.now))
		if !ok || t.line.text != "" && len(t.Changes) == 0 { // of an older form
			continue
		}
		signed = append(signed, t)
		sameEnd := func(other diag.Edit) bool { return other.Start == e.Start }
		if i := slices.IndexFunc(edits, sameEnd); i >= 0 {
			edits[i].New += strings.TrimPrefix(strings.TrimPrefix(e.New, heading), "\n")
			continue
		}
		edits = append(edits, e)
	}
	slices.SortFunc(edits, byStart)
	return edits, signed
}

// Keep gives the edits that bring a record up to date after something was changed by a
// machine: before and now are the translations on both sides of that. What nobody has to compare
// is recorded anew: what the machine wrote, and what changed in both languages. It gives the
// translations, too, of which sections count as compared.
func (r *Record) Keep(before, now []Translation) (edits []diag.Edit, compared []Translation) {
	earlier := map[string]*Translation{}
	for i := range before {
		earlier[before[i].File] = &before[i]
	}
	for i := range now {
		t, was := &now[i], earlier[now[i].File]
		if was == nil || was.line.text == "" {
			continue
		}
		e, ok := r.write(*t, was.after(t))
		if !ok {
			continue
		}
		edits = append(edits, e)
		if slices.ContainsFunc(was.Changes, func(c Change) bool { return !c.Alone }) {
			compared = append(compared, *was)
		}
	}
	slices.SortFunc(edits, byStart)
	return edits, compared
}

func byStart(a, b diag.Edit) int { return cmp.Compare(a.Start, b.Start) }

// after is what can be recorded of two pages after a machine made now of them.
func (t *Translation) after(now *Translation) string {
	switch {
	case !t.anyAlone():
		return textOf(now.now)
	case t.was[source] == nil:
		return t.line.text
	}
	was, before := t.states(t.now)
	_, later := t.states(now.now)
	if len(was[source]) > 1 {
		was = refreshed(was, before)
	}
	for page := range was {
		was[page] = carried(was[page], before[page], later[page])
	}
	return textOf(was)
}
