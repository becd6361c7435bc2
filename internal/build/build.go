// Package build is the one way from content to site.
//
// A build, a check and a preview all take it; a check only leaves out the last
// step. The error of [Build] means that the machine is broken (a disk is full,
// the output is refused); [Result.Diagnostics] says what is wrong with the
// content. With one error in the content nothing is written.
package build

import (
	"context"
	"io/fs"
	"time"

	"bilanz/internal/accepted"
	"bilanz/internal/chart"
	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/drawn"
	"bilanz/internal/figure"
	"bilanz/internal/output"
	"bilanz/internal/site"
)

// A Sink takes the finished files of a site: a folder of a disk, or the memory of a
// preview. Write may be called by several goroutines at once, with each path once; it
// does not keep data.
type Sink interface {
	Write(path string, data []byte) error
}

// nowhere is the sink of a check.
type nowhere struct{}

func (nowhere) Write(string, []byte) error { return nil }

// Options says what to build, and where to.
type Options struct {
	Dir     string            // the project's folder, which holds content/
	Files   fs.FS             // the project's files, where they are in no folder of a disk; nil for those in Dir
	Unsaved map[string][]byte // by file: text that stands in place of what is saved, or of nothing
	Out     string            // the folder of the site, as given; relative to the working directory
	Write   bool              // false: check, do everything but write
	Into    Sink              // hand the files to this instead of writing them to Out; nil for Out
	NoCards bool              // draw no social cards
	ForDisk bool              // the site is to be opened from a disk, where no server answers
	With    string            // a folder with files to publish below data/, as they are; "" for none
	Cache   string            // the folder where drawings are kept, outside of the project; "" for none

	Drawings  drawn.Cache   // where drawings are kept, in place of the folder Cache; nil for that
	Workbooks drawn.Cache   // where they are kept, and on no disk, since they hold numbers; nil for none
	Engines   chart.Engines // kept from build to build; nil for some of its own
	Heard     bool          // who builds hears of each save, and builds anew: no file need be quiet first

	BaseURL      string                   // the site's address; "" for the one in site.yaml
	Strict       bool                     // warnings stop the build too
	Release      string                   // today, as in 2027-01-31, to hold end dates against; "" holds none
	Wait         time.Duration            // how long to wait for another builder
	Workers      int                      // pages at a time; 0 for one a core
	Uses         bool                     // list where each figure stands
	Retype       bool                     // keep how values are typed, so that they can be typed anew
	Translations bool                     // list the translations, recorded or not
	State        bool                     // say what the project says, for a comparison
	Words        bool                     // say the words of its pages, too
	Against      *compare.State           // warn of what changed against it as a slip would; nil for nothing
	Progress     func(done, total int)    // called by several pages at once; may be nil
	Outlined     func(pages, figures int) // told how much there is to do, before the pages are read; may be nil
	Drawing      func()                   // told once, before the first picture that the cache lacks; may be nil

	reversed bool // for tests: read every folder from the last file to the first
}

// Result is what came of a build.
type Result struct {
	Diagnostics            []diag.Diagnostic // sorted by place
	Pages, Charts, Figures int
	Set                    *figure.Set      // the figures; nil where the site could not be read
	Site                   *site.Site       // the pages and what each cites; nil likewise
	Uses                   map[string][]Use // by id; nil unless asked for
	saidInNote             map[*figure.Figure]bool
	Translations           []accepted.Translation // recorded or not, by file; none unless asked for
	Record                 *accepted.Record       // of what they said when they were compared; nil for none
	State                  *compare.State         // nil unless asked for, and where the site could not be read
	LeftOut                []string               // files that systems and offices left in the project's folders, which are not published
	Size                   size                   // what the site would take
	Written                bool
	Output                 output.Summary // where Written
}

// Build reads the project in o.Dir and writes its site to o.Out.
func Build(ctx context.Context, o Options) (Result, error) {
	b, err := open(ctx, o)
	if err != nil {
		return Result{}, err
	}
	defer b.close()

	if b.outline() { // front matter and addresses of all pages, the figures and their checks
		b.pages()  // parse, verify, render, audit, write to the spare; one page a turn
		b.finish() // fragments, parity, where-used; the pages that list others
		b.checkUnread()
	}
	if err := b.failed(); err != nil {
		return Result{}, err
	}
	return b.publish()
}

// Edits are the changes that "bilanz fix" makes about the diagnostics, where there
// is no choice; with link also those that turn bare numbers into links.
func (r Result) Edits(link bool) []diag.Edit {
	var edits []diag.Edit
	for _, d := range r.Diagnostics {
		if d.Code == "number-bare" && !link {
			continue
		}
		for _, e := range d.Edits {
			if !e.Choice {
				edits = append(edits, e)
			}
		}
	}
	return edits
}
