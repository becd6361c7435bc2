package build

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/leftover"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// checkUnread names the files that nobody reads, all of them in one warning: each was
// laid there by somebody who expects to see it published. What lies in content/proof is
// read by tests, and a README by people.
func (b *builder) checkUnread() {
	var unread []diag.Note
	var said diag.List                   // what cannot be read was said by whoever reads it
	sure := b.siteProblems.Errors() == 0 // or else a page that was not read may link to it
	files := b.project.Files("content", &said)
	special := map[string]bool{}
	for _, d := range said.Sorted() {
		if d.Code == "file-special" {
			special[d.Place.Path] = true
			b.siteProblems.Add(d) // nobody else looked there
		}
	}
	b.checkWaiting(files)
	files = slices.DeleteFunc(files, incoming.IsWaiting) // they are gone before anybody has to keep them
	b.checkSourceNames(append(files, b.project.Files("layouts", &said)...))
	for _, file := range files {
		if b.reads(file) || special[file] {
			continue
		}
		if advice, meant := b.meant(file); meant || sure {
			unread = append(unread, diag.Note{Place: diag.File(file), Text: advice})
		}
	}
	for _, file := range b.project.Hidden("static") {
		if secret(path.Base(file)) {
			b.siteProblems.Add(*unpublished(file))
			continue
		}
		unread = append(unread, diag.Note{Place: diag.File(file), Text: diag.Say(
			"files whose name begins with a dot are not published; only what lies in static/.well-known is",
			"Dateien, deren Name mit einem Punkt beginnt, werden nicht veröffentlicht; nur was in static/.well-known liegt")})
	}
	if len(unread) == 0 {
		return
	}
	slices.SortFunc(unread, func(a, b diag.Note) int { return a.Place.Compare(b.Place) })
	d := diag.Diagnostic{
		Code: "file-unread", Severity: diag.Warning, Place: unread[0].Place,
		Text: diag.Say("bilanz does not read this file, so nothing of it is published",
			"bilanz liest diese Datei nicht, deshalb wird nichts daraus veröffentlicht"),
		Ways: []diag.Text{unread[0].Text, diag.Say("move it out of the project's folders",
			"legen Sie sie außerhalb der Ordner des Projekts ab")},
	}
	if len(unread) > 1 {
		d.Notes = unread
		d.Text = diag.Say("bilanz does not read these %d files, so nothing of them is published",
			"bilanz liest diese %d Dateien nicht, deshalb wird nichts daraus veröffentlicht", len(unread))
		d.Ways = []diag.Text{diag.Say("do what stands beside each file, or move it out of the project's folders",
			"tun Sie, was bei jeder Datei steht, oder legen Sie sie außerhalb der Ordner des Projekts ab")}
	}
	b.siteProblems.Add(d)
}

// checkWaiting names the files that wait for import. Nothing of them is published.
func (b *builder) checkWaiting(files []string) {
	var waiting []diag.Note
	for _, file := range files {
		if incoming.IsWaiting(file) && !strings.HasPrefix(strings.ToUpper(path.Base(file)), "README") {
			waiting = append(waiting, diag.Note{Place: diag.File(file), Text: diag.Say("this one too", "diese auch")})
		}
	}
	if len(waiting) == 0 {
		return
	}
	slices.SortFunc(waiting, func(a, b diag.Note) int { return a.Place.Compare(b.Place) })
	d := diag.Diagnostic{Code: "import-waiting", Severity: diag.Warning, Place: waiting[0].Place,
		Text: diag.Say("this file waits for import; nothing of it is published",
			"diese Datei wartet auf die Übernahme; nichts daraus wird veröffentlicht"),
		Ways: []diag.Text{diag.Say("look at it: bilanz import %s", "ansehen: bilanz import %s", incoming.Folder),
			diag.Say("take its values over and delete it: bilanz import %s --write",
				"ihre Werte übernehmen und sie löschen: bilanz import %s --write", incoming.Folder),
			diag.Say("in a browser: give the proposal the label fix-numbers",
				"im Browser: geben Sie dem Vorschlag das Label fix-numbers")}}
	if len(waiting) > 1 {
		d.Notes = waiting[1:]
		d.Text = diag.Say("these %d files wait for import; nothing of them is published",
			"diese %d Dateien warten auf die Übernahme; nichts daraus wird veröffentlicht", len(waiting))
	}
	b.siteProblems.Add(d)
}

