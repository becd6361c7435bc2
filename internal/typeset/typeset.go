// Package typeset measures texts in the site's font, breaks them into lines and writes
// them on images.
//
// Rules:
//   - What is measured here is what readers see: the font is the one that pages load.
//   - A text gets more room than it takes, since readers may set their own spacing.
//   - Nothing is cut off where lines are broken: a word that is too long is broken too.
package typeset

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"bilanz/static/fonts"
)

// Slack is what every text is given beyond its measured width: readers may set
// letter and word spacing (WCAG 1.4.12), which widens a label by a quarter.
const Slack = 1.25

// Weights of the font. The site ships one variable file, the build measures with two.
const (
	Regular  = 400
	Semibold = 600
)

// A Face is a font size with its line height, in px.
type Face struct{ Size, Line float64 }

// Width returns the px that the text takes in the shipped font. Kerning is left out:
// it only ever makes Source Sans narrower.
func (f Face) Width(text string, weight int) float64 {
	return advancesOf(weight).add(0, text) * f.Size
}

// Room is the width to keep free for the text, slack included.
func (f Face) Room(text string, weight int) float64 { return f.Width(text, weight) * Slack }

// advances are the widths of one weight in em. Latin is an array, since measuring is
// what the drawing does most often.
type advances struct {
	latin [0x180]float64
	more  map[rune]float64
}

func advancesOf(weight int) *advances {
	if weight >= Semibold {
		return &loadWidths().semibold
	}
	return &loadWidths().regular
}

// add is the width of a line, in em, with a text more at its end.
func (a *advances) add(line float64, text string) float64 {
	for _, r := range text {
		line += a.of(r)
	}
	return line
}

func (a *advances) of(r rune) float64 {
	if r < rune(len(a.latin)) {
		return a.latin[r]
	}
	if w, ok := a.more[r]; ok {
		return w
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0x1F000:
		return 1.2 // another font will draw these; wide is the safe guess
	}
	return 0.75
}

type widths struct{ regular, semibold advances }

var loadWidths = sync.OnceValue(func() *widths {
	return &widths{regular: measured(opened(Regular)), semibold: measured(opened(Semibold))}
})

func measured(f *sfnt.Font) advances {
	a := advances{more: map[rune]float64{}}
	var buf sfnt.Buffer
	em := fixed.I(int(f.UnitsPerEm()))
	measure := func(r rune) (float64, bool) {
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			return 0.75, false
		}
		adv, err := f.GlyphAdvance(&buf, glyph, em, font.HintingNone)
		return float64(adv) / float64(em), err == nil
	}
	for r := range a.latin {
		a.latin[r], _ = measure(rune(r))
	}
	a.latin[SoftHyphen] = 0
	for r := rune(0x2000); r < 0x2300; r++ { // punctuation, spaces, currency, arrows, minus
		if w, ok := measure(r); ok {
			a.more[r] = w
		}
	}
	return a
}

// opened gives the font of a weight. It panics on one that does not parse, since they are
// compiled into the binary.
func opened(weight int) *sfnt.Font {
	if weight >= Semibold {
		return openSemibold()
	}
	return openRegular()
}

var (
	openRegular  = sync.OnceValue(func() *sfnt.Font { return mustOpen(fonts.Regular) })
	openSemibold = sync.OnceValue(func() *sfnt.Font { return mustOpen(fonts.Semibold) })
)

func mustOpen(woff []byte) *sfnt.Font {
	raw, err := sfntFromWOFF(woff)
	if err != nil {
		panic("typeset: embedded font: " + err.Error())
	}
	f, err := sfnt.Parse(raw)
	if err != nil {
		panic("typeset: embedded font: " + err.Error())
	}
	return f
}

// sfntFromWOFF unpacks WOFF 1.0: a directory of tables, each packed by zlib on its own.
func sfntFromWOFF(woff []byte) ([]byte, error) {
	if len(woff) < 44 || string(woff[:4]) != "wOFF" {
		return nil, fmt.Errorf("not a .woff file")
	}
	n := int(binary.BigEndian.Uint16(woff[12:]))
	if len(woff) < 44+20*n {
		return nil, io.ErrUnexpectedEOF
	}
	out := make([]byte, 12+16*n)
	copy(out, woff[4:8])
	binary.BigEndian.PutUint16(out[4:], uint16(n))
	for i := range n {
		entry := woff[44+20*i:]
		offset, packed := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:])
		size := binary.BigEndian.Uint32(entry[12:])
		if uint64(offset)+uint64(packed) > uint64(len(woff)) {
			return nil, io.ErrUnexpectedEOF
		}
		table := woff[offset : offset+packed]
		if packed < size {
			r, err := zlib.NewReader(bytes.NewReader(table))
			if err != nil {
				return nil, err
			}
			if table, err = io.ReadAll(io.LimitReader(r, int64(size))); err != nil {
				return nil, err
			}
		}
		record := out[12+16*i:]
		copy(record, entry[:4])
		binary.BigEndian.PutUint32(record[4:], binary.BigEndian.Uint32(entry[16:]))
		binary.BigEndian.PutUint32(record[8:], uint32(len(out)))
		binary.BigEndian.PutUint32(record[12:], size)
		out = append(out, table...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out, nil
}
