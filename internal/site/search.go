package site

import (
	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A Synonym is a word of readers, with the words of the site that it may stand for.
type Synonym struct {
	Word  string
	Means []Meaning
}

// Meaning is one of those words, and where it is written.
type Meaning struct {
	Text  string
	Place diag.Place
}

var (
	searchKeys = schema.Keys{
		{Name: "synonyms", Kind: schema.Map, Of: &synonymsOf,
			Doc: "Words of readers that the site does not use, by language, each with those that it uses."},
	}
	synonymsOf = schema.Key{Kind: schema.Map, Of: &schema.Key{Kind: schema.List, Of: &schema.Key{Kind: schema.Text}}}
)

// synonyms reads by which further words readers find, in each language.
func (r configReader) synonyms(codes []string) map[string][]Synonym {
	inner, ok := r.mapping("search", searchKeys)
	if !ok || inner.Get("synonyms") == nil {
		return nil
	}
	all := map[string][]Synonym{}
	for _, entry := range r.listed(inner.Get("synonyms"), codes) {
		if !entry.Value.Mapping(r.list) {
			continue
		}
		for _, word := range entry.Value.Entries() {
			s := Synonym{Word: word.Key}
			for _, node := range word.Value.Items() {
				if text := r.scalar(node); text != "" {
					s.Means = append(s.Means, Meaning{text, node.Place()})
				}
			}
			all[entry.Key] = append(all[entry.Key], s)
		}
	}
	return all
}
