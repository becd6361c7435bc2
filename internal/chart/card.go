package chart

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"bilanz/static/fonts"
)

// A Card is what social networks and messengers show beside a link: title, and for a
// chart its main number with what it counts, when, and where it comes from. Every text
// is ready-made.
type Card struct {
	Site   string // the site's title
	Title  string
	Number string // "318,462"; "" on the card of a page
	Unit   string // "visits"
	Text   string // under the number its period; on the card of a page what the page is about
	Source string // "" none
	Demo   string // "", or the word that is printed on the card
}

// Alt says what the card says, for those who do not see it.
func (c Card) Alt() string {
	number := strings.TrimSpace(c.Number + " " + c.Unit)
	if number != "" && c.Text != "" {
		number += ", "
	}
	var sentences []string
	for _, text := range []string{c.Title, number + c.Text, c.Source, c.Demo} {
		if text == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune(".!?…", last) {
			text += "."
		}
		sentences = append(sentences, text)
	}
	all := strings.Join(sentences, " ")
	if c.Site != "" {
		all = c.Site + ": " + all
	}
	return strings.ReplaceAll(all, string(softHyphen), "")
}

// The size that networks ask for.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// Card draws a card as PNG, or takes it from the cache.
func (s *Studio) Card(ctx context.Context, c Card) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write(engineHash())
	put(h, "card", c.Site, c.Title, c.Number, c.Unit, c.Text, c.Source, c.Demo)
	key := hex.EncodeToString(h.Sum(nil))
	if s.cache != nil {
		// The signature tells a card from what else may lie there by mistake.
		if data, ok := s.cache.Get(key); ok && bytes.HasPrefix(data, []byte("\x89PNG")) {
			return data, nil
		}
	}
	data, err := c.PNG()
	if err == nil && s.cache != nil {
		s.cache.Put(key, data)
	}
	return data, err
}

const (
	cardMargin = 72
	cardInner  = CardWidth - 2*cardMargin
)

// PNG draws the card. Same card, same bytes.
func (c Card) PNG() ([]byte, error) {
	p := papers.Get().(*cardPaper)
	defer papers.Put(p)
	p.blank()
	p.line(c.Site, 30, semibold, cardMuted, cardMargin, 92, cardInner-160)
	if c.Demo != "" {
		wide := p.face(30, semibold).advance(c.Demo)
		p.line(c.Demo, 30, semibold, cardMuted, CardWidth-cardMargin-wide, 92, wide)
	}
	sizes, most := []float64{68, 60, 52}, 4
	if c.Number != "" {
		sizes, most = []float64{56, 50, 44}, 3
	}
	y := p.block(c.Title, sizes, most, semibold, cardInk, 136)
	if c.Number == "" {
		p.block(c.Text, []float64{34}, max(1, (560-int(y)-24)/46), regular, cardMuted, y+24)
	} else {
		c.number(p)
	}
	source := balanced(c.Source, 24, regular)
	top := float64(CardHeight - 36 - 30*min(len(source), 2))
	p.block(c.Source, []float64{24}, 2, regular, cardMuted, top)
	return p.encode()
}

// number writes the main number with its noun, and the period below.
func (c Card) number(p *cardPaper) {
	const base = CardHeight - 168.0
	size := 112.0
	for p.face(size, semibold).advance(c.Number) > cardInner && size > 40 {
		size -= 8
	}
	end := p.line(c.Number, size, semibold, cardAccent, cardMargin, base, cardInner)
	text := c.Text
	if room := CardWidth - cardMargin - end - 20; p.face(44, regular).advance(c.Unit) <= room {
		p.line(c.Unit, 44, regular, cardInk, end+20, base, room)
	} else {
		text = c.Unit + ", " + text
	}
	small := 32.0
	for p.face(small, regular).advance(text) > cardInner && small > 26 {
		small -= 2
	}
	p.line(text, small, regular, cardMuted, cardMargin, base+48, cardInner)
}

// The light theme: networks put cards on their own background.
const (
	cardPaperColor = iota
	cardInk
	cardMuted
	cardAccent
)

var cardColors = []color.RGBA{literal(colorPaper), literal(colorInk), literal(colorMuted), literal(seriesColors[0])}

func literal(name string) (c color.RGBA) {
	c.A = 0xff
	fmt.Sscanf(literalColors[name], "#%02x%02x%02x", &c.R, &c.G, &c.B)
	return c
}

// cardShades are how many steps lie between the paper and a colour.
const cardShades = 16

// cardPalette holds every colour in all its shades: a card of few colours is packed in a
// tenth of the time.
var cardPalette = sync.OnceValue(func() color.Palette {
	var all color.Palette
	paper := cardColors[cardPaperColor]
	for _, c := range cardColors[1:] {
		for shade := range cardShades {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(cardShades-1-shade) + int(b)*shade) / (cardShades - 1)) }
			all = append(all, color.RGBA{mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 0xff})
		}
	}
	return all
})

