package render

import "testing"

// A line must not end within "f-bb", as the footer's did.
func TestShortWordsStayWhole(t *testing.T) {
	for name, want := range map[string]string{
		"Survey by f-bb gGmbH":   `Survey by <span class="whole">f-bb</span> gGmbH`,
		"Bildung (f-bb), ebb":    `Bildung (<span class="whole">f-bb</span>), ebb`,
		"Covid-19 & others":      `<span class="whole">Covid-19</span> &amp; others`,
		"Aus- und Weiterbildung": `Aus- und Weiterbildung`,
		"UTF-8-Dateien":          `<span class="whole">UTF-8</span>-Dateien`,
		"Anti-Bias-Training":     `Anti-Bias-Training`,
	} {
		if got := string(Whole(name)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
