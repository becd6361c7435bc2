package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/drawn"
	"bilanz/internal/revise"
)

// drawings are kept from test to test: all draw the same charts.
var drawings = &drawn.Memory{}

// desktop is a preview of a copy of the library, without a network.
type desktop struct {
	*testing.T
	s   *server
	dir string
}

func newDesktop(t *testing.T, lang string) *desktop {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../build/testdata/library")); err != nil {
		t.Fatal(err)
	}
	s := &server{o: Options{Build: build.Options{Dir: dir, Drawings: drawings}, Lang: lang, Said: func(diag.Text) {}},
		token: "token", start: "start", hosts: []string{"localhost:8080"}, changed: make(chan struct{})}
	d := &desktop{t, s, dir}
	d.rebuild()
	if !s.last.result.Written {
		t.Fatal("the library does not build")
	}
	return d
}

// rebuild makes the round that follows a save.
func (d *desktop) rebuild() { d.s.show(d.s.build(context.Background(), nil, true)) }

func (d *desktop) file(name string) string {
	d.Helper()
	text, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.Fatal(err)
	}
	return string(text)
}

func (d *desktop) write(name, old, with string) {
	d.Helper()
	text := d.file(name)
	if strings.Count(text, old) != 1 {
		d.Fatalf("%q does not stand once in %s", old, name)
	}
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(strings.Replace(text, old, with, 1)), 0o644); err != nil {
		d.Fatal(err)
	}
}

// ask sends a request as a page of the preview does, and reads the answer into a value.
func (d *desktop) ask(method, name string, body, into any) (status int, text string) {
	d.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		d.Fatal(err)
	}
	r := httptest.NewRequest(method, own+"inspect/"+name, bytes.NewReader(sent))
	r.Host = "localhost:8080"
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://localhost:8080")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Bilanz-Token", "token")
	}
	w := httptest.NewRecorder()
	d.s.handler().ServeHTTP(w, r)
	if w.Code == http.StatusOK && into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			d.Fatalf("%v: %s", err, w.Body)
		}
	}
	return w.Code, strings.TrimSpace(w.Body.String())
}

func (d *desktop) card(id string) card {
	d.Helper()
	var c card
	if status, text := d.ask("GET", "figure?id="+id, nil, &c); status != http.StatusOK {
		d.Fatal(text)
	}
	return c
}

func (d *desktop) try(id, text string) trial {
	d.Helper()
	var t trial
	want := wanted{Changes: []typed{{ID: id, Text: text, Was: d.card(id).Was}}}
	if status, text := d.ask("POST", "try", want, &t); status != http.StatusOK {
		d.Fatal(text)
	}
	return t
}

// undo asks for a step to be taken back.
func (d *desktop) undo(number int, into any) (status int, text string) {
	d.Helper()
	return d.ask("POST", "undo", map[string]int{"number": number}, into)
}

type plans struct {
	Plan   string `json:"plan"`
	Follow bool   `json:"follow"`
}

type written struct {
	Text string `json:"text"`
	Undo *back  `json:"undo"`
}

