package accepted

import (
	"strings"

	"bilanz/internal/sequence"
)

// marked is what is recorded of a page, or what it says now: the marks of its sections.
type marked []string

// whole is a page as one section, which it is where the two languages are built differently.
func (m marked) whole() marked { return marked{strings.Join(m, "")} }

// A spot is where a page is not as it was recorded: the section at a number of the record is
// another or gone, or before it stands the nth that is new. The same spot of two pages is the
// same section, in two languages.
type spot struct{ at, nth int }

// step is what became of a section on the way from one state of a page to another.
type step struct {
	spot
	now  int  // its number now; -1 where it is gone
	same bool // it says what it said
}

// steps goes from one state to another: those that say the same stay, in their order, and
// between them the first is taken for what became of the first.
func steps(before, now marked) []step {
	var all []step
	i, j := 0, 0
	between := func(toI, toJ int) {
		for ; i < toI && j < toJ; i, j = i+1, j+1 {
			all = append(all, step{spot{i, 0}, j, false})
		}
		for ; i < toI; i++ {
			all = append(all, step{spot{i, 0}, -1, false})
		}
		for nth := 1; j < toJ; j, nth = j+1, nth+1 {
			all = append(all, step{spot{i, nth}, j, false})
		}
	}
	for _, pair := range sequence.Common(before, now, mostCompared) {
		between(pair[0], pair[1])
		all = append(all, step{spot{i, 0}, j, true})
		i, j = i+1, j+1
	}
	between(len(before), len(now))
	return all
}

// mostCompared is how many sections are held against how many, each against each; of more, only
// those at the beginning and at the end are found again.
const mostCompared = 1000 * 1000

// compare holds two pages against what was recorded of them: for each page the steps to what
// it says now, and the spots where only that page is another.
func compare(was, now [2]marked) (all [2][]step, alone [2][]step) {
	changed := [2]map[spot]bool{{}, {}}
	for page := range all {
		all[page] = steps(was[page], now[page])
		for _, s := range all[page] {
			changed[page][s.spot] = !s.same
		}
	}
	for page := range all {
		for _, s := range all[page] {
			if !s.same && !changed[1-page][s.spot] {
				alone[page] = append(alone[page], s)
			}
		}
	}
	return all, alone
}

// refreshed is what can be recorded of two pages without anybody signing: the sections that
// changed in both, as they are now, and the others as they were.
func refreshed(was, now [2]marked) [2]marked {
	all, alone := compare(was, now)
	if len(alone[0])+len(alone[1]) == 0 {
		return now
	}
	byItself := map[spot]bool{}
	for _, page := range alone {
		for _, s := range page {
			byItself[s.spot] = true
		}
	}
	var next [2]marked
	for page := range all {
		for _, s := range all[page] {
			other := at(all[1-page], s.spot)
			switch {
			case byItself[s.spot] && s.nth > 0, !byItself[s.spot] && s.now < 0 && other.now < 0:
			case byItself[s.spot], s.now < 0 || other.now < 0:
				next[page] = append(next[page], was[page][s.at])
			default:
				next[page] = append(next[page], now[page][s.now])
			}
		}
	}
	return next
}

func at(all []step, where spot) step {
	for _, s := range all {
		if s.spot == where {
			return s
		}
	}
	return step{now: -1}
}

// carried is a record of a page that says of a later state what it said of an earlier one, where
// a machine made the one of the other.
func carried(was, before, now marked) marked {
	next := append(marked(nil), was...)
	for _, s := range steps(was, before) {
		if !s.same {
			continue
		}
		if later := at(steps(before, now), spot{s.now, 0}); later.now >= 0 {
			next[s.at] = now[later.now]
		}
	}
	return next
}

// Differences pairs what two lists of texts do not have in common: numbers of the first and of
// the second, -1 where there is none.
func Differences(before, now []string) (all [][2]int) {
	for _, s := range steps(before, now) {
		switch {
		case s.same:
		case s.nth > 0:
			all = append(all, [2]int{-1, s.now})
		default:
			all = append(all, [2]int{s.at, s.now})
		}
	}
	return all
}
