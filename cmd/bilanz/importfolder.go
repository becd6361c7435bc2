package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/schema"
	"bilanz/internal/source"
)

// numbers is a file of numbers: how its user calls it, and, where it waits in the project, its
// name there. Such a file is public, and goes once its values are written.
type numbers struct {
	name    string
	waiting string // "content/incoming/a.xlsx"; "" for a file elsewhere, which stays
}

// importFiles imports a file, or those of a folder one after the other.
func (c *command) importFiles(ctx context.Context, name string, how importing) error {
	if c.format != "text" && c.format != "json" {
		return errors.New(c.say(`--format is "text" or "json"`, "--format ist „text“ oder „json“"))
	}
	if how.fix && !how.write {
		return errors.New(c.say("--fix goes with --write", "--fix gehört zu --write"))
	}
	waiting := c.waiting(name)
	info, err := os.Stat(c.below(name))
	switch {
	case err == nil && info.IsDir(), waiting == incoming.Folder && errors.Is(err, fs.ErrNotExist):
		return c.importFolder(ctx, name, waiting, how)
	case waiting == incoming.Folder:
		waiting = "" // a file, by the name of the folder
	}
	how.numbers = numbers{name, waiting}
	return c.importFile(ctx, &how)
}

// waiting is the name in the project of what waits there for import, or of the folder in
// which files do; "" for what lies elsewhere.
func (c *command) waiting(name string) string {
	top, err := filepath.Abs(c.dir)
	at, err2 := filepath.Abs(c.below(name))
	if err != nil || err2 != nil {
		return ""
	}
	below, err := filepath.Rel(top, at)
	below = filepath.ToSlash(below)
	if err != nil || below != incoming.Folder && !incoming.IsWaiting(below) {
		return ""
	}
	return below
}

// importFolder imports the files of a folder in the order of their names. Each is written, or
// stays, by itself.
func (c *command) importFolder(ctx context.Context, name, waiting string, how importing) error {
	if c.format == "json" {
		return errors.New(c.say("name one file with --format json", "nennen Sie mit --format json eine einzelne Datei"))
	}
	files, err := c.numbersIn(name, waiting)
	if err != nil {
		return err
	}
	if len(files) == 0 && c.code == exitDone {
		c.line(c.say("No file waits in %s.", "In %s wartet keine Datei.", name))
	}
	t := &together{said: map[string][]said{}}
	if len(files) > 1 && !c.overhear(ctx, t, files, how) {
		return nil
	}
	for _, file := range files {
		i := how
		i.numbers, i.together = file, t
		code := c.code
		c.code = exitDone
		if err := c.importFile(ctx, &i); err != nil {
			return err
		}
		if c.code > exitContent { // the machine is broken, or somebody stopped it
			return nil
		}
		c.code = max(c.code, code)
		t.ended(&i)
	}
	c.endedFolder(t, name, how)
	return nil
}

// numbersIn lists the files of a folder, without those that are there for people.
func (c *command) numbersIn(name, waiting string) (files []numbers, err error) {
	dir, folder := c.dir, waiting
	if waiting == "" {
		dir, folder = c.below(name), "."
	}
	project, err := source.Open(dir)
	if err != nil {
		return nil, err
	}
	defer project.Close()
	var list diag.List
	found := project.Files(folder, &list)
	c.noneOf(list.Sorted())
	for _, file := range found {
		switch {
		case strings.HasPrefix(strings.ToUpper(path.Base(file)), "README"):
		case waiting != "":
			below := strings.TrimPrefix(file, waiting+"/")
			files = append(files, numbers{path.Join(filepath.ToSlash(name), below), file})
		default:
			files = append(files, numbers{name: path.Join(filepath.ToSlash(name), file)})
		}
	}
	return files, nil
}

