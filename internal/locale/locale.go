// Package locale knows how a language writes numbers, percentages, dates and
// the tool's own words, and how it says that a number is not exact.
//
// A language is one catalogue (en.json, de.json) and what golang.org/x/text
// knows of it: separators, the percent pattern, plurals. Numbers are exact
// ([big.Rat]) and rounded once, for display, halves away from zero; x/text would
// round halves to even and takes no exact numbers, so rounding is done here.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed *.json
var catalogues embed.FS

// Lang is one language that sites can be written in.
type Lang struct {
	Code    string // "en": also the name of the folder below content/
	Name    string // in the language itself: "Deutsch"
	English string // in English: "German"
	German  string // in German, before a noun: "deutsche"

	tag       language.Tag
	group     string // "," in English
	decimal   string // "." in English
	percent   string // what follows the number: "%" in English, "\u00a0%" in German
	months    []string
	date      string
	quotes    [2]string
	inner     [2]string // quotation marks inside others
	relations []relationWord
	customary map[Relation]string
	scales    []scaleWord
	percents  []string            // words for the percent sign, in small letters
	counted   []string            // the words for one, two, three and so on
	numerals  map[string]int64    // those and their other forms, in small letters
	parts     map[string]*big.Rat // "half", "twice as many", in small letters
	partOf    []string            // between two numerals: "out of"
	citations []string            // words before a number that is the name of something: "§", "Article"
	streets   []string            // how names of streets end
	hours     []string            // words after a time: "pm"
	articles  []string            // words before an ordinal, where those are written as "16."
	joining   []string            // between numbers that are cited: "and"
	// numberFirst says that addresses begin with the number of the house.
	numberFirst bool
	words       map[string]string
}

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

var languages = load()

// Lookup finds a language by its code.
func Lookup(code string) (*Lang, bool) {
	l, ok := languages[code]
	return l, ok
}

// Must finds a language that is known to exist, such as one that site.yaml was
// checked to name.
func Must(code string) *Lang {
	l, ok := languages[code]
	if !ok {
		panic("locale: no catalogue for " + code)
	}
	return l
}

// Codes lists the languages that have a catalogue.
func Codes() []string {
	var codes []string
	for code := range languages {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

func load() map[string]*Lang {
	all := map[string]*Lang{}
	files, err := fs.Glob(catalogues, "*.json")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := catalogues.ReadFile(file)
		if err != nil {
			panic(err)
		}
		l := parseCatalogue(file, text)
		all[l.Code] = l
	}
	return all
}

// parseCatalogue panics on a broken catalogue: it is part of the program.
func parseCatalogue(file string, text []byte) *Lang {
	var c struct {
		Code, Name, English, German string
		Months                      []string
		Date                        string
		Quotes, InnerQuotes         [2]string
		Relations                   map[Relation][]string
		Citations, Streets          []string
		Hours, Articles             []string
		Joining                     []string
		NumberFirst                 bool
		Scales                      map[string]int
		Percents                    []string
		Numerals                    [][]string        // of one, two, three and so on: the word and its other forms
		Parts                       map[string]string // "1/2"
		PartOf                      []string
		Words                       map[string]string
	}
	if err := json.Unmarshal(text, &c); err != nil {
		panic(fmt.Sprintf("locale: %s: %v", file, err))
	}
	l := &Lang{
		Code: c.Code, Name: c.Name, English: c.English, German: c.German, tag: language.MustParse(c.Code),
		customary: map[Relation]string{}, months: c.Months, date: c.Date, quotes: c.Quotes, inner: c.InnerQuotes, citations: c.Citations, streets: c.Streets, words: c.Words,
		percents: c.Percents, partOf: c.PartOf, hours: c.Hours, articles: c.Articles, joining: c.Joining, numberFirst: c.NumberFirst,
	}
	for _, relation := range Relations {
		l.customary[relation] = c.Relations[relation][0]
		for _, word := range c.Relations[relation] {
			l.relations = append(l.relations, relationWord{word, relation})
		}
	}
	l.numerals, l.parts = map[string]int64{}, map[string]*big.Rat{}
	for i, forms := range c.Numerals {
		l.counted = append(l.counted, forms[0])
		for _, form := range forms {
			l.numerals[form] = int64(i + 1)
		}
	}
	for words, part := range c.Parts {
		fraction, ok := new(big.Rat).SetString(part)
		if !ok {
			panic(fmt.Sprintf("locale: %s: %q is no part", file, part))
		}
		l.parts[words] = fraction
	}
	for word, power := range c.Scales {
		l.scales = append(l.scales, scaleWord{word, power})
	}
	// The longest word first, so that "more than" is not read as "more".
	slices.SortStableFunc(l.relations, func(a, b relationWord) int { return len(b.word) - len(a.word) })
	slices.SortFunc(l.scales, func(a, b scaleWord) int {
		if len(a.word) != len(b.word) {
			return len(b.word) - len(a.word)
		}
		return strings.Compare(a.word, b.word)
	})
	l.askSeparators()
	return l
}

// askSeparators lets x/text write sample numbers and reads the separators off.
func (l *Lang) askSeparators() {
	p := message.NewPrinter(l.tag)
	sample := p.Sprint(number.Decimal(1234.5, number.Scale(1)))
	l.group = strings.TrimSuffix(strings.TrimPrefix(sample, "1"), sample[strings.Index(sample, "234"):])
	l.decimal = strings.TrimSuffix(sample[strings.Index(sample, "234")+3:], "5")
	l.percent = strings.TrimPrefix(p.Sprint(number.Percent(0.54)), "54")
}

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

// One says whether the language uses the singular for a number as written.
func (l *Lang) One(r *big.Rat, decimals int) bool {
	digits := r.FloatString(decimals)
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(digits, "-"), ".")
	i, err := strconv.Atoi(whole)
	if err != nil {
		return false // too large for an int, and so not one
	}
	f, _ := strconv.Atoi(fraction)
	trimmed := strings.TrimRight(fraction, "0")
	t, _ := strconv.Atoi(trimmed)
	return plural.Cardinal.MatchPlural(l.tag, i, len(fraction), len(trimmed), f, t) == plural.One
}

// Date writes a day as the language does: "31 December 2024".
func (l *Lang) Date(t time.Time) string {
	date := strings.Replace(l.date, "{day}", strconv.Itoa(t.Day()), 1)
	date = strings.Replace(date, "{month}", l.months[t.Month()-1], 1)
	return strings.Replace(date, "{year}", strconv.Itoa(t.Year()), 1)
}

// Month writes a month by its name, with or without its year: "December 2024".
func (l *Lang) Month(t time.Time, year bool) string {
	if !year {
		return l.months[t.Month()-1]
	}
	return l.months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

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

// Word gives one of the tool's own words, with its arguments filled in. A word
// that the catalogue lacks is a mistake in the program.
func (l *Lang) Word(key string, args ...any) string {
	word, ok := l.words[key]
	if !ok {
		panic(fmt.Sprintf("locale: %s.json has no word %q", l.Code, key))
	}
	if len(args) == 0 {
		return word
	}
	return fmt.Sprintf(word, args...)
}

// Spoken is a number in a message: written as the reader of the message writes
// numbers, whatever the language of the page is.
type Spoken struct {
	Value    *big.Rat
	Decimals int
}

// In writes the number in the language of the message.
func (s Spoken) In(lang string) string {
	l, ok := Lookup(lang)
	if !ok {
		l = Must("en")
	}
	return l.Number(s.Value, s.Decimals)
}
