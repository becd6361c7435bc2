package compare

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

func exactly(id, value string) Figure {
	return Figure{ID: id, Value: json.Number(value), Label: figure.Text{"en": "Label"}, Text: figure.Text{"en": value}}
}

// On the limit, twice or half of what it was, a value does not jump yet; one digit more or
// less before the decimal sign is a jump however near the numbers are.
func TestWhatIsAJump(t *testing.T) {
	for _, c := range []struct {
		before, after string
		decimals      int
		want          Jump
	}{
		{"100", "199", 0, NoJump}, {"100", "200", 0, NoJump}, {"100", "201", 0, Doubled},
		{"400", "201", 0, NoJump}, {"400", "200", 0, NoJump}, {"400", "199", 0, Halved},
		{"999", "999", 0, NoJump}, {"999", "1000", 0, Digits}, {"1000", "999", 0, Digits},
		{"99.94", "99.95", 1, Digits}, {"99.94", "99.949", 1, NoJump}, {"9", "-9", 0, Sign}, {"-9", "9", 0, Sign},
		{"-9", "-8", 0, NoJump}, {"0", "0", 0, NoJump}, {"0", "1", 0, Doubled}, {"1", "0", 0, Halved},
		{"0.5", "0.9", 1, NoJump}, {"", "9", 0, NoJump}, {"9", "", 0, NoJump},
		{"123456789012345678901234567890", "123456789012345678901234567891", 0, NoJump},
	} {
		before, after := exactly("a", c.before), exactly("a", c.after)
		before.Decimals, after.Decimals = c.decimals, c.decimals
		if got := JumpOf(&before, &after); got != c.want {
			t.Errorf("from %s to %s: %q, not %q", c.before, c.after, got, c.want)
		}
	}
	bound, more := Figure{Lower: "170"}, Figure{Lower: "400"}
	if got := JumpOf(&bound, &more); got != Doubled {
		t.Errorf("a bound: %q", got)
	}
	before, after := exactly("a", "1"), exactly("a", "9")
	before.Formula, after.Formula = "b + c", "b + c"
	if got := JumpOf(&before, &after); got != NoJump {
		t.Errorf("what a formula computes jumps: %q", got)
	}
	if after.Formula = "b * c"; JumpOf(&before, &after) != Doubled {
		t.Error("another formula may compute anything")
	}
}

