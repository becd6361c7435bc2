package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestAStartFromAWindowSaysHowToBegin(t *testing.T) {
	for lang, want := range map[string]string{"en": `"bilanz new my-site"`, "de": "„bilanz new meine-website“"} {
		var out bytes.Buffer
		c := &command{out: &out, err: &out, lang: lang, dir: t.TempDir()}
		if err := c.clicked(t.Context(), strings.NewReader("\n")); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%v %s", err, out.String())
		}
	}
}
