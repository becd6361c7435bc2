package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// Labels and titles that would break out of a careless page stand as they are in every
// face of a chart: picture, table, page, embed, the picture that stands alone. Nothing of
// them becomes an element, and nothing runs.
func TestHostileLabelsStayText(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	label := `</script><script>document.title='broken'</script>`
	for _, address := range []string{"", "de/", "charts/hostile-bar/", "de/charts/hostile-pie/", "charts/hostile-share-bar/embed/", "figures/", "charts/hostile-bar.svg"} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				if err := b.open(hostile.url(address), wideLight); err != nil {
					t.Fatal(err)
				}
				if address == "" { // alive as well
					ask(t, b, focusExplore)
					press(t, b, kb.Enter)
					until(t, b, `document.querySelector(".stage canvas")`)
				}
				for _, message := range b.said() {
					if !strings.Contains(message, "favicon.ico") { // of a picture alone
						t.Errorf("on the console: %s", message)
					}
				}
				if made := ask(t, b, `[...document.querySelectorAll("img, script:not([src]):not([type='application/ld+json']), svg svg, [onload], [onerror], b")].map((e) => e.outerHTML).join(" ")`); made != "" {
					t.Errorf("a label became %s", made)
				}
				if title := ask(t, b, `document.title`); strings.TrimSpace(title) == "broken" {
					t.Error("a label ran")
				}
				seen := ask(t, b, `[...document.querySelectorAll("text, td, th, dt, h2, h3, summary")].map((e) => e.textContent).join(" ").replace(/-? /g, "")`)
				if squeezed := strings.NewReplacer(" ", "", "-", "").Replace(label); !strings.Contains(strings.ReplaceAll(seen, "-", ""), squeezed) {
					t.Errorf("%q is nowhere: %s", label, seen)
				}
			})
		})
	}
}
