package data

import (
	"slices"

	"bilanz/internal/locale"
)

// CodebookCSV is data/codebook.csv: what each column of figures.csv means, and below it
// what each of its codes does.
func CodebookCSV(s Set) []byte {
	all := [][]string{s.codebookHead()}
	add := func(cells []string, words, about func(*locale.Lang) string) {
		for _, say := range []func(*locale.Lang) string{words, about} {
			for _, l := range s.Langs {
				cell := ""
				if say != nil {
					cell = say(l)
				}
				cells = append(cells, cell)
			}
		}
		if s.Demo {
			cells = append(cells, "true")
		}
		all = append(all, cells)
	}
	for _, c := range slices.Concat(s.columns(s.Figures), s.passages()) {
		heading := c.Heading
		if c.lang != nil { // in the words of the reader: "Label (German)" would be one more word to translate
			heading = func(l *locale.Lang) string { return c.Heading(l) + " (" + c.lang.Code + ")" }
		}
		add([]string{c.Name, "", string(c.kind)}, heading, c.About)
		for _, code := range c.codes {
			if code.value != "" {
				add([]string{c.Name, code.value, ""}, code.words, code.about)
			}
		}
	}
	return machine.write(nil, all)
}

func (s Set) codebookHead() []string {
	head := slices.Concat([]string{"column", "code", "type"}, s.each("label"), s.each("description"))
	if s.Demo {
		head = append(head, "demo")
	}
	return head
}

// each names a column for each language.
func (s Site) each(name string) []string {
	names := make([]string, len(s.Langs))
	for i, l := range s.Langs {
		names[i] = name + "_" + l.Code
	}
	return names
}
