package data

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"bilanz/internal/drawn"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// archive is data/SITE-EDITION.zip: all files, and what to know of them in every language.
func (s Set) archive(files []File, content map[string][]byte) ([]byte, error) {
	var all []render.File
	key := []string{"archive", s.lastDay().String()}
	add := func(name string, data []byte) {
		f := render.File{Path: s.name() + "/" + name, Data: data}
		all, key = append(all, f), append(key, f.Path, string(data))
	}
	for _, l := range s.Langs {
		add("README-"+l.Code+".txt", s.readme(files, l))
	}
	for _, f := range files {
		add(path.Base(f.Path), content[f.Path])
	}
	return drawn.Kept(s.Kept, tools.Key(key...), func() ([]byte, error) { return zipped(all, s.lastDay()) })
}

func zipped(all []render.File, day time.Time) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range all {
		header := &zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: day}
		header.SetMode(0o644)
		entry, err := w.CreateHeader(header)
		if err == nil {
			_, err = entry.Write(f.Data)
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// readme says in a language what the files are. Its lines end as every program for texts
// expects.
func (s Set) readme(files []File, l *locale.Lang) []byte {
	r := readme{lang: l}
	r.heading(s.Title[l.Code], "=")
	r.lines(s.edition(l), s.demo(l), "", l.Word("data-intro"))
	r.lines(s.facts(l)...)
	r.heading(l.Word("data-files"), "-")
	for _, f := range files {
		if f.Lang == nil || f.Lang == l {
			r.item(path.Base(f.Path), l.Word("file-"+string(f.Kind)+"-about"))
		}
	}
	r.heading(l.Word("data-reading"), "-")
	r.lines(l.Word("data-exact"), "", l.Word("data-bounds"), "", l.Word("data-adding"), "", l.Word("data-opening"))
	r.heading(l.Word("data-sources"), "-")
	for _, c := range codesOf(s.Figures, sourceCode) {
		r.item(c.words(l), c.about(l))
	}
	columns := Columns(s.Site, s.Figures, l)
	r.heading(l.Word("data-columns"), "-")
	for _, c := range columns {
		r.item(c.Heading(l)+" ("+c.Name+")", c.About(l))
	}
	for _, c := range columns {
		if c.Name == "qualifier" || c.Name == "unit" || c.Name == "aggregation" {
			r.heading(c.Heading(l), "-")
			r.codes(c)
		}
	}
	r.heading(l.Word("data-corrections"), "-")
	r.corrections(revised(s.Figures))
	return []byte(strings.ReplaceAll(r.text.String(), "\n", "\r\n"))
}

// readme is one on its way.
type readme struct {
	lang *locale.Lang
	text strings.Builder
}

func (r *readme) heading(text, under string) {
	if r.text.Len() > 0 {
		r.text.WriteByte('\n')
	}
	r.text.WriteString(text + "\n" + strings.Repeat(under, utf8.RuneCountInString(text)) + "\n\n")
}

func (r *readme) lines(lines ...string) {
	for _, line := range lines {
		r.text.WriteString(line + "\n")
	}
}

func (r *readme) item(name, about string) { r.lines("- " + r.lang.Colon(name, about)) }

func (r *readme) codes(c Column) {
	for _, code := range c.codes {
		name := code.in(r.lang)
		if code.value != "" && code.value != name {
			name += " (" + code.value + ")"
		}
		if code.about == nil {
			r.lines("- " + name)
		} else {
			r.item(name, code.about(r.lang))
		}
	}
}

func (r *readme) corrections(figures []*figure.Figure) {
	if len(figures) == 0 {
		r.lines(r.lang.Word("data-no-corrections"))
	}
	for _, f := range figures {
		r.item(f.ID, named(f, r.lang))
	}
}
