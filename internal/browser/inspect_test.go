package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/preview"
)

// desk is a preview of a copy of the library, in a tab.
type desk struct {
	*testing.T
	b    *tab
	dir  string
	host string
}

// withDesk serves a copy of the library, in which a label would break out of a careless page.
func withDesk(t *testing.T, lang string, f func(desk)) {
	t.Helper()
	dir := t.TempDir()
	library := filepath.Join(project, "internal/build/testdata/library")
	if err := os.CopyFS(dir, os.DirFS(library)); err != nil {
		t.Fatal(err)
	}
	d := desk{T: t, dir: dir}
	d.write("content/figures/visits.yaml", "{en: Locations in the register,",
		"{en: \"<img src=x onerror=document.title='broken'>\",")
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	built := make(chan bool, 100)
	go func() {
		ended <- preview.Serve(ctx, preview.Options{
			Build: build.Options{Dir: dir}, Addr: "127.0.0.1:0", Lang: lang, Ready: func(at string) { ready <- at },
			Built: func(preview.Report) { built <- true }, Said: func(diag.Text) {},
		})
	}()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	select {
	case d.host = <-ready:
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	<-built
	withTab(t, func(b *tab) {
		d.b = b
		defer func() { _ = b.open("about:blank", wideLight) }() // a stream keeps no preview waiting
		f(d)
	})
}

func (d desk) text(name string) string {
	d.Helper()
	text, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.Fatal(err)
	}
	return string(text)
}

func (d desk) write(name, old, with string) {
	d.Helper()
	text := d.text(name)
	if strings.Count(text, old) != 1 {
		d.Fatalf("%q does not stand once in %s", old, name)
	}
	err := os.WriteFile(filepath.Join(d.dir, name), []byte(strings.Replace(text, old, with, 1)), 0o644)
	if err != nil {
		d.Fatal(err)
	}
}

// open goes to a page and waits for the inspector.
func (d desk) open(page string, m mode) {
	d.Helper()
	if err := d.b.open(d.host+page, m); err != nil {
		d.Fatal(err)
	}
	d.until(`!!r`)
}

// inspector is what each expression below begins with: r is the inspector's tree, one and all
// find in it, press presses the button with a text.
const inspector = `const r = document.querySelector("bilanz-inspector")?.shadowRoot;
	const all = (s) => [...(r?.querySelectorAll(s) ?? [])], one = (s) => r?.querySelector(s);
	const press = (s) => {
		const b = all("button").find((b) => !b.hidden && b.innerText.startsWith(s));
		b?.focus();
		b?.click();
		return !!b;
	};
	const number = (id) => {
		document.querySelector('main .fig-link:has([data-figure="' + id + '"])').click();
		return true;
	};
	const into = (s) => { const f = one(s); f?.focus(); f?.select(); return f && r.activeElement === f; };
	const says = (s) => one(s)?.innerText ?? "";
`

// until waits until something is true, on whichever page is open then.
func (d desk) until(condition string) {
	d.Helper()
	var last error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		is, err := eval[bool](d.b, "(() => {"+inspector+" return !!("+condition+") })()")
		if is {
			return
		}
		last = err
	}
	d.Fatalf("never true: %s (%v); the inspector says: %s", condition, last, d.ask(`says(".panel")`))
}

func (d desk) ask(expression string) string {
	d.Helper()
	return ask(d.T, d.b, "(() => {"+inspector+" return String("+expression+") })()")
}

func (d desk) press(text string) {
	d.Helper()
	d.until(fmt.Sprintf("press(%q)", text))
}

// typeInto writes into a field, in place of what stands there.
func (d desk) typeInto(field, text string) {
	d.Helper()
	d.until(fmt.Sprintf("into(%q)", field))
	press(d.T, d.b, strings.Split(text, "")...)
}

