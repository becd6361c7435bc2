package main

import (
	"bytes"
	"testing"

	"bilanz/internal/parallel"
)

func TestAMistakeOfOursIsOneSentence(t *testing.T) {
	p := &parallel.Panic{Value: "no word", Code: []string{"locale/locale.go:12"}, Work: "content/en/index.md"}
	for lang, want := range map[string]string{
		"en": "bilanz: this is a mistake in bilanz, not in your content; please report it with this line: " +
			"no word (locale/locale.go:12, content/en/index.md)\n",
		"de": "bilanz: das ist ein Fehler in bilanz, nicht in Ihren Inhalten; bitte melden Sie ihn mit dieser Zeile: " +
			"no word (locale/locale.go:12, content/en/index.md)\n",
	} {
		var said bytes.Buffer
		c := &command{err: &said, lang: lang}
		if code := c.bug(p); code != exitBug || said.String() != want {
			t.Errorf("%d %q", code, said.String())
		}
	}
}
