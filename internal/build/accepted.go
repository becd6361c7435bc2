package build

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/site"
	"bilanz/internal/source"
)

// acceptedPath is where people sign for problems that may wait.
const acceptedPath = "content/accepted.yaml"

// Waivable are the codes that somebody may sign for, so that one late translation
// does not stop an urgent correction elsewhere. Never among them: a wrong number,
// a broken sum, a wrong format, a discrepancy that is lost or changed, an unknown
// id, raw HTML, a broken link.
var Waivable = []string{
	"block-differs", "block-missing", "citation-missing", "description-missing", "heading-level",
	"number-bare", "number-unlinked", "precision-differs", "reason-missing", "translation-missing",
	"translation-outdated", "translation-unrecorded",
}

// AcceptedKeys are the keys of one entry of content/accepted.yaml.
var AcceptedKeys = schema.Keys{
	{Name: "code", Kind: schema.Text, Required: true, Doc: "The code of the problem, as it stands in brackets at the end of its message."},
	{Name: "place", Kind: schema.Text, Required: true, Form: "content/de/advice.md or content/de/advice.md#advice.sessions", Doc: "The file, and after a # the figure or the heading that the problem is about."},
	{Name: "reason", Kind: schema.Line, Required: true, Doc: "Why it may wait."},
	{Name: "role", Kind: schema.Text, Required: true, Doc: "Who answers for it: an office, not a person."},
	{Name: "until", Kind: schema.Text, Required: true, Form: "2027-01-31", Doc: "The last day on which it may wait; check --release holds it against the date."},
}

// acceptance is one entry of content/accepted.yaml.
type acceptance struct {
	code  string
	path  string
	about string // the figure or heading; "" for the whole file
	diag.Waiver

	at      diag.Place
	expired bool
	used    bool
}

// judge decides how severe each problem is: what was signed for no longer stops
// the build, and a strict build stops at warnings.
type judge struct {
	strict   bool
	mu       sync.Mutex
	accepted []*acceptance
}

func (j *judge) judge(d *diag.Diagnostic) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, a := range j.accepted {
		if a.covers(d) {
			a.used = true
			if !a.expired {
				d.Severity, d.Waiver = diag.Accepted, &a.Waiver
			}
			return
		}
	}
	// The site's address belongs to where it is published, not to the content.
	if j.strict && d.Severity == diag.Warning && d.Code != "base-url-missing" {
		d.Severity = diag.Error
	}
}

func (a *acceptance) covers(d *diag.Diagnostic) bool {
	if a.code != d.Code || a.path != d.Place.Path {
		return false
	}
	about := inWords(a.about)
	return a.about == "" || strings.Contains(inWords(d.Text.In("en")), about) || strings.Contains(inWords(d.Place.Source), about)
}

// inWords is a text as ids and the addresses of headings are written, with a
// hyphen at both ends, so that "-visits-" is not found in "-visits.total-".
func inWords(s string) string {
	all := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range all {
		all[i] = strings.Trim(word, ".")
	}
	return "-" + strings.Join(all, "-") + "-"
}

// readAccepted reads what people signed for, before any problem is found.
func (b *builder) readAccepted() {
	b.judge.strict = b.o.Strict
	b.list.Judge = b.judge.judge
	if !b.project.Has(acceptedPath) {
		return
	}
	text, ok := b.project.Read(acceptedPath, &b.list)
	if !ok {
		return
	}
	node, ok := schema.Parse(schema.File{Path: acceptedPath, Text: text}, 0, len(text), &b.list, AcceptedKeys...)
	if !ok {
		return
	}
	var all []*acceptance
	for _, item := range node.Items() {
		if a := b.acceptance(item); a != nil {
			all = append(all, a)
		}
	}
	b.judge.accepted = all
}

// acceptance reads one entry; nil where it says nothing that holds.
func (b *builder) acceptance(node *schema.Node) *acceptance {
	before := b.list.Errors()
	fields, ok := node.Fields(AcceptedKeys, &b.list)
	if !ok || b.list.Errors() > before {
		return nil
	}
	a := &acceptance{code: fields.Text("code"), at: fields.Get("code").Place()}
	a.path, a.about, _ = strings.Cut(fields.Text("place"), "#")
	a.Waiver = diag.Waiver{Reason: fields.Text("reason"), Role: fields.Text("role"), Until: fields.Text("until")}
	if !slices.Contains(Waivable, a.code) {
		b.list.Add(b.notWaivable(a))
		return nil
	}
	if _, err := time.Parse(time.DateOnly, a.Until); err != nil {
		b.list.Add(diag.Diagnostic{
			Code: "accepted-until", Place: fields.Get("until").Place(),
			Text: diag.Say("%q is no date", "„%s“ ist kein Datum", a.Until),
			Ways: []diag.Text{diag.Say("write year, month and day, as in 2027-01-31", "schreiben Sie Jahr, Monat und Tag, zum Beispiel 2027-01-31")},
		})
		return nil
	}
	if b.o.Release != "" && a.Until < b.o.Release { // dates of this form sort as text
		a.expired = true
		b.list.Add(diag.Diagnostic{
			Code: "accepted-expired", Place: fields.Get("until").Place(),
			Text: diag.Say("this was accepted until %s, and that day is past", "das war bis %s hingenommen, und dieser Tag ist vorbei", a.Until),
			Ways: []diag.Text{
				diag.Say("put the problem right and delete the entry", "beheben Sie das Problem und löschen Sie den Eintrag"),
				diag.Say("agree on a new date", "vereinbaren Sie ein neues Datum"),
			},
		})
	}
	return a
}

