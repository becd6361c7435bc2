package render

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// Problem is what is wrong with a layout of the project's own and showed only on a page,
// in a branch that no trial takes. It is no error of the machine.
type Problem struct{ Diagnostic diag.Diagnostic }

func (p *Problem) Error() string {
	return p.Diagnostic.Place.String() + ": " + p.Diagnostic.Text.In("en")
}

// explained makes a problem of the error of a layout, where the project has its own.
func (t *Theme) explained(layout string, err error) error {
	if err == nil || len(t.own) == 0 {
		return err
	}
	var inner *Problem
	if errors.As(err, &inner) {
		return inner // of a layout that this one fills, such as entry.html
	}
	return &Problem{t.broken(cmp.Or(t.own[layout], t.own[t.ownNames()[0]]), err)}
}

// templateError is how the packages of Go say what is wrong with a template.
var templateError = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]+)(?::(\d+))?(?::(\d+))?: (?:executing "(.*?)" at <(.*?)>: )?(.*)$`)

// broken says what is wrong with a layout, whose file is known in case that the error
// names none of the project's.
func (t *Theme) broken(file string, err error) diag.Diagnostic {
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return unreadable(diag.File(file), err.Error())
	}
	name, layout, words, reason := m[1], m[4], strings.TrimSuffix(m[5], "..."), m[6]
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	at, known := "layouts/"+name, true
	if _, known = t.texts[at]; !known && layout == "" { // nothing is filled yet: it cannot be read
		return unreadable(diag.File(cmp.Or(t.own[name], file)), reason)
	}
	if !known {
		return t.handed(file, layout, reason)
	}
	text := t.texts[at]
	var word *wordUnknown
	if errors.As(err, &word) {
		return noWord(nearby(at, text, line, column, strconv.Quote(word.key)), word)
	}
	var asset *assetUnknown
	if errors.As(err, &asset) {
		return noAsset(nearby(at, text, line, column, strconv.Quote(asset.name)), asset)
	}
	if field := noSuchField.FindStringSubmatch(reason); field != nil {
		return noField(nearby(at, text, line, column, "."+field[1]), field[1], fieldsOf(field[2]))
	}
	if missing := noSuchLayout.FindStringSubmatch(reason); missing != nil {
		return noLayout(nearby(at, text, line, column, strconv.Quote(missing[1])), missing[1], t.names())
	}
	if from := strings.Index(reason, ": {state"); from > 0 {
		reason = reason[:from] // inner states of html/template, which help nobody
	}
	return unreadable(nearby(at, text, line, column, words), reason)
}

var (
	noSuchField  = regexp.MustCompile(`^can't evaluate field (\w+) in type (.*)$`)
	noSuchLayout = regexp.MustCompile(`^no such template "(.*)"$`)
)

// handed is said where a layout of ours fails because one of the project's hands it
// what it does not take.
func (t *Theme) handed(file, layout, reason string) diag.Diagnostic {
	place := diag.File(file)
	for _, name := range t.ownNames() {
		if at := calls(t.root(name), layout); at != nil {
			place = diag.At(t.own[name], t.texts[t.own[name]], int(at.Pos), int(at.Pos)+len(strconv.Quote(layout)))
			break
		}
	}
	return diag.Diagnostic{
		Code: "layout-broken", Place: place,
		Text: diag.Say("what is handed to %s here does not suit it: %s",
			"was %s hier bekommt, passt nicht: %s", layout, reason),
		Ways: []diag.Text{diag.Say("hand on what the layout of bilanz hands on; docs/themes.md shows it",
			"geben Sie weiter, was das Layout von bilanz weitergibt; docs/themes.md zeigt es")},
	}
}

// nearby marks the words that are to blame, which stand on a line at a column or shortly
// before. Without a column it marks the words wherever they stand on the line, and
// without those the whole line.
func nearby(file string, text []byte, line, column int, words string) diag.Place {
	if line == 0 {
		return diag.File(file)
	}
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(text[start:], '\n') + 1
	}
	end := len(text)
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		end = start + i
	}
	source := text[start:end]
	if words != "" {
		limit := len(source)
		if column > 0 {
			limit = min(column+len(words), limit)
		}
		at := bytes.LastIndex(source[:limit], []byte(words))
		if at < 0 {
			at = bytes.Index(source, []byte(words))
		}
		if at >= 0 {
			return diag.At(file, text, start+at, start+at+len(words))
		}
	}
	indent := len(source) - len(bytes.TrimLeft(source, " \t"))
	return diag.At(file, text, start+indent, end)
}

