package sheet

import (
	"testing"

	"bilanz/internal/schema"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct{ text, encoding, want string }{
		{"M\xfcnchen; 5 \x80", "windows-1252", "München; 5 €"},
		{"M\xfcnchen; 5 \x80", "iso-8859-1", "München; 5 €"},
		{"M\xfcnchen; 5 \xa4", "iso-8859-15", "München; 5 €"},
		{"\x8an", "windows-1250", "Šn"},
		{"\xa9n", "iso-8859-2", "Šn"},
		{"M\x81nchen", "cp850", "München"},
		{"M\x9fnchen", "macintosh", "München"},
		{"\xff\xfea\x00\xe4\x00\n\x00", "", "aä\n"},
		{"\xfe\xff\x00a\x00\xe4\x00\n", "", "aä\n"},
		{"\xff\xfea\x00\xe4", "", ""},          // cut in the middle of a letter
		{"\xff\xfea\x00\x00\xd8a\x00", "", ""}, // half of a letter
		{"M\xfcnchen", "", ""},
		{"M\xfcnchen", "utf-7", ""},
	} {
		got, ok := Decode(schema.File{Text: []byte(c.text)}, c.encoding)
		if ok != (c.want != "") || ok && (string(got.Text) != c.want || !got.Decoded) {
			t.Errorf("%q as %s: got %q, %v, want %q", c.text, c.encoding, got.Text, ok, c.want)
		}
	}
}
