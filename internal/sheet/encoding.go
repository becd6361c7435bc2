package sheet

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bilanz/internal/schema"
)

// encodings are those in which offices still save letters. What calls itself Latin-1 is
// Windows-1252 in truth, as browsers know.
var encodings = []struct {
	name string
	is   encoding.Encoding
}{
	{"windows-1252", charmap.Windows1252},
	{"iso-8859-1", charmap.Windows1252},
	{"iso-8859-15", charmap.ISO8859_15},
	{"windows-1250", charmap.Windows1250},
	{"iso-8859-2", charmap.ISO8859_2},
	{"cp850", charmap.CodePage850},
	{"macintosh", charmap.Macintosh},
}

// Encodings are the names of the encodings that can be read besides UTF-8.
func Encodings() []string {
	names := make([]string, len(encodings))
	for i, e := range encodings {
		names[i] = e.name
	}
	return names
}

// Decode gives the file in UTF-8. Of two bytes a letter, which a mark at its beginning
// says, it is read as it is; all else as the encoding of this name says. It gives the file
// as it stands, and false, where it is no text in it.
func Decode(f schema.File, name string) (schema.File, bool) {
	from := named(name)
	if bytes.HasPrefix(f.Text, []byte("\xff\xfe")) || bytes.HasPrefix(f.Text, []byte("\xfe\xff")) {
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	if from == nil || len(f.Text) > mostBytes {
		return f, from != nil
	}
	text, err := from.NewDecoder().Bytes(f.Text)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return f, false
	}
	f.Text, f.Decoded = text, true
	return f, true
}

func named(name string) encoding.Encoding {
	for _, e := range encodings {
		if e.name == name {
			return e.is
		}
	}
	return nil
}
