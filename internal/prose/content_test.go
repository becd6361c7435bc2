package prose

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// The tests of this file are about a site that was published: the figures and pages
// of the fact sheet that the build is tested with.

// project is what its authors wrote, by path.
type project map[string]string

func readContent(t testing.TB) project {
	t.Helper()
	root := os.DirFS("../build/testdata/sites/iq-2022")
	p := project{}
	err := fs.WalkDir(root, "content", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			text, readErr := fs.ReadFile(root, name)
			p[name] = string(text)
			err = readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p project) figures() *figure.Set {
	var files []schema.File
	for name, text := range p {
		if strings.HasPrefix(name, "content/figures/") {
			files = append(files, schema.File{Path: name, Text: []byte(text)})
		}
	}
	slices.SortFunc(files, func(a, b schema.File) int { return strings.Compare(a.Path, b.Path) })
	var list diag.List
	return figure.Load(files, figure.Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}}, &list)
}

func contextOf(set *figure.Set, name string) *Context {
	return &Context{Figures: set, Lang: locale.Must(strings.Split(name, "/")[1])}
}

func (p project) pages() []string {
	var names []string
	for name := range p {
		if path.Ext(name) == ".md" && strings.Count(name, "/") > 1 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// readPage gives what is said about a page and all that it cites.
func readPage(set *figure.Set, name, text string) ([]diag.Diagnostic, []*Cite) {
	var list diag.List
	c := contextOf(set, name)
	file := schema.File{Path: name, Text: []byte(text)}
	front, _ := ReadFront(c, file, &list)
	d := Parse(c, file, &list)
	return list.Sorted(), slices.Concat(front.Cites, d.Cites)
}

// spoilt is one change of the text of a verified link.
type spoilt struct {
	name       string // of the page, or of the note's figure and language
	start, end int    // of the text of the link
	with       string
	still      bool // true of the figure all the same
}

// everySpoilt changes one digit, leaves one out and swaps two in the text of each
// link of a page.
func everySpoilt(name, text string, cites []*Cite, l *locale.Lang) []spoilt {
	var all []spoilt
	for _, c := range cites {
		words := text[c.Start:c.End]
		if c.None || words == "" {
			continue
		}
		for i := range len(words) {
			if words[i] < '0' || words[i] > '9' {
				continue
			}
			versions := []string{
				words[:i] + string('0'+(words[i]-'0'+1)%10) + words[i+1:],
				words[:i] + words[i+1:],
			}
			for j := i + 1; j < len(words); j++ {
				if words[j] >= '0' && words[j] <= '9' && words[j] != words[i] {
					swapped := []byte(words)
					swapped[i], swapped[j] = words[j], words[i]
					versions = append(versions, string(swapped))
					break
				}
			}
			for _, with := range versions {
				if strings.TrimSpace(with) == "" {
					continue // the build writes the number
				}
				all = append(all, spoilt{name, c.Start, c.End, with, stillTrue(c, with, l)})
			}
		}
	}
	return all
}

// stillTrue reports whether a number in words is true after the change, too.
func stillTrue(c *Cite, words string, l *locale.Lang) bool {
	exact, _, ok := c.Ref.Exact()
	said, understood := l.Parse(words)
	return ok && understood && (said.Relation != locale.Exact || said.Scaled) && said.Holds(exact)
}

// Whatever digit is changed, left out or swapped in the text of a verified link of
// the fact sheet, the place is named.
func TestEveryChangedNumberIsCaught(t *testing.T) {
	p := readContent(t)
	set := p.figures()
	var all []spoilt
	cited := 0
	for _, name := range p.pages() {
		problems, cites := readPage(set, name, p[name])
		if diag.Count(problems, diag.Error) > 0 {
			t.Fatalf("the fact sheet is wrong already:\n%s", printed(problems, "en"))
		}
		cited += len(cites)
		all = append(all, everySpoilt(name, p[name], cites, contextOf(set, name).Lang)...)
	}
	if cited < 200 || len(all) < 1000 {
		t.Fatalf("%d links with %d changes are too few to say anything", cited, len(all))
	}
	if !*long {
		random := rand.New(rand.NewPCG(1, 2))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:300]
	}
	still := 0
	for _, s := range all {
		if s.still {
			still++
			continue
		}
		text := p[s.name][:s.start] + s.with + p[s.name][s.end:]
		problems, _ := readPage(set, s.name, text)
		want := diag.At(s.name, []byte(text), s.start, s.start+len(s.with))
		if !slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Place.Compare(want) == 0 }) {
			t.Errorf("%s: %q instead of %q was not caught", want, s.with, p[s.name][s.start:s.end])
		}
	}
	t.Logf("%d links, %d changes tried, %d of them true as well", cited, len(all), still)
	if still > len(all)/20 {
		t.Errorf("%d of %d changes leave the sentence true", still, len(all))
	}
}

