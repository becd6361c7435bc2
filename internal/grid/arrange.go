package grid

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
)

// arrange brings the lines into the order that their block wants, and leaves out what is
// not among the largest.
func (g *Grid) arrange(s Shape) *diag.Diagnostic {
	c := s.Cut
	order := g.orderOf(s)
	g.arranged = c.Order != "" || c.Top > 0 || len(c.Last) > 0 || g.ownOrder()
	if !g.arranged {
		return nil
	}
	if problem := g.keepsTime(s); problem != nil {
		return problem
	}
	for i := range g.Lines {
		g.Lines[i].at = i
	}
	ranked, last, totals := g.groups(s)
	rest := []Line(nil)
	if c.Top > 0 && c.Top < len(ranked) {
		ranked, rest = largest(ranked, c.Top)
	}
	switch order {
	case ByValue:
		slices.SortStableFunc(ranked, bySize)
	case ByLabel:
		slices.SortStableFunc(ranked, func(a, b Line) int {
			return cmp.Compare(sortable(a, s.Lang), sortable(b, s.Lang))
		})
	}
	if c.Others && len(rest) > 0 {
		others, problem := g.others(rest, s.Langs)
		if problem != nil {
			return problem
		}
		ranked = append(ranked, others)
	}
	ranked = append(ranked, last...)
	if len(totals) > 0 && g.Lines[0].Total {
		g.Lines = append(totals, ranked...)
	} else {
		g.Lines = append(ranked, totals...)
	}
	return nil
}

// keepsTime refuses another order than that of time where the picture needs that.
func (g *Grid) keepsTime(s Shape) *diag.Diagnostic {
	said := s.Cut.Top > 0 || len(s.Cut.Last) > 0 || s.Cut.Order == ByValue || s.Cut.Order == ByLabel
	free := s.Form == "" || s.Form == form.Bar || s.Form == form.List
	if !said || free || !g.Dated() && len(g.Panels) == 0 {
		return nil
	}
	return refuse("cut-unfit", diag.Say("times stand in their order here, so order, top and last mean nothing",
		"hier stehen Zeiten in ihrer Reihenfolge; order, top und last bedeuten dabei nichts"),
		diag.Say("take them out, or choose what is shown with where:",
			"streichen Sie sie, oder wählen Sie mit where: aus, was gezeigt wird"))
}

// orderOf is the order that the author wants, or that the form prefers: bars by value,
// unless the order of the table means something.
func (g *Grid) orderOf(s Shape) string {
	switch {
	case s.Cut.Order != "":
		return s.Cut.Order
	case g.ownOrder():
		return AsRead
	case s.Form.Asks().Sorted, s.Cut.Top > 0:
		return ByValue
	}
	return AsRead
}

// ownOrder reports whether the order of the lines means something.
func (g *Grid) ownOrder() bool { return g.ordered || g.Series != nil }

// groups parts the lines in those that are ranked, those that stand last, and totals. In a
// chart a total is a bar like others, but none of the largest unless its author chose it.
func (g *Grid) groups(s Shape) (ranked, last, totals []Line) {
	at := func(l Line) int {
		return slices.IndexFunc(s.Cut.Last, func(key string) bool { return slices.Contains(l.keys, key) })
	}
	for _, line := range g.Lines {
		switch {
		case at(line) >= 0:
			last = append(last, line)
		case line.Total && s.Form == "":
			totals = append(totals, line)
		case line.Total && s.Cut.Top > 0 && !s.Cut.names(g.Heads[0]):
		default:
			ranked = append(ranked, line)
		}
	}
	slices.SortStableFunc(last, func(a, b Line) int { return at(a) - at(b) })
	return ranked, last, totals
}

// largest parts the n largest lines from the rest, both in their order.
func largest(lines []Line, n int) (top, rest []Line) {
	places := indices(lines)
	slices.SortStableFunc(places, func(a, b int) int { return bySize(lines[a], lines[b]) })
	keep := places[:n]
	for i, line := range lines {
		if slices.Contains(keep, i) {
			top = append(top, line)
		} else {
			rest = append(rest, line)
		}
	}
	return top, rest
}

func bySize(a, b Line) int {
	x, y := size(a), size(b)
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	return y.Cmp(x)
}

// size is what a line is ranked by: its first number, or the share that it is.
func size(l Line) *big.Rat {
	f := l.Figures[0]
	if f == nil || f.Value.Number == nil {
		return nil
	}
	if l.bases != nil && l.bases[0] != nil && l.bases[0].Sign() != 0 {
		return new(big.Rat).Quo(f.Value.Number, l.bases[0])
	}
	return f.Value.Number
}

// sortable is the name of a line as registers sort it: without capitals, ä as a.
func sortable(l Line, lang *locale.Lang) string {
	plain := strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "é", "e", "è", "e", "ê", "e",
		"à", "a", "â", "a", "ç", "c", "î", "i", "ô", "o", "û", "u")
	return plain.Replace(strings.ToLower(l.Label(lang)))
}

