package render

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/static"
)

// declaration is one of a style sheet, with what sets it apart from a selector: its end.
var declaration = regexp.MustCompile(`(?:^|[{;}\s])((?:--)?[a-z][a-z0-9-]*)\s*:\s*([^;{}]+)[;}]`)

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// modesFile holds the values that tokens have on small screens, in forced colours and on
// paper.
const modesFile = "css/50-media.css"

// sized are lengths but 0, and but those that follow the text or the box: em, % and fr.
const sized = `[1-9]\d*(rem|px|pt)|\.\d+(rem|px|pt)`

// rules say which values need a token: those of a property that match.
var rules = []struct{ what, property, outside string }{
	{"a colour", `.`, `(?i)#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(`},
	{"a size of type", `^font(-size)?$`, `(?i)\d(rem|px|pt|vw|vh)|\b(x*-?(small|large)|medium)\b`},
	{"a weight", `^font(-weight)?$`, `(^|\s)[1-9]\d\d(\s|$)|\bbold`},
	{"a space", `^(margin|padding|gap|row-gap|column-gap)(-|$)|^--`, sized},
	{"a width", `^(min-|max-)?(width|height|inline-size|block-size)$`, sized},
	{"a width", `^(flex|flex-basis|columns|grid-template-columns)$`, sized},
	{"a radius", `radius$`, `\d(rem|px|em|pt)`},
	{"a shadow", `shadow$`, `(rem|px|em)\s+\S+(rem|px|em)`},
}

// excused are the values that stand outside of the tokens, each with its reason.
var excused = map[string]string{
	"width: 1px":           "words for screen readers only take no room",
	"height: 1px":          "the same",
	"font-weight: 200 900": "the weights that the file of the font holds",
	"font: 8pt \"Source Sans 3\", sans-serif":        "the number of a sheet of paper: tokens do not reach there",
	"max-width: 640px":                               "on paper a drawing is as large as it was drawn",
	"padding-inline-end: 5rem":                       "the room of the button beside the title",
	"max-block-size: max(20rem, 80vh)":               "a long table's box: most of a screen, even of a low one",
	"padding: var(--space-3) calc((26px - 1ch) / 2)": "the mark of a footnote: a digit, and room for a thumb",
	"margin-inline: calc((1ch - 26px) / 2)":          "the same",
}

// No style sheet but the tokens' states a colour, a size, a width or a space of its own.
// In em is what follows the text it stands in, in % and fr what follows its box.
func TestNoValueStandsOutsideOfTheTokens(t *testing.T) {
	used := map[string]bool{}
	for name, text := range sheetTexts(t) {
		for _, d := range declaration.FindAllStringSubmatch(text, -1) {
			property, value := d[1], strings.Join(strings.Fields(d[2]), " ")
			if name == modesFile && strings.HasPrefix(property, "--") {
				continue
			}
			if what := outside(property, value); what != "" {
				line := property + ": " + value
				used[line] = true
				if excused[line] == "" {
					t.Errorf("%s: %s: %s outside of the tokens", name, line, what)
				}
			}
			if word := colourWord(property, value); word != "" {
				t.Errorf("%s: %s: %s: the word %q is no token", name, property, value, word)
			}
		}
	}
	for line := range excused {
		if !used[line] {
			t.Errorf("nothing needs the excuse of %q any more", line)
		}
	}
}

// aToken is what a value may be instead of itself.
var aToken = regexp.MustCompile(`var\(--[a-z0-9-]+\)`)

// outside says what of a value needs a token and has none.
func outside(property, value string) string {
	for _, r := range rules {
		if matches(r.property, property) && matches(r.outside, aToken.ReplaceAllString(value, "x")) {
			return r.what
		}
	}
	return ""
}

func matches(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }

var (
	coloured = regexp.MustCompile(
		`^(fill|stroke|background|outline|box-shadow|text-decoration)$|^border(-image|.*-(start|end))?$|color$`)
	word     = regexp.MustCompile(`(^|[\s(,])[A-Za-z][A-Za-z-]*\(?`)
	harmless = strings.Fields("inherit currentcolor transparent none Canvas CanvasText LinkText GrayText Highlight " +
		"ActiveText var( calc( max( linear-gradient( to left right no-repeat local scroll solid dotted underline fill")
)

// colourWord gives a word of a colour that is neither a token nor the reader's own.
func colourWord(property, value string) string {
	if !coloured.MatchString(property) {
		return ""
	}
	for _, w := range word.FindAllString(value, -1) {
		w = strings.TrimLeft(w, " (,")
		if !slices.Contains(harmless, w) {
			return w
		}
	}
	return ""
}

