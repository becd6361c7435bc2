package incoming

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// Path is where people say once how their files of numbers are to be read.
const Path = "content/import.yaml"

// The keys of an entry that questions are about.
const (
	sheetKey   = "sheet"
	labelsKey  = "labels"
	valuesKey  = "values"
	numbersKey = "numbers"
	timesKey   = "times"
	notesKey   = "notes"
	missingKey = "missing"
	rowsKey    = "rows"
)

// none stands in place of the id for a row that is no figure.
const none = "none"

var oneText = &schema.Key{Kind: schema.Text}

// Keys are the keys of one entry of content/import.yaml. What several entries say of one
// file holds together, and of what two say the later one counts.
var Keys = schema.Keys{
	{Name: "file", Kind: schema.Text, Required: true, Form: `"advice-*.xlsx"`,
		Doc: "The name of the file that was sent; `*` stands for any letters, such as the year."},
	{Name: "sheet", Kind: schema.Text, Form: "Table 1", Doc: "The sheet of a workbook that has several."},
	{Name: "encoding", Kind: schema.Text, Values: sheet.Encodings(),
		Doc: "How the letters of a CSV file are saved that is neither in Unicode nor in windows-1252."},
	{Name: "labels", Kind: schema.Text, Form: "Indicator",
		Doc: "The column that says what a row is: its name in the file, or its letter."},
	{Name: "values", Kind: schema.Text, Form: `"2024"`,
		Doc: "The column that holds the values: its name in the file, or its letter."},
	{Name: "numbers", Kind: schema.Text, Values: []string{"en", "de"},
		Doc: "How the numbers are written, where they could be read in two ways: `de` for a decimal comma."},
	{Name: "times", Kind: schema.Whole, Form: "1000",
		Doc: "What the numbers are multiplied by, where the file says \"in thousands\"; 1 where it does not mean it."},
	{Name: "notes", Kind: schema.Text, Form: "de",
		Doc: "The language of the notes below the table, which become the notes of figures."},
	{Name: "missing", Kind: schema.Map, Of: oneText, Form: "{\"…\": not available, x: confidential}",
		Doc: "What stands in cells without a number, and the reason that it means."},
	{Name: "rows", Kind: schema.Map, Of: oneText, Form: "{Consultations: advice.sessions}",
		Doc: "The rows whose labels differ from those of the figures: what the file calls them, and the id. " +
			"A row below another may be called by both: `Consultations / Men`. `none` for a row that is no figure " +
			"of this site."},
	{Name: "leave_out", Kind: schema.List, Of: oneText, Form: "[Total of all, \"Share *\"]",
		Doc: "Rows that are no figures of this site; `*` stands for any letters."},
}

// Known is what people said of one file.
type Known struct {
	Sheet, Encoding, Labels, Values, Numbers, Notes string

	Times   int               // 0 where nobody said
	Missing map[string]string // by the text of the cell
	Rows    map[string]string // by the label of the row, folded
	Leave   []string

	at map[string]diag.Place // of the keys of columns, and of the sheet
}

// entry is one entry of the file.
type entry struct {
	file string
	rows []*schema.Node // the ids in rows
	Known
}

// Memory is what people said of files.
type Memory struct {
	entries []entry
	Text    []byte // of the file; nil where there is none
}

// ReadMemory reads content/import.yaml.
func ReadMemory(f schema.File, list *diag.List) *Memory {
	m := &Memory{Text: f.Text}
	if len(strings.TrimSpace(string(f.Text))) == 0 {
		return m
	}
	node, ok := schema.Parse(f, 0, len(f.Text), list)
	if !ok {
		return m
	}
	for _, item := range node.Items() {
		if fields, ok := item.Fields(Keys, list); ok {
			m.entries = append(m.entries, readEntry(fields, list))
		}
	}
	return m
}

func readEntry(fields schema.Fields, list *diag.List) entry {
	e := entry{file: fields.Text("file"), Known: Known{
		Sheet: fields.Text("sheet"), Encoding: fields.Text("encoding"), Labels: fields.Text("labels"),
		Values: fields.Text("values"), Numbers: fields.Text("numbers"), Notes: fields.Text("notes"),
		Missing: map[string]string{}, Rows: map[string]string{}, at: map[string]diag.Place{},
	}}
	if n := fields.Get("times"); n != nil {
		e.Times, _ = n.Int(list)
	}
	for _, key := range []string{labelsKey, valuesKey, notesKey, sheetKey} {
		if n := fields.Get(key); n != nil {
			e.at[key] = n.Place()
		}
	}
	for _, n := range valuesOf(fields.Get("missing")) {
		if !slices.Contains(figure.Reasons(), n.String()) {
			list.Add(noReason(n))
		}
		e.Missing[strings.TrimSpace(n.Key())] = n.String()
	}
	for _, n := range valuesOf(fields.Get("rows")) {
		e.Rows[foldedPath(n.Key())] = n.String()
		e.rows = append(e.rows, n)
	}
	if n := fields.Get("leave_out"); n != nil {
		for _, item := range n.Items() {
			e.Leave = append(e.Leave, item.String())
		}
		if n.IsScalar() {
			e.Leave = append(e.Leave, n.String())
		}
	}
	return e
}

