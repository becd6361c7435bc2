package diag

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest gives the names that the author may have meant by word, best first,
// three at the most.
func Nearest(word string, names []string) []string {
	return NewNames(names).Nearest(word)
}

// Names are many names that many words are looked for among: ten thousand pages may each
// name one of ten thousand that is none.
type Names struct {
	All   []string
	lower []string
	held  []holding
}

// NewNames gets names ready to be looked among.
func NewNames(names []string) *Names {
	n := &Names{All: names, lower: make([]string, len(names)), held: make([]holding, len(names))}
	for i, name := range names {
		n.lower[i] = strings.ToLower(name)
		n.held[i] = heldBy(n.lower[i])
	}
	return n
}

// Nearest gives the names that the author may have meant by word, best first, three at the
// most.
func (n *Names) Nearest(word string) []string {
	const most = 3
	lower := strings.ToLower(word)
	held := heldBy(lower)
	var best []near
	var table distances
	for i, name := range n.All {
		reach := max(1, min(len(word), len(name))/4)
		if len(best) == most { // what is as far must come before the last in the alphabet
			reach = min(reach, best[most-1].far-max(0, cmp.Compare(name, best[most-1].name)))
		}
		if held.atLeast(n.held[i]) > reach {
			continue
		}
		far := table.between(lower, n.lower[i], reach)
		if far > reach {
			continue
		}
		one := near{name, far, !strings.HasPrefix(strings.ToLower(name), lower)}
		at, _ := slices.BinarySearchFunc(best, one, near.compare)
		best = slices.Insert(best, at, one)
		best = best[:min(most, len(best))]
	}
	nearest := make([]string, len(best))
	for i, n := range best {
		nearest[i] = n.name
	}
	return nearest
}

// holding says which letters a word holds, a bit for each; rare ones share theirs.
type holding uint64

func heldBy(word string) holding {
	var held holding
	for _, r := range word {
		switch {
		case 'a' <= r && r <= 'z':
			held |= 1 << (r - 'a')
		case '0' <= r && r <= '9':
			held |= 1 << (26 + r - '0')
		default:
			held |= 1 << (36 + r%28)
		}
	}
	return held
}

// atLeast is how far two words are from each other at least: a letter that only one of them
// holds was inserted, deleted or replaced.
func (a holding) atLeast(b holding) int {
	return max(bits.OnesCount64(uint64(a&^b)), bits.OnesCount64(uint64(b&^a)))
}

// near is a name and how far a word is from it. Of two at the same distance one that begins
// with the word is nearer: its end was left off.
type near struct {
	name  string
	far   int
	other bool // it does not begin with the word
}

func (a near) compare(b near) int {
	if a.far == b.far && a.other != b.other {
		if a.other {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.name, b.name))
}

// distances is what two words are compared with, kept from one name to the next: a word
// that is nothing may be compared with ten thousand.
type distances struct {
	s, t              []rune
	before, last, row []int
}

// between counts the single letters to insert, delete, replace or swap with their
// neighbour that make a into b (optimal string alignment). Of what is farther than reach
// it gives up early and says reach+1.
func (d *distances) between(a, b string, reach int) int {
	a, b = differing(a, b)
	d.s, d.t = letters(d.s, a), letters(d.t, b)
	far := reach + 1
	if max(len(d.s)-len(d.t), len(d.t)-len(d.s)) >= far {
		return far // each letter too many is one to delete
	}
	width := len(d.t) + 1
	d.before, d.last, d.row = sized(d.before, width), sized(d.last, width), sized(d.row, width)
	for j := range d.last {
		d.before[j], d.last[j] = far, min(j, far)
	}
	closest := 0 // of the row before
	for i := 1; i <= len(d.s); i++ {
		closestNow := d.next(i, far)
		if min(closest, closestNow) >= far {
			return far
		}
		closest = closestNow
		d.before, d.last, d.row = d.last, d.row, d.before
	}
	return d.last[len(d.t)]
}

// next fills the row of the letter before i, as far as it can matter, and gives the least
// in it.
func (d *distances) next(i, far int) int {
	from, to := max(1, i-far), min(len(d.t), i+far)
	d.row[from-1] = far
	if from == 1 {
		d.row[0] = min(i, far)
	}
	least := d.row[from-1]
	for j := from; j <= to; j++ {
		replace := d.last[j-1]
		if d.s[i-1] != d.t[j-1] {
			replace++
		}
		here := min(replace, d.row[j-1]+1, d.last[j]+1, far)
		if i > 1 && j > 1 && d.s[i-1] == d.t[j-2] && d.s[i-2] == d.t[j-1] {
			here = min(here, d.before[j-2]+1)
		}
		d.row[j] = here
		least = min(least, here)
	}
	if to < len(d.t) {
		d.row[to+1] = far // what the next row looks at
	}
	return least
}

// letters writes the letters of a word over others.
func letters(over []rune, word string) []rune {
	over = over[:0]
	for _, r := range word {
		over = append(over, r)
	}
	return over
}

func sized(row []int, width int) []int {
	if cap(row) < width {
		row = make([]int, width, 2*width)
	}
	return row[:width]
}

// differing leaves out what two words begin and end with alike.
func differing(a, b string) (string, string) {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	for same > 0 && (same < len(a) && !utf8.RuneStart(a[same]) || same < len(b) && !utf8.RuneStart(b[same])) {
		same-- // not inside a letter
	}
	a, b = a[same:], b[same:]
	same = 0
	for same < min(len(a), len(b)) && a[len(a)-1-same] == b[len(b)-1-same] {
		same++
	}
	for same > 0 && !utf8.RuneStart(a[len(a)-same]) {
		same--
	}
	return a[:len(a)-same], b[:len(b)-same]
}
