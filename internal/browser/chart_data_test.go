package browser

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// chartData is what a chart's page shows: the tips of the picture's marks, the texts
// beside them, the cells of the table without shares, and where the CSV lies.
const chartData = `JSON.stringify((() => {
	const figure = document.querySelector("figure.chart");
	const shown = [...figure.querySelectorAll("svg")].find((s) => s.getClientRects().length);
	return {
		tips: [...shown.querySelectorAll("[data-tip]")].map((m) => m.dataset.tip),
		texts: [...shown.querySelectorAll("text")].map((t) => t.textContent),
		cells: [...figure.querySelectorAll("td")].map((c) => c.textContent.trim()).filter((c) => /\d/.test(c) && !/%$/.test(c)),
		csv: figure.querySelector('a[href*="data/charts/"]').href,
		sheet: figure.querySelector('a[href$=".csv"]:not([href*="data/charts/"])').href,
		heads: figure.querySelectorAll("tbody tr:first-child th").length,
	};
})())`

// Chart, table and CSV of a chart hold the same numbers, in the format of the page's
// language; a bound is no plain number in any of them.
func TestChartTableAndFileAgree(t *testing.T) {
	t.Parallel()
	for _, p := range chartPages(t, func(p sitePage) bool { return !p.embed }) {
		t.Run(p.path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				for _, m := range []mode{wideLight, narrowLight} {
					if err := b.open(p.site.url(p.address()), m); err != nil {
						t.Fatal(err)
					}
					var shown struct {
						Tips, Texts, Cells []string
						CSV, Sheet         string
						Heads              int
					}
					if err := json.Unmarshal([]byte(ask(t, b, chartData)), &shown); err != nil {
						t.Fatal(err)
					}
					inFile := numbersOf(t, shown.CSV, p.lang)
					inTable := slices.Clone(shown.Cells)
					slices.Sort(inFile)
					slices.Sort(inTable)
					if !slices.Equal(inFile, inTable) {
						t.Errorf("%s: the file holds %q, the table %q", m.name, inFile, inTable)
					}
					inSheet := sheetOf(t, shown.Sheet, shown.Heads, p.lang == "de")
					slices.Sort(inSheet)
					if !slices.Equal(inSheet, inTable) {
						t.Errorf("%s: the file for spreadsheets holds %q, the table %q", m.name, inSheet, inTable)
					}
					if len(shown.Tips) == 0 {
						t.Errorf("%s: no mark says anything", m.name)
					}
					for _, text := range shown.Texts {
						if number := strings.Fields(text); len(number) > 0 && looksGrouped(number[0]) && !slices.Contains(inTable, number[0]) {
							t.Errorf("%s: the picture says %s, the table does not", m.name, number[0])
						}
					}
					for _, tip := range shown.Tips {
						if !slices.ContainsFunc(inTable, func(n string) bool { return strings.Contains(tip, n) }) {
							t.Errorf("%s: the tip %q holds no number of the table %q", m.name, tip, inTable)
						}
					}
				}
			})
		})
	}
}

// looksGrouped reports whether a text is a number with groups of thousands: one that can
// be nothing else.
func looksGrouped(text string) bool {
	return len(text) > 4 && strings.Trim(text, "0123456789.,") == "" && strings.ContainsAny(text, ".,")
}

// numbersOf are the values of a chart's file as pages in a language print them. A row without
// an id is the sum of the rows behind it, which no picture shows.
func numbersOf(t *testing.T, address, lang string) []string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	reader := csv.NewReader(answer.Body)
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	id, value, column := at("id"), at("value"), at("text_"+lang)
	if min(id, value, column) < 0 {
		t.Fatalf("%s has no columns id, value and text_%s: %q", address, lang, rows[0])
	}
	var all []string
	for i, row := range rows[1:] {
		if strings.ContainsAny(row[column], "0123456789") {
			all = append(all, row[column])
		}
		if row[id] == "" {
			if sum := sumOf(t, rows[i+2:], value); fmt.Sprint(sum) != row[value] {
				t.Errorf("%s: %s is not %d, the sum of the rows behind it", address, row[value], sum)
			}
			break
		}
	}
	return all
}

