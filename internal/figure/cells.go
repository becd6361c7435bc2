package figure

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
	"bilanz/internal/source"
)

// textKinds are the ends of the names of texts with cells, that are read where a table
// names one, or has its name. A file that ends in .csv is read in any case.
var textKinds = []string{".tsv", ".tab", ".txt"}

// IsText reports whether a table may be read from a file of this name as from a CSV file.
// What an editor called visits.yaml.txt is no such file.
func IsText(name string) bool {
	ext := path.Ext(name)
	inner := strings.ToLower(path.Ext(strings.TrimSuffix(name, ext)))
	return slices.Contains(textKinds, strings.ToLower(ext)) && inner != ".yaml" && inner != ".yml"
}

// nameCells finds which files tables are read from, and makes a document of each that is
// read for no other reason. Of the tables nothing else is known yet.
func (l *loader) nameCells() {
	for _, d := range slices.Clone(l.docs) {
		if d.root == nil || kindOf(d.root) != tableDoc {
			continue
		}
		name, encoding := "", (*schema.Node)(nil)
		for _, e := range d.root.Entries() {
			switch e.Key {
			case "file":
				name = path.Join(path.Dir(d.path), e.Value.String())
			case "encoding":
				encoding = e.Value
			}
		}
		if name == "" {
			name = l.cellsBeside(d)
		}
		if f, ok := l.loose[name]; ok {
			delete(l.loose, name)
			l.foreign = slices.DeleteFunc(l.foreign, func(other string) bool { return other == name })
			l.docs = append(l.docs, &document{path: name, csv: &f, cells: name})
		}
		if l.encodings[name] == nil {
			l.encodings[name] = encoding
		}
		if _, named := l.readBy[name]; !named {
			l.readBy[name] = d.path
		}
	}
}

// cellsBeside is the file of the same name as a table's.
func (l *loader) cellsBeside(d *document) string {
	stem := strings.TrimSuffix(d.path, path.Ext(d.path))
	if d.csv == nil {
		for _, ext := range textKinds {
			_, lies := l.loose[stem+ext]
			if _, named := l.readBy[stem+ext]; lies || named {
				return stem + ext
			}
		}
	}
	return stem + ".csv"
}

// openCells cuts the CSV file of a document into cells, in the encoding that a table says.
func (l *loader) openCells(d *document) {
	f, encoding := *d.csv, l.encodings[d.csv.Path]
	d.csv = nil
	if encoding != nil && !slices.Contains(sheet.Encodings(), encoding.String()) {
		d.broken = true // which is said where the keys are read
		return
	}
	if encoding != nil && saysItself(f.Text) {
		l.add("encoding-wrong", encoding.Place(), diag.Say("%s is saved in Unicode, and would be read wrongly as %s",
			"%s ist in Unicode gespeichert und würde als %s falsch gelesen", f.Path, encoding.String()),
			diag.Say("delete encoding:", "löschen Sie encoding:"))
		d.broken = true
		return
	}
	name := ""
	if encoding != nil {
		name = encoding.String()
	}
	f, _ = sheet.Decode(f, name)
	if bad := source.NotUTF8(f.Path, f.Text); bad != nil {
		l.notUTF8(bad)
		d.broken = true
		return
	}
	if f.Decoded || IsText(f.Path) {
		l.leftIn(f)
	}
	d.book = sheet.OpenCSV(f, l.list)
	d.broken = d.broken || d.book == nil
}

// leftIn says what was never meant for readers in a text that only a table can read.
func (l *loader) leftIn(f schema.File) {
	for _, found := range leftover.Find(f.Path, f.Text) {
		if f.Decoded {
			found.Edits = nil
		}
		l.list.Add(found)
	}
}

// saysItself reports whether a text is one in Unicode beyond doubt: it has letters, and all
// of them are UTF-8, or a mark says that each is two bytes.
func saysItself(text []byte) bool {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return true
	}
	return utf8.Valid(text) && bytes.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// notUTF8 says that a file is not saved as UTF-8, and how a table may be read from it as it
// is.
func (l *loader) notUTF8(bad *diag.Diagnostic) {
	if yaml, named := l.readBy[bad.Place.Path]; named {
		bad.Ways = append(bad.Ways, diag.Say("leave it as its office saved it, and add to %s: encoding: windows-1252",
			"lassen Sie sie, wie das Amt sie gespeichert hat, und ergänzen Sie in %s: encoding: windows-1252", yaml))
	}
	l.list.Add(*bad)
}

// encodingAlone says that encoding: means nothing for a workbook, and that two tables say
// different things of one file.
func (l *loader) encodingAlone(d *document, b *sheet.Book) {
	n := d.fields.Get("encoding")
	if n == nil || b == nil {
		return
	}
	if isWorkbook(b.Path) {
		l.add("encoding-wrong", d.fields.KeyPlace("encoding"),
			diag.Say("%s is a workbook, which says itself how its letters are saved",
				"%s ist eine Arbeitsmappe und sagt selbst, wie ihre Zeichen gespeichert sind", b.Path),
			diag.Say("delete encoding:", "löschen Sie encoding:"))
		return
	}
	if other := l.encodings[b.Path]; other != nil && other.String() != n.String() {
		l.list.Add(diag.Diagnostic{Code: "encoding-wrong", Place: n.Place(),
			Text: diag.Say("two tables say that %s is saved in different ways",
				"zwei Tabellen sagen Verschiedenes dazu, wie %s gespeichert ist", b.Path),
			Notes: []diag.Note{{Place: other.Place(), Text: diag.Say("the other table", "die andere Tabelle")}},
			Ways:  []diag.Text{diag.Say("write the same in both", "schreiben Sie in beiden dasselbe")}})
	}
}
