package chart

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"
)

func cards() map[string]Card {
	return map[string]Card{
		"chart": {Site: "Musterstadt City Library", Title: "More than half of all visits: the Central Library", Number: "318,462",
			Unit: "visits", Text: "January to December 2024", Source: "Source: Door counters at all locations, as of 7 January 2025", Demo: "Demo"},
		"page": {Site: "Stadtbibliothek Musterstadt", Title: "Besuche", Text: "Wie oft Menschen kamen, wohin sie gingen und wozu."},
		"long": {Site: strings.Repeat("A very long name of a site ", 5), Title: strings.Repeat("Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes ", 6),
			Number: "mehr als 123.456.789.012.345", Unit: "Personen im Kontext des Anerkennungsgesetzes", Text: strings.Repeat("Januar bis Dezember 2024 ", 6),
			Source: strings.Repeat("Quelle ", 40)},
	}
}

// The cards are kept as pictures, so that a change is seen. Nothing is drawn over the edge.
func TestCards(t *testing.T) {
	for name, c := range cards() {
		data, err := c.PNG()
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
		if b := got.Bounds(); b.Dx() != CardWidth || b.Dy() != CardHeight {
			t.Errorf("%s is %v", name, b)
		}
		paper := got.At(1, 300)
	pixels:
		for y := range CardHeight {
			for x := range CardWidth {
				if got.At(x, y) != kept.At(x, y) {
					t.Errorf("%s differs from %s at %d, %d (go test -update writes it)", name, golden, x, y)
					break pixels
				}
				if y >= 16 && (x < cardMargin-12 || x >= CardWidth-cardMargin+12) && got.At(x, y) != paper {
					t.Errorf("%s: ink in the margin at %d, %d", name, x, y)
					break pixels
				}
			}
		}
	}
}

func TestSameCardSameBytes(t *testing.T) {
	studio := NewStudio(nil, 1)
	want := map[string][]byte{}
	for name, c := range cards() {
		want[name], _ = c.PNG()
	}
	var wait sync.WaitGroup
	for range 4 {
		for name, c := range cards() {
			wait.Go(func() {
				if got, err := studio.Card(context.Background(), c); err != nil || !bytes.Equal(got, want[name]) {
					t.Errorf("%s comes out differently: %v", name, err)
				}
			})
		}
	}
	wait.Wait()
}

func TestADamagedCardIsDrawnAgain(t *testing.T) {
	cache := &memory{data: map[string][]byte{}}
	studio, c := NewStudio(cache, 1), cards()["page"]
	want, err := studio.Card(context.Background(), c)
	if err != nil || len(cache.data) != 1 {
		t.Fatalf("%v, %d in the cache", err, len(cache.data))
	}
	for key := range cache.data {
		cache.data[key] = []byte("no picture")
	}
	if got, err := studio.Card(context.Background(), c); err != nil || !bytes.Equal(got, want) {
		t.Errorf("another card: %v", err)
	}
}

func BenchmarkCard(b *testing.B) {
	c := cards()["chart"]
	for b.Loop() {
		if _, err := c.PNG(); err != nil {
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
		"page": "Stadtbibliothek Musterstadt: Besuche. Wie oft Menschen kamen, wohin sie gingen und wozu.",
	} {
		if got := all[name].Alt(); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
