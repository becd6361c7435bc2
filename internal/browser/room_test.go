package browser

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// How pages fill their room. What a page says is its author's, so the bars hold for the
// fact sheet that was published and lies here, and for no other site.

var (
	phone   = mode{name: "390 x 844", width: 390, height: 844}
	desktop = mode{name: "1280 x 720", width: 1280, height: 720}
)

// room lists the pages that are held against the bars: the start page, subject pages with
// and without charts, and the numbers, in both languages. TestChartPagesUseTheirRoom holds
// those of charts against the same.
var room = []string{
	"", "de/", "advice/", "de/advice/", "job-training/", "intercultural-opening/", "development/", "de/development/",
	"figures/", "de/figures/",
}

// Something stands in the right half of most of what readers see first, and nowhere is
// there an empty band.
func TestPagesFillTheirRoom(t *testing.T) {
	sitesOfOurOwn(t)
	for _, path := range room {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				open(t, b, sheet.url(path), wideLight)
				fills(t, b)
			})
		})
	}
}

// fills holds the open page, which is 1280 px wide, against the bars.
func fills(t *testing.T, b *tab) {
	t.Helper()
	const leastFilled, mostWhite = 70, 160 // per cent of the bands; px
	filled := answer[int](t, b, "look.filled(1500, 830)")
	white := answer[struct{ Height, At int }](t, b, "look.white()")
	t.Logf("%3d %% reach into the right half; %3d px white at %d", filled, white.Height, white.At)
	if filled < leastFilled {
		t.Errorf("%d %% of the bands reach into the right half; %d are wanted", filled, leastFilled)
	}
	if white.Height > mostWhite {
		t.Errorf("nothing stands in the %d px below %d; %d are allowed", white.Height, white.At, mostWhite)
	}
}

// The start page shows its results before anybody scrolls, and pictures of them.
func TestTheStartPageShowsItsResultsAtOnce(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	for _, bar := range []struct {
		path  string
		in    mode
		least int
	}{{"", phone, 6}, {"de/", phone, 4}, {"", desktop, 6}, {"de/", desktop, 6}} {
		withTab(t, func(b *tab) {
			open(t, b, sheet.url(bar.path), bar.in)
			if n := answer[int](t, b, "look.whole()"); n < bar.least {
				t.Errorf("/%s at %s: %d key figures are seen; %d are wanted", bar.path, bar.in.name, n, bar.least)
			}
			if n := answer[int](t, b, "look.pictures()"); n < 6 {
				t.Errorf("/%s at %s: %d pictures; 6 are wanted", bar.path, bar.in.name, n)
			}
		})
	}
}

// Below a picture without notes there is one quiet line.
func TestChartsEndSoonAfterTheirPictures(t *testing.T) {
	t.Parallel()
	for _, p := range chartSheets(t) {
		withTab(t, func(b *tab) {
			open(t, b, sheet.url(p), wideLight)
			for _, problem := range answer[[]string](t, b, "look.below()") {
				t.Errorf("/%s: %s; 80 are allowed", p, problem)
			}
		})
	}
}

func chartSheets(t *testing.T) []string {
	sitesOfOurOwn(t)
	return slices.DeleteFunc(slices.Clone(room), func(p string) bool {
		return strings.Contains(p, "figures/") || strings.Contains(p, "charts/")
	})
}

// A reader of the keyboard comes through a page with many numbers.
func TestFewStops(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	bars := map[string]int{"development/": 70, "de/development/": 70, "figures/": 120, "de/figures/": 120}
	for path, most := range bars {
		withTab(t, func(b *tab) {
			open(t, b, sheet.url(path), wideLight)
			stops := 0
			for ; stops <= 3*most; stops++ {
				press(t, b, kb.Tab)
				if answer[struct{ Over bool }](t, b, "look.step()").Over {
					break
				}
			}
			t.Logf("%d stops of the keyboard on /%s", stops, path)
			if stops > most {
				t.Errorf("%d stops of the keyboard on /%s; %d are allowed", stops, path, most)
			}
		})
	}
}

// No two numbers of the fact sheet are spoken, and so copied, in the same words.
func TestNumbersHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	type number struct{ Figure, Name string }
	sitesOfOurOwn(t)
	spoken := read[[]number](t, sheet, "look.spoken")
	of := map[string]string{} // the figure by language and name
	for _, p := range readable(t, sheet) {
		if p.embed {
			continue
		}
		for _, n := range spoken[p.path] {
			switch other := of[p.lang+n.Name]; other {
			case "":
				of[p.lang+n.Name] = n.Figure
			case n.Figure:
			default:
				t.Errorf("%s: %s and %s are both %q", p, other, n.Figure, n.Name)
			}
		}
	}
}

// Nothing moves while a page loads, however late its font comes. TestPages asks every page
// whether it moves, with a font that is there.
func TestNothingMoves(t *testing.T) {
	sitesOfOurOwn(t)
	for _, s := range []site{sheet, guide, samples} {
		server := httptest.NewServer(slowly(s))
		t.Cleanup(server.Close)
		for _, p := range ofEachKind(readable(t, s)) {
			t.Run(filepath.Base(s.dir)+p.String(), func(t *testing.T) {
				t.Parallel()
				for _, m := range []mode{phone, desktop} {
					withTab(t, func(b *tab) {
						open(t, b, server.URL+s.prefix+p.address(), m)
						for _, problem := range answer[[]string](t, b, "look.moved()") {
							t.Errorf("at %s: %s", m.name, problem)
						}
					})
				}
			})
		}
	}
}

// ofEachKind leaves out pages that are built as another one is: of what is in English and in
// German the German one stays, whose words are longer, and of charts in English the first
// with such parts.
func ofEachKind(pages []sitePage) []sitePage {
	return firstOfCharts(slices.DeleteFunc(pages, func(p sitePage) bool {
		return p.ofChart() != (p.lang == "en") && p.path != "404.html"
	}))
}

// firstOfCharts leaves out pages of charts that have the same parts as one before them.
func firstOfCharts(pages []sitePage) (some []sitePage) {
	seen := map[string]bool{}
	for _, p := range pages {
		parts := []string{strconv.FormatBool(p.embed)}
		for _, part := range []string{`data-does="`, `class="note"`, `table-scroll long`, `chart-broad`} {
			parts = append(parts, strconv.FormatBool(strings.Contains(p.html, part)))
		}
		if kind := strings.Join(parts, " "); !p.ofChart() || !seen[kind] {
			seen[kind] = p.ofChart()
			some = append(some, p)
		}
	}
	return some
}

// slowly serves a site whose fonts come, each time anew, after browsers have given them up.
func slowly(s site) http.Handler {
	const late = 150 * time.Millisecond // browsers wait for 100 ms
	fast := pages(s.dir, s.prefix)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if strings.HasSuffix(r.URL.Path, ".woff2") {
			time.Sleep(late)
		}
		fast.ServeHTTP(w, r)
	})
}

// open goes to an address in a mode.
func open(t *testing.T, b *tab, address string, m mode) {
	t.Helper()
	if err := b.open(address, m); err != nil {
		t.Fatal(err)
	}
}

// answer asks the open page.
func answer[T any](t *testing.T, b *tab, expression string) T {
	t.Helper()
	value, err := eval[T](b, expression)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
