// Package picture looks into the pictures that authors lay beside their pages, before they
// are published.
//
// Rules:
//   - What browsers do not show is refused, and so is what is no picture, whatever it is
//     called.
//   - What a camera wrote about place, time and owner is cut out, segment by segment; the
//     bytes of the picture itself and its colour profile stay as they are.
//   - Only where a picture lies on its side, or is wider than pages show it, is it drawn
//     anew; the smaller file wins.
//   - Same bytes, same picture.
package picture

import (
	"bytes"
	"path"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/drawn"
)

// MostWidth is how many pixels wide a picture is published at most: the widest place for
// one on a page, at two pixels for each.
const MostWidth = 1600

// Picture is a picture as it is published.
type Picture struct {
	Data          []byte
	Ext           string // of its name, with the dot
	Width, Height int    // in pixels; 0 where the file does not say
	Placed        bool   // what was read says where it was taken
}

// Shown looks into a picture that a page shows. The diagnostic, which has no place yet,
// says why it cannot be. The cache may be nil.
func Shown(name string, data []byte, cache drawn.Cache) (Picture, *diag.Diagnostic) {
	found := kindOf(data)
	switch {
	case found == heic:
		return Picture{}, unshown(name, diag.Say("HEIC", "HEIC"))
	case found == tiff:
		return Picture{}, unshown(name, diag.Say("TIFF", "TIFF"))
	case found == "":
		return Picture{}, noPicture(name)
	case !found.fits(name):
		return Picture{}, misnamed(name, found)
	}
	p := split(found, data)
	if p == nil {
		return Picture{}, broken(name)
	}
	if found == avif && (p.placed || p.noted) {
		return Picture{}, unshown(name, diag.Say("AVIF with notes of a camera", "AVIF mit Angaben einer Kamera"))
	}
	shown := Picture{Data: p.clean, Ext: strings.ToLower(path.Ext(name)), Placed: p.placed}
	if !found.drawable() {
		shown.Width, shown.Height = size(data)
		return shown, nil
	}
	if shown.Width, shown.Height = size(p.clean); shown.Width < 1 || shown.Height < 1 {
		return Picture{}, broken(name)
	}
	if shown.Width > mostPixels/shown.Height {
		return Picture{}, tooLarge(name, shown)
	}
	return redrawn(shown, p, cache), nil
}

// Linked looks into a file of any kind to which a page links. It is published as it is,
// but for what a camera wrote about it.
// The diagnostic, which has no place yet, says why it cannot be.
func Linked(name string, data []byte) (Picture, *diag.Diagnostic) {
	linked := Picture{Data: data, Ext: strings.ToLower(path.Ext(name))}
	found := kindOf(data)
	if found == "" && isFilm(data) && placedFilm(data) {
		return Picture{}, saysPlace(name)
	}
	p := split(found, data)
	if p == nil && found != svg {
		return Picture{}, broken(name) // or what a camera wrote would stay in it
	}
	if p != nil {
		if p.placed && (found == heic || found == avif || found == tiff) {
			return Picture{}, saysPlace(name)
		}
		linked.Data, linked.Placed = p.clean, p.placed
		if p.orientation > 1 {
			linked.Data = withOrientation(p)
		}
	}
	return linked, nil
}

// isFilm recognises films as phones make them, and placedFilm whether one says where.
func isFilm(data []byte) bool { return len(data) >= 16 && string(data[4:8]) == "ftyp" }

func placedFilm(data []byte) bool {
	return bytes.Contains(data, []byte("location.ISO6709")) || bytes.Contains(data, []byte("\xa9xyz"))
}

// saysPlace refuses a file that says where it was made, and cannot be published without.
func saysPlace(name string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "image-format",
		Text: diag.Say("%s says where it was taken, and in this format bilanz cannot cut that out",
			"in %s steht, wo die Aufnahme entstand, und in diesem Format kann bilanz das nicht herausnehmen", name),
		Ways: []diag.Text{
			diag.Say("save it without its place (on an iPhone: Share, Options, no Location)",
				"speichern Sie es ohne Ort (auf dem iPhone: Teilen, Optionen, ohne Standort)"),
			diag.Say("save a picture as JPEG", "speichern Sie ein Bild als JPEG"),
		}}
}

func tooLarge(name string, p Picture) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "image-large",
		Text: diag.Say("%s has %d by %d pixels, more than a page can show and bilanz can make smaller",
			"%s hat %d mal %d Bildpunkte, mehr, als eine Seite zeigen und bilanz verkleinern kann",
			name, p.Width, p.Height),
		Ways: []diag.Text{diag.Say("save it at most %d pixels wide",
			"speichern Sie es höchstens %d Bildpunkte breit", 2*MostWidth)}}
}

func unshown(name string, format diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "image-format",
		Text: diag.Say("many browsers do not show %s, whose format is %s",
			"viele Browser zeigen %s nicht, denn das Format ist %s", name, format),
		Ways: []diag.Text{diag.Say("open the picture and save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)",
			"öffnen Sie das Bild und speichern Sie es als JPEG (auf dem iPhone: Einstellungen, Kamera, Formate, Maximale Kompatibilität)")}}
}

func noPicture(name string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "image-kind",
		Text: diag.Say("%s holds no picture that browsers show", "%s enthält kein Bild, das Browser zeigen", name),
		Ways: []diag.Text{diag.Say("save it as JPEG, PNG, WebP, GIF, AVIF or SVG; to give it another name is not enough",
			"speichern Sie es als JPEG, PNG, WebP, GIF, AVIF oder SVG; ein anderer Name genügt nicht")}}
}

func misnamed(name string, found kind) *diag.Diagnostic {
	base := path.Base(name)
	return &diag.Diagnostic{Code: "image-kind",
		Text: diag.Say("the name of %s does not say that it is a picture of the kind %s",
			"der Name von %s sagt nicht, dass es ein Bild der Art %s ist", name, found),
		Ways: []diag.Text{diag.Say("name it %s",
			"nennen Sie es %s", strings.TrimSuffix(base, path.Ext(base))+found.ext())}}
}

func broken(name string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "image-broken",
		Text: diag.Say("the picture %s ends early or is damaged",
			"das Bild %s hört vorzeitig auf oder ist beschädigt", name),
		Ways: []diag.Text{diag.Say("lay the file there again, and look at it in a picture viewer",
			"legen Sie die Datei noch einmal dorthin, und sehen Sie sie in einem Bildbetrachter an")}}
}
