package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// firstWith opens the first page of the guide and the fact sheet that has an element.
func firstWith(t *testing.T, b *tab, element string, m mode) {
	t.Helper()
	sitesOfOurOwn(t)
	for _, s := range []site{guide, sheet, tables} {
		for _, p := range readable(t, s) {
			if err := b.open(s.url(p.address()), m); err != nil {
				t.Fatal(err)
			}
			found, err := eval[bool](b, `!!document.querySelector("`+element+`")`)
			if err != nil {
				t.Fatal(err)
			}
			if found {
				return
			}
		}
	}
	t.Fatalf("no page has %s", element)
}

// ask evaluates an expression that gives a text.
func ask(t *testing.T, b *tab, expression string) string {
	t.Helper()
	text, err := eval[string](b, expression)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func press(t *testing.T, b *tab, keys ...string) {
	t.Helper()
	v := visit{tab: b}
	if err := v.press(keys...); err != nil {
		t.Fatal(err)
	}
}

// A press on a number opens a box about it, which takes the focus, moves
// nothing on the page, and closes with Escape, back on the number.
func TestNumbersTellAboutThemselves(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, "a.fig-link", narrowLight)
		const where = `JSON.stringify([...document.querySelectorAll("main > *")].map((e) => Math.round(e.getBoundingClientRect().top + scrollY)))`
		before := ask(t, b, where)
		label := ask(t, b, `(() => { const e = document.querySelector("a.fig-link"); e.focus(); return e.getAttribute("aria-label"); })()`)
		press(t, b, kb.Enter)
		box := ask(t, b, `document.activeElement.closest("[role=dialog]")?.innerText ?? "no box"`)
		const lines = `(d => d.label + "\n" + d.line)(document.querySelector("a.fig-link").dataset)`
		for _, line := range strings.Split(ask(t, b, lines), "\n") {
			if !strings.Contains(box, line) || !strings.Contains(box, ":") {
				t.Errorf("the box of %q says %q, and not %q", label, box, line)
			}
		}
		if after := ask(t, b, where); after != before {
			t.Errorf("the page moved: %s, then %s", before, after)
		}
		if wrong := ask(t, b, `look.overflow().join("; ")`); wrong != "" {
			t.Errorf("with the box open: %s", wrong)
		}
		press(t, b, kb.Escape)
		if left := ask(t, b, `(document.querySelector("[role=dialog]")?.innerText ?? "") + (document.activeElement.getAttribute("aria-label") ?? "")`); left != label {
			t.Errorf("after Escape: %q, want the focus on %q and no box", left, label)
		}
	})
}

// What is copied says where it comes from and what the number is; where nobody may write to
// the clipboard, it is shown, selected. The number alone has no signs between its digits.
func TestNumbersAreCopiedWithWhatBelongsToThem(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, "a.fig-link data:not([value=''])", narrowLight)
		ask(t, b, `(Object.defineProperty(navigator, "clipboard", { value: undefined }), "")`)
		name := ask(t, b, `(() => {
			const a = document.querySelector("a.fig-link data:not([value=''])").closest("a");
			a.click();
			return a.getAttribute("aria-label") ?? a.dataset.name;
		})()`)
		const shown = `(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)`
		ask(t, b, `(document.querySelectorAll(".about button")[0].click(), "")`)
		sentence := ask(t, b, shown)
		title := ask(t, b, `document.querySelector("script[data-site]").dataset.site`)
		whole := strings.HasPrefix(sentence, title) && strings.Contains(sentence, name)
		if !whole || !strings.Contains(sentence, "#") {
			t.Errorf("%q is copied as %q", name, sentence)
		}
		ask(t, b, `(document.querySelectorAll(".about button")[1].click(), "")`)
		if number := ask(t, b, shown); number == "" || strings.Trim(number, "-0123456789.,") != "" {
			t.Errorf("the number of %q is copied as %q", name, number)
		}
	})
}

// The card stays at its number while the page scrolls, and goes with it.
func TestTheCardGoesWithItsNumber(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, "a.fig-link", narrowLight)
		const open = `String(!!document.querySelector(".about"))`
		ask(t, b, `(() => {
			const a = document.querySelector("a.fig-link");
			a.scrollIntoView({ block: "center", behavior: "instant" });
			a.click();
			return "";
		})()`)
		settle := func(by string) string {
			ask(t, b, `(scrollBy({ top: `+by+`, behavior: "instant" }), "")`)
			const drawn = `requestAnimationFrame(() => requestAnimationFrame(() => done(` + open + `)))`
			return ask(t, b, `new Promise(done => `+drawn+`)`)
		}
		if settle("9") != "true" {
			t.Error("a few pixels close the card")
		}
		if settle("3 * innerHeight") != "false" {
			t.Error("the card stays when its number has left the window")
		}
	})
}

