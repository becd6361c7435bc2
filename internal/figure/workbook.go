package figure

import (
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// isWorkbook reports whether a file is a workbook, of a kind that is read or not.
func isWorkbook(name string) bool {
	return slices.Contains([]string{".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"}, strings.ToLower(path.Ext(name)))
}

// workbook is the part of a workbook that a table is read from. Several tables may be read
// from one.
func (l *loader) workbook(d *document, name string) (*sheet.Book, bool) {
	part := sheet.Part{Sheet: d.fields.Text("sheet"), Range: d.fields.Text("range")}
	key := strings.Join([]string{name, part.Sheet, part.Range}, "\x00")
	if book, read := l.books[key]; read {
		return book, book != nil
	}
	l.books[key] = nil
	refused := l.held(name)
	switch {
	case refused != nil:
	case !strings.EqualFold(path.Ext(name), ".xlsx"):
		refused = &sheet.Refusal{Of: "file", Code: "workbook-unreadable",
			Text: diag.Say("a workbook (%s) is not read", "eine Arbeitsmappe (%s) wird nicht gelesen", path.Ext(name)),
			Ways: []diag.Text{sheet.SaveAsXLSX(path.Ext(name))}}
	default:
		l.books[key], refused = sheet.OpenXLSX(schema.File{Path: name, Text: l.workbooks[name]}, part, l.list)
	}
	if refused != nil {
		l.list.Add(refused.At(d.placeOf(refused.Of, name)))
	}
	return l.books[key], refused == nil
}

// held refuses a workbook that a program has open: what is saved of it may be half of what
// its author sees.
func (l *loader) held(name string) *sheet.Refusal {
	folder, base := path.Split(name)
	for _, lock := range []string{folder + "~$" + base, folder + ".~lock." + base + "#"} {
		if slices.Contains(l.o.Locks, lock) {
			return &sheet.Refusal{Of: "file", Code: "workbook-open",
				Text: diag.Say("the workbook is open in another program, so nobody knows whether all of it is saved",
					"die Arbeitsmappe ist in einem anderen Programm geöffnet; niemand weiß, ob alles gespeichert ist"),
				Ways: []diag.Text{diag.Say("save it there and close it", "speichern und schließen Sie sie dort"),
					diag.Say("if nobody has it open, delete %s", "hat niemand sie geöffnet, löschen Sie %s", lock)}}
		}
	}
	return nil
}

// placeOf is where a refusal is mended: the workbook itself, or the key that says which
// part of it is read.
func (d *document) placeOf(of, name string) diag.Place {
	n := d.fields.Get(of)
	switch {
	case of == "file":
		return diag.File(name)
	case n != nil:
		return n.Place()
	case d.fields.Has("file"):
		return d.fields.KeyPlace("file")
	}
	return d.fields.KeyPlace("table")
}

// sheetKeysAlone says that sheet: and range: mean nothing for a CSV file.
func (l *loader) sheetKeysAlone(d *document, b *sheet.Book) {
	for _, key := range []string{"sheet", "range"} {
		if b != nil && d.fields.Has(key) && !isWorkbook(b.Path) {
			l.add("sheet-alone", d.fields.KeyPlace(key), diag.Say("%s is a CSV file, which has no sheets and ranges",
				"%s ist eine CSV-Datei und hat keine Blätter und Bereiche", b.Path),
				diag.Say("delete it", "löschen Sie die Angabe"),
				diag.Say("if a workbook is meant, name it: file: x.xlsx",
					"ist eine Arbeitsmappe gemeint, nennen Sie sie: file: x.xlsx"))
		}
	}
}

// unusable says why the value of a cell of a workbook cannot be taken; nil where it can.
func unusable(c *sheet.Cell) *fault {
	switch {
	case c.IsUncomputed():
		return &fault{code: "cell-formula",
			text: diag.Say("this cell holds a formula whose result is not stored in the file",
				"in dieser Zelle steht eine Formel, deren Ergebnis nicht in der Datei gespeichert ist"),
			ways: []diag.Text{diag.Say("open the workbook in Excel, so that it calculates, and save it",
				"öffnen Sie die Arbeitsmappe in Excel, damit es rechnet, und speichern Sie sie"),
				diag.Say("put the value in place of the formula: copy the cell, Paste Special, Values",
					"setzen Sie an die Stelle der Formel ihren Wert: Zelle kopieren, Inhalte einfügen, Werte")}}
	case c.IsMerged():
		return &fault{code: "cell-merged", end: len(c.Text),
			text: diag.Say("this cell is merged with the one above it, so one value would be counted for several rows",
				"diese Zelle ist mit der darüber verbunden; ein Wert würde für mehrere Zeilen gezählt"),
			ways: []diag.Text{diag.Say("unmerge the cells in Excel, and write each row's own value",
				"heben Sie die Verbindung in Excel auf, und schreiben Sie in jede Zeile deren eigenen Wert")}}
	}
	return nil
}
