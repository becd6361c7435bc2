package prose

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/schema"
)

// The keys of charts and tables that choose among the cells of a table and arrange them.
var (
	oneList  = &schema.Key{Kind: schema.List, Of: oneText}
	whereKey = schema.Key{Name: "where", Kind: schema.Map, Of: oneList, Form: "{sex: all, country: [uk, wales]}",
		Doc: "Of a table: which keys of a dimension are shown: one, a list in the order wanted, or all."}
	exceptKey = schema.Key{Name: "except", Kind: schema.Map, Of: oneList, Form: "{country: gb}",
		Doc: "Of a table: which of them are left out."}
	acrossKey = schema.Key{Name: "across", Kind: schema.Text, Form: "time",
		Doc: "Of a table: the dimension along the axis of a chart, or whose keys are the columns of a table."}
	seriesKey = schema.Key{Name: "series", Kind: schema.Text, Form: "country",
		Doc: "Of a table: the dimension that the colours, lines or panels mean."}
	columnsKey = schema.Key{Name: "columns", Kind: schema.List, Of: oneText, Form: "[rate, deaths]",
		Doc: "Of a table: the columns to show, in this order."}
	ofKey = schema.Key{Name: "of", Kind: schema.Text, Values: []string{grid.OfRow, grid.OfColumn, grid.OfTotal},
		Doc: "Shares instead of numbers: of the row, of the column, of the total."}
	orderKey = schema.Key{Name: "order", Kind: schema.Text, Values: []string{grid.AsRead, grid.ByValue, grid.ByLabel},
		Doc: "The order of the rows: as read, by value (the largest first), by label."}
	topKey    = schema.Key{Name: "top", Kind: schema.Whole, Form: "10", Doc: "Only so many of the largest rows."}
	othersKey = schema.Key{Name: "others", Kind: schema.Bool, Form: "true",
		Doc: "With top: the sum of the rest in a row below them."}
	lastKey = schema.Key{Name: "last", Kind: schema.List, Of: oneText, Form: "[other]",
		Doc: "Rows that are in no ranking and stand last."}
	highlightKey = schema.Key{Name: "highlight", Kind: schema.Text, Form: "uk",
		Doc: "The bar, column or line that stands out among grey ones."}
)

// cutReader reads what a block says of the cells of a table.
type cutReader struct {
	*visitor
	block  *Block
	fields schema.Fields
	dims   []grid.Dimension // none where no table is shown
	failed bool
}

// readCut reads which cells of a table a block shows, and how they lie. Where it cannot be
// read, nobody knows what the block shows.
func (v *visitor) readCut(b *Block, fields schema.Fields) {
	if b.Table == nil && len(b.Figures) == 0 {
		return // what is shown could not be read, which was said
	}
	r := cutReader{visitor: v, block: b, fields: fields}
	if b.Table != nil {
		r.dims = v.context.dimensions(b.Table)
	}
	r.fits()
	if !r.failed {
		r.columns()
		r.choices("where", &b.Cut.Where)
		r.choices("except", &b.Cut.Except)
		b.Cut.Across, b.Cut.Series = r.dimension("across"), r.dimension("series")
		r.order()
	}
	switch {
	case r.failed:
		b.Table, b.Figures = nil, nil
	case b.Table != nil:
		b.Selection = grid.Select(b.Table, r.dims, b.Cut)
	}
}

// dimensions are those of a table, found once.
func (c *Context) dimensions(t *figure.Table) []grid.Dimension {
	if known, ok := c.tables.Load(t); ok {
		return known.([]grid.Dimension)
	}
	dims := grid.DimensionsOf(t)
	c.tables.Store(t, dims)
	return dims
}

// fail says what is wrong with a value.
func (r *cutReader) fail(code string, node *schema.Node, text diag.Text, ways ...diag.Text) {
	r.failed = true
	start, end := node.Span()
	r.report(code, diag.Error, start, max(end, start+1), text, ways...)
}

// failKey says what is wrong with a key.
func (r *cutReader) failKey(code string, node *schema.Node, text diag.Text, ways ...diag.Text) {
	r.failed = true
	start, end := node.KeySpan()
	r.report(code, diag.Error, start, end, text, ways...)
}

