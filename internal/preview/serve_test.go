package preview

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
)

const page = "content/en/index.md"

// patience is for how long a test waits for what must come.
const patience = 60 * time.Second

// running is a preview that runs, of a site of its own.
type running struct {
	t       *testing.T
	dir     string
	address string // with its last slash
	stop    func() error
	reports chan Report
	server  *server

	mu      sync.Mutex
	notices []string
}

// copied puts a site of the tests into a folder of its own.
func copied(t *testing.T, site string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../build/testdata/"+site)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// started runs a preview of a folder and waits for its first build.
func started(t *testing.T, dir string, change ...func(*Options)) (*running, Report) {
	t.Helper()
	p := &running{t: t, dir: dir, reports: make(chan Report, 10_000)}
	ready := make(chan string, 1)
	o := Options{
		Build: build.Options{Dir: dir}, Addr: "127.0.0.1:0", Lang: "en",
		Ready: func(address string) { ready <- address },
		Built: func(r Report) { p.reports <- r },
		Said: func(notice diag.Text) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.notices = append(p.notices, notice.In("en"))
		},
		begun: func(s *server) { p.server = s },
	}
	for _, f := range change {
		f(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, o) }()
	p.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { p.stop() })
	select {
	case p.address = <-ready:
	case err := <-ended:
		t.Fatal("it ended at once: ", err)
	}
	return p, p.report()
}

// report waits for the next build.
func (p *running) report() Report {
	p.t.Helper()
	select {
	case r := <-p.reports:
		return r
	case <-time.After(patience):
		p.t.Fatal("no build came")
		return Report{}
	}
}

// until waits for a page that says something, and gives the builds up to then.
func (p *running) until(path, says string) (all []Report) {
	p.t.Helper()
	for {
		if _, text := p.get(path); strings.Contains(text, says) {
			return all
		}
		all = append(all, p.report())
	}
}

