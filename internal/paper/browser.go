package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browser is one Chromium.
type browser struct {
	ctx   context.Context
	close func()
}

var names = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
}

func start() (*browser, error) {
	for _, name := range names {
		found, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.DisableGPU,
			// What is printed is all there: nothing is asked of anybody else.
			chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		)
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		b := &browser{ctx: ctx, close: func() { cancel(); stop() }}
		// The tab lives as long as the first context that it is used with.
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
			b.close()
			return nil, err
		}
		return b, nil
	}
	return nil, errors.New("no Chromium is installed; \"make pdf\" installs it where it may")
}

// lead makes the links to other pages of the site lead to where it will lie, or nowhere where
// nobody said. Their addresses need not be printed behind them.
const lead = `base => {
	for (const a of document.querySelectorAll("a[href]")) {
		const to = new URL(a.href);
		if (to.origin !== location.origin || to.pathname === location.pathname) continue;
		if (!base) { a.removeAttribute("href"); continue; }
		a.href = base + to.pathname.slice(1) + to.hash;
		a.classList.add("fig-link");
	}
	return document.fonts.ready.then(() => true);
}`

// loaded waits for the fonts.
const loaded = "document.fonts.ready.then(() => true)"

// print gives the page at an address as a PDF. It is opened twice: the first time the font
// may come too late to be used.
func (b *browser) print(address, base string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	for range 2 {
		if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
			return nil, err
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](loaded, chromedp.EvalAwaitPromise)); err != nil {
			return nil, err
		}
	}
	call := fmt.Sprintf("(%s)(%q)", lead, base)
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](call, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	yes := true
	return chromedp.Run(ctx, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) {
		p.GenerateTaggedPDF, p.GenerateDocumentOutline = &yes, &yes
		p.PreferCSSPageSize, p.PrintBackground = &yes, &yes
		p.PaperWidth, p.PaperHeight = chromedp.PaperA4.Width, chromedp.PaperA4.Height
	}))
}
