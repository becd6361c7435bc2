package build

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/audit"
	"bilanz/internal/diag"
	"bilanz/internal/site"
)

// kinds are the ends of names of files that are published as they are: what people read,
// hear, watch or calculate with, and what machines look for on a website. None of them
// runs in the name of the site. docs/decisions.md says why it is a list.
var kinds = strings.Fields(`
	.pdf .txt .md .rtf .epub .doc .docx .odt .xls .xlsx .ods .ppt .pptx .odp
	.csv .tsv .json .jsonld .geojson .topojson .gpkg .kml .gpx .parquet .feather .sav .dta .rds .px .zip .gz .7z
	.png .jpg .jpeg .jfif .webp .gif .avif .svg .ico
	.mp3 .m4a .ogg .oga .opus .wav .flac .mp4 .m4v .webm .ogv .vtt .srt
	.woff .woff2 .ttf .otf .ics .vcf .bib .ris .asc .sig .webmanifest`)

// bare are names without an end that the web or people look for.
var bare = []string{"CNAME", "LICENSE", "LICENCE", "COPYING", "README"}

// publishes reports whether a file of this name is published.
func (b *builder) publishes(file string) bool {
	base, ext := path.Base(file), strings.ToLower(path.Ext(file))
	if slices.ContainsFunc(b.config.Publish, func(kind string) bool {
		return kind == base || "."+strings.TrimPrefix(strings.ToLower(kind), ".") == ext
	}) {
		return true
	}
	switch {
	case secret(base):
		return false
	case ext == "":
		return slices.Contains(bare, base) || strings.HasPrefix(file, "static/.well-known/")
	}
	return slices.Contains(kinds, ext)
}

// secret reports whether a name is one under which programs keep keys and passwords.
func secret(base string) bool {
	base = strings.ToLower(base)
	return strings.HasPrefix(base, "id_") && path.Ext(base) == "" || strings.HasPrefix(base, ".env") ||
		strings.HasPrefix(base, ".ht") ||
		slices.Contains([]string{".npmrc", ".netrc", ".pgpass", ".git-credentials", ".ssh", ".aws", ".gnupg"}, base) ||
		slices.Contains([]string{".pem", ".key", ".p12", ".pfx", ".ppk", ".kdbx", ".keystore", ".jks"}, path.Ext(base))
}

// unpublished says that a file is of a kind that is not published.
func unpublished(file string) *diag.Diagnostic {
	base, ext := path.Base(file), strings.TrimPrefix(path.Ext(file), ".")
	d := &diag.Diagnostic{
		Code: "file-kind", Place: diag.File(file),
		Text: diag.Say("files of the kind .%s are not published, so %s may not be among those for readers",
			"Dateien der Art .%s werden nicht veröffentlicht, deshalb darf %s nicht bei denen für Leserinnen und "+
				"Leser liegen",
			ext, base),
		Ways: []diag.Text{
			diag.Say("move it out of the project's folders", "legen Sie sie außerhalb der Ordner des Projekts ab"),
			diag.Say("if readers are to have it, write publish: [%s] in content/site.yaml",
				"wenn Leserinnen und Leser sie bekommen sollen, schreiben Sie in content/site.yaml publish: [%s]", ext),
		},
	}
	if ext == "" || strings.HasPrefix(base, ".") {
		d.Text = diag.Say("a file with the name %s is not published",
			"eine Datei mit dem Namen %s wird nicht veröffentlicht", base)
		d.Ways[1] = diag.Say("if readers are to have it, write publish: [%s] in content/site.yaml",
			"wenn Leserinnen und Leser sie bekommen sollen, schreiben Sie in content/site.yaml publish: [%s]", base)
	}
	if secret(base) {
		d.Text = diag.Say("the name of %s says that it holds keys, passwords or settings of a server, which nobody "+
			"may read",
			"der Name %s sagt, dass darin Schlüssel, Passwörter oder Einstellungen eines Servers stehen; die darf "+
				"niemand "+
				"lesen", base)
		d.Ways = []diag.Text{diag.Say("move it out of the project; if others could see it already, change the keys "+
			"and "+
			"passwords",
			"nehmen Sie sie aus dem Projekt; konnten andere sie schon sehen, ändern Sie die Schlüssel und Passwörter")}
	}
	return d
}

// mayPublish reports whether a file that an author laid there is published, and says once
// why not.
func (b *builder) mayPublish(file string, data []byte) bool {
	if !b.publishes(file) {
		if d := unpublished(file); b.first(d.Place) {
			b.siteProblems.Add(*d)
		}
		return false
	}
	return b.isMark(file) || b.onlyDraws(file, data)
}

// onlyDraws reports whether a file is no drawing, or one that does nothing else, and says
// once why not.
func (b *builder) onlyDraws(file string, data []byte) bool {
	if strings.ToLower(path.Ext(file)) != ".svg" {
		return true
	}
	problems := audit.Drawing(data)
	if len(problems) == 0 {
		return true
	}
	p := problems[0]
	d := diag.Diagnostic{Code: p.Code, Place: diag.File(file), Text: p.Text, Ways: []diag.Text{p.Way}}
	if utf8.Valid(data) { // or else its lines are no text
		d.Place = diag.At(file, data, p.Offset, p.End)
	}
	if b.first(d.Place) {
		b.siteProblems.Add(d)
	}
	return false
}

// isMark reports whether a file is the logo, the icon or a funder's logo, at which more is
// looked for.
func (b *builder) isMark(file string) bool {
	return slices.ContainsFunc(b.config.Marks(), func(mark site.LookFile) bool {
		return mark.Name != "" && b.lookPath(mark.Name) == file
	})
}

// auditDrawing says what is wrong with a picture that was drawn here, or that lay among those
// that are kept.
func (b *builder) auditDrawing(file string, at diag.Place, problems []audit.Problem) {
	for _, p := range problems {
		b.auditProblems.Add(diag.Diagnostic{
			Code: p.Code, Place: at, Text: p.Text, Ways: []diag.Text{diag.Say(
				"build again without the pictures that are kept from earlier builds",
				"starten Sie noch einmal, ohne die Bilder, die aus früheren Läufen aufgehoben sind")},
			Notes: []diag.Note{{Place: diag.File(file), Text: diag.Say("it was found in this picture",
				"gefunden wurde es in diesem Bild")}},
		})
	}
}