// fits says which keys go with a table, where there is none.
func (r *cutReader) fits() {
	for _, key := range append(grid.Keys, "column") {
		r.failed = r.failed || r.fields.Faulty(key) // which was said
	}
	if r.dims != nil {
		return
	}
	if node := r.fields.Get("column"); node != nil {
		r.fail("column-unknown", node, diag.Say("column goes with a table, and this is none",
			"column gehört zu einer Tabelle, und dies ist keine"))
	}
	for _, key := range []string{"where", "except", "across", "series", "columns", "of"} {
		if node := r.fields.Get(key); node != nil {
			r.failKey("cut-unfit", node, diag.Say("%s goes with a table, and this is none",
				"%s gehört zu einer Tabelle, und dies ist keine", key),
				diag.Say("take it out, or name a table under figures:",
					"streichen Sie die Angabe, oder nennen Sie unter figures: eine Tabelle"))
		}
	}
}

// columns reads which columns of figures are shown: one under column:, or a list.
func (r *cutReader) columns() {
	one, several := r.fields.Get("column"), r.fields.Get("columns")
	switch {
	case one != nil && several != nil:
		r.failKey("cut-unfit", several, diag.Say("this block says column: already", "dieser Block nennt schon column:"),
			diag.Say("keep one of the two", "behalten Sie eines von beiden"))
	case one != nil:
		if k, ok := r.column(one); ok {
			r.block.Column, r.block.Cut.Columns = k, []string{k}
		}
	case several != nil:
		for _, item := range several.Items() {
			if k, ok := r.column(item); ok {
				r.block.Cut.Columns = append(r.block.Cut.Columns, k)
			}
		}
	}
}

func (r *cutReader) column(node *schema.Node) (string, bool) {
	name, ok := node.Scalar(r.list)
	if !ok {
		r.failed = true
		return "", false
	}
	columns := r.dims[len(r.dims)-1]
	if k, ok := columns.Find(name); ok {
		return k.ID, true
	}
	if now, ok := r.block.Table.NowCalled("", name); ok {
		r.renamed(node, name, now)
		return now, true
	}
	r.fail("column-unknown", node, diag.Say("the table %s has no column %q",
		"die Tabelle %s hat keine Spalte „%s“", r.block.Table.ID, name), r.nearest(name, columns.IDs())...)
	return "", false
}

// nearest says what may have been meant, and what there is.
func (r *cutReader) nearest(name string, names []string) []diag.Text {
	var ways []diag.Text
	for _, near := range diag.Nearest(name, names) {
		ways = append(ways, diag.Say("write %s", "schreiben Sie %s", near))
	}
	const most = 12
	list := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		list += ", …"
	}
	return append(ways, diag.Say("write one of %s", "schreiben Sie eines von %s", list))
}

// choices reads which keys of each dimension are shown, or left out.
func (r *cutReader) choices(key string, choices *[]grid.Choice) {
	node := r.fields.Get(key)
	if node == nil {
		return
	}
	for _, value := range node.Values() {
		d, ok := grid.Find(r.dims, value.Key())
		if !ok {
			r.noDimension(value, value.Key(), true)
			continue
		}
		choice := grid.Choice{Dimension: d.ID}
		items := value.Items()
		if items == nil {
			items = []*schema.Node{value} // an empty cell
		}
		for _, item := range items {
			choice.Keys = append(choice.Keys, r.keys(d, item)...)
		}
		*choices = append(*choices, choice)
	}
}

// keys are those of a dimension that a word stands for: mostly one.
func (r *cutReader) keys(d grid.Dimension, node *schema.Node) []string {
	name, ok := node.Scalar(r.list)
	if !ok {
		r.failed = true
		return nil
	}
	if k, ok := d.Find(name, r.context.Lang); ok {
		return []string{k.ID}
	}
	if name == grid.All {
		return d.IDs()
	}
	if now, ok := r.formerKey(d, name); ok {
		r.renamed(node, name, now)
		return []string{now}
	}
	if within := d.Within(name); len(within) > 0 {
		return within
	}
	if r.failed = true; r.context.Figures.Incomplete() {
		return nil // it may be one that could not be read
	}
	r.fail("choice-unknown", node, diag.Say("%s has no %q in the table %s",
		"unter %s gibt es „%s“ in der Tabelle %s nicht", d.ID, name, r.block.Table.ID), r.nearest(name, d.IDs())...)
	return nil
}