// isLink reports whether a file of the project, or a folder that it lies in, is a link: it
// may lead anywhere, and what it leads to would stay.
func (c *command) isLink(file string) bool {
	for at := file; strings.HasPrefix(at, incoming.Folder); at = path.Dir(at) {
		if info, err := os.Lstat(filepath.Join(c.dir, filepath.FromSlash(at))); err == nil &&
			info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

func linkRefused(file string) diag.Diagnostic {
	return diag.Diagnostic{Code: "file-link", Place: diag.File(file),
		Text: diag.Say("this is a link, which is not imported", "das ist eine Verknüpfung, die nicht übernommen wird"),
		Ways: []diag.Text{diag.Say("put the file itself here", "legen Sie die Datei selbst hierher")}}
}

// together is what the files of a folder say.
type together struct {
	said    map[string][]said // by figure
	printed bool              // something is said of one
	all     int
	done    int      // files that were written, or would be
	stay    []string // the other ones
}

// said is a value, and the file that says it.
type said struct {
	file  string
	value figure.Value
}

// overhear reads all files of a folder before the first is imported: of two that say
// different things neither must be written before somebody looked.
func (c *command) overhear(ctx context.Context, t *together, files []numbers, how importing) bool {
	i := how
	if !c.readProject(ctx, &i) {
		return false
	}
	for _, file := range files {
		text, err := os.ReadFile(c.below(file.name))
		if err != nil || file.waiting != "" && c.isLink(file.waiting) {
			continue // which is said once it is imported
		}
		m, _ := incoming.Read(schema.File{Path: file.name, Text: text}, i.options(file))
		if m == nil {
			continue
		}
		for _, r := range m.Rows {
			if r.Kind == incoming.New || r.Kind == incoming.Same {
				t.said[r.Figure.ID] = append(t.said[r.Figure.ID], said{file.name, r.Value})
			}
		}
	}
	return true
}

// compare says which figures another file gives another value: which of the two is meant
// only people know.
func (t *together) compare(m *incoming.Import) (problems []diag.Diagnostic) {
	if t == nil {
		return nil
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		if r.Kind != incoming.New && r.Kind != incoming.Same {
			continue
		}
		for _, other := range t.said[r.Figure.ID] {
			if other.file == m.Path || other.value.Same(r.Value) {
				continue
			}
			problems = append(problems, diag.Diagnostic{Code: "import-twice", Place: r.At, About: []string{r.Figure.ID},
				Text: diag.Say("%s has another value in %s", "%s hat in %s einen anderen Wert", r.Figure.Named(),
					other.file),
				Ways: []diag.Text{diag.Say("take the row out of one of the two files",
					"nehmen Sie die Zeile aus einer der beiden Dateien heraus")}})
			break
		}
	}
	return problems
}

// part puts an empty line between what is said of two files.
func (t *together) part(c *command) {
	if t != nil && t.printed {
		c.line("")
	}
	if t != nil {
		t.printed = true
	}
}

// ended takes note of what came of a file.
func (t *together) ended(i *importing) {
	t.all++
	if i.file == nil || i.isOpen() || i.write && i.waiting != "" && !i.deleted {
		t.stay = append(t.stay, i.name)
		return
	}
	t.done++
}

// endedFolder says what came of the files of a folder, and what to do next.
func (c *command) endedFolder(t *together, name string, how importing) {
	if t.all == 0 {
		return
	}
	if t.printed {
		c.line("")
	}
	switch {
	case !how.write && t.done > 0:
		c.line(c.say("Nothing was written. To write the values of %d of %d files: bilanz import %s --write",
			"Nichts wurde geschrieben. Die Werte aus %d von %d Dateien schreiben: bilanz import %s --write",
			t.done, t.all, quotedForShell(name)))
	case how.write:
		c.line(c.say("Done: %d of %d files.", "Fertig: %d von %d Dateien.", t.done, t.all))
	}
	if len(t.stay) > 0 {
		c.line(c.say("To be mended first: %s", "Vorher zu klären: %s", strings.Join(t.stay, ", ")))
	}
}
