package render

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
)

// A style sheet is not understood, only read as far as it concerns the build: where it
// loads files, which tokens it sets, and whether it ends what it began, because the
// next sheet follows it in the same file.

// sheet is what one style sheet was seen to hold.
type sheet struct {
	urls    []span // what stands in url( ), without quotes
	imports []span // the words @import
	open    int    // where something begins that nothing ends; -1 for nowhere
	tokens  []setToken
	remarks []span // whole lines of nothing but a comment
}

// span is a stretch of bytes.
type span struct{ start, end int }

// setToken is a custom property that is set for whole pages.
type setToken struct {
	name  string // "accent"
	value span
	dark  bool // for those who like it dark
}

// readSheet walks through a style sheet once.
func readSheet(css []byte) sheet {
	w := sheetWalk{css: css, colon: -1, sheet: sheet{open: -1}}
	w.at = marked(css)
	w.from = w.at
	for w.at < len(css) {
		w.step()
	}
	if w.sheet.open < 0 && len(w.blocks) > 0 {
		w.sheet.open = w.blocks[0].at
	}
	return w.sheet
}

// marked is how many bytes of a byte order mark a style sheet begins with. Behind another
// sheet it would be a part of the first selector.
func marked(css []byte) int {
	if bytes.HasPrefix(css, []byte("\ufeff")) {
		return len("\ufeff")
	}
	return 0
}

// sheetWalk is a walk through a style sheet.
type sheetWalk struct {
	css    []byte
	at     int
	from   int // where the selector or declaration begins that at is in
	colon  int // its first colon, if it lies behind from
	blocks []brace
	sheet  sheet
}

// brace is one that opened a block, and what stands before it.
type brace struct {
	at    int
	about string
}

func (w *sheetWalk) step() {
	rest := w.css[w.at:]
	switch c := rest[0]; {
	case bytes.HasPrefix(rest, []byte("/*")):
		start := w.at
		w.skip(2, "*/")
		w.remark(start)
	case c == '"' || c == '\'':
		w.skip(1, string(c))
	case bytes.HasPrefix(rest, []byte("url(")):
		w.url()
	case c == '{':
		w.blocks = append(w.blocks, brace{w.at, strings.Join(strings.Fields(w.uncommented(w.from, w.at)), " ")})
		w.next()
	case c == '}':
		w.declared()
		if len(w.blocks) > 0 {
			w.blocks = w.blocks[:len(w.blocks)-1]
		}
		w.next()
	case c == ';':
		w.declared()
		w.next()
	case c == '\\':
		w.at = min(w.at+2, len(w.css))
	case c == ':' && w.colon < w.from:
		w.colon = w.at
		w.at++
	default:
		if bytes.HasPrefix(rest, []byte("@import")) {
			w.sheet.imports = append(w.sheet.imports, span{w.at, w.at + len("@import")})
			w.skip(len("@import"), ";")
			return
		}
		w.at++
	}
}

// remark notes the lines of a comment that began at start, where nothing else stands in
// them. One that begins with an exclamation mark is a licence.
func (w *sheetWalk) remark(start int) {
	end := w.at
	for start > 0 && (w.css[start-1] == ' ' || w.css[start-1] == '\t') {
		start--
	}
	alone := start == 0 || w.css[start-1] == '\n'
	ends := bytes.HasPrefix(w.css[end:], []byte("\n"))
	if licence := bytes.HasPrefix(bytes.TrimLeft(w.css[start:], " \t"), []byte("/*!")); alone && ends && !licence {
		w.sheet.remarks = append(w.sheet.remarks, span{start, end + 1})
	}
}

func (w *sheetWalk) next() {
	w.at++
	w.from = w.at
}

// skip goes behind the next end; what nothing ends is open.
func (w *sheetWalk) skip(open int, end string) {
	for at := w.at + open; at < len(w.css); at++ {
		switch {
		case w.css[at] == '\\' && end != "*/":
			at++
		case bytes.HasPrefix(w.css[at:], []byte(end)):
			w.at = at + len(end)
			return
		}
	}
	if w.sheet.open < 0 {
		w.sheet.open = w.at
	}
	w.at = len(w.css)
}