// A value typed in German is tried, written with its sentences in both languages, and taken
// back; nothing else of the files is touched, and trying writes nothing.
func TestAValueIsTriedWrittenAndTakenBack(t *testing.T) {
	d := newDesktop(t, "de")
	yaml, en, de := "content/figures/visits.yaml", "content/en/visits.md", "content/de/visits.md"
	before := [3]string{d.file(yaml), d.file(en), d.file(de)}
	tried := d.try("network.volunteers", "rund 1.500")
	if got := [3]string{d.file(yaml), d.file(en), d.file(de)}; got != before {
		t.Fatal("trying wrote something")
	}
	if len(tried.Taken) != 1 || tried.Taken[0].Text != "Verstanden als: rund 1.500 Freiwillige" {
		t.Errorf("%+v", tried.Taken)
	}
	if len(tried.Alone) == 0 || len(tried.Left) != 0 || !tried.Follows {
		t.Errorf("alone %d problems, with the sentences %d", len(tried.Alone), len(tried.Left))
	}
	said := map[string]string{}
	for _, s := range tried.Sentences {
		if s.Before != s.After {
			said[s.Lang] = s.After
		}
	}
	if !strings.Contains(said["de"], "rund 1.500") || !strings.Contains(said["en"], "around 1,500") {
		t.Errorf("sentences: %q", said)
	}
	if !strings.Contains(tried.Whole, "+[mehr als 30](fig:network.locations) Standorten, mit [rund 1.500]") ||
		strings.Contains(tried.Diff, "Standorten") {
		t.Errorf("%s", tried.Whole)
	}

	var done written
	if status, text := d.ask("POST", "save", plans{tried.Plan, true}, &done); status != http.StatusOK {
		t.Fatal(text)
	}
	if done.Text != "Geschrieben: 3 Stellen in 3 Dateien." || done.Undo == nil {
		t.Errorf("%+v", done)
	}
	want := [3]string{
		strings.Replace(before[0], "value: around 400,", "value: around 1500,", 1),
		strings.Replace(before[1], "[around 400]", "[around 1,500]", 1),
		strings.Replace(before[2], "[rund 400]", "[rund 1.500]", 1),
	}
	if got := [3]string{d.file(yaml), d.file(en), d.file(de)}; got != want {
		t.Errorf("%q", got)
	}
	d.rebuild()
	c := d.card("network.volunteers")
	if c.Value != "rund 1.500" || c.Undo == nil || c.Undo.Number != done.Undo.Number {
		t.Errorf("%+v", c)
	}

	var undone written
	if status, text := d.undo(done.Undo.Number, &undone); status != http.StatusOK {
		t.Fatal(text)
	}
	if got := [3]string{d.file(yaml), d.file(en), d.file(de)}; got != before || undone.Undo != nil {
		t.Errorf("not all is back: %q", got)
	}
}

// Without its sentences a value is written alone, and the pages stay those of before.
func TestAValueIsWrittenWithoutItsSentences(t *testing.T) {
	d := newDesktop(t, "en")
	tried := d.try("network.volunteers", "around 500")
	en := d.file("content/en/visits.md")
	if status, text := d.ask("POST", "save", plans{tried.Plan, false}, nil); status != http.StatusOK {
		t.Fatal(text)
	}
	d.rebuild()
	if d.file("content/en/visits.md") != en || diag.Count(d.s.last.result.Diagnostics, diag.Error) != len(tried.Alone) {
		t.Error("more was written, or something else is wrong than was said")
	}
	if d.s.good.result.Set == nil || d.s.good == d.s.last {
		t.Error("the last good pages are gone")
	}
}

// Of two who change one figure the second is told what the first wrote, before as well as
// after the preview has built it, and nothing is overwritten.
func TestTheSecondOfTwoIsToldWhatTheFirstWrote(t *testing.T) {
	for _, built := range []bool{false, true} {
		d := newDesktop(t, "en")
		was := d.card("network.listed").Was
		second := d.try("network.listed", "36")
		first := d.try("network.listed", "35")
		if status, text := d.ask("POST", "save", plans{first.Plan, true}, nil); status != http.StatusOK {
			t.Fatal(text)
		}
		if built {
			d.rebuild()
		}
		after := d.file("content/figures/visits.yaml")
		status, text := d.ask("POST", "save", plans{second.Plan, true}, nil)
		if status != http.StatusConflict || text != "Locations in the register: Meanwhile somebody wrote 35 here. "+
			"Look whether your value still holds; nothing of it was written." {
			t.Errorf("%d %s", status, text)
		}
		var again trial
		d.ask("POST", "try", wanted{Changes: []typed{{ID: "network.listed", Text: "36", Was: was}}}, &again)
		if len(again.Taken) != 1 || !again.Taken[0].Other || again.Taken[0].Typed != "35" || again.Plan != "" {
			t.Errorf("built %v: %+v", built, again)
		}
		if d.file("content/figures/visits.yaml") != after {
			t.Error("the second overwrote the first")
		}
	}
}

