package browser

import (
	"html"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// liveChart opens the first page with a chart to explore, in a mode, and puts the focus
// on its button.
func liveChart(t *testing.T, b *tab, m mode) {
	t.Helper()
	firstWith(t, b, ".explore", m)
	ask(t, b, focusExplore)
}

// The chart that the tests explore is the first that can be.
const (
	focusExplore = `(document.querySelector(".explore").focus(), "")`
	explored     = `document.querySelector("figure:has(.explore)")`
)

// until waits for a condition on the page.
func until(t *testing.T, b *tab, condition string) {
	t.Helper()
	const wait = `new Promise((done) => { let n = 0; const look = () => { if (%) done(""); else if (n++ > 500) done("never"); else setTimeout(look, 10); }; look(); })`
	if answer := ask(t, b, strings.Replace(wait, "%", condition, 1)); answer != "" {
		t.Fatalf("never true: %s", condition)
	}
}

// places are those of all that stands before the buttons of a live chart, or beside them.
const places = `(() => {
	const tools = document.querySelector(".chart-tools");
	const all = document.querySelectorAll("main *:not(.stage, .stage *)");
	const before = [...all].filter((e) => !tools || !tools.contains(e) && !(tools.compareDocumentPosition(e) & 4));
	return JSON.stringify(before.slice(0, 40).map((e) => [e.offsetTop, e.offsetWidth]));
})()`

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
	ask(t, b, `(`+explored+`.querySelector(".chart-picture").focus(), "")`)
	press(t, b, kb.ArrowRight)
	if said := ask(t, b, explored+`.querySelector(".chart-picture [aria-live]").textContent`); said == "" {
		t.Error("the live chart does not answer to the arrow keys")
	}
	ask(t, b, focusExplore)
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
					if ask(t, b, `String(!!document.querySelector(".explore"))`) == "false" {
						return // its picture can do as much
					}
					ask(t, b, focusExplore)
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
		until(t, b, `document.querySelector(".under > [role=status]").textContent`)
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
		firstWith(t, b, ".save", wideLight)
		ask(t, b, `(() => {
			document.querySelector(".files").open = true;
			globalThis.saved = {};
			HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };
			const make = URL.createObjectURL;
			URL.createObjectURL = (blob) => { createImageBitmap(blob).then((i) => { saved.width = i.width; saved.height = i.height; }); saved.type = blob.type; return make(blob); };
			document.querySelector(".save").focus();
			return "";
		})()`)
		press(t, b, kb.Enter)
		until(t, b, `saved.width || document.querySelector(".files [role=status]").textContent`)
		if got := ask(t, b, `[saved.type, saved.width, saved.height > 400, /^[a-z0-9-]+\.png$/.test(saved.name)].join(" ")`); got != "image/png 1920 true true" {
			t.Errorf("saved: %s; the page says %s", got, ask(t, b, `document.querySelector(".files [role=status]").textContent`))
		}
		for _, message := range b.said() {
			t.Errorf("on the console: %s", message)
		}
	})
}

// What a live chart can do, it does: its marks stand in another order, fill the width, lose
// their colour, or come apart; tips stand where the marks stand now; and back is back.
func TestLiveChartsDoWhatTheyOffer(t *testing.T) {
	t.Parallel()
	for does, want := range map[string]string{
		"shares": `rects.every((r, i) => series(i) !== last || Math.abs(r.right - frame.right) < 3)`,
		"sort":   `rects.toSorted((a, b) => a.top - b.top).every((r, i, all) => !i || all[i - 1].width >= r.width - 1)`,
		"lines":  `document.querySelectorAll(".chart-tools [aria-pressed=false]").length === 1`,
		"zoom":   `rects.length < marks.length`,
	} {
		t.Run(does, func(t *testing.T) {
			withTab(t, func(b *tab) { doAndBack(t, b, does, want) })
		})
	}
}

