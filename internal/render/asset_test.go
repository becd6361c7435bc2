package render_test

import (
	"bytes"
	"compress/gzip"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/render"
	"bilanz/layouts"
)

func TestAssetsStayWithinTheirWeights(t *testing.T) {
	most := map[string]int{".css": 12_000, ".js": 4_000, ".woff2": 60_000, ".svg": 1_000}
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
	want := map[string]string{"assets/OFL.txt": "SIL OPEN FONT LICENSE", "assets/ECHARTS-LICENSES.txt": "Apache License"}
	for _, file := range newTheme(t).Assets() {
		if text, ok := want[file.Path]; ok && strings.Contains(string(file.Data), text) {
			delete(want, file.Path)
		}
	}
	if len(want) > 0 {
		t.Errorf("not published: %v", want)
	}
}

func TestStyleSheetsAreBundledAndTightened(t *testing.T) {
	files := fstest.MapFS{
		"fonts/a.woff2": {Data: []byte("font")},
		"css/2.css":     {Data: []byte("b > c {\n  margin: calc(1px + 2px);\n  content: \"{ ; }  /* kept */\";\n}\n")},
		"css/1.css":     {Data: []byte("/* dropped */\n@font-face { src: url(../fonts/a.woff2) }\n.a :is(x, y) .b { color: red; }\n")},
	}
	theme, err := render.New(layouts.FS, files)
	if err != nil {
		t.Fatal(err)
	}
	font := ""
	for _, file := range theme.Assets() {
		switch path.Ext(file.Path) {
		case ".woff2":
			font = path.Base(file.Path)
		case ".css":
			want := "@font-face{src: url(" + font + ")}.a :is(x,y) .b{color: red;}b > c{margin: calc(1px + 2px);content: \"{ ; }  /* kept */\";}"
			if got := string(file.Data); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		}
	}
}

func TestTheNameOfAnAssetChangesWithItsContent(t *testing.T) {
	name := func(css string) string {
		theme, err := render.New(layouts.FS, fstest.MapFS{"css/site.css": {Data: []byte(css)}})
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
