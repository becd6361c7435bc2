package browser

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	siteDir     = flag.String("site", "", "test the finished site in this folder instead of building the project's own")
	screenshots = flag.String("screenshots", "", "write pictures of all pages into this folder instead of testing")
	pictures    = flag.String("pictures", "", "write those of the documents into this folder instead of testing")
	states      = flag.String("states", "", "with -pictures: where the sites of the guides lie")
)

// project is the root of the repository.
const project = "../.."

// The project's own site as it lies at the root of a host, and below a path of one. It
// may be any site: its pages are looked at, whatever they say, and it need not have any
// one thing. What tests look for stands in sites of their own: a fact sheet that was
// published, the charts of docs/charts.md, every kind of them, charts whose labels would
// break out of a careless page, tables of every size, and pages of every shape.
var atRoot, below, sheet, guide, hostile, tables, samples site

// The fact sheet once more, built to be opened from a disk.
var onDisk site

// site is a finished site and the host that serves it.
type site struct {
	dir    string
	prefix string // "/" or "/repo/"
	host   string // "http://127.0.0.1:40123"
}

// url gives the address of a page: "http://127.0.0.1:40123/repo/de/".
func (s site) url(page string) string { return s.host + s.prefix + page }

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(mostTabs)); err != nil {
		panic(err)
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if err := findTools(); err != nil {
		return 0, err
	}
	work, err := os.MkdirTemp("", "bilanz-browser-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	atRoot = site{dir: filepath.Join(work, "root"), prefix: "/"}
	below = site{dir: filepath.Join(work, "repo"), prefix: "/repo/"}
	sheet = site{dir: filepath.Join(work, "sheet"), prefix: "/"}
	onDisk = site{dir: filepath.Join(work, "disk")}
	guide = site{dir: filepath.Join(work, "guide"), prefix: "/"}
	hostile = site{dir: filepath.Join(work, "hostile"), prefix: "/"}
	tables = site{dir: filepath.Join(work, "tables"), prefix: "/"}
	samples = site{dir: filepath.Join(work, "samples"), prefix: "/"}
	defer closeTabs()
	if *pictures != "" {
		return 0, takePictures(work, *states, *pictures)
	}
	if *siteDir != "" {
		atRoot.dir, below.dir = *siteDir, *siteDir
		sheet.dir, guide.dir, hostile.dir, tables.dir, samples.dir = "", "", "", "", ""
	} else if err := buildSites(work); err != nil {
		return 0, err
	}
	for _, s := range []*site{&atRoot, &below, &sheet, &guide, &hostile, &tables, &samples} {
		server := httptest.NewServer(pages(s.dir, s.prefix))
		defer server.Close()
		s.host = server.URL
	}
	if *screenshots != "" {
		return 0, takeScreenshots(*screenshots)
	}
	return m.Run(), nil
}

// program is the command, which is built once.
var program string

func buildProgram(work string) error {
	program = filepath.Join(work, "bilanz")
	if out, err := command("go", "build", "-o", program, "./cmd/bilanz"); err != nil {
		return fmt.Errorf("building the command: %w\n%s", err, out)
	}
	return nil
}

// buildSites builds the project's own site twice, and those of the tests.
func buildSites(work string) error {
	if err := buildProgram(work); err != nil {
		return err
	}
	return errors.Join(
		buildSheet(filepath.Join(work, "sheet-project")),
		buildOwn(filepath.Join(work, "sheet-project"), atRoot),
		buildOwn(filepath.Join(work, "sheet-project"), below),
		buildDemo(filepath.Join(work, "guide-project"), "internal/build/testdata/guide", guide.dir),
		buildDemo(filepath.Join(work, "hostile-project"), "internal/browser/testdata/hostile", hostile.dir),
		buildDemo(filepath.Join(work, "tables-project"), "internal/browser/testdata/tables", tables.dir),
		buildSamples(filepath.Join(work, "samples-project")),
	)
}

// buildOwn builds the project's own site, whose errors are the business of "bilanz check":
// where it has some, the fact sheet is looked at in its place.
func buildOwn(inItsPlace string, s site) error {
	var said []byte
	var err error
	for _, dir := range []string{project, inItsPlace} {
		said, err = commandIn(dir, program, "build", "--out", s.dir, "--base-url", "https://example.org"+s.prefix)
		if failed := (*exec.ExitError)(nil); !errors.As(err, &failed) || failed.ExitCode() != hasProblems {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("building the site: %w\n%s", err, said)
	}
	return nil
}

// hasProblems is the exit code where the content has errors.
const hasProblems = 1

// buildSheet builds the fact sheet that internal/build tests with.
func buildSheet(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(project, "internal/build/testdata/sites/iq-2022"))); err != nil {
		return err
	}
	said, err := commandIn(dir, program, "build", "--for-disk", "--out", onDisk.dir)
	if err != nil {
		return fmt.Errorf("building for a disk: %w\n%s", err, said)
	}
	return buildCopy(dir, sheet.dir)
}