// sumOf adds up the whole numbers of a column.
func sumOf(t *testing.T, rows [][]string, column int) (sum int) {
	t.Helper()
	for _, row := range rows {
		n, err := strconv.Atoi(row[column])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}

// sheetOf are the values of the file for spreadsheet programs as the language writes them.
// Its first bytes say that it is UTF-8; German ones have semicolons and decimal commas.
func sheetOf(t *testing.T, address string, heads int, german bool) []string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(string(all), "\ufeff")
	if !marked {
		t.Errorf("%s does not say that it is UTF-8", address)
	}
	reader := csv.NewReader(strings.NewReader(text))
	if german {
		reader.Comma = ';'
	}
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, row := range rows[1:] {
		for _, cell := range row[heads:] {
			if strings.Trim(cell, "-0123456789.,") == "" {
				cell = written(strings.Replace(cell, ",", ".", 1), german)
			}
			if strings.ContainsAny(cell, "0123456789") {
				values = append(values, cell)
			}
		}
	}
	return values
}

// written puts a value of the file, "around 11000", as a page writes it.
func written(value string, german bool) string {
	point, group := ".", ","
	if german {
		point, group = ",", "."
		for en, de := range map[string]string{"around": "rund", "more than": "mehr als", "fewer than": "weniger als",
			"at least": "mindestens", "at most": "höchstens", "just under": "knapp", "just over": "gut"} {
			if rest, ok := strings.CutPrefix(value, en+" "); ok {
				value = de + " " + rest
			}
		}
	}
	words := ""
	if i := strings.LastIndexByte(value, ' '); i >= 0 {
		words, value = value[:i+1], value[i+1:]
	}
	if rest, below := strings.CutPrefix(value, "-"); below {
		words, value = words+"−", rest
	}
	whole, rest, decimal := strings.Cut(value, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if decimal {
		whole += point + rest
	}
	return words + whole
}

// A bare chart in somebody else's page needs no script, names its source, and leads out
// of its frame.
func TestEmbedsNeedNoScript(t *testing.T) {
	t.Parallel()
	for _, p := range chartPages(t, func(p sitePage) bool { return p.embed }) {
		t.Run(p.path, func(t *testing.T) {
			t.Parallel()
			withTab(t, func(b *tab) {
				frame := mode{name: "a frame of 400 px without JavaScript, dark", width: 400, dark: true, noScript: true}
				if err := b.open(p.site.url(p.address()), frame); err != nil {
					t.Fatal(err)
				}
				for _, question := range []string{"look.overflow()", "look.charts()"} {
					if wrong := ask(t, b, question+`.join("; ")`); wrong != "" {
						t.Error(wrong)
					}
				}
				lost := ask(t, b, `[...document.querySelectorAll("a")].filter((a) => a.target !== "_top").map((a) => a.outerHTML).join(" ")`)
				if lost != "" {
					t.Errorf("these links stay in the frame: %s", lost)
				}
				source := ask(t, b, `document.querySelector(".source").innerText`)
				back := ask(t, b, `document.querySelector(".source a").href`)
				if want := p.site.url(strings.TrimSuffix(p.path, "embed/")); source == "" || back != want {
					t.Errorf("the source line %q leads to %s, not %s", source, back, want)
				}
			})
		})
	}
}

// Tips open for a mouse and for a finger, say what the mark says, and close.
func TestTipsOpenForPointersAndClose(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"mouse", "touch"} {
		withTab(t, func(b *tab) {
			firstWith(t, b, ".chart-picture [data-tip]", narrowLight)
			before := ask(t, b, places)
			got := ask(t, b, fmt.Sprintf(`(() => {
				const picture = document.querySelector(".chart-picture:has([data-tip])"), tip = picture.querySelector(".tip");
				const mark = [...picture.querySelectorAll("[data-tip]")].find((m) => m.getClientRects().length);
				const r = mark.getBoundingClientRect();
				const send = (type, x, y, target) => target.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true, pointerType: %q }));
				send(%[1]q === "mouse" ? "pointermove" : "pointerdown", r.left + r.width / 2, r.top + r.height / 2, picture);
				const opened = !tip.hidden && tip.textContent === mark.dataset.tip;
				const box = tip.getBoundingClientRect(), inside = box.left >= 0 && box.right <= innerWidth;
				if (%[1]q === "mouse") send("pointerleave", 0, 0, picture); else send("pointerdown", 1, 1, document.body);
				return [opened, inside, tip.hidden, picture.querySelector("[aria-live]").getAttribute("aria-live")].join(" ");
			})()`, kind))
			if got != "true true true polite" {
				t.Errorf("%s: opened, inside, closed, politeness: %s", kind, got)
			}
			if after := ask(t, b, places); after != before {
				t.Errorf("%s: the page moved", kind)
			}
		})
	}
}
