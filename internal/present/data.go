package present

import (
	"html/template"
	"math/big"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/render"
)

// DataPage is the page with all files of figures.
func (in *Language) DataPage(s data.Site, files []data.File) *render.DataPage {
	l := in.Lang
	v := &render.DataPage{Head: in.ListHead("data/", l.Word("all-data")), Intro: render.Paragraph(l.Word("data-intro"))}
	v.Description = l.Word("data-description", in.Site.Config.Title[l.Code])
	if s.Demo {
		v.Intro += render.Paragraph(l.Word("demo-sentence"))
	}
	for _, f := range files {
		if f.Lang != nil && f.Lang != l {
			continue
		}
		v.Files = append(v.Files, render.DataFile{
			Download: render.Download{
				Text: l.Word("file-" + string(f.Kind)), To: f.Path, Size: render.Size(l, f.Size), Type: f.Type,
			},
			About: l.Word("file-" + string(f.Kind) + "-about"),
		})
	}
	if n := len(in.Figures.All()); n > data.MostInWorkbook {
		number := l.Number(new(big.Rat).SetInt64(int64(n)), 0)
		v.Intro += render.Paragraph(l.Word("data-too-large", number))
	}
	for _, c := range data.Columns(s, in.Figures.All(), l) {
		v.Columns = append(v.Columns, render.DataColumn{Name: c.Name, Label: c.Heading(l), About: c.About(l)})
	}
	v.Words = []template.HTML{
		render.Paragraph(l.Word("data-exact")), render.Paragraph(l.Word("data-bounds")),
		render.Paragraph(l.Word("data-adding")), render.Paragraph(l.Word("data-opening")),
	}
	v.Dataset = in.dataset(files)
	return v
}

// dataset is what search engines for data are told. All languages have all files.
func (in *Language) dataset(files []data.File) *render.Dataset {
	d := &render.Dataset{}
	for _, f := range files {
		name := in.Lang.Word("file-" + string(f.Kind))
		d.Files = append(d.Files, render.Download{Text: name, To: f.Path, Type: f.Type})
	}
	d.From, d.To = data.Span(in.Figures.All())
	met := map[render.Variable]bool{}
	for _, f := range in.Figures.All() {
		one := render.Variable{Name: in.variable(f), Unit: f.Unit.Other[in.Lang.Code]}
		if met[one] || len(met) == mostVariables {
			continue
		}
		met[one] = true
		d.Variables = append(d.Variables, one)
	}
	return d
}

// mostVariables is how many things that are measured search engines are told of; the
// codebook has all.
const mostVariables = 100

// variable names what a figure measures: a part by its whole, a cell by its table's column.
func (in *Language) variable(f *figure.Figure) string {
	for f.Parent != nil {
		f = f.Parent
	}
	switch {
	case f.Cell != nil:
		table := f.Cell.Table
		return in.Lang.Colon(table.Label.In(in.Lang.Code), table.Columns[f.Cell.Column].Label.In(in.Lang.Code))
	case f.Series != nil:
		return f.Series.Label.In(in.Lang.Code)
	}
	return label(f, in.Lang)
}
