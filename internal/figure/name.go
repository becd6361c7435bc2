package figure

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/locale"
)

// What is said of a figure must be true where it stands alone: on a card, in a sentence
// that was copied, in the ear of somebody who goes from link to link. So its name has
// everything: the number, what it counts, of what, and when. "122,957 people seeking
// advice: Only advice on recognition, January 2019 to December 2022"; of a cell "2,622
// renewals (Central Library, Sound and film), 2024".

// Name says a citation so that it is true by itself; said is how the page writes the
// number, which comes first.
func (r Ref) Name(l *locale.Lang, said string) string {
	f := r.Figure
	if r.Option.Field != NoField {
		return said
	}
	var name string
	switch {
	case r.Option.Share:
		name = l.Word("spoken-share", said, f.words(l, "", f.Unit.Other.In(l.Code)))
	case f.Value.Number == nil:
		name = l.Word("spoken-missing", said, f.unnumbered(l))
	default:
		name = f.words(l, said, f.noun(l, r.decimals()))
	}
	if r.Option.Direction != locale.Unsaid { // the number has no sign
		name = l.Word("name-"+r.Option.String(), name)
	}
	return name + f.timeOf(l)
}

// Unnumbered is the name without its number: what no two figures may share.
func (f *Figure) Unnumbered(l *locale.Lang) string { return f.unnumbered(l) + f.timeOf(l) }

func (f *Figure) unnumbered(l *locale.Lang) string {
	noun := f.Unit.Other.In(l.Code)
	name := f.words(l, "", noun)
	if f.counts() && !f.Unit.saidIn(name, l) && f.columnNoun(l) == "" && f.Noun[l.Code] == "" {
		name += " (" + noun + ")"
	}
	return name
}

// Line is what a number says beside the full label of its figure: itself, its unit where the
// label lacks it, and its time.
func (r Ref) Line(l *locale.Lang, said string) string {
	f := r.Figure
	switch {
	case r.Option.Share:
		said = l.Word("spoken-share", said, f.Unit.Other.In(l.Code))
	case f.Value.Number != nil && !f.SaysUnit(f.Full(l), l):
		said += "\u00a0" + f.noun(l, r.decimals())
	}
	return said + ", " + f.when(l)
}

// counts reports whether a word for what is counted belongs behind the value.
func (f *Figure) counts() bool { return !f.Unit.IsPercent() && !f.Unit.Ungrouped }

// words joins a number, or nothing, to what stands behind it: the noun that the author
// gave, or else the unit and the label, which say the unit once.
func (f *Figure) words(l *locale.Lang, said, noun string) string {
	if own := f.Noun[l.Code]; own != "" {
		return join(said, own)
	}
	full, colon := f.Full(l), l.Sign(":")+" "
	if f.counts() || f.columnNoun(l) != "" {
		if rest, as := f.cutNoun(full, l, noun); as != "" {
			return join(said, as+rest) // 122,957 people seeking advice: Only advice on recognition
		}
		if at := strings.LastIndex(full, colon); at > 0 {
			if rest, as := f.cutNoun(full[at+len(colon):], l, noun); as != "" {
				return join(said, as+rest+" ("+full[:at]+")") // 2,622 renewals (Central Library)
			}
		}
		if f.Unit.describedIn(full, l) && !strings.Contains(full, colon) {
			return join(said, full) // 75 Permanent advice centres
		}
	}
	if f.Cell != nil {
		full = f.Cell.full(l, ", ")
	}
	switch {
	case said == "":
		return full
	case f.counts() && !f.Unit.saidIn(full, l):
		said = join(said, noun)
	}
	return l.Colon(said, full)
}

func join(said, noun string) string { return strings.TrimPrefix(said+" "+noun, " ") }

// Full is the label of a figure without the page around it, and without its time: a part
// with its whole, where its own label does not say that; a cell with its row and column.
func (f *Figure) Full(l *locale.Lang) string {
	switch {
	case f.Cell != nil:
		return f.Cell.full(l, l.Sign(":")+" ")
	case f.Parent != nil:
		label, whole := f.Label[l.Code], f.Parent.Full(l)
		if strings.Contains(strings.ToLower(label), strings.ToLower(whole)) {
			return label
		}
		return l.Colon(whole, l.Inside(label))
	case f.Series != nil:
		return f.Series.Label[l.Code]
	}
	return f.Label[l.Code]
}

