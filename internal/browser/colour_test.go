package browser

import (
	"fmt"
	"math"
	"strconv"
	"testing"
)

// Any two colours of charts must differ, in light and dark, for people who see
// colours in each of four ways.
func TestChartColoursDiffer(t *testing.T) {
	const least = 20.0
	sitesOfOurOwn(t)
	for _, m := range []mode{wideLight, wideDark} {
		for _, seeing := range visions {
			colours := palette(t, m)
			for i := range colours {
				for j := range i {
					a, b := seeing.see(colours[i]), seeing.see(colours[j])
					if d := deltaE2000(a.lab(), b.lab()); d < least {
						t.Errorf("--chart-%d %s and --chart-%d %s at %s, %s: %.1f apart; %.0f are needed",
							i+1, colours[i], j+1, colours[j], m.name, seeing.name, d, least)
					}
				}
			}
		}
	}
}

func palette(t *testing.T, m mode) []rgb {
	t.Helper()
	var colours []rgb
	withTab(t, func(b *tab) {
		if err := b.open(guide.url(""), m); err != nil {
			t.Fatal(err)
		}
		words, err := eval[[]string](b, "look.palette()")
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			colours = append(colours, parseRGB(w))
		}
	})
	return colours
}

// rgb is a colour in sRGB, each part from 0 to 1.
type rgb [3]float64

func parseRGB(hex string) (c rgb) {
	n, _ := strconv.ParseUint(hex[1:], 16, 32)
	for i := range c {
		c[i] = float64(n>>(16-8*i)&255) / 255
	}
	return c
}

func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]*255+.5), int(c[1]*255+.5), int(c[2]*255+.5))
}

func (c rgb) linear() (l [3]float64) {
	for i, v := range c {
		if l[i] = v / 12.92; v > 0.04045 {
			l[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return l
}

// vision is a way to see colours, as a matrix on linear RGB (Machado, Oliveira
// and Fernandes 2009, severity 1).
type vision struct {
	name   string
	matrix [3][3]float64
}

var visions = []vision{
	{"normal vision", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

// linearRGB is a colour as light.
type linearRGB [3]float64

func (v vision) see(c rgb) (seen linearRGB) {
	l := c.linear()
	for i, row := range v.matrix {
		sum := row[0]*l[0] + row[1]*l[1] + row[2]*l[2]
		seen[i] = min(1, max(0, sum))
	}
	return seen
}

// lab gives CIE L*a*b* under D65.
func (c linearRGB) lab() [3]float64 {
	x := (0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047
	y := 0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2]
	z := (0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

// deltaE2000 is how far apart two colours look (CIEDE2000).
func deltaE2000(p, q [3]float64) float64 {
	const deg = math.Pi / 180
	pow7 := func(v float64) float64 { return math.Sqrt(math.Pow(v, 7) / (math.Pow(v, 7) + math.Pow(25, 7))) }
	g := 0.5 * (1 - pow7((math.Hypot(p[1], p[2])+math.Hypot(q[1], q[2]))/2))
	polar := func(c [3]float64) (chroma, hue float64) {
		a := c[1] * (1 + g)
		hue = math.Atan2(c[2], a) / deg
		if hue < 0 {
			hue += 360
		}
		return math.Hypot(a, c[2]), hue
	}
	c1, h1 := polar(p)
	c2, h2 := polar(q)
	dh, mean := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		dh, mean = 0, h1+h2
	case math.Abs(h1-h2) > 180:
		if dh > 180 {
			dh -= 360
		} else {
			dh += 360
		}
		if mean += 180; h1+h2 >= 360 {
			mean -= 360
		}
	}
	dL, dC := q[0]-p[0], c2-c1
	dH := 2 * math.Sqrt(c1*c2) * math.Sin(dh/2*deg)
	l, c := (p[0]+q[0])/2, (c1+c2)/2
	t := 1 - 0.17*math.Cos((mean-30)*deg) + 0.24*math.Cos(2*mean*deg) + 0.32*math.Cos((3*mean+6)*deg) - 0.20*math.Cos((4*mean-63)*deg)
	sL := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sC, sH := 1+0.045*c, 1+0.015*c*t
	rT := -2 * pow7(c) * math.Sin(60*math.Exp(-((mean-275)/25)*((mean-275)/25))*deg)
	return math.Sqrt(dL/sL*dL/sL + dC/sC*dC/sC + dH/sH*dH/sH + rT*dC/sC*dH/sH)
}

// Pairs from the test data of Sharma, Wu and Dalal (2005).
func TestDeltaE2000(t *testing.T) {
	for _, c := range []struct {
		p, q [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, 2.5, 0}, [3]float64{50, 0, -2.5}, 4.3065},
		{[3]float64{50, 2.49, -0.001}, [3]float64{50, -2.49, 0.0011}, 7.2195},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
		{[3]float64{2.0776, 0.0795, -1.135}, [3]float64{0.9033, -0.0636, -0.5514}, 0.9082},
	} {
		if got := deltaE2000(c.p, c.q); math.Abs(got-c.want) > 0.0001 {
			t.Errorf("%v and %v: %.4f, want %.4f", c.p, c.q, got, c.want)
		}
	}
}