// checkMemory reads what people said of their files of numbers. Only an import needs it, and
// whoever imports next is somebody else.
func (b *builder) checkMemory() {
	if !b.project.Has(incoming.Path) {
		return
	}
	if text, ok := b.project.Read(incoming.Path, &b.siteProblems); ok {
		b.siteProblems.Add(leftover.Unseen(incoming.Path, text)...)
		incoming.ReadMemory(schema.File{Path: incoming.Path, Text: text}, &b.siteProblems).
			Check(b.figures, b.config.Langs, &b.siteProblems)
	}
}

// reads reports whether somebody reads a file below content/.
func (b *builder) reads(file string) bool {
	below := strings.TrimPrefix(file, "content/")
	folder, _, inFolder := strings.Cut(below, "/")
	ext := path.Ext(file)
	switch {
	case file == site.ConfigPath, file == accepted.Path, file == accepted.TranslatedPath, file == incoming.Path:
		return true
	case folder == "proof" && inFolder, b.isAttached(file):
		return true
	case folder == "figures" && inFolder && figure.IsText(file),
		folder == "figures" && inFolder && slices.Contains(saidByFigures, strings.ToLower(ext)):
		return true // or named by whoever reads figures
	case folder == "locale" && inFolder && ext == ".json":
		return true
	case inFolder && ext == ".md" && slices.Contains(b.config.Codes(), folder):
		return true
	}
	if b.isMark(file) {
		return true
	}
	return strings.HasPrefix(strings.ToUpper(path.Base(file)), "README") || !inFolder && strings.HasPrefix(strings.ToUpper(below), "LICEN")
}

// meant says what to do with a file that nobody reads, and whether it is one that
// bilanz would read by another name or at another place.
func (b *builder) meant(file string) (diag.Text, bool) {
	folder, _, inFolder := strings.Cut(strings.TrimPrefix(file, "content/"), "/")
	if !inFolder {
		folder = ""
	}
	if name := b.meantFolder(folder); name != "" {
		return diag.Say("name the folder content/%s", "nennen Sie den Ordner content/%s", name), true
	}
	if slices.Contains(besides, strings.ToLower(folder)) {
		return diag.Say("lay the folder %s beside content/, and not in it",
			"legen Sie den Ordner %s neben content/, nicht hinein", strings.ToLower(folder)), true
	}
	if !slices.Contains(b.folders(), folder) && languageCode.MatchString(folder) {
		return addLanguageWay(folder), true
	}
	if isCopy(path.Base(file)) {
		return diag.Say("delete it: it is a copy that a program left",
			"löschen Sie sie: Sie ist eine Kopie, die ein Programm hinterließ"), true
	}
	ext := spelling(path.Base(file))
	name := meantName(path.Base(file), ext)
	top := !inFolder && slices.Contains(atTheTop, strings.ToLower(name))
	if top {
		name = strings.ToLower(name)
	}
	if top || slices.Contains(b.kinds(folder), ext) {
		if b.project.Has(path.Join(path.Dir(file), name)) {
			return diag.Say("delete it, or give it a name of its own: %s lies beside it",
				"löschen Sie sie, oder geben Sie ihr einen eigenen Namen: %s liegt daneben", name), true
		}
		return diag.Say("name it %s", "nennen Sie sie %s", name), true
	}
	switch typed := strings.ToLower(path.Ext(file)); {
	case folder == "figures" && slices.Contains(tables, typed):
		return diag.Say("save the table as \"CSV UTF-8\", named %s",
			"speichern Sie die Tabelle als „CSV UTF-8“, mit dem Namen %s",
			strings.TrimSuffix(path.Base(file), path.Ext(file))+".csv"), true
	case folder == "locale":
		return diag.Say("a catalogue of words is named as its language, and ends in .json",
			"ein Wörterverzeichnis heißt wie seine Sprache und endet auf .json"), true
	case slices.Contains(b.config.Codes(), folder) && slices.Contains(written, typed):
		return diag.Say("write its text into a page, %s; or link to it from one",
			"schreiben Sie seinen Text in eine Seite, %s; oder verweisen Sie von einer Seite darauf",
			prose.Slug(strings.TrimSuffix(path.Base(file), path.Ext(file)))+".md"), false
	}
	switch ext {
	case ".md":
		return diag.Say("pages lie in the folder of their language, as in content/%s",
			"Seiten liegen im Ordner ihrer Sprache, zum Beispiel in content/%s", b.config.Default.Code), true
	case ".yaml":
		return diag.Say("figures lie in content/figures", "Kennzahlen liegen in content/figures"), true
	}
	return diag.Say("link to it from a page, if readers are to have it",
		"verweisen Sie von einer Seite darauf, wenn Leserinnen und Leser sie bekommen sollen"), false
}

