package grid

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Shares are made in two steps: first each figure learns of what it is a share, so that
// lines can be ranked and added up as counts; last the counts give way to percentages.

// bases finds what the figures of a grid are shares of.
func (s *Selection) bases(g *Grid, lie direction, c Cut) *diag.Diagnostic {
	over := map[string][]string{OfRow: {lie.cells}, OfColumn: lie.rows,
		OfTotal: append(slices.Clone(lie.rows), lie.cells)}[c.Of]
	over = slices.DeleteFunc(slices.Clone(over), func(id string) bool {
		d := s.dims[s.index(id)]
		return len(d.Keys) < 2 && (d.Total == "" || d.Keys[0].ID == d.Total)
	})
	if len(over) == 0 {
		return refuse("shares-base", diag.Say("each share here would be one of a single number, and so always 100%",
			"jeder Anteil wäre hier der an einer einzigen Zahl, also immer 100 %"),
			diag.Say("write another of:, or take it out", "schreiben Sie ein anderes of:, oder streichen Sie es"))
	}
	if slices.Contains(over, Time) {
		return refuse("shares-base", diag.Say("shares over several times mean nothing",
			"Anteile über mehrere Zeitpunkte hinweg bedeuten nichts"),
			diag.Say("choose another of:, or one time under where:",
				"wählen Sie ein anderes of: oder unter where: eine Zeit"))
	}
	b := baseFinder{Selection: s, over: over, cut: c, sums: map[string]*figure.Figure{}}
	b.index()
	one := map[*figure.Figure]bool{}
	for i := range g.Lines {
		line := &g.Lines[i]
		line.bases, line.ownBase = make([]*big.Rat, len(line.Figures)), c.Of == OfRow
		for k, f := range line.Figures {
			if f == nil {
				continue
			}
			base, problem := b.of(f)
			if problem != nil {
				return problem
			}
			one[base] = true
			if base.Value.Exact() {
				line.bases[k] = base.Value.Number
			}
			g.Base = base
		}
	}
	if len(one) > 1 {
		g.Base = nil
	}
	return nil
}

// baseFinder finds the total that a cell is a share of, or makes it.
type baseFinder struct {
	*Selection
	over []string // the dimensions that the whole runs over
	cut  Cut
	keys map[*figure.Figure][]string
	all  map[string]*figure.Figure // every cell of the table, by its keys
	sums map[string]*figure.Figure // of the cells that are shown
}

func (b *baseFinder) index() {
	b.keys, b.all = map[*figure.Figure][]string{}, map[string]*figure.Figure{}
	for _, one := range Select(b.table, b.full, Cut{}).cells {
		b.all[strings.Join(one.keys, ".")] = one.Figure
		b.keys[one.Figure] = one.keys
	}
}

// of gives what a figure is a share of: the base that the table states, the marked total,
// or the sum of all the parts.
func (b *baseFinder) of(f *figure.Figure) (*figure.Figure, *diag.Diagnostic) {
	if stated := b.table.Base.Figure; stated != nil && stated.Value.Exact() {
		return stated, nil
	}
	keys := slices.Clone(b.keys[f])
	marked := true
	for _, id := range b.over {
		at := b.Selection.index(id)
		marked = marked && b.full[at].Total != "" && !b.table.Base.Answers
		keys[at] = b.full[at].Total
	}
	name := strings.Join(keys, ".")
	if total := b.all[name]; marked && total != nil && total.Value.Exact() {
		return total, nil
	}
	if sum := b.sums[name]; sum != nil {
		return sum, nil
	}
	sum, problem := b.sum(keys)
	if problem == nil {
		b.sums[name] = sum
	}
	return sum, problem
}

// sum adds up the cells that are shown of a whole, if these are all there are.
func (b *baseFinder) sum(keys []string) (*figure.Figure, *diag.Diagnostic) {
	for _, id := range b.over {
		if id != Columns && b.cut.names(id) {
			return nil, b.noBase(id)
		}
	}
	var parts []*figure.Figure
	for _, one := range b.cells {
		if b.isPart(one, keys) {
			parts = append(parts, one.Figure)
		}
	}
	if len(parts) == 0 {
		return nil, b.noBase(b.over[0])
	}
	for _, f := range parts {
		if f.Aggregation() != figure.Added {
			return nil, b.noBase(b.over[0])
		}
	}
	sum, problem := sumFigure(parts, figure.Text{})
	if problem != nil {
		return nil, b.noBase(b.over[0])
	}
	return sum, nil
}

