package browser

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The pages of testdata/tables hold a long table, a wide one and small ones.
var tablePages = []string{"", "de/"}

func openTables(t *testing.T, b *tab, page string, m mode) {
	t.Helper()
	sitesOfOurOwn(t)
	if err := b.open(tables.url(page), m); err != nil {
		t.Fatal(err)
	}
}

// They hold to all that holds for pages.
func TestPagesOfTables(t *testing.T) {
	sitesOfOurOwn(t)
	for _, p := range readable(t, tables) {
		if !slices.Contains(tablePages, p.path) {
			continue
		}
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			for _, problem := range lookAt(t, visit{site: tables, page: p, byNight: true}) {
				t.Error(problem)
			}
		})
	}
}

// column reads a column of the long table as it stands: the rows of its body.
const column = `JSON.stringify([...document.querySelectorAll("#long tbody tr")]
	.map((r) => r.cells[%].textContent.trim()))`

func columnOf(t *testing.T, b *tab, nth string) (cells []string) {
	t.Helper()
	if err := json.Unmarshal([]byte(ask(t, b, strings.Replace(column, "%", nth, 1))), &cells); err != nil {
		t.Fatal(err)
	}
	return cells
}

// state is what a head says of its order, and what is said aloud.
const state = `[...document.querySelectorAll("#long thead th")]
	.map((h) => h.getAttribute("aria-sort") ?? "-").join(" ") + " | " +
	document.querySelector("#long [role=status]").textContent`

// onHead puts the focus on the button of a head of the long table.
func onHead(t *testing.T, b *tab, nth string) {
	t.Helper()
	ask(t, b, `(document.querySelectorAll("#long thead button")[`+nth+`].focus(), "")`)
}

// A press on a head of numbers sorts by their values, the next one the other way round,
// the third one gives the first order back: by key and by pointer, in both languages.
func TestAPressOnAHeadSorts(t *testing.T) {
	t.Parallel()
	for page, said := range map[string][3]string{
		"": {"Sorted by Visits, ascending", "Sorted by Visits, descending", "Rows in their first order"},
		"de/": {"Aufsteigend sortiert nach: Besuche", "Absteigend sortiert nach: Besuche",
			"Zeilen in der ursprünglichen Reihenfolge"},
	} {
		withTab(t, func(b *tab) {
			openTables(t, b, page, wideLight)
			first := columnOf(t, b, "0")
			onHead(t, b, "1")
			for i, key := range []string{kb.Enter, " ", kb.Enter} {
				press(t, b, key)
				sort := []string{"ascending", "descending", "-"}[i]
				if got, want := ask(t, b, state), "- "+sort+" - - - | "+said[i]; got != want {
					t.Errorf("%s: press %d: %q, want %q", page, i+1, got, want)
				}
				if focus := ask(t, b, `document.activeElement.textContent`); !strings.Contains(said[0], focus) {
					t.Errorf("%s: the focus went to %q", page, focus)
				}
				switch numbers := columnOf(t, b, "1"); i {
				case 0, 1:
					rises(t, numbers[:59], i == 1)
					if columnOf(t, b, "0")[59] != "Stadt"+totalWord(page) {
						t.Errorf("%s: the total is not last: %q", page, columnOf(t, b, "0")[59])
					}
				case 2:
					if back := columnOf(t, b, "0"); !slices.Equal(back, first) {
						t.Errorf("%s: the third press gives %q", page, back)
					}
				}
			}
			ask(t, b, `(document.querySelectorAll("#long thead button")[3].click(), "")`)
			if got := ask(t, b, state); !strings.HasPrefix(got, "- - - ascending - | ") {
				t.Errorf("%s: another head: %q", page, got)
			}
			rises(t, columnOf(t, b, "3")[:59], false)
			if wrong := ask(t, b, `look.overflow().concat(look.targets()).join("; ")`); wrong != "" {
				t.Errorf("%s: sorted: %s", page, wrong)
			}
		})
	}
}

func totalWord(page string) string {
	if page == "" {
		return " (total)"
	}
	return " (insgesamt)"
}

// rises wants numbers to rise, or to fall, by value: 894 before 1,109.
func rises(t *testing.T, cells []string, falling bool) {
	t.Helper()
	var values []float64
	for _, cell := range cells {
		digits, _, _ := strings.Cut(strings.NewReplacer(",", "", ".", "", "−", "-", "\u00a0", " ").Replace(cell), " ")
		digits, _, _ = strings.Cut(digits, "\n")
		digits = strings.TrimSuffix(strings.TrimSuffix(digits, "2)"), "1)")
		value, err := strconv.ParseFloat(strings.TrimRight(digits, "pv%"), 64)
		if err != nil {
			t.Fatalf("%q is no number", cell)
		}
		values = append(values, value)
	}
	if falling {
		slices.Reverse(values)
	}
	if !slices.IsSorted(values) {
		t.Errorf("not in order: %q", cells)
	}
}

