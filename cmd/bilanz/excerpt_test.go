package main

import (
	"slices"
	"testing"
)

func TestExcerpts(t *testing.T) {
	words := "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
	for _, test := range []struct {
		name, before, after string
		want                [][2]string
	}{
		{"a short line is shown whole", "There were 3 of them.", "There were 4 of them.",
			[][2]string{{"There were 3 of them.", "There were 4 of them."}}},
		{"four words around the one that changes", words + " 3 " + words, words + " 4 " + words,
			[][2]string{{"… thirteen fourteen fifteen sixteen 3 one two three four …",
				"… thirteen fourteen fifteen sixteen 4 one two three four …"}}},
		{"changes that are near are one", "3 one two three four five six seven 5",
			"4 one two three four five six seven 6",
			[][2]string{{"3 one two three four five six seven 5", "4 one two three four five six seven 6"}}},
		{"changes that are far from each other are two", "3 " + words + " 5", "4 " + words + " 6",
			[][2]string{{"3 one two three four …", "4 one two three four …"},
				{"… thirteen fourteen fifteen sixteen 5",
					"… thirteen fourteen fifteen sixteen 6"}}},
		{"one word becomes three", words + " 3", words + " more than 3",
			[][2]string{{"… thirteen fourteen fifteen sixteen 3",
				"… thirteen fourteen fifteen sixteen more than 3"}}},
		{"words are taken away", "more than 3", "3", [][2]string{{"more than 3", "3"}}},
		{"a space becomes one that does not break", "54 % of it", "54\u00a0% of it",
			[][2]string{{"54 % of it", "54\u00a0% of it"}}},
		{"a word comes twice", "a a", "a a a", [][2]string{{"a a", "a a a"}}},
	} {
		if got := excerpts(test.before, test.after); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

func TestChangesOfALineAreReadWithoutAddresses(t *testing.T) {
	for _, test := range []struct{ before, after, want string }{
		{"There were [3](fig:a) of them.", "There were [4](fig:a) of them.", "There were 3 → 4 of them."},
		{"It was [3](fig:a), they say.", "It was [4](fig:a), they say.", "It was 3 → 4, they say."},
		{"[54 %](fig:a?share) of it", "[54\u00a0%](fig:a?share) of it", "54 % of it → 54\u00a0% of it"},
		{"[more than 3](fig:a)", "[3](fig:a)", "more than 3 → 3"},
		{"[3](fig:a)", "[3](fig:b)", "[3](fig:a) → [3](fig:b)"},
		{"[](fig:a?share) 5%", "[](fig:a?share) 6%", " 5% → 6%"},
		{"3 one two three four five six seven eight nine 5", "4 one two three four five six seven eight nine 6",
			"3 → 4 one two three four … six seven eight nine 5 → 6"},
	} {
		if got := changesOf(test.before, test.after); got != test.want {
			t.Errorf("%q, not %q", got, test.want)
		}
	}
}