func (w *sheetWalk) url() {
	start := w.at + len("url(")
	for start < len(w.css) && isSpace(w.css[start]) {
		start++
	}
	end := ")"
	if start < len(w.css) && (w.css[start] == '"' || w.css[start] == '\'') {
		end = string(w.css[start])
		start++
	}
	length := bytes.Index(w.css[start:], []byte(end))
	if length < 0 {
		w.skip(len("url("), ")")
		return
	}
	last := start + length
	w.at = last + 1
	for last > start && isSpace(w.css[last-1]) {
		last--
	}
	w.sheet.urls = append(w.sheet.urls, span{start, last})
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// declared keeps the declaration that ends here, if it sets a token for whole pages.
func (w *sheetWalk) declared() {
	dark, whole := w.wholePages()
	if !whole || w.colon < w.from {
		return
	}
	name, custom := strings.CutPrefix(strings.TrimSpace(w.uncommented(w.from, w.colon)), "--")
	if !custom {
		return
	}
	start, end := w.colon+1, w.at
	for start < end && isSpace(w.css[start]) {
		start++
	}
	for end > start && isSpace(w.css[end-1]) {
		end--
	}
	w.sheet.tokens = append(w.sheet.tokens, setToken{name, span{start, end}, dark})
}

// wholePages reports whether a declaration here holds for whole pages on every screen,
// and whether only for dark ones.
func (w *sheetWalk) wholePages() (dark, ok bool) {
	if len(w.blocks) == 0 || len(w.blocks) > 2 {
		return false, false
	}
	switch inner := w.blocks[len(w.blocks)-1].about; {
	case inner != ":root" && inner != "html" && inner != ":root, html":
		return false, false
	case len(w.blocks) == 1:
		return false, true
	}
	media := w.blocks[0].about
	return true, strings.HasPrefix(media, "@media") && strings.Contains(strings.ReplaceAll(media, " ", ""), "(prefers-color-scheme:dark)")
}

func (w *sheetWalk) uncommented(start, end int) string {
	text := string(w.css[start:end])
	for {
		before, rest, found := strings.Cut(text, "/*")
		if !found {
			return text
		}
		_, after, _ := strings.Cut(rest, "*/")
		text = before + " " + after
	}
}

// Tokens are the colours of the style sheets that the build itself needs.
type Tokens map[string]colour.RGB

// needed are those that pictures, files and cards are drawn with, and accents are held
// against.
var needed = []string{"paper", "ink", "ink-muted", "rule", "accent", "tint",
	"chart-1", "chart-2", "chart-3", "chart-4", "chart-5", restToken}

// restToken is the colour beside a highlighted one. A project's own tokens may lack it,
// which are older than it.
const restToken = "chart-rest"

// readTokens gives the colours for light and dark screens; in the order of the files the
// last word counts.
func (a *assets) readTokens(list *diag.List) (light, dark Tokens) {
	light, dark = Tokens{}, Tokens{}
	if lacking := a.lacking(); lacking != nil {
		a.addStyle(lacking)
	}
	for _, file := range a.withLacking() {
		for _, set := range file.sheet.tokens {
			if !slices.Contains(needed, set.name) {
				continue
			}
			c, ok := colour.Parse(string(file.data[set.value.start:set.value.end]))
			switch {
			case !ok:
				list.Add(tokenNoColour(file.staticFile, set))
			case set.dark:
				dark[set.name] = c
			default: // for all pages; for dark ones as long as nothing behind it says otherwise
				light[set.name], dark[set.name] = c, c
			}
		}
	}
	for _, name := range needed {
		if _, ok := light[name]; !ok && a.ourTokens != nil {
			list.Add(tokenMissing(name))
		}
	}
	return light, dark
}

// withLacking are the style sheets in their order, behind what a project's own tokens lack.
func (a *assets) withLacking() []styleFile {
	lacking := a.lacking()
	if lacking == nil {
		return a.sheets
	}
	return append([]styleFile{{staticFile{name: tokensFile, data: lacking}, readSheet(lacking)}}, a.sheets...)
}

// lacking is a sheet of the tokens that a project's own file of them does not set, which may
// be older than ours: sizes and spaces above all. Colours of pictures must be its own.
func (a *assets) lacking() []byte {
	if a.ourTokens == nil {
		return nil
	}
	known, hasDark := map[string]bool{}, false
	for _, file := range a.sheets {
		for _, set := range file.sheet.tokens {
			known[set.name] = true
			hasDark = hasDark || set.dark && set.name == "paper"
		}
	}
	var light, dark []byte
	for _, set := range readSheet(a.ourTokens).tokens {
		value := a.ourTokens[set.value.start:set.value.end]
		switch {
		case known[set.name], set.name != restToken && slices.Contains(needed, set.name):
		case set.dark && !hasDark: // its pages are light by night too
		case set.dark:
			dark = fmt.Appendf(dark, "    --%s: %s;\n", set.name, value)
		default:
			light = fmt.Appendf(light, "  --%s: %s;\n", set.name, value)
		}
	}
	if light == nil && dark == nil {
		return nil
	}
	const sheet = ":root {\n%s}\n\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n%s  }\n}\n\n"
	return fmt.Appendf(nil, sheet, light, dark)
}

// address says where a url of a style sheet leads: to a file in static/, or nowhere that
// is ours to check.
func address(url string) (file string, ours bool) {
	if url == "" || strings.HasPrefix(url, "#") || strings.HasPrefix(url, "data:") {
		return "", false
	}
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	return path.Join("css", url), true
}
