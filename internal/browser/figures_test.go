package browser

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The pages of all numbers are dense: what they may take of a screen, of the keyboard and
// of paper.
func TestThePageOfAllNumbersIsDense(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	for _, c := range []struct {
		site                    site
		page                    string
		screens, stops, papered int
	}{
		{sheet, "figures/", 5, 120, 6}, {sheet, "de/figures/", 5, 120, 6},
		{guide, "figures/", 5, 120, 4}, {guide, "de/figures/", 5, 120, 4}, // grows with the guide
	} {
		withTab(t, func(b *tab) {
			if err := b.open(c.site.url(c.page), wideLight); err != nil {
				t.Fatal(err)
			}
			got, err := eval[[]int](b, `[Math.ceil(document.documentElement.scrollHeight / 900), look.stops()]`)
			if err != nil {
				t.Fatal(err)
			}
			pdf, err := b.pdf()
			if err != nil {
				t.Fatal(err)
			}
			text, err := pdfText(t.TempDir(), pdf)
			if err != nil {
				t.Fatal(err)
			}
			sheets := strings.Count(text, "\f")
			t.Logf("%s: %d screens, %d stops, %d sheets", c.site.url(c.page), got[0], got[1], sheets)
			if got[0] > c.screens || got[1] > c.stops || sheets > c.papered || sheets == 0 {
				t.Errorf("/%s takes %d screens, %d stops and %d sheets; %d, %d and %d are allowed",
					c.page, got[0], got[1], sheets, c.screens, c.stops, c.papered)
			}
		})
	}
}

// A link to an entry, by its address of today or of before, opens it and brings it into
// sight, with scripts and without.
func TestALinkOpensItsEntry(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	for _, m := range []mode{wideLight, unscripted, narrowLight} {
		for _, at := range []struct {
			site     site
			id, link string
		}{
			{sheet, "advice.sessions.initial", "advice.sessions.initial"},
			{sheet, "training.schemes", "training.schemes"},
			{guide, "visits.total", "visits.all"}, // its address of before
		} {
			withTab(t, func(b *tab) {
				if err := b.open(at.site.url("figures/#"+at.link), m); err != nil {
					t.Fatal(err)
				}
				said, err := eval[string](b, fmt.Sprintf("look.opened(%q)", at.id))
				if err != nil || said != "" {
					t.Errorf("%s, #%s: %s %v", m.name, at.link, said, err)
				}
			})
		}
	}
}

// Whatever stands in the open entries stays within the page and is no fault.
func TestOpenEntriesHold(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	const entries = `for (const d of document.querySelectorAll('.entry')) d.open = true;`
	for _, s := range []site{sheet, guide} {
		withTab(t, func(b *tab) {
			open(t, b, s.url("de/figures/"), wideLight)
			if err := b.bring(); err != nil {
				t.Fatal(err)
			}
			answer[any](t, b, entries)
			for _, look := range []struct {
				in     mode
				faults string
			}{{wideLight, "look.faults()"}, {wideDark, "look.faults(true)"}, {narrowLight, "look.faults()"},
				{tablet, ""}, {largeText, ""}, {spacedTight, ""}} {
				if err := b.wear(look.in); err != nil {
					t.Fatal(err)
				}
				for _, question := range []string{"look.overflow()", "look.targets()", cmp.Or(look.faults, "[]")} {
					for _, problem := range answer[[]string](t, b, question) {
						t.Errorf("%s: %s", look.in.name, problem)
					}
				}
			}
		})
	}
}

// The field shows what has all words in it, with the wholes of parts, and says how many.
func TestTheFieldFindsNumbers(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withTab(t, func(b *tab) {
		if err := b.open(sheet.url("figures/"), wideLight); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ words, group, want string }{
			{"", "", "97 of 97: 97 numbers"},
			{"nothing has this", "", "0 of 97: Shown: 0 of 97"},
			{"122957", "", "2 of 97: Shown: 2 of 97"},
			{"122,957", "", "2 of 97: Shown: 2 of 97"},
			{"ONLY  Récognition", "group-advice", "3 of 97: Shown: 3 of 97"},
			{"advice.sessions.initial", "", "2 of 97: Shown: 2 of 97"},
			{"", "group-advice", "11 of 97: Shown: 11 of 97"},
			{"follow-up", "group-advice", "3 of 97: Shown: 3 of 97"},
		} {
			got, err := eval[string](b, fmt.Sprintf("look.filtered(%q, %q)", c.words, c.group))
			if err != nil || got != c.want {
				t.Errorf("%q in %q: %s, not %s %v", c.words, c.group, got, c.want, err)
			}
		}
		said, err := eval[string](b, `(async () => {
			location.hash = '#training.schemes';
			await new Promise(done => setTimeout(done, 100));
			return look.opened('training.schemes');
		})()`)
		if err != nil || said != "" {
			t.Errorf("a link to an entry that is filtered out: %s %v", said, err)
		}
	})
}

// The keyboard stops at wholes and goes through all rows with the arrow keys; the parts of an
// open whole are stops too.
func TestTheKeyboardGoesThroughTheRows(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withTab(t, func(b *tab) {
		if err := b.open(sheet.url("figures/"), wideLight); err != nil {
			t.Fatal(err)
		}
		v := visit{site: sheet, tab: b}
		for _, c := range []struct {
			keys []string
			want string
		}{
			{nil, "advice.people"},
			{[]string{kb.Tab}, "advice.permanent-centres"},
			{[]string{kb.ArrowUp}, "advice.people.both"},
			{[]string{kb.ArrowUp, kb.ArrowUp, kb.ArrowUp, kb.Enter}, "advice.people"},
		} {
			if c.keys == nil {
				focus := `document.getElementById("advice.people").closest("details").firstElementChild.focus() ?? true`
				if _, err := eval[bool](b, focus); err != nil {
					t.Fatal(err)
				}
			}
			if err := v.press(c.keys...); err != nil {
				t.Fatal(err)
			}
			got, err := eval[string](b, `document.activeElement.parentElement.querySelector(".known")?.id ?? ""`)
			if err != nil || got != c.want {
				t.Errorf("%d keys lead to %q, not %q %v", len(c.keys), got, c.want, err)
			}
		}
		parts, err := eval[[]int](b, `look.settle("", true).then(() =>
			[...document.querySelectorAll("[class*=deep-] > summary")].slice(0, 5).map(s => s.tabIndex))`)
		if err != nil || fmt.Sprint(parts) != "[0 0 0 -1 -1]" {
			t.Errorf("the parts of the open whole and of the next have %v %v", parts, err)
		}
	})
}
