package build

import (
	"path"
	"path/filepath"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/render"
	"bilanz/internal/source"
)

// Files can be handed to a build beside the project, such as the fact sheet as a PDF, which
// another program prints. They are published below data/ as they are, and linked. Who made
// them, and whether the same twice, is not known; what they are called says which is whose.

// given is a file that was handed to the build.
type given struct {
	file string // as people know it: ".bilanz/pdf/results-en.pdf"
	name string // below the folder: "results-en.pdf"
	data []byte
}

// at is its address.
func (g given) at() string { return "data/" + g.name }

// openGiven reads the files of the folder that was named, if one was.
func (b *builder) openGiven() error {
	if b.o.With == "" {
		return nil
	}
	folder, err := source.Open(b.o.With)
	if err != nil {
		return noGiven(b.o.With, err)
	}
	defer folder.Close()
	for _, name := range folder.Files(".", &b.siteProblems) {
		if data, ok := folder.ReadRaw(name, &b.siteProblems); ok {
			b.given = append(b.given, given{filepath.ToSlash(filepath.Join(b.o.With, name)), name, data})
		}
	}
	if len(b.given) == 0 && b.siteProblems.Errors() == 0 {
		return noGiven(b.o.With, nil)
	}
	return nil
}

// noGiven says that a folder gives nothing to publish, to whoever named it.
func noGiven(dir string, err error) error {
	return &output.Error{
		Kind: output.Refused, Code: "folder-missing", Err: err,
		Text: diag.Say("--with names %s, and there are no files to publish in it",
			"--with nennt %s, und darin liegen keine Dateien, die veröffentlicht werden können", dir),
		Ways: []diag.Text{
			diag.Say("name the folder in which they lie", "nennen Sie den Ordner, in dem sie liegen"),
			diag.Say(`leave out --with`, `lassen Sie --with weg`),
		},
	}
}

// givenFiles are these files as pages link to them.
func (b *builder) givenFiles(l *locale.Lang) (all []render.DataFile) {
	for _, g := range b.given {
		f := render.DataFile{About: l.Word("file-given-about")}
		f.Text, f.To, f.Size = path.Base(g.name), g.at(), render.Size(l, len(g.data))
		if slices.ContainsFunc(b.config.Langs, func(l *locale.Lang) bool { return g.name == paperOf(l) }) {
			f.About = l.Word("file-paper-about")
		}
		all = append(all, f)
	}
	return all
}

// paperOf is what the fact sheet of a language is called.
func paperOf(l *locale.Lang) string { return "results-" + l.Code + ".pdf" }

// checkGiven leaves out those whose kinds are not published, which it says.
func (b *builder) checkGiven() {
	b.given = slices.DeleteFunc(b.given, func(g given) bool { return !b.mayPublish(g.file, g.data) })
}

// writeGiven publishes them.
func (b *builder) writeGiven() {
	for _, g := range b.given {
		b.write(g.at(), g.data)
	}
}