// A cardPaper is where a card is drawn: one mask of ink for each text, laid into a
// picture of palette entries.
type cardPaper struct {
	picture *image.Paletted
	mask    *image.Alpha
	faces   map[string]cardFace
}

// papers are used again: fonts are parsed once each, and not safe to share.
var papers = sync.Pool{New: func() any {
	bounds := image.Rect(0, 0, CardWidth, CardHeight)
	return &cardPaper{picture: image.NewPaletted(bounds, cardPalette()), mask: image.NewAlpha(bounds), faces: map[string]cardFace{}}
}}

func (p *cardPaper) blank() {
	clear(p.picture.Pix)
	accent := uint8(cardAccent*cardShades - 1)
	for i := range p.picture.Pix[:16*CardWidth] { // a band along the top
		p.picture.Pix[i] = accent
	}
}

// block writes a text in lines from y on, in the first size in which it takes no more
// than that many lines; in the last it is cut off.
func (p *cardPaper) block(text string, sizes []float64, most, weight, ink int, y float64) float64 {
	var lines []string
	var size float64
	for _, size = range sizes {
		if lines = balanced(text, size, weight); len(lines) <= most {
			break
		}
	}
	if len(lines) > most {
		lines = append(lines[:most-1], strings.Join(lines[most-1:], " "))
	}
	for _, line := range lines {
		y += size * 1.22
		p.line(line, size, weight, ink, cardMargin, y-size*0.2, cardInner)
	}
	return y
}

// balanced breaks a text into as few lines as the card allows, of about the same length.
func balanced(text string, size float64, weight int) []string {
	f := face{size: size}
	lines := f.wrap(text, weight, cardInner*slack)
	for room := float64(cardInner - 40); room > 200; room -= 40 {
		tighter := f.wrap(text, weight, room*slack)
		if len(tighter) > len(lines) {
			break
		}
		lines = tighter
	}
	return lines
}

// line writes a text on one line, cut off where it does not fit, and says where it ends.
func (p *cardPaper) line(text string, size float64, weight, ink int, x, y, room float64) float64 {
	f := p.face(size, weight)
	text = f.fit(text, room)
	d := font.Drawer{Dst: p.mask, Src: image.Opaque, Face: f.Face, Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	d.DrawString(text)
	end := float64(d.Dot.X) / 64
	area := image.Rect(int(x)-8, int(y-size*1.2), int(end)+9, int(y+size*0.5)).Intersect(p.mask.Rect)
	for row := area.Min.Y; row < area.Max.Y; row++ {
		drawn := p.mask.Pix[p.mask.PixOffset(area.Min.X, row):p.mask.PixOffset(area.Max.X, row)]
		pixels := p.picture.Pix[p.picture.PixOffset(area.Min.X, row):]
		for i, alpha := range drawn {
			if alpha >= 9 {
				pixels[i] = uint8((ink-1)*cardShades + (int(alpha)*(cardShades-1)+127)/255)
			}
		}
		clear(drawn)
	}
	return end
}

func (p *cardPaper) encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&out, p.picture)
	return out.Bytes(), err
}

type cardFace struct{ font.Face }

// face opens the font in a size, in px.
func (p *cardPaper) face(size float64, weight int) cardFace {
	key := fmt.Sprint(size, weight)
	if f, ok := p.faces[key]; ok {
		return f
	}
	opened, err := opentype.NewFace(cardFonts()[weight], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("chart: embedded font: " + err.Error()) // it is compiled into the binary
	}
	f := cardFace{opened}
	p.faces[key] = f
	return f
}

var cardFonts = sync.OnceValue(func() map[int]*opentype.Font {
	all := map[int]*opentype.Font{}
	for weight, woff := range map[int][]byte{regular: fonts.Regular, semibold: fonts.Semibold} {
		raw, err := sfntFromWOFF(woff)
		if err != nil {
			panic("chart: embedded font: " + err.Error())
		}
		if all[weight], err = opentype.Parse(raw); err != nil {
			panic("chart: embedded font: " + err.Error())
		}
	}
	return all
})

func (f cardFace) advance(text string) float64 {
	return float64(font.MeasureString(f.Face, text)) / 64
}

// fit gives the text in one line, without the characters that stand for nothing here,
// and as much of it as fits.
func (f cardFace) fit(text string, room float64) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case softHyphen, '\u200b', '\u2060':
			return -1
		case '\u00a0', '\u202f', '\u2009', '\n':
			return ' '
		}
		return r
	}, text)
	if f.advance(text) <= room {
		return text
	}
	letters := []rune(text)
	for n := len(letters); n > 0; n-- {
		if cut := strings.TrimRight(string(letters[:n]), " ,;:-–") + "…"; f.advance(cut) <= room {
			return cut
		}
	}
	return ""
}