// What has no value stands last, before the total, whichever way the others are sorted;
// a negative number is less than none.
func TestWhatIsMissingStandsLast(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		openTables(t, b, "", wideLight)
		for _, falling := range []bool{false, true} {
			ask(t, b, `(document.querySelectorAll("#long thead button")[4].click(), "")`)
			cells := columnOf(t, b, "4")
			rises(t, cells[:56], falling)
			want := []string{"not available", "not available", "not available", "2.4%"}
			if !slices.Equal(cells[56:], want) {
				t.Errorf("the last rows are %q", cells[56:])
			}
			places := columnOf(t, b, "0")[56:59]
			if !slices.Equal(places, []string{"Kieferntal", "Dornhof", "Zellau"}) {
				t.Errorf("equals did not stay in their order: %q", places)
			}
		}
	})
}

// Names stand as the language sorts them: Äpfelfeld beside Apfel, not behind Z.
func TestNamesStandAsTheLanguageSortsThem(t *testing.T) {
	t.Parallel()
	for _, page := range tablePages {
		withTab(t, func(b *tab) {
			openTables(t, b, page, wideLight)
			ask(t, b, `(document.querySelectorAll("#long thead button")[0].click(), "")`)
			names := columnOf(t, b, "0")[:59]
			place := func(begin string) int {
				return slices.IndexFunc(names, func(n string) bool { return strings.HasPrefix(n, begin) })
			}
			for _, pair := range [][2]string{{"Ahorn", "Ähren"}, {"Ähren", "Albe"}, {"Anger", "Äpfel"},
				{"Äpfel", "Birken"}, {"Öd", "Öl"}, {"Öl", "Ost"}, {"Über", "Ufer"}, {"Zell", "Ziegel"}} {
				if a, z := place(pair[0]), place(pair[1]); a < 0 || z < 0 || a > z {
					t.Errorf("%s: %s is at %d, %s at %d", page, pair[0], a, pair[1], z)
				}
			}
		})
	}
}

// Without JavaScript heads are plain text, and every row is there. Tables of eight rows or
// fewer have no buttons with it either, and what need not scroll is no stop.
func TestHeadsArePlainWithoutJavaScript(t *testing.T) {
	t.Parallel()
	const said = `["long", "wide", "small", "series"].map((id) => ["button", "tbody tr", "[tabindex]"]
		.map((what) => document.querySelectorAll("#" + id + " " + what).length).join("/")).join(" ")`
	withTab(t, func(b *tab) {
		openTables(t, b, "", unscripted)
		if got, want := ask(t, b, said), "0/60/1 0/36/1 0/6/1 0/4/1"; got != want {
			t.Errorf("without JavaScript: %s, want %s", got, want)
		}
		openTables(t, b, "", wideLight)
		until(t, b, said+` === "5/60/1 16/36/0 0/6/0 0/4/0"`)
		openTables(t, b, "", narrowLight)
		until(t, b, `[...document.querySelectorAll("#small [tabindex]")].length === 1`)
	})
}

// While the box scrolls, heads of columns and rows stay where they are, and nothing of the
// page moves when the script makes buttons of them.
func TestHeadsStayInView(t *testing.T) {
	t.Parallel()
	for _, m := range []mode{narrowLight, {name: "390 px", width: 390}, wideLight} {
		withTab(t, func(b *tab) {
			openTables(t, b, "", m)
			for _, id := range []string{"long", "wide"} {
				if wrong := ask(t, b, strings.ReplaceAll(`(() => {
					const box = document.querySelector("#ID .table-scroll"), at = box.getBoundingClientRect();
					box.scrollTop = 400; box.scrollLeft = 200;
					const down = box.scrollTop, aside = box.scrollLeft, wrong = [];
					const head = box.querySelectorAll("thead th")[1].getBoundingClientRect();
					if (down && Math.abs(head.top - at.top) > 2) wrong.push("a head is at " + (head.top - at.top));
					for (const th of box.querySelectorAll("tbody th")) {
						const off = th.getBoundingClientRect().left - at.left;
						if (Math.abs(off) > 1) wrong.push(th.innerText + " is at " + off);
					}
					if ("ID" === "long" && !down) wrong.push("it does not scroll down");
					if ("ID" === "wide" && innerWidth < 1000 && !aside) wrong.push("it does not scroll sideways");
					return wrong.join("; ");
				})()`, "ID", id)); wrong != "" {
					t.Errorf("%s, %s: %s", m.name, id, wrong)
				}
			}
		})
	}
}

