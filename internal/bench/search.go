package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bilanz/internal/build"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// searchName is the row of the search, for -only: first questions to the page of the search of
// the real site, in a browser whose processor is slowed down to a quarter.
const searchName = "search"

const (
	firstAnswers = 40
	slowedDown   = 4
)

// answerScript asks one question of a page on which nothing was asked before, and gives the
// milliseconds until a frame shows what was found: from the first press into the field, or,
// where it waits, from the key with which the question ends.
const answerScript = `(async (n, wait) => {
  const pause = ms => new Promise(done => setTimeout(done, ms));
  const box = document.querySelector('.search'), field = box.querySelector('input');
  const { figures, sections } = await (await fetch(box.dataset.list)).json();
  const headings = [...figures, ...sections].map(row => row[0]);
  let begin = performance.now();
  field.focus();
  if (wait) {
    await pause(wait);
    begin = performance.now();
  }
  field.value = headings[n %% headings.length];
  field.dispatchEvent(new Event('input'));
  while (!globalThis.siteSearch) { // until then nobody listens
    if (performance.now() - begin > 20_000) return 0;
    await pause(1);
  }
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (box.querySelector('[role=option]')) return performance.now() - begin;
    if (performance.now() - begin > 20_000) return 0;
  }
})(%d, %d)`

// search measures how long the search lets a reader wait.
func (b *bench) search() error {
	dir := filepath.Join(b.work, "sites", searchName)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	r, err := build.Build(context.Background(), build.Options{Dir: ".", Out: dir, Write: true, NoCards: true})
	if err != nil || !r.Written {
		return errors.Join(err, errors.New("the site in content/ has problems"))
	}
	b.keep = append(b.keep, dir)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	tab, closeTab := openTab(context.Background())
	defer closeTab()
	err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		focus := emulation.SetFocusEmulationEnabledParams{Enabled: true}
		slow := emulation.SetCPUThrottlingRateParams{Rate: slowedDown}
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, focus)
		if err == nil {
			_, err = cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, slow)
		}
		return err
	}))
	if err != nil {
		return err
	}
	for _, row := range []struct {
		name, bar string
		wait      time.Duration
	}{
		{"key to first answer", "100 ms, of 95", 2 * time.Second},
		{"first press to first answer", "300 ms, of 95", 0},
	} {
		if err := firstAnswersOf(tab, server.URL, row.name, row.bar, row.wait); err != nil {
			return err
		}
	}
	return nil
}

func firstAnswersOf(tab context.Context, site, name, bar string, wait time.Duration) error {
	var took []time.Duration
	for n := range firstAnswers + 2 { // the first ones warm up
		if err := chromedp.Do(tab, chromedp.Navigate(site+"/search/")); err != nil {
			return err
		}
		ask := fmt.Sprintf(answerScript, n, wait.Milliseconds())
		ms, err := chromedp.Run(tab, chromedp.Evaluate[float64](ask, chromedp.EvalAwaitPromise))
		if err != nil || ms == 0 {
			return errors.Join(err, fmt.Errorf("the search never answered question %d", n))
		}
		if n >= 2 {
			took = append(took, time.Duration(ms*float64(time.Millisecond)))
		}
	}
	slices.Sort(took)
	measured := seconds(took[firstAnswers/2]) + ", " + seconds(took[firstAnswers*95/100-1])
	title := fmt.Sprintf("search with CPU x%d, %s: median, 95 of 100", slowedDown, name)
	fmt.Printf(rowForm, title, measured, "", "", bar)
	return nil
}