// A file that somebody saved meanwhile is neither overwritten by a save nor by taking one back.
func TestWhatChangedMeanwhileIsNeverOverwritten(t *testing.T) {
	d := newDesktop(t, "de")
	yaml := "content/figures/visits.yaml"
	tried := d.try("network.listed", "35")
	d.write(yaml, "# the old address", "# The old address")
	after := d.file(yaml)
	status, text := d.ask("POST", "save", plans{tried.Plan, true}, nil)
	const refused = " wurde inzwischen geändert; deshalb wurde nichts geschrieben."
	if status != http.StatusConflict || !strings.HasSuffix(text, refused) {
		t.Errorf("%d %s", status, text)
	}
	if d.file(yaml) != after {
		t.Error("it was overwritten")
	}
	d.rebuild()
	tried = d.try("network.listed", "35")
	var done written
	d.ask("POST", "save", plans{tried.Plan, true}, &done)
	d.write(yaml, "value: 35", "value: 36")
	after = d.file(yaml)
	status, text = d.undo(done.Undo.Number, nil)
	if status != http.StatusConflict || !strings.Contains(text, "inzwischen geändert") || d.file(yaml) != after {
		t.Errorf("%d %s", status, text)
	}
}

// Steps are taken back one by one, the last first.
func TestSeveralStepsAreTakenBack(t *testing.T) {
	d := newDesktop(t, "en")
	yaml := "content/figures/visits.yaml"
	var texts []string
	var last written
	for _, value := range []string{"35", "36", "37"} {
		texts = append(texts, d.file(yaml))
		tried := d.try("network.listed", value)
		if status, text := d.ask("POST", "save", plans{tried.Plan, true}, &last); status != http.StatusOK {
			t.Fatal(text)
		}
		d.rebuild()
	}
	if status, _ := d.undo(last.Undo.Number-1, nil); status != http.StatusConflict {
		t.Error("a step in the middle was taken back")
	}
	for i := len(texts) - 1; i >= 0; i-- {
		undo := last.Undo
		last = written{}
		if status, text := d.undo(undo.Number, &last); status != http.StatusOK {
			t.Fatal(text)
		}
		if d.file(yaml) != texts[i] {
			t.Errorf("step %d is not back", i)
		}
	}
	if last.Undo != nil {
		t.Error("there is something left to undo")
	}
}

// What is typed and cannot be written is said, and there is no plan to save.
func TestWhatCannotBeWrittenIsSaid(t *testing.T) {
	d := newDesktop(t, "de")
	for _, c := range [][3]string{
		{"visits.per-opening-day", "1.000", "wird berechnet"},
		{"visits.total.mobile", "11 %", "wird aus beiden berechnet"},
		{"visits.total", "viele", "ist kein Wert"},
		{"visits.total", "", "kein Wert"},
	} {
		tried := d.try(c[0], c[1])
		if len(tried.Refused) != 1 || !strings.Contains(tried.Refused[0].Text, c[2]) || tried.Plan != "" {
			t.Errorf("%s: %+v", c[0], tried.Refused)
		}
	}
	if same := d.try("visits.total", "318.462"); !same.Nothing || same.Plan != "" {
		t.Errorf("%+v", same)
	}
	if status, _ := d.ask("POST", "save", plans{"", true}, nil); status != http.StatusConflict {
		t.Error("a plan without a name was saved")
	}
}

// What stands in a field is what can be typed into it.
func TestEveryFieldHoldsWhatCanBeTyped(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		d := newDesktop(t, lang)
		var all sheet
		d.ask("GET", "figures", nil, &all)
		if len(all.Rows) < 20 {
			t.Fatal(len(all.Rows), "rows")
		}
		for _, r := range all.Rows {
			if r.Fixed != "" {
				continue
			}
			if tried := d.try(r.ID, r.Typed); !tried.Nothing {
				t.Errorf("%s: %q: %+v", r.ID, r.Typed, tried)
			}
		}
	}
}

