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
			chromedp.Flag("hide-scrollbars", true),
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

// patience is how long one page may take.
const patience = 2 * time.Minute

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

// loaded waits for the fonts, and for pictures that come when they are seen.
const loaded = `Promise.all([document.fonts.ready, ...[...document.images].map(image => {
	image.loading = "eager";
	return image.decode().catch(() => {});
})]).then(() => true)`

// open opens a page. It does so twice: the first time the font may come too late to be used.
func (b *browser) open(ctx context.Context, address string) error {
	for range 2 {
		if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
			return err
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](loaded, chromedp.EvalAwaitPromise)); err != nil {
			return err
		}
	}
	return nil
}

// printPage gives a page of a site as a PDF.
func (b *browser) printPage(address, base string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := b.open(ctx, address); err != nil {
		return nil, err
	}
	call := fmt.Sprintf("(%s)(%q)", lead, base)
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](call, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	return printed(ctx)
}

// printDocument gives a document of many pages as a PDF.
func (b *browser) printDocument(address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 5*patience)
	defer cancel()
	if err := b.open(ctx, address); err != nil {
		return nil, err
	}
	return printed(ctx)
}

// printed prints the open page.
func printed(ctx context.Context) ([]byte, error) {
	yes := true
	return chromedp.Run(ctx, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) {
		p.GenerateTaggedPDF, p.GenerateDocumentOutline = &yes, &yes
		p.PreferCSSPageSize, p.PrintBackground = &yes, &yes
		p.PaperWidth, p.PaperHeight = chromedp.PaperA4.Width, chromedp.PaperA4.Height
	}))
}

// grow makes the frames of a page as high as the highest of what they show, and gives that
// height, but for what is too high.
const grow = `async most => {
	const frames = [...document.querySelectorAll("iframe")];
	for (const frame of frames) {
		const inside = frame.contentDocument;
		for (const image of inside.images) image.loading = "eager";
		await inside.fonts.ready;
		await Promise.all([...inside.images].map(image => image.decode().catch(() => {})));
	}
	const high = Math.max(...frames.map(frame => frame.contentDocument.documentElement.scrollHeight));
	for (const box of document.querySelectorAll("iframe, .none")) box.style.blockSize = Math.min(high, most) + "px";
	return high;
}`

// shoot takes a picture of a page whose frames grow to what they show, and says whether all of
// it is to be seen.
func (b *browser) shoot(address string, width, most, beside int) (png []byte, whole bool, err error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 800)); err != nil {
		return nil, false, err
	}
	if err := b.open(ctx, address); err != nil {
		return nil, false, err
	}
	call := fmt.Sprintf("(%s)(%d)", grow, most)
	high, err := chromedp.Run(ctx, chromedp.Evaluate[int](call, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, false, err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), int64(min(high, most)+beside))); err != nil {
		return nil, false, err
	}
	png, err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
	return png, high <= most, err
}
