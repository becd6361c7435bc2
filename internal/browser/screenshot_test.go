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
	return errors.Join(errors.Join(errs...), contactSheet(filepath.Join(dir, "contact")))
}

// templates are a page of every template, of the fact sheet and of the pages of every shape.
func templates() ([]aPage, error) {
	all, err := allPages(samples)
	if err != nil {
		return nil, err
	}
	var pages []aPage
	for _, p := range all {
		if !p.redirect && !strings.Contains(p.path, "charts/") {
			pages = append(pages, aPage{samples, p})
		}
	}
	chart := "charts/sessions-by-kind/"
	for _, path := range []string{"", "de/", "advice/", "development/", "figures/", chart, chart + "embed/", "404.html"} {
		pages = append(pages, aPage{sheet, sitePage{path: path}})
	}
	return pages, nil
}

// looks are how templates are looked at.
var looks = []mode{
	narrowLight, phone, tablet, wideLight, {name: "1920 px", width: 1920}, wideDark, wideForced,
	{name: "390 x 844, dark", width: 390, height: 844, dark: true}, unscripted,
}

// contactSheet writes pictures of all templates in all modes into a folder, one page that
// shows the top of each side by side, with a link to the whole, and a picture of that page.
func contactSheet(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil || *siteDir != "" {
		return err
	}
	pages, err := templates()
	if err != nil {
		return err
	}
	var html strings.Builder
	html.WriteString("<!doctype html><title>Contact sheet</title><style>body{font:14px sans-serif;margin:1rem}" +
		"div{display:flex;gap:12px}figure{margin:0}" +
		"img{display:block;width:200px;height:320px;border:1px solid #999;" +
		"object-fit:cover;object-position:top}</style>")
	b := <-tabs
	defer func() { tabs <- b }()
	for _, p := range pages {
		name := filepath.Base(p.site.dir) + "-" + fileName(p.sitePage)
		fmt.Fprintf(&html, "<h2>%s</h2><div>", name)
		for i, m := range looks {
			if err := b.open(p.site.url(p.address()), m); err != nil {
				return err
			}
			file := fmt.Sprintf("%s-%d.png", name, i)
			if err := b.shoot(filepath.Join(dir, file)); err != nil {
				return err
			}
			fmt.Fprintf(&html, `<figure><a href="%[1]s"><img src="%[1]s" alt=""></a>`, file)
			fmt.Fprintf(&html, `<figcaption>%s</figcaption></figure>`, m.name)
		}
		html.WriteString("</div>")
	}
	index := filepath.Join(dir, "index.html")
	if err := os.WriteFile(index, []byte(html.String()), 0o644); err != nil {
		return err
	}
	if err := b.open("file://"+index, mode{name: "contact sheet", width: 2000}); err != nil {
		return err
	}
	return b.shoot(filepath.Join(dir, "contact.png"))
}

// shoot writes a picture of the whole open page.
func (b *tab) shoot(file string) error {
	const png = 100 // as the quality of a picture: PNG
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(png))
	if err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
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
		scheme := "light"
		if m.dark {
			scheme = "dark"
		}
		if err := b.shoot(fmt.Sprintf("%s-%d-%s.png", name, m.width, scheme)); err != nil {
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
