package revise

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
)

// Read makes of what people type in a language what figure files write: "416374" of
// "416.374" in German, "more than 170" of "mehr als 170". Where two readings fit the unit of
// the figure it asks, and guesses nothing.
func Read(f *figure.Figure, typed string, l *locale.Lang) (value string, problem *diag.Diagnostic) {
	typed = spaced().ReplaceAllStringFunc(strings.TrimSpace(typed), spaces.Replace)
	typed = withoutNoun(f, typed, l)
	if reason, ok := reasonIn(typed, l); ok {
		return string(reason), nil
	}
	r := reading{f: f}
	_, unread := f.Takes(typed)
	if unread == nil {
		r.take(typed)
	}
	said, ok := l.Counting(f.Unit.Nouns(l.Code)).Parse(typed)
	switch {
	case ok && said.Percent && !f.Unit.IsPercent():
		return "", percent(f)
	case ok && !said.Part && !said.Points:
		r.take(written(said))
	}
	switch len(r.fit) {
	case 1:
		return r.fit[0], nil
	case 2:
		return "", r.unsure(r.fit)
	}
	other, ok := l.Swapped(typed)
	swapped := reading{f: f}
	if ok && !other.Percent {
		swapped.take(written(other))
	}
	switch {
	case len(swapped.fit) == 0 && len(r.tooExact) == 1 && f.Cell != nil:
		return r.tooExact[0], nil // a table keeps every digit
	case len(swapped.fit) == 0 && len(r.tooExact) > 0:
		_, bad := f.Takes(r.tooExact[0])
		return "", bad
	case len(swapped.fit) == 0:
		return "", unread
	case len(r.tooExact) > 0 && f.Unit.Decimals > 0:
		return "", r.unsure(append(swapped.fit, r.rounded()))
	}
	return swapped.fit[0], nil
}

// People part groups of three digits with spaces of any kind, and in Switzerland with a sign
// that has no other meaning.
var (
	spaced = pattern.Of(`\b[1-9][0-9]{0,2}(?:[ '’\x{a0}\x{2009}\x{202f}][0-9]{3})+\b`)
	spaces = strings.NewReplacer(" ", "", "'", "", "’", "", "\u00a0", "", "\u2009", "", "\u202f", "")
)

// reading is what a text may mean.
type reading struct {
	f        *figure.Figure
	fit      []string // with no more decimals than the figure has
	tooExact []string
}

// take keeps a reading, once.
func (r *reading) take(value string) {
	number := value
	for _, relation := range locale.Relations {
		number = strings.TrimPrefix(number, string(relation)+" ")
	}
	_, fraction, _ := strings.Cut(number, ".")
	kept := &r.fit
	if len(fraction) > max(r.f.Unit.Decimals, r.f.Decimals) {
		kept = &r.tooExact
	} else if _, bad := r.f.Takes(value); bad != nil {
		return
	}
	if !slices.Contains(*kept, value) {
		*kept = append(*kept, value)
	}
}

// rounded is the first reading with as many decimals as the figure has.
func (r *reading) rounded() string {
	number, relation := r.tooExact[0], ""
	if i := strings.LastIndexByte(number, ' '); i >= 0 {
		relation, number = number[:i+1], number[i+1:]
	}
	n, _ := new(big.Rat).SetString(number)
	decimals := max(r.f.Unit.Decimals, r.f.Decimals)
	return relation + locale.Round(n, decimals).FloatString(decimals)
}

func (r *reading) unsure(values []string) *diag.Diagnostic {
	d := diag.Diagnostic{Code: "revise-unsure", Place: r.f.ValueAt, About: []string{r.f.ID},
		Text: diag.Say("what was typed for %s may mean %s or %s", "die Eingabe für %s kann %s oder %s bedeuten",
			r.f.Named(), values[0], values[1])}
	for _, value := range values {
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", value))
	}
	return &d
}

// withoutNoun leaves out what the figure counts, which people type along: "12,000 visits".
func withoutNoun(f *figure.Figure, typed string, l *locale.Lang) string {
	for _, noun := range f.Unit.Nouns(l.Code) {
		if number, ok := strings.CutSuffix(typed, " "+noun); ok && noun != "" {
			return strings.TrimSpace(number)
		}
	}
	return typed
}

// reasonIn finds the reason why there is no value, in the words of figure files, of the
// language, or in others that people use.
func reasonIn(typed string, l *locale.Lang) (figure.Reason, bool) {
	for _, reason := range figure.Reasons() {
		if strings.EqualFold(typed, reason) || strings.EqualFold(typed, figure.ReasonIn(l, figure.Reason(reason))) {
			return figure.Reason(reason), true
		}
	}
	return figure.ReasonMeant(typed)
}

// written is a number as figure files write it.
func written(said locale.Said) string {
	decimals := 0
	for shifted := new(big.Rat).Set(said.Value); !shifted.IsInt() && decimals < 20; decimals++ {
		shifted.Mul(shifted, big.NewRat(10, 1))
	}
	number := said.Value.FloatString(decimals)
	if said.Relation == locale.Exact {
		return number
	}
	return string(said.Relation) + " " + number
}

// percent says that a figure counts something else, and where its share comes from.
func percent(f *figure.Figure) *diag.Diagnostic {
	d := diag.Diagnostic{Code: "value-percent", Place: f.ValueAt, About: []string{f.ID},
		Text: diag.Say("%s counts %s, and no percentage", "%s zählt %s und keine Prozente", f.Named(), f.Unit.Named()),
		Ways: []diag.Text{diag.Say("write how many there are", "schreiben Sie, wie viele es sind")}}
	if whole := f.Whole(); whole != nil {
		d.Text = diag.Say("%s counts %s; its share of %s is computed from the two",
			"%s zählt %s; der Anteil an %s wird aus beiden berechnet", f.Named(), f.Unit.Named(), whole.Named())
	}
	return &d
}
