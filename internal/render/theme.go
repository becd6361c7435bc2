package render

import (
	"html/template"
	"io/fs"
	"path"
	"strings"
	"text/template/parse"

	"bilanz/internal/diag"
)

// File is a finished file and its path below the site's root, or one of the project and
// its path there.
type File struct {
	Path string
	Data []byte
}

// Own is what a project brings along: files of its layouts/ and static/, by their paths
// from the project's root.
type Own struct {
	Layouts, Static []File
}

// Theme is the layouts, parsed, and the assets that they name.
type Theme struct {
	layouts *template.Template
	own     map[string]string // layouts of the project's own, and the file that each stands in
	texts   map[string][]byte // those files
	assets  *assets
	logo    *Mark   // nil for none
	funders []*Mark // nil for one without a logo
	light   Tokens
	dark    Tokens
}

// New parses the layouts (*.html at the root of the first file system) and reads the
// assets (css/, js/, fonts/, third-party/ and icon.svg of the second), each with the
// project's own over them. What is wrong with those goes into the list; pages are then
// filled as if the project had no layouts, so that the rest can be checked. The error is
// that of the file systems, or of a layout that is built in.
func New(layouts, static fs.FS, own Own, list *diag.List) (*Theme, error) {
	assets, err := readAssets(static, own.Static, list)
	if err != nil {
		return nil, err
	}
	t := &Theme{assets: assets, own: map[string]string{}, texts: map[string][]byte{}}
	t.light, t.dark = assets.readTokens(list)
	if t.layouts, err = template.ParseFS(layouts, "*.html"); err != nil {
		return nil, err
	}
	changed := t.changed(layouts, own.Layouts)
	if len(changed) == 0 {
		return t, nil
	}
	builtIn, err := t.layouts.Clone()
	if err != nil {
		return nil, err
	}
	ours := t.names()
	problems := t.take(changed)
	if len(problems) == 0 {
		problems = append(t.unused(ours), t.try()...)
	}
	list.Add(problems...)
	if diag.Count(problems, diag.Error) > 0 {
		t.layouts, t.own = builtIn, map[string]string{}
	}
	return t, nil
}

// changed gives the project's layouts that differ from those that are built in.
func (t *Theme) changed(builtIn fs.FS, own []File) []File {
	var changed []File
	for _, file := range own {
		below, err := fs.ReadFile(builtIn, strings.TrimPrefix(file.Path, "layouts/"))
		if path.Ext(file.Path) == ".html" && (err != nil || string(below) != string(file.Data)) {
			changed = append(changed, file)
		}
	}
	return changed
}

// take parses the project's layouts, each into a set of its own, so that it is known
// which file each comes from, and puts them in the place of ours.
func (t *Theme) take(files []File) []diag.Diagnostic {
	var problems []diag.Diagnostic
	for _, file := range files {
		t.texts[file.Path] = file.Data
		name := strings.TrimPrefix(file.Path, "layouts/")
		text := string(file.Data)
		if strings.TrimSpace(text) == "" {
			text = nothing
		}
		set, err := template.New(name).Parse(text)
		if err != nil {
			problems = append(problems, t.broken(file.Path, err))
			continue
		}
		for _, parsed := range set.Templates() {
			tree := parsed.Tree
			switch {
			case tree == nil || !parse.IsEmptyTree(tree.Root):
			case parsed.Name() == name:
				continue // the rest of a file that only defines others
			default:
				tree = template.Must(template.New(parsed.Name()).Parse(nothing)).Tree
			}
			if _, err := t.layouts.AddParseTree(parsed.Name(), tree); err != nil {
				problems = append(problems, t.broken(file.Path, err))
				continue
			}
			t.own[parsed.Name()] = file.Path
		}
	}
	return problems
}

// nothing is the text of a layout that is meant to be empty: html/template would keep
// the layout that an empty one is to replace.
const nothing = `{{""}}`

// isOwn reports whether a layout is one of the project's own: it is then filled whole,
// where one of ours may be filled in pieces that are kept.
func (t *Theme) isOwn(layout string) bool { return t.own[layout] != "" }

// Assets are the files that pages name, with a hash of their content in their
// names, and the licences of what is shipped.
func (t *Theme) Assets() []File { return t.assets.files }

// Search is the script that finds in a language, with a hash of its content in its name.
func (t *Theme) Search(code string) File { return t.assets.search(code) }

// Light and Dark are the colours of pages on light and on dark screens.
func (t *Theme) Light() Tokens { return t.light }

// Dark is what Light is, for those who like it dark.
func (t *Theme) Dark() Tokens { return t.dark }
