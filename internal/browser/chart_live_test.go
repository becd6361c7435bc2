package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// liveChart opens the first page with a chart to explore, in a mode, and puts the focus
// on its first button.
func liveChart(t *testing.T, b *tab, m mode) {
	t.Helper()
	firstWith(t, b, ".chart-tools button", m)
	ask(t, b, `(document.querySelector(".chart-tools button").focus(), "")`)
}

// until waits for a condition on the page.
func until(t *testing.T, b *tab, condition string) {
	t.Helper()
	const wait = `new Promise((done) => { let n = 0; const look = () => { if (%) done(""); else if (n++ > 500) done("never"); else setTimeout(look, 10); }; look(); })`
	if answer := ask(t, b, strings.Replace(wait, "%", condition, 1)); answer != "" {
		t.Fatalf("never true: %s", condition)
	}
}

const places = `JSON.stringify([...document.querySelectorAll("main *:not(.stage, .stage *, .chart-tools *)")].map((e) => [e.offsetTop, e.offsetHeight]))`

// The press loads ECharts from the site itself, and not before; the chart takes the
// picture's place in its colours, nothing moves, its marks still answer, and the second
// press brings the picture back.
func TestTheLiveChartTakesThePicturesPlace(t *testing.T) {
	t.Parallel()
	for _, m := range []mode{wideLight, narrowDark, wideForced} {
		t.Run(m.name, func(t *testing.T) {
			withTab(t, func(b *tab) { exploreAndBack(t, b, m) })
		})
	}
}

func exploreAndBack(t *testing.T, b *tab, m mode) {
	liveChart(t, b, m)
	if len(engineRequests(b)) > 0 {
		t.Error("ECharts is loaded before the press")
	}
	before := ask(t, b, places)
	press(t, b, kb.Enter)
	until(t, b, `document.querySelector(".stage canvas")`)
	if n := len(engineRequests(b)); n != 1 {
		t.Errorf("ECharts is loaded %d times", n)
	}
	if after := ask(t, b, places); after != before {
		t.Error("the page moved")
	}
	if off := ask(t, b, `(() => {
		const c = document.querySelector(".stage canvas").getBoundingClientRect();
		const s = [...document.querySelectorAll(".exploring svg")].find((s) => s.getClientRects().length).getBoundingClientRect();
		return Math.abs(c.left - s.left) + Math.abs(c.top - s.top) + Math.abs(c.width - s.width) < 2 ? "" : JSON.stringify([c, s]);
	})()`); off != "" {
		t.Errorf("the live chart is not where the picture is: %s", off)
	}
	for _, message := range b.said() { // before the test's own reading of pixels is told of
		t.Errorf("on the console: %s", message)
	}
	// Every mark's own colour stands where the mark is.
	until(t, b, `(`+marksPainted+`)() === ""`)
	ask(t, b, `(document.querySelector(".chart-picture").focus(), "")`)
	press(t, b, kb.ArrowRight)
	if said := ask(t, b, `document.querySelector(".chart-picture [aria-live]").textContent`); said == "" {
		t.Error("the live chart does not answer to the arrow keys")
	}
	ask(t, b, `(document.querySelector(".chart-tools button").focus(), "")`)
	press(t, b, kb.Enter)
	until(t, b, `!document.querySelector(".stage")`)
	if left := ask(t, b, `look.charts().join("; ")`); left != "" {
		t.Errorf("back at the picture: %s", left)
	}
}

// marksPainted names a mark of the hidden picture whose colour the canvas does not have
// in the mark's middle; hair-thin ones and those that are not in their own middle aside.
const marksPainted = `() => {
	const canvas = document.querySelector(".stage canvas"), at = canvas.getBoundingClientRect(), ink = canvas.getContext("2d");
	for (const mark of [...document.querySelectorAll(".exploring [data-tip]")].filter((m) => m.getClientRects().length)) {
		const r = mark.getBoundingClientRect(), box = mark.getBBox();
		if (Math.min(r.width, r.height) < 3 || !mark.isPointInFill(new DOMPoint(box.x + box.width / 2, box.y + box.height / 2))) continue;
		const pixel = ink.getImageData((r.left + r.width / 2 - at.left) * canvas.width / at.width, (r.top + r.height / 2 - at.top) * canvas.height / at.height, 1, 1).data;
		const probe = document.createElement("canvas").getContext("2d");
		probe.fillStyle = getComputedStyle(mark).fill;
		probe.fillRect(0, 0, 1, 1);
		const want = probe.getImageData(0, 0, 1, 1).data;
		if ([0, 1, 2].some((i) => Math.abs(pixel[i] - want[i]) > 12)) return mark.dataset.tip + ": " + pixel + ", want " + want;
	}
	return "";
}`

