package render_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/render"
	"bilanz/layouts"
	"bilanz/static"
)

func TestAssetsStayWithinTheirWeights(t *testing.T) {
	most := map[string]int{".css": 14_500, ".js": 10_000, ".woff2": 60_000, ".svg": 1_000}
	for _, file := range newTheme(t).Assets() {
		size := len(file.Data)
		if ext := path.Ext(file.Path); ext != ".woff2" {
			size = gzipped(t, file.Data)
		}
		if strings.HasPrefix(file.Path, "assets/echarts-explore.") {
			if size > 215_000 {
				t.Errorf("the live chart weighs %d bytes, more than 215,000", size)
			}
			continue
		}
		if limit := most[path.Ext(file.Path)]; limit > 0 && size > limit {
			t.Errorf("%s weighs %d bytes, more than %d", file.Path, size, limit)
		}
	}
}

func TestLicencesOfWhatIsShippedArePublished(t *testing.T) {
	want := map[string]string{
		"assets/OFL.txt": "SIL OPEN FONT LICENSE", "assets/ECHARTS-LICENSES.txt": "Apache License",
		"assets/SEARCH-LICENSES.txt": "Apache License",
	}
	for _, file := range newTheme(t).Assets() {
		if text, ok := want[file.Path]; ok && strings.Contains(string(file.Data), text) {
			delete(want, file.Path)
		}
	}
	if len(want) > 0 {
		t.Errorf("not published: %v", want)
	}
}

func TestFilesAreJoinedWithoutLinesOfComments(t *testing.T) {
	files := fstest.MapFS{
		"fonts/a.woff2": {Data: []byte("font")},
		"css/2.css":     {Data: []byte("b > c {\n  /* gone,\n  too */\n  content: \"{ ; }  /* kept */ url(../fonts/a.woff2)\";\n}")},
		"css/1.css":     {Data: []byte("/* gone: url(../fonts/a.woff2) */\n/*! kept */\n@font-face /* kept */ { src: url( \"../fonts/a.woff2\" ), url(../fonts/a.woff2#x) }")},
		"js/2.js":       {Data: []byte("// gone\n(() => \"// kept\")() // kept\n\t// gone")},
		"js/search.js":  {Data: []byte("elsewhere")},
		"js/1.js":       {Data: []byte("let a = 1")},
	}
	theme, err := render.New(layouts.FS, files, render.Own{}, new(diag.List))
	if err != nil {
		t.Fatal(err)
	}
	got, font := map[string]string{}, ""
	for _, file := range theme.Assets() {
		got[path.Ext(file.Path)] = string(file.Data)
		if path.Ext(file.Path) == ".woff2" {
			font = path.Base(file.Path)
		}
	}
	want := "/*! kept */\n@font-face /* kept */ { src: url( \"" + font + "\" ), url(" + font + "#x) }\n" +
		"b > c {\n  content: \"{ ; }  /* kept */ url(../fonts/a.woff2)\";\n}\n"
	if got[".css"] != want {
		t.Errorf("got  %s\nwant %s", got[".css"], want)
	}
	if want := "let a = 1\n;\n(() => \"// kept\")() // kept\n;\n"; got[".js"] != want {
		t.Errorf("got  %s\nwant %s", got[".js"], want)
	}
}

func TestScriptsOfAProjectAreJoinedAsTheyAre(t *testing.T) {
	own := render.Own{Static: []render.File{{Path: "static/js/a.js", Data: []byte("let a = `\n// kept\n`\n")}}}
	theme, err := render.New(layouts.FS, fstest.MapFS{}, own, new(diag.List))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range theme.Assets() {
		if want := "let a = `\n// kept\n`\n;\n"; path.Ext(file.Path) == ".js" && string(file.Data) != want {
			t.Errorf("got  %s\nwant %s", file.Data, want)
		}
	}
}

func TestNoTextOfOurScriptsRunsOverLines(t *testing.T) {
	names, err := fs.Glob(static.FS, "js/*.js")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if strings.Count(line, "`")%2 != 0 || strings.Contains(line, "/*") {
				t.Errorf("%s:%d: a text or comment over several lines", name, i+1)
			}
		}
	}
}

func TestTheNameOfAnAssetChangesWithItsContent(t *testing.T) {
	name := func(css string) string {
		theme, err := render.New(layouts.FS, fstest.MapFS{"css/site.css": {Data: []byte(css)}}, render.Own{}, new(diag.List))
		if err != nil {
			t.Fatal(err)
		}
		return theme.Assets()[0].Path
	}
	if a, b := name("a{}"), name("b{}"); a == b || a != name("a{}") {
		t.Errorf("two style sheets are called %s and %s", a, b)
	}
}

func gzipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
