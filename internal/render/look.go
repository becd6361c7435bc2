package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
)

// Look is what a project says of its look without a layout of its own. Its parts were
// judged: see [Theme.Grounds] and [ReadMark].
type Look struct {
	Accents *Accents // nil: those of the tokens
	Logo    *Mark    // nil: none
	Favicon *Mark    // nil: the icon of static/
	Funders []*Mark  // as those of [Site]; nil: the name is shown
}

// Accents are the accent on light and on dark pages.
type Accents struct{ Light, Dark colour.RGB }

// Mark is a picture that stands for the site.
type Mark struct {
	Name          string // of the file: "logo.svg"
	Data          []byte
	Width, Height int // in whatever unit, for their ratio; 0 where an SVG says none
}

// Grounds are what an accent lies on: the paper and the ground of boxes.
func (t Tokens) Grounds() []colour.RGB { return []colour.RGB{t["paper"], t["tint"]} }

// Dress puts a look over the theme, before pages are made with it.
func (t *Theme) Dress(look Look) {
	if a := look.Accents; a != nil {
		t.light["accent"], t.dark["accent"] = a.Light, a.Dark
		t.assets.addStyle(fmt.Appendf(nil, ":root {\n  --accent: %s;\n}\n\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n    --accent: %s;\n  }\n}\n", a.Light, a.Dark))
	}
	if look.Favicon != nil {
		t.assets.setIcon("icon"+path.Ext(look.Favicon.Name), look.Favicon.Data)
	}
	if t.logo = look.Logo; t.logo != nil {
		t.assets.add("logo"+path.Ext(t.logo.Name), t.logo.Data)
	}
	t.funders = look.Funders
	for i, mark := range t.funders {
		if mark != nil {
			t.assets.add(funderAsset(i, mark), mark.Data)
		}
	}
}

// Palette is the colours of pictures that leave the pages.
func (t *Theme) Palette() colour.Palette {
	p := colour.Palette{
		Paper: t.light["paper"], Ink: t.light["ink"], Muted: t.light["ink-muted"], Rule: t.light["rule"], Accent: t.light["accent"],
	}
	p.Rest = t.light[restToken]
	for i := range p.Series {
		p.Series[i] = t.light["chart-"+strconv.Itoa(i+1)]
	}
	return p
}

// Logo is the picture before the site's name, as a layout shows it.
type Logo struct {
	Name          string // for Asset
	Alt           string
	Width, Height int // for the height of a line, in px; 0 where unknown
}

// How high logos stand at the usual size of text, in px: the site's, and those of funders.
const logoHeight, funderHeight = 40, 56

// sized is a picture of the site as a layout shows it.
func (m *Mark) sized(asset, alt string, height int) *Logo {
	logo := Logo{Name: asset, Alt: alt}
	if m.Height > 0 {
		logo.Width, logo.Height = (m.Width*height+m.Height/2)/m.Height, height
	}
	return &logo
}

// Funder is one of those who paid, as a layout shows it.
type Funder struct {
	Link
	Logo *Logo // nil: the name is shown
}

// Funders are those of the site.
func (h here) Funders() []Funder {
	marks, all := h.frame.theme.funders, []Funder(nil)
	for i, link := range h.frame.site.Funders {
		f := Funder{Link: link}
		if i < len(marks) && marks[i] != nil {
			f.Logo = marks[i].sized(funderAsset(i, marks[i]), link.Text, funderHeight)
		}
		all = append(all, f)
	}
	return all
}

// funderAsset is the name of a funder's logo, for Asset.
func funderAsset(i int, mark *Mark) string {
	return fmt.Sprintf("funder-%d%s", i+1, path.Ext(mark.Name))
}

// Logo is nil where there is none.
func (h here) Logo() *Logo {
	mark := h.frame.theme.logo
	if mark == nil {
		return nil
	}
	return mark.sized("logo"+path.Ext(mark.Name), h.frame.site.LogoAlt, logoHeight)
}

// Icon is the name of the sign in the tabs of a browser, for Asset.
func (h here) Icon() string { return h.frame.theme.assets.icon }

// IconIsPNG reports whether it is a PNG file; if not, it is an SVG.
func (h here) IconIsPNG() bool { return strings.EqualFold(path.Ext(h.Icon()), ".png") }

// ReadMark looks at a file that is to stand for the site. It must be what its name says,
// and an SVG may hold nothing that acts or loads.
func ReadMark(file File, list *diag.List) (*Mark, bool) {
	m := &Mark{Name: path.Base(file.Path), Data: file.Data}
	var problem *diag.Diagnostic
	switch strings.ToLower(path.Ext(file.Path)) {
	case ".png":
		problem = m.readPNG(file)
	case ".svg":
		problem = m.readSVG(file)
	default:
		problem = wrongKind(diag.File(file.Path), diag.Say("this is neither an SVG nor a PNG file",
			"das ist weder eine SVG- noch eine PNG-Datei"))
	}
	if problem != nil {
		list.Add(*problem)
	}
	return m, problem == nil
}