func unreadable(place diag.Place, reason string) diag.Diagnostic {
	said := explained(reason)
	return diag.Diagnostic{
		Code: "layout-broken", Place: place,
		Text: diag.Say("this layout cannot be filled: %s", "dieses Layout lässt sich nicht füllen: %s", said),
		Ways: []diag.Text{
			diag.Say("compare it with the layout of bilanz that it replaces",
				"vergleichen Sie es mit dem Layout von bilanz, das es ersetzt"),
			diag.Say("delete the file, and the layout of bilanz is used",
				"löschen Sie die Datei; dann gilt das Layout von bilanz"),
		},
	}
}

// explained says in a sentence of ours what the library says of a layout, in English and
// for programmers.
func explained(reason string) diag.Text {
	quoted := func() string {
		parts := strings.SplitN(reason, `"`, 3)
		return parts[min(1, len(parts)-1)]
	}
	switch {
	case reason == "unexpected EOF":
		return diag.Say("an {{if}}, {{range}}, {{with}} or {{define}} has no {{end}}",
			"einem {{if}}, {{range}}, {{with}} oder {{define}} fehlt das {{end}}")
	case strings.HasPrefix(reason, "unexpected {{end}}"), strings.HasPrefix(reason, "unexpected {{else}}"):
		return diag.Say("an {{end}} or {{else}} stands here without what it belongs to",
			"hier steht ein {{end}} oder {{else}}, zu dem nichts gehört")
	case strings.HasPrefix(reason, "missing value for "):
		return diag.Say("something has to stand behind %s", "hinter %s muss noch etwas stehen",
			strings.TrimPrefix(reason, "missing value for "))
	case strings.HasPrefix(reason, "function "):
		return diag.Say("layouts do not know the word %s", "das Wort %s kennen Layouts nicht", quoted())
	case strings.HasPrefix(reason, "undefined variable "):
		return diag.Say("%s has no value here", "%s hat hier keinen Wert", quoted())
	case strings.HasPrefix(reason, "unclosed action"), strings.HasPrefix(reason, "bad character"):
		return diag.Say("a {{ here or above has no }}", "einem {{ hier oder darüber fehlt das }}")
	case strings.Contains(reason, "different contexts"), strings.Contains(reason, "non-text context"):
		return diag.Say("a tag or quotation mark that begins in one part of it does not end there",
			"ein Element oder Anführungszeichen, das in einem Teil davon beginnt, endet dort nicht")
	case strings.HasPrefix(reason, "unterminated"):
		return diag.Say("a quotation mark is missing", "ein Anführungszeichen fehlt")
	}
	return diag.Say("what stands between {{ and }} here is nothing that layouts know",
		"was hier zwischen {{ und }} steht, kennen Layouts nicht")
}

func noField(place diag.Place, name string, names []string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout-field", Place: place,
		Text: diag.Say("there is no .%s here", "ein .%s gibt es hier nicht", name),
		Ways: nearest(name, ".", names, diag.Say("write one of those in docs/themes.md: %s",
			"schreiben Sie eines von denen in docs/themes.md: %s", strings.Join(names, ", "))),
	}
}

func noLayout(place diag.Place, name string, names []string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout-field", Place: place,
		Text: diag.Say("there is no layout \"%s\"", "ein Layout „%s“ gibt es nicht", name),
		Ways: nearest(name, "", names, diag.Say("write one of: %s",
			"schreiben Sie eines von: %s", strings.Join(names, ", "))),
	}
}

func noWord(place diag.Place, word *wordUnknown) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout-word", Place: place,
		Text: diag.Say("bilanz has no word \"%s\"", "ein Wort „%s“ hat bilanz nicht", word.key),
		Ways: nearest(word.key, "", word.known, diag.Say("write the words themselves into the layout",
			"schreiben Sie die Wörter selbst in das Layout")),
	}
}