func (b *baseFinder) isPart(one cell, keys []string) bool {
	for i, d := range b.dims {
		if slices.Contains(b.over, d.ID) {
			if b.full[i].Total != "" && one.keys[i] == b.full[i].Total {
				return false
			}
		} else if one.keys[i] != keys[i] {
			return false
		}
	}
	return true
}

func (b *baseFinder) noBase(dimension string) *diag.Diagnostic {
	return refuse("shares-base", diag.Say("shares need a whole, and the table %[1]s has none over %[2]s",
		"Anteile brauchen ein Ganzes, und die Tabelle %[1]s hat keines über %[2]s", b.table.ID, dimension),
		diag.Say("add the row with the total to the table, and name it under total: {%s: …}",
			"ergänzen Sie in der Tabelle die Zeile mit der Summe, und nennen Sie sie unter total: {%s: …}",
			dimension),
		diag.Say("if these are counts that may be added up, write aggregation: sum at the table, and leave no part "+
			"of them out",
			"sind das Anzahlen, die man addieren darf, schreiben Sie bei der Tabelle aggregation: sum, und lassen Sie "+
				"keinen Teil weg"))
}

// toShares puts percentages in the place of counts. What they are made of stays behind them.
func (g *Grid) toShares(percent *figure.Unit) {
	for i := range g.Lines {
		line := &g.Lines[i]
		line.Figures = slices.Clone(line.Figures)
		for k, f := range line.Figures {
			if f != nil {
				line.Figures[k] = shareFigure(f, line.bases[k], percent)
				if f.ID != "" {
					g.Behind = append(g.Behind, f)
				}
			}
		}
	}
	for k := range g.Columns {
		g.Columns[k].Unit = percent
	}
	if g.Base != nil && g.Base.ID != "" && !slices.Contains(g.Behind, g.Base) {
		g.Behind = append(g.Behind, g.Base)
	}
}

// ShowsShare reports whether one of the shares that were made for this block is what a
// percentage in another column of the same row says: "80%" beside 828 of 1,038.
func (g *Grid) ShowsShare(f *figure.Figure) bool {
	if !g.Of || f.Cell == nil || !f.Unit.IsPercent() || !f.Value.Exact() {
		return false
	}
	said := locale.Round(f.Value.Number, f.Decimals)
	return slices.ContainsFunc(g.Figures(), func(share *figure.Figure) bool {
		return share.Cell != nil && share.Cell.Table == f.Cell.Table && share.Cell.Line == f.Cell.Line &&
			share.Value.Exact() && locale.Round(share.Value.Number, f.Decimals).Cmp(said) == 0
	})
}

// MissesHundred reports whether shares that are all there are look as if they were not,
// because each is rounded.
func (g *Grid) MissesHundred() bool {
	if !g.Of {
		return false
	}
	if g.Base == nil {
		return slices.ContainsFunc(g.Lines, func(l Line) bool { return l.ownBase && misses(l.Figures) })
	}
	var all []*figure.Figure
	for _, l := range g.Lines {
		if !l.Total {
			all = append(all, l.Figures...)
		}
	}
	return misses(all)
}

// misses reports whether percentages are 100 together, but not as they are shown.
func misses(all []*figure.Figure) bool {
	exact, shown := new(big.Rat), new(big.Rat)
	for _, f := range all {
		switch {
		case f == nil:
		case f.Value.Number == nil:
			return false
		default:
			exact.Add(exact, f.Value.Number)
			shown.Add(shown, locale.Round(f.Value.Number, f.Decimals))
		}
	}
	return exact.Cmp(hundred) == 0 && shown.Cmp(hundred) != 0
}

var hundredth = big.NewRat(1, 100)

// shareFigure is how many percent of its whole a figure is.
func shareFigure(f *figure.Figure, base *big.Rat, percent *figure.Unit) *figure.Figure {
	share := *f
	share.Unit, share.Decimals = percent, percent.Decimals
	if f.ID != "" {
		share.ID += "?share"
	}
	switch {
	case f.Value.Number == nil:
	case !f.Value.Exact() || base == nil || base.Sign() == 0:
		share.Value = figure.Value{Reason: figure.NotAvailable}
	default:
		share.Value = figure.Value{Number: new(big.Rat).Quo(f.Value.Number, new(big.Rat).Mul(base, hundredth))}
	}
	return &share
}
