package typeset

import (
	"image"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// A Pen writes on images, in one size and weight. It must not be shared.
type Pen struct{ face font.Face }

// NewPen returns a pen for a size in px.
func NewPen(size float64, weight int) Pen {
	face, err := opentype.NewFace(opened(weight), &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("typeset: embedded font: " + err.Error()) // it is compiled into the binary
	}
	return Pen{face}
}

// Width returns the px that the text takes, kerning included.
func (p Pen) Width(text string) float64 { return float64(font.MeasureString(p.face, text)) / 64 }

// Write writes a text from a place on its baseline, and says where it ends.
func (p Pen) Write(on *image.Alpha, text string, x, y float64) (end float64) {
	at := fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
	d := font.Drawer{Dst: on, Src: image.Opaque, Face: p.face, Dot: at}
	d.DrawString(text)
	return float64(d.Dot.X) / 64
}

// Fit gives the text in one line, without the characters that stand for nothing there, and
// as much of it as fits.
func (p Pen) Fit(text string, room float64) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case SoftHyphen, '\u200b', '\u2060':
			return -1
		case '\u00a0', '\u202f', '\u2009', '\n':
			return ' '
		}
		return r
	}, text)
	if p.Width(text) <= room {
		return text
	}
	letters := []rune(text)
	for n := len(letters); n > 0; n-- {
		if cut := strings.TrimRight(string(letters[:n]), " ,;:-–") + "…"; p.Width(cut) <= room {
			return cut
		}
	}
	return ""
}
