package build

import (
	"encoding/csv"
	"flag"
	"fmt"
	"html"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/parallel"
)

var (
	changes   = flag.Int("changes", 200, "how many changes of whole projects are tried")
	firstSeed = flag.Uint64("seed", 1, "the seed of the first of them")
)

// What is written is what is published, or a message stands at the place. Each seed
// changes the library as people do, at one place; what a person means by it is said
// beside the change, by nobody who knows how bilanz reads.
//
//	go test ./internal/build -run WholeProjects -changes 5000 -seed 1000
func TestWholeProjectsPublishWhatIsWritten(t *testing.T) {
	sound := inThreeLanguages(filesOf(t, filepath.FromSlash(library)))
	told := map[string][2]int{} // by kind: published as written, told
	for seed := *firstSeed; seed < *firstSeed+uint64(*changes); seed++ {
		c := randomChange(rand.New(rand.NewPCG(seed, 7)), sound)
		problem, silent := c.try(t, sound)
		if problem != "" {
			c, problem = c.smallest(t, sound, problem)
			t.Errorf("seed %d: %s\n%s", seed, problem, c)
		}
		count := told[c.kind]
		if silent {
			count[0]++
		} else {
			count[1]++
		}
		told[c.kind] = count
	}
	for kind, n := range told {
		t.Logf("%-8s %4d as written, %4d with a message", kind, n[0], n[1])
		if *changes >= 200 && (n[0] == 0 || n[1] == 0) && kind != "marks" {
			t.Errorf("%s: %d as written and %d with a message; that proves only one half", kind, n[0], n[1])
		}
	}
}

// change is one change of a project, and what it means.
type change struct {
	kind        string // words, value, cells, name, marks
	file        string
	first, last int    // the lines that were changed, where a message must stand
	text        string // what they hold now
	whole       []byte // the file
	also        map[string][]byte

	pieces []piece // of words, to make the change smaller
	place  place
	at     int
	ending string // of lines: "", "crlf", "bom", "open"

	wrong bool                        // it must not be published without a word
	holds func(site *finished) string // what is wrong with what was published
}

func (c change) String() string {
	return fmt.Sprintf("%s, lines %d to %d, %s, %s:\n%s", c.file, c.first, c.last, c.place.name, c.ending,
		strings.Trim(strconv.QuoteToASCII(c.text), `"`))
}

// finished is a site as readers and programs get it.
type finished struct{ memory *output.Memory }

func (s finished) file(path string) string {
	data, _ := s.memory.File(path)
	return string(data)
}

// try builds the changed project, and says what is wrong with it; and whether it was
// published without a word.
func (c change) try(t *testing.T, sound fstest.MapFS) (problem string, silent bool) {
	files := fstest.MapFS{}
	for name, file := range sound {
		files[name] = file
	}
	for name, data := range c.also {
		files[name] = &fstest.MapFile{Data: data}
	}
	files[c.file] = &fstest.MapFile{Data: c.whole}
	site := &finished{&output.Memory{}}
	defer func() {
		if r := recover(); r != nil {
			problem = fmt.Sprint("panic: ", parallel.Caught(r))
		}
	}()
	result, err := Build(t.Context(), Options{Files: files, Into: site.memory, NoCards: true, Drawings: pictures})
	result.Diagnostics = without(result.Diagnostics, ofTranslations)
	switch {
	case err != nil:
		return "error of the machine: " + err.Error(), false
	case len(result.Diagnostics) == 0 && !result.Written:
		return "nothing is written, and nobody says why", false
	case slices.ContainsFunc(result.Diagnostics, c.isTold), slices.Contains(result.LeftOut, c.file):
		return "", false
	case len(result.Diagnostics) > 0:
		d := result.Diagnostics[0]
		return fmt.Sprintf("a message, but not at the place: %s: %s [%s]", d.Place, d.Text.In("en"), d.Code), false
	case c.wrong:
		return "this is wrong, and nobody says so", true
	}
	return c.holds(site), true
}

// isTold reports whether a message stands where the change was made.
func (c change) isTold(d diag.Diagnostic) bool {
	here := func(p diag.Place) bool {
		_, also := c.also[p.Path]
		return also || p.Path == c.file && (p.Line == 0 || c.first <= p.Line && p.Line <= c.last)
	}
	return here(d.Place) || slices.ContainsFunc(d.Notes, func(n diag.Note) bool { return here(n.Place) })
}

