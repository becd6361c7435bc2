package card

import (
	"bytes"
	"encoding/binary"
	"flag"
	"hash/crc32"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"bilanz/internal/colour"
)

var update = flag.Bool("update", false, "write the golden cards anew")

// house is the palette that the cards of testdata are drawn with.
var house = colour.Palette{
	Paper: colour.RGB{R: 0xff, G: 0xff, B: 0xff}, Ink: colour.RGB{R: 0x1b, G: 0x21, B: 0x29},
	Muted: colour.RGB{R: 0x4a, G: 0x55, B: 0x61}, Accent: colour.RGB{R: 0x12, G: 0x43, B: 0x6d},
}

// A memory is a cache for tests.
type memory map[string][]byte

func (m memory) Get(key string) ([]byte, bool) { data, ok := m[key]; return data, ok }
func (m memory) Put(key string, data []byte)   { m[key] = data }

func cards() map[string]Card {
	return map[string]Card{
		"chart": {Site: "Musterstadt City Library", Title: "More than half of all visits: the Central Library", Number: "318,462",
			Unit: "visits", Text: "January to December 2024", Source: "Source: Door counters at all locations, as of 7 January 2025", Demo: "Demo"},
		"note": {Site: "Musterstadt City Library", Title: "More than half of all visits: the Central Library",
			Number: "318,462", Unit: "visits", Text: "January to December 2024",
			Source: "Source: Door counters at all locations",
			Note: "The places add up to 318,470, which is 8 more than the total. " +
				"The register does not explain the difference."},
		"page": {Site: "Stadtbibliothek Musterstadt", Title: "Besuche", Text: "Wie oft Menschen kamen, wohin sie gingen und wozu."},
		"long": {Site: strings.Repeat("A very long name of a site ", 5), Title: strings.Repeat("Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes ", 6),
			Number: "mehr als 123.456.789.012.345", Unit: "Personen im Kontext des Anerkennungsgesetzes", Text: strings.Repeat("Januar bis Dezember 2024 ", 6),
			Source: strings.Repeat("Quelle ", 40)},
	}
}

// The cards are kept as pictures, so that a change is seen. Nothing is drawn over the edge.
func TestCards(t *testing.T) {
	for name, c := range cards() {
		data, err := c.PNG(nil, house)
		if err != nil {
			t.Fatal(err)
		}
		golden := "testdata/cards/" + name + ".png"
		if *update {
			if err := os.WriteFile(golden, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		got, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		// Pixels are compared, not bytes: how PNG packs them may change with Go.
		kept, err := png.Decode(bytes.NewReader(want))
		if err != nil {
			t.Fatal(err)
		}
		if b := got.Bounds(); b.Dx() != width || b.Dy() != height {
			t.Errorf("%s is %v", name, b)
		}
		paper := got.At(1, 300)
	pixels:
		for y := range height {
			for x := range width {
				if got.At(x, y) != kept.At(x, y) {
					t.Errorf("%s differs from %s at %d, %d (go test -update writes it)", name, golden, x, y)
					break pixels
				}
				if y >= 16 && (x < margin-12 || x >= width-margin+12) && got.At(x, y) != paper {
					t.Errorf("%s: ink in the margin at %d, %d", name, x, y)
					break pixels
				}
			}
		}
	}
}

func TestSameCardSameBytes(t *testing.T) {
	want := map[string][]byte{}
	for name, c := range cards() {
		want[name], _ = c.PNG(nil, house)
	}
	var wait sync.WaitGroup
	for range 4 {
		for name, c := range cards() {
			wait.Go(func() {
				if got, err := c.PNG(nil, house); err != nil || !bytes.Equal(got, want[name]) {
					t.Errorf("%s comes out differently: %v", name, err)
				}
			})
		}
	}
	wait.Wait()
}

// What lies in the place of a card and is none, or is more than one, is not published.
func TestADamagedCardIsDrawnAgain(t *testing.T) {
	cache := memory{}
	c := cards()["page"]
	want, err := c.PNG(cache, house)
	if err != nil || len(cache) != 1 {
		t.Fatalf("%v, %d in the cache", err, len(cache))
	}
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 12 + 13 // the signature, and what the picture is like
	note := []byte("\x00\x00\x00\x01tEXtx\x52\x1b\xd0\x52")
	binary.BigEndian.PutUint32(note[9:], crc32.ChecksumIEEE(note[4:9]))
	for what, other := range map[string][]byte{
		"no picture":              []byte("no picture"),
		"the signature alone":     want[:8],
		"all but the end":         want[:len(want)-12],
		"half":                    want[:len(want)/2],
		"a page behind the end":   append(bytes.Clone(want), "<script>"...),
		"a note":                  slices.Concat(want[:head], note, want[head:]),
		"another size":            small.Bytes(),
		"a sum that is not right": append(bytes.Clone(want[:len(want)-1]), want[len(want)-1]^1),
		"a length beyond the end": append(bytes.Clone(want[:8]), "\xff\xff\xff\xffIHDR\x00\x00\x00\x00"...),
	} {
		if isCard(other) {
			t.Errorf("%s counts as a card", what)
		}
		for key := range cache {
			cache[key] = other
		}
		if got, err := c.PNG(cache, house); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: another card: %v", what, err)
		}
	}
	if !isCard(want) {
		t.Error("a card is none")
	}
}

func BenchmarkCard(b *testing.B) {
	c := cards()["chart"]
	for b.Loop() {
		if _, err := c.PNG(nil, house); err != nil {
			b.Fatal(err)
		}
	}
}

// What networks read aloud of a card is what stands on it.
func TestCardsSayWhatTheyShow(t *testing.T) {
	all := cards()
	for name, want := range map[string]string{
		"chart": "Musterstadt City Library: More than half of all visits: the Central Library. 318,462 visits, January to December 2024. " +
			"Source: Door counters at all locations, as of 7 January 2025. Demo.",
		"note": "Musterstadt City Library: More than half of all visits: the Central Library. 318,462 visits, " +
			"January to December 2024. The places add up to 318,470, which is 8 more than the total. " +
			"The register does not explain the difference. " +
			"Source: Door counters at all locations.",
		"page": "Stadtbibliothek Musterstadt: Besuche. Wie oft Menschen kamen, wohin sie gingen und wozu.",
	} {
		if got := all[name].Alt(); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