func (m *Mark) readPNG(file File) *diag.Diagnostic {
	config, err := png.DecodeConfig(bytes.NewReader(file.Data))
	if err != nil {
		return wrongKind(diag.File(file.Path), diag.Say("this is no PNG file, whatever its name says",
			"das ist keine PNG-Datei, auch wenn sie so heißt"))
	}
	m.Width, m.Height = config.Width, config.Height
	return nil
}

// readSVG walks through the elements of an SVG file.
func (m *Mark) readSVG(file File) *diag.Diagnostic {
	decoder, root := xml.NewDecoder(bytes.NewReader(file.Data)), true
	for {
		start := int(decoder.InputOffset())
		token, err := decoder.Token()
		place := diag.At(file.Path, file.Data, start, int(decoder.InputOffset()))
		switch {
		case errors.Is(err, io.EOF) && !root:
			return nil
		case err != nil:
			return wrongKind(place, diag.Say("this file cannot be read as SVG", "diese Datei ist nicht als SVG lesbar"))
		}
		switch token := token.(type) {
		case xml.StartElement:
			if root && token.Name.Local != "svg" {
				return wrongKind(place, diag.Say("this is no SVG file, whatever its name says",
					"das ist keine SVG-Datei, auch wenn sie so heißt"))
			}
			if root {
				m.Width, m.Height = sizeOf(token)
			}
			root = false
			if what := acts(token); what != "" {
				return active(place, what)
			}
		case xml.CharData:
			if what := loads(string(token)); what != "" {
				return active(place, what)
			}
		case xml.Directive:
			if bytes.Contains(token, []byte("[")) {
				return active(place, "<!DOCTYPE [")
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return active(place, "<?"+token.Target)
			}
		}
	}
}

// acts names what in an element does or loads something.
func acts(e xml.StartElement) string {
	switch name := strings.ToLower(e.Name.Local); name {
	case "script", "foreignobject", "iframe", "embed", "object", "handler", "listener":
		return "<" + e.Name.Local + ">"
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		switch {
		case strings.HasPrefix(name, "on"):
			return a.Name.Local + "="
		case (name == "href" || name == "src" || name == "base") && !strings.HasPrefix(value, "#") && !embedded.MatchString(value):
			return a.Name.Local + `="` + value + `"`
		}
		if a.Name.Space != "xmlns" && name != "xmlns" {
			if what := loads(value); what != "" {
				return what
			}
		}
	}
	return ""
}

var (
	// embedded is a picture or a font inside a file.
	embedded = regexp.MustCompile(`(?i)^data:(image/(png|jpeg|gif|webp)|font/[a-z0-9]+)[;,]`)
	loading  = regexp.MustCompile(`(?i)@import|javascript:|image-set\(`)
	urlIn    = regexp.MustCompile(`(?i)url\(\s*['"]?\s*([^'")]*)`)
)

// loads names what in a style or an address loads or runs something; url(#id) is within
// the file.
func loads(text string) string {
	if found := loading.FindString(text); found != "" {
		return found
	}
	for _, url := range urlIn.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(url[1], "#") && !embedded.MatchString(url[1]) {
			return url[0] + ")"
		}
	}
	return ""
}

// sizeOf is the size that an SVG file gives itself, in px.
func sizeOf(root xml.StartElement) (width, height int) {
	var w, h float64
	for _, a := range root.Attr {
		switch a.Name.Local {
		case "viewBox":
			if f := strings.Fields(strings.ReplaceAll(a.Value, ",", " ")); len(f) == 4 {
				w, _ = strconv.ParseFloat(f[2], 64)
				h, _ = strconv.ParseFloat(f[3], 64)
			}
		case "width":
			if w == 0 {
				w, _ = strconv.ParseFloat(strings.TrimSuffix(a.Value, "px"), 64)
			}
		case "height":
			if h == 0 {
				h, _ = strconv.ParseFloat(strings.TrimSuffix(a.Value, "px"), 64)
			}
		}
	}
	const largest = 1e6
	if w <= 0 || h <= 0 || w > largest || h > largest {
		return 0, 0
	}
	// Many files count in small units, so a size is kept as hundredths.
	return int(w * 100), int(h * 100)
}

func wrongKind(place diag.Place, text diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "look-file-kind", Place: place, Text: text,
		Ways: []diag.Text{diag.Say("save the picture again as SVG or PNG",
			"speichern Sie das Bild noch einmal als SVG oder PNG")},
	}
}

func active(place diag.Place, what string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "look-svg-active", Place: place,
		Text: diag.Say("a picture that stands on every page may not act or load anything, but this one has %s",
			"ein Bild auf jeder Seite darf nichts ausführen und nichts laden, dieses enthält aber %s", what),
		Ways: []diag.Text{
			diag.Say("export it again as plain SVG", "exportieren Sie es noch einmal als einfaches SVG"),
			diag.Say("take a PNG file instead", "nehmen Sie stattdessen eine PNG-Datei"),
		},
	}
}
