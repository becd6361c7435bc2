package revise

import (
	"cmp"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// joined makes one edit of those that name the same bytes, as a new key and the value of its
// neighbour may: of edits that overlap only one would be made.
func joined(edits []diag.Edit) []diag.Edit {
	slices.SortStableFunc(edits, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start))
	})
	var all []diag.Edit
	for len(edits) > 0 {
		n, end := 1, edits[0].End()
		for n < len(edits) && edits[n].Path == edits[0].Path && edits[n].Start <= end && !edits[n].Whole {
			end = max(end, edits[n].End())
			n++
		}
		all = append(all, one(edits[:n]))
		edits = edits[n:]
	}
	return all
}

// one makes a single edit of several, each of which overlaps with one before it.
func one(edits []diag.Edit) diag.Edit {
	if len(edits) == 1 {
		return edits[0]
	}
	whole := edits[0]
	for _, e := range edits[1:] {
		if e.End() > whole.End() {
			whole.Old += e.Old[whole.End()-e.Start:]
		}
	}
	small := make([]diag.Edit, len(edits))
	for i, e := range edits {
		small[i] = trimmed(e)
	}
	slices.SortStableFunc(small, func(a, b diag.Edit) int { return cmp.Compare(a.Start, b.Start) })
	var with strings.Builder
	at := whole.Start
	for _, e := range small {
		if e.Start < at {
			continue // the same once more
		}
		with.WriteString(whole.Old[at-whole.Start:e.Start-whole.Start] + e.New)
		at = e.End()
	}
	whole.New = with.String() + whole.Old[at-whole.Start:]
	return whole
}

// trimmed leaves out of an edit what it begins and ends with before and after.
func trimmed(e diag.Edit) diag.Edit {
	head := 0
	for head < min(len(e.Old), len(e.New)) && e.Old[head] == e.New[head] {
		head++
	}
	e.Start, e.Old, e.New = e.Start+head, e.Old[head:], e.New[head:]
	tail := 0
	for tail < min(len(e.Old), len(e.New)) && e.Old[len(e.Old)-1-tail] == e.New[len(e.New)-1-tail] {
		tail++
	}
	e.Old, e.New = e.Old[:len(e.Old)-tail], e.New[:len(e.New)-tail]
	return e
}
