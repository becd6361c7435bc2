package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed *.json
var files embed.FS

// catalogue is a file that describes a language. docs/languages.md says what each
// key means.
type catalogue struct {
	Code, Name, English, German string
	Months, MonthsAlone         []string
	MonthsShort                 []string
	Date, MonthYear             string
	Days                        map[int]string
	Group, Decimal, Percent     string
	Quotes, InnerQuotes         []string
	SpaceBefore, SpaceBehind    map[string]string
	Relations                   map[Relation][]string
	Citations, Hours, Articles  []string
	Joining                     []string
	Streets, StreetsBegin       []string
	BeforePlaces                []string
	NumberFirst                 bool
	Scales, ShortScales         map[string]int
	Percents                    []string
	Points                      []string
	YearNouns, BeforeYears      []string
	SmallWords, AskingWords     []string
	EmptyLinks, EmptyImages     []string
	Minus, Plus, Falls, Rises   []string
	Numerals                    [][]string        // of one, two, three and so on: the word and its other forms
	Parts                       map[string]string // "1/2"
	PartOf                      []string
	Words                       map[string]word
}

// required and optional are the keys of a catalogue.
var (
	required = []string{
		"code", "name", "english", "german", "months", "date", "quotes", "innerQuotes", "relations", "citations", "hours",
		"articles",
		"joining", "numberFirst", "streets", "scales", "percents", "numerals", "parts", "partOf", "words",
	}
	optional = []string{
		"monthsAlone", "monthsShort", "monthYear", "days", "group", "decimal", "percent", "spaceBefore", "spaceBehind",
		"streetsBegin",
		"beforePlaces", "shortScales", "points", "yearNouns", "beforeYears", "smallWords", "askingWords", "emptyLinks",
		"emptyImages", "minus", "plus", "falls", "rises",
	}
)

// word is one of the tool's own words; one that counts has further plural forms.
type word struct {
	other string
	forms map[Plural]string // nil mostly
}

// UnmarshalJSON reads a text, or an object with a text for each plural form.
func (w *word) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &w.other) == nil {
		w.forms = nil
		return nil
	}
	w.forms = nil // those of a catalogue below go
	err := json.Unmarshal(data, &w.forms)
	w.other = w.forms[Other]
	return err
}

// placeholder is where an argument of a word goes: %s or %d, or %[2]s out of turn.
var placeholder = regexp.MustCompile(`%(?:\[(\d)\])?[sd]`)

// fill puts arguments in their places. A form may leave out its number: "and one
// more".
func fill(text string, args []any) string {
	next := 0
	return placeholder.ReplaceAllStringFunc(text, func(place string) string {
		if i := strings.IndexByte(place, '['); i >= 0 {
			next = int(place[i+1]-'0') - 1
		}
		next++
		return fmt.Sprint(args[next-1])
	})
}

// builtIn are the languages of the program. Each catalogue is read when it is first asked
// for: a site has two or three, and to read all takes a tenth of a small build.
var builtIn = load()

func load() *Set {
	set := &Set{langs: map[string]func() *Lang{}}
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		set.langs[strings.TrimSuffix(name, ".json")] = sync.OnceValue(func() *Lang { return readBuiltIn(name) })
	}
	return set
}

// readBuiltIn panics on a broken catalogue: those built in are part of the program.
func readBuiltIn(name string) *Lang {
	var c catalogue
	if err := json.Unmarshal(source(name), &c); err != nil || c.Code+".json" != name {
		panic(fmt.Sprintf("locale: %s: %v", name, err))
	}
	return c.lang()
}

func source(name string) []byte {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return text
}

// lang makes the language of a catalogue in which nothing is missing or wrong.
func (c *catalogue) lang() *Lang {
	tag := language.Make(c.Code)
	l := &Lang{
		Code: c.Code, Name: c.Name, English: c.English, German: c.German, tag: tag, plurals: pluralsOf(tag),
		months: c.Months, alone: c.MonthsAlone, brief: c.MonthsShort, date: c.Date, month: c.MonthYear, days: c.Days,
		quotes: [2]string(c.Quotes), inner: [2]string(c.InnerQuotes), spaces: spacing{c.SpaceBefore, c.SpaceBehind},
		customary: map[Relation]string{}, percents: c.Percents, partOf: c.PartOf, citations: c.Citations,
		streets: c.Streets, streetsOf: c.StreetsBegin, inPlaces: c.BeforePlaces, hours: c.Hours,
		articles: c.Articles, joining: c.Joining,
		points: c.Points, yearNouns: c.YearNouns, beforeYears: c.BeforeYears, numberFirst: c.NumberFirst, words: c.Words,
		small: c.SmallWords, asking: c.AskingWords, emptyLinks: c.EmptyLinks, emptyImages: c.EmptyImages,
	}
	if l.alone == nil {
		l.alone = l.months
	}
	if l.brief == nil {
		l.brief = l.alone
	}
	if l.month == "" {
		l.month = "{month} {year}"
	}
	l.separators(c)
	l.wordsForNumbers(c)
	l.ungrouped = sync.OnceValue(func() *Lang {
		plain := *l
		plain.group = ""
		return &plain
	})
	return l
}

// separators takes from the catalogue how the language parts digits, and what it
// does not say from x/text, which writes sample numbers. The digits are always
// Latin ones: they are what can be read.
func (l *Lang) separators(c *catalogue) {
	p := message.NewPrinter(language.Make(c.Code + "-u-nu-latn"))
	sample := p.Sprint(number.Decimal(1234.5, number.Scale(1)))
	before, after, _ := strings.Cut(sample, "234")
	l.group = or(c.Group, strings.TrimPrefix(before, "1"))
	l.decimal = or(c.Decimal, strings.TrimSuffix(after, "5"))
	l.percent = or(c.Percent, strings.Trim(strings.TrimPrefix(p.Sprint(number.Percent(0.54)), "54"), "\u200e\u200f\u061c"))
}

func or(said, otherwise string) string {
	if said != "" {
		return said
	}
	return otherwise
}

func (l *Lang) wordsForNumbers(c *catalogue) {
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
		l.parts[words], _ = fraction(part)
	}
	l.changes = changesOf(c)
	l.scales, l.short = scalesOf(c.Scales), scalesOf(c.ShortScales)
	// The longest word first, so that "more than" is not read as "more".
	slices.SortStableFunc(l.relations, func(a, b relationWord) int { return len(b.word) - len(a.word) })
}

// scalesOf lists words that scale, the longest first.
func scalesOf(powers map[string]int) []scaleWord {
	var all []scaleWord
	for word, power := range powers {
		all = append(all, scaleWord{word, power})
	}
	slices.SortFunc(all, func(a, b scaleWord) int {
		if len(a.word) != len(b.word) {
			return len(b.word) - len(a.word)
		}
		return strings.Compare(a.word, b.word)
	})
	return all
}

// fraction reads a part or a multiple: "2/3", "10".
func fraction(text string) (*big.Rat, bool) {
	over, under, parted := strings.Cut(text, "/")
	if _, err := strconv.ParseUint(over, 10, 16); err != nil {
		return nil, false
	}
	if n, err := strconv.ParseUint(under, 10, 16); parted && (err != nil || n == 0) {
		return nil, false
	}
	part, ok := new(big.Rat).SetString(text)
	return part, ok && part.Sign() > 0
}
