package build

import (
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/site"
	"bilanz/internal/source"

	"testing/fstest"
)

// The limits are said on, below and above them, without a site of that size.
func TestLimitsOfPublishingAreToldBeforeTheyAreReached(t *testing.T) {
	most := limits{site: 1000, file: 100, files: 3}
	b := &builder{project: source.New(fstest.MapFS{"static/a.zip": {}}), site: &site.Site{}}
	for _, c := range []struct {
		bytes, largest int64
		files          int
		want           string
	}{
		{800, 80, 3, ""}, {801, 80, 3, "warning site"}, {1000, 80, 3, "warning site"}, {1001, 80, 3, "error site"},
		{100, 81, 3, "warning file"}, {100, 100, 3, "warning file"}, {100, 101, 3, "error file"}, {100, 80, 4, "warning number"},
	} {
		s := size{Files: c.files, Bytes: c.bytes}
		s.Largest.Path, s.Largest.Bytes = "a.zip", c.largest
		got := ""
		for _, d := range b.exceeded(s, most) {
			got += [...]string{"error", "warning"}[d.Severity] + " " + map[diag.Place]string{
				diag.File("static/a.zip"): "file", diag.File(site.ConfigPath): "site",
			}[d.Place]
			if c.files > most.files {
				got = "warning number"
			}
		}
		if got != c.want {
			t.Errorf("%d bytes, %d in a file, %d files: %q, not %q", c.bytes, c.largest, c.files, got, c.want)
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
