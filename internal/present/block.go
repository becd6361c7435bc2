package present

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/chart"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// Block is a block of a page with what was made of it.
type Block struct {
	*prose.Block
	Grid    *grid.Grid    // nil for headline figures and cards, and where the figures are broken
	Picture chart.Picture // of a chart that is drawn
	Drawn   bool
	Bars    []Bars // of cards: the picture of each
	CSV     []byte // the figures for machines
	Sheet   []byte // the table for spreadsheet programs; in words of the page
}

// Setting is the address at which a page, or a block of it, is written, and how.
type Setting struct {
	prose.Setting
	Path  string
	doc   *prose.Document
	plain bool // numbers lead nowhere and have no card, as in Leichte Sprache and on paper
}

// level is the level of the heading of a block.
func (s *Setting) level(b *Block) int { return min(b.Level+s.Deeper, 6) }

// Setting is how a page is written at an address. Where links lead from there, and
// what its blocks are, is for the caller to fill in.
func (in *Language) Setting(page *site.Page, doc *prose.Document, path string) *Setting {
	cite := func(c *prose.Cite) []byte { return in.Number(c, path) }
	plain := page.Front.Slot == "easy-read"
	if plain {
		cite = PlainNumber
	}
	return &Setting{Path: path, doc: doc, plain: plain, Setting: prose.Setting{
		Cite: cite,
		Note: func(note *figure.Footnote) []byte { return []byte(in.Notes.html(note.ID, Footnote)) },
	}}
}

// summary is the summary of a block.
func (s *Setting) summary(b *Block) template.HTML {
	return template.HTML(s.doc.Summary(b.Block, &s.Setting))
}

// Headline is a block of headline figures: the nth of its page, from 1.
func (in *Language) Headline(b *Block, nth int, s *Setting) *render.Headline {
	labels := grid.Labels(b.Figures)
	v := &render.Headline{
		ID: s.Prefix + "figures-" + strconv.Itoa(nth), Level: s.level(b), Title: render.Text(b.Title),
		Summary: s.summary(b),
	}
	for i, f := range b.Figures {
		linked := b.First[i] && !s.plain
		v.Items = append(v.Items, in.headlineItem(f, tile(f, labels[i], in.Lang), linked, s.Path))
	}
	v.When = mostlyWhen(v.Items)
	return v
}

// mostlyWhen is the time that more than half of the figures have, which stands once above
// them; "" for none. Those that have another one, or none, say so: they are few.
func mostlyWhen(items []render.HeadlineItem) string {
	count := map[string]int{}
	for _, item := range items {
		count[item.When]++
	}
	for when, n := range count {
		if when != "" && 2*n > len(items) && count[""] == 0 {
			return when
		}
	}
	return ""
}

// headlineItem is one of the figures. A part must not pass for its whole, unless its label
// says what it counts; what is only inferred is said where its source is.
func (in *Language) headlineItem(f *figure.Figure, label string, first bool, path string) render.HeadlineItem {
	ref := figure.Ref{Figure: f, Option: figure.Plain}
	fig := render.Fig{ID: f.ID, Value: ref.Data(), Text: ref.Text(in.Lang)}
	if word := in.Lang.RelationWord(f.Value.Bound); word != "" && f.Value.Number != nil {
		fig.Bound = word + " "
	}
	if f.Parent != nil && !f.SaysUnit(label, in.Lang) {
		label = f.Full(in.Lang)
	}
	if first {
		in.link(&fig, ref, path)
	}
	item := render.HeadlineItem{Label: render.Text(label), Linked: first,
		Number: template.HTML(render.AppendFig(nil, fig))}
	if !f.SaysUnit(label, in.Lang) {
		item.Unit = unit(f, in.Lang)
	}
	if when, _ := when(f, in.Lang); !f.SaysTime(label, when, in.Lang) {
		item.When = when
	}
	if unsettled(f) {
		item.Basis = statusWord(f, in.Lang)
	}
	return item
}

// List is a chart without values: equal boxes and one note.
func (in *Language) List(b *Block, s *Setting) *render.List {
	v := &render.List{
		ID: s.Prefix + b.ID, Level: s.level(b), Title: render.Text(b.Title),
		Subtitle: render.Text(withSelection(b, b.Subtitle, in.Lang)),
		Note:     template.HTML(render.Unwrapped(string(s.summary(b)))),
	}
	sameReason := true
	figures := b.Grid.Figures()
	for _, f := range figures {
		sameReason = sameReason && f.Value.Number == nil && f.Value.Reason == figures[0].Value.Reason
	}
	for _, line := range b.Grid.Lines {
		item := line.Label(in.Lang)
		if f := line.Figures[0]; f != nil && !sameReason {
			item = listed(b.Grid, item, f, in.Lang)
		}
		v.Items = append(v.Items, render.Text(item))
	}
	return v
}