// others is the line of all that is not among the largest: their sum, where they may be
// added up.
func (g *Grid) others(rest []Line, langs []*locale.Lang) (Line, *diag.Diagnostic) {
	names := max(len(g.Heads), len(rest[0].Labels)) // a time is named in words too
	line := Line{Labels: make([]figure.Text, names), Figures: make([]*figure.Figure, len(g.Columns))}
	line.Labels[0], line.at = figure.Text{}, len(g.Lines)
	for _, l := range langs {
		line.Labels[0][l.Code] = l.Word("chart-others")
	}
	for i := range line.Figures {
		var all []*figure.Figure
		for _, r := range rest {
			if r.Figures[i] != nil {
				all = append(all, r.Figures[i])
			}
		}
		if len(all) == 0 {
			continue
		}
		sum, problem := sumFigure(all, line.Labels[0])
		if problem != nil {
			return line, problem
		}
		line.Figures[i] = sum
		g.Behind = append(g.Behind, all...)
	}
	line.bases = basesOf(rest)
	return line, nil
}

// basesOf are the bases of the sum of several lines: where each line has its own, they are
// added up too.
func basesOf(lines []Line) []*big.Rat {
	if lines[0].bases == nil {
		return nil
	}
	sum := slices.Clone(lines[0].bases)
	for i := range sum {
		if !lines[0].ownBase {
			continue
		}
		sum[i] = new(big.Rat)
		for _, l := range lines {
			if l.bases[i] != nil && l.Figures[i] != nil {
				sum[i].Add(sum[i], l.bases[i])
			}
		}
	}
	return sum
}

// sumFigure is the sum of figures that may be added up, as a figure without an id; it is not
// available where one of them has no exact value.
func sumFigure(all []*figure.Figure, label figure.Text) (*figure.Figure, *diag.Diagnostic) {
	first := all[0]
	sum := &figure.Figure{Label: label, Unit: first.Unit, Decimals: first.Decimals, Period: first.Period,
		AsOf: first.AsOf, Source: first.Source, Inferred: first.Inferred, Status: first.Status,
		Value: figure.Value{Number: new(big.Rat)}}
	for _, f := range all {
		if f.Aggregation() != figure.Added || f.Unit != first.Unit {
			return nil, refuse("others-unfit", diag.Say("%s may not be added to others, so the rest has no sum",
				"die Kennzahl %s darf nicht zu anderen addiert werden; der Rest hat also keine Summe", f.Named()),
				diag.Say("take out others: true", "streichen Sie others: true"),
				diag.Say("if these are counts that may be added up, write aggregation: sum at the table",
					"sind das Anzahlen, die man addieren darf, schreiben Sie bei der Tabelle aggregation: sum"))
		}
		if f.Status != figure.Final && f.Status != "" {
			sum.Status = f.Status
		}
		if f.Value.Reason == figure.NotApplicable {
			continue // there is no such thing, so it adds nothing
		}
		if !f.Value.Exact() {
			sum.Value = figure.Value{Reason: figure.NotAvailable}
		}
		if sum.Value.Number != nil {
			sum.Value.Number.Add(sum.Value.Number, f.Value.Number)
		}
	}
	return sum, nil
}

// highlight marks what stands out: a line of bars and columns, one of several lines of a
// line chart.
func (g *Grid) highlight(s Shape) *diag.Diagnostic {
	key := s.Cut.Highlight
	if key == "" {
		return nil
	}
	bars := s.Form == form.Bar || s.Form == form.Column
	found := false
	for i := range g.Lines {
		if bars && slices.Contains(g.Lines[i].keys, key) {
			g.Lines[i].Highlight, found = true, true
		}
	}
	for i := range g.Columns {
		if s.Form == form.Line && len(g.Columns) > 1 && g.Columns[i].key == key {
			g.Columns[i].Highlight, found = true, true
		}
	}
	switch {
	case found:
		return nil
	case !bars && s.Form != form.Line:
		return refuse("highlight-unfit", diag.Say(
			"nothing can stand out here: highlight goes with bars, columns and several lines",
			"hier lässt sich nichts hervorheben: highlight gehört zu Balken (bar), Säulen (column) und "+
				"mehreren Linien (line)"),
			diag.Say("take out highlight:, or choose another type",
				"streichen Sie highlight:, oder wählen Sie einen anderen Typ"))
	}
	var shown []string
	for _, line := range g.Lines {
		if bars {
			shown = append(shown, line.keys...)
		}
	}
	for _, column := range g.Columns {
		if !bars {
			shown = append(shown, column.key)
		}
	}
	return refuse("highlight-unfit", diag.Say("%s is not shown here, so it cannot stand out",
		"%s wird hier nicht gezeigt und kann deshalb nicht hervorgehoben werden", key),
		diag.Say("write one of %s", "schreiben Sie eines von %s", few(shown)))
}
