package main

import (
	"bytes"
	"regexp"
	"runtime/debug"
	"testing"
)

func TestABinarySaysWhatItWasMadeOf(t *testing.T) {
	const commit = "133ac59c0de133ac59c0de133ac59c0de133ac59"
	made := origin{Version: "v0.2.0", Commit: commit, Date: "2026-11-26T22:10:00Z", Go: "go1.26.8",
		System: "linux/amd64"}
	changed := made
	changed.Version, changed.Changed = "", true
	for _, c := range []struct {
		lang string
		of   origin
		want string
	}{
		{"en", made, "bilanz v0.2.0\n  Commit  " + commit + " of 2026-11-26\n  Go      go1.26.8\n" +
			"  System  linux/amd64\n"},
		{"de", made, "bilanz v0.2.0\n  Stand   " + commit + " vom 2026-11-26\n  Go      go1.26.8\n" +
			"  System  linux/amd64\n"},
		{"en", changed, "bilanz (development build, no release)\n  Commit  " + commit +
			" of 2026-11-26, with changes that are not committed\n  Go      go1.26.8\n  System  linux/amd64\n"},
		{"de", changed, "bilanz (Entwicklungsstand, keine veröffentlichte Version)\n  Stand   " + commit +
			" vom 2026-11-26, mit nicht festgehaltenen Änderungen\n  Go      go1.26.8\n  System  linux/amd64\n"},
		{"de", origin{Go: "go1.26.8", System: "linux/amd64"},
			"bilanz (Entwicklungsstand, keine veröffentlichte Version)\n  Stand   nicht bekannt\n" +
				"  Go      go1.26.8\n  System  linux/amd64\n"},
	} {
		var said bytes.Buffer
		if (&command{out: &said, lang: c.lang}).printOrigin(c.of); said.String() != c.want {
			t.Errorf("said\n%s, not\n%s", said.String(), c.want)
		}
	}
}

func TestTheCommitIsTheOneThatGoNoted(t *testing.T) {
	got := originOf(&debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: "133ac59"}, {Key: "vcs.time", Value: "2026-11-26T22:10:00Z"},
		{Key: "vcs.modified", Value: "true"}}})
	if got.Commit != "133ac59" || got.Date != "2026-11-26T22:10:00Z" || !got.Changed {
		t.Errorf("%+v", got)
	}
	if !regexp.MustCompile(`^go1\.\d+`).MatchString(got.Go) || got.Version != "" {
		t.Errorf("%+v", got)
	}
}
