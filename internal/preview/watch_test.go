package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"bilanz/internal/diag"
)

// saved is the page with a sentence more.
func (p *running) saved(says string) string { return p.read(page) + "\n" + says + "\n" }

// saving are the ways in which programs save a page. Each gives the longest time for which
// the page held something else than the old or the new text, closed.
var saving = map[string]func(p *running, text string) time.Duration{
	"in place": func(p *running, text string) time.Duration {
		p.write(page, text)
		return 0
	},
	"in two parts": func(p *running, text string) time.Duration {
		f, err := os.Create(p.file(page))
		must(p.t, err)
		for _, part := range []string{text[:len(text)/3], text[len(text)/3:]} {
			time.Sleep(30 * time.Millisecond) // a drive of the network, an editor that thinks
			_, err := f.WriteString(part)
			must(p.t, err)
		}
		must(p.t, f.Close())
		return 0
	},
	"emptied, and then written": func(p *running, text string) time.Duration {
		p.write(page, "")
		empty := time.Now()
		time.Sleep(20 * time.Millisecond)
		p.write(page, text)
		return time.Since(empty)
	},
	"by a new file that takes its name": func(p *running, text string) time.Duration {
		p.write(page+".tmp", text)
		must(p.t, os.Rename(p.file(page+".tmp"), p.file(page)))
		return 0
	},
	"with a backup and a probe, as Vim does": func(p *running, text string) time.Duration {
		swap := filepath.Join(filepath.Dir(p.file(page)), ".index.md.swp")
		must(p.t, os.WriteFile(swap, []byte("b0VIM"), 0o600))
		probe := filepath.Join(filepath.Dir(p.file(page)), "4913")
		must(p.t, os.WriteFile(probe, nil, 0o644))
		must(p.t, os.Remove(probe))
		gone := time.Now()
		must(p.t, os.Rename(p.file(page), p.file(page)+"~"))
		p.write(page, text)
		took := time.Since(gone)
		must(p.t, os.Remove(p.file(page)+"~"))
		must(p.t, os.Remove(swap))
		return took
	},
	"with a lock and a spare, as Emacs does": func(p *running, text string) time.Duration {
		folder := filepath.Dir(p.file(page))
		must(p.t, os.Symlink("somebody@machine.1:2", filepath.Join(folder, ".#index.md")))
		must(p.t, os.WriteFile(filepath.Join(folder, "#index.md#"), []byte(text), 0o644))
		p.write(page, text)
		must(p.t, os.Remove(filepath.Join(folder, "#index.md#")))
		must(p.t, os.Remove(filepath.Join(folder, ".#index.md")))
		return 0
	},
	"by removal and a link, as some do": func(p *running, text string) time.Duration {
		p.write(page+".part", text)
		gone := time.Now()
		must(p.t, os.Remove(p.file(page)))
		must(p.t, os.Link(p.file(page+".part"), p.file(page)))
		took := time.Since(gone)
		must(p.t, os.Remove(p.file(page+".part")))
		return took
	},
	"by an office program, with its lock": func(p *running, text string) time.Duration {
		lock := filepath.Join(filepath.Dir(p.file(page)), ".~lock.index.md#")
		must(p.t, os.WriteFile(lock, []byte("somebody"), 0o644))
		p.write(page, text)
		must(p.t, os.Remove(lock))
		return 0
	},
}

// However a program saves: the new text is shown, and no page was ever said to be wrong.
func TestEveryWayOfSavingIsSeenAndNeverFlashesAnError(t *testing.T) {
	for how, save := range saving {
		t.Run(how, func(t *testing.T) {
			p, _ := started(t, copied(t, "sites/tiny"))
			text := p.saved("This was saved.")
			half := save(p, text)
			for _, r := range p.until("", "This was saved.") {
				if n := diag.Count(r.Result.Diagnostics, diag.Error); n > 0 && half < settled/2 {
					t.Errorf("it flashed %v", r.Result.Diagnostics[0].Text.In("en"))
				}
			}
		})
	}
}

// Of many files that change at once one build is told.
func TestAStormIsOneBuild(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	longest, last := time.Duration(0), time.Now()
	for n := range 500 {
		text := fmt.Sprintf("---\ntitle: Page %d\ndescription: One of many pages, the %dth.\n---\n\nText.\n", n, n)
		p.write(fmt.Sprintf("content/en/p%03d.md", n), text)
		longest, last = max(longest, time.Since(last)), time.Now()
	}
	reports := p.until("p499/", "One of many")
	if len(reports) > 1 && longest < storm/4 {
		t.Errorf("there were %d builds", len(reports))
	}
}

// Folders that come, go and come back, whole, with what is in them.
func TestFoldersThatMoveAreFollowed(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	const text = "---\ntitle: Deep\ndescription: A page deep down in a folder.\n---\n\nFirst.\n"
	elsewhere := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(elsewhere, "deep/down"), 0o755))
	must(t, os.WriteFile(filepath.Join(elsewhere, "deep/down/page.md"), []byte(text), 0o644))
	must(t, os.Rename(filepath.Join(elsewhere, "deep"), p.file("content/en/deep")))
	p.until("deep/down/page/", "First.")
	p.write("content/en/deep/down/page.md", strings.Replace(text, "First.", "Second.", 1))
	p.until("deep/down/page/", "Second.")
	must(t, os.Rename(p.file("content/en/deep"), filepath.Join(elsewhere, "deep")))
	for status := 200; status != 404; status, _ = p.get("deep/down/page/") {
		p.report()
	}
	must(t, os.Rename(filepath.Join(elsewhere, "deep"), p.file("content/en/later")))
	p.until("later/down/page/", "Second.")
}