// A card says where the number stands and what is checked of it; a label with markup is a
// text like any other.
func TestACardSaysWhereTheNumberStands(t *testing.T) {
	d := newDesktop(t, "en")
	c := d.card("visits.total")
	langs := map[string]bool{}
	for _, u := range c.Stands {
		langs[u.Lang] = true
	}
	if c.Place != "content/figures/visits.yaml:5:12" || !langs["en"] || !langs["de"] || len(c.Checks) != 2 ||
		c.Checks[0].Kind != "holds" || c.Checks[0].Text != "The parts of “Visits” add up to it" ||
		c.Checks[1].Kind != "holds" {
		t.Errorf("%+v", c)
	}
	if c := d.card("visits.per-opening-day"); c.Formula == "" || len(c.From) != 2 || c.Fixed == "" {
		t.Errorf("%+v", c)
	}
	const old = "table: loans\n"
	d.write("content/figures/loans.yaml", old, old+"encoding: windows-1252\n")
	csv := strings.Replace(d.file("content/figures/loans.csv"), "central,", "s\xfcd,", -1)
	if err := os.WriteFile(filepath.Join(d.dir, "content/figures/loans.csv"), []byte(csv), 0o644); err != nil {
		t.Fatal(err)
	}
	d.rebuild()
	if c := d.card("loans.branches.print.lent"); c.Fixed == "" || len(c.Ways) != 1 ||
		!strings.HasPrefix(c.Ways[0], "write … into line ") {
		t.Errorf("%+v", c)
	}
	if status, _ := d.ask("GET", "figure?id=nothing", nil, nil); status != http.StatusNotFound {
		t.Error("there is a card of nothing")
	}
}

// The button of a message is tried and written as a value is.
func TestAButtonOfAMessageIsTriedAndWritten(t *testing.T) {
	d := newDesktop(t, "en")
	d.write("content/en/visits.md", "[more than 30](fig:network.locations) locations, with",
		"more than 30 locations, with")
	d.rebuild()
	var said struct {
		Round int    `json:"round"`
		Lists []list `json:"lists"`
	}
	d.ask("GET", "lists", nil, &said)
	bare := said.Lists[2].Problems
	if len(bare) == 0 || len(bare[0].Mends) == 0 {
		t.Fatalf("%+v", said.Lists)
	}
	var tried trial
	button := wanted{Round: said.Round, Problem: bare[0].Number}
	if status, text := d.ask("POST", "try", button, &tried); status != http.StatusOK {
		t.Fatal(text)
	}
	if !strings.Contains(tried.Diff, "+") || tried.Plan == "" {
		t.Errorf("%+v", tried)
	}
	if status, text := d.ask("POST", "save", plans{tried.Plan, false}, nil); status != http.StatusOK {
		t.Fatal(text)
	}
	if !strings.Contains(d.file("content/en/visits.md"), "(fig:network.locations)") {
		t.Error("the number has no link")
	}
	d.rebuild()
	if status, _ := d.ask("POST", "try", button, nil); status != http.StatusConflict {
		t.Error("the button of an older state was tried")
	}
}

// Nobody but a page of this preview changes or tries anything.
func TestOnlyAPageOfThePreviewChangesFigures(t *testing.T) {
	d := newDesktop(t, "en")
	yaml := d.file("content/figures/visits.yaml")
	for _, name := range []string{"try", "save", "undo"} {
		for _, header := range [][2]string{{"X-Bilanz-Token", "wrong"}, {"Origin", "http://elsewhere"}, {"Origin", ""},
			{"Content-Type", "text/plain"}, {"Sec-Fetch-Site", "cross-site"}} {
			r := httptest.NewRequest("POST", own+"inspect/"+name, strings.NewReader("{}"))
			r.Host = "localhost:8080"
			for key, value := range map[string]string{"X-Bilanz-Token": "token", "Origin": "http://localhost:8080",
				"Content-Type": "application/json"} {
				r.Header.Set(key, value)
			}
			r.Header.Set(header[0], header[1])
			w := httptest.NewRecorder()
			d.s.handler().ServeHTTP(w, r)
			if w.Code != http.StatusForbidden {
				t.Errorf("%s with %s: %d", name, header, w.Code)
			}
		}
		r := httptest.NewRequest("GET", own+"inspect/"+name, nil)
		r.Host = "localhost:8080"
		w := httptest.NewRecorder()
		d.s.handler().ServeHTTP(w, r)
		if w.Code == http.StatusOK {
			t.Errorf("GET %s is answered", name)
		}
	}
	if d.file("content/figures/visits.yaml") != yaml {
		t.Error("something was written")
	}
}

