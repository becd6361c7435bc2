package build

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/site"
	"bilanz/internal/source"

	"github.com/rogpeppe/go-internal/txtar"
)

// The limits are said on, below and above them, without a site of that size.
func TestLimitsOfPublishingAreToldBeforeTheyAreReached(t *testing.T) {
	const path = "testdata/size.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	most := limits{site: 1000 << 20, file: 100 << 20, files: 3}
	b := &builder{project: source.New(fstest.MapFS{"static/film.mp4": {}}), site: &site.Site{}}
	var got [2]string
	for _, c := range []struct {
		bytes, largest int64 // of 1 MB
		files          int
	}{{800, 80, 3}, {801, 80, 3}, {1000, 80, 3}, {1001, 80, 3}, {100, 81, 3}, {100, 100, 3}, {100, 101, 3}, {100, 80,
		4}} {
		s := size{Files: c.files, Bytes: c.bytes << 20}
		s.Largest.Path, s.Largest.Bytes = "film.mp4", c.largest<<20
		for i, lang := range []string{"en", "de"} {
			var text strings.Builder
			_ = diag.WriteText(&text, b.exceeded(s, most), diag.TextOptions{Lang: lang})
			got[i] += fmt.Sprintf("%d MB, %d MB in a file, %d files\n%s", c.bytes, c.largest, c.files, text.String())
		}
	}
	for i := range archive.Files {
		if string(archive.Files[i].Data) != got[i] && !*update {
			t.Errorf("%s: got\n%s", archive.Files[i].Name, got[i])
		}
		archive.Files[i].Data = []byte(got[i])
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSizeOfASiteIsThatOfItsFiles(t *testing.T) {
	var s size
	s.add("b", 2<<20)
	s.add("c", 1)
	s.add("a", 2<<20)
	if got := s.In("en"); got != "5 MB in 3 files; the largest is a with 2 MB" {
		t.Error(got)
	}
	if got := s.In("de"); got != "5 MB in 3 Dateien; die größte ist a mit 2 MB" {
		t.Error(got)
	}
}
