package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// firstWith opens the first page of the guide and the fact sheet that has an element.
func firstWith(t *testing.T, b *tab, element string, m mode) {
	t.Helper()
	sitesOfOurOwn(t)
	for _, s := range []site{guide, sheet} {
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
		if !strings.Contains(box, label) || !strings.Contains(box, ":") {
			t.Errorf("the box of %q says %q", label, box)
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
