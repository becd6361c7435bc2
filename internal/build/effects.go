package build

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// One mistake gives one message. Whoever finds a problem is silent where it knows that it
// follows from another; what only shows when all of them lie side by side is left out here.

// scope is how near a cause has to be to its effect.
type scope int

const (
	sameLine   scope = iota
	sameFile         // a CSV file and the YAML file of its name are one
	itsGroup         // of an unknown id: in the file that has the name of its first word
	anyFigures       // in any file of figures
)

// effects are problems that are there because of others.
var effects = []struct {
	code, because string
	near          scope
}{
	{"translation-missing", "key-missing", sameLine},
	{"csv-cells", "column-unknown", sameFile},
	{"csv-cells", "column-missing", sameFile},
	{"note-unknown", "column-unknown", sameFile},
	{"note-unknown", "label-missing", sameFile},
	{"break-date", "date-form", sameFile},
	{"parts-sum", "row-twice", sameFile},
	{"discrepancy-overlapping", "key-twice", sameFile},
	{"value-and-formula", "key-twice", sameFile},
	{"translation-missing", astray, sameFile},
	{"value-shape", astray, sameFile},
	{"footnote-unknown", "block-open", sameFile},
	{"footnote-unknown", "block-unknown", sameFile},
	{"base-url-missing", "base-url", sameFile},
	{"html-heading-empty", "title-empty", sameFile},
	{"html-reference-broken", "html-fragment-broken", sameLine},
	{"figure-unknown", "column-unknown", itsGroup},
	{"figure-unknown", "csv-undescribed", itsGroup},
	{"csv-undescribed", "csv-missing", anyFigures},
	{"figure-unknown", astray, anyFigures},
	{"unit-unknown", astray, anyFigures},
	{"period-unknown", astray, anyFigures},
	{"source-unknown", astray, anyFigures},
}

// astray is what a line above them makes of others when it is deleted: keys that do not
// belong where they stand, or stand there twice.
const astray = "astray"

// causes says which problems there are, and where, as effects ask for them.
type causes map[string]bool

func causesIn(all []diag.Diagnostic) causes {
	found := causes{}
	for _, d := range all {
		if d.Severity != diag.Error {
			continue
		}
		found.add(d.Code, d)
		if d.Code == "key-unknown" && len(d.About) > 1 || d.Code == "key-twice" && len(d.Notes) > 1 {
			found.add(astray, d)
		}
		if d.Code == "start-missing" {
			found[d.Code] = true
		}
		if d.Code == "translation-missing" {
			for _, file := range d.About {
				found[d.Code+" of "+file] = true
			}
		}
	}
	return found
}

func (c causes) add(code string, d diag.Diagnostic) {
	c[where(code, d, sameLine)], c[where(code, d, sameFile)] = true, true
	if strings.HasPrefix(d.Place.Path, "content/figures/") {
		c[where(code, d, anyFigures)] = true
		c[code+" in the file "+path.Base(stem(d))] = true
	}
}

func where(code string, d diag.Diagnostic, near scope) string {
	switch near {
	case sameLine:
		return fmt.Sprint(code, " at ", d.Place.Path, d.Place.Line)
	case sameFile:
		return code + " in " + stem(d)
	case itsGroup:
		group, _, _ := strings.Cut(strings.Join(d.About, ""), ".")
		return code + " in the file " + group
	}
	return code
}

// stem is a file without the end of its name.
func stem(d diag.Diagnostic) string { return strings.TrimSuffix(d.Place.Path, path.Ext(d.Place.Path)) }

// withoutEffects leaves out what is there only because of another problem.
func withoutEffects(all []diag.Diagnostic, noPages bool) []diag.Diagnostic {
	found := causesIn(all)
	return slices.DeleteFunc(all, func(d diag.Diagnostic) bool {
		toPage := d.Code == "link-broken" || d.Code == "translated-unused"
		if toPage && len(d.About) == 1 && found["translation-missing of "+d.About[0]] {
			return true // to a page that has yet to be written
		}
		if noPages && slices.Contains([]string{"link-broken", "translated-unused"}, d.Code) && found["start-missing"] {
			return true // where no page is, all that leads to one leads nowhere
		}
		for _, e := range effects {
			if d.Code == e.code && found[where(e.because, d, e.near)] {
				return true
			}
		}
		return false
	})
}
