//go:build linux

package output

import (
	"os"
	"strings"
	"testing"
)

// What files.json says of a file that did not change is taken over only from a
// list that nobody edited: after the next build its sums are right again.
func TestAnEditedListIsNotBelieved(t *testing.T) {
	const mark = `"sha256": "`
	first := func(raw string) int { return strings.Index(raw, mark) + len(mark) }
	for name, edited := range map[string]func(string) string{
		"digits of a sum":        func(raw string) string { return raw[:first(raw)] + "0000" + raw[first(raw)+4:] },
		"a sum cut short":        func(raw string) string { return raw[:first(raw)] + raw[first(raw)+2:] },
		"an empty sum":           func(raw string) string { return raw[:first(raw)] + raw[first(raw)+64:] },
		"a sum with more digits": func(raw string) string { return raw[:first(raw)] + "00" + raw[first(raw):] },
		"a sum of no digits":     func(raw string) string { return raw[:first(raw)] + "zz" + raw[first(raw)+2:] },
		"the sum over all": func(raw string) string {
			at := strings.Index(raw, `"sum": "`) + len(`"sum": "`)
			return raw[:at] + "0000" + raw[at+4:]
		},
		"digits of a sum, and the spaces": func(raw string) string {
			return strings.ReplaceAll(raw[:first(raw)]+"0000"+raw[first(raw)+4:], "\n{", "\n  {")
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			mustPublish(t, o, site(1))
			file := o.Dir + "/" + listName
			want, err := os.ReadFile(file)
			must(t, err)
			changed := edited(string(want))
			if changed == string(want) {
				t.Fatal("nothing was edited")
			}
			if l, ok := parseList([]byte(changed)); ok && l.sound {
				t.Error("it is taken for a list that nobody edited")
			}
			must(t, os.WriteFile(file, []byte(changed), 0o644))
			mustPublish(t, o, site(1))
			if got, err := os.ReadFile(file); err != nil || string(got) != string(want) {
				t.Errorf("%v: it is still\n%s", err, got)
			}
		})
	}
}

// A list as bilanz writes it is sound, whichever way it is read.
func TestAListThatNobodyEditedIsBelieved(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	raw, err := os.ReadFile(o.Dir + "/" + listName)
	must(t, err)
	if _, ok := ownLines(raw); !ok {
		t.Error("it is not read as a list of our own")
	}
	if _, sound, ok := anyLines(raw); !ok || !sound {
		t.Errorf("read by the library: %v, sound: %v", ok, sound)
	}
	if l, ok := parseList(raw); !ok || !l.sound || len(l.sums) != len(site(1)) {
		t.Errorf("%v, sound: %v, %d files", ok, l.sound, len(l.sums))
	}
}
