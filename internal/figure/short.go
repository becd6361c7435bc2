package figure

import (
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// brief is what something is called where there is room for few words only.
type brief struct {
	id    string
	short Text // nil where nobody says it
	label Text
	at    diag.Place
}

func (b brief) in(lang string) string {
	if short := b.short[lang]; short != "" {
		return short
	}
	return b.label[lang]
}

// beside keeps what readers see side by side: all sources, the parts of a figure, the columns
// of a table, the keys of its rows.
func (l *loader) beside(of string, b brief) {
	if b.short != nil {
		l.shortened[of] = true
	}
	l.briefs[of] = append(l.briefs[of], b)
}

// settleShorts says where a short name stands for two things that stand side by side. It is
// said once of two of them, in the first language in which it is so.
func (l *loader) settleShorts() {
	for _, of := range sortedKeys(l.shortened) {
		told := map[string]bool{}
		for _, code := range l.o.Langs {
			first := map[string]brief{}
			for _, b := range l.briefs[of] {
				name := strings.ToLower(strings.Join(strings.Fields(b.in(code)), " "))
				other, twice := first[name]
				switch {
				case name == "" || told[b.id]:
				case !twice:
					first[name] = b
				case b.short != nil || other.short != nil:
					told[b.id] = true
					l.oneShort(other, b, l.lang(code))
				}
			}
		}
	}
}

func (l *loader) oneShort(first, second brief, lang *locale.Lang) {
	if second.short == nil {
		first, second = second, first
	}
	l.list.Add(diag.Diagnostic{
		Code: "short-shared", Severity: diag.Warning, Place: second.at, About: []string{second.id, first.id},
		Text: diag.Say("where there is little room, \"%s\" stands for %s and for %s, and nobody can tell which (%s)",
			"wo wenig Platz ist, steht „%s“ für %s und für %s; niemand kann die beiden auseinanderhalten (%s)",
			second.in(lang.Code), first.id, second.id, lang),
		Notes: []diag.Note{{Place: first.at, Text: diag.Say("this is the other one", "hier steht das andere")}},
		Ways: []diag.Text{
			diag.Say("write in short: what tells the two apart",
				"schreiben Sie in short:, was die beiden unterscheidet"),
			diag.Say("take short: out; then the label stands there",
				"streichen Sie short:, dann steht dort die Bezeichnung"),
		},
	})
}
