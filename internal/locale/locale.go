// Package locale knows how a language writes numbers, percentages, dates and
// the tool's own words, and how it says that a number is not exact.
//
// A language is one catalogue (en.json, de.json, fr.json) and what
// golang.org/x/text knows of it: plural forms, the direction of its script, and
// the separators that its catalogue does not name. Nothing in the program asks
// which language it has. A project may bring catalogues of its own (read.go).
//
// Numbers are exact ([big.Rat]) and rounded once, for display, halves away from
// zero; x/text would round halves to even and takes no exact numbers, so rounding
// is done here.
package locale

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Lang is one language that sites can be written in.
type Lang struct {
	Code    string // "fr": also the name of the folder below content/
	Name    string // in the language itself: "Français"
	English string // "French"
	German  string // "Französisch"

	tag       language.Tag
	plurals   []Plural
	group     string // "," in English
	decimal   string // "." in English
	percent   string // what follows the number: "%" in English, "\u00a0%" in German
	months    []string
	alone     []string // the months where no day stands before them
	brief     []string // the months where there is little room, as on an axis
	date      string
	month     string         // "{month} {year}"
	days      map[int]string // days of the month that are not written as plain numbers: 1 is "1er"
	quotes    [2]string
	inner     [2]string // quotation marks inside others
	spaces    spacing
	relations []relationWord
	customary map[Relation]string
	scales    []scaleWord
	short     []scaleWord         // letters that scale right behind the digits: "m" of "1.5m"
	nouns     []string            // what the numbers count that are read; see Counting
	percents  []string            // words for the percent sign, in small letters
	counted   []string            // the words for one, two, three and so on
	numerals  map[string]int64    // those and their other forms, in small letters
	parts     map[string]*big.Rat // "half", "twice as many", in small letters
	partOf    []string            // between two numerals: "out of"
	citations []string            // words before a number that is the name of something: "§", "Article"
	streets   []string            // how names of streets end
	streetsOf []string            // how they begin: "rue"
	inPlaces  []string            // words before a place: "in" of "in 50667 Cologne"
	hours     []string            // words after a time: "pm"
	articles  []string            // words before an ordinal, where those are written as "16."
	points    []string            // "percentage points"
	changes   []changeWords       // "fell by", "fewer"
	yearNouns []string            // words before what can only be a year: "year"
	// beforeYears are words before what may be a year: "since".
	beforeYears []string
	small       []string // words that are names of nothing: "all"
	asking      []string // words of questions that say nothing of what is sought: "how many"
	emptyLinks  []string // texts of links that say nothing of where they lead, in small letters: "click here"
	emptyImages []string // texts that say nothing of what a picture shows: "photo"
	joining     []string // between numbers that are cited: "and"
	words       map[string]word
	ungrouped   func() *Lang
	// numberFirst says that addresses begin with the number of the house.
	numberFirst bool
}

// spacing is what no line may end between: the space that stands before a sign,
// and the one behind another. French has them before ; and inside « ».
type spacing struct{ before, behind map[string]string }

type relationWord struct {
	word     string // in small letters
	relation Relation
}

type scaleWord struct {
	word  string // as the catalogue writes it
	power int    // of ten
}

// Relation says how a number in words stands to the exact number behind it.
type Relation string

// The relations: Exact for a number on its own, the others for the bounds that
// figure files know by these English words.
const (
	Exact     Relation = ""
	Around    Relation = "around"
	MoreThan  Relation = "more than"
	FewerThan Relation = "fewer than"
	AtLeast   Relation = "at least"
	AtMost    Relation = "at most"
	JustUnder Relation = "just under"
	JustOver  Relation = "just over"
)

// Relations lists all relations but Exact.
var Relations = []Relation{MoreThan, FewerThan, AtLeast, AtMost, Around, JustUnder, JustOver}

// Round rounds r to so many decimals, halves away from zero.
func Round(r *big.Rat, decimals int) *big.Rat {
	rounded, _ := new(big.Rat).SetString(r.FloatString(decimals))
	return rounded
}

// Number writes r with the language's separators, rounded to so many decimals,
// halves away from zero.
func (l *Lang) Number(r *big.Rat, decimals int) string {
	digits, fraction, _ := strings.Cut(r.FloatString(decimals), ".")
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
		if strings.Trim(digits+fraction, "0") == "" {
			sign = ""
		}
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.group)
		}
		b.WriteRune(d)
	}
	if fraction != "" {
		b.WriteString(l.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

// Ungrouped is the language as it writes years and other numbers that are names.
func (l *Lang) Ungrouped() *Lang { return l.ungrouped() }

// Counting is the language in which a number that is read whole may have one of these
// nouns behind it: "1,234 people".
func (l *Lang) Counting(nouns []string) *Lang {
	with := *l
	with.nouns = nouns
	return &with
}

// Percent writes the share r (0.54) as the language does ("54%", "54 %").
func (l *Lang) Percent(r *big.Rat, decimals int) string {
	return l.Number(new(big.Rat).Mul(r, big.NewRat(100, 1)), decimals) + l.percent
}

// Bound writes a number with the words of its relation: "more than 30".
func (l *Lang) Bound(relation Relation, number string) string {
	if relation == Exact {
		return number
	}
	return l.RelationWord(relation) + " " + number
}

// RelationWord gives the first word that the language's catalogue has for it.
func (l *Lang) RelationWord(relation Relation) string {
	return l.customary[relation]
}

// Date writes a day as the language does: "31 December 2024", "1er janvier 2025".
func (l *Lang) Date(t time.Time) string {
	return l.dateWith(t, l.months)
}

// ShortDate writes it on an axis, where there is little room: "31 Dec 2024".
func (l *Lang) ShortDate(t time.Time) string { return l.dateWith(t, l.brief) }

func (l *Lang) dateWith(t time.Time, months []string) string {
	day, special := l.days[t.Day()]
	if !special {
		day = strconv.Itoa(t.Day())
	}
	month, year := months[t.Month()-1], strconv.Itoa(t.Year())
	return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(l.date,
		"{day}", day), "{month}", month), "{year}", year)
}

