package colour

import (
	"math"
	"testing"
)

var (
	white = RGB{255, 255, 255}
	black = RGB{}
)

func TestColoursAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"#fff": "#ffffff", "#1A2": "#11aa22", "#12436d": "#12436d", "#ABCDEF": "#abcdef",
		"": "", "12436d": "", "#12": "", "#1234": "", "#12345": "", "#12436": "", "#12436d0": "", "#12436g": "",
		"red": "", "#+12": "", "#-1234": "", "#12_345": "", "rgb(1,2,3)": "",
	} {
		c, ok := Parse(text)
		if got := c.String(); ok != (want != "") || ok && got != want {
			t.Errorf("Parse(%q) = %s, %v; want %q", text, got, ok, want)
		}
	}
}

func TestContrastIsThatOfTheGuidelines(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#777", "#fff", 4.48}, {"#767676", "#fff", 4.54}, {"#12436d", "#fff", 10.25}} {
		a, _ := Parse(c.a)
		b, _ := Parse(c.b)
		if got := Contrast(a, b); math.Abs(got-c.want) > 0.01 || got != Contrast(b, a) {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// The gray just above the limit stays, the one just below moves.
func TestTheLimitIsExact(t *testing.T) {
	above, below := RGB{0x76, 0x76, 0x76}, RGB{0x77, 0x77, 0x77}
	if Contrast(above, white) < Readable || Contrast(below, white) >= Readable {
		t.Fatal("these grays are not at the limit")
	}
	if got := Nearest(above, white); got != above {
		t.Errorf("%s could be read and became %s", above, got)
	}
	if got := Nearest(below, white); got != above {
		t.Errorf("the nearest to %s is %s, want %s", below, got, above)
	}
}

func TestTheNearestColourCanBeReadAndKeepsItsHue(t *testing.T) {
	tint, night := RGB{0xef, 0xf4, 0xf8}, RGB{0x14, 0x18, 0x1d}
	for _, text := range []string{"#ff0000", "#ffcc00", "#00ff00", "#0000ff", "#f0f", "#e3000f", "#009ee0", "#888", "#123456"} {
		c, _ := Parse(text)
		for _, grounds := range [][]RGB{{white, tint}, {night}} {
			near := Nearest(c, grounds...)
			if Least(near, grounds...) < Readable {
				t.Errorf("%s: %s cannot be read", text, near)
			}
			from, to := c.oklab(), near.oklab()
			if math.Hypot(from.a, from.b) > .02 && math.Hypot(to.a, to.b) > .02 {
				if turn := math.Abs(math.Atan2(from.b, from.a) - math.Atan2(to.b, to.a)); turn > .06 && turn < 6.22 {
					t.Errorf("%s and %s differ in hue by %.3f", text, near, turn)
				}
			}
		}
	}
	if got := Nearest(RGB{9, 9, 9}, white, black, RGB{0x75, 0x75, 0x75}); got != black {
		t.Errorf("on black, white and gray nothing can be read, but got %s", got)
	}
}
