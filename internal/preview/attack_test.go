package preview

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What pages of others, and programs that guess, ask of a preview.

// raw sends a request byte for byte and gives the answer.
func (p *running) raw(request string) *http.Response {
	p.t.Helper()
	host := strings.TrimSuffix(strings.TrimPrefix(p.address, "http://"), "/")
	c, err := net.Dial("tcp", host)
	must(p.t, err)
	p.t.Cleanup(func() { c.Close() })
	must(p.t, c.SetDeadline(time.Now().Add(patience)))
	_, err = fmt.Fprint(c, strings.ReplaceAll(request, "{host}", host))
	must(p.t, err)
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	must(p.t, err)
	return answer
}

// A name that somebody else's server gave this machine's address is none of ours.
func TestOnlyItsOwnNamesAreAnswered(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	_, port, err := net.SplitHostPort(strings.TrimSuffix(strings.TrimPrefix(p.address, "http://"), "/"))
	must(t, err)
	for host, want := range map[string]int{
		"localhost:" + port: 200, "127.0.0.1:" + port: 200, "[::1]:" + port: 200, "LocalHost:" + port: 200,
		"evil.example:" + port: 421, "evil.example": 421, "localhost": 421, "localhost:1": 421, "": 421,
		"localhost.evil.example:" + port: 421, "127.0.0.1.nip.io:" + port: 421, "localhost:" + port + "0": 421,
		"localhost.:" + port: 421, "192.168.0.1:" + port: 421, "0.0.0.0:" + port: 421, "user@localhost:" + port: 400,
	} {
		for _, path := range []string{"/", "/_preview/problems", "/_preview/events"} {
			if want == 200 && path != "/" {
				continue
			}
			got := p.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").StatusCode
			if got != want && !(want == 421 && got == 400) {
				t.Errorf("%q asked for %s: %d, want %d", host, path, got, want)
			}
		}
	}
}

func TestOnlyPagesAreGot(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"} {
		for _, path := range []string{"/", "/_preview/problems", "/_preview/preview.js"} {
			got := p.raw(method + " " + path + " HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n").StatusCode
			if got < 400 || got >= 500 {
				t.Errorf("%s %s: %d", method, path, got)
			}
		}
	}
	head := p.raw("HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n")
	if head.StatusCode != 200 || head.ContentLength <= 0 {
		t.Errorf("HEAD: %d, %d bytes", head.StatusCode, head.ContentLength)
	}
}

// No change is made for a page of others, for a form, for a guess, or without the token.
func TestAChangeNeedsATokenFromAPageOfThePreview(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	p.write(page, strings.Replace(p.read(page), "[37]", "[38]", 1))
	p.report()
	wrong, want := p.read(page), map[string]any{"round": p.messages().Round, "all": true}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			if value == "" {
				r.Header.Del(name)
				return
			}
			r.Header.Set(name, value)
		}
	}
	for what, change := range map[string]func(*http.Request){
		"no token":               header("X-Bilanz-Token", ""),
		"another token":          header("X-Bilanz-Token", "AAAAAAAAAAAAAAAAAAAAAAAAAA"),
		"half a token":           header("X-Bilanz-Token", p.token()[:10]),
		"another origin":         header("Origin", "https://evil.example"),
		"no origin":              header("Origin", ""),
		"an origin that is none": header("Origin", "null"),
		"another port":           header("Origin", "http://127.0.0.1:1"),
		"another scheme":         header("Origin", strings.TrimSuffix("https"+p.address[len("http"):], "/")),
		"another site":           header("Sec-Fetch-Site", "cross-site"),
		"another port's page":    header("Sec-Fetch-Site", "same-site"),
		"an address bar":         header("Sec-Fetch-Site", "none"),
		"a form":                 header("Content-Type", "text/plain"),
		"a form with a file":     header("Content-Type", "multipart/form-data"),
		"a form of old":          header("Content-Type", "application/x-www-form-urlencoded"),
		"no type":                header("Content-Type", ""),
		"another name, rebound":  func(r *http.Request) { r.Host = "evil.example" },
		"the token in the address": func(r *http.Request) {
			r.URL.RawQuery = "token=" + r.Header.Get("X-Bilanz-Token")
			r.Header.Del("X-Bilanz-Token")
		},
	} {
		if status, _ := p.post("mend", want, change); status != 403 && status != 421 {
			t.Errorf("%s: %d", what, status)
		}
	}
	if p.read(page) != wrong {
		t.Fatalf("something was written: %s", p.read(page))
	}
	for what, value := range map[string]any{
		"a text": "x", "another key": map[string]any{"round": 2, "all": true, "path": "/etc/passwd"},
		"a list":          []int{1},
		"an endless body": map[string]any{"round": strings.Repeat("9", mostBody)},
	} {
		if status, _ := p.post("mend", value); status != 400 {
			t.Errorf("%s: %d", what, status)
		}
	}
	for _, value := range []map[string]any{
		{"round": 1, "all": true}, {"round": 99, "all": true}, {"round": want["round"], "problem": -1, "mend": 0},
		{"round": want["round"], "problem": 9, "mend": 0}, {"round": want["round"], "problem": 0, "mend": -1},
		{"round": want["round"], "problem": 0, "mend": 99},
	} {
		if status, _ := p.post("mend", value); status != 409 {
			t.Errorf("%v: %d", value, status)
		}
	}
	if p.read(page) != wrong {
		t.Fatalf("something was written: %s", p.read(page))
	}
	if status, text := p.post("mend", want); status != 204 {
		t.Errorf("with all that it needs: %d %s", status, text)
	}
}