// full names a cell by its row and its column: "Central Library, Sound and film: Renewals",
// or with another sign between the two.
func (c *Cell) full(l *locale.Lang, sign string) string {
	line, column := c.Table.Lines[c.Line], c.Table.Columns[c.Column]
	last := column.Noun[l.Code]
	if last == "" {
		last = column.Label[l.Code]
	}
	names, inSentence := make([]string, len(line.Labels)), true
	for i, label := range line.Labels {
		names[i] = label[l.Code]
		if i < len(line.Nouns) && line.Nouns[i][l.Code] != "" {
			names[i] = line.Nouns[i][l.Code]
		} else {
			inSentence = false
		}
	}
	switch {
	case len(names) == 0 && c.Table.inNames: // time alone tells the rows apart
		return l.Colon(c.Table.Label[l.Code], last)
	case len(names) == 0:
		return last
	case c.Table.inNames:
		names[0] = l.Colon(c.Table.Label[l.Code], names[0])
	}
	if inSentence && !c.Table.inNames {
		return last + " " + strings.Join(names, " ") // Trainings held for labour market stakeholders
	}
	return strings.Join(names, ", ") + sign + last
}

func (f *Figure) columnNoun(l *locale.Lang) string {
	if f.Cell == nil {
		return ""
	}
	return f.Cell.Table.Columns[f.Cell.Column].Noun[l.Code]
}

// cutNoun takes what is counted from the beginning of a label, and gives the word to write in
// its place; "" where the label does not begin with it.
func (f *Figure) cutNoun(label string, l *locale.Lang, noun string) (rest, as string) {
	if own := f.columnNoun(l); own != "" && strings.HasPrefix(label, own) {
		return label[len(own):], own
	}
	for _, form := range f.Unit.words[l.Code] {
		if len(label) < len(form.text) || !strings.EqualFold(label[:len(form.text)], form.text) {
			continue
		}
		rest := label[len(form.text):]
		if next, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(next) || unicode.IsDigit(next) || next == '-' {
			continue
		}
		if form.also {
			return rest, form.text
		}
		return rest, noun
	}
	return "", ""
}

// A unitWord is a form of the word for what is counted.
type unitWord struct {
	text, lower string
	also        bool // it stands for the unit, but is no plural of its word
}

// wordsOf lists the forms of a unit's word, the longest first.
func (u *Unit) wordsOf(lang string) []unitWord {
	var words []unitWord
	add := func(text string, also bool) {
		if text != "" && !slices.ContainsFunc(words, func(w unitWord) bool { return w.text == text }) {
			words = append(words, unitWord{text, strings.ToLower(text), also})
		}
	}
	for _, plural := range slices.Sorted(maps.Keys(u.forms[lang])) {
		add(u.forms[lang][plural], false)
	}
	for _, text := range u.Also[lang] {
		add(text, true)
	}
	slices.SortStableFunc(words, func(a, b unitWord) int { return len(b.text) - len(a.text) })
	return words
}

// SaysUnit reports whether a label says what the figure counts, or nothing has to: a number
// that is a percentage or a year says it by itself.
func (f *Figure) SaysUnit(label string, l *locale.Lang) bool {
	return !f.counts() || f.Unit.saidIn(label, l)
}

// saidIn reports whether a label says the unit.
func (u *Unit) saidIn(label string, l *locale.Lang) bool {
	lower := strings.ToLower(label)
	return slices.ContainsFunc(u.words[l.Code], func(w unitWord) bool { return strings.Contains(lower, w.lower) })
}

// describedIn reports whether a label is a word for the unit with one word, or a part of it,
// before it: "Permanent advice centres", "Erstberatungen".
func (u *Unit) describedIn(label string, l *locale.Lang) bool {
	lower := strings.ToLower(label)
	return slices.ContainsFunc(u.words[l.Code], func(w unitWord) bool {
		at := strings.Index(lower, w.lower)
		return at > 0 && !strings.Contains(strings.TrimSuffix(lower[:at], " "), " ")
	})
}

// timeOf is the time of a figure as it stands behind its name, if that does not say it. A
// series is called by its latest time, which moves on with it.
func (f *Figure) timeOf(l *locale.Lang) string {
	var when string
	if s := f.Series; s != nil && s.Cumulative && !s.Since.IsZero() {
		when = ", " + l.Word("as-of-date", f.AsOf.In(l)) + ", " + l.Word("cumulative-since", l.Date(s.Since))
	} else if time := f.when(l); !f.SaysTime(f.Full(l), time, l) {
		when = ", " + time
	}
	if f.Series != nil && f.Date.IsZero() {
		when += " (" + l.Word("latest-value") + ")"
	}
	return when
}

// SaysTime reports whether a name tells the time of the figure, which in words is when: in
// these words, by the date, or, of a whole year, by that.
func (f *Figure) SaysTime(name, when string, l *locale.Lang) bool {
	switch p := f.Period; {
	case strings.Contains(name, when):
		return true
	case p != nil:
		year := strconv.Itoa(p.From.Year())
		return p.From.YearDay() == 1 && p.To.Equal(p.From.AddDate(1, 0, -1)) && strings.Contains(name, year)
	}
	return !f.AsOf.IsZero() && strings.Contains(name, f.AsOf.In(l))
}