func TestContentThatIsDeletedAndRestoredIsFollowed(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	kept := t.TempDir()
	must(t, os.CopyFS(kept, os.DirFS(p.file("content"))))
	must(t, os.RemoveAll(p.file("content")))
	for diag.Count(p.report().Result.Diagnostics, diag.Error) == 0 {
	}
	if status, text := p.get(""); status != 200 || !strings.Contains(text, ">37<") {
		t.Errorf("the last good page: %d %s", status, text)
	}
	must(t, os.CopyFS(p.file("content"), os.DirFS(kept)))
	p.write(page, p.saved("Restored."))
	p.until("", "Restored.")
	if m := p.messages(); m.Wrong {
		t.Errorf("%+v", m)
	}
}

// A project's own layouts and files are followed too, from the first one on.
func TestLayoutsAndFilesOfTheProjectAreFollowed(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	p.write("static/note.txt", "One note.\n")
	p.until("note.txt", "One note.")
	p.write("static/note.txt", "Another note.\n")
	p.until("note.txt", "Another note.")
	p.write("layouts/footer.html", "{{broken")
	for diag.Count(p.report().Result.Diagnostics, diag.Error) == 0 {
	}
	must(t, os.Remove(p.file("layouts/footer.html")))
	for diag.Count(p.report().Result.Diagnostics, diag.Error) > 0 {
	}
}

// A page may be a link to a file elsewhere in the project; who saves that saves the page.
func TestWhereALinkLeadsIsFollowed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	dir := copied(t, "sites/tiny")
	must(t, os.Mkdir(filepath.Join(dir, "shared"), 0o755))
	must(t, os.Rename(filepath.Join(dir, page), filepath.Join(dir, "shared/start.md")))
	must(t, os.Symlink("../../shared/start.md", filepath.Join(dir, page)))
	p, first := started(t, dir)
	if !first.Result.Written {
		t.Fatalf("%v", first.Result.Diagnostics)
	}
	p.write("shared/start.md", p.read("shared/start.md")+"\nBehind the link.\n")
	p.until("", "Behind the link.")
}

// Where the system tells of no more folders, somebody says so and looks.
func TestWhereTheSystemIsAtItsLimitSomebodyLooks(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"), func(o *Options) {
		o.refuse = func(folder string) error { return &os.PathError{Op: "watch", Path: folder, Err: syscall.ENOSPC} }
	})
	p.mu.Lock()
	notices := strings.Join(p.notices, "\n")
	p.mu.Unlock()
	if strings.Count(notices, "does not tell of every save") != 1 || !strings.Contains(notices, "max_user_watches") {
		t.Errorf("it was said: %s", notices)
	}
	p.write(page, p.saved("Looked at."))
	p.until("", "Looked at.")
}

// What editors lay beside files is told to nobody, and is never left behind in a message.
func TestWhoseFilesAre(t *testing.T) {
	for name, want := range map[string]owner{
		"content/en/index.md": authors, "static/.well-known/security.txt": authors, "content": authors,
		"content/en/.index.md.swp": nobody, "content/en/index.md~": nobody, "content/en/.#index.md": nobody,
		"content/figures/.bilanz-fix-123": nobody, "content/.git/index": nobody,
		"content/en/4913": editors, "content/en/#index.md#": editors, "content/en/index.md.tmp": editors,
		"content/figures/.~lock.visits.xlsx#": editors, "content/figures/~$visits.xlsx": editors,
		"static/.env": editors, "static/.style.css.swp": nobody, "content/en/index.md___jb_tmp___": editors,
	} {
		if got := whose(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// Two hundred saves leave nothing behind: no goroutine, no memory.
func TestNothingGrows(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	states := p.stream()
	next(t, states)
	text := p.read(page)
	measure := func() (goroutines int, heap uint64) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapAlloc
	}
	var goroutines int
	var heap uint64
	for n := range 200 {
		p.write(page, text+fmt.Sprintf("\nThe last word is %c%c.\n", 'a'+n%26, 'a'+n/26))
		p.report()
		if n == 40 {
			goroutines, heap = measure()
		}
	}
	g, h := measure()
	if g > goroutines+3 || h > heap+4<<20 {
		t.Errorf("from %d goroutines and %d bytes to %d and %d", goroutines, heap, g, h)
	}
}

// A preview that ends while a save waits for its build ends: what is left is not built over
// and over.
func TestNothingIsBuiltAfterTheEnd(t *testing.T) {
	w, err := watch(t.TempDir(), func(diag.Text) {}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	ctx, stop := context.WithCancel(t.Context())
	w.again(batch{files: []string{"content/site.yaml"}, first: time.Now().Add(-time.Minute)})
	stop()
	if b, _, err := w.next(ctx); err == nil {
		t.Errorf("%v is to be built", b.files)
	}
}
