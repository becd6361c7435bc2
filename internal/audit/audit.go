// Package audit checks the finished HTML of one page, whoever rendered it.
//
// What it finds are mostly mistakes of a layout, ours or a project's own, so the
// messages speak to whoever wrote that layout; whoever calls it says at which place
// of an author's they belong. Rules:
//
//   - It reads the tokens of a page once, front to back: a parse tree would cost
//     as much as turning the Markdown into HTML.
//   - It sees one page. Which other files there must be it returns and leaves to
//     whoever knows them all.
//   - It never stops at a mistake and never guesses what was meant.
//   - Same bytes, same report, in the order of the page.
package audit

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"bilanz/internal/diag"

	"golang.org/x/net/html/atom"
)

// Policy is the content security policy that every page begins with.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"

// Kind says what sort of page a file is, since a few may do without what all
// others must have.
type Kind int

// The kinds of page.
const (
	Ordinary Kind = iota // also a chart's own page, and the figures
	Embed                // a chart for somebody else's page: no description
	NotFound             // 404.html: its links begin with the base path, no description
	Redirect             // an old address: a title, a policy and a way on, nothing else
)

// Options says what the page is.
type Options struct {
	Kind Kind
	Base string // of NotFound: the path under which the site is published, "/" or "/repo/"
}

// Report is what one page gave.
type Report struct {
	Problems []Problem // in the order of the page
	Targets  []Target  // what the page leads to or loads, in its order, but not itself
	IDs      IDs       // where on the page others may lead
}

// Target is a place of the site, decoded.
type Target struct {
	Path string // below the site's root: "figures/"; "" is the start page
	ID   string // of a place there: "visits.total"; "" for the whole
}

// IDs are the ids of one page, each as a hash of 64 bits: those of ten thousand pages
// are kept at once.
type IDs []uint64

// Has reports whether an id is among them.
func (ids IDs) Has(id string) bool {
	_, found := slices.BinarySearch(ids, hash([]byte(id)))
	return found
}

// hash is FNV-1a, the same in every run.
func hash(id []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range id {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// Problem is one mistake in the HTML.
type Problem struct {
	Code   string    // "html-link-without-text"
	Text   diag.Text // what is wrong
	Way    diag.Text // what to do about it in the layout
	Offset int       // of the tag at fault, in bytes
	End    int       // the end of that tag
}

// Page checks the finished HTML of the file at path, which is below the site's
// root ("de/visits/index.html"). It is safe for concurrent use; the report
// shares no memory with the HTML.
func Page(path string, page []byte, o Options) Report {
	a := pool.Get().(*auditor)
	defer pool.Put(a)
	a.begin(path, page, o)
	a.read()
	a.finish()
	return a.report()
}

var pool = sync.Pool{New: func() any { return new(auditor) }}

// auditor is the state of one reading. Everything that grows is kept for the
// next page.
type auditor struct {
	path     string
	page     []byte
	o        Options
	problems []Problem

	scan        scanner
	offset, end int // of the token being read

	stack  []element // open elements
	scopes []int     // places on the stack that need text
	hidden int       // open elements that no reader hears or sees
	svg    int       // open <svg>
	labels int       // open <label>

	seen  seen
	level int // of the last heading

	text    []byte // all strings that are kept, one after the other
	ids     []name
	refs    []reference // attributes that name an id of this page
	targets []target
	scratch []byte
	// fields that were not named where they stand: a <label for> may follow
	fields []name
}

// seen is what a page must have once.
type seen struct {
	lang, head, title, description, viewport, charset, policy, first, main bool
	h1                                                                     int
}

// span is a piece of auditor.text.
type span struct{ start, end int }

type target struct{ path, id span }

type name struct {
	span
	offset, tagEnd int
}

type reference struct {
	name
	attr string
	tag  span
	soft bool // a <label for>: also names a field
}

type element struct {
	name   []byte // in the page, as written
	atom   atom.Atom
	offset int
	end    int
	hides  bool
	table  tableState
	scope  scope
}

// tableState is what a <table> was found to have.
type tableState struct{ named, headed, layout bool }

func (a *auditor) begin(path string, page []byte, o Options) {
	*a = auditor{
		path: path, page: page, o: o,
		scan:  scanner{page: page, attrs: a.scan.attrs[:0]},
		stack: a.stack[:0], scopes: a.scopes[:0], text: a.text[:0],
		ids: a.ids[:0], refs: a.refs[:0], targets: a.targets[:0], scratch: a.scratch, fields: a.fields[:0],
	}
}

func (a *auditor) read() {
	for {
		a.scan.foreign = a.svg > 0
		kind := a.scan.next()
		a.offset, a.end = a.scan.start, a.scan.end
		switch kind {
		case noToken:
			return
		case textToken:
			a.words(a.page[a.offset:a.end])
		case startTag, closedTag:
			a.start(a.scan.name, kind == closedTag)
		case endTag:
			a.close(a.scan.name)
		}
	}
}

// get gives the value of an attribute of the tag being read, and whether it is
// there at all.
func (a *auditor) get(key string) ([]byte, bool) {
	for i := range a.scan.attrs {
		if at := &a.scan.attrs[i]; string(at.key) == key {
			return at.value, true
		}
	}
	return nil, false
}

// has reports whether the tag being read has the attribute.
func (a *auditor) has(key string) bool {
	_, ok := a.get(key)
	return ok
}

// filled reports whether an attribute is there and holds more than spaces.
func (a *auditor) filled(key string) bool {
	value, _ := a.get(key)
	return len(bytes.TrimSpace(value)) > 0
}

// is reports whether an attribute has a value, in any capitals.
func (a *auditor) is(key, value string) bool {
	v, ok := a.get(key)
	return ok && bytes.EqualFold(bytes.TrimSpace(v), []byte(value))
}

func (a *auditor) keep(s []byte) span {
	start := len(a.text)
	a.text = append(a.text, s...)
	return span{start, len(a.text)}
}

func (a *auditor) at(s span) []byte { return a.text[s.start:s.end] }

// found notes a problem at the tag being read.
func (a *auditor) found(p Problem) { a.foundAt(p, a.offset, a.end) }

func (a *auditor) foundAt(p Problem, offset, end int) {
	p.Offset, p.End = offset, end
	a.problems = append(a.problems, p)
}

// report copies what was found. All targets share one string.
func (a *auditor) report() Report {
	slices.SortStableFunc(a.problems, func(p, q Problem) int { return cmp.Compare(p.Offset, q.Offset) })
	r := Report{Problems: a.problems, Targets: make([]Target, len(a.targets)), IDs: make(IDs, len(a.ids))}
	a.scratch = a.scratch[:0]
	for _, to := range a.targets {
		a.scratch = append(append(a.scratch, a.at(to.path)...), a.at(to.id)...)
	}
	all := string(a.scratch)
	for i, to := range a.targets {
		r.Targets[i].Path, all = all[:to.path.end-to.path.start], all[to.path.end-to.path.start:]
		r.Targets[i].ID, all = all[:to.id.end-to.id.start], all[to.id.end-to.id.start:]
	}
	for i, id := range a.ids {
		r.IDs[i] = hash(a.at(id.span))
	}
	slices.Sort(r.IDs)
	return r
}
