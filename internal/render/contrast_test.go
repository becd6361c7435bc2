package render

import "testing"

func TestAByteOrderMarkHidesNoRule(t *testing.T) {
	css := []byte("\ufeff:root { --ink: #999; }")
	tokens := readSheet(css).tokens
	if len(tokens) != 1 || tokens[0].name != "ink" || string(css[tokens[0].value.start:tokens[0].value.end]) != "#999" {
		t.Errorf("the sheet sets %v", tokens)
	}
	a := assets{at: map[string]string{}}
	got := string(a.appendStyle(nil, styleFile{staticFile{data: css}, readSheet(css)}))
	if got != ":root { --ink: #999; }\n" {
		t.Errorf("the style sheet of the site is %q", got)
	}
}
