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
	if found == avif && p.placed {
		return Picture{}, unshown(name, diag.Say("AVIF with notes of a camera", "AVIF mit Angaben einer Kamera"))
	}
	shown := Picture{Data: p.clean, Ext: strings.ToLower(path.Ext(name)), Placed: p.placed}
	if !found.drawable() {
		shown.Width, shown.Height = size(data)
		return shown, nil
	}
	if shown.Width, shown.Height = size(p.clean); shown.Width == 0 {
		return Picture{}, broken(name)
	}
	return redrawn(shown, p, cache), nil
}

// Linked looks into a file of any kind to which a page links. It is published as it is,
// but for what a camera wrote about it.
func Linked(name string, data []byte) Picture {
	linked := Picture{Data: data, Ext: strings.ToLower(path.Ext(name))}
	if p := split(kindOf(data), data); p != nil {
		linked.Data, linked.Placed = p.clean, p.placed
		if p.orientation > 1 {
			linked.Data = withOrientation(p)
		}
	}
	return linked
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