// buildDemo builds pages of charts with the figures of the library that internal/build
// tests with.
func buildDemo(dir, pages, out string) error {
	library := filepath.Join(project, "internal/build/testdata/library/content")
	config, err := os.ReadFile(filepath.Join(library, "site.yaml"))
	if err != nil {
		return err
	}
	err = errors.Join(withFigures(dir, pages), os.WriteFile(filepath.Join(dir, "content/site.yaml"), config, 0o644))
	if err != nil {
		return err
	}
	return buildCopy(dir, out)
}

// withFigures puts pages and the figures of the library into a folder.
func withFigures(dir, pages string) error {
	figures := filepath.Join(project, "internal/build/testdata/library/content/figures")
	return errors.Join(
		os.CopyFS(dir, os.DirFS(filepath.Join(project, pages))),
		os.CopyFS(filepath.Join(dir, "content/figures"), os.DirFS(figures)),
	)
}

// buildSamples builds the pages of every shape, whose third language is written from right
// to left. Its catalogue lacks words; the English ones stand there.
func buildSamples(dir string) error {
	if err := withFigures(dir, "internal/browser/testdata/samples"); err != nil {
		return err
	}
	var english, arabic map[string]any
	for name, into := range map[string]*map[string]any{"en.json": &english, "testdata/ar.json": &arabic} {
		text, err := os.ReadFile(filepath.Join(project, "internal/locale", name))
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			return err
		}
	}
	words := arabic["words"].(map[string]any)
	for word, text := range english["words"].(map[string]any) {
		if words[word] == nil {
			words[word] = text
		}
	}
	catalogue, err := json.Marshal(arabic)
	if err != nil {
		return err
	}
	err = errors.Join(
		os.Mkdir(filepath.Join(dir, "content/locale"), 0o755),
		os.WriteFile(filepath.Join(dir, "content/locale/ar.json"), catalogue, 0o644),
	)
	if err != nil {
		return err
	}
	return buildCopy(dir, samples.dir)
}

// buildCopy builds a project of the tests where it was put together.
func buildCopy(dir, out string) error {
	if said, err := commandIn(dir, program, "build", "--out", out, "--base-url", "https://example.org/"); err != nil {
		return fmt.Errorf("building %s: %w\n%s", filepath.Base(dir), err, said)
	}
	return nil
}

func command(name string, args ...string) ([]byte, error) { return commandIn(project, name, args...) }

func commandIn(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return cmd.CombinedOutput()
}

// chromium, pdftotext and pdftoppm are the tools that the tests run; axe is the
// source of axe-core.
var chromium, pdftotext, pdftoppm, axe string

func findTools() error {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
	} {
		if found, err := exec.LookPath(name); err == nil {
			chromium = found
			break
		}
	}
	source, err := os.ReadFile("testdata/node_modules/axe-core/axe.min.js")
	axe = string(source)
	pdftotext, _ = exec.LookPath("pdftotext")
	pdftoppm, _ = exec.LookPath("pdftoppm") // of the same package
	if chromium == "" || pdftotext == "" || err != nil {
		return errors.New(`these tests need Chromium, pdftotext and axe-core; "make browser" installs them`)
	}
	return nil
}

