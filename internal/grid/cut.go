package grid

import (
	"slices"
	"strconv"
	"strings"
)

// Cut says which cells of a table a block shows, how they lie, and in which order. All
// names in it are ids.
type Cut struct {
	Where, Except  []Choice
	Across, Series string   // dimensions: the rows of a chart, and its colours or lines
	Columns        []string // of figures, in this order; none for all
	Of             string   // shares: of a row, a column or the total
	Order          string   // AsRead, ByValue or ByLabel; "" for what the form prefers
	Top            int      // so many of the largest; 0 for all
	Others         bool     // the sum of the rest, below them
	Last           []string // keys that are in no ranking and stand last
	Highlight      string   // the key that stands out
}

// The orders of rows.
const (
	AsRead  = "as read"
	ByValue = "value"
	ByLabel = "label"
)

// What shares are shares of.
const (
	OfRow    = "row"
	OfColumn = "column"
	OfTotal  = "total"
)

// Choice is some keys of a dimension, in the order in which they were chosen.
type Choice struct {
	Dimension string
	Keys      []string
}

// IsZero reports whether the cut says nothing.
func (c Cut) IsZero() bool {
	return c.isPlain() && len(c.Columns)+len(c.Last)+c.Top == 0 && c.Of+c.Order+c.Highlight == "" && !c.Others
}

// Said gives what the cut says, by key, in the words of the file: what two languages
// must agree in.
func (c Cut) Said() map[string]string {
	said := map[string]string{"where": choices(c.Where), "except": choices(c.Except), "across": c.Across,
		"series": c.Series, "columns": strings.Join(c.Columns, ", "), "of": c.Of, "order": c.Order,
		"last": strings.Join(c.Last, ", "), "highlight": c.Highlight}
	if c.Top > 0 {
		said["top"] = strconv.Itoa(c.Top)
	}
	if c.Others {
		said["others"] = "true"
	}
	return said
}

// Keys lists the keys of a cut in the order in which people read them.
var Keys = []string{"where", "except", "columns", "across", "series", "of",
	"order", "top", "others", "last", "highlight"}

func choices(all []Choice) string {
	var said []string
	for _, c := range all {
		said = append(said, c.Dimension+": "+strings.Join(c.Keys, ", "))
	}
	slices.Sort(said) // the order of dimensions means nothing
	return strings.Join(said, "; ")
}

// isPlain reports whether the cut leaves a table as it is, but for choosing columns.
func (c Cut) isPlain() bool {
	return len(c.Where)+len(c.Except) == 0 && c.Across == "" && c.Series == ""
}

// chosen finds what is said of a dimension.
func chosen(all []Choice, dimension string) *Choice {
	if i := slices.IndexFunc(all, func(c Choice) bool { return c.Dimension == dimension }); i >= 0 {
		return &all[i]
	}
	return nil
}

// names reports whether the author chose among the keys of a dimension.
func (c Cut) names(dimension string) bool {
	return chosen(c.Where, dimension) != nil || chosen(c.Except, dimension) != nil ||
		dimension == Columns && len(c.Columns) > 0
}
