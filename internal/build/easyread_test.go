package build

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Numbers of a page in Leichte Sprache are proven like all others, and are plain text: the
// names on cards do not speak Leichte Sprache. On other pages the same number is a link.
func TestNumbersInLeichteSpracheArePlain(t *testing.T) {
	const front, link = "nav: {order: 90}\n", `<a class="fig-link"`
	for slot, links := range map[string]bool{"": true, "slot: easy-read\n": false} {
		dir := project(t, txtar.Parse(nil))
		path := filepath.Join(dir, "content/de/leichte-sprache.md")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		page := strings.Replace(string(text), front, front+slot, 1) +
			"\n```figures\ntitle: Zahlen\nfigures: [network.locations]\n```\n"
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "public")
		result, err := Build(context.Background(), Options{Dir: dir, Out: out, Write: true, Drawings: pictures})
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
		html, err := os.ReadFile(filepath.Join(out, "de/leichte-sprache/index.html"))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(html), link); got != links {
			t.Errorf("with %q: a number is a link: %v", slot, got)
		}
		if n := strings.Count(string(html), `<data class="fig" data-figure="network.locations"`); n != 2 {
			t.Errorf("with %q: %d numbers on the page, want 2", slot, n)
		}
	}
}