func (b *builder) notWaivable(a *acceptance) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "accepted-code", Place: a.at,
		Text: diag.Say("%s cannot be accepted", "%s lässt sich nicht hinnehmen", a.code),
		Ways: []diag.Text{diag.Say("put the problem right; only these can wait: %s", "beheben Sie das Problem; warten können nur: %s", strings.Join(Waivable, ", "))},
	}
	if near := diag.Nearest(a.code, Waivable); len(near) > 0 {
		d.Ways = []diag.Text{diag.Say("write %s, if you mean that", "schreiben Sie %s, wenn Sie das meinen", near[0])}
	}
	return d
}

// checkAccepted reports entries that no problem needs any more. It is asked only
// where the whole way was gone: a problem further down it may not have come up.
func (b *builder) checkAccepted() {
	for _, a := range b.judge.accepted {
		if a.used {
			continue
		}
		b.list.Add(diag.Diagnostic{
			Code: "accepted-unused", Severity: diag.Warning, Place: a.at,
			Text: diag.Say("nothing in %s needs this entry any more", "nichts in %s braucht diesen Eintrag noch", a.path),
			Ways: []diag.Text{
				diag.Say("delete the entry", "löschen Sie den Eintrag"),
				diag.Say("correct its place, if the problem has moved", "berichtigen Sie place:, wenn das Problem jetzt woanders steht"),
			},
		})
	}
}

// checkRelease names what a site that goes live must not lack.
func (b *builder) checkRelease() {
	if b.o.Release == "" {
		return
	}
	c := b.config
	for _, slot := range []struct{ key, value string }{
		{"email", c.Contact.Email}, {"name", c.Contact.Name},
		{"imprint", c.Legal.Imprint}, {"privacy", c.Legal.Privacy}, {"accessibility", c.Legal.Accessibility},
		{"licence", c.Licence},
	} {
		if slot.value != "" {
			continue
		}
		b.list.Add(diag.Diagnostic{
			Code: "legal-empty", Severity: diag.Warning, Place: b.inConfig(slot.key),
			Text: diag.Say("%s is still empty, and the site is to go live", "%s ist noch leer, und die Website soll veröffentlicht werden", slot.key),
			Ways: []diag.Text{
				diag.Say("ask the office that answers for the site, and fill it in", "fragen Sie die Stelle, die für die Website verantwortlich ist, und tragen Sie es ein"),
			},
		})
	}
}

// checkUnfinished names the pages of a site that goes live on which something must
// still be entered.
func (b *builder) checkUnfinished() {
	if b.o.Release == "" {
		return
	}
	for _, p := range b.site.Pages {
		if p.Front.Missing == "" {
			continue
		}
		b.list.Add(diag.Diagnostic{
			Code: "page-unfinished", Severity: diag.Warning, Place: b.at(p, p.Front.MissingStart, p.Front.MissingEnd), Page: p.Front.Title,
			Text: diag.Say("this page still lacks: %s", "auf dieser Seite fehlt noch: %s", p.Front.Missing),
			Ways: []diag.Text{
				diag.Say("ask the office that answers for it, enter it, and delete this line", "fragen Sie die Stelle, die dafür zuständig ist, tragen Sie es ein, und löschen Sie diese Zeile"),
			},
		})
	}
}

// Language gives the language of messages that the site.yaml of a project
// chooses, or "" where it chooses none or cannot be read.
func Language(dir string) string {
	project, err := source.Open(dir)
	if err != nil {
		return ""
	}
	defer project.Close()
	var list diag.List
	if !project.Has(site.ConfigPath) {
		return ""
	}
	text, ok := project.Read(site.ConfigPath, &list)
	if !ok {
		return ""
	}
	c, ok := site.ReadConfig(schema.File{Path: site.ConfigPath, Text: text}, &list)
	if !ok {
		return ""
	}
	return c.Messages
}