// A browser that is closed in the middle of a save leaves all or nothing.
func TestABrowserClosedWhileItSavesLeavesAllOrNothing(t *testing.T) {
	d := newDesktop(t, "en")
	before := d.file("content/figures/visits.yaml") + d.file("content/en/visits.md")
	tried := d.try("network.volunteers", "around 500")
	sent, _ := json.Marshal(plans{tried.Plan, true})
	ctx, gone := context.WithCancel(context.Background())
	gone()
	r := httptest.NewRequest("POST", own+"inspect/save", bytes.NewReader(sent)).WithContext(ctx)
	r.Host = "localhost:8080"
	r.Header.Set("Origin", "http://localhost:8080")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Bilanz-Token", "token")
	d.s.handler().ServeHTTP(httptest.NewRecorder(), r)
	all := strings.NewReplacer("around 400", "around 500").Replace(before)
	if got := d.file("content/figures/visits.yaml") + d.file("content/en/visits.md"); got != before && got != all {
		t.Error("half of it was written")
	}
	entries, err := os.ReadDir(filepath.Join(d.dir, "content/figures"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s is left", e.Name())
		}
	}
}

// What changed for readers since the last commit is what "bilanz changes" says.
func TestWhatChangedSinceTheLastCommitIsSaid(t *testing.T) {
	d := newDesktop(t, "en")
	if status, text := d.ask("GET", "changes", nil, nil); status != http.StatusNotFound || text == "" {
		t.Errorf("%d %s", status, text)
	}
	d.s.o.Committed = func(context.Context) (fs.FS, error) { return os.DirFS("../build/testdata/library"), nil }
	d.write("content/figures/visits.yaml", "value: 296, unit: days", "value: 297, unit: days")
	d.rebuild()
	var said struct{ Text string }
	if status, text := d.ask("GET", "changes", nil, &said); status != http.StatusOK {
		t.Fatal(text)
	}
	if !strings.Contains(said.Text, "Opening days (network.opening-days)\n   Value:  296 → 297") {
		t.Error(said.Text)
	}
}