// smallest leaves out what a failing change does not need to fail.
func (c change) smallest(t *testing.T, sound fstest.MapFS, problem string) (change, string) {
	if c.kind != "words" {
		return c, problem
	}
	for again := true; again; {
		again = false
		for i := range c.pieces {
			if len(c.pieces) == 1 {
				break
			}
			less := c.place.change(sound, slices.Delete(slices.Clone(c.pieces), i, i+1), c.at, c.ending)
			if p, _ := less.try(t, sound); p != "" {
				c, problem, again = less, p, true
				break
			}
		}
		if less := c.place.change(sound, c.pieces, c.at, ""); c.ending != "" {
			if p, _ := less.try(t, sound); p != "" {
				c, problem, again = less, p, true
			}
		}
	}
	return c, problem
}

// A reader of HTML that knows nothing of bilanz.

var (
	anyElement = regexp.MustCompile(`(?s)<!--.*?-->|<(/?)([a-zA-Z0-9]+)([^>]*)>`)
	unseen     = regexp.MustCompile(`(?s)<(script|style|svg)\b.*?</(?:script|style|svg)>|<sup id="fnref.*?</sup>`)
	startOfOl  = regexp.MustCompile(`\bstart="(\d+)"`)
	altOfImage = regexp.MustCompile(`\balt="([^"]*)"`)
)

// inWords are the elements that do not part words.
var inWords = []string{"a", "data", "em", "strong", "span", "code", "b", "i", "abbr", "time", "wbr"}

// asRead gives the words of a page in order, with the numbers of lists and the texts of
// images, and a sign where a stretch is struck out.
func asRead(page string) string {
	page = unseen.ReplaceAllString(page, "")
	var numbers []int // of the lists that are open; -1 for those with bullets
	page = anyElement.ReplaceAllStringFunc(page, func(element string) string {
		m := anyElement.FindStringSubmatch(element)
		closes, name, rest := m[1] != "", m[2], m[3]
		switch {
		case slices.Contains(inWords, name):
			return ""
		case name == "del" || name == "s" || name == "sub":
			return "�"
		case name == "hr":
			return " — "
		case name == "img":
			if alt := altOfImage.FindStringSubmatch(rest); alt != nil {
				return " " + alt[1] + " "
			}
		case name == "ol" && !closes:
			first := 1
			if m := startOfOl.FindStringSubmatch(rest); m != nil {
				fmt.Sscan(m[1], &first)
			}
			numbers = append(numbers, first)
		case name == "ul" && !closes:
			numbers = append(numbers, -1)
		case name == "ol" || name == "ul":
			numbers = numbers[:max(0, len(numbers)-1)]
		case name == "li" && !closes && len(numbers) > 0 && numbers[len(numbers)-1] >= 0:
			numbers[len(numbers)-1]++
			return fmt.Sprintf(" %d. ", numbers[len(numbers)-1]-1)
		}
		return " "
	})
	return sameSigns(html.UnescapeString(page))
}

// sameSigns takes signs that only look better for those that keyboards have.
func sameSigns(text string) string {
	text = strings.NewReplacer("« ", `"`, "«\u00a0", `"`, "«\u202f", `"`, " »", `"`, "\u00a0»", `"`, "\u202f»", `"`,
		"\u00a0", " ", "\u202f", " ", "\u2011", "-", "\u00ad", "", "\u200b", "", "\ufeff", "",
		"“", `"`, "”", `"`, "„",
		`"`, "’", "'", "‘", "'", "‚", "'", "…", "...", "---", "—", "--", "–", "u\u0308", "ü").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

// between gives what stands between two words, each of which is there once.
func between(text, before, after string) (string, bool) {
	_, text, ok := strings.Cut(text, before)
	text, _, ends := strings.Cut(text, after)
	return strings.TrimSpace(text), ok && ends
}

// row reads the row of a figure in the file for programs.
func (s finished) row(t string) map[string]string {
	lines, err := csv.NewReader(strings.NewReader(s.file("data/figures.csv"))).ReadAll()
	if err != nil {
		return nil
	}
	for _, line := range lines[1:] {
		if line[0] == t {
			cells := map[string]string{}
			for i, name := range lines[0] {
				cells[name] = line[i]
			}
			return cells
		}
	}
	return nil
}
