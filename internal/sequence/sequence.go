// Package sequence finds what two lists have in common, in order.
package sequence

// Common is the longest list of texts that stand in both in the same order, as pairs of their
// places. Beginnings and ends that are the same cost nothing; where what lies between them would
// take more than a number of comparisons, none of that is paired.
func Common(a, b []string, most int) [][2]int {
	var pairs [][2]int
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		pairs = append(pairs, [2]int{start, start})
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	if n := (endA - start) * (endB - start); n > 0 && n <= most {
		for _, pair := range longest(a[start:endA], b[start:endB]) {
			pairs = append(pairs, [2]int{start + pair[0], start + pair[1]})
		}
	}
	for k := range len(a) - endA {
		pairs = append(pairs, [2]int{endA + k, endB + k})
	}
	return pairs
}

// longest is the same for texts whose ends differ.
func longest(a, b []string) (pairs [][2]int) {
	width := len(b) + 1
	table := make([]int32, (len(a)+1)*width) // how many stand in both from there on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
			} else {
				table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case table[(i+1)*width+j] >= table[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
