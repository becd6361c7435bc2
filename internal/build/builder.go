package build

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"bilanz/internal/accepted"
	"bilanz/internal/chart"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
	"bilanz/internal/source"
	"bilanz/layouts"
	"bilanz/static"
)

// builder is one build on its way.
type builder struct {
	ctx           context.Context
	stop          context.CancelCauseFunc // with the first error of the machine
	o             Options
	judge         accepted.Judge
	noteUses      map[string][]Use // what notes in the figure files cite, by id
	siteProblems  diag.List
	auditProblems diag.List // what is wrong with finished pages; said only where the content is right
	project       *source.Project
	tree          *output.Tree // nil for a check
	theme         *render.Theme
	studio        *chart.Studio

	config  *site.Config
	base    string // the site's address; "" where not known
	figures *figure.Set
	site    *site.Site
	tongues map[string]*tongue // by language

	mu      sync.Mutex
	images  map[string]picture // by file
	charts  int
	written map[string]bool   // addresses of files so far
	listed  []string          // addresses of pages that search engines may list
	twice   []string          // addresses that two files claim
	targets map[string]string // where finished pages link to, and a page that does

	saidInNote   map[*figure.Figure]bool // those whose very value a note says
	translations []accepted.Translation  // where there is a record of them
	outdated     map[*site.Page]bool     // translations whose source changed since

	excused map[string]bool // finished pages whose headings somebody signed for

	published []string // the files of the site that is to be replaced
}

// tongue is what all pages of one language share.
type tongue struct {
	lang     *locale.Lang
	root     string // "" or "de/"
	context  *prose.Context
	frame    *render.Frame
	passages passages
	inOrder  []*site.Page // of the main navigation
	split    bool         // there are too many figures for one page
	mentions sync.Map     // the HTML of numbers in prose, by mention
}

// open gets everything ready that does not depend on the content: the project's
// folder, the layouts, the lock on the output.
func open(ctx context.Context, o Options) (*builder, error) {
	ctx, stop := context.WithCancelCause(ctx)
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	b := &builder{ctx: ctx, stop: stop, o: o, images: map[string]picture{}, written: map[string]bool{}, targets: map[string]string{}, excused: map[string]bool{}, noteUses: map[string][]Use{}, saidInNote: map[*figure.Figure]bool{}, outdated: map[*site.Page]bool{}}
	to := output.Options{Dir: o.Out, Project: o.Dir, Wait: o.Wait, Sources: sources(o.Dir)}
	if err := output.Check(to); err != nil {
		return nil, err
	}
	var err error
	if b.project, err = source.Open(o.Dir); err != nil {
		return nil, err
	}
	b.project.Reversed = o.reversed
	if b.theme, err = render.New(b.layer("layouts", layouts.FS), b.layer("static", static.FS)); err != nil {
		b.close()
		return nil, err
	}
	if o.Write {
		if b.tree, err = output.Open(ctx, to); err != nil {
			b.close()
			return nil, err
		}
	}
	if b.tree != nil {
		b.published = b.tree.Published()
	} else if b.published, err = output.Published(to); err != nil {
		b.close()
		return nil, err
	}
	if o.cache == nil {
		o.cache = output.NewCache(filepath.Join(o.Dir, ".bilanz", "cache"), cacheLimit)
	}
	b.studio = chart.NewStudio(o.cache, o.Workers)
	return b, nil
}

// cacheLimit is how many bytes of drawn charts are kept.
const cacheLimit = 64 << 20

func sources(dir string) []string {
	var all []string
	for _, name := range []string{"content", "layouts", "static", "cmd", "internal", "docs"} {
		all = append(all, filepath.Join(dir, name))
	}
	return all
}

// layer puts the project's own files of a folder over those that are built in.
func (b *builder) layer(folder string, below fs.FS) fs.FS {
	if !b.project.Has(folder) {
		return below
	}
	return source.Overlay(b.project.Sub(folder), below)
}

// close gives up what was not published.
func (b *builder) close() {
	if b.tree != nil {
		b.tree.Close() // what was published is published; the spare is nobody's
	}
	b.project.Close()
	b.stop(nil)
}

// fail stops the build because of the machine.
func (b *builder) fail(err error) {
	if err != nil {
		b.stop(err)
	}
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
	var workers sync.WaitGroup
	for range min(b.o.Workers, n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && b.ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}

// write hands a finished file on. It does not keep data.
func (b *builder) write(path string, data []byte) {
	if !b.writeOnce(path, data) {
		b.mu.Lock()
		b.twice = append(b.twice, path)
		b.mu.Unlock()
	}
}

// writeOnce is for files that several pages share, such as an image. It reports
// whether the file is the first at its address.
func (b *builder) writeOnce(path string, data []byte) bool {
	b.mu.Lock()
	twice := b.written[path]
	b.written[path] = true
	b.mu.Unlock()
	if !twice && b.tree != nil {
		b.fail(b.tree.Write(path, data))
	}
	return !twice
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
	r := Result{Diagnostics: b.siteProblems.Sorted(), Charts: b.charts, Set: b.figures, Site: b.site, Uses: b.listUses(), saidInNote: b.saidInNote, Translations: b.translations}
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
	if b.tree == nil || diag.Count(r.Diagnostics, diag.Error) > 0 {
		return r, nil
	}
	var err error
	r.Output, err = b.tree.Publish(b.ctx)
	r.Written = err == nil
	return r, err
}