// The same of the notes in figure files.
func TestEveryChangedNumberInANoteIsCaught(t *testing.T) {
	set := readContent(t).figures()
	tried := 0
	for _, f := range set.All() {
		notes := slices.Clone(f.Notes)
		if f.Discrepancy != nil {
			notes = append(notes, f.Discrepancy.Notes...)
		}
		for _, note := range notes {
			c := &Context{Figures: set, Lang: locale.Must(note.Lang)}
			var cites []*Cite
			keep := func(cite *Cite) []byte {
				cites = append(cites, cite)
				return nil
			}
			Passage(c, PassageText{note.Text, note.Place, note.Edit}, &diag.List{}, Setting{Cite: keep})
			for _, s := range everySpoilt(f.ID, note.Text, cites, c.Lang) {
				var list diag.List
				text := note.Text[:s.start] + s.with + note.Text[s.end:]
				at := func(start, end int) diag.Place { return diag.At("note", []byte(text), start, end) }
				Passage(c, PassageText{text, at, nil}, &list, Setting{})
				tried++
				if !s.still && list.Errors() == 0 {
					t.Errorf("the note of %s: %q was not caught", f.ID, s.with)
				}
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d changes were tried", tried)
	}
}

// When a value changes, fix brings every sentence up to date that says it exactly;
// a second fix changes nothing; and nothing else in the files moves.
func TestFixFollowsEveryValue(t *testing.T) {
	p := readContent(t)
	set := p.figures()
	var typed []*figure.Figure
	for _, f := range set.All() {
		if f.Value.Number != nil && f.Formula == "" && f.Value.Bound == locale.Exact {
			typed = append(typed, f)
		}
	}
	if !*long {
		random := rand.New(rand.NewPCG(3, 4))
		random.Shuffle(len(typed), func(i, j int) { typed[i], typed[j] = typed[j], typed[i] })
		typed = typed[:15]
	}
	for _, f := range typed {
		changed := p.withValue(t, f, new(big.Rat).Add(f.Value.Number, big.NewRat(1, 1)))
		edits := changed.edits(t)
		fixed := changed.apply(edits)
		if again := fixed.edits(t); len(again) > 0 {
			t.Errorf("%s: a second fix would change %+v", f.ID, again)
		}
		newSet := fixed.figures()
		for _, name := range fixed.pages() {
			problems, _ := readPage(newSet, name, fixed[name])
			for _, d := range problems {
				if d.Severity == diag.Error && !strings.HasPrefix(d.Code, "claim-") && d.Code != "rounding-differs" {
					t.Errorf("%s: fix leaves\n%s", f.ID, printed([]diag.Diagnostic{d}, "en"))
				}
			}
		}
		for name := range p {
			if before, after := outside(changed[name], edits[name]), outside(fixed[name], moved(edits[name])); before != after {
				t.Errorf("%s: fix touched other bytes of %s", f.ID, name)
			}
		}
	}
}

// withValue writes another value where a figure's stands.
func (p project) withValue(t *testing.T, f *figure.Figure, value *big.Rat) project {
	t.Helper()
	changed := project{}
	for name, text := range p {
		changed[name] = text
	}
	at := f.ValueAt
	lines := strings.SplitAfter(p[at.Path], "\n")
	runes := []rune(lines[at.Line-1])
	old := string(runes[at.Col-1 : at.Col-1+at.Width])
	if old != f.Value.Number.FloatString(0) {
		t.Fatalf("%s: at %s stands %q", f.ID, at, old)
	}
	lines[at.Line-1] = string(runes[:at.Col-1]) + value.FloatString(0) + string(runes[at.Col-1+at.Width:])
	changed[at.Path] = strings.Join(lines, "")
	return changed
}

// edits are what fix does, by path: on pages and in notes.
func (p project) edits(t *testing.T) map[string][]diag.Edit {
	t.Helper()
	set := p.figures()
	var list diag.List
	for _, f := range set.All() {
		notes := slices.Clone(f.Notes)
		if f.Discrepancy != nil {
			notes = append(notes, f.Discrepancy.Notes...)
		}
		for _, note := range notes {
			c := &Context{Figures: set, Lang: locale.Must(note.Lang)}
			Passage(c, PassageText{note.Text, note.Place, note.Edit}, &list, Setting{})
		}
	}
	problems := list.Sorted()
	for _, name := range p.pages() {
		of, _ := readPage(set, name, p[name])
		problems = append(problems, of...)
	}
	all := map[string][]diag.Edit{}
	for _, d := range problems {
		for _, e := range d.Edits {
			if d.Code != "number-bare" {
				all[e.Path] = append(all[e.Path], e)
			}
		}
	}
	for _, edits := range all {
		slices.SortFunc(edits, func(a, b diag.Edit) int { return a.Start - b.Start })
	}
	return all
}

func (p project) apply(edits map[string][]diag.Edit) project {
	fixed := project{}
	for name, text := range p {
		with, _, err := edit.Apply([]byte(text), edits[name])
		if err != nil {
			panic(err)
		}
		fixed[name] = string(with)
	}
	return fixed
}

// outside is what a file holds apart from the places of edits.
func outside(text string, edits []diag.Edit) string {
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.Start < at {
			continue
		}
		fmt.Fprintf(&out, "%s<edit>", text[at:e.Start])
		at = e.End()
	}
	out.WriteString(text[at:])
	return out.String()
}

// moved gives the places of edits after they were made.
func moved(edits []diag.Edit) []diag.Edit {
	var after []diag.Edit
	shift, last := 0, -1
	for _, e := range edits {
		if e.Start < last {
			continue
		}
		last = e.End()
		after = append(after, diag.Edit{Start: e.Start + shift, Old: e.New})
		shift += len(e.New) - len(e.Old)
	}
	return after
}