func noAsset(place diag.Place, asset *assetUnknown) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout-word", Place: place,
		Text: diag.Say("there is no file \"%s\" that pages load",
			"eine Datei „%s“, die Seiten laden, gibt es nicht", asset.name),
		Ways: nearest(asset.name, "", asset.known, diag.Say("put other files into static/ and lead to them with {{.To \"name\"}}",
			"legen Sie andere Dateien in static/ und verweisen Sie mit {{.To \"name\"}} darauf")),
	}
}

// nearest proposes names that were meant, or else another way.
func nearest(word, before string, names []string, other diag.Text) []diag.Text {
	var ways []diag.Text
	for _, near := range diag.Nearest(word, names) {
		ways = append(ways, diag.Say("write %s", "schreiben Sie %s", before+near))
	}
	if len(ways) == 0 {
		ways = append(ways, other)
	}
	return ways
}

// wordUnknown is the error of a layout that asks for a word of no catalogue.
type wordUnknown struct {
	key   string
	known []string
}

func (w *wordUnknown) Error() string { return "there is no word " + strconv.Quote(w.key) }

// assetUnknown is the error of a layout that asks for a file that pages do not load.
type assetUnknown struct {
	name  string
	known []string
}

func (a *assetUnknown) Error() string { return "there is no file " + strconv.Quote(a.name) }