// addLanguageWay tells how a folder becomes one of a language.
func addLanguageWay(folder string) diag.Text {
	lower := strings.ToLower(folder)
	way := diag.Say("add %[1]s to languages: in content/site.yaml, if the site is to have that language",
		"ergänzen Sie %[1]s in content/site.yaml unter languages:, wenn die Website diese Sprache haben soll", lower)
	if lower != folder {
		way = diag.Say("%s, and name the folder content/%s", "%s, und nennen Sie den Ordner content/%s", way, lower)
	}
	return way
}

// isCopy recognises what editors and other programs keep of what a file once held.
func isCopy(name string) bool {
	return slices.Contains(copies, strings.ToLower(path.Ext(name))) ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

var (
	copies  = []string{".bak", ".orig", ".old", ".swp", ".tmp", ".rej"}
	besides = []string{"layouts", "static"}
	tables  = []string{".xlsm", ".xlsb", ".numbers", ".sav", ".dta", ".txt", ".json", ".xml"}
	written = []string{".docx", ".doc", ".odt", ".rtf", ".txt", ".html", ".htm", ".pages"}

	languageCode  = regexp.MustCompile(`^[a-zA-Z]{2}(-[a-zA-Z]+)?$`)
	saidByFigures = []string{".yaml", ".yml", ".csv", ".xlsx", ".xls", ".ods"}
	atTheTop      = []string{path.Base(site.ConfigPath), path.Base(accepted.Path), path.Base(accepted.TranslatedPath),
		path.Base(incoming.Path)}
	spellings = map[string]string{
		".yaml": ".yaml", ".yml": ".yaml", ".csv": ".csv", ".tsv": ".csv", ".tab": ".csv", ".json": ".json",
		".md": ".md", ".markdown": ".md", ".mdown": ".md", ".mkd": ".md", ".mdx": ".md",
	}
)

// folders are those below content/ that are read.
func (b *builder) folders() []string {
	return append(b.config.Codes(), "figures", "locale", "proof", path.Base(incoming.Folder))
}

// kinds are the ends of the names that are read in a folder below content/.
func (b *builder) kinds(folder string) []string {
	switch {
	case folder == "figures":
		return []string{".yaml", ".csv"}
	case folder == "locale":
		return []string{".json"}
	case slices.Contains(b.config.Codes(), folder):
		return []string{".md"}
	}
	return nil
}

// meantFolder is the folder that is read for one whose name is nearly that; "" for none.
func (b *builder) meantFolder(folder string) string {
	if folder == "" || slices.Contains(b.folders(), folder) {
		return ""
	}
	if lower := strings.ToLower(folder); slices.Contains(b.folders(), lower) {
		return lower
	}
	if near := diag.Nearest(folder, []string{"figures", "locale", path.Base(incoming.Folder)}); len(near) > 0 {
		return near[0]
	}
	return ""
}

// spelling is the end of the name that is read for one in capital letters, of another
// custom, or with .txt behind it, which some editors add; "" where there is none.
func spelling(name string) string {
	return spellings[path.Ext(strings.TrimSuffix(strings.ToLower(name), ".txt"))]
}

// meantName is the name with the end that is read.
func meantName(name, ext string) string {
	short := strings.TrimSuffix(strings.ToLower(name), ".txt")
	return name[:len(short)-len(path.Ext(short))] + ext
}
