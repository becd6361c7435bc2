package leftover

import (
	"fmt"
	"unicode"

	"bilanz/internal/diag"
)

// nameOf is a character by its number, and what it does.
func nameOf(r rune) diag.Text {
	name, known := namesOfUnseen[r]
	if !known {
		name = kindOfUnseen(r)
	}
	return diag.Say("%s, %s", "%s, %s", fmt.Sprintf("U+%04X", r), name)
}

var namesOfUnseen = map[rune]diag.Text{
	0x0b:   diag.Say("a line break of a word processor", "ein Zeilenumbruch aus einer Textverarbeitung"),
	0x0c:   diag.Say("a page break", "ein Seitenumbruch"),
	0x34f:  diag.Say("combining grapheme joiner", "ein Verbinder ohne Wirkung"),
	0x61c:  diag.Say("Arabic letter mark", "eine arabische Richtungsmarke"),
	0x200b: diag.Say("zero width space", "ein Leerzeichen ohne Breite"),
	0x200c: diag.Say("zero width non-joiner", "ein Trenner ohne Breite"),
	0x200d: diag.Say("zero width joiner", "ein Verbinder ohne Breite"),
	0x200e: diag.Say("left-to-right mark", "eine Richtungsmarke nach rechts"),
	0x200f: diag.Say("right-to-left mark", "eine Richtungsmarke nach links"),
	0x2028: diag.Say("line separator", "ein Zeilentrenner"),
	0x2029: diag.Say("paragraph separator", "ein Absatztrenner"),
	0x202a: diag.Say("left-to-right embedding", "der Beginn einer Einbettung nach rechts"),
	0x202b: diag.Say("right-to-left embedding", "der Beginn einer Einbettung nach links"),
	0x202c: diag.Say("pop directional formatting", "das Ende einer Schreibrichtung"),
	0x202d: diag.Say("left-to-right override", "eine erzwungene Schreibrichtung nach rechts"),
	0x202e: diag.Say("right-to-left override", "eine erzwungene Schreibrichtung nach links"),
	0x2060: diag.Say("word joiner", "ein Wortverbinder ohne Breite"),
	0x2066: diag.Say("left-to-right isolate", "der Beginn einer Stelle nach rechts"),
	0x2067: diag.Say("right-to-left isolate", "der Beginn einer Stelle nach links"),
	0x2068: diag.Say("first strong isolate", "der Beginn einer Stelle mit eigener Richtung"),
	0x2069: diag.Say("pop directional isolate", "das Ende einer Stelle mit eigener Richtung"),
	0x3164: diag.Say("Hangul filler", "ein koreanisches Füllzeichen"),
	0xfeff: diag.Say("byte order mark", "eine Marke für den Anfang einer Datei"),
	0xfffc: diag.Say("object replacement character", "ein Platzhalter für ein Bild"),
}

// kindOfUnseen says what a character without a name of its own is for.
func kindOfUnseen(r rune) diag.Text {
	switch {
	case unicode.IsControl(r):
		return diag.Say("a control character", "ein Steuerzeichen")
	case unicode.Is(unicode.Co, r):
		return diag.Say("a character for private use", "ein Zeichen für den eigenen Gebrauch")
	case isVariation(r):
		return diag.Say("a variation selector without a sign before it",
			"ein Auswahlzeichen für Varianten ohne Zeichen davor")
	case r >= 0xe0000 && r <= 0xe007f:
		return diag.Say("a tag character", "ein verstecktes Etikett")
	case unicode.Is(unicode.Noncharacter_Code_Point, r):
		return diag.Say("no character of any script", "kein Zeichen irgendeiner Schrift")
	}
	return diag.Say("a character without width", "ein Zeichen ohne Breite")
}
