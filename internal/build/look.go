package build

import (
	"html/template"
	"path"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/colour"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
	"bilanz/layouts"
	"bilanz/static"
)

// dress gets the theme ready: what is built in, over it the project's own layouts and
// styles, over those what site.yaml says of the look.
func (b *builder) dress() {
	own := render.Own{Layouts: b.ownFilesOf("layouts"), Static: b.ownFilesOf("static")}
	b.layouts = own.Layouts
	theme, err := render.New(layouts.FS, static.FS, own, &b.siteProblems)
	if err != nil {
		b.fail(err)
		return
	}
	look := b.config.Look
	theme.CheckContrast(look.Accent.Set, look.Accent.Set || look.AccentDark.Set, &b.siteProblems)
	dressed := render.Look{Accents: b.accents(theme, look), Logo: b.mark(look.Logo), Favicon: b.mark(look.Favicon)}
	for _, f := range b.config.Funders {
		dressed.Funders = append(dressed.Funders, b.mark(f.Logo))
	}
	theme.Dress(dressed)
	b.theme = theme
	b.studio = chart.NewStudio(b.drawings, b.o.Workers, theme.Palette())
	b.studio.Starting = b.o.Drawing
	if b.o.Engines != nil {
		b.studio.Take(b.o.Engines)
	}
}

// ownFilesOf reads the project's own files of layouts/ or static/. What lies at the root
// of the site is only named: it may be large.
func (b *builder) ownFilesOf(folder string) []render.File {
	var files []render.File
	for _, name := range b.project.Files(folder, &b.siteProblems) {
		read := b.project.ReadRaw
		switch {
		case path.Ext(name) == ".go":
			continue
		case folder == "layouts" || path.Ext(name) == ".css" || path.Ext(name) == ".js":
			read = b.project.Read
		}
		file := render.File{Path: name}
		if folder == "layouts" || render.Themed(strings.TrimPrefix(name, "static/")) {
			text, ok := read(name, &b.siteProblems)
			if !ok {
				continue
			}
			file.Data = text
		}
		files = append(files, file)
	}
	return files
}

// accents are those that site.yaml states, if they can be read; without one for dark
// pages it is the nearest that can be read there.
func (b *builder) accents(theme *render.Theme, look site.Look) *render.Accents {
	if !look.Accent.Set && !look.AccentDark.Set {
		return nil
	}
	light, dark := theme.Light(), theme.Dark()
	all := &render.Accents{Light: light["accent"], Dark: dark["accent"]}
	if look.Accent.Set {
		all.Light = look.Accent.Color
		all.Dark = colour.Nearest(look.Accent.Color, dark.Grounds()...)
		b.checkContrast(look.Accent, diag.Say("light", "hellen"), light)
	}
	if look.AccentDark.Set {
		all.Dark = look.AccentDark.Color
		b.checkContrast(look.AccentDark, diag.Say("dark", "dunklen"), dark)
	}
	return all
}

func (b *builder) checkContrast(a site.Accent, pages diag.Text, tokens render.Tokens) {
	contrast := colour.Least(a.Color, tokens.Grounds()...)
	if contrast >= colour.Readable {
		return
	}
	near := colour.Nearest(a.Color, tokens.Grounds()...)
	b.siteProblems.Add(diag.Diagnostic{
		Code: "look-contrast", Place: a.Place,
		Text: diag.Say("links in %s cannot be read on %s pages: the contrast is %s to 1, and 4.5 is the least",
			"Links in %s sind auf %s Seiten nicht lesbar: der Kontrast ist %s zu 1, mindestens 4,5 muss er sein", a.Color, pages, locale.Hundredths(contrast)),
		Ways: []diag.Text{diag.Say("run \"bilanz fix\" to write \"%s\", the nearest colour that can be read",
			"„bilanz fix“ schreibt \"%s\", die nächste lesbare Farbe", near)},
		Edits: []diag.Edit{a.Instead(near)},
	})
}

// mark reads a picture that stands for the site; nil where none is named, or none that
// can be shown.
func (b *builder) mark(file site.LookFile) *render.Mark {
	if file.Name == "" {
		return nil
	}
	name := b.lookPath(file.Name)
	if name == "" {
		b.siteProblems.Add(diag.Diagnostic{
			Code: "look-file-missing", Place: file.Place,
			Text: diag.Say("there is no file %[1]s in content/ or static/",
				"eine Datei %[1]s gibt es weder in content/ noch in static/", file.Name),
			Ways: []diag.Text{
				diag.Say("put it there", "legen Sie sie dorthin"),
				diag.Say("check the name, in small and capital letters",
					"prüfen Sie den Namen, auch Groß- und Kleinbuchstaben"),
			},
		})
		return nil
	}
	data, ok := b.project.ReadRaw(name, &b.siteProblems)
	if !ok {
		return nil
	}
	if mark, ok := render.ReadMark(render.File{Path: name, Data: data}, &b.siteProblems); ok && b.onlyDraws(name,
		data) {
		return mark
	}
	return nil
}

// lookPath finds a file that site.yaml names; "" where there is none.
func (b *builder) lookPath(name string) string {
	for _, folder := range []string{"content", "static"} {
		full := path.Join(folder, name)
		if strings.HasPrefix(full, folder+"/") && !incoming.IsWaiting(full) && b.project.Has(full) {
			return full
		}
	}
	return ""
}

// footerText is the line of site.yaml at the foot of every page of a language.
func (b *builder) footerText(t *tongue) template.HTML {
	text, ok := figure.In(b.config.Look.Footer, t.lang.Code)
	if !ok {
		return ""
	}
	from := prose.PassageText{Text: text.Text, Place: text.Place, Edit: text.Edit}
	return template.HTML(prose.Passage(t.context, from, &b.siteProblems, prose.Setting{
		Cite:   present.PlainNumber,
		Target: func(link *prose.Link) prose.Target { return b.targetInNote(t, text, link) },
	}))
}
