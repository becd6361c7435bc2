package grid

import (
	"math/big"

	"bilanz/internal/figure"
	"bilanz/internal/form"
)

var hundred = big.NewRat(100, 1)

// RowShare is which part of its line a figure is, where each line is a bar of 100%: of
// counts. A percentage says it itself. It is nil where there is none.
func (g *Grid) RowShare(line Line, column int) *big.Rat {
	f := line.Figures[column]
	if len(g.Columns) < 2 || f == nil || f.Unit.IsPercent() {
		return nil
	}
	sum := sumOf(line)
	if sum == nil || sum.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(f.Value.Number, sum)
}

// sumOf is the sum of a line; nil where a number is not known exactly.
func sumOf(line Line) *big.Rat {
	sum := new(big.Rat)
	for _, f := range line.Figures {
		if f == nil || !f.Value.Exact() {
			return nil
		}
		sum.Add(sum, f.Value.Number)
	}
	return sum
}

// rowsOfHundred reports whether each line is percentages that are 100 together, but for
// what rounding can do: half a last digit for each. So they are all there are.
func (g *Grid) rowsOfHundred(f form.Form) bool {
	if f != form.ShareBar || len(g.Columns) < 2 {
		return false
	}
	for _, line := range g.Lines {
		sum := sumOf(line)
		if sum == nil {
			return false
		}
		miss, can := sum.Sub(sum, hundred), new(big.Rat)
		for _, one := range line.Figures {
			if !one.Unit.IsPercent() || one.Value.Number.Sign() < 0 {
				return false
			}
			can.Add(can, halfDigit(one))
		}
		if miss.Abs(miss).Cmp(can) > 0 {
			return false
		}
	}
	return true
}

// halfDigit is half of the last digit that a figure is shown with.
func halfDigit(f *figure.Figure) *big.Rat {
	digit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.Decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), digit.Mul(digit, big.NewInt(2)))
}
