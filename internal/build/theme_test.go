package build

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The worked example of docs/themes.md is a project that lies alone in its folder.
func TestTheWorkedExampleOfThemesIsBuilt(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/theme")); err != nil {
		t.Fatal(err)
	}
	out := builtSite(t, dir, Options{})
	style, icon := onlyFile(t, out, "assets/site.*.css"), onlyFile(t, out, "assets/icon.*.svg")
	for _, want := range []string{":root {\n  --accent: #2f6b1f;\n}", "--accent: #5e9b4f;", "border-block-start-width: 3px"} {
		if !strings.Contains(style, want) {
			t.Errorf("the style sheet lacks %s", want)
		}
	}
	// Forced colours come behind the accent, else they would lose.
	if strings.Index(style, "--accent: #2f6b1f") > strings.Index(style, "--accent: LinkText") {
		t.Error("the accent comes behind the forced colours")
	}
	if !strings.Contains(icon, "#2f6b1f") {
		t.Error("the favicon is not the project's own")
	}
	for page, wants := range map[string][]string{
		"index.html": {
			`<img class="logo" src="assets/logo.`, `alt="A leaf" width="40" height="40"> Musterstadt Trees</a>`,
			`<p class="footer-text">Counted by the <a href="https://example.org/parks/">parks department</a>.</p>`,
		},
		"de/index.html": {
			`<img class="logo" src="../assets/logo.`, `alt="Ein Blatt"`,
			`<p class="footer-text">Gezählt vom <a href="https://example.org/gruen/">Grünflächenamt</a>.</p>`,
		},
		"figures/index.html": {`<article class="entry own" id="trees.planted"`, "<p>January to December 2024. Tree register, as of 7 January 2025. final.</p>"},
	} {
		html := contents(t, filepath.Join(out, page))
		for _, want := range wants {
			if !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", page, want)
			}
		}
	}
	if file := contents(t, filepath.Join(out, "charts/trees-by-place.svg")); !strings.Contains(file, "#2f6b1f") || strings.Contains(file, "#12436d") {
		t.Error("the picture that leaves the page has not the project's colour")
	}
	card, err := png.Decode(bytes.NewReader([]byte(contents(t, filepath.Join(out, "cards/card.png")))))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := card.At(600, 8).RGBA(); r>>8 != 0x2f || g>>8 != 0x6b || b>>8 != 0x1f {
		t.Errorf("the band of the card is #%02x%02x%02x", r>>8, g>>8, b>>8)
	}
}

// What the document shows is what the example holds, word for word.
func TestTheDocumentOfThemesShowsTheExample(t *testing.T) {
	document := contents(t, "../../docs/themes.md")
	blocks := regexp.MustCompile("(?s)```(yaml|css|html)\n(.*?)```").FindAllStringSubmatch(document, -1)
	files := map[string]string{"yaml": "content/site.yaml", "css": "static/css/90-own.css", "html": "layouts/entry.html"}
	for _, block := range blocks {
		if !strings.Contains(contents(t, filepath.Join("testdata/theme", files[block[1]])), block[2]) {
			t.Errorf("%s does not hold what the document shows:\n%s", files[block[1]], block[2])
		}
	}
	if len(blocks) != len(files) {
		t.Errorf("the document shows %d pieces of the example, not %d", len(blocks), len(files))
	}
}

func onlyFile(t *testing.T, out, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(out, pattern))
	if err != nil || len(names) != 1 {
		t.Fatal(pattern, err, names)
	}
	return contents(t, names[0])
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