// Check says what the file names that the site does not have: figures, a language of notes.
func (m *Memory) Check(set *figure.Set, langs []*locale.Lang, list *diag.List) {
	for _, e := range m.entries {
		for _, n := range e.rows {
			checkFigure(n, set, list)
		}
		for _, key := range []string{sheetKey, labelsKey, valuesKey} {
			if at, ok := e.at[key]; ok && e.said(key) == open {
				list.Add(diag.Diagnostic{Code: "value-unknown", Place: at, Text: openText,
					Ways: []diag.Text{diag.Say("write the name that stands in the file",
						"schreiben Sie den Namen, der in der Datei steht")}})
			}
		}
		known := slices.ContainsFunc(langs, func(l *locale.Lang) bool { return l.Code == e.Notes })
		if e.Notes != "" && !known {
			list.Add(diag.Diagnostic{Code: "value-unknown", Place: e.at[notesKey],
				Text: diag.Say("the site has no language %s", "die Website hat keine Sprache %s", e.Notes)})
		}
	}
}

var openText = diag.Say("… stands where somebody has to choose", "hier steht noch …: Jemand muss auswählen")

// said is the value of a key that names a part of the file.
func (k *Known) said(key string) string {
	return map[string]string{sheetKey: k.Sheet, labelsKey: k.Labels, valuesKey: k.Values}[key]
}

// checkFigure says that an id is none, or one that the figure had once.
func checkFigure(n *schema.Node, set *figure.Set, list *diag.List) {
	id := n.String()
	if _, ok := set.Lookup(id); ok || id == none || set.Incomplete() {
		return
	}
	d := diag.Diagnostic{Code: "figure-unknown", Place: n.Place(), About: []string{id},
		Text: diag.Say("there is no figure %s", "es gibt keine Kennzahl %s", id)}
	switch f, ok := set.Renamed(id); {
	case ok:
		d.Code, d.Severity = "figure-renamed", diag.Warning
		d.Text = diag.Say("%s is now called %s", "%s heißt jetzt %s", id, f.ID)
		d.Edits = n.TextEdit(0, len(id), f.ID)
		d.Ways = []diag.Text{diag.Say("write %s", "schreiben Sie %s", f.ID)}
	case id == open:
		d.Text = openText
		d.Ways = []diag.Text{diag.Say("write the id of a figure, or none if the row is no figure of this site",
			"schreiben Sie die Kennung einer Kennzahl, oder none, wenn die Zeile keine Kennzahl dieser Website ist")}
	default:
		for _, near := range set.Nearest(id) {
			d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", near.ID))
		}
		d.Ways = append(d.Ways, diag.Say("write none if the row is no figure of this site",
			"schreiben Sie none, wenn die Zeile keine Kennzahl dieser Website ist"))
	}
	list.Add(d)
}

func noReason(n *schema.Node) diag.Diagnostic {
	return diag.Diagnostic{Code: "value-unknown", Place: n.Place(),
		Text: diag.Say("%s is no reason why there is no value; there are: %s",
			"%s ist kein Grund, warum ein Wert fehlt; es gibt: %s", n.String(), strings.Join(figure.Reasons(), ", "))}
}

func valuesOf(n *schema.Node) []*schema.Node {
	if n == nil {
		return nil
	}
	return n.Values()
}

// Of is what people said of a file of this name, in all entries together.
func (m *Memory) Of(name string) Known {
	k := Known{Missing: map[string]string{}, Rows: map[string]string{}, at: map[string]diag.Place{}}
	for _, e := range m.entries {
		if sheet.Matches(locale.Composed(e.file), locale.Composed(name)) {
			k.add(e.Known)
		}
	}
	return k
}

// add lets another entry say what it says.
func (k *Known) add(more Known) {
	k.Sheet, k.Encoding = cmp.Or(more.Sheet, k.Sheet), cmp.Or(more.Encoding, k.Encoding)
	k.Labels, k.Values = cmp.Or(more.Labels, k.Labels), cmp.Or(more.Values, k.Values)
	k.Numbers, k.Notes = cmp.Or(more.Numbers, k.Numbers), cmp.Or(more.Notes, k.Notes)
	k.Times = cmp.Or(more.Times, k.Times)
	maps.Copy(k.Missing, more.Missing)
	maps.Copy(k.Rows, more.Rows)
	maps.Copy(k.at, more.at)
	k.Leave = append(k.Leave, more.Leave...)
}

// leavesOut reports whether somebody said that a row of this label is no figure.
func (k *Known) leavesOut(label string) bool {
	return slices.ContainsFunc(k.Leave, func(pattern string) bool {
		return sheet.Matches(pattern, label) || fold(pattern) == fold(label) && fold(label) != ""
	})
}

// An Answer is what somebody said to a question: the value of a key, or, of one that has a
// value for each row or word, that of one of them.
type Answer struct {
	Key, Of, Value string
	Above          string // a remark for whoever completes the line
}