// Month writes a month by its name, with or without its year: "December 2024".
func (l *Lang) Month(t time.Time, year bool) string {
	name := l.alone[t.Month()-1]
	if !year {
		return name
	}
	return strings.NewReplacer("{month}", name, "{year}", strconv.Itoa(t.Year())).Replace(l.month)
}

// Decimal is the sign before decimals.
func (l *Lang) Decimal() string { return l.decimal }

// Quote puts s between the language's quotation marks.
func (l *Lang) Quote(s string) string { return l.quotes[0] + s + l.quotes[1] }

// Quotes gives the language's quotation marks.
func (l *Lang) Quotes() (open, close string) { return l.quotes[0], l.quotes[1] }

// InnerQuotes gives the quotation marks inside others.
func (l *Lang) InnerQuotes() (open, close string) { return l.inner[0], l.inner[1] }

// HasWord reports whether the catalogue has one of the tool's own words.
func (l *Lang) HasWord(key string) bool {
	_, ok := l.words[key]
	return ok
}

// Words lists the keys of the tool's own words.
func (l *Lang) Words() []string { return slices.Sorted(maps.Keys(l.words)) }

// Space gives the space that belongs between two signs where somebody typed an
// ordinary one: "\u202f" between a word and a semicolon in French, a space between
// most others. before and after are the runes around the space.
func (l *Lang) Space(before, after rune) (space string, special bool) {
	if space, special = l.spaces.before[string(after)]; !special {
		space, special = l.spaces.behind[string(before)]
	}
	return space, special
}

// Spaces reports whether the language has any such rule.
func (l *Lang) Spaces() bool { return len(l.spaces.before)+len(l.spaces.behind) > 0 }

// Sign writes a sign that follows a word, with the space that belongs before it: ":"
// in English, "\u00a0:" in French.
func (l *Lang) Sign(sign string) string { return l.spaces.before[sign] + sign }

// Colon puts a colon between a word and what it is about: "Source: Door counters".
func (l *Lang) Colon(word, about string) string { return word + l.Sign(":") + " " + about }

// Inside writes a label as it stands inside a phrase: "All people" is "all people" there, and
// "Central Library" stays a name.
func (l *Lang) Inside(label string) string {
	first := label
	if i := strings.IndexFunc(label, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		first = label[:i]
	}
	r, size := utf8.DecodeRuneInString(label)
	if small := string(unicode.ToLower(r)) + first[min(size, len(first)):]; slices.Contains(l.small, small) {
		return small + label[len(first):]
	}
	return label
}

// Dir is the direction of the language's script: "ltr" or "rtl".
func (l *Lang) Dir() string {
	if script, _ := l.tag.Script(); rightToLeft[script.String()] {
		return "rtl"
	}
	return "ltr"
}

// Locale names the language as social networks do, with the country where most of its
// readers live unless its code says another: "de_DE".
func (l *Lang) Locale() string {
	base, _ := l.tag.Base()
	region, _ := l.tag.Region()
	return base.String() + "_" + region.String()
}

// rightToLeft are the scripts that are written from right to left, by ISO 15924.
var rightToLeft = map[string]bool{
	"Adlm": true, "Arab": true, "Hebr": true, "Mand": true, "Nkoo": true,
	"Rohg": true, "Samr": true, "Syrc": true, "Thaa": true,
}

// In names the language in the language of a message, "en" or "de".
func (l *Lang) In(lang string) string {
	if lang == "de" {
		return l.German
	}
	return l.English
}

// Word gives one of the tool's own words, with its arguments filled in. A word
// that counts has a form for each plural of the language; its first argument is
// the number. A word that the catalogue lacks is a mistake in the program.
func (l *Lang) Word(key string, args ...any) string {
	w, ok := l.words[key]
	if !ok {
		panic(fmt.Sprintf("locale: %s.json has no word %q", l.Code, key))
	}
	if len(args) == 0 {
		return w.other
	}
	text := w.other
	if n, counts := args[0].(int); counts && w.forms != nil {
		if form, ok := w.forms[l.pluralOf(n)]; ok {
			text = form
		}
	}
	return fill(text, args)
}

// Spoken is a number in a message: written as the reader of the message writes
// numbers, whatever the language of the page is.
type Spoken struct {
	Value    *big.Rat
	Decimals int
}

// Hundredths says a number such as a contrast to two decimals, never as more than it is.
func Hundredths(x float64) Spoken { return Spoken{Value: big.NewRat(int64(x*100), 100), Decimals: 2} }

// In writes the number in the language of the message.
func (s Spoken) In(lang string) string {
	l, ok := Lookup(lang)
	if !ok {
		l = Must("en")
	}
	return l.Number(s.Value, s.Decimals)
}
