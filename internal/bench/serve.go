package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bilanz/internal/build"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// serveName is the row of the preview, for -only: a hundred saves of a page of the real site,
// each from the end of its write to the frame in which a real browser shows the new text.
const serveName = "serve"

const saves = 100

// watchScript runs in each page, however it came there, and notes when a frame first showed
// the text that is waited for.
const watchScript = `(() => {
  const look = () => {
    const text = document.body ? document.body.textContent : '', at = text.lastIndexOf('savedtext');
    const said = at < 0 ? '' : text.slice(at, at + 15);
    if (said && said !== self.savedText) {
      self.savedText = said;
      self.savedAt = performance.timeOrigin + performance.now();
    }
    requestAnimationFrame(look);
  };
  look();
})()`

// serve measures the preview of a copy of the project's own site.
func (b *bench) serve() error {
	dir := filepath.Join(b.work, "sites", serveName)
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("content")); err != nil {
		return err
	}
	b.keep = append(b.keep, dir)
	file, err := firstPage(dir)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	address, err := startServe(ctx, b.programs[0].path, dir)
	if err != nil {
		return err
	}
	took, err := saveAndSee(ctx, address, filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	slices.Sort(took)
	measured := []string{seconds(took[saves/2]), seconds(took[saves*95/100-1]), seconds(took[saves-1])}
	fmt.Printf(rowForm, fmt.Sprintf("%d saves of a page, write to screen: median, 95 of 100, longest", saves),
		strings.Join(measured, ", "), "", "", "150 ms, of 95")
	return nil
}

// firstPage is the file of the page at the root of a site.
func firstPage(dir string) (string, error) {
	r, err := build.Build(context.Background(), build.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil || r.Site == nil {
		return "", errors.Join(err, fmt.Errorf("the site in %s cannot be read", dir))
	}
	for _, p := range r.Site.Pages {
		if p.Path == "" {
			return p.File, nil
		}
	}
	return "", fmt.Errorf("the site in %s has no first page", dir)
}

// startServe starts the preview and gives its address once it has built.
func startServe(ctx context.Context, program, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, program, "serve", "--lang", "en", "--addr", "127.0.0.1:8700", "--dir", dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(out)
	address := ""
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			address, _, _ = strings.Cut("http://"+rest, " ")
		}
		if strings.Contains(lines.Text(), " ms, ") {
			go io.Copy(io.Discard, out)
			return address, nil
		}
	}
	return "", errors.Join(lines.Err(), errors.New("the preview ended"))
}

// saveAndSee saves a page again and again, each time with other words at its end, and says
// how long a browser took to show them.
func saveAndSee(ctx context.Context, address, file string) ([]time.Duration, error) {
	saved, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	tab, closeTab := openTab(ctx)
	defer closeTab()
	err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: watchScript})
		return err
	}))
	if err = errors.Join(err, chromedp.Do(tab, chromedp.Navigate(address))); err != nil {
		return nil, err
	}
	var took []time.Duration
	for n := range saves + 3 { // the first ones warm up
		said := fmt.Sprintf("savedtext%c%c%c%c%c%c", 'a'+n%26, 'a'+n/26, 'q', 'k', 'v', 'z')
		text := slices.Concat(bytes.TrimRight(saved, "\n"), []byte("\n\nSaid last: "+said+"\n"))
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return nil, err
		}
		written := time.Now()
		seen, err := seenAt(tab, said)
		if err != nil {
			return nil, err
		}
		if n >= 3 {
			took = append(took, seen.Sub(written))
		}
		time.Sleep(150 * time.Millisecond) // nobody saves faster
	}
	return took, nil
}

// openTab is the tab of a browser of its own.
func openTab(ctx context.Context) (tab context.Context, closeTab func()) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	tab, cancel := chromedp.NewContext(allocator)
	return tab, func() { cancel(); stop() }
}

// seenAt waits until a page shows a text, and says when it did.
func seenAt(tab context.Context, said string) (time.Time, error) {
	for begin := time.Now(); time.Since(begin) < 30*time.Second; time.Sleep(20 * time.Millisecond) {
		shown := fmt.Sprintf("self.savedText === %q ? self.savedAt : 0", said)
		ms, err := chromedp.Run(tab, chromedp.Evaluate[float64](shown))
		if err == nil && ms > 0 { // an error is that of a page which goes
			return time.UnixMicro(int64(ms * 1000)), nil
		}
	}
	return time.Time{}, fmt.Errorf("no page ever said %s", said)
}