func (p *running) get(path string) (int, string) {
	p.t.Helper()
	answer, err := http.Get(p.address + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (p *running) file(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p *running) read(name string) string {
	p.t.Helper()
	text, err := os.ReadFile(p.file(name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

func (p *running) write(name, text string) {
	p.t.Helper()
	must(p.t, os.MkdirAll(filepath.Dir(p.file(name)), 0o755))
	must(p.t, os.WriteFile(p.file(name), []byte(text), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// token is what a page of the preview holds.
func (p *running) token() string {
	p.t.Helper()
	_, text := p.get("")
	_, rest, _ := strings.Cut(text, `name="bilanz-preview" content="`)
	token, _, ok := strings.Cut(rest, `"`)
	if !ok || len(token) < 20 {
		p.t.Fatalf("the page has no token: %s", text)
	}
	return token
}

// post asks for a change as a page of the preview does.
func (p *running) post(name string, value any, change ...func(*http.Request)) (int, string) {
	p.t.Helper()
	body, err := json.Marshal(value)
	must(p.t, err)
	r, err := http.NewRequest("POST", p.address+"_preview/"+name, bytes.NewReader(body))
	must(p.t, err)
	r.Header.Set("Origin", strings.TrimSuffix(p.address, "/"))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Bilanz-Token", p.token())
	for _, f := range change {
		f(r)
	}
	answer, err := http.DefaultClient.Do(r)
	must(p.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(p.t, err)
	return answer.StatusCode, string(text)
}

// messages are what the preview says of the latest build.
func (p *running) messages() (r report) {
	p.t.Helper()
	_, text := p.get("_preview/problems")
	must(p.t, json.Unmarshal([]byte(text), &r))
	return r
}

// stream listens to the events until the test ends.
func (p *running) stream() <-chan state {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", p.address+"_preview/events", nil)
	must(p.t, err)
	answer, err := http.DefaultClient.Do(r)
	must(p.t, err)
	states := make(chan state, 10_000)
	go func() {
		defer answer.Body.Close()
		defer close(states)
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			var st state
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(data), &st) == nil {
				states <- st
			}
		}
	}()
	return states
}

func next(t *testing.T, states <-chan state) state {
	t.Helper()
	select {
	case st, ok := <-states:
		if !ok {
			t.Fatal("the stream ended")
		}
		return st
	case <-time.After(patience):
		t.Fatal("no event came")
		return state{}
	}
}

func TestPagesComeFromMemoryWithTheScriptOfThePreview(t *testing.T) {
	p, first := started(t, copied(t, "library"))
	if !first.Result.Written || len(first.Files) > 0 {
		t.Fatalf("the first build: %+v", first.Result.Diagnostics)
	}
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		"":                      {200, "/_preview/preview.js"},
		"de/":                   {200, "/_preview/preview.css"},
		"de":                    {200, "/_preview/preview.css"}, // led to de/
		"visits/":               {200, "318,462"},
		"no/such/page/":         {404, "/_preview/preview.js"},
		"data/figures.csv":      {200, "318462"},
		"_preview/preview.js":   {200, "EventSource"},
		"_preview/base.js":      {200, "X-Bilanz-Token"},
		"_preview/head.html":    {404, ""},
		"_preview/no/such/file": {404, ""},
	} {
		if status, text := p.get(path); status != want.status || !strings.Contains(text, want.says) {
			t.Errorf("/%s: %d %.300s", path, status, text)
		}
	}
	if _, err := os.Stat(p.file("public")); err == nil {
		t.Error("a preview wrote a site")
	}
}

// The addresses of 404.html begin at the root of the host that a site is made for.
func TestASiteForAFolderOfItsHostIsFoundThere(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	if status, text := p.get("bench/"); status != 200 || !strings.Contains(text, "sat on the bench") {
		t.Errorf("%d %s", status, text)
	}
}

func TestASaveIsToldAndShown(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	states := p.stream()
	before := next(t, states)
	p.write(page, p.read(page)+"\nSomebody saved this.\n")
	after := next(t, states)
	if after.Shown <= before.Shown || after.Round <= before.Round || after.Start != before.Start || after.Problems > 0 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if _, text := p.get(""); !strings.Contains(text, "Somebody saved this.") {
		t.Errorf("the page is not the new one: %s", text)
	}
	if r := p.report(); len(r.Files) != 1 || r.Files[0] != page {
		t.Errorf("it was said that %q changed", r.Files)
	}
}

// A save that changes no page, such as of a comment, loads no page again.
func TestPagesThatStayAsTheyWereAreNotLoadedAgain(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	states := p.stream()
	before := next(t, states)
	p.write("content/figures/bench.yaml", "# Nobody sees this.\n"+p.read("content/figures/bench.yaml"))
	if after := next(t, states); after.Shown != before.Shown || after.Round != before.Round+1 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func TestABrokenSaveKeepsTheLastGoodPage(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	states := p.stream()
	before := next(t, states)
	good := p.read(page)
	p.write(page, strings.Replace(good, "[37]", "[38]", 1))
	if after := next(t, states); after.Shown != before.Shown || after.Problems != 1 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if _, text := p.get(""); !strings.Contains(text, ">37<") {
		t.Errorf("the last good page is gone: %s", text)
	}
	m := p.messages()
	if !m.Wrong || len(m.Problems) != 1 || m.Problems[0].Code != "number-differs" || m.Problems[0].Marked != "38" ||
		len(m.Problems[0].Mends) == 0 {
		t.Fatalf("the messages are %+v", m)
	}
	p.write(page, good)
	if after := next(t, states); after.Shown != before.Shown || after.Problems > 0 {
		t.Errorf("mended: %+v", after)
	}
}

func TestWhereTheFirstBuildIsBrokenAPageSaysSo(t *testing.T) {
	dir := copied(t, "sites/tiny")
	name := filepath.Join(dir, filepath.FromSlash(page))
	text, err := os.ReadFile(name)
	must(t, err)
	must(t, os.WriteFile(name, bytes.Replace(text, []byte("[37]"), []byte("[38<b>]"), 1), 0o644))
	p, _ := started(t, dir)
	status, said := p.get("any/page/")
	if status != 503 || !strings.Contains(said, "[number-differs]") && !strings.Contains(said, "bench.people") ||
		strings.Contains(said, "<b>") || !strings.Contains(said, "/_preview/preview.js") {
		t.Errorf("%d %s", status, said)
	}
	p.write(page, string(text))
	p.until("", ">37<")
}

func TestAButtonMends(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	good := p.read(page)
	p.write(page, strings.Replace(good, "[37]", "[38]", 1))
	p.report()
	m := p.messages()
	status, text := p.post("mend", map[string]any{"round": m.Round, "problem": m.Problems[0].Number, "mend": 0})
	if status != 204 {
		t.Fatalf("%d %s", status, text)
	}
	if r := p.report(); diag.Count(r.Result.Diagnostics, diag.Error) > 0 || p.read(page) != good {
		t.Errorf("it is not mended: %s", p.read(page))
	}
	if status, _ := p.post("mend", map[string]any{"round": m.Round, "all": true}); status != http.StatusConflict {
		t.Errorf("a button of an older build: %d", status)
	}
}

// Somebody saves between the messages and the press of a button.
func TestAButtonNeverWritesOverWhatSomebodySaved(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	p.write(page, strings.Replace(p.read(page), "[37]", "[38]", 1))
	p.report()
	last, _, _ := p.server.now()
	p.write(page, strings.Replace(p.read(page), "[38]", "[39]", 1))
	err := p.server.change(last.edits(true, 0, 0))
	if err == nil || !strings.Contains(refusal(err).In("en"), "changed meanwhile") {
		t.Errorf("got %v", err)
	}
	if text := p.read(page); !strings.Contains(text, "[39]") {
		t.Errorf("it holds %s", text)
	}
}

func TestStopEndsStreamsAndIsNoError(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	states := p.stream()
	next(t, states)
	begin := time.Now()
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("a stream held it up: %v", took)
	}
	for range states {
	}
}

func TestATakenPortLeadsToTheNext(t *testing.T) {
	first, err := listen("localhost:0")
	must(t, err)
	defer first.close()
	second, err := listen(fmt.Sprintf("localhost:%d", first.port))
	must(t, err)
	defer second.close()
	if !second.moved || second.port == first.port || second.port > first.port+mostPorts ||
		!strings.Contains(second.notice().In("de"), fmt.Sprint(first.port)) {
		t.Errorf("the first is at %d, the second at %d", first.port, second.port)
	}
}

func TestOnlyThisMachineIsServed(t *testing.T) {
	for addr, ok := range map[string]bool{
		"localhost:0": true, "127.0.0.1:0": true, "[::1]:0": true, "127.0.0.5:0": true,
		"0.0.0.0:0": false, ":8080": false, "[::]:0": false, "192.168.1.7:8080": false, "example.org:80": false,
		"localhost:x": false, "localhost:70000": false, "": false, "localhost.example.org:0": false, "8080": false,
	} {
		at, err := listen(addr)
		if err == nil {
			at.close()
		}
		if errors.Is(err, os.ErrPermission) || strings.HasPrefix(addr, "[::1]") && err != nil {
			continue // a machine without that loopback
		}
		if ok != (err == nil) {
			t.Errorf("%q: %v", addr, err)
		}
	}
}
