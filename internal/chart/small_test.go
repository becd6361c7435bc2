package chart

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"bilanz/internal/form"
)

// The drawing on a card says every number of its bars, and nothing to screen readers; from
// the cache it comes without an engine, unless somebody changed a number there.
func TestTheDrawingOnACard(t *testing.T) {
	all := samples()
	s := all[slices.IndexFunc(all, func(s Spec) bool { return s.Form == form.Bar })]
	s.Rows = s.Rows[:2]
	cache := &memory{data: map[string][]byte{}}
	cold, err := NewStudio(cache, 1, house).Small(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	if !s.says(cold) || !bytes.Contains(cold, []byte(`aria-hidden="true"`)) {
		t.Errorf("it does not say its numbers, or not to the eye alone: %s", cold)
	}
	for _, other := range []string{"role=", "id=", "data-tip", "aria-label"} {
		if bytes.Contains(cold, []byte(other)) {
			t.Errorf("it has %s", other)
		}
	}
	studio := NewStudio(cache, 1, house)
	warm, err := studio.Small(context.Background(), s)
	if err != nil || !bytes.Equal(warm, cold) || cache.hits != 1 {
		t.Error("another drawing from the cache", err)
	}
	if e := <-studio.engines; e != nil {
		t.Error("an engine was started although the drawing was there")
	}
	studio.engines <- nil
	for key := range cache.data {
		number := []byte(numbersIn(s.Rows[0].Cells[0].Text)[0])
		cache.data[key] = Picture{Narrow: bytes.Replace(cold, number, []byte("999"), 1)}.pack()
	}
	if again, err := studio.Small(context.Background(), s); err != nil || !bytes.Equal(again, cold) {
		t.Error("a drawing with another number is believed", err)
	}
	if p := draw(t, studio, s); bytes.Equal(p.Narrow, cold) || len(cache.data) != 2 {
		t.Error("the drawings of a card and of a chart are one in the cache")
	}
}
