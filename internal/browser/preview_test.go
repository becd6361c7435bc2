package browser

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// served is a preview of a copy of the fact sheet, by the real command.
type served struct {
	t       *testing.T
	dir     string
	address string
}

// serve starts the command in a copy of a project, as a person does.
func serve(t *testing.T) *served {
	t.Helper()
	return serveIn(t, "en")
}

// serveIn starts it with the language of its messages.
func serveIn(t *testing.T, lang string) *served {
	t.Helper()
	sitesOfOurOwn(t)
	p := &served{t: t, dir: t.TempDir()}
	p.must(os.CopyFS(p.dir, os.DirFS(filepath.Join(project, "internal/build/testdata/sites/iq-2022"))))
	cmd := exec.Command(program, "serve", "--addr", "127.0.0.1:0", "--lang", lang)
	cmd.Dir = p.dir
	out, err := cmd.StdoutPipe()
	p.must(err)
	p.must(cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if cmd.Wait(); cmd.ProcessState.ExitCode() != 130 {
			t.Errorf("stopped with Ctrl-C, it exits with %d", cmd.ProcessState.ExitCode())
		}
	})
	lines := bufio.NewScanner(out)
	for p.address == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			address, _, _ := strings.Cut(rest, " ")
			p.address = "http://" + address
		}
	}
	for lines.Scan() && !strings.Contains(lines.Text(), " ms, ") {
	}
	go func() {
		for lines.Scan() {
		}
	}()
	return p
}

func (p *served) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// change saves a file of the project with one text in place of another.
func (p *served) change(name, old, with string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	text, err := os.ReadFile(file)
	p.must(err)
	if !strings.Contains(string(text), old) {
		p.t.Fatalf("%s does not say %q", name, old)
	}
	p.must(os.WriteFile(file, []byte(strings.Replace(string(text), old, with, 1)), 0o644))
}

// until waits until an expression is true in the page, which may be loaded anew meanwhile.
func (p *served) until(b *tab, expression string) {
	p.t.Helper()
	var last error
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(50 * time.Millisecond) {
		ok, err := eval[bool](b, "!!("+expression+")")
		if ok && err == nil {
			return
		}
		last = err
	}
	p.t.Fatalf("never true: %s (%v)", expression, last)
}

const (
	advice    = "content/en/advice.md"
	hasDialog = `document.querySelector('dialog[role=dialog][open]')`
	hasText   = `document.body.textContent.includes(%q)`
)

// A save is seen where the reader stood, a broken one below its message, and a button mends it.
func TestThePreviewFollowsWhatIsSaved(t *testing.T) {
	t.Parallel()
	p := serve(t)
	withTab(t, func(b *tab) {
		p.must(b.open(p.address+"advice/", wideLight))
		if _, err := eval[bool](b, "scrollTo(0, 700), true"); err != nil {
			t.Fatal(err)
		}
		p.change(advice, "Network IQ offered", "Somebody saved this. Network IQ offered")
		p.until(b, fmt.Sprintf(hasText, "Somebody saved this.")+" && scrollY === 700")

		p.change(advice, "[416,374]", "[416,999]")
		p.until(b, hasDialog)
		p.until(b, hasDialog+`.textContent.includes('416,999')`)
		p.until(b, hasDialog+`.contains(document.activeElement)`)
		p.until(b, fmt.Sprintf(hasText, "Somebody saved this.")+` && scrollY === 700`)
		for _, m := range []mode{wideLight, narrowLight, wideDark} {
			if found := p.axe(b, m); found != "" {
				t.Errorf("%s: %s", m.name, found)
			}
		}
		p.must(b.set(wideLight))
		if _, err := eval[bool](b, hasDialog+`.querySelector('button.mend').click(), true`); err != nil {
			t.Fatal(err)
		}
		p.until(b, "!"+hasDialog)
		if text, _ := os.ReadFile(filepath.Join(p.dir, advice)); strings.Contains(string(text), "416,999") {
			t.Error("the button did not mend the file")
		}
		for _, said := range b.said() {
			if strings.Contains(said, "Content Security Policy") || strings.HasPrefix(said, "exception") {
				t.Error(said)
			}
		}
	})
}

// Who closes the messages sees the page, with a badge that brings them back.
func TestTheMessagesOfThePreviewCloseWithEscape(t *testing.T) {
	t.Parallel()
	p := serve(t)
	withTab(t, func(b *tab) {
		p.must(b.open(p.address+"advice/", wideLight))
		p.change(advice, "[416,374]", "[416,999]")
		p.until(b, hasDialog)
		press(t, b, kb.Escape)
		p.until(b, "!"+hasDialog+` && document.activeElement.classList.contains('badge')`)
		if _, err := eval[bool](b, `document.activeElement.click(), true`); err != nil {
			t.Fatal(err)
		}
		p.until(b, hasDialog)
		p.change(advice, "[416,999]", "[416,374]")
		p.until(b, "!"+hasDialog+` && !document.querySelector('.bilanz-preview.badge.wrong')`)
	})
}

// A page that is deleted is not found, and comes back with its file.
func TestAPageThatIsDeletedIsNotFound(t *testing.T) {
	t.Parallel()
	p := serve(t)
	file := filepath.Join(p.dir, "content/en/brand-new.md")
	text := []byte("---\ntitle: Brand new\ndescription: A page that comes and goes, for a test.\n" +
		"only: en\nreason: It is there for a test.\n---\n\nIt is there.\n")
	withTab(t, func(b *tab) {
		p.must(b.open(p.address+"brand-new/", wideLight))
		p.must(os.WriteFile(file, text, 0o644))
		p.until(b, fmt.Sprintf(hasText, "It is there."))
		p.must(os.Remove(file))
		p.until(b, "!"+fmt.Sprintf(hasText, "It is there.")+` && document.querySelector('main.lost')`)
	})
}

// axe gives what axe-core finds wrong with the open messages.
func (p *served) axe(b *tab, m mode) string {
	p.t.Helper()
	p.must(b.set(m))
	p.must(b.bring())
	found, err := eval[string](b, `axe.run('dialog[open]').then(r =>
		r.violations.map(v => v.id + ' ' + v.nodes[0].html).join('; '))`)
	p.must(err)
	return found
}
