package revise

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

type nowhere struct{}

func (nowhere) Write(string, []byte) error { return nil }

// project copies the library's site.
func project(t *testing.T) build.Options {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../build/testdata/library")); err != nil {
		t.Fatal(err)
	}
	return build.Options{Dir: dir, Into: nowhere{}, NoCards: true, Retype: true, Translations: true}
}

func built(t *testing.T, o build.Options) build.Result {
	t.Helper()
	r, err := build.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A new value shows what would fail, and which sentences follow, in both languages; and
// nothing is written.
func TestTryFollowsInEveryLanguageAndWritesNothing(t *testing.T) {
	o := project(t)
	now := built(t, o)
	edits, refused := Plan(now.Set, []Change{{ID: "visits.online", Value: "12000"},
		{ID: "network.volunteers", Value: "around 500"}})
	if len(refused) > 0 || len(edits) != 2 {
		t.Fatal(edits, refused)
	}
	before := snapshot(t, o.Dir)
	trial, err := Try(context.Background(), o, edits, now.Translations)
	if err != nil {
		t.Fatal(err)
	}
	if !trial.Follows() || diag.Count(trial.Result.Diagnostics, diag.Error) == 0 {
		t.Error("nothing fails")
	}
	var paths []string
	for _, c := range trial.Follow {
		paths = append(paths, c.Path)
		if c.Path == "content/de/visits.md" && !bytes.Contains(c.New, []byte("rund 500")) {
			t.Errorf("%s", c.Diff())
		}
	}
	for _, want := range []string{"content/de/visits.md", "content/en/visits.md", "content/figures/visits.yaml"} {
		if !slices.Contains(paths, want) {
			t.Errorf("%s does not follow: %q", want, paths)
		}
	}
	if after := snapshot(t, o.Dir); after != before {
		t.Error("a trial wrote something")
	}
	if err := edit.Write(o.Dir, trial.Follow); err != nil {
		t.Fatal(err)
	}
	left := built(t, o).Diagnostics
	if len(left) != len(trial.After.Diagnostics) {
		t.Errorf("%d problems are left, and %d were foretold", len(left), len(trial.After.Diagnostics))
	}
}

// Where a file changed since the edits were made for it, nothing is tried.
func TestTryRefusesWhatChangedMeanwhile(t *testing.T) {
	o := project(t)
	now := built(t, o)
	edits, _ := Plan(now.Set, []Change{{ID: "visits.total.central", Value: "171906"}})
	path := filepath.Join(o.Dir, "content/figures/visits.yaml")
	text, _ := os.ReadFile(path)
	if err := os.WriteFile(path, bytes.Replace(text, []byte("171905"), []byte("171907"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	changed := (*edit.Changed)(nil)
	if _, err := Try(context.Background(), o, edits, nil); !errors.As(err, &changed) {
		t.Error(err)
	}
}

func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := os.ReadFile(path)
			all.WriteString(path + "\x00" + string(text) + "\x00")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
