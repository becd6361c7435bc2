package chart

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

func draw(t *testing.T, studio *Studio, s Spec) Picture {
	t.Helper()
	p, err := studio.Draw(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every kind of chart looks as it did when somebody last looked at it.
func TestPicturesAreTheGoldenOnes(t *testing.T) {
	studio := NewStudio(nil, 1)
	for _, s := range samples() {
		p := draw(t, studio, s)
		for name, got := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "file": p.File} {
			path := filepath.Join("testdata", "pictures", s.ID+"."+name+".svg")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s changed; look at it, then run go test ./internal/chart -update\ngot:  %s\nwant: %s", path, got, want)
			}
		}
	}
}
