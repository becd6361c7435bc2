package browser

import (
	"path/filepath"
	"strings"
	"testing"
)

// What is folded keeps the bars once somebody opens it, on a phone and with large text: no
// table is wider than the page that holds it, and no two boxes that scroll have one name. No
// word of a heading is longer than a line.
func TestWhatOpensFits(t *testing.T) {
	sitesOfOurOwn(t)
	const unfold = `(async () => {
		const all = [...document.querySelectorAll("details")].filter((d) => (d.open = true));
		await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen, 50))); // boxes learn of it
		return all.length;
	})()`
	const sameNames = `(() => {
		const boxes = [...document.querySelectorAll("[role=region][aria-labelledby]")];
		const seen = boxes.filter((el) => el.checkVisibility());
		const names = seen.map((el) => document.getElementById(el.getAttribute("aria-labelledby")).textContent);
		return names.filter((name, i) => names.indexOf(name) !== i);
	})()`
	for _, s := range []site{sheet, samples} {
		for _, p := range ofEachKind(readable(t, s)) {
			if !strings.Contains(p.html, "<details") {
				continue
			}
			t.Run(filepath.Base(s.dir)+p.String(), func(t *testing.T) {
				t.Parallel()
				withTab(t, func(b *tab) {
					open(t, b, s.url(p.address()), narrowLight)
					for _, problem := range answer[[]string](t, b, "look.torn()") {
						t.Error(problem)
					}
					answer[int](t, b, unfold)
					for _, m := range []mode{narrowLight, largeNarrow} {
						if err := b.wear(m); err != nil {
							t.Fatal(err)
						}
						for _, problem := range answer[[]string](t, b, "look.overflow()") {
							t.Errorf("at %s: %s", m.name, problem)
						}
						if same := answer[[]string](t, b, sameNames); len(same) > 0 && s == sheet {
							t.Errorf("several boxes are called %q", same)
						}
					}
				})
			})
		}
	}
}