// The numbers of a table are one stop of the keyboard; arrow keys go from one to the next, and
// what is heard is the number alone, for the heads say the rest.
func TestNumbersOfATableAreOneStop(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, "tr + tr a.fig-link", wideLight)
		ask(t, b, `(() => { document.querySelector("table a.fig-link").focus(); return ""; })()`)
		const at = `(() => {
			const a = document.activeElement, cell = a.closest("td, th");
			return cell ? [cell.parentNode.rowIndex, cell.cellIndex].join(",") : "outside";
		})()`
		var way []string
		for _, key := range []string{kb.ArrowDown, kb.ArrowRight, kb.ArrowUp, kb.ArrowLeft, kb.Tab} {
			way = append(way, ask(t, b, at))
			press(t, b, key)
		}
		if want := []string{"1,1", "2,1", "2,2", "1,2", "1,1"}; !slices.Equal(way, want) {
			t.Errorf("the keys lead through %v, want %v", way, want)
		}
		if still := ask(t, b, `String(!!document.activeElement.closest("table"))`); still == "true" {
			t.Error("a second number of the table is a stop")
		}
		named := ask(t, b, `String(document.querySelectorAll("table a.fig-link[aria-label]").length)`)
		if named != "0" {
			t.Errorf("%s numbers of tables say more than themselves", named)
		}
	})
}

// Three numbers of a text or more are one stop, too: the arrow keys go along the text, and up
// and down scroll the page as ever. A hint beside the one that has the focus says so.
func TestNumbersOfATextAreOneStop(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		const home, all = ":is(.words, .summary):has(a.fig-link ~ a.fig-link ~ a.fig-link)", "a.fig-link"
		firstWith(t, b, home, wideLight)
		numbers := fmt.Sprintf("[...document.querySelector(%q).querySelectorAll(%q)]", home, all)
		ask(t, b, numbers+`[0].focus() ?? ""`)
		at := "String(" + numbers + ".indexOf(document.activeElement))"
		var way []string
		for _, key := range []string{kb.ArrowRight, kb.ArrowRight, kb.ArrowDown, kb.ArrowLeft, kb.Home, kb.Tab} {
			way = append(way, ask(t, b, at))
			until(t, b, `(() => {
				const hint = document.querySelector("main > .tip"), box = hint?.getBoundingClientRect();
				const at = document.activeElement.getBoundingClientRect();
				return hint?.checkVisibility() && /[Aa]rrow|Pfeil/.test(hint.textContent) &&
					box.left >= 0 && box.right <= innerWidth && Math.abs(box.left - at.left) < 300 &&
					box.top > at.top && box.top < at.bottom + 10;
			})()`)
			press(t, b, key)
		}
		until(t, b, `!document.querySelector("main > .tip")`)
		if want := []string{"0", "1", "2", "2", "1", "0"}; !slices.Equal(way, want) {
			t.Errorf("the keys lead through %v, want %v", way, want)
		}
		if left := ask(t, b, at); left != "-1" {
			t.Errorf("number %s of the text is a second stop", left)
		}
	})
}

// A chart is one stop of the keyboard; its arrow keys say one mark after the
// other, aloud; Escape ends it.
func TestChartsAnswerToArrowKeys(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, ".chart-picture [data-tip]", wideLight)
		ask(t, b, `(document.querySelector(".chart-picture").focus(), "")`)
		const said = `document.querySelector(".chart-picture [aria-live]")?.textContent ?? "no live region"`
		tips := ask(t, b, `JSON.stringify([...document.querySelector(".chart-picture svg").querySelectorAll("[data-tip]")].map((m) => m.dataset.tip))`)
		press(t, b, kb.ArrowRight)
		first := ask(t, b, said)
		press(t, b, kb.ArrowRight)
		second := ask(t, b, said)
		for _, tip := range []string{first, second} {
			if tip == "" || !strings.Contains(tips, strings.ReplaceAll(tip, `"`, `\"`)) {
				t.Errorf("the chart says %q; its marks are %s", tip, tips)
			}
		}
		if first == second {
			t.Errorf("the second press says %q again", second)
		}
		if wrong := ask(t, b, `look.overflow().join("; ")`); wrong != "" {
			t.Errorf("with a tip open: %s", wrong)
		}
		press(t, b, kb.Escape)
		if open := ask(t, b, `String([...document.querySelectorAll(".chart-picture .tip")].some((e) => !e.hidden))`); open != "false" {
			t.Error("Escape does not close the tip")
		}
	})
}

// A text that is copied keeps its form, and its numbers are such as spreadsheets read: no sign
// and no space in them that only typesetting has.
func TestNumbersInACopiedTextAreClean(t *testing.T) {
	t.Parallel()
	withTab(t, func(b *tab) {
		firstWith(t, b, "p data", narrowLight)
		got := ask(t, b, `(() => {
			const p = document.querySelector("main p");
			p.innerHTML = 'Up <a href="#x"><data class="fig">\u22125,2</data></a>, <data>54\u00a0%</data> and\u00a0' +
				'<data>416\u202f374</data> of <data>416.374</data>, <b>\u22127</b>';
			const copied = node => {
				const data = new DataTransfer();
				getSelection().selectAllChildren(node);
				const copy = { clipboardData: data, bubbles: true, cancelable: true };
				document.dispatchEvent(new ClipboardEvent("copy", copy));
				const html = data.getData("text/html").replace(/href="[^"]*#x"/, "href");
				return data.getData("text/plain") + "|" + html;
			};
			return [p, p.querySelector("data"), p.querySelectorAll("data")[3]].map(copied).join("\n");
		})()`)
		want := "Up -5,2, 54 % and\u00a0416374 of 416.374, \u22127|" +
			`Up <a href><data class="fig">-5,2</data></a>, <data>54 %</data> and&nbsp;<data>416374</data> of ` +
			"<data>416.374</data>, <b>\u22127</b>\n-5,2|-5,2\n|"
		if got != want {
			t.Errorf("copied is\n%q, want\n%q", got, want)
		}
	})
}