// fieldsOf lists what a layout may ask of a type, by the name that Go gives it.
func fieldsOf(name string) []string {
	types := map[string]reflect.Type{}
	for _, view := range views {
		collect(types, reflect.TypeOf(view))
	}
	typ := types[strings.TrimPrefix(name, "*")]
	if typ == nil {
		return nil
	}
	var names []string
	for _, field := range reflect.VisibleFields(typ) {
		if field.IsExported() && !field.Anonymous {
			names = append(names, field.Name)
		}
	}
	for i := range typ.NumMethod() {
		names = append(names, typ.Method(i).Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// collect finds the structs of views by their names.
func collect(types map[string]reflect.Type, typ reflect.Type) {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice:
		collect(types, typ.Elem())
	case reflect.Struct:
		if _, known := types[typ.String()]; known || !strings.Contains(typ.PkgPath(), "bilanz/") {
			return
		}
		types[typ.String()] = typ
		for i := range typ.NumField() {
			collect(types, typ.Field(i).Type)
		}
	}
}

// views are what layouts are filled with.
var views = []any{
	fill[slots]{}, fill[*Page]{}, fill[*Figures]{}, fill[entryView]{}, fill[*ChartPage]{}, fill[*Embed]{}, fill[*Alias]{},
	fill[*NotFound]{}, fill[*Chart]{}, fill[*List]{}, fill[*TableBlock]{}, fill[*Headline]{},
	fill[*Cards]{}, fill[*News]{}, fill[current]{}, namedTable{},
}

// names are those of all layouts.
func (t *Theme) names() []string {
	var names []string
	for _, layout := range t.layouts.Templates() {
		names = append(names, layout.Name())
	}
	slices.Sort(names)
	return names
}

// ownNames are those of the project's own layouts.
func (t *Theme) ownNames() []string {
	return slices.DeleteFunc(t.names(), func(name string) bool { return !t.isOwn(name) })
}

// unused are files of the project that nothing fills: most likely misspelt.
func (t *Theme) unused(ours []string) []diag.Diagnostic {
	used := map[string]bool{}
	for _, name := range t.names() {
		for _, other := range t.ownNames() {
			if calls(t.root(name), other) != nil && name != other || slices.Contains(ours, other) {
				used[t.own[other]] = true
			}
		}
	}
	var problems []diag.Diagnostic
	for _, file := range sortedFiles(t.texts) {
		if used[file] {
			continue
		}
		problems = append(problems, diag.Diagnostic{
			Code: "layout-unused", Severity: diag.Warning, Place: diag.File(file),
			Text: diag.Say("no page is made with this layout", "mit diesem Layout wird keine Seite gemacht"),
			Ways: waysToUse(path.Base(file), ours),
		})
	}
	return problems
}

// waysToUse says how a layout comes to be used. A file named like one of ours holds
// nothing but definitions, else it would be.
func waysToUse(file string, ours []string) []diag.Text {
	if slices.Contains(ours, file) {
		return []diag.Text{diag.Say("write its HTML outside of {{define}}: the file itself is the layout",
			"schreiben Sie das HTML außerhalb von {{define}}: Die Datei selbst ist das Layout")}
	}
	return nearest(file, "layouts/", ours, diag.Say("call it in another layout, or delete it",
		"rufen Sie es in einem anderen Layout auf, oder löschen Sie es"))
}

func sortedFiles(texts map[string][]byte) []string {
	var files []string
	for file := range texts {
		files = append(files, file)
	}
	slices.Sort(files)
	return files
}

// root is what a layout holds; nothing of one that html/template could not escape, for it
// lets go of that.
func (t *Theme) root(name string) *parse.ListNode {
	if tree := t.layouts.Lookup(name).Tree; tree != nil {
		return tree.Root
	}
	return nil
}

// calls finds where a layout calls another.
func calls(node parse.Node, layout string) *parse.TemplateNode {
	var branches []*parse.ListNode
	switch n := node.(type) {
	case *parse.TemplateNode:
		if n.Name == layout {
			return n
		}
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, inner := range n.Nodes {
			if found := calls(inner, layout); found != nil {
				return found
			}
		}
	case *parse.IfNode:
		branches = []*parse.ListNode{n.List, n.ElseList}
	case *parse.RangeNode:
		branches = []*parse.ListNode{n.List, n.ElseList}
	case *parse.WithNode:
		branches = []*parse.ListNode{n.List, n.ElseList}
	}
	for _, branch := range branches {
		if found := calls(branch, layout); found != nil {
			return found
		}
	}
	return nil
}

// lacks says that a layout leaves out what a page cannot do without.
func lacks(file, what string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "layout-lacks", Place: diag.File(file),
		Text: diag.Say("this layout leaves out %s, and readers would miss it",
			"dieses Layout lässt %s weg, und das würde Leserinnen und Lesern fehlen", what),
		Ways: []diag.Text{diag.Say("write {{%s}} where it belongs",
			"schreiben Sie {{%s}} dorthin, wo es hingehört", what)},
	}
}

// The style sheets.

// problems says what is wrong with a sheet of the project's own.
func (s sheet) problems(f staticFile, has func(name string) bool) []diag.Diagnostic {
	var problems []diag.Diagnostic
	if s.open >= 0 {
		problems = append(problems, diag.Diagnostic{
			Code: "style-open", Place: f.place(span{s.open, s.open + 1}),
			Text: diag.Say("nothing ends what begins here, and the style sheets that follow would be lost",
				"was hier beginnt, endet nirgends; die folgenden Stylesheets gingen verloren"),
			Ways: []diag.Text{diag.Say("close it", "schließen Sie es")},
		})
	}
	for _, at := range s.imports {
		problems = append(problems, diag.Diagnostic{
			Code: "style-url", Place: f.place(at),
			Text: diag.Say("@import loads nothing here: all style sheets become one file",
				"@import lädt hier nichts: alle Stylesheets werden eine Datei"),
			Ways: []diag.Text{diag.Say("put the other style sheet into static/css/ too",
				"legen Sie das andere Stylesheet auch in static/css/")},
		})
	}
	for _, at := range s.urls {
		url := string(f.data[at.start:at.end])
		file, ours := address(url)
		switch {
		case !ours:
		case strings.HasPrefix(url, "/") || strings.Contains(url, "//") || leadsOut(url):
			problems = append(problems, diag.Diagnostic{
				Code: "style-url", Place: f.place(at),
				Text: diag.Say("pages load nothing from elsewhere, and know no address from the root",
					"Seiten laden nichts von anderswo und kennen keine Adresse ab der Wurzel"),
				Ways: []diag.Text{diag.Say("put the file into static/ and write ../ before its name there",
					"legen Sie die Datei in static/ und schreiben Sie ../ vor ihren Namen dort")},
			})
		case !has(file) || Themed(file) && path.Dir(file) != "fonts":
			problems = append(problems, diag.Diagnostic{
				Code: "style-url", Place: f.place(at),
				Text: diag.Say("there is no static/%s to load", "static/%s gibt es nicht zum Laden", file),
				Ways: []diag.Text{
					diag.Say("put fonts (.woff2) into static/fonts/ and write url(../fonts/name.woff2)",
						"legen Sie Schriften (.woff2) in static/fonts/ und schreiben Sie url(../fonts/name.woff2)"),
					diag.Say("put pictures into static/, in a folder such as pictures, and write url(../pictures/name.svg)",
						"legen Sie Bilder in static/, in einen Ordner wie bilder, und schreiben Sie url(../bilder/name.svg)"),
				},
			})
		}
	}
	return problems
}

func tokenNoColour(f staticFile, set setToken) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "token-colour", Place: f.place(set.value),
		Text: diag.Say("--%s is needed for pictures too, as #rgb or #rrggbb",
			"--%s wird auch für Bilder gebraucht, als #rgb oder #rrggbb", set.name),
		Ways: []diag.Text{diag.Say("write it so", "schreiben Sie es so")},
	}
}

