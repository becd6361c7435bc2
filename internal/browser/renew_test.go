package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A save changes what it changes on an open page, whose scripts work there as before; all else
// stays as the reader left it. Where a part cannot be told from its surroundings, or a script
// is not ours, the page is loaded anew.
func TestASaveRenewsThePageInPlace(t *testing.T) {
	t.Parallel()
	p := serve(t)
	// Heads say all they can.
	p.change("content/site.yaml", `base_url: ""`, "base_url: https://example.org/")
	withTab(t, func(b *tab) {
		do := func(expression string) {
			t.Helper()
			if _, err := eval[bool](b, expression+", true"); err != nil {
				t.Fatal(err)
			}
		}
		open := func(page string) { // and wait until the preview's scripts have begun
			t.Helper()
			p.must(b.open(p.address+page, wideLight))
			p.until(b, `document.querySelector('bilanz-inspector')`)
		}
		const figure = `document.querySelector('#sessions-by-kind')`
		const shown = `Number(document.querySelector('meta[name=bilanz-preview]').dataset.shown)`
		const stayed = `self.stayed && ` + shown + ` > self.stayed`
		leave := func() { // a reader who is in the middle of something
			t.Helper()
			do(figure + `.querySelector('.data').open = true, ` + figure + `.querySelector('.data summary').focus(), ` +
				`self.stayed = ` + shown)
		}
		open("advice/")
		p.until(b, `document.querySelector('link[rel=canonical]')`)
		open("advice/")

		for _, c := range []struct{ what, old, with, seen string }{
			{"the first paragraph", "Network IQ offered", "First saved. Network IQ offered",
				fmt.Sprintf(hasText, "First saved.")},
			{"a text with numbers", "advisory sessions were held in IQ", "advisory sessions were counted in IQ",
				`[...document.querySelectorAll('main .words')].some(w => w.textContent.includes('were counted'))`},
			{"the title of a chart", "title: More follow-up than initial advisory sessions",
				"title: More follow-up advisory sessions than initial ones",
				figure + `.textContent.includes('than initial ones')`},
			{"a section more", "## Where advice was given",
				"## One more\n\nIt was not there before.\n\n## Where advice was given",
				`document.getElementById('one-more')`},
			{"and one less", "## One more\n\nIt was not there before.\n\n", "", `!document.getElementById('one-more')`},
		} {
			leave()
			p.change(advice, c.old, c.with)
			p.until(b, c.seen+` && `+stayed+` && `+figure+`.querySelector('.data').open && `+
				`document.activeElement === `+figure+`.querySelector('.data summary')`)
			for selector, works := range map[string]string{
				"main .fig-link":                 "e.onclick && e.getAttribute('role') === 'button'",
				".chart-picture:has([data-tip])": "e.onkeydown && e.tabIndex === 0",
				".save, .explore":                "e.onclick",
				"main .words": "e.querySelectorAll('.fig-link').length < 3 || " +
					"e.querySelectorAll('.fig-link[tabindex=\"0\"]').length === 1",
			} {
				p.until(b, "[...document.querySelectorAll('"+selector+"')].every(e => "+works+")")
			}
		}
		do(`document.querySelector('main .words .fig-link').click()`)
		p.until(b, `document.querySelector('.about[role=dialog]')`)

		open("network/") // another page says the same as before
		do(`self.stayed = ` + shown)
		p.change(advice, "were counted in IQ", "were held in IQ")
		p.until(b, stayed)

		open("advice/")
		leave()
		p.change(advice, "title: Advice", "title: Advice and more") // stands in menus, too
		p.until(b, `!self.stayed && document.title.includes('Advice and more')`)

		own := filepath.Join(p.dir, "static", "js")
		p.must(os.MkdirAll(own, 0o755))
		p.must(os.WriteFile(filepath.Join(own, "own.js"), []byte("self.own = true\n"), 0o644))
		p.until(b, `self.own`)
		leave()
		p.change(advice, "First saved.", "Last saved.")
		p.until(b, `!self.stayed && `+fmt.Sprintf(hasText, "Last saved."))
		for _, said := range b.said() {
			t.Error(said)
		}
	})
}