// listed is a row of a list: what its name does not say of unit and time stands there too,
// for a list has no heads of columns and no legend.
func listed(g *grid.Grid, name string, f *figure.Figure, l *locale.Lang) string {
	if timesOf(g) != inCaption {
		name = timed(name, f, l)
	}
	text := l.Colon(name, printed(f, l))
	if f.Value.Number != nil && withUnit(name, f.Unit, l) != name {
		text += "\u00a0" + unit(f, l)
	}
	if unsettled(f) {
		text += " (" + statusWord(f, l) + ")"
	}
	return text
}

// Table is a block of a table.
func (in *Language) Table(b *Block, s *Setting) *render.TableBlock {
	marks := in.marked(b, s)
	v := &render.TableBlock{
		ID: s.Prefix + b.ID, Level: s.level(b), Title: render.Text(b.Title), Subtitle: render.Text(b.Subtitle),
		Table: table(b, marks, in.Lang), Summary: s.summary(b), Notes: marks.below(in.notes(b)),
		Source: sources(b.Grid, in.Lang),
		Sheet:  in.attached(s.Path, in.SheetAt(b.Kind, b.ID), len(b.Sheet)),
		CSV:    in.attached(s.Path, b.DataAt(), len(b.CSV)), Demo: in.Site.Config.Demo,
	}
	return v
}

// DataAt is the address of the figures of a block as a file.
func (b *Block) DataAt() string { return b.DataOf(b.ID) }

// DataOf is where it stood while the block had another id.
func (b *Block) DataOf(id string) string { return "data/" + string(b.Kind) + "s/" + id + ".csv" }

// SheetAt is where the table of a block lies for spreadsheet programs: of a chart beside its
// page, of a table, which has none, beside its figures.
func (in *Language) SheetAt(kind prose.Kind, id string) string {
	if kind == prose.Chart {
		return in.ChartAt(id) + ".csv"
	}
	return "data/tables/" + in.Lang.Code + "/" + id + ".csv"
}

func (in *Language) attached(path, to string, size int) render.Attached {
	return render.Attached{Href: render.Rel(path, to), Size: render.Size(in.Lang, size)}
}

// Chart is a chart below a heading of a level. One across the page has the drawing for that
// width, too.
func (in *Language) Chart(b *Block, s *Setting, level int, across bool) render.Chart {
	v := render.Chart{
		ID: s.Prefix + b.ID, Level: level, Title: render.Text(b.Title), Subtitle: render.Text(subtitle(b, in.Lang)),
		Wide: named(b.Picture.Wide, s.Prefix), Narrow: named(b.Picture.Narrow, s.Prefix),
		Summary: s.summary(b), Told: s.tells(b), Table: table(b, nil, in.Lang), Notes: in.notes(b),
		Source: sources(b.Grid, in.Lang),
		Sheet:  in.attached(s.Path, in.SheetAt(b.Kind, b.ID), len(b.Sheet)),
		CSV:    in.attached(s.Path, b.DataAt(), len(b.CSV)),
		SVG:    in.attached(s.Path, in.ChartAt(b.ID)+".svg", len(b.Picture.File)),
		Demo:   in.Site.Config.Demo, Explore: Explores(b),
	}
	if across {
		v.Broad = named(b.Picture.Broad, s.Prefix)
	}
	if s.Path != in.ChartAt(b.ID)+"/" {
		v.Permalink = render.Rel(s.Path, in.ChartAt(b.ID)+"/")
		v.Embed = v.Permalink + "#embed"
	}
	return v
}

// tells reports whether the text beside a chart says every number of its summary, which
// then need not be read twice: running text of the same section cites the same figures in
// the same way. Only a page of prose has such text.
func (s *Setting) tells(b *Block) bool {
	if s.Silent {
		return false
	}
	for _, c := range s.doc.Cites {
		same := func(other *prose.Cite) bool {
			return other.Block == nil && other.Section == c.Section && other.None == c.None && other.Ref == c.Ref &&
				(!c.None || other.Text == c.Text)
		}
		if c.Block == b.Block && !slices.ContainsFunc(s.doc.Cites, same) {
			return false
		}
	}
	return true
}

// named is a picture in a page. Its name and description are the heading and the
// summary beside it, whose ids have the prefix.
func named(svg []byte, prefix string) template.HTML {
	if prefix == "" {
		return template.HTML(svg)
	}
	return template.HTML(strings.NewReplacer(
		`aria-labelledby="`, `aria-labelledby="`+prefix, `aria-describedby="`, `aria-describedby="`+prefix,
	).Replace(string(svg)))
}

// ChartAt is the address of a chart's own page, without the last slash.
func (in *Language) ChartAt(id string) string { return chartAt(in.root, id) }

func chartAt(root, id string) string { return root + "charts/" + id }