// pages serves a finished site as GitHub Pages does: a folder without its slash
// is a redirect, an unknown address gets 404.html.
func pages(dir, prefix string) http.Handler {
	files := http.Dir(dir)
	serve := func(w http.ResponseWriter, r *http.Request, path string) bool {
		f, err := files.Open(path)
		if err != nil {
			return false
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil || info.IsDir() {
			return false
		}
		if strings.HasSuffix(path, ".woff2") { // not in every table of types
			w.Header().Set("Content-Type", "font/woff2")
		}
		http.ServeContent(w, r, path, info.ModTime(), f)
		return true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, prefix)
		switch {
		case ok && strings.HasSuffix("/"+path, "/") && serve(w, r, "/"+path+"index.html"):
		case ok && path != "" && !strings.HasSuffix(path, "/") && serve(w, r, "/"+path):
		case ok && path != "" && isFile(dir, path+"/index.html"):
			http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		default:
			notFound(w, dir)
		}
	})
}

func isFile(dir, path string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path)))
	return err == nil && info.Mode().IsRegular()
}

func notFound(w http.ResponseWriter, dir string) {
	page, err := os.ReadFile(filepath.Join(dir, "404.html"))
	if err != nil {
		page = []byte("no 404.html")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	w.Write(page)
}

// sitePage is one HTML file of the site.
type sitePage struct {
	path     string // below the site's root: "de/visits/", "404.html"
	lang     string // "de"
	file     string // "de/visits/index.html"
	html     string
	redirect bool // an old address
	embed    bool // for somebody else's page
}

// address is where a reader sees the page: 404.html answers where nothing is.
func (p sitePage) address() string {
	if p.path == "404.html" {
		return "no/such/page/"
	}
	return p.path
}

// ofChart tells the own page of a chart, and its frame, from the pages where charts stand.
func (p sitePage) ofChart() bool { return strings.Contains(p.path, "charts/") }

func (p sitePage) String() string { return "/" + p.path }

// allPages lists every HTML file of a site by path.
func allPages(s site) ([]sitePage, error) {
	var all []sitePage
	err := filepath.WalkDir(s.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		html, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.dir, name)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(rel)
		all = append(all, sitePage{
			path: strings.TrimSuffix(file, "index.html"), lang: between(string(html), `<html lang="`, `"`),
			file: file, html: string(html),
			redirect: strings.Contains(string(html), `http-equiv="refresh"`),
			embed:    strings.HasSuffix(file, "/embed/index.html"),
		})
		return nil
	})
	slices.SortFunc(all, func(a, b sitePage) int { return strings.Compare(a.path, b.path) })
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("no pages in %s", s.dir)
	}
	return all, err
}

// aPage is a page of one of the sites.
type aPage struct {
	site site
	sitePage
}

// between cuts a text out of another: what stands behind the first mark, up to the next.
func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	inside, _, _ := strings.Cut(rest, after)
	return inside
}

// sitesOfOurOwn skips a test where a finished site is tested, which comes without them.
func sitesOfOurOwn(t *testing.T) {
	t.Helper()
	if *siteDir != "" {
		t.Skip("a finished site is tested, and this test has sites of its own")
	}
}

// chartPages are the pages of single charts, of the fact sheet and of the guide.
func chartPages(t *testing.T, wanted func(sitePage) bool) (all []aPage) {
	t.Helper()
	sitesOfOurOwn(t)
	for _, s := range []site{sheet, guide} {
		for _, p := range readable(t, s) {
			if p.ofChart() && wanted(p) {
				all = append(all, aPage{s, p})
			}
		}
	}
	return all
}

// readable are the pages that people stay on.
func readable(t *testing.T, s site) []sitePage {
	t.Helper()
	all, err := allPages(s)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(p sitePage) bool { return p.redirect })
}
