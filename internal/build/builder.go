package build

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"bilanz/internal/accepted"
	"bilanz/internal/audit"
	"bilanz/internal/chart"
	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/drawn"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/parallel"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
	"bilanz/internal/source"
)

// builder is one build on its way.
type builder struct {
	ctx      context.Context
	stop     context.CancelCauseFunc // with the first error of the machine
	o        Options
	judge    accepted.Judge
	theme    *render.Theme
	layouts  []render.File // the project's own
	studio   *chart.Studio
	drawings drawn.Cache

	project   *source.Project
	given     []given // files that were handed to the build beside it
	sink      Sink
	tree      *output.Tree // the sink, where that is a folder of a disk; nil otherwise
	cards     bool         // social cards are drawn
	published []string     // the files of the site that is to be replaced

	again         reread // for the places of late problems
	siteProblems  diag.List
	auditProblems diag.List // what is wrong with finished pages; said only where the content is right

	languages *locale.Set // that the site may have
	config    *site.Config
	base      string // the site's address; "" where not known
	figures   *figure.Set
	site      *site.Site
	tongues   map[string]*tongue // by language

	charts atomic.Int64

	mu             sync.Mutex
	images         map[attached]asset
	placed         map[string]diag.Place   // where pages use a picture that says where it was taken, by file
	written        map[string]bool         // addresses of files so far
	listed         []string                // addresses of pages that search engines may list
	names          names                   // of these files and their folders
	unusable       map[string]diag.Text    // of these names, why not every system can keep them
	size           size                    // of all files
	targets        map[audit.Target]string // where finished pages link to, and a page that does
	ids            map[string]audit.IDs    // the places on finished pages, by file
	layoutProblems map[diag.Place]bool     // that were said
	excused        map[string]bool         // finished pages whose headings somebody signed for

	found   map[*site.Page]found // what the search finds of them
	printed map[*site.Page]*kept // those that the page for paper shows; nil for one that was not read

	noteUses     map[string][]Use // what notes in the figure files cite, by id
	noteLinks    []noteLink
	explained    []explanation
	notePlaces   []compare.Place           // what notes say, where the state is asked for
	ofFigures    *compare.State            // the figures alone, as others get them; made when first asked for
	saidInNote   map[*figure.Figure]bool   // those whose very value a note says
	translations []accepted.Translation    // where somebody asks for them
	record       *accepted.Record          // of what they said when they were compared; nil for none
	newer        map[*site.Page]*site.Page // by page: the same page in a language in which it changed since
}

// tongue is what all pages of one language share.
type tongue struct {
	lang     *locale.Lang
	context  *prose.Context
	passages present.Passages
	views    *present.Language
	frame    *render.Frame
}

// open gets everything ready that does not depend on the content: the project's
// files, the layouts, the place that the site goes to.
func open(ctx context.Context, o Options) (*builder, error) {
	ctx, stop := context.WithCancelCause(ctx)
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	b := &builder{
		ctx: ctx, stop: stop, o: o, sink: nowhere{},
		images: map[attached]asset{}, placed: map[string]diag.Place{}, written: map[string]bool{}, targets: map[audit.Target]string{},
		ids: map[string]audit.IDs{}, layoutProblems: map[diag.Place]bool{},
		excused: map[string]bool{}, noteUses: map[string][]Use{}, saidInNote: map[*figure.Figure]bool{},
		found: map[*site.Page]found{}, newer: map[*site.Page]*site.Page{}, unusable: map[string]diag.Text{},
		names: names{map[string]string{}, map[string]map[string]bool{}},
	}
	for _, step := range []func() error{b.openPlace, b.openProject, b.openGiven, b.openSink} {
		if err := step(); err != nil {
			b.close()
			return nil, err
		}
	}
	if b.drawings = o.Drawings; b.drawings == nil {
		b.drawings = OpenDrawings(o.Cache, o.Dir)
	}
	return b, nil
}

// openPlace refuses an output folder that must not be written to, before anything is
// read.
func (b *builder) openPlace() error {
	if b.o.Into != nil {
		return nil
	}
	return output.Check(b.place())
}

func (b *builder) place() output.Options {
	return output.Options{Dir: b.o.Out, Project: b.o.Dir, Wait: b.o.Wait, Sources: sources(b.o.Dir)}
}

func (b *builder) openProject() (err error) {
	if b.o.Files != nil {
		b.project = source.New(b.o.Files)
	} else if b.project, err = source.Open(b.o.Dir); err != nil {
		if output.TooManyOpen(err) {
			return output.CannotRead(b.o.Dir, err)
		}
		return noFolder(b.o.Dir, err)
	}
	b.project.Unsaved, b.project.Heard, b.project.Reversed = b.o.Unsaved, b.o.Heard, b.o.reversed
	b.project.Broken = func(name string, err error) { b.fail(output.CannotRead(filepath.Join(b.o.Dir, name), err)) }
	return nil
}

// noFolder says why a folder cannot be a project's, to whoever named it.
func noFolder(dir string, err error) error {
	refusal := &output.Error{
		Kind: output.Refused, Code: "folder-missing", Err: err,
		Text: diag.Say("there is no folder %s", "einen Ordner %s gibt es nicht", dir),
		Ways: []diag.Text{diag.Say("name the folder that holds content/",
			"nennen Sie den Ordner, der content/ enthält")},
	}
	if !errors.Is(err, fs.ErrNotExist) {
		refusal.Text = diag.Say("%s is no folder that can be read", "%s ist kein Ordner, der gelesen werden kann", dir)
	}
	return refusal
}

