package locale

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// Vocabulary is the words for numbers that a language's catalogue holds, for the
// reference of what authors write.
type Vocabulary struct {
	Relations []RelationWords // in the order of Relations
	Scales    []ScaleWord     // the smallest first
	Percents  []string        // "per cent"
	Numerals  [][]string      // of one, two, three and so on: the word and its other forms
	Parts     []PartWords     // the smallest first
	PartOf    []string        // between two numerals: "out of"
	Citations []string        // before a number that is a name: "Article"
}

// RelationWords is what a language says for a relation; the first is what the
// build writes.
type RelationWords struct {
	Relation Relation
	Words    []string
}

// ScaleWord is a word for a power of ten.
type ScaleWord struct {
	Word  string
	Power int
}

// PartWords is what a language says for a fraction or a multiple.
type PartWords struct {
	Value *big.Rat
	Words []string
}

// CatalogueKeys lists the keys of a catalogue, and those of them that may be left
// out, for the document that explains them.
func CatalogueKeys() (all, mayBeLeftOut []string) {
	return slices.Concat(required, optional), slices.Clone(optional)
}

// Interface gives the tool's own words by their keys, in the form "other".
func (l *Lang) Interface() map[string]string {
	all := map[string]string{}
	for key, w := range l.words {
		all[key] = w.other
	}
	return all
}

// Places reports whether something is filled in for a %s or a %d of a word.
func Places(word string) bool { return placeholder.MatchString(word) }

// Vocabulary gives the words for numbers, in an order of their own.
func (l *Lang) Vocabulary() Vocabulary {
	v := Vocabulary{Percents: l.percents, PartOf: l.partOf, Citations: l.citations}
	for _, relation := range Relations {
		said := RelationWords{relation, []string{l.customary[relation]}}
		for _, w := range l.relations {
			if w.relation == relation && w.word != said.Words[0] {
				said.Words = append(said.Words, w.word)
			}
		}
		slices.Sort(said.Words[1:])
		v.Relations = append(v.Relations, said)
	}
	for _, s := range l.scales {
		v.Scales = append(v.Scales, ScaleWord{s.word, s.power})
	}
	slices.SortFunc(v.Scales, func(a, b ScaleWord) int {
		return cmp.Or(cmp.Compare(a.Power, b.Power), cmp.Compare(a.Word, b.Word))
	})
	v.Numerals = make([][]string, len(l.counted))
	for i, word := range l.counted {
		v.Numerals[i] = []string{word}
	}
	for _, form := range slices.Sorted(maps.Keys(l.numerals)) {
		if i := l.numerals[form] - 1; !slices.Contains(v.Numerals[i], form) {
			v.Numerals[i] = append(v.Numerals[i], form)
		}
	}
	v.Parts = l.partWords()
	return v
}

func (l *Lang) partWords() []PartWords {
	var all []PartWords
	for _, words := range slices.Sorted(maps.Keys(l.parts)) {
		value := l.parts[words]
		at := slices.IndexFunc(all, func(p PartWords) bool { return p.Value.Cmp(value) == 0 })
		if at < 0 {
			at, all = len(all), append(all, PartWords{Value: value})
		}
		all[at].Words = append(all[at].Words, words)
	}
	slices.SortFunc(all, func(a, b PartWords) int { return a.Value.Cmp(b.Value) })
	return all
}