// A number is pressed, another value typed, what follows is seen in both languages, written,
// and taken back: the files hold what was shown, byte for byte.
func TestANumberIsInspectedChangedAndTakenBack(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "de", func(d desk) {
		yaml, en, de := "content/figures/visits.yaml", "content/en/visits.md", "content/de/visits.md"
		before := [3]string{d.text(yaml), d.text(en), d.text(de)}
		d.open("de/visits/", wideLight)
		d.press("Prüfen")
		d.press("Zahl auf der Seite")
		d.until(`document.documentElement.classList.contains("bilanz-picking")`)
		d.until(`number("network.volunteers")`)
		d.until(`says(".name") === "Freiwillige" && says("dd.now") === "rund 400 Freiwillige"`)
		if at := d.ask(`says("dd.place")`); at != "content/figures/visits.yaml:65:33" {
			t.Errorf("it stands at %s", at)
		}
		if where := d.ask(`says(".body")`); !strings.Contains(where, "(en)") || !strings.Contains(where, "(de)") {
			t.Errorf("it does not say where it stands: %s", where)
		}

		d.typeInto("input[type=text]", "rund 1.500")
		d.until(`says(".taken").includes("rund 1.500 Freiwillige") && !!one(".save")`)
		result := d.ask(`says("#result")`)
		for _, want := range []string{
			"rund 1.500", "around 1,500", "Sätze, die folgen", "Es käme kein Problem hinzu.",
		} {
			if !strings.Contains(result, want) {
				t.Errorf("%q is not shown: %s", want, result)
			}
		}
		if got := [3]string{d.text(yaml), d.text(en), d.text(de)}; got != before {
			t.Fatal("something was written before it was asked for")
		}
		d.press("Schreiben")
		d.until(`document.querySelector('main [data-figure="network.volunteers"]')?.textContent === "rund 1.500"`)
		want := [3]string{
			strings.Replace(before[0], "value: around 400,", "value: around 1500,", 1),
			strings.Replace(before[1], "[around 400]", "[around 1,500]", 1),
			strings.Replace(before[2], "[rund 400]", "[rund 1.500]", 1),
		}
		if got := [3]string{d.text(yaml), d.text(en), d.text(de)}; got != want {
			t.Errorf("the files hold %q", got)
		}
		d.until(`says(".status") === "Geschrieben: 3 Stellen in 3 Dateien."`)
		d.until(`says("dd.now") === "rund 1.500 Freiwillige"`)
		d.press("Zurücknehmen: Freiwillige")
		d.until(`document.querySelector('main [data-figure="network.volunteers"]')?.textContent === "rund 400"`)
		if got := [3]string{d.text(yaml), d.text(en), d.text(de)}; got != before {
			t.Errorf("not all is back: %q", got)
		}
		for _, message := range d.b.said() {
			t.Errorf("on the console: %s", message)
		}
	})
}

// What would be wrong is shown before it is written, and the pages stay until it is mended.
func TestWhatWouldFailIsSeenBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "en", func(d desk) {
		d.open("visits/", wideLight)
		// Without the inspector the page's own card opens, and a button beside it leads on.
		d.until(`number("visits.total")`)
		d.press("Change: Visits")
		d.until(`says(".name") === "Visits"`)
		d.typeInto("input[type=text]", "318,500")
		d.until(`says(".messages").includes("sum") || says(".messages").includes("parts")`)
		d.typeInto("input[type=text]", "12%")
		d.until(`says("#result").includes("no percentage") && !one(".save")`)
		d.typeInto("input[type=text]", "318,462")
		d.until(`says("#result") === "" || says("#result").includes("already")`)
		press(t, d.b, kb.Escape)
		d.until(`!one(".panel").open && r.activeElement === one(".toggle")`)
	})
}

