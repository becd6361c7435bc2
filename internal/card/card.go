// Package card draws social cards: what networks and messengers show beside a link.
//
// Rules:
//   - Every text is ready-made, as in a chart; a card knows no figure and no language.
//   - Same card, same bytes. What does not fit is set smaller, and only then cut off.
//   - What a card says can be read without seeing it.
package card

import (
	"bytes"
	"embed"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"unicode/utf8"

	"bilanz/internal/colour"
	"bilanz/internal/drawn"
	"bilanz/internal/typeset"
)

// A Card shows a title, and for a chart its main number with what it counts, when, and
// where it comes from.
type Card struct {
	Site   string // the site's title
	Title  string
	Number string // "318,462"; "" on the card of a page
	Unit   string // "visits"
	Text   string // under the number its period; on the card of a page what the page is about
	Note   string // what must not be lost where the number goes alone, such as a known difference; "" mostly
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
	for _, text := range []string{c.Title, number + c.Text, c.Note, c.Source, c.Demo} {
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
	return strings.ReplaceAll(all, string(typeset.SoftHyphen), "")
}

//go:embed *.go
var sources embed.FS

var tools = drawn.With(sources, colour.Sources, typeset.Sources)

// PNG draws the card in the colours of a palette, or takes it from the cache, which may
// be nil.
func (c Card) PNG(cache drawn.Cache, colors colour.Palette) ([]byte, error) {
	if cache == nil {
		return c.draw(colors)
	}
	key := tools.Key("card", fmt.Sprint(colors), c.Site, c.Title, c.Number, c.Unit, c.Text, c.Note, c.Source, c.Demo)
	if data, ok := cache.Get(key); ok && isCard(data) {
		return data, nil
	}
	data, err := c.draw(colors)
	if err == nil {
		cache.Put(key, data)
	}
	return data, err
}

// isCard reports whether data is a picture as draw makes it, and holds nothing besides:
// neither notes nor anything behind its end. Parts of a PNG begin with their length and
// kind and end with a sum.
func isCard(data []byte) bool {
	const signature = "\x89PNG\r\n\x1a\n"
	rest, ok := bytes.CutPrefix(data, []byte(signature))
	for first := true; ok && len(rest) >= 12; first = false {
		length := int(binary.BigEndian.Uint32(rest))
		if length > len(rest)-12 {
			return false
		}
		kind, part := string(rest[4:8]), rest[8:8+length]
		if crc32.ChecksumIEEE(rest[4:8+length]) != binary.BigEndian.Uint32(rest[8+length:]) {
			return false
		}
		rest = rest[12+length:]
		switch {
		case first:
			ok = kind == "IHDR" && length == 13 &&
				binary.BigEndian.Uint32(part) == width && binary.BigEndian.Uint32(part[4:]) == height
		case kind == "IEND":
			return len(rest) == 0
		default:
			ok = kind == "PLTE" || kind == "tRNS" || kind == "IDAT"
		}
	}
	return false
}

// The size that networks ask for, and the room for texts on it.
const (
	width  = 1200
	height = 630
	margin = 72
	inner  = width - 2*margin
)

func (c Card) draw(colors colour.Palette) ([]byte, error) {
	p := papers.Get().(*paper)
	p.picture.Palette = palette(colors)
	defer papers.Put(p)
	p.blank()
	p.line(c.Site, 30, typeset.Semibold, muted, margin, 92, inner-160)
	if c.Demo != "" {
		wide := p.pen(30, typeset.Semibold).Width(c.Demo)
		p.line(c.Demo, 30, typeset.Semibold, muted, width-margin-wide, 92, wide)
	}
	source, note := small(c.Source), small(c.Note)
	top := float64(height - 36 - smallLine*min(len(source), mostLines))
	above := float64(smallLine * min(len(note), mostNoted))
	sizes, most := []float64{68, 60, 52}, 4
	switch {
	case note != nil:
		sizes, most = []float64{48, 42, 38}, 2
	case c.Number != "":
		sizes, most = []float64{56, 50, 44}, 3
	}
	y := p.block(c.Title, sizes, most, typeset.Semibold, ink, 136)
	if c.Number == "" {
		p.block(c.Text, []float64{34}, max(1, (560-int(y)-24)/46), typeset.Regular, muted, y+24)
	} else {
		c.number(p, above)
	}
	p.block(c.Note, []float64{smallSize}, mostNoted, typeset.Regular, ink, top-above)
	p.block(c.Source, []float64{smallSize}, mostLines, typeset.Regular, muted, top)
	return p.encode()
}

// The small lines at the foot.
const (
	smallSize = 24
	smallLine = 30
	mostLines = 2 // of the source
	mostNoted = 3 // of the note
)

// small lays a text at the foot out; nil for none.
func small(text string) []string {
	if text == "" {
		return nil
	}
	return balanced(text, smallSize, typeset.Regular)
}

// number writes the main number with its noun, and what belongs to it below, on two lines
// where one is too short: so far above its place as a note needs.
func (c Card) number(p *paper, above float64) {
	base, size := height-168.0-above, 112.0
	if above > 0 {
		size = 96
	}
	for p.pen(size, typeset.Semibold).Width(c.Number) > inner && size > 40 {
		size -= 8
	}
	beside := p.pen(44, typeset.Regular).Width(c.Unit) <= inner-20-p.pen(size, typeset.Semibold).Width(c.Number)
	text := c.Text
	if !beside {
		text = c.Unit + ", " + text
	}
	small := 32.0
	for p.pen(small, typeset.Regular).Width(text) > inner && small > 26 {
		small -= 2
	}
	if above == 0 && p.pen(small, typeset.Regular).Width(text) > inner {
		base -= 36
		p.block(text, []float64{28}, 2, typeset.Regular, muted, base+15)
	} else {
		p.line(text, small, typeset.Regular, muted, margin, base+48, inner)
	}
	end := p.line(c.Number, size, typeset.Semibold, accent, margin, base, inner)
	if beside {
		p.line(c.Unit, 44, typeset.Regular, ink, end+20, base, width-margin-end-20)
	}
}

// The inks, in the order of the palette that a card is drawn with.
const (
	ink = 1 + iota
	muted
	accent
)

// shades are how many steps lie between the paper and a colour.
const shades = 16

// palette holds every colour in all its shades: a card of few colours is packed in a
// tenth of the time.
func palette(p colour.Palette) color.Palette {
	var all color.Palette
	paper := p.Paper
	for _, c := range []colour.RGB{ink - 1: p.Ink, muted - 1: p.Muted, accent - 1: p.Accent} {
		for shade := range shades {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(shades-1-shade) + int(b)*shade) / (shades - 1)) }
			all = append(all, color.RGBA{mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 0xff})
		}
	}
	return all
}