// tooPale says that a colour cannot be told from its ground, at the one of the two that the
// project sets; suffer are our colours that a ground of its own makes hard to see.
func tooPale(p pale, suffer []string, dark bool) diag.Diagnostic {
	pages, culprit := diag.Say("light", "hellen"), p.mark
	if dark {
		pages = diag.Say("dark", "dunklen")
	}
	if suffer != nil {
		culprit = p.ground
	}
	contrast := locale.Hundredths(colour.Contrast(p.mark.colour, p.ground.colour))
	said := []any{pages, p.mark.set.name, p.mark.colour, p.ground.set.name, p.ground.colour, contrast}
	d := diag.Diagnostic{Code: "token-contrast", Severity: diag.Warning, Place: culprit.file.place(culprit.set.value),
		Text: diag.Say("on %s pages --%s (%s) cannot be told from --%s (%s): the contrast is %s to 1, "+
			"and 3 is the least",
			"auf %s Seiten hebt sich --%s (%s) zu wenig von --%s (%s) ab: der Kontrast ist %s zu 1, "+
				"mindestens 3 muss er sein", said...)}
	if p.isText {
		d.Severity = diag.Error
		d.Text = diag.Say("on %s pages text in --%s (%s) cannot be read on --%s (%s): the contrast is %s to 1, "+
			"and 4.5 is the least",
			"auf %s Seiten ist Text in --%s (%s) auf --%s (%s) nicht lesbar: der Kontrast ist %s zu 1, "+
				"mindestens 4,5 muss er sein", said...)
	}
	p.ways(&d, suffer, dark)
	return d
}

// ways says which colour would do, and writes it where nothing else has to be decided.
func (p pale) ways(d *diag.Diagnostic, suffer []string, dark bool) {
	value := p.mark.set.value
	switch {
	case suffer != nil:
		d.Ways = append(d.Ways, diag.Say("choose a ground that stands out from %s",
			"wählen Sie einen Grund, von dem sich %s abheben", strings.Join(suffer, ", ")))
		fallthrough
	case !p.nearDoes:
		d.Ways = append(d.Ways, diag.Say("set the colours of text and lines as well",
			"setzen Sie auch die Farben von Text und Linien"))
	case dark && !p.mark.set.dark:
		d.Ways = []diag.Text{diag.Say("state one for dark pages: @media screen and (prefers-color-scheme: dark) "+
			"{ :root { --%[1]s: %[2]s; } }; %[2]s is the nearest that does",
			"nennen Sie eine für dunkle Seiten: @media screen and (prefers-color-scheme: dark) "+
				"{ :root { --%[1]s: %[2]s; } }; %[2]s ist die nächste, die genügt", p.mark.set.name, p.near)}
	default:
		d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to write %s, the nearest colour that does",
			"„bilanz fix“ schreibt %s, die nächste Farbe, die genügt", p.near)}
		d.Edits = []diag.Edit{{Path: d.Place.Path, Start: value.start,
			Old: string(p.mark.file.data[value.start:value.end]), New: p.near.String()}}
	}
}

func tokenMissing(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "token-colour", Place: diag.File("static/" + tokensFile),
		Text: diag.Say("no style sheet sets --%s for light pages", "kein Stylesheet setzt --%s für helle Seiten", name),
		Ways: []diag.Text{diag.Say("add :root { --%[1]s: … } to static/%[2]s",
			"ergänzen Sie :root { --%[1]s: … } in static/%[2]s", name, tokensFile)},
	}
}