// Two windows on one figure: the second is told what the first wrote, keeps what was typed,
// and overwrites nothing unless the person says so.
func TestTheSecondWindowIsToldWhatTheFirstWrote(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "en", func(d desk) {
		d.open("visits/", wideLight)
		d.press("Inspect")
		d.press("All figures")
		d.typeInto("#filter", "opening-days")
		d.until(`all("tbody tr").length === 1`)
		d.typeInto("tbody input", "297")
		d.press("Try what was typed")
		d.until(`!!one(".save")`)
		d.write("content/figures/visits.yaml", "{value: 296, unit: days", "{value: 298, unit: days")
		d.press("Write")
		d.until(`says(".status").includes("Meanwhile somebody wrote 298 here")`)
		if text := d.text("content/figures/visits.yaml"); !strings.Contains(text, "value: 298, unit: days") {
			t.Error("it was overwritten")
		}
		d.until(`says(".other").includes("298")`)
		d.press("Keep mine")
		d.until(`one("tbody input")?.value === "297" && !one(".other")`)
		d.press("Try what was typed")
		d.press("Write")
		d.until(`says(".status").startsWith("Written")`)
		if text := d.text("content/figures/visits.yaml"); !strings.Contains(text, "value: 297, unit: days") {
			t.Error("it was not written")
		}
	})
}

// An answer that comes late never takes the place of a newer one.
func TestALateAnswerIsNotShown(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "en", func(d desk) {
		d.open("visits/", wideLight)
		d.until(`(() => {
			const real = window.fetch; let n = 0;
			const late = (x) => new Promise((done) => setTimeout(() => done(x), 3000));
			window.fetch = (...a) => String(a[0]).endsWith("/try") && n++ === 0
				? real(a[0], { ...a[1], signal: undefined }).then(late) : real(...a);
			return true;
		})()`)
		d.until(`number("network.locations")`)
		d.press("Change: Locations")
		d.typeInto("input[type=text]", "more than 31")
		time.Sleep(600 * time.Millisecond) // it is asked for by now, and answered late
		d.typeInto("input[type=text]", "more than 32")
		d.until(`says(".taken").includes("more than 32")`)
		time.Sleep(3500 * time.Millisecond)
		if taken := d.ask(`says(".taken")`); !strings.Contains(taken, "more than 32") {
			t.Errorf("the late answer took its place: %s", taken)
		}
	})
}

// The table of all figures is found through by words and by numbers, a label with markup
// stays text, the keyboard reaches all, and a reload in between keeps what was typed.
func TestTheTableOfAllFigures(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "en", func(d desk) {
		d.open("visits/", narrowDark)
		d.press("Inspect")
		d.press("All figures")
		d.typeInto("#filter", "171905")
		d.until(`all("tbody tr").length === 1 && says("tbody").includes("visits.total.central")`)
		d.typeInto("#filter", "onerror")
		d.until(`all("tbody tr").length === 1 && says("tbody th").includes("<img src=x")`)
		if broken := d.ask(`document.title === "broken" || all("img").length > 0`); broken != "false" {
			t.Error("a label became an element")
		}
		d.typeInto("tbody input", "35")
		d.write("content/en/visits.md", "[more than 30](fig:network.locations) locations, with",
			"[over 30](fig:network.locations) locations, with")
		d.until(`document.querySelector("main").textContent.includes("over 30 locations")`)
		d.until(`one("tbody input")?.value === "35" && r.activeElement === one("tbody input")`)
		small := d.ask(`all("button, input:not([type=checkbox]), summary")
			.filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)`)
		if small != "" {
			t.Errorf("too small to touch: %s", small)
		}
		for _, m := range []mode{narrowDark, wideLight} {
			if err := d.b.wear(m); err != nil {
				t.Fatal(err)
			}
			if err := d.b.bring(); err != nil {
				t.Fatal(err)
			}
			faults, err := eval[string](d.b, `axe.run(document.querySelector("bilanz-inspector"))
				.then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html)).join("; "))`)
			if err != nil || faults != "" {
				t.Errorf("%s: %s %v", m.name, faults, err)
			}
		}
		d.press("To do")
		d.until(`all(".body h3").length === 4`)
		d.press("Since the last commit")
		d.until(`says(".status") !== "" || says(".changes") !== ""`)
	})
}