// Take adds answers to what is known.
func (k *Known) Take(answers []Answer) {
	for _, a := range answers {
		switch a.Key {
		case sheetKey:
			k.Sheet = a.Value
		case labelsKey:
			k.Labels = a.Value
		case valuesKey:
			k.Values = a.Value
		case numbersKey:
			k.Numbers = a.Value
		case timesKey:
			k.Times = wholeOf(a.Value)
		case notesKey:
			k.Notes = a.Value
		case missingKey:
			k.Missing[a.Of] = a.Value
		case rowsKey:
			k.Rows[foldedPath(a.Of)] = a.Value
		}
	}
}

func wholeOf(text string) int {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' || n > 1_000_000_000 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// Lines is an entry that says these answers about a file, as content/import.yaml takes it
// at its end.
func Lines(name string, answers []Answer) string {
	var b strings.Builder
	b.WriteString("- file: " + schema.Written(name) + "\n")
	for _, key := range Keys {
		begun := false
		for _, a := range answers {
			if a.Key != key.Name {
				continue
			}
			indent, begin := "  ", key.Name
			if key.Kind == schema.Map {
				if !begun {
					b.WriteString("  " + key.Name + ":\n")
				}
				indent, begin = "    ", schema.Written(a.Of)
			}
			begun = true
			if a.Above != "" {
				b.WriteString(indent + "# " + a.Above + "\n")
			}
			b.WriteString(indent + begin + ": " + a.written() + "\n")
		}
	}
	return b.String()
}

// written is the value as YAML writes it. Where it is the name of a column or of a sheet, it
// may hold any signs.
func (a *Answer) written() string {
	if a.Value == open || a.Key != sheetKey && a.Key != labelsKey && a.Key != valuesKey {
		return a.Value
	}
	return schema.Written(a.Value)
}

// open stands where somebody has to choose.
const open = "…"

// Unanswered are lines that somebody has to complete, with the choices above each: first
// those of the questions, then those of the rows that are no known figures.
func (m *Import) Unanswered(lang string) []Answer {
	var all []Answer
	for _, q := range m.Questions {
		all = append(all, q.unanswered(lang))
	}
	rows, unknown := map[string]bool{}, m.Of(Unknown)
	for _, r := range unknown[:min(len(unknown), MostUnknown)] {
		if key := foldedPath(r.Path); !rows[key] && !r.isNameless() {
			rows[key] = true
			all = append(all, m.unknown(r, lang))
		}
	}
	return all
}

// isNameless reports whether a row has no label that anything could be said of.
func (r *Row) isNameless() bool { return fold(r.Label) == "" }

// Nameless are the values of rows that are no known figure and have no label, as sums often
// have none.
func (m *Import) Nameless() (all []Remark) {
	for _, r := range m.Of(Unknown) {
		if r.isNameless() {
			all = append(all, Remark{r.Cell, strings.TrimSpace(r.Label + " " + sheet.OneLine(r.Text))})
		}
	}
	return all
}

func (q *Question) unanswered(lang string) Answer {
	line := q.Line
	if line.IsZero() && q.Key != rowsKey {
		line = q.Text
	}
	var choices []string
	for _, c := range q.Choices {
		choices = append(choices, apart(c.Value, c.Apart.In(lang)))
	}
	return Answer{Key: q.Key, Of: q.Of, Value: open, Above: remark(q.Cell, line.In(lang), strings.Join(choices, " | "))}
}

// unknown is the line for a row that is no known figure: those that may be meant are to
// choose from; where nothing is near, it most likely is none.
func (m *Import) unknown(r *Row, lang string) Answer {
	a := Answer{Key: rowsKey, Of: r.Path, Value: none, Above: remark(r.Cell, cut(sheet.OneLine(r.Text)), "")}
	if len(r.Near) == 0 {
		return a
	}
	var near []string
	for _, f := range r.Near {
		near = append(near, apart(f.ID, fullName{f, m.langs}.In(lang)))
	}
	a.Value = open
	a.Above = remark(r.Cell, cut(sheet.OneLine(r.Text)), strings.Join(append(near, none), " | "))
	return a
}

func apart(value, what string) string {
	if what == "" {
		return value
	}
	return value + " (" + what + ")"
}

// remark joins what there is: "Sheet1!B7, 14: visits.total | none".
func remark(cell, what, choices string) string {
	text := strings.Join(slices.DeleteFunc([]string{cell, what}, func(s string) bool { return s == "" }), ", ")
	switch {
	case text == "" || choices == "":
	case strings.HasSuffix(text, "?"):
		text += " "
	default:
		text += ": "
	}
	return text + choices
}

// mostOfACell is how many letters of a cell are shown.
const mostOfACell = 40

func cut(text string) string {
	if letters := []rune(text); len(letters) > mostOfACell {
		return string(letters[:mostOfACell-1]) + "…"
	}
	return text
}

// Remember is the edit that adds answers about a file to content/import.yaml.
func (m *Memory) Remember(name string, answers []Answer) diag.Edit {
	text := string(m.Text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return diag.Edit{Path: Path, Old: string(m.Text), New: text + Lines(name, answers), Whole: true}
}
