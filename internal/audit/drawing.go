package audit

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Drawing checks an SVG file, whoever made it: it may draw, and nothing else. A browser
// that opens one runs its scripts in the name of the site. Rules:
//
//   - What may stand in it is a list: a form of attack that nobody has thought of stands in
//     no list.
//   - It is read as strictly as browsers read it. What they show and this reader cannot
//     read (another encoding, entities of its own, a packed file) is refused.
//   - It loads nothing and leads nowhere: an address is a place in the file itself, or a
//     picture of dots within it.
//
// It gives at most one problem, the first.
func Drawing(svg []byte) []Problem {
	d := drawing{svg: svg, read: xml.NewDecoder(bytes.NewReader(svg))}
	d.read.CharsetReader = d.charset
	for d.problems == nil {
		d.offset = int(d.read.InputOffset())
		token, err := d.read.Token()
		switch {
		case errors.Is(err, io.EOF):
			if !d.drawn {
				d.found(drawingNameless())
			}
			return d.problems
		case err != nil:
			d.found(drawingUnread())
			return d.problems
		}
		d.token(token)
	}
	return d.problems
}

type drawing struct {
	svg      []byte
	read     *xml.Decoder
	offset   int // of the token being read
	drawn    bool
	style    bool   // a style sheet is being read
	began    int    // where
	sheet    []byte // its text, which comments and CDATA may cut into pieces
	problems []Problem
}

// charset takes the names of encodings of which UTF-8 is one, or of which the file uses no
// letter that differs.
func (d *drawing) charset(name string, in io.Reader) (io.Reader, error) {
	plain := !slices.ContainsFunc(d.svg, func(b byte) bool { return b >= 0x80 })
	if plain && slices.Contains(asciis, strings.ToLower(name)) {
		return in, nil
	}
	return nil, errors.New("not UTF-8")
}

var asciis = []string{"us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "windows-1252"}

func (d *drawing) token(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		d.element(token)
	case xml.EndElement:
		if d.style {
			d.offset = d.began
			d.css("style", string(d.sheet))
		}
		d.style, d.sheet = false, nil
	case xml.ProcInst:
		if token.Target != "xml" {
			d.found(drawingActs("<?" + token.Target + "?>"))
		}
	case xml.Directive:
		if !doctype.Match(token) {
			name, _, _ := strings.Cut(string(token), " ")
			d.found(drawingActs("<!" + name + ">"))
		}
	case xml.CharData:
		if d.style {
			d.sheet = append(d.sheet, token...)
		}
	}
}

// doctype is what drawing programs write, without entities: those of the W3C alone, which
// browsers do not fetch.
var doctype = regexp.MustCompile(`^DOCTYPE\s+svg(\s+PUBLIC\s+"-//W3C//DTD SVG 1\.[01]( Basic| Tiny)?//EN"\s+` +
	`"https?://www\.w3\.org/(Graphics/SVG/1\.[01]/DTD/svg1[01](-basic|-tiny)?|` +
	`TR/2001/REC-SVG-20010904/DTD/svg10)\.dtd")?\s*$`)

func (d *drawing) element(e xml.StartElement) {
	isSVG := e.Name.Space == svgSpace
	switch {
	case !d.drawn && (!isSVG || e.Name.Local != "svg"):
		d.found(drawingNameless())
	case isSVG && !drawn[e.Name.Local], !isSVG && !inert(e.Name.Space), d.style:
		d.found(drawingActs("<" + e.Name.Local + ">"))
	}
	d.drawn = true
	for _, a := range e.Attr {
		d.attribute(e.Name, a)
	}
	d.style, d.began = isSVG && e.Name.Local == "style", d.offset
}

func (d *drawing) attribute(of xml.Name, a xml.Attr) {
	name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
	switch {
	case a.Name.Space == "xmlns" || inert(a.Name.Space):
	case strings.HasPrefix(name, "on"):
		d.found(drawingActs(a.Name.Local))
	case inert(of.Space) || name == "xmlns":
	case name == "href" || name == "src" || name == "base":
		if !within(value) {
			d.found(drawingLoads(a.Name.Local, value))
		}
	case a.Name.Space != "" || said.MatchString(name): // words for people and programs
	case name == "attributename":
		if active.MatchString(value) {
			d.found(drawingActs(a.Name.Local + "=" + value))
		}
	default:
		d.css(a.Name.Local, value)
	}
}

var (
	said = regexp.MustCompile(`^(aria-|data-|unicode|` +
		`(id|class|title|role|lang|name|glyph-name|systemlanguage|d|points)$)`)
	active = regexp.MustCompile(`(?i)(href|src|base|style)$|^on`) // what no animation may change
)

// css looks for what a style does besides giving colours and shapes. Styles also stand in
// attributes of their own, as in fill="url(#dots)", and in the values of animations.
func (d *drawing) css(name, text string) {
	plain := cssComment.ReplaceAllString(text, "")
	if i := strings.IndexByte(plain, '\\'); i >= 0 { // letters may be hidden behind it
		d.loads(name, plain[i:min(i+3, len(plain))])
	}
	for _, rule := range cssRule.FindAllStringSubmatch(plain, -1) {
		if name == "style" && !rules[strings.ToLower(rule[1])] {
			d.loads(name, rule[0])
		}
	}
	for _, call := range cssCall.FindAllStringSubmatch(plain, -1) {
		called := strings.ToLower(call[1])
		if !calls[called] || called == "url" && !within(strings.Trim(call[2], " \t\r\n\"'")) {
			d.loads(name, call[0]+")")
		}
	}
}