func doAndBack(t *testing.T, b *tab, does, want string) {
	at := firstExploring(t, b, does)
	ask(t, b, `(`+at+`.querySelector(".explore").focus(), "")`)
	press(t, b, kb.Enter)
	until(t, b, at+`.querySelector(".chart-tools button")`)
	ask(t, b, `(`+at+`.querySelector(".chart-tools button").focus(), "")`)
	press(t, b, kb.Enter)
	holds := `(() => {
		const picture = ` + at + `.querySelector(".chart-picture");
		const frame = picture.querySelector(".stage canvas").getBoundingClientRect();
		const marks = [...picture.querySelectorAll("[data-tip]")].filter((m) => m.getClientRects().length);
		const shown = marks.filter((m) => picture.place(m)), rects = shown.map((m) => picture.place(m));
		const series = (i) => Number(shown[i].dataset.series), last = Math.max(...shown.keys().map(series));
		return ` + want + `;
	})()`
	until(t, b, holds)
	if focus := ask(t, b, `String(!!document.activeElement.closest(".chart-tools"))`); focus != "true" {
		t.Error("the focus is lost")
	}
	if wrong := ask(t, b, `look.overflow().join("; ")`); wrong != "" {
		t.Error(wrong)
	}
	for _, message := range b.said() {
		t.Errorf("on the console: %s", message)
	}
}

// firstExploring opens the first chart whose live chart can do so, and says how to find it.
func firstExploring(t *testing.T, b *tab, does string) string {
	t.Helper()
	firstWith(t, b, `.explore[data-does~='`+does+`']`, wideLight)
	return `document.querySelector("figure:has(.explore[data-does~='` + does + `'])")`
}

// The bare chart is whole in a frame as high as the code for it says, from the width of a
// phone to that of a text, also where the font does not come.
func TestFramesCutNothing(t *testing.T) {
	t.Parallel()
	sheets := map[string]string{"": "",
		"without the font": `* { font-family: "Stand-in", Arial, sans-serif !important }`}
	for _, p := range chartPages(t, func(p sitePage) bool { return !p.embed }) {
		t.Run(p.path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				code := html.UnescapeString(between(p.html, "<textarea", "</textarea>"))
				high, err := strconv.Atoi(between(code, ` height="`, `"`))
				if err != nil {
					t.Fatal("the page has no code to embed its chart")
				}
				if err := b.open(p.site.url(p.address()+"embed/"), narrowLight); err != nil {
					t.Fatal(err)
				}
				for _, width := range []int64{320, 360, 500, 640, 760, 1000} {
					for name, sheet := range sheets {
						if err := b.wear(mode{name: "frame", width: width, sheet: sheet}); err != nil {
							t.Fatal(err)
						}
						bottom := ask(t, b, `String(document.querySelector("main").getBoundingClientRect().bottom)`)
						need, _ := strconv.ParseFloat(bottom, 64)
						if int(need) > high {
							t.Errorf("%d px wide %s: %.0f px are needed, %d given", width, name, need, high)
						}
					}
				}
			})
		})
	}
}

// A chart's page shows something in its right half, as others do, and little stands under a
// picture without a note: a line or two, and what else its sources take, where their names
// are long.
func TestChartPagesUseTheirRoom(t *testing.T) {
	t.Parallel()
	for _, p := range chartPages(t, func(p sitePage) bool { return !p.embed }) {
		t.Run(p.path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				open(t, b, p.site.url(p.address()), wideLight)
				// Pages that show every kind have pictures as narrow as a pie.
				if p.site == sheet && !strings.Contains(p.path, "charts/kinds-") {
					fills(t, b)
				}
				far := ask(t, b, `(() => {
					const figure = document.querySelector("figure.chart");
					if (figure.querySelector(":scope > .note")) return "0";
					const source = figure.querySelector(".source");
					const line = parseFloat(getComputedStyle(source).lineHeight);
					const under = (e) => e.getBoundingClientRect().bottom;
					const longer = Math.max(0, source.offsetHeight - 2 * line);
					return String(under(figure) - longer - under(figure.querySelector(".chart-picture")));
				})()`)
				if px, _ := strconv.ParseFloat(far, 64); px > 80 {
					t.Errorf("%s px", far)
				}
			})
		})
	}
}
