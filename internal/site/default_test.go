package site

import (
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A configuration that says the least is of a real site; one that cannot be read is
// none.
func TestTheLeastConfiguration(t *testing.T) {
	const least = "title: {en: T}\nlanguages: [en]\ndefault: en\n"
	for text, want := range map[string]bool{
		least: true, "": false, "- a\n": false, "title: [\n": false, "title: {en: T}\n": false,
	} {
		var list diag.List
		c, ok := ReadConfig(schema.File{Path: ConfigPath, Text: []byte(text)}, nil, &list)
		if ok != want || ok == (list.Errors() > 0) {
			t.Errorf("%q: %v, %v", text, ok, list.Sorted())
		}
		if ok && (c.Demo || c.BaseURL != "" || len(c.Complete) > 0 || c.Messages != "" || c.Licence != "") {
			t.Errorf("%q says more than it says: %+v", text, c)
		}
	}
}
