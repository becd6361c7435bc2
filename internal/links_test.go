package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	fenced       = regexp.MustCompile("(?ms)^ *(```+|~~~+).*?^ *(```+|~~~+) *$|`[^`\n]+`")
	relativeLink = regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)]*)?\)`)
)

// onHost are addresses beside the files of a repository, where its host shows it.
var onHost = map[string]bool{"../../releases": true, "../../issues": true}

// Whoever reads the documents on the page of the repository meets no dead end.
func TestDocumentsLinkToWhatIsThere(t *testing.T) {
	links := 0
	for _, document := range written(t) {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range relativeLink.FindAllStringSubmatch(fenced.ReplaceAllString(string(text), ""), -1) {
			links++
			_, err := os.Stat(filepath.Join(filepath.Dir(document), filepath.FromSlash(link[1])))
			if err != nil && !onHost[link[1]] {
				t.Errorf("%s links to %s, which is not there", document, link[1])
			}
		}
	}
	if links < 40 {
		t.Errorf("only %d links were found", links)
	}
}

// written lists what people read about bilanz.
func written(t *testing.T) []string {
	t.Helper()
	files := []string{"../README.md", "../CHANGELOG.md"}
	err := filepath.WalkDir("../docs", func(path string, entry fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The picture of the README is there at once, also over a telephone.
func TestThePictureOfTheReadmeIsSmall(t *testing.T) {
	info, err := os.Stat("../docs/pictures/number.png")
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 150_000 {
		t.Errorf("it has %d bytes; make pictures takes it anew", info.Size())
	}
}