// A paper is where a card is drawn: one mask of ink for each text, laid into a
// picture of palette entries.
type paper struct {
	picture *image.Paletted
	mask    *image.Alpha
	pens    map[string]typeset.Pen
}

// papers are used again, since pens are dear, and not safe to share.
var papers = sync.Pool{New: func() any {
	bounds := image.Rect(0, 0, width, height)
	return &paper{
		picture: image.NewPaletted(bounds, nil), mask: image.NewAlpha(bounds), pens: map[string]typeset.Pen{},
	}
}}

func (p *paper) blank() {
	clear(p.picture.Pix)
	band := uint8(accent*shades - 1)
	for i := range p.picture.Pix[:16*width] { // a band along the top
		p.picture.Pix[i] = band
	}
}

// block writes a text in lines from y on, in the first size in which it takes no more
// than that many lines; in the last it is cut off.
func (p *paper) block(text string, sizes []float64, most, weight, ink int, y float64) float64 {
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
		p.line(line, size, weight, ink, margin, y-size*0.2, inner)
	}
	return y
}

// balanced breaks a text into as few lines as the card allows, of about the same length.
func balanced(text string, size float64, weight int) []string {
	f := typeset.Face{Size: size}
	lines := f.Wrap(text, weight, inner*typeset.Slack)
	for room := float64(inner - 40); room > 200; room -= 40 {
		tighter := f.Wrap(text, weight, room*typeset.Slack)
		if len(tighter) > len(lines) {
			break
		}
		lines = tighter
	}
	return lines
}

// line writes a text on one line, cut off where it does not fit, and says where it ends.
func (p *paper) line(text string, size float64, weight, ink int, x, y, room float64) float64 {
	pen := p.pen(size, weight)
	end := pen.Write(p.mask, pen.Fit(text, room), x, y)
	area := image.Rect(int(x)-8, int(y-size*1.2), int(end)+9, int(y+size*0.5)).Intersect(p.mask.Rect)
	for row := area.Min.Y; row < area.Max.Y; row++ {
		written := p.mask.Pix[p.mask.PixOffset(area.Min.X, row):p.mask.PixOffset(area.Max.X, row)]
		pixels := p.picture.Pix[p.picture.PixOffset(area.Min.X, row):]
		for i, alpha := range written {
			if alpha >= 9 {
				pixels[i] = uint8((ink-1)*shades + (int(alpha)*(shades-1)+127)/255)
			}
		}
		clear(written)
	}
	return end
}

func (p *paper) encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&out, p.picture)
	return out.Bytes(), err
}

// pen opens the font in a size, in px.
func (p *paper) pen(size float64, weight int) typeset.Pen {
	key := fmt.Sprint(size, weight)
	pen, ok := p.pens[key]
	if !ok {
		pen = typeset.NewPen(size, weight)
		p.pens[key] = pen
	}
	return pen
}