func TestNothingMovesWhenHeadsBecomeButtons(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		for _, m := range []mode{narrowLight, wideLight} {
			openTables(t, b, "", m)
			const heads = `JSON.stringify([...document.querySelectorAll("thead th")]
				.map((h) => [h.offsetLeft, h.offsetTop, h.offsetWidth, h.offsetHeight]))`
			with := ask(t, b, heads)
			ask(t, b, `(document.querySelectorAll("thead button").forEach((b) => b.replaceWith(...b.childNodes)), "")`)
			if before := ask(t, b, heads); before != with {
				t.Errorf("%s: %s, then %s", m.name, before, with)
			}
		}
	})
}

// A mark at a cell leads to its note, and the note leads back.
func TestMarksAtCellsReturn(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		openTables(t, b, "", narrowLight)
		if got := ask(t, b, `[...document.querySelectorAll("#long td a")].map((a) => {
			const note = document.querySelector(a.hash), back = note.parentElement.querySelector("[role=doc-backlink]");
			const said = note.parentElement.innerText.split(".")[0];
			return a.closest("td").innerText + " " + a.ariaLabel + ": " + said + " < " +
				document.querySelector(back.hash).closest("tr").cells[0].innerText;
		}).join("; ")`); got != "8941) Note 1) on the table: 1) Counted by hand < Kieferntal; "+
			"1,0632) Note 2) on the table: 2) Without school classes < Kieferntal; "+
			"1,1091) Note 1) on the table: 1) Counted by hand < Kieferntal" {
			t.Errorf("marks: %s", got)
		}
		ask(t, b, `(document.querySelector("#long td a").focus(), "")`)
		press(t, b, kb.Enter)
		until(t, b, `document.querySelector(":target")?.innerText === "1)"`)
	})
}

// What is copied are numbers that other programs read.
func TestCopiedNumbersAreClean(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		openTables(t, b, "", wideLight)
		got := ask(t, b, `(() => {
			let copied;
			const rows = document.querySelectorAll("#long tbody tr"), range = document.createRange();
			range.setStartBefore(rows[3].cells[0]);
			range.setEndAfter(rows[5].cells[4]);
			getSelection().removeAllRanges();
			getSelection().addRange(range);
			const data = new DataTransfer();
			const copy = { clipboardData: data, bubbles: true, cancelable: true };
			document.dispatchEvent(new ClipboardEvent("copy", copy));
			return data.getData("text/plain") + "\n" + (data.getData("text/html").match(/<td>/g) || []).length;
		})()`)
		want := "Kieferntal\t894\t1,063\t60\tnot available\nMühlenau\t47,567\t764\t7\t-1.4%\n" +
			"Birkental\t12,143\t135\t56\t8.3%\n15"
		if got != want {
			t.Errorf("copied is %q, want %q", got, want)
		}
	})
}

// On paper a long table goes over several sheets, its heads on each; a wide one is several,
// in the order in which readers have put its rows.
func TestPaperHasEveryCellAndHead(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		openTables(t, b, "", wideLight)
		ask(t, b, `(document.querySelectorAll("#wide thead button")[1].click(), "")`)
		pdf, err := b.pdf()
		if err != nil {
			t.Fatal(err)
		}
		text, err := pdfText(t.TempDir(), pdf)
		if err != nil {
			t.Fatal(err)
		}
		heads := strings.Count(withoutSpace(text), withoutSpace("District Visits Members Events"))
		sheets := 0
		for sheet := range strings.SplitSeq(text, "\f") {
			if regexp.MustCompile(`(?m)^(Kieferntal|Krähenhof|Wolfshof|Eichental) `).MatchString(sheet) {
				sheets++
			}
		}
		if sheets < 2 || heads < sheets {
			t.Errorf("the heads stand on %d sheets, the rows on %d", heads, sheets)
		}
		for _, piece := range []string{"(1/2)", "(2/2)"} {
			_, rows, _ := strings.Cut(withoutSpace(text), piece) // names of rows may break
			music, reading := strings.Index(rows, "Musiclibrary"), strings.Index(rows, "Readingroom")
			if music < 0 || music > reading {
				t.Errorf("part %s is not in the order of the screen", piece)
			}
		}
		squeezed := withoutSpace(text)
		const cells = `[...document.querySelectorAll(":is(#long, #wide, #small) td")]
			.map((c) => c.textContent.replace(/\s/g, "")).join(" ")`
		for cell := range strings.SplitSeq(ask(t, b, cells), " ") {
			if !strings.Contains(squeezed, cell) {
				t.Errorf("not on paper: %s", cell)
			}
		}
	})
}
