package browser

import (
	"bytes"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A title that would break out of HTML, a style sheet, a shell or a name, and a long table.
const hostileTitle = "</title><script>x</script> `$(id)` \"} @page { ] ../.."

// Whoever decides on a change gets one file that says what changes, and pictures of the pages
// that do and of no other.
func TestWhoeverDecidesSeesWhatChanges(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	dir, paper := proposed(t)
	change := func(file string, pairs ...string) {
		t.Helper()
		name := filepath.Join(dir, file)
		text := strings.NewReplacer(pairs...).Replace(readFile(t, name))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change("content/figures/visits.yaml", "318462", "319462", "171905", "172905", "[171,905]", "[172,905]",
		"[171.905]", "[172.905]")
	for lang, pairs := range map[string][]string{
		"en": {"318,462", "319,462", "171,905", "172,905", "1,075.9", "1,079.3", "How often people", "How many people"},
		"de": {"318.462", "319.462", "171.905", "172.905", "1.075,9", "1.079,3"},
	} {
		change("content/"+lang+"/visits.md", pairs...)
		page := "---\ntitle: '" + hostileTitle + "'\ndescription: " + lang + "\n---\n\n" +
			"A page that is new.\n\n| a | b |\n|---|---|\n" + strings.Repeat("| row | cell |\n", 300)
		if err := os.WriteFile(filepath.Join(dir, "content", lang, "added.md"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change("content/site.yaml", "demo: true", "demo: true\nmessages: de\nrelease_at: 2027-03-14T10:00+01:00")
	sheets := approval(t, dir, paper)
	all := strings.Join(sheets, "")
	for _, words := range []string{
		"Zur Freigabe", "Was sich für Leserinnen und Leser ändert", "The library as it was",
		"14. März 2027, 10:00 Uhr (UTC+01:00)", "2 neue Seiten", "Besuche · Januar bis Dezember 2024", "/de/added/",
		hostileTitle,
	} {
		if !strings.Contains(all, withoutSpace(words)) {
			t.Errorf("the file does not say %q", words)
		}
	}
	for _, words := range []string{"318.462", "319.462"} {
		if !strings.Contains(sheets[0]+sheets[1], withoutSpace(words)) {
			t.Errorf("its first sheets do not say %q", words)
		}
	}
	stay := between(all, withoutSpace("Bitte lesen Sie, ob sie noch stimmen."),
		withoutSpace("Diagramme, bisher und neu"))
	if !strings.Contains(stay, withoutSpace("Die Bibliotheken zählten 0,32 Mio. Besuche")) {
		t.Errorf("the sentence that stays is not named, but %.200s", stay)
	}
	for i, sheet := range sheets[1:] {
		if n := withoutSpace("/ " + strconv.Itoa(len(sheets))); !strings.Contains(sheet, n) {
			t.Errorf("sheet %d does not say of how many it is", i+2)
		}
	}
	pictured(t, dir,
		"index", "added", "visits", "charts--visits-by-place", "data", "figures", "print", "search",
		"de", "de--added", "de--visits", "de--charts--visits-by-place", "de--data", "de--figures", "de--print",
		"de--search")
	of := readFile(t, filepath.Join(dir, ".bilanz/approval/site/de/added/index.html"))
	if !strings.Contains(of, `href="../../de/visits/index.html"`) {
		t.Error("the site does not open from a disk")
	}
}

// Where nothing changes, one sheet says so, and there is no picture.
func TestWhoeverDecidesIsToldThatNothingChanges(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	dir, paper := proposed(t)
	sheets := approval(t, dir, paper)
	if len(sheets) != 1 || !strings.Contains(sheets[0], withoutSpace("Nothing changes for readers")) {
		t.Errorf("the file has %d sheets, of which the first says %.200s", len(sheets), sheets[0])
	}
	pictured(t, dir)
}

// proposed is the library as a project in git, and the program that prints what changes.
func proposed(t *testing.T) (dir, paper string) {
	t.Helper()
	work := t.TempDir()
	dir, paper = filepath.Join(work, "library"), filepath.Join(work, "paper")
	if out, err := command("go", "build", "-o", paper, "./internal/paper"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(project, "internal/build/testdata/library"))); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "."},
		{"-c", "user.name=Editor", "-c", "user.email=editor@example.org",
			"commit", "-q", "-m", "The library as it was"},
	} {
		if out, err := commandIn(dir, "git", args...); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	return dir, paper
}

// approval prints what changed since the last commit and gives the words of each sheet,
// without spaces.
func approval(t *testing.T, dir, paper string) (sheets []string) {
	t.Helper()
	if out, err := commandIn(dir, paper, "-against", "HEAD"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file := filepath.Join(dir, ".bilanz/approval/approval.pdf")
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"/StructTreeRoot", "/Outlines"} {
		if !bytes.Contains(pdf, []byte(part)) {
			t.Errorf("the file has no %s", part)
		}
	}
	text, err := exec.Command(pdftotext, "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for one := range strings.SplitSeq(strings.TrimSuffix(string(text), "\f"), "\f") {
		sheets = append(sheets, withoutSpace(one))
	}
	return sheets
}

// pictured wants pictures of these pages in both widths, old beside new, and no other.
func pictured(t *testing.T, dir string, pages ...string) {
	t.Helper()
	var want, got []string
	for _, page := range pages {
		want = append(want, page+"-1280.png", page+"-390.png")
	}
	folder := filepath.Join(dir, ".bilanz/approval/pictures")
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			got = append(got, name)
		}
		return nil // there is no folder where there is no picture
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the pictures are %q, not %q", got, want)
	}
	for _, name := range got {
		file, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		size, err := png.DecodeConfig(file)
		file.Close()
		if width := 2*390 + 48; err != nil || strings.HasSuffix(name, "-390.png") && size.Width != width {
			t.Errorf("%s is %d px wide: %v", name, size.Width, err)
		}
	}
}
