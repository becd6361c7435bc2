package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestASiteIsHeldUntilTheMinuteOfItsRelease(t *testing.T) {
	dir := t.TempDir()
	write := func(line string) {
		t.Helper()
		text := "title: {en: Results}\nlanguages: [en]\ndefault: en\n" + line
		file := filepath.Join(dir, "content", "site.yaml")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const (
		heldEnglish = "Not yet: content/site.yaml holds this site until 14 March 2027, 10:00 (UTC+01:00).\n"
		heldGerman  = "Noch nicht: content/site.yaml hält diese Website zurück bis zum 14. März 2027, 10:00 Uhr " +
			"(UTC+01:00).\n"
		free = "Nothing holds this site: it may be published.\n"
	)
	for _, c := range []struct {
		line, lang, now, said string
		code                  int
	}{
		{"release_at: 2027-03-14T10:00+01:00", "en", "2027-03-14T08:59:59Z", heldEnglish, exitContent},
		{"release_at: 2027-03-14T10:00+01:00", "de", "2027-03-14T08:59:59Z", heldGerman, exitContent},
		{"release_at: 2027-03-14T10:00+01:00", "en", "2027-03-14T09:00:00Z", free, exitDone},
		{"release_at: 2027-03-14T10:00+01:00", "en", "2027-03-14T09:00:01Z", free, exitDone},
		{"release_at: 2027-03-14T10:00Z", "en", "2027-03-14T09:00:00Z",
			"Not yet: content/site.yaml holds this site until 14 March 2027, 10:00 (UTC).\n", exitContent},
		{`release_at: ""`, "en", "2027-03-14T09:00:00Z", free, exitDone},
		{"", "en", "2027-03-14T09:00:00Z", free, exitDone},
	} {
		write(c.line)
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		held := &command{out: &out, err: &errs, dir: dir, lang: c.lang}
		if err := held.due(context.Background(), now); err != nil {
			t.Fatal(err)
		}
		if held.code != c.code || out.String() != c.said || errs.Len() > 0 {
			t.Errorf("%s at %s: %d, %q, %q; want %d, %q", c.line, c.now, held.code, &out, &errs, c.code, c.said)
		}
	}
}