// A figure that says what it was called is the same one, and its parts are.
func TestFiguresAreFoundUnderTheirNewIDs(t *testing.T) {
	renamed := exactly("b", "1")
	renamed.Formerly = []string{"a"}
	whole := exactly("a", "1")
	whole.Parts.IDs = []string{"a.x", "a.y"}
	renamed.Parts.IDs = []string{"b.x", "b.y"}
	for _, c := range []struct {
		before, after []Figure
		want          string
	}{
		{[]Figure{exactly("a", "1")}, []Figure{exactly("a", "1")}, ""},
		{[]Figure{exactly("a", "1")}, []Figure{exactly("a", "2")}, "a=[value]"},
		{[]Figure{exactly("a", "1")}, []Figure{exactly("b", "1")}, "new b, gone a"},
		{[]Figure{whole, exactly("a.x", "1"), exactly("a.y", "2")}, []Figure{renamed, exactly("b.x",
			"1"), exactly("b.y", "3")},
			"a>b=[], a.x>b.x=[], a.y>b.y=[value]"},
		{[]Figure{exactly("a", "1"), exactly("b", "1")}, []Figure{renamed}, "b=[parts], gone a"},
		{[]Figure{whole, exactly("a.x", "1"), exactly("a.y", "2")}, []Figure{exactly("a", "1"), exactly("a.x", "1")},
			"a=[parts], gone a.y"},
	} {
		var said []string
		for _, f := range States(&State{Figures: c.before}, &State{Figures: c.after}).Figures {
			switch {
			case f.Old == nil:
				said = append(said, "new "+f.ID())
			case f.New == nil:
				said = append(said, "gone "+f.ID())
			case f.Renamed():
				said = append(said, fmt.Sprintf("%s>%s=%v", f.Old.ID, f.ID(), f.Facts))
			default:
				said = append(said, fmt.Sprintf("%s=%v", f.ID(), f.Facts))
			}
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}

// Of a file that could not be read nobody can say that its figures are gone, and of a value
// that cannot be read not that it is another one.
func TestWhatCannotBeReadIsNoChange(t *testing.T) {
	before := &State{Figures: []Figure{exactly("a", "1")}}
	if c := States(before, &State{Incomplete: true}); len(c.Figures) > 0 {
		t.Error("it is said to be gone")
	}
	broken := exactly("a", "")
	broken.broken = true
	if c := States(before, &State{Figures: []Figure{broken}}); len(c.Figures) > 0 {
		t.Error("it is said to be another one")
	}
	computed := exactly("a", "1.5")
	computed.Formula, computed.Text = "b / c", before.Figures[0].Text
	if c := States(before, &State{Figures: []Figure{computed}}); len(c.Figures) > 0 {
		t.Error("a difference that nobody sees is told")
	}
}

func place(file, text string, line int, of ...Of) Place {
	return Place{Kind: "sentence", At: diag.Place{Path: file, Line: line}, Page: file, Title: "T", Text: text, Of: of}
}

// A sentence is compared with the one that said the same figures before: on its page, else
// on another page of its language.
func TestSentencesFindWhatTheyWere(t *testing.T) {
	a, b, still := Of{"a", Says, ""}, Of{"b", Says, ""}, Of{"c", Says, ""}
	before := &State{Figures: []Figure{exactly("a", "1"), exactly("b", "1"), exactly("c", "1")}, Places: []Place{
		place("content/en/x.md", "A 1.", 1, a), place("content/en/x.md", "A and B 1.", 2, a, b),
		place("content/en/x.md", "Again A 1.", 3, a), place("content/en/x.md", "C 1.", 4, still),
		place("content/en/old.md", "Moved B 1.", 1, b), place("content/de/old.md", "Weg: B 1.", 1, b),
		place("content/en/x.md", "Period.", 9, Of{"a", Says, Time}),
	}}
	after := &State{Figures: []Figure{exactly("a", "2"), exactly("b", "2"), exactly("c", "1")}, Places: []Place{
		place("content/en/new.md", "Moved B 2.", 1, b),
		place("content/en/x.md", "A and B 2.", 1, a, b), place("content/en/x.md", "A 2.", 2, a),
		place("content/en/x.md", "Again A 2.", 3, a), place("content/en/x.md", "C 1.", 4, still),
		place("content/en/x.md", "New B 2.", 5, b), place("content/en/x.md", "Period.", 9, Of{"a", Says, Time}),
	}}
	var got []string
	for _, p := range States(before, after).Places {
		was, is := "-", "-"
		if p.Old != nil {
			was = p.Old.Text
		}
		if p.New != nil {
			is = p.New.Text
		}
		got = append(got, was+" > "+is)
	}
	want := []string{
		"Weg: B 1. > -", "Moved B 1. > Moved B 2.", "A and B 1. > A and B 2.", "A 1. > A 2.", "Again A 1. > Again A 2.",
		"- > New B 2.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Whoever counts parts, or says that they do not add up, speaks of a figure whose value
// stays, and of each of its parts.
func TestSentencesSpeakOfPartsAndSums(t *testing.T) {
	whole := func(gap string, ids ...string) Figure {
		f := exactly("a", "9")
		f.Parts.IDs, f.Discrepancy.By = ids, json.Number(gap)
		return f
	}
	places := []Place{
		place("x.md", "says the whole", 1, Of{"a", Says, ""}), place("x.md", "says a part", 2, Of{"a.x", Says, ""}),
		place("x.md", "counts", 3, Of{"a", Speaks, ""}), place("x.md", "shows", 4, Of{"a", Shows, ""}),
		place("x.md", "rests", 5, Of{"a.x", Says, ""}, Of{"a", Rests, ""}), place("x.md",
			"proves", 6, Of{"a", Proves, ""}),
	}
	for _, c := range []struct {
		name          string
		before, after []Figure
		want          string
	}{
		{"nothing", []Figure{whole("1", "a.x"), exactly("a.x", "1")}, []Figure{whole("1", "a.x"), exactly("a.x",
			"1")}, ""},
		{"a gap", []Figure{whole("1", "a.x"), exactly("a.x", "1")}, []Figure{whole("", "a.x"), exactly("a.x", "1")},
			"says the whole, says a part, counts, rests"},
		{"a part more", []Figure{whole("", "a.x"), exactly("a.x", "1")},
			[]Figure{whole("", "a.x", "a.y"), exactly("a.x", "1"), exactly("a.y", "1")},
			"says the whole, says a part, counts, shows, rests"},
		{"a part", []Figure{whole("", "a.x"), exactly("a.x", "1")}, []Figure{whole("", "a.x"), exactly("a.x", "2")},
			"says a part, counts, rests"},
	} {
		var got []string
		before, after := &State{Figures: c.before, Places: places}, &State{Figures: c.after, Places: places}
		for _, p := range States(before, after).Places {
			got = append(got, p.New.Text)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// What comes from elsewhere ends with its line and its cell, calls nobody and commands
// nothing, in both forms.
func TestNothingBreaksOut(t *testing.T) {
	hostile := "a\n::error::x ::: ##[group] | ` ``` <script> </td> @team " +
		"[l](http://e) \\ *b* \x1b[31m \u202e # h & ~x~ $y$"
	before, after := exactly(hostile, "1"), exactly(hostile, "9")
	before.Label, before.Text, before.Unit = figure.Text{"en": hostile}, figure.Text{"en": hostile}, hostile
	after.Label, after.Status = before.Label, hostile
	says := Of{hostile, Says, ""}
	c := States(
		&State{Figures: []Figure{before}, Places: []Place{place("x.md", hostile+"1", 1, says)}},
		&State{Figures: []Figure{after}, Places: []Place{place("x.md", hostile+"2", 1, says)}})
	c.Gone = []string{hostile}
	for _, text := range []string{c.Text("en"), c.Text("de")} {
		for _, bad := range []string{"::", "##[", "\x1b", "\u202e", "\nerror"} {
			if strings.Contains(text, bad) {
				t.Errorf("the text holds %q:\n%s", bad, text)
			}
		}
	}
	waiver := &diag.Waiver{Reason: hostile, Role: hostile, Until: hostile}
	said := diag.Say("%s", "%s", hostile)
	problem := diag.Diagnostic{
		Code: "a-code", Text: said, Page: hostile, Place: diag.Place{Path: "content/" + hostile, Line: 3},
		Ways:  []diag.Text{said, diag.Say("write\n"+hostile+"\n````", "schreiben Sie")},
		Notes: []diag.Note{{Text: said}},
	}
	waits := problem
	waits.Severity, waits.Waiver = diag.Accepted, waiver
	c.Added = []Wording{{File: hostile, Title: hostile}}
	c.Reworded = []Reworded{{Wording: Wording{File: hostile}, Words: []Passage{{Before: hostile, Now: hostile + "3"}}}}
	summary := Summary{Changes: c, Problems: []diag.Diagnostic{problem, waits}, Link: "https://e.org/edit/b"}
	cells, fence := 0, ""
	for line := range strings.Lines(summary.Markdown("en")) {
		switch trimmed := strings.TrimSpace(line); {
		case fence != "":
			if trimmed == fence {
				fence = ""
			}
			continue
		case strings.HasPrefix(trimmed, "```"):
			fence = strings.TrimRight(trimmed, "yaml")
			continue
		case strings.HasPrefix(line, "|"):
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if cells > 0 && n != cells {
				t.Errorf("a row has other cells: %q", line)
			}
			cells = n
		default:
			cells = 0
		}
		bare := strings.ReplaceAll(strings.TrimLeft(line, "#"), "`a-code`", "")
		bare = bareLink.ReplaceAllString(harmless.ReplaceAllString(bare, ""), "")
		if strings.ContainsAny(bare, "`<[]#~$&") {
			t.Errorf("something is bare in %q: %q", line, bare)
		}
		for _, call := range []string{"@team", "::", "\x1b", "\u202e", "http://e"} {
			if strings.Contains(line, call) {
				t.Errorf("%q is not harmless in %q", call, line)
			}
		}
	}
	if fence != "" {
		t.Error("what is to be pasted breaks out")
	}
}

// harmless are signs that are written so that they mean nothing, and bareLink a link that bilanz
// makes, in which there are none.
var (
	harmless = regexp.MustCompile(`\\.|&#\d+;|&\w+;`)
	bareLink = regexp.MustCompile(`\[[^\[\]]*\]\(https://e\.org/[A-Za-z0-9%/._-]*(#L\d+)?\)`)
)

// A summary has no more signs than a comment may have; what must be mended goes first.
func TestASummaryIsNoLongerThanAComment(t *testing.T) {
	var before, after State
	for i := range 3000 {
		before.Figures = append(before.Figures, exactly(fmt.Sprintf("t.%03d", i), "5"))
		after.Figures = append(after.Figures, exactly(fmt.Sprintf("t.%03d", i), "6"))
	}
	summary := Summary{Changes: States(&before, &after)}
	var problems []diag.Diagnostic
	for i := range 3000 {
		at := diag.Place{Path: "content/en/a.md", Line: i + 1}
		problems = append(problems, diag.Diagnostic{Code: "a-code", Place: at, Text: diag.Say("wrong", "falsch")})
	}
	for _, n := range []int{0, 1, mostOpen, mostOpen + 1, 3000} {
		summary.Problems = problems[:n]
		text := summary.Markdown("de")
		if len(text) > mostSigns || len(text) < mostSigns-beside*8 {
			t.Errorf("%d problems: %d signs", n, len(text))
		}
		if shown := strings.Count(text, "a-code"); shown != n && n < 3000 || shown == 0 && n > 0 {
			t.Errorf("%d problems: %d are shown", n, shown)
		}
		if !strings.Contains(text, "weitere stehen hier nicht, weil GitHub") {
			t.Error("it does not say that something is left out")
		}
	}
	small := Summary{Changes: States(&State{Figures: before.Figures[:1]}, &State{Figures: after.Figures[:1]})}
	for n, folded := range map[int]bool{mostOpen: false, mostOpen + 1: true} {
		small.Problems = problems[:n]
		if text := small.Markdown("en"); strings.Contains(text, "<details>") != folded || strings.Contains(text,
			"left out") {
			t.Errorf("%d problems:\n%s", n, text)
		}
	}
}

// Of many figures whose ids begin alike the first are listed, and many more that jump.
func TestManyFiguresAreCounted(t *testing.T) {
	for _, n := range []int{mostOfAGroup, mostOfAGroup + 1} {
		var before, after State
		for i := range n {
			before.Figures = append(before.Figures, exactly(fmt.Sprintf("t.%03d", i), "5"))
			after.Figures = append(after.Figures, exactly(fmt.Sprintf("t.%03d", i), "6"))
		}
		text := States(&before, &after).Text("en")
		left := strings.Contains(text, "these: 1, none of them a jump")
		if left != (n > mostOfAGroup) || strings.Contains(text, "t.040") {
			t.Error(text)
		}
		after.Figures[n-1].Value = "50"
		text = States(&before, &after).Text("en")
		if strings.Contains(text, "these: ") || !strings.Contains(text, "jump:") {
			t.Error(text)
		}
	}
}

func TestManyJumpsAreCountedToo(t *testing.T) {
	var before, after State
	for i := range mostJumpsOfAGroup + 1 {
		before.Figures = append(before.Figures, exactly(fmt.Sprintf("t.%03d", i), "5"))
		after.Figures = append(after.Figures, exactly(fmt.Sprintf("t.%03d", i), "50"))
	}
	text := States(&before, &after).Text("en")
	left := strings.Contains(text, "these: 1, jumps among them: 1 ")
	if n := strings.Count(text, "jump:"); n != mostJumpsOfAGroup || !left {
		t.Errorf("%d jumps are listed", n)
	}
}

func TestABuiltSiteIsRead(t *testing.T) {
	for _, c := range []struct{ figures, files, want string }{
		{`{"figures": [{"id": "b", "value": 1.50}, {"id": "a", "value": null, "label": {"en": "A"}}]}`,
			`{"files": [{"path": "index.html"}, {"path": "charts/x/index.html"}, ` +
				`{"path": "charts/x/embed/index.html"}, {"path": "a.css"}]}`,
			"a , b 1.50: ,charts/x/"},
		{"\ufeff{}", "{}", ": "},
		{"[", "{}", "error"}, {"{}", "[", "error"}, {`{"figures": 1}`, "{}", "error"}, {"{}", `{"files": 1}`, "error"},
	} {
		s, err := ReadSite([]byte(c.figures), []byte(c.files))
		var said []string
		for _, f := range s.Figures {
			said = append(said, f.ID+" "+f.Value.String())
		}
		got := strings.Join(said, ", ") + ": " + strings.Join(s.Addresses, ",")
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%s and %s: %q, not %q", c.figures, c.files, got, c.want)
		}
	}
}