// loads notes what a style loads, where that can be found again.
func (d *drawing) loads(name, what string) {
	end := int(d.read.InputOffset())
	if i := bytes.Index(d.svg[d.offset:end], []byte(what)); i >= 0 && d.problems == nil {
		p := drawingLoads(name, what)
		p.Offset, p.End = d.offset+i, d.offset+i+len(what)
		d.problems = []Problem{p}
	}
	d.found(drawingLoads(name, what))
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssRule    = regexp.MustCompile(`@([\w-]*)`)
	cssCall    = regexp.MustCompile(`([\w-]+)\(([^)]*)`)

	rules = setOf(`media supports keyframes -webkit-keyframes font-face charset layer property`)
	calls = setOf(`url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color
		var env calc min max clamp
		matrix matrix3d translate translatex translatey translate3d scale scalex scaley rotate rotatex rotatey rotatez
		skew skewx skewy perspective cubic-bezier steps linear format local inset circle ellipse polygon path rect
		blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
		linear-gradient radial-gradient conic-gradient repeating-linear-gradient
		not is where has nth-child nth-of-type nth-last-child nth-last-of-type lang
		accesskey wallclock repeat and or prefers-color-scheme`)
)

// within reports whether an address is a place in the file, or a picture of dots or a font
// that stands in it.
func within(address string) bool {
	if address == "" || strings.HasPrefix(address, "#") {
		return true
	}
	kind, _, _ := strings.Cut(strings.ToLower(address), ",")
	kind, _, _ = strings.Cut(kind, ";")
	return slices.Contains(inside, kind)
}

var inside = []string{
	"data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp",
	"data:font/woff2", "data:font/woff", "data:font/ttf",
}

const svgSpace = "http://www.w3.org/2000/svg"

// inert reports whether a namespace is one in which drawing programs keep notes, which no
// browser acts on.
func inert(space string) bool {
	return slices.ContainsFunc(notes, func(s string) bool { return strings.HasPrefix(space, s) })
}

var notes = []string{
	"http://www.inkscape.org/namespaces/", "http://sodipodi.sourceforge.net/",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"http://creativecommons.org/ns#", "http://web.resource.org/cc/", "http://purl.org/dc/", "http://ns.adobe.com/",
	"http://www.bohemiancoding.com/sketch/", "http://www.serif.com/", "http://www.figma.com/", "https://boxy-svg.com",
	"http://www.openswatchbook.org/", "http://www.vectornator.io", "http://xml.openoffice.org/", "http://sun.com/",
	"http://www.w3.org/2000/01/rdf-schema#", "https://sketch.io/", "http://xmlns.com/foaf/",
}

// drawn are the elements that draw, and those that say what is drawn.
var drawn = setOf(`svg g defs symbol use switch view title desc metadata style
	path rect circle ellipse line polyline polygon image text tspan textPath tref altGlyph
	linearGradient radialGradient meshgradient mesh meshrow meshpatch stop solidColor solidcolor hatch hatchpath pattern
	flowRoot flowRegion flowRegionExclude flowPara flowSpan flowDiv flowLine
	clipPath mask marker filter color-profile cursor font glyph missing-glyph hkern vkern
	font-face font-face-src font-face-name font-face-format
	animate animateMotion animateTransform animateColor set mpath discard
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
	feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge
	feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// found notes the first problem, at the token being read.
func (d *drawing) found(p Problem) {
	if d.problems == nil {
		p.Offset, p.End = d.offset, int(d.read.InputOffset())
		d.problems = []Problem{p}
	}
}

func drawingUnread() Problem {
	return Problem{
		Code: "drawing-unread",
		Text: diag.Say("this is no SVG file that browsers read: its text is no UTF-8, is packed, or is no complete XML",
			"das ist keine SVG-Datei, die Browser lesen: ihr Text ist kein UTF-8, ist gepackt oder kein "+
				"vollständiges XML"),
		Way: diag.Say("export the picture again as plain SVG",
			"exportieren Sie das Bild noch einmal als einfaches SVG"),
	}
}

func drawingNameless() Problem {
	return Problem{
		Code: "drawing-unread",
		Text: diag.Say("browsers show no picture here: an SVG file begins with "+
			`<svg xmlns="http://www.w3.org/2000/svg">`,
			`Browser zeigen hier kein Bild: eine SVG-Datei beginnt mit <svg xmlns="http://www.w3.org/2000/svg">`),
		Way: diag.Say("export the picture again as plain SVG",
			"exportieren Sie das Bild noch einmal als einfaches SVG"),
	}
}

func drawingActs(what string) Problem {
	return Problem{
		Code: "drawing-active",
		Text: diag.Say("a drawing may only draw, but this one has %s, which can do more",
			"eine Zeichnung darf nur zeichnen, diese enthält aber %s, und das kann mehr", what),
		Way: diag.Say("export the picture again as plain SVG, or take a PNG file instead",
			"exportieren Sie das Bild noch einmal als einfaches SVG, oder nehmen Sie eine PNG-Datei"),
	}
}

func drawingLoads(name, value string) Problem {
	return Problem{
		Code: "drawing-loads",
		Text: diag.Say("a drawing may load nothing and lead nowhere, but this one could, with %s in %s",
			"eine Zeichnung darf nichts laden und nirgendwohin führen, diese könnte es aber, mit %s in %s", value,
			name),
		Way: diag.Say("export the picture again as plain SVG in which everything is embedded, or take a PNG file "+
			"instead",
			"exportieren Sie das Bild noch einmal als einfaches SVG, in das alles eingebettet ist, oder nehmen Sie "+
				"eine "+
				"PNG-Datei"),
	}
}
