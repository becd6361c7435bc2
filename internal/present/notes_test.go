package present

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/site"
)

// twoLines are lines of so many years, of which the first so many of the second have no value.
func twoLines(name string, missing int) *Block {
	g := &grid.Grid{Columns: []grid.Heading{
		{Label: figure.Text{"en": "East", "de": "Osten"}, Unit: visits, Series: &figure.Series{}},
		{Label: figure.Text{"en": name, "de": name}, Unit: visits, Series: &figure.Series{}},
	}}
	for i := range missing + 1 {
		year := figure.AsOf{Year: 2001 + i}
		here, there := count(int64(i)), count(int64(i))
		if i < missing {
			there.Value = figure.Value{Reason: figure.Confidential}
		}
		here.AsOf, there.AsOf = year, year
		g.Lines = append(g.Lines, grid.Line{Date: time.Date(2001+i, 12, 31, 0, 0, 0, 0, time.UTC),
			Figures: []*figure.Figure{here, there}})
	}
	return &Block{Block: &prose.Block{ID: "x", Form: form.Line}, Grid: g}
}

// What several lines have no room to say stands below them and in their picture: eight values
// and three hundred characters at most, else how many there are.
func TestWhatIsNotDrawnIsSaid(t *testing.T) {
	for _, c := range []struct {
		name    string
		missing int
		en, de  string
	}{
		{"West", 0, "", ""},
		{"West", 2, "Not drawn: West, 2001 (confidential); West, 2002 (confidential).",
			"Nicht gezeichnet: West, 2001 (vertraulich); West, 2002 (vertraulich)."},
		{"West", 9, "9 values are not drawn, since they are missing; the table says why.",
			"9 Werte sind nicht gezeichnet, weil sie fehlen; die Tabelle nennt die Gründe."},
		{strings.Repeat("w", 267), 1, "Not drawn: " + strings.Repeat("w", 267) + ", 2001 (confidential).", ""},
		{strings.Repeat("w", 268), 1,
			"One value is not drawn, since it is missing; the table says why.", ""},
	} {
		b := twoLines(c.name, c.missing)
		for code, want := range map[string]string{"en": c.en, "de": c.de} {
			if code == "de" && want == "" && c.missing > 0 {
				continue
			}
			if got := strings.Join(plainNotes(b, locale.Must(code)), " "); got != want {
				t.Errorf("%s, %d: %q", code, c.missing, got)
			}
		}
	}
	if got := undrawn(twoLines("West", 8), locale.Must("en")); strings.Count(got, ";") != 7 {
		t.Errorf("eight: %q", got)
	}
	b := twoLines("West", 2)
	b.Grid.Lines[0].Figures[0].Value = figure.Value{Number: big.NewRat(170, 1), Bound: locale.MoreThan}
	if got := inexact(b, locale.Must("en")); got != "Not exact: East, 2001 (more than 170)." {
		t.Errorf("a bound: %q", got)
	}
	if got := undrawn(b, locale.Must("en")); strings.Contains(got, "East") {
		t.Errorf("what is drawn: %q", got)
	}
	b.Form = form.Bar
	if got := undrawn(b, locale.Must("en")); got != "" {
		t.Errorf("bars say it themselves: %q", got)
	}
}

// The notes of a picture are those of its page, in the same words.
func TestThePictureHasTheNotesOfThePage(t *testing.T) {
	b := twoLines("West", 2)
	b.Grid.Lines[0].Figures[0].Status = figure.Provisional
	in := &Language{Lang: locale.Must("en"), Site: &site.Site{Config: &site.Config{}}, Notes: Passages{}}
	want := []string{"Not drawn: West, 2001 (confidential); West, 2002 (confidential).", "p = provisional"}
	if got := in.Spec(b, "").Notes; !slices.Equal(got, want) {
		t.Errorf("the picture: %q", got)
	}
	if got := fmt.Sprint(in.notes(b)); got != fmt.Sprint(want) {
		t.Errorf("the page: %s", got)
	}
}
