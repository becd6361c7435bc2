// Package colour reads colours as people write them and says how well one can be
// read on another.
//
// A colour is #rgb or #rrggbb. Contrast is that of WCAG 2.2. The nearest colour that
// can be read keeps its hue: only its lightness moves, in steps that the eye takes for
// equal (Oklab), and its strength where the screen has none so strong.
package colour

import (
	"fmt"
	"math"
	"strconv"
)

// Readable is the least contrast of text with its ground, and Visible that of what else must
// be seen: lines of charts, the edges of fields (WCAG 2.2, level AA).
const (
	Readable = 4.5
	Visible  = 3
)

// RGB is a colour on a screen.
type RGB struct{ R, G, B uint8 }

// Parse reads #rgb or #rrggbb, in small or capital letters.
func Parse(text string) (RGB, bool) {
	if len(text) != 4 && len(text) != 7 || text[0] != '#' {
		return RGB{}, false
	}
	n, err := strconv.ParseUint(text[1:], 16, 32)
	if err != nil {
		return RGB{}, false
	}
	if len(text) == 4 {
		return RGB{uint8(n>>8&0xf) * 0x11, uint8(n>>4&0xf) * 0x11, uint8(n&0xf) * 0x11}, true
	}
	return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// String writes the colour as #rrggbb.
func (c RGB) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Contrast is between 1, for two colours alike, and 21, for black on white.
func Contrast(a, b RGB) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Least is the contrast of a colour with that of the grounds on which it is hardest to
// read.
func Least(c RGB, grounds ...RGB) float64 {
	least := math.Inf(1)
	for _, ground := range grounds {
		least = min(least, Contrast(c, ground))
	}
	return least
}

// Nearest is the colour most like c that can be read on all grounds: c itself where it
// can. Where none can, which takes grounds both light and dark, it is black.
func Nearest(c RGB, grounds ...RGB) RGB { return NearestAt(Readable, c, grounds...) }

// NearestAt is the same for another least contrast.
func NearestAt(least float64, c RGB, grounds ...RGB) RGB {
	const steps = 1000
	lab := c.oklab()
	for step := range steps + 1 {
		for _, way := range []float64{-1, 1} {
			moved := lab
			moved.light += way * float64(step) / steps
			if near := moved.rgb(c, step == 0); moved.light >= 0 && moved.light <= 1 && Least(near, grounds...) >= least {
				return near
			}
		}
	}
	return RGB{}
}

// Every product below is converted, so that no processor joins it with a sum: the same
// colour comes out on each.

func (c RGB) luminance() float64 {
	return float64(0.2126*linear(c.R)) + float64(0.7152*linear(c.G)) + float64(0.0722*linear(c.B))
}

func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// oklab is a colour by its lightness and two axes of hue and strength.
type oklab struct{ light, a, b float64 }

// Rows of the matrices by which Björn Ottosson defined Oklab.
var (
	toCones = [3][3]float64{
		{0.4122214708, 0.5363325363, 0.0514459929},
		{0.2119034982, 0.6806995451, 0.1073969566},
		{0.0883024619, 0.2817188376, 0.6299787005},
	}
	toLab = [3][3]float64{
		{0.2104542553, 0.7936177850, -0.0040720468},
		{1.9779984951, -2.4285922050, 0.4505937099},
		{0.0259040371, 0.7827717662, -0.8086757660},
	}
	fromLab = [3][3]float64{
		{1, 0.3963377774, 0.2158037573},
		{1, -0.1055613458, -0.0638541728},
		{1, -0.0894841775, -1.2914855480},
	}
	fromCones = [3][3]float64{
		{4.0767416621, -3.3077115913, 0.2309699292},
		{-1.2684380046, 2.6097574011, -0.3413193965},
		{-0.0041960863, -0.7034186147, 1.7076147010},
	}
)

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range m {
		out[i] = float64(row[0]*v[0]) + float64(row[1]*v[1]) + float64(row[2]*v[2])
	}
	return out
}

func (c RGB) oklab() oklab {
	cones := times(toCones, [3]float64{linear(c.R), linear(c.G), linear(c.B)})
	for i := range cones {
		cones[i] = math.Cbrt(cones[i])
	}
	lab := times(toLab, cones)
	return oklab{lab[0], lab[1], lab[2]}
}

// rgb is the colour on a screen, as strong as a screen can have it. One that did not
// move is itself: the way there and back rounds.
func (l oklab) rgb(itself RGB, unmoved bool) RGB {
	if unmoved {
		return itself
	}
	const steps = 50
	for left := steps; left > 0; left-- {
		part := float64(left) / steps
		if c, ok := (oklab{l.light, l.a * part, l.b * part}).onScreen(); ok {
			return c
		}
	}
	gray, _ := oklab{light: l.light}.onScreen()
	return gray
}

func (l oklab) onScreen() (RGB, bool) {
	cones := times(fromLab, [3]float64{l.light, l.a, l.b})
	for i, v := range cones {
		cones[i] = float64(v * v * v)
	}
	channels, ok := [3]uint8{}, true
	for i, v := range times(fromCones, cones) {
		const tolerance = 0.0005
		ok = ok && v >= -tolerance && v <= 1+tolerance
		channels[i] = encoded(min(max(v, 0), 1))
	}
	return RGB{channels[0], channels[1], channels[2]}, ok
}

func encoded(v float64) uint8 {
	if v <= 0.0031308 {
		return uint8(math.Round(v * 12.92 * 255))
	}
	return uint8(math.Round((float64(1.055*math.Pow(v, 1/2.4)) - 0.055) * 255))
}