func TestValuesOutsideOfTheTokensAreFound(t *testing.T) {
	for line, want := range map[string]string{
		"color: #fff":                            "a colour",
		"box-shadow: 0 0 rgb(0 0 0 / .2)":        "a colour",
		"border: 1px solid var(--edge)":          "",
		"font-size: 1rem":                        "a size of type",
		"font-size: .875em":                      "",
		"font: 1rem/1.5 serif":                   "a size of type",
		"font-size: smaller":                     "",
		"font-size: small":                       "a size of type",
		"font-weight: 700":                       "a weight",
		"font-weight: 650":                       "a weight",
		"font-weight: bold":                      "a weight",
		"font-weight: var(--weight-bold)":        "",
		"margin: 0 1rem":                         "a space",
		"margin: 0 auto":                         "",
		"padding: .25rem":                        "a space",
		"gap: 10px":                              "a space",
		"margin: 0rem":                           "",
		"--end: 1rem":                            "a space",
		"--end: 0rem":                            "",
		"padding: 1.4em":                         "",
		"width: 12rem":                           "a width",
		"max-width: 100%":                        "",
		"grid-template-columns: repeat(12, 1fr)": "",
		"grid-template-columns: 10rem 1fr":       "a width",
		"border-radius: 2px":                     "a radius",
		"border-radius: 50%":                     "",
		"box-shadow: 0 2px 4px var(--ink)":       "a shadow",
		"box-shadow: 1px 0 var(--edge)":          "",
	} {
		property, value, _ := strings.Cut(line, ": ")
		if got := outside(property, value); got != want {
			t.Errorf("%s: %q, not %q", line, got, want)
		}
	}
	for line, want := range map[string]string{
		"color: white":              "white",
		"color: inherit":            "",
		"background: var(--tint)":   "",
		"border-color: Canvas":      "",
		"fill: rebeccapurple":       "rebeccapurple",
		"background: red":           "red",
		"border: 1px solid gray":    "gray",
		"border-block-start: 0":     "",
		"box-shadow: 1px 0 black":   "black",
		"margin-inline-start: auto": "",
		"display: block":            "",
	} {
		property, value, _ := strings.Cut(line, ": ")
		if got := colourWord(property, value); got != want {
			t.Errorf("%s: %q, not %q", line, got, want)
		}
	}
}

// Every token that a sheet asks for is set, and every one that is set is asked for.
func TestTokensAreSetAndUsed(t *testing.T) {
	set := map[string]bool{"head-2": true, "head-3": true, "heads": true} // by the script of tables
	asked := map[string]string{}
	texts := sheetTexts(t)
	texts[tokensFile] = cssComment.ReplaceAllString(tokensText(t), "")
	for name, text := range texts {
		for _, d := range declaration.FindAllStringSubmatch(text, -1) {
			if name, custom := strings.CutPrefix(d[1], "--"); custom {
				set[name] = true
			}
		}
		for _, m := range regexp.MustCompile(`var\(--([a-z0-9-]+)`).FindAllStringSubmatch(text, -1) {
			asked[m[1]] = name
		}
	}
	for name, sheet := range asked {
		if !set[name] {
			t.Errorf("%s asks for --%s, which nothing sets", sheet, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if asked[name] == "" && !slices.Contains(needed, name) {
			t.Errorf("nothing asks for --%s", name)
		}
	}
}

// Tokens of whole pages are set in two files: what they are, and what they are elsewhere.
func TestNoOtherSheetSetsTokens(t *testing.T) {
	for name, text := range sheetTexts(t) {
		if name != modesFile && strings.Contains(text, ":root") {
			t.Errorf("%s sets tokens", name)
		}
	}
}

// Pictures, cards, layouts and scripts take their colours from the tokens too.
func TestNothingElseStatesAColour(t *testing.T) {
	literal := regexp.MustCompile(`#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\b(rgba?|hsla?)\(\s*\d|RGB\{\s*\d`)
	seen := 0
	for _, pattern := range []string{
		"../chart/*.go", "../drawn/*.go", "../card/*.go", "../typeset/*.go", "../picture/*.go", "*.go",
		"../../layouts/*.html", "../../static/js/*.js",
	} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(err, pattern)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if found := literal.FindString(string(text)); found != "" {
				t.Errorf("%s states a colour of its own: %s", name, found)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d files were looked at", seen)
	}
}

// sheetTexts gives our style sheets but the tokens', without comments.
func sheetTexts(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(static.FS, "css/*.css")
	if err != nil || len(names) < 15 {
		t.Fatal(err, names)
	}
	texts := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if name != tokensFile {
			texts[name] = cssComment.ReplaceAllString(string(text), "")
		}
	}
	return texts
}
