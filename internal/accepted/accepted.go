// Package accepted is what people signed for: problems that may wait
// (content/accepted.yaml), and translations that were compared with their source
// (content/translated.yaml).
//
// Rules:
//   - What would put a wrong number on a page can never be signed for.
//   - An entry names a code, a place, a reason, who answers for it and a last day.
//   - An entry that nothing needs any more is a problem itself.
//   - The date is handed in: the same content is judged alike on any day.
package accepted

import (
	"slices"
	"strings"
	"sync"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Path is where people sign for problems that may wait.
const Path = "content/accepted.yaml"

// Waivable are the codes that somebody may sign for, so that one late translation
// does not stop an urgent correction elsewhere. Never among them: a wrong number,
// a broken sum, a wrong format, a discrepancy that is lost or changed, an unknown
// id, raw HTML, a broken link.
var Waivable = []string{
	"block-differs", "block-missing", "citation-missing", "description-missing",
	"figure-gone", "figure-jump", "heading-level", "image-alt-vague", "link-vague",
	"name-shared", "number-bare", "number-unlinked", "precision-differs", "reason-missing",
	"short-shared", "title-shared",
	"translation-missing", "translation-outdated", "translation-unrecorded",
}

// Keys are the keys of one entry of content/accepted.yaml.
var Keys = schema.Keys{
	{Name: "code", Kind: schema.Text, Required: true,
		Doc: "The code of the problem, as it stands in brackets at the end of its message."},
	{Name: "place", Kind: schema.Text, Required: true,
		Form: "content/de/advice.md or content/de/advice.md#advice.sessions",
		Doc:  "The file, and after a # the id of the figure or block, or the anchor of the heading, that the problem is about."},
	{Name: "reason", Kind: schema.Line, Required: true, Doc: "Why it may wait."},
	{Name: "role", Kind: schema.Text, Required: true, Doc: "Who answers for it: an office, not a person."},
	{Name: "until", Kind: schema.Text, Required: true, Form: "2027-01-31",
		Doc: "The last day on which it may wait; check --release holds it against the date."},
}

// compared are the codes that come up only where the project is compared with another
// state: nobody else can tell whether an entry for one is needed.
var compared = []string{"figure-gone", "figure-jump"}

// acceptance is one entry of content/accepted.yaml.
type acceptance struct {
	code  string
	path  string
	about string // the figure, block or heading; "" for the whole file
	diag.Waiver

	at      diag.Place
	expired bool
	used    bool
}

// Judge decides how severe each problem is: what was signed for no longer stops
// the build, and a strict build stops at warnings. It is safe for concurrent use
// once it has read what people signed for.
type Judge struct {
	Strict   bool
	Compared bool // the project is compared with another state

	mu      sync.Mutex
	entries []*acceptance
}

// Judge sets the severity of a problem.
func (j *Judge) Judge(d *diag.Diagnostic) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, a := range j.entries {
		if a.covers(d) {
			a.used = true
			if !a.expired {
				d.Severity, d.Waiver = diag.Accepted, &a.Waiver
			}
			return
		}
	}
	// The site's address belongs to where it is published, not to the content.
	if j.Strict && d.Severity == diag.Warning && d.Code != "base-url-missing" {
		d.Severity = diag.Error
	}
}

// covers reports whether somebody signed for a problem: for all of its kind in the
// file, or for those about one figure, block or heading, and not about its parts.
func (a *acceptance) covers(d *diag.Diagnostic) bool {
	return a.code == d.Code && a.path == d.Place.Path && (a.about == "" || slices.Contains(d.About, a.about))
}

// Read reads what people signed for, before any other problem is found. A release
// day, as in 2027-01-31, is held against the last days; "" holds nothing.
func (j *Judge) Read(file schema.File, release string, list *diag.List) {
	node, ok := schema.Parse(file, 0, len(file.Text), list, Keys...)
	if !ok {
		return
	}
	var all []*acceptance
	for _, item := range node.Items() {
		if a := readEntry(item, release, list); a != nil {
			all = append(all, a)
		}
	}
	j.entries = all
}

// readEntry reads one entry; nil where it says nothing that holds.
func readEntry(node *schema.Node, release string, list *diag.List) *acceptance {
	before := list.Errors()
	fields, ok := node.Fields(Keys, list)
	if !ok || list.Errors() > before {
		return nil
	}
	a := &acceptance{code: fields.Text("code"), at: fields.Get("code").Place()}
	a.path, a.about, _ = strings.Cut(fields.Text("place"), "#")
	a.Waiver = diag.Waiver{Reason: fields.Text("reason"), Role: fields.Text("role"), Until: fields.Text("until")}
	if !slices.Contains(Waivable, a.code) {
		list.Add(notWaivable(a))
		return nil
	}
	if _, err := time.Parse(time.DateOnly, a.Until); err != nil {
		list.Add(diag.Diagnostic{
			Code: "accepted-until", Place: fields.Get("until").Place(),
			Text: diag.Say("%q is no date", "„%s“ ist kein Datum", a.Until),
			Ways: []diag.Text{diag.Say("write year, month and day, as in 2027-01-31",
				"schreiben Sie Jahr, Monat und Tag, zum Beispiel 2027-01-31")},
		})
		return nil
	}
	if release != "" && a.Until < release { // dates of this form sort as text
		a.expired = true
		list.Add(diag.Diagnostic{
			Code: "accepted-expired", Place: fields.Get("until").Place(),
			Text: diag.Say("this was accepted until %s, and that day is past",
				"das war bis %s hingenommen, und dieser Tag ist vorbei", a.Until),
			Ways: []diag.Text{
				diag.Say("put the problem right and delete the entry",
					"beheben Sie das Problem und löschen Sie den Eintrag"),
				diag.Say("agree on a new date", "vereinbaren Sie ein neues Datum"),
			},
		})
	}
	return a
}

func notWaivable(a *acceptance) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "accepted-code", Place: a.at,
		Text: diag.Say("%s cannot be accepted", "%s lässt sich nicht hinnehmen", a.code),
		Ways: []diag.Text{diag.Say("put the problem right; only these can wait: %s",
			"beheben Sie das Problem; warten können nur: %s", strings.Join(Waivable, ", "))},
	}
	if near := diag.Nearest(a.code, Waivable); len(near) > 0 {
		d.Ways = []diag.Text{diag.Say("write %s, if you mean that", "schreiben Sie %s, wenn Sie das meinen", near[0])}
	}
	return d
}

// CheckUnused reports entries that no problem needs any more. It is asked only
// where the whole way was gone: a problem further down it may not have come up.
func (j *Judge) CheckUnused(list *diag.List) {
	for _, a := range j.entries {
		if a.used || !j.Compared && slices.Contains(compared, a.code) {
			continue
		}
		list.Add(diag.Diagnostic{
			Code: "accepted-unused", Severity: diag.Warning, Place: a.at,
			Text: diag.Say("nothing in %s needs this entry any more",
				"nichts in %s braucht diesen Eintrag noch", a.path),
			Ways: []diag.Text{
				diag.Say("delete the entry", "löschen Sie den Eintrag"),
				diag.Say("correct its place, if the problem has moved",
					"berichtigen Sie place:, wenn das Problem jetzt woanders steht"),
			},
		})
	}
}
