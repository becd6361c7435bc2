//go:build linux

package output

import (
	"errors"
	"maps"
	"os"
	"strings"
	"testing"
)

// A list that somebody edited may name files that are not ours, so a build refuses to begin
// with it: nothing is deleted or written over.
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
		"a file more": func(raw string) string {
			row := "{\"path\": \".a\", \"sha256\": \"" + strings.Repeat("0", 64) + "\"},\n"
			return strings.Replace(raw, "[\n", "[\n"+row, 1)
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
			must(t, os.WriteFile(file, []byte(changed), 0o644))
			must(t, os.WriteFile(o.Dir+"/.a", []byte("mine"), 0o644))
			before, err := read(o.Project)
			must(t, err)
			for _, version := range []int{1, 2} {
				var e *Error
				_, err := publish(o, site(version))
				if !errors.As(err, &e) || e.Kind != Refused || e.Code != "output-not-ours" {
					t.Errorf("version %d: %v", version, err)
				}
			}
			if after, err := read(o.Project); err != nil || !maps.Equal(after, before) {
				t.Errorf("%v: something was touched", err)
			}
		})
	}
}

// A list as bilanz writes it is believed, whichever way it is read.
func TestAListThatNobodyEditedIsBelieved(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	raw, err := os.ReadFile(o.Dir + "/" + listName)
	must(t, err)
	if _, ok := ownLines(raw); !ok {
		t.Error("it is not read as a list of our own")
	}
	if _, ok := anyLines(raw); !ok {
		t.Error("it is not read by the library")
	}
	if l, ok := parseList(raw); !ok || len(l.sums) != len(site(1)) {
		t.Errorf("%v, %d files", ok, len(l.sums))
	}
}
