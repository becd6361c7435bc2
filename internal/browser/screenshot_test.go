package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// takeScreenshots writes a picture of every page at 320 and 1280 px, in light
// and dark, and on paper.
func takeScreenshots(dir string) error {
	all, err := allPages(atRoot)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := startTabs(); err != nil {
		return err
	}
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	for i, p := range all {
		if p.redirect {
			continue
		}
		wait.Go(func() {
			b := <-tabs
			defer func() { tabs <- b }()
			errs[i] = b.takeAll(p, filepath.Join(dir, fileName(p)))
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// fileName makes "de-visits" of "de/visits/".
func fileName(p sitePage) string {
	name := strings.ReplaceAll(strings.Trim(strings.TrimSuffix(p.path, ".html"), "/"), "/", "-")
	if name == "" {
		return "index"
	}
	return name
}

func (b *tab) takeAll(p sitePage, name string) error {
	if err := b.open(atRoot.url(p.address()), wideLight); err != nil {
		return err
	}
	for _, m := range []mode{wideLight, wideDark, narrowLight, narrowDark} {
		if err := b.wear(m); err != nil {
			return err
		}
		const png = 100 // as the quality of a picture: PNG
		picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(png))
		if err != nil {
			return err
		}
		scheme := "light"
		if m.dark {
			scheme = "dark"
		}
		if err := os.WriteFile(fmt.Sprintf("%s-%d-%s.png", name, m.width, scheme), picture, 0o644); err != nil {
			return err
		}
	}
	if err := b.wear(wideLight); err != nil {
		return err
	}
	pdf, err := b.pdf()
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".pdf", pdf, 0o644); err != nil {
		return err
	}
	return exec.Command(pdftoppm, "-png", "-r", "70", name+".pdf", name+"-page").Run()
}
