package audit

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"unicode/utf16"
)

const openSVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
	`viewBox="0 0 9 9">` + "\n"

func TestADrawingMayOnlyDraw(t *testing.T) {
	for _, inside := range []string{
		`<script>alert(1)</script>`, `<script href="#a"/>`, `<g onclick="x()"/>`, `<g ONLOAD="x()"/>`,
		`<rect xlink:onfocus="x"/>`,
		`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>`, `<iframe/>`, `<a href="#x"/>`,
		`<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>`,
		`<s:script xmlns:s="http://www.w3.org/2000/svg"/>`,
		`<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>`, `<handler/>`, `<g xmlns=""><script/></g>`,
		`<animate attributeName="href" to="#a"/>`, `<set attributeName="xlink:href" to="#a"/>`,
		`<set attributeName="onclick" to="x"/>`,
		`<?xml-stylesheet href="a.css"?>`, `<?php echo 1 ?>`, `<style><![CDATA[a{}]]><g/></style>`,
	} {
		refuses(t, openSVG+inside+"</svg>", "drawing-active")
	}
	for _, inside := range []string{
		`<use href="https://example.org/a.svg#x"/>`, `<use xlink:href="b.svg#x"/>`, `<image href="photo.png"/>`,
		`<image href="//example.org/a.png"/>`,
		`<image href="data:image/svg+xml;base64,PHN2Zy8+"/>`, `<image href="data:text/html,x"/>`,
		`<image href="DATA:IMAGE/SVG+XML,x"/>`,
		`<use href="javascript:x()"/>`, `<use href=" java&#10;script:x()"/>`, `<use href="&#106;avascript:x()"/>`,
		`<use x:href="http://a/"/>`,
		`<rect fill="url(https://example.org/a.svg#x)"/>`, `<rect style="fill:url('//a/b')"/>`,
		`<rect style="fill:u\72l(//a/b)"/>`,
		`<rect style="fill:url/**/(//a/b)"/>`, `<rect cursor="image-set('a.png' 1x)"/>`, `<feImage href="a.png"/>`,
		`<style>@import "a.css";</style>`, `<style>@im<![CDATA[port url(a.css)]]></style>`,
		`<style>@im<!-- x -->port "a"</style>`,
		`<style>rect{fill:URL( "a.svg" )}</style>`, `<style>@font-face{src:url(//a/b.woff)}</style>`,
		`<g xml:base="https://example.org/"/>`,
		`<style>@\69mport "a"</style>`, `<style>a{width:expression(x)}</style>`,
		`<set attributeName="fill" to="url(//a/b)"/>`,
	} {
		refuses(t, openSVG+inside+"</svg>", "drawing-loads")
	}
}

func TestADrawingIsReadAsBrowsersReadIt(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(openSVG + "</svg>"))
	_ = w.Close()
	wide := "\xfe\xff"
	for _, unit := range utf16.Encode([]rune(openSVG + "<script/></svg>")) {
		wide += string([]byte{byte(unit >> 8), byte(unit)})
	}
	for _, svg := range []string{
		"", "no picture", packed.String(), wide, `<svg viewBox="0 0 1 1"/>`,
		`<html xmlns="http://www.w3.org/1999/xhtml"/>`,
		openSVG, openSVG + "<g></svg>", openSVG + "&nbsp;</svg>",
		`<?xml version="1.0" encoding="UTF-7"?>` + openSVG + "</svg>",
		`<?xml version="1.0" encoding="iso-8859-1"?>` + openSVG + "ä</svg>", openSVG + "\xe4</svg>",
	} {
		refuses(t, svg, "drawing-unread")
	}
	for _, top := range []string{
		`<!DOCTYPE svg [<!ENTITY x "y">]>`, `<!DOCTYPE svg SYSTEM "https://example.org/x.dtd">`, `<!ENTITY x "y">`,
		`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [ ]>`,
	} {
		refuses(t, top+openSVG+"</svg>", "drawing-active")
	}
}

func TestDrawingProgramsMayWriteWhatTheyWrite(t *testing.T) {
	for _, svg := range []string{
		"\ufeff" + `<?xml version="1.0" encoding="utf-8"?><!-- a program -->` +
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ` +
			`"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + openSVG + "</svg>",
		`<?xml version="1.0" encoding="ISO-8859-1"?>` + openSVG + `<title>plain</title></svg>`,
		openSVG + `<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
			`<c:Work xmlns:c="http://creativecommons.org/ns#" r:about="">` +
			`<c:license r:resource="http://creativecommons.org/licenses/by/4.0/"/></c:Work></r:RDF></metadata></svg>`,
		openSVG + `<n:namedview xmlns:n="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" showgrid="false"/></svg>`,
		openSVG + `<defs><linearGradient id="a"/>` +
			`<style><![CDATA[.a{fill:url(#a);} @media print{g{fill:rgb(0,0,0)}}]]></style></defs></svg>`,
		openSVG + `<use xlink:href="#a" transform="translate(3 4) rotate(-45)"/>` +
			`<image href="data:image/png;base64,iVBO"/></svg>`,
		openSVG + `<text aria-label="Sums (javascript: in %)" font-family="'Source Sans 3', sans-serif">` +
			`javascript: url(x) @import</text></svg>`,
		openSVG + `<animate attributeName="opacity" values="0;1" dur="1s" begin="a.click+1s"/></svg>`,
		openSVG + `<g filter="url(#blur)" style="enable-background:new 0 0 9 9; mix-blend-mode:multiply"/></svg>`,
	} {
		if ps := Drawing([]byte(svg)); len(ps) > 0 {
			t.Errorf("%s\nis refused: %s", svg, ps[0].Text.In("en"))
		}
	}
}

func TestTheLineOfWhatADrawingMayNotHoldIsSaid(t *testing.T) {
	svg := openSVG + "<g>\n  <rect onclick='x()'/>\n</g></svg>"
	if p := refuses(t, svg, "drawing-active"); svg[p.Offset:p.End] != "<rect onclick='x()'/>" {
		t.Errorf("it stands at %q", svg[p.Offset:p.End])
	}
}

func refuses(t *testing.T, svg, code string) Problem {
	t.Helper()
	ps := Drawing([]byte(svg))
	if len(ps) != 1 || ps[0].Code != code {
		t.Errorf("%q\ngives %v, not %s", svg, ps, code)
		return Problem{}
	}
	return ps[0]
}

// Whatever is in the file, what the reader accepts holds no script.
func FuzzDrawing(f *testing.F) {
	f.Add(openSVG + "<g/></svg>")
	f.Add("<script/>" + openSVG)
	f.Fuzz(func(t *testing.T, svg string) {
		if ps := Drawing([]byte(svg)); len(ps) > 0 {
			if p := ps[0]; p.Offset < 0 || p.End > len(svg) || p.Offset > p.End {
				t.Errorf("%q: a problem at %d to %d", svg, p.Offset, p.End)
			}
			return
		}
		for _, open := range []string{"<script", "<foreignObject", "<!ENTITY"} {
			if at := strings.Index(svg, open); at >= 0 && !strings.Contains(svg, "<!--") && !strings.Contains(svg,
				"CDATA") &&
				strings.Count(svg[:at], `"`)%2 == 0 && strings.Count(svg[:at], "'")%2 == 0 &&
				!isLonger(svg[at+len(open):]) {
				t.Errorf("%q passes", svg)
			}
		}
	})
}

// isLonger reports whether a name goes on, so that it is another.
func isLonger(rest string) bool { return rest != "" && !strings.ContainsAny(rest[:1], " \t\r\n/>") }
