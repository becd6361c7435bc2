package browser

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one tab of one browser, which looks at one page after the other. Each
// tab has a browser of its own, so that the keyboard's focus is always in it.
type tab struct {
	ctx   context.Context
	close func()
	in    mode // how it looks now; without a name and a sheet, which are the page's

	mu       sync.Mutex
	messages []string // of the console, and exceptions
	requests []request
}

type request struct {
	id     network.RequestID
	url    string
	status int64
	failed string // why
}

// mode is how a page is looked at.
type mode struct {
	name     string
	width    int64
	height   int64 // 900 where it is not given
	dark     bool
	forced   bool   // forced colours, as in Windows high contrast
	print    bool   // as it will be on paper
	sheet    string // styles that the reader brings along
	noScript bool
}

var (
	wideLight   = mode{name: "1280 px, light", width: 1280}
	wideDark    = mode{name: "1280 px, dark", width: 1280, dark: true}
	wideForced  = mode{name: "1280 px, forced colours", width: 1280, forced: true}
	narrowLight = mode{name: "320 px, light", width: 320}
	narrowDark  = mode{name: "320 px, dark", width: 320, dark: true}
	tablet      = mode{name: "768 px", width: 768}
	largeText   = mode{name: "1280 px, text at 200 %", width: 1280, sheet: "html { font-size: 200% !important }"}
	largeNarrow = mode{name: "640 px, text at 200 %", width: 640, sheet: "html { font-size: 200% !important }"}
	spacedWide  = mode{name: "1280 px, text spacing", width: 1280, sheet: textSpacing}
	spacedTight = mode{name: "320 px, text spacing", width: 320, sheet: textSpacing}
	unscripted  = mode{name: "without JavaScript", width: 1280, noScript: true}
)

// textSpacing is the success criterion 1.4.12 of WCAG.
const textSpacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`

//go:embed testdata/look.js
var lookSource string

var (
	tabs     = make(chan *tab, 64)
	openTabs []*tab
	tabsOnce sync.Once
	tabsErr  error
)

// withTab lends a tab.
func withTab(t *testing.T, f func(*tab)) {
	t.Helper()
	tabsOnce.Do(func() { tabsErr = startTabs() })
	if tabsErr != nil {
		t.Fatal(tabsErr)
	}
	b := <-tabs
	defer func() { tabs <- b }()
	f(b)
}

// mostTabs is one more than there are processors, since each waits now and then for its
// page to be drawn.
var mostTabs = min(runtime.NumCPU(), 7) + 1

func startTabs() error {
	for range mostTabs {
		b, err := newTab()
		if err != nil {
			return fmt.Errorf("starting %s: %w", chromium, err)
		}
		openTabs = append(openTabs, b)
		tabs <- b
	}
	return nil
}

func closeTabs() {
	for _, b := range openTabs {
		b.close()
	}
}

func newTab() (*tab, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "en-GB"),
		// A page that asks for another host must be seen to ask, but get no answer.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &tab{ctx: ctx, close: func() { cancel(); stop() }}
	if err := chromedp.Listen(ctx, b.heard); err != nil {
		b.close()
		return nil, err
	}
	return b, chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		helper := page.AddScriptToEvaluateOnNewDocumentParams{Source: "globalThis.look = " + lookSource}
		if _, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, helper); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
}

// heard keeps what the page said and asked for.
func (b *tab) heard(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *cdpruntime.EventConsoleAPICalled:
		b.messages = append(b.messages, fmt.Sprintf("console.%s", e.Type))
	case *cdpruntime.EventExceptionThrown:
		b.messages = append(b.messages, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.messages = append(b.messages, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			b.requests = append(b.requests, request{id: e.RequestID, url: e.Request.URL})
		}
	case *network.EventResponseReceived:
		for i := range b.requests {
			if b.requests[i].id == e.RequestID {
				b.requests[i].status = e.Response.Status
			}
		}
	case *network.EventLoadingFailed:
		for i := range b.requests {
			if b.requests[i].id == e.RequestID {
				b.requests[i].failed = e.ErrorText
			}
		}
	}
}

// forget begins a new page.
func (b *tab) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages, b.requests = nil, nil
}

func (b *tab) said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.messages...)
}

func (b *tab) asked() []request {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]request(nil), b.requests...)
}

// open goes to an address and waits until the page and its font are there.
func (b *tab) open(address string, m mode) error {
	if err := b.set(m); err != nil {
		return err
	}
	b.forget()
	// Hosts share their cookies over all ports.
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	return b.wear(m)
}

// wear puts the mode on the open page.
func (b *tab) wear(m mode) error {
	if err := b.set(m); err != nil {
		return err
	}
	_, err := eval[bool](b, fmt.Sprintf("look.settle(%q, %t)", m.sheet, !m.noScript))
	return err
}

// set emulates width, colours and scripting, where they are others than before.
func (b *tab) set(m mode) error {
	m.name, m.sheet = "", ""
	if m == b.in {
		return nil
	}
	b.in = m
	media, scheme, forced := "", "light", "none"
	if m.print {
		media = "print"
	}
	if m.dark {
		scheme = "dark"
	}
	if m.forced {
		forced = "active"
	}
	return chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: m.width, Height: cmp.Or(m.height, 900), DeviceScaleFactor: 1,
		})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "forced-colors", Value: forced},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: m.noScript})
		return err
	}))
}

// eval runs an expression in the page, in which "look" is the helper, and waits
// for its promise. Every page begins with the helper, unless it runs no scripts.
func eval[T any](b *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	source := expression
	if b.in.noScript {
		source = "if (!globalThis.look) globalThis.look = " + lookSource + ";\n" + expression
	}
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
	if err != nil {
		err = fmt.Errorf("%s: %w", expression, err)
	}
	return value, err
}

// bring loads axe-core into the page, once.
func (b *tab) bring() error {
	there, err := eval[bool](b, "!!globalThis.axe")
	if err != nil || there {
		return err
	}
	return chromedp.Do(b.ctx, chromedp.Evaluate[chromedp.Void](axe))
}