// Nor does a page of others hear what is written here.
func TestNobodyElseListens(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	for _, path := range []string{"events", "problems", "preview.js", "base.js"} {
		for _, header := range []string{
			"Origin: https://evil.example", "Origin: null", "Origin: http://localhost:1", "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Site: same-site",
		} {
			answer := p.raw("GET /_preview/" + path + " HTTP/1.1\r\nHost: {host}\r\n" + header + "\r\n\r\n")
			if answer.StatusCode != 403 {
				t.Errorf("%s with %s: %d", path, header, answer.StatusCode)
			}
			for name := range answer.Header {
				if strings.HasPrefix(name, "Access-Control") {
					t.Errorf("%s with %s: %s", path, header, name)
				}
			}
		}
	}
}

// Nothing but files of the site, and of the preview those that are meant.
func TestNoPathLeadsOut(t *testing.T) {
	dir := copied(t, "sites/tiny")
	must(t, os.WriteFile(filepath.Join(dir, "secret.txt"), []byte("the secret"), 0o644))
	must(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.txt"), []byte("the secret"), 0o644))
	p, _ := started(t, dir)
	for _, path := range []string{
		"/../secret.txt", "/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
		"//secret.txt",
		"/..\\secret.txt", "/%5c..%5csecret.txt", "/./../secret.txt", "/secret.txt", "/content/site.yaml",
		"/content/en/index.md",
		"/%00", "/index.html%00.txt", "/_preview/../secret.txt", "/_preview/%2e%2e/secret.txt",
		"/_preview/..%2fsecret.txt",
		"/_preview/..%2fpreview.go", "/_preview/head.html", "/_preview/none.html", "/_preview/",
		"/_preview/assets/preview.js",
		"/_preview/mend", "/en/../../secret.txt", "/bench/../../secret.txt", "/.git/config",
		"/" + strings.Repeat("a/", 3000),
	} {
		answer := p.raw("GET " + path + " HTTP/1.1\r\nHost: {host}\r\n\r\n")
		body := make([]byte, 1<<16)
		n, _ := answer.Body.Read(body)
		if answer.StatusCode < 300 || strings.Contains(string(body[:n]), "the secret") {
			t.Errorf("%.60s: %d %.80s", path, answer.StatusCode, body[:n])
		}
		if to := answer.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "://") {
			t.Errorf("%.60s leads to %s", path, to)
		}
	}
}

func TestEveryAnswerBearsTheHeaders(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	for _, request := range []string{
		"GET / HTTP/1.1\r\nHost: {host}", "HEAD / HTTP/1.1\r\nHost: {host}", "GET /no/page HTTP/1.1\r\nHost: {host}",
		"GET /data/figures.json HTTP/1.1\r\nHost: {host}", "GET / HTTP/1.1\r\nHost: evil.example",
		"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0", "GET /_preview/preview.js HTTP/1.1\r\nHost: {host}",
		"GET /_preview/events HTTP/1.1\r\nHost: {host}", "GET /_preview/problems HTTP/1.1\r\nHost: {host}",
		"GET /_preview/problems HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example",
		"POST /_preview/mend HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0",
	} {
		answer := p.raw(request + "\r\n\r\n")
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%.40q: %s is %q", request, name, got)
			}
		}
		if answer.Header.Get("Content-Type") == "" && answer.StatusCode == 200 {
			t.Errorf("%.40q has no type", request)
		}
	}
}

// The token is of one start, stands in pages alone and in no script that others could load.
func TestTheTokenIsOfOneStart(t *testing.T) {
	p, _ := started(t, copied(t, "sites/tiny"))
	q, _ := started(t, copied(t, "sites/tiny"))
	token := p.token()
	if token == q.token() {
		t.Error("two starts have one token")
	}
	for _, path := range []string{"preview.js", "base.js", "problems.js", "problems"} {
		if _, text := p.get("_preview/" + path); strings.Contains(text, token) {
			t.Errorf("%s holds the token", path)
		}
	}
	if st := next(t, p.stream()); strings.Contains(token, st.Start) || strings.Contains(st.Start, token) {
		t.Error("an event says something of the token")
	}
}

// Nobody is waited for long, but a stream of events lasts.
func TestWhoIsSlowIsLetGoAndAStreamLasts(t *testing.T) {
	web := newWeb(context.Background(), nil)
	if min(web.ReadHeaderTimeout, web.ReadTimeout, web.WriteTimeout, web.IdleTimeout) <= 0 || web.MaxHeaderBytes <= 0 {
		t.Errorf("the server has no limits: %+v", web)
	}
	var s *server
	p, _ := started(t, copied(t, "sites/tiny"), func(o *Options) {
		begun := o.begun
		o.begun = func(made *server) { s = made; begun(made) }
	})
	quick := httptest.NewUnstartedServer(nil)
	s.hosts = append(s.hosts, quick.Listener.Addr().String())
	quick.Config = newWeb(t.Context(), s.handler())
	quick.Config.ReadTimeout, quick.Config.WriteTimeout = 40*time.Millisecond, 40*time.Millisecond
	quick.Start()
	t.Cleanup(quick.Close) // after the stream
	states := (&running{t: t, address: quick.URL + "/"}).stream()
	next(t, states)
	time.Sleep(200 * time.Millisecond) // past both limits
	p.write(page, p.saved("After a long time."))
	if st := next(t, states); st.Round != 2 {
		t.Errorf("got %+v", st)
	}
}
