package build

import (
	"math/big"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// size is what a site takes on the disk of whoever publishes it.
type size struct {
	Known   bool // all files were counted: none was left out because of a problem
	Files   int
	Bytes   int64
	Largest struct {
		Path  string
		Bytes int64
	}
}

func (s *size) add(path string, length int) {
	s.Files++
	s.Bytes += int64(length)
	if l := &s.Largest; int64(length) > l.Bytes || int64(length) == l.Bytes && path < l.Path {
		l.Path, l.Bytes = path, int64(length)
	}
}

// limits are what GitHub Pages publishes at most; 0 files for a number that nobody states.
type limits struct {
	site, file int64
	files      int
}

// pagesLimits are those that GitHub states for a site and for a file in a repository. For
// the number of files it states none; with more, its own step that packs them gets slow.
var pagesLimits = limits{site: 1 << 30, file: 100 << 20, files: 50_000}

func (b *builder) checkSize() {
	b.size.Known = true
	b.siteProblems.Add(b.exceeded(b.size, pagesLimits)...)
}

// exceeded says which limits a site is beyond, and to which it is near: from four fifths
// on, so that there is time to do something.
func (b *builder) exceeded(s size, most limits) []diag.Diagnostic {
	var all []diag.Diagnostic
	add := func(severity diag.Severity, at diag.Place, text, way diag.Text) {
		all = append(all, diag.Diagnostic{Code: "site-size", Severity: severity, Place: at, Text: text,
			Ways: []diag.Text{way}})
	}
	large := diag.Say("lay large files, such as films, somewhere else and link to them",
		"legen Sie große Dateien wie Filme anderswo ab und verweisen Sie darauf")
	if severity, near := nearness(s.Bytes, most.site); near {
		add(severity, diag.File(site.ConfigPath), diag.Say("the site takes %s, and GitHub Pages publishes at most "+
			"%s; the "+
			"largest file is %s with %s",
			"die Website ist %s groß, und GitHub Pages veröffentlicht höchstens %s; die größte Datei ist %s mit %s",
			megabytes(s.Bytes), megabytes(most.site), s.Largest.Path, megabytes(s.Largest.Bytes)), large)
	}
	if severity, near := nearness(s.Largest.Bytes, most.file); near {
		add(severity, b.origins(s.Largest.Path)[0].Place, diag.Say("the file %s takes %s, and GitHub takes at most %s",
			"die Datei %s ist %s groß, und GitHub nimmt höchstens %s", s.Largest.Path, megabytes(s.Largest.Bytes),
			megabytes(most.file)), large)
	}
	if s.Files > most.files {
		add(diag.Warning, diag.File(site.ConfigPath), diag.Say("the site has %d files; above %d publishing on GitHub "+
			"Pages gets slow and may fail",
			"die Website hat %d Dateien; ab %d wird das Veröffentlichen auf GitHub Pages langsam und kann misslingen",
			s.Files,
			most.files),
			diag.Say("show fewer charts, each of which makes files of its own, or divide the site",
				"zeigen Sie weniger Diagramme, von denen jedes eigene Dateien hat, oder teilen Sie die Website"))
	}
	return all
}

// nearness tells an error from a warning, and both from what is far below a limit.
func nearness(n, most int64) (diag.Severity, bool) {
	if n > most {
		return diag.Error, true
	}
	return diag.Warning, n > most/5*4
}

// megabytes is a number of bytes as people say it, rounded up: "1 MB" is never less.
func megabytes(n int64) diag.Text {
	return diag.Say("%s MB", "%s MB", locale.Spoken{Value: new(big.Rat).SetInt64((n + 1<<20 - 1) >> 20)})
}

// In says how large the site is.
func (s size) In(lang string) string {
	return diag.Say("%s in %d files; the largest is %s with %s", "%s in %d Dateien; die größte ist %s mit %s",
		megabytes(s.Bytes), s.Files, s.Largest.Path, megabytes(s.Largest.Bytes)).In(lang)
}