// openSink opens what the finished files go to. A folder is locked until the build
// ends.
func (b *builder) openSink() (err error) {
	b.cards = (b.o.Write || b.o.Into != nil) && !b.o.NoCards
	switch {
	case b.o.Into != nil:
		b.sink = b.o.Into
	case b.o.Write:
		if b.tree, err = output.Open(b.ctx, b.place()); err != nil {
			return err
		}
		b.sink, b.published = b.tree, b.tree.Published()
	default:
		b.published, err = output.Published(b.place())
	}
	return err
}

// OpenDrawings gives where drawings of a project are kept, in a folder outside of it; nil
// where they cannot be.
func OpenDrawings(folder, dir string) drawn.Cache {
	if folder == "" {
		return nil
	}
	if cache := output.OpenCache(folder, dir, cacheLimit); cache != nil {
		return cache
	}
	return nil
}

// cacheLimit is how many bytes of drawings are kept.
const cacheLimit = 64 << 20

func sources(dir string) []string {
	var all []string
	for _, name := range []string{"content", "layouts", "static", "cmd", "internal", "docs"} {
		all = append(all, filepath.Join(dir, name))
	}
	return all
}

// close gives up what was not published.
func (b *builder) close() {
	if b.tree != nil {
		b.tree.Close() // what was published is published; the spare is nobody's
	}
	if b.project != nil {
		b.project.Close()
	}
	b.stop(nil)
}

// fail stops the build because of the machine. What is wrong with a layout of the
// project's own is said once, however many pages it makes.
func (b *builder) fail(err error) {
	var layout *render.Problem
	switch {
	case err == nil:
	case !errors.As(err, &layout):
		b.stop(err)
	case b.first(layout.Diagnostic.Place):
		b.siteProblems.Add(layout.Diagnostic)
	}
}

// first reports whether this is the first problem of a layout at a place.
func (b *builder) first(place diag.Place) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.layoutProblems[place]
	b.layoutProblems[place] = true
	return !known
}

// failed gives the error that stopped the build, if one did.
func (b *builder) failed() error {
	if b.ctx.Err() != nil {
		return context.Cause(b.ctx)
	}
	return nil
}

// each calls do for 0 to n-1, on all workers, and stops early when the build
// fails.
func (b *builder) each(n int, do func(i int)) {
	var next atomic.Int64
	var workers parallel.Group
	for range min(b.o.Workers, n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && b.ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}

// eachTongue calls do for every language, on all workers.
func (b *builder) eachTongue(do func(t *tongue)) {
	b.each(len(b.config.Langs), func(i int) { do(b.tongues[b.config.Langs[i].Code]) })
}

// write hands a finished file on. It does not keep data.
func (b *builder) write(path string, data []byte) {
	b.mu.Lock()
	alone := b.claim(path, len(data))
	b.mu.Unlock()
	if alone {
		b.fail(b.sink.Write(path, data))
	}
}

// claim takes an address for a file, and reports whether the file can lie there.
func (b *builder) claim(path string, length int) bool {
	b.written[path] = true
	b.size.add(path, length)
	if name, why := unusable(path); name != "" {
		b.unusable[name] = why
		return false
	}
	return b.names.claim(path)
}

// writeOnce is for files that several pages share, such as an image.
func (b *builder) writeOnce(path string, data []byte) {
	b.mu.Lock()
	alone := !b.written[path] && b.claim(path, len(data))
	b.mu.Unlock()
	if alone {
		b.fail(b.sink.Write(path, data))
	}
}

// drawCard draws the social card of a page and gives what the page says of it. A
// check draws none: a card has nothing to find fault with.
func (b *builder) drawCard(card present.Card) render.SocialCard {
	if b.cards && card.To != "" && !card.Drawn {
		data, err := card.PNG(b.drawings, b.theme.Palette())
		b.fail(err)
		if err == nil {
			b.write(card.To, data)
		}
	}
	return card.View()
}

// buffers are used again from page to page: a fresh one each costs a quarter.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func buffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

// publish puts the finished site in its place, unless something is wrong.
func (b *builder) publish() (Result, error) {
	r := Result{
		Diagnostics: b.late(b.siteProblems.Sorted()), Charts: int(b.charts.Load()), Set: b.figures, Site: b.site,
		Uses: b.listUses(), saidInNote: b.saidInNote, Translations: b.translations, Record: b.record,
		LeftOut: b.project.Litter(), Size: b.size, State: b.state(),
	}
	if b.site != nil {
		r.Pages = len(b.site.Pages)
		titles := map[string]string{}
		for _, p := range b.site.Pages {
			titles[p.File] = p.Front.Title
		}
		for i := range r.Diagnostics {
			r.Diagnostics[i].Page = titles[r.Diagnostics[i].Place.Path]
		}
	}
	if b.figures != nil {
		r.Figures = len(b.figures.All())
	}
	if diag.Count(r.Diagnostics, diag.Error) > 0 {
		return r, nil
	}
	if b.tree == nil {
		r.Written = b.o.Into != nil
		return r, nil
	}
	var err error
	r.Output, err = b.tree.Publish(b.ctx)
	r.Written = err == nil
	return r, err
}