// formerKey is what a key that was once called otherwise is called now.
func (r *cutReader) formerKey(d grid.Dimension, name string) (string, bool) {
	if d.ID == grid.Columns {
		return r.block.Table.NowCalled("", name)
	}
	return r.block.Table.NowCalled(d.ID, name)
}

func (r *cutReader) renamed(node *schema.Node, old, now string) {
	start, end := node.Span()
	r.visitor.renamed(old, now, "", start, end)
}

func (r *cutReader) noDimension(node *schema.Node, name string, isKey bool) {
	var names []string
	for _, d := range r.dims {
		if d.ID != grid.Columns || len(d.Keys) > 1 {
			names = append(names, d.ID)
		}
	}
	text := diag.Say("the table %s is not broken down by %q", "die Tabelle %s ist nicht nach „%s“ gegliedert",
		r.block.Table.ID, name)
	if isKey {
		r.failKey("dimension-unknown", node, text, r.nearest(name, names)...)
		return
	}
	r.fail("dimension-unknown", node, text, r.nearest(name, names)...)
}

// dimension reads the name of a dimension.
func (r *cutReader) dimension(key string) string {
	node := r.fields.Get(key)
	if node == nil {
		return ""
	}
	name, ok := node.Scalar(r.list)
	if !ok {
		r.failed = true
		return ""
	}
	d, ok := grid.Find(r.dims, name)
	if !ok {
		r.noDimension(node, name, false)
	}
	return d.ID
}

// order reads in which order rows stand, and which of them.
func (r *cutReader) order() {
	c := &r.block.Cut
	c.Of, c.Order = r.fields.Text("of"), r.fields.Text("order")
	if node := r.fields.Get("top"); node != nil {
		list := r.list
		if node.Key() != "top" {
			list = nil // what is wrong with it is its name, which was said
		}
		n, ok := node.Int(list)
		if ok && n < 1 {
			r.fail("value-not-whole", node, diag.Say("top is the number of rows to show, so it is 1 at least",
				"top ist die Zahl der Zeilen, die zu sehen sind, also mindestens 1"),
				diag.Say("write top: 10, for example", "schreiben Sie zum Beispiel top: 10"))
		}
		c.Top, r.failed = n, r.failed || !ok
	}
	if node := r.fields.Get("others"); node != nil {
		others, ok := node.Bool(r.list)
		if c.Others = others; !ok {
			r.failed = true
		} else if others && !r.fields.Has("top") {
			r.failKey("cut-unfit", node, diag.Say("others is what top leaves over, and there is no top here",
				"others ist, was top übrig lässt, und hier steht kein top"),
				diag.Say("add top: 10, for example", "ergänzen Sie zum Beispiel top: 10"))
		}
	}
	if node := r.fields.Get("last"); node != nil {
		for _, item := range node.Items() {
			c.Last = append(c.Last, r.row(item))
		}
	}
	if node := r.fields.Get("highlight"); node != nil {
		c.Highlight = r.row(node)
	}
	if c.Across != "" && c.Across == c.Series {
		r.fail("cut-unfit", r.fields.Get("series"), diag.Say("across and series are the same here: %s",
			"across und series sind hier dasselbe: %s", c.Across),
			diag.Say("choose another dimension for one of them", "wählen Sie für eines davon eine andere Dimension"))
	}
}

// row reads the name of a row or line: a key of any dimension of the table, or one of the
// figures that are named one by one.
func (r *cutReader) row(node *schema.Node) string {
	name, ok := node.Scalar(r.list)
	if !ok {
		r.failed = true
		return ""
	}
	var all []string
	for _, d := range r.dims {
		if k, ok := d.Find(name, r.context.Lang); ok {
			return k.ID
		}
		if now, ok := r.formerKey(d, name); ok {
			r.renamed(node, name, now)
			return now
		}
		all = append(all, d.IDs()...)
	}
	for _, f := range r.block.Figures {
		all = append(all, f.ID)
		for _, part := range f.Parts {
			all = append(all, part.ID[strings.LastIndexByte(part.ID, '.')+1:])
		}
	}
	if r.dims == nil && slices.Contains(all, name) {
		return name
	}
	if r.context.Figures.Incomplete() {
		r.failed = true
		return ""
	}
	r.fail("choice-unknown", node, diag.Say("nothing in this block is called %q",
		"in diesem Block heißt nichts „%s“", name), r.nearest(name, all)...)
	return ""
}