// table makes the table of a block as a page has it.
func table(b *Block, marks *marked, l *locale.Lang) render.Table {
	t := laid(b, l)
	t.sortable, t.marks = sortable(t.body), marks.links()
	v := t.view(b)
	widths := columnWidths(v)
	v.Sortable, v.Long, v.Wide = t.sortable, len(v.Rows)+len(v.Foot) >= fewestLong, isWide(v, widths)
	if v.Wide || v.Long {
		v.Hint = l.Word("table-size", len(v.Rows)+len(v.Foot), len(v.Columns))
	}
	if v.Paper = onPaper(v, widths); v.Paper != nil { // again, without ids, which would be there twice
		t.marks = marks.plain
		v.Paper = onPaper(t.view(b), widths)
	}
	return v
}

// view is the table as a page has it on a screen.
func (t laidTable) view(b *Block) render.Table {
	l := t.lang
	v := render.Table{Caption: render.Text(caption(b, l))}
	for _, name := range t.heads {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(name)})
	}
	for _, name := range t.columns {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(name), Number: true})
	}
	if t.shares {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(l.Word("number-share")), Number: true})
	}
	for _, line := range t.body {
		v.Rows = append(v.Rows, t.row(line))
	}
	if t.foot != nil {
		v.Foot = append(v.Foot, t.row(*t.foot))
	}
	return v
}

func (t laidTable) row(line grid.Line) render.Row {
	r := render.Row{Total: line.Total, Head: t.rowHeads(line)}
	for _, f := range line.Figures {
		r.Cells = append(r.Cells, t.cell(f))
		if t.shares {
			r.Cells = append(r.Cells, t.share(f, t.foot != nil && f == t.foot.Figures[0]))
		}
	}
	return r
}

const none = "–" // there is no such figure

func (t laidTable) cell(f *figure.Figure) template.HTML {
	if f == nil {
		return none
	}
	cell := t.sortedBy(f.Value.Number, printed(f, t.lang))
	if sign := letter(f, t.lang); sign != "" {
		cell += render.Sign(sign)
	}
	if t.at == atNumbers {
		when, _ := when(f, t.lang)
		cell += render.Text(" (" + when + ")")
	}
	return cell + t.marks(f)
}

// share is the share of a figure in the whole, which itself is all of it.
func (t laidTable) share(f *figure.Figure, total bool) template.HTML {
	ref := figure.Ref{Figure: f, Option: figure.Option{Share: true, Decimals: -1}}
	switch {
	case total:
		return render.Text(t.lang.Percent(whole, 0))
	case f == nil:
		return none
	}
	share, _, ok := ref.Exact()
	if !ok {
		return none
	}
	return t.sortedBy(share, ref.Text(t.lang))
}

// rowHeads names the columns that name the lines.
func rowHeads(g *grid.Grid, l *locale.Lang) []string {
	switch {
	case len(g.Heads) > 0:
		return dimensionNames(g, l)
	case len(g.AllSeries()) > 0 && len(g.Panels) == 0:
		return []string{timeName(g, l)}
	case len(g.AllSeries()) > 0:
		return []string{l.Word("table-figure"), timeName(g, l)}
	case g.Table == nil && len(g.Panels) > 0:
		return []string{l.Word("table-figure"), l.Word("table-part")}
	case g.Whole != nil && len(g.Columns) == 1:
		return []string{l.Word("table-part")}
	}
	return []string{l.Word("table-figure")}
}

// dimensionNames are the headings of the dimensions of a table that name its lines; the
// time stands last, as in the lines.
func dimensionNames(g *grid.Grid, l *locale.Lang) []string {
	var names []string
	timed := false
	for _, id := range g.Heads {
		switch id {
		case grid.Time:
			timed = true
		case grid.Columns:
			names = append(names, l.Word("table-figure"))
		default:
			names = append(names, keyName(g.Table, slices.Index(g.Table.Rows, id), l))
		}
	}
	if timed {
		names = append(names, timeName(g, l))
	}
	return names
}

// timeWords name the kinds of time above a column of them; days are dates.
var timeWords = map[calendar.Kind]string{
	calendar.Month: "table-month", calendar.Quarter: "table-quarter", calendar.Half: "table-half",
	calendar.Year: "table-year", calendar.Split: "table-split", calendar.School: "table-school",
	calendar.Years: "table-years",
}

// timeName is the heading of a column of times.
func timeName(g *grid.Grid, l *locale.Lang) string {
	if word := timeWords[g.Kind()]; word != "" {
		return l.Word(word)
	}
	return l.Word("table-date")
}

// keyName is the heading of a column of row keys.
func keyName(table *figure.Table, i int, l *locale.Lang) string {
	if label := table.RowLabels[i][l.Code]; label != "" {
		return label
	}
	return l.Word("table-group")
}