// Charts of every kind come alive: each mark of the picture stands in its place.
func TestEveryKindOfChartComesAlive(t *testing.T) {
	t.Parallel()
	for _, p := range chartPages(t, func(p sitePage) bool { return !p.embed && p.lang == "de" }) {
		t.Run(p.path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				for _, m := range []mode{wideLight, narrowDark} {
					if err := b.open(p.site.url(p.address()), m); err != nil {
						t.Fatal(err)
					}
					ask(t, b, `(document.querySelector(".chart-tools button").focus(), "")`)
					press(t, b, kb.Enter)
					until(t, b, `document.querySelector(".stage canvas")`)
					for _, message := range b.said() {
						t.Errorf("on the console: %s", message)
					}
					until(t, b, `(`+marksPainted+`)() === ""`)
				}
			})
		})
	}
}

func engineRequests(b *tab) (all []string) {
	for _, r := range b.asked() {
		if strings.Contains(r.url, "echarts") {
			all = append(all, r.url)
		}
	}
	return all
}

// Where ECharts cannot be loaded the picture stays, and a polite message says so.
func TestThePictureStaysWhereTheLiveChartDoesNotLoad(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		liveChart(t, b, wideLight)
		// What is asked for is not there, as after a new edition while the page is open.
		ask(t, b, `(() => { const get = fetch; fetch = () => get("/no/such/file"); return ""; })()`)
		press(t, b, kb.Enter)
		until(t, b, `document.querySelector(".chart-tools [role=status]").textContent`)
		if wrong := ask(t, b, `look.charts().join("; ")`); wrong != "" || ask(t, b, `String(!!document.querySelector(".stage"))`) != "false" {
			t.Errorf("the picture does not stay: %s", wrong)
		}
		if label := ask(t, b, `document.activeElement.getAttribute("aria-label")`); label == "" {
			t.Error("the focus is lost")
		}
	})
}

// The PNG is 1920 px wide, and made of the stand-alone picture with the page's font.
func TestThePictureIsSavedAsPNG(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		liveChart(t, b, wideLight)
		ask(t, b, `(() => {
			globalThis.saved = {};
			HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };
			const make = URL.createObjectURL;
			URL.createObjectURL = (blob) => { createImageBitmap(blob).then((i) => { saved.width = i.width; saved.height = i.height; }); saved.type = blob.type; return make(blob); };
			document.querySelector(".chart-tools button + button").focus();
			return "";
		})()`)
		press(t, b, kb.Enter)
		until(t, b, `saved.width || document.querySelector(".chart-tools [role=status]").textContent`)
		if got := ask(t, b, `[saved.type, saved.width, saved.height > 400, /^[a-z0-9-]+\.png$/.test(saved.name)].join(" ")`); got != "image/png 1920 true true" {
			t.Errorf("saved: %s; the page says %s", got, ask(t, b, `document.querySelector(".chart-tools [role=status]").textContent`))
		}
		for _, message := range b.said() {
			t.Errorf("on the console: %s", message)
		}
	})
}

// The room for the buttons is there before the script: they fit on its one line, so
// nothing below them jumps.
func TestChartButtonsTakeTheRoomThatIsKept(t *testing.T) {
	t.Parallel()
	measured := map[string]bool{} // one page a language: the words are the same everywhere
	for _, p := range chartPages(t, func(p sitePage) bool { return !p.embed }) {
		if measured[p.lang] {
			continue
		}
		measured[p.lang] = true
		withTab(t, func(b *tab) {
			if err := b.open(p.site.url(p.address()), narrowLight); err != nil {
				t.Fatal(err)
			}
			if high := ask(t, b, `(() => { const t = document.querySelector(".chart-tools"); return t.offsetHeight <= parseFloat(getComputedStyle(t).minHeight) + 1 ? "" : String(t.offsetHeight); })()`); high != "" {
				t.Errorf("%s: the buttons are %s px high", p, high)
			}
		})
	}
}
