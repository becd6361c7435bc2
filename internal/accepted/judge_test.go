package accepted

import (
	"fmt"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// entries writes a content/accepted.yaml: a code, a file and a last day a line.
func entries(lines ...string) schema.File {
	var b strings.Builder
	for _, line := range lines {
		word := strings.Fields(line)
		fmt.Fprintf(&b, "- {code: %s, place: %s, reason: It waits., role: the office, until: %s}\n", word[0], word[1],
			word[2])
	}
	return schema.File{Path: Path, Text: []byte(b.String())}
}

// judged reads entries and lets them judge a problem; codes are those of what is
// said of the entries themselves, in the end too.
func judged(j *Judge, file schema.File, release string, d *diag.Diagnostic) (codes string) {
	var list diag.List
	j.Read(file, release, &list)
	j.Judge(d)
	j.CheckUnused(&list)
	var all []string
	for _, said := range list.Sorted() {
		all = append(all, said.Code)
	}
	return strings.Join(all, " ")
}

// An entry holds for its code and its file up to its last day, that day included.
func TestAnEntryHoldsForItsCodeItsFileAndItsTime(t *testing.T) {
	const entry = "heading-level a.md 2027-01-31"
	for _, c := range []struct {
		entries, release string
		code, path       string
		accepted         bool
		said             string
	}{
		{entry, "", "heading-level", "a.md", true, ""},
		{entry, "2027-01-30", "heading-level", "a.md", true, ""},
		{entry, "2027-01-31", "heading-level", "a.md", true, ""},
		{entry, "2027-02-01", "heading-level", "a.md", false, "accepted-expired"},
		{entry, "2028-01-01", "heading-level", "a.md", false, "accepted-expired"},
		{entry, "2027-02-01", "heading-level", "b.md", false, "accepted-unused accepted-expired"},
		{entry, "", "number-bare", "a.md", false, "accepted-unused"},
		{entry, "", "heading-level", "b.md", false, "accepted-unused"},
		{entry, "", "heading-level", "de/a.md", false, "accepted-unused"},
		{entry + "\n" + entry, "", "heading-level", "a.md", true, "accepted-unused"},
		{"number-bare a.md 2027-01-31\n" + entry, "", "heading-level", "a.md", true, "accepted-unused"},
		{"heading-level a.md 2027-01-30\n" + entry, "2027-01-31", "heading-level", "a.md", false,
			"accepted-expired accepted-unused"},
		{"number-differs a.md 2027-01-31", "", "number-differs", "a.md", false, "accepted-code"},
		{"heading-leve a.md 2027-01-31", "", "heading-level", "a.md", false, "accepted-code"},
		{"heading-level a.md 2027-02-29", "", "heading-level", "a.md", false, "accepted-until"},
		{"heading-level a.md 2028-02-29", "", "heading-level", "a.md", true, ""},
	} {
		d := &diag.Diagnostic{Code: c.code, Place: diag.File(c.path)}
		said := judged(new(Judge), entries(strings.Split(c.entries, "\n")...), c.release, d)
		if accepted := d.Severity == diag.Accepted && d.Waiver != nil &&
			d.Waiver.Role == "the office"; accepted != c.accepted || said != c.said {
			t.Errorf("%q on %q: %s in %s is accepted: %v; said: %q", c.entries, c.release, c.code, c.path, accepted, said)
		}
	}
}

// A strict build stops at warnings: not at what was accepted, and not where only the
// address of the site is missing.
func TestAStrictBuildStopsAtWarnings(t *testing.T) {
	for _, c := range []struct {
		strict bool
		code   string
		before diag.Severity
		after  diag.Severity
	}{
		{false, "number-bare", diag.Warning, diag.Warning},
		{false, "number-bare", diag.Error, diag.Error},
		{true, "number-bare", diag.Warning, diag.Error},
		{true, "number-bare", diag.Error, diag.Error},
		{true, "base-url-missing", diag.Warning, diag.Warning},
		{true, "heading-level", diag.Warning, diag.Accepted},
		{false, "heading-level", diag.Error, diag.Accepted},
	} {
		d := &diag.Diagnostic{Code: c.code, Place: diag.File("a.md"), Severity: c.before}
		judged(&Judge{Strict: c.strict}, entries("heading-level a.md 2027-01-31"), "", d)
		if d.Severity != c.after {
			t.Errorf("strict %v: %s of severity %d is now %d", c.strict, c.code, c.before, d.Severity)
		}
	}
}

// An entry that lacks something says nothing that holds.
func TestAnEntryThatLacksSomethingHoldsForNothing(t *testing.T) {
	for _, text := range []string{
		"- {code: heading-level, place: a.md, reason: It waits., role: the office}\n",
		"- {code: heading-level, place: a.md, reason: It waits., rule: the office, until: 2027-01-31}\n",
		"- [heading-level]\n",
		"code: heading-level\n",
		"- {code: heading-level\n",
	} {
		d := &diag.Diagnostic{Code: "heading-level", Place: diag.File("a.md")}
		if said := judged(new(Judge), schema.File{Path: Path, Text: []byte(text)}, "", d); d.Severity != diag.Error ||
			said == "" {
			t.Errorf("%q: severity %d, said %q", text, d.Severity, said)
		}
	}
}