// Where a file is protected nothing is lost, and a sentence says why.
func TestWhereAFileIsProtectedNothingIsLost(t *testing.T) {
	d := newDesktop(t, "de")
	yaml := "content/figures/visits.yaml"
	before := d.file(yaml)
	tried := d.try("network.listed", "35")
	if err := os.Chmod(filepath.Join(d.dir, yaml), 0o444); err != nil {
		t.Fatal(err)
	}
	status, text := d.ask("POST", "save", plans{tried.Plan, true}, nil)
	if status != http.StatusConflict || text != yaml+" ist schreibgeschützt; deshalb wurde nichts geschrieben." {
		t.Errorf("%d %s", status, text)
	}
	if d.file(yaml) != before {
		t.Error("something was written")
	}
	entries, err := os.ReadDir(filepath.Join(d.dir, "content/figures"))
	if err != nil || len(entries) != 6 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	if err := os.Chmod(filepath.Join(d.dir, yaml), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, text := d.ask("POST", "save", plans{tried.Plan, true}, nil); status != http.StatusOK {
		t.Errorf("the same plan cannot be saved later: %s", text)
	}
}

// A figure that gets its first value: what stands beside it is asked about, and the sentences
// that may say there is none are named.
func TestAFirstValueAsksWhatStandsBesideIt(t *testing.T) {
	d := newDesktop(t, "en")
	d.write("content/en/index.md", "The libraries counted",
		"Visits to the website are not known. The libraries counted")
	d.rebuild()
	tried := d.try("visits.online", "12,000")
	if len(tried.First) != 1 || !strings.HasPrefix(tried.First[0].Figures, "Visits to the website") ||
		!strings.HasPrefix(tried.First[0].Facts, "unit: visits; time: ") {
		t.Errorf("%+v", tried.First)
	}
	for place, says := range map[string]string{
		"content/en/visits.md:42:1": "Visits to the website were not counted", // the chart that shows it
		"content/en/index.md:11:1":  "Visits to the website are not known.",   // a sentence without a link
	} {
		if !slices.ContainsFunc(tried.Sentences, func(f follow) bool {
			return f.Place == place && f.Before == f.After && strings.Contains(f.After, says)
		}) {
			t.Errorf("%s: %+v", place, tried.Sentences)
		}
	}
	if again := d.try("network.listed", "35"); len(again.First) != 0 {
		t.Errorf("%+v", again.First)
	}
}

// A site whose address nobody has said yet is previewed, and a value in it tried, without a
// word of that.
func TestATrialSaysNothingOfTheAddress(t *testing.T) {
	d := newDesktop(t, "en")
	d.write("content/site.yaml", "base_url:", "# base_url:")
	d.rebuild()
	if tried := d.try("network.listed", "35"); len(tried.Alone)+len(tried.Left) > 0 {
		t.Errorf("%+v", tried.Left)
	}
}

// Two places that should say one number have a button for each of them.
func TestTwoPlacesForOneNumberHaveTwoButtons(t *testing.T) {
	d := newDesktop(t, "en")
	d.write("content/figures/visits.yaml", "\nchecks:\n", "\nchecks:\n  - network.listed = network.twice\n")
	d.write("content/figures/visits.yaml", "\n  network.volunteers:", "\n  network.twice: {value: 35, unit: "+
		"locations, "+
		"period: none, as_of: not stated, source: register, label: {en: Counted again, de: Noch einmal gezählt}}\n"+
		"  network.volunteers:")
	d.rebuild()
	var said struct {
		Round int
		Lists []struct{ Problems []problem }
	}
	if status, text := d.ask("GET", "lists", nil, &said); status != http.StatusOK {
		t.Fatal(text)
	}
	p := said.Lists[0].Problems[0]
	if p.Code != "check-fails" || len(p.Mends) != 2 ||
		p.Mends[0].Text != "Write “35” for “34” in content/figures/visits.yaml" ||
		p.Mends[1].Text != "Write “34” for “35” in content/figures/visits.yaml" {
		t.Fatalf("%+v", p)
	}
	var tried trial
	want := wanted{Round: said.Round, Problem: p.Number, Mend: 1}
	if status, text := d.ask("POST", "try", want, &tried); status != http.StatusOK || len(tried.Left) > 0 {
		t.Errorf("%s %+v", text, tried.Left)
	}
}

// A note is tried and written in one language or in all, at a computed figure too, and taken
// back; one that somebody else wrote meanwhile is never overwritten unasked.
func TestANoteIsTriedWrittenAndTakenBack(t *testing.T) {
	d := newDesktop(t, "de")
	const yaml = "content/figures/visits.yaml"
	before := d.file(yaml)
	c := d.card("visits.per-opening-day")
	want := []note{{"en", "English", "Calculated for this site."}, {"de", "Deutsch", "Für diese Website berechnet."}}
	if !slices.Equal(c.Notes, want) {
		t.Fatalf("%+v", c.Notes)
	}
	trying := func(id string, notes map[string]typedNote) (got trial) {
		t.Helper()
		change := wanted{Changes: []typed{{ID: id, Notes: notes}}}
		if status, text := d.ask("POST", "try", change, &got); status != http.StatusOK {
			t.Fatal(text)
		}
		return got
	}
	same := trying(c.ID, map[string]typedNote{"de": {c.Notes[1].Text, c.Notes[1].Text}})
	if !same.Nothing || same.Plan != "" {
		t.Errorf("%+v", same)
	}
	half := trying("visits.total.mobile", map[string]typedNote{"de": {Text: "Der Bus."}})
	if len(half.Alone) == 0 || !strings.Contains(half.Diff, "de: Der Bus.") {
		t.Errorf("a note in one language is all right: %+v\n%s", half.Alone, half.Diff)
	}
	tried := trying(c.ID, map[string]typedNote{
		"en": {"By us: visits / days.", c.Notes[0].Text}, "de": {"Von uns.", c.Notes[1].Text}})
	var done written
	status, text := d.ask("POST", "save", plans{tried.Plan, true}, &done)
	if status != http.StatusOK || done.Undo == nil {
		t.Fatal(text)
	}
	if want := "Zurücknehmen: Anmerkung zu Besuche je Öffnungstag"; done.Undo.Text != want {
		t.Errorf("%s", done.Undo.Text)
	}
	renoted := strings.NewReplacer("Calculated for this site.", `"By us: visits / days."`,
		"Für diese Website berechnet.", "Von uns.").Replace(before)
	if got := d.file(yaml); got != renoted {
		t.Errorf("%s", got)
	}
	d.rebuild()
	late := trying(c.ID, map[string]typedNote{"de": {"Noch eine.", c.Notes[1].Text}})
	if late.Plan != "" || len(late.Taken) != 1 || !late.Taken[0].Other || late.Taken[0].Was != "Von uns." ||
		late.Taken[0].Note != "de" {
		t.Errorf("%+v", late)
	}
	if status, text := d.undo(done.Undo.Number, nil); status != http.StatusOK || d.file(yaml) != before {
		t.Errorf("not all is back: %s\n%s", text, d.file(yaml))
	}
}

// A button says what it does, in words.
func TestAButtonSaysWhatItDoes(t *testing.T) {
	d := newDesktop(t, "en")
	for want, e := range map[string]diag.Edit{
		"Record the translation as compared": {Path: "content/translated.yaml", New: "de/visits.md: 1", Choice: true},
		"Write “2” for “1” in a.yaml":        {Path: "a.yaml", Old: "1", New: "2"},
		"Insert “b: 2” in a.yaml":            {Path: "a.yaml", Old: "a: 1\n", New: "a: 1\nb: 2\n"},
		"Delete “a: 1” in a.yaml":            {Path: "a.yaml", Old: "a: 1\n"},
	} {
		if got := d.s.label([]diag.Edit{e}); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

// A file that a button made goes with its undoing, unless somebody wrote into it since.
func TestAFileThatWasMadeGoesAgain(t *testing.T) {
	d := newDesktop(t, "en")
	const made = "content/en/made.md"
	write := func() back {
		t.Helper()
		edits := []diag.Edit{{Path: made, New: "---\ntitle: Made\n---\n\nHere.\n", Whole: true}}
		trial, err := revise.Try(t.Context(), d.s.trialOptions(), edits, nil)
		if err != nil {
			t.Fatal(err)
		}
		d.s.keep(&plan{name: "made", trial: trial, says: made})
		var done written
		status, text := d.ask("POST", "save", plans{"made", false}, &done)
		if status != http.StatusOK || done.Undo == nil {
			t.Fatalf("%s %+v", text, done)
		}
		return *done.Undo
	}
	if status, text := d.undo(write().Number, nil); status != http.StatusOK {
		t.Error(text)
	}
	if _, err := os.Stat(filepath.Join(d.dir, made)); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
	step := write()
	d.write(made, "Here.", "Somebody wrote this.")
	if status, _ := d.undo(step.Number, nil); status != http.StatusConflict ||
		!strings.Contains(d.file(made), "Somebody") {
		t.Error("what somebody wrote went")
	}
}
