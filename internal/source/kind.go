package source

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Missing says that a file holds nothing, or only the note that Git LFS leaves in the place
// of one; nil where it holds something. The diagnostic has no place yet.
func Missing(name string, data []byte) *diag.Diagnostic {
	if len(data) == 0 {
		return &diag.Diagnostic{Code: "file-empty",
			Text: diag.Say("%s is empty", "%s ist leer", name),
			Ways: []diag.Text{diag.Say("lay the file there again", "legen Sie die Datei noch einmal dorthin")}}
	}
	return pointer(name, data)
}

func pointer(name string, data []byte) *diag.Diagnostic {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) {
		return nil
	}
	return &diag.Diagnostic{Code: "file-pointer",
		Text: diag.Say("%s holds only a note of Git LFS, and not the file itself",
			"%s enthält nur einen Vermerk von Git LFS und nicht die Datei selbst", name),
		Ways: []diag.Text{
			diag.Say("fetch the files with \"git lfs pull\"; on GitHub add \"lfs: true\" to the step that checks out",
				"holen Sie die Dateien mit „git lfs pull“; auf GitHub ergänzen Sie beim Auschecken „lfs: true“"),
			diag.Say("lay the file itself there", "legen Sie die Datei selbst dorthin"),
		}}
}

// kinds are what programs save that is no text, by how it begins. A web page is none
// where a table or figures should stand, though it is written in letters; of these it is
// what follows the first <.
var kinds = []struct {
	begins string
	webs   bool
	is     diag.Text
}{
	{"PK\x03\x04", false, office},
	{"\xd0\xcf\x11\xe0", false, office},
	{"{\\rtf", false, diag.Say("a document of a word processor (RTF)", "ein Dokument einer Textverarbeitung (RTF)")},
	{"%pdf-", false, diag.Say("a PDF", "ein PDF")},
	{"!doctype html", true, diag.Say("a web page", "eine Webseite")},
	{"html", true, diag.Say("a web page", "eine Webseite")},
	{"table", true, diag.Say("a web page", "eine Webseite")},
}

var office = diag.Say("a workbook or document of an office program",
	"eine Arbeitsmappe oder ein Dokument eines Office-Programms")

// otherKind says that a file is no text of the kind that its name says; nil where it may be.
func otherKind(name string, data []byte) *diag.Diagnostic {
	ext := path.Ext(name)
	cells := slices.Contains([]string{".csv", ".tsv", ".tab", ".txt"}, ext)
	head := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 64)], "\ufeff \t\r\n")))
	for _, kind := range kinds {
		begins := head
		if kind.webs {
			begins = strings.TrimPrefix(head, "<")
		}
		if !strings.HasPrefix(begins, strings.ToLower(kind.begins)) ||
			kind.webs && (begins == head || !cells && ext != ".yaml") {
			continue
		}
		d := &diag.Diagnostic{Code: "file-not-text",
			Text: diag.Say("the name ends in %s, but the file holds %s",
				"der Name endet auf %s, aber die Datei enthält %s", ext, kind.is),
			Ways: []diag.Text{diag.Say("open it in its program, and save it as plain text (UTF-8)",
				"öffnen Sie sie mit ihrem Programm, und speichern Sie sie als reinen Text (UTF-8)")}}
		if cells {
			d.Ways = []diag.Text{diag.Say(
				"open it in Excel, and save it as \"CSV UTF-8\"; to give it another name is not enough",
				"öffnen Sie sie in Excel, und speichern Sie sie als „CSV UTF-8“; ein anderer Name genügt nicht")}
		}
		return d
	}
	return nil
}
