package build

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing/fstest"
)

// randomChange changes a project at one place.
func randomChange(r *rand.Rand, sound fstest.MapFS) change {
	switch n := r.IntN(20); {
	case n < 13:
		return randomWords(r, sound)
	case n < 15:
		return randomValue(r)
	case n < 18:
		return randomCells(r)
	case n < 19:
		return randomName(r)
	}
	return randomMarks(r, sound)
}

// written is one way to write a number in a data file. What it means is said by column of
// the file for programs; nothing where a person could not say.
type writtenNumber struct {
	write  func(n int) string // a number from 2,000 to 99,999
	column string             // value, approx, lower, upper; "" where it must not pass
	scale  int                // what the number means, in thousandths; 0 for the number itself
}

func as(format string) func(int) string { return func(n int) string { return fmt.Sprintf(format, n) } }

func only(text string) func(int) string { return func(int) string { return text } }

// parted writes 48213 as 48,213 with another sign for the comma.
func parted(sign string) func(int) string {
	return func(n int) string { return fmt.Sprintf("%d%s%03d", n/1000, sign, n%1000) }
}

// writtenNumbers mean the same in YAML and in a cell.
var writtenNumbers = []writtenNumber{
	{as("%d"), "value", 0}, {as("%d"), "value", 0}, {as("+%d"), "value", 0}, {as("%d.0"), "value", 0},
	{as("00%d"), "value", 0}, {as("%d "), "value", 0},
	{parted("_"), "value", 0}, {parted(" "), "value", 0}, {parted("\u00a0"), "value", 0},
	{parted("\u202f"), "value", 0}, {parted("'"), "value", 0}, {parted("’"), "value", 0},
	{as("more than %d"), "lower", 0}, {as("mehr als %d"), "lower", 0}, {as("at least %d"), "lower", 0},
	{as("fewer than %d"), "upper", 0}, {as("at most %d"), "upper", 0}, {as("around %d"), "approx", 0},
	{as("rund %d"), "approx", 0}, {as("ca. %d"), "approx", 0},
	{as("> %d"), "lower", 0}, {as("< %d"), "upper", 0}, {as("~%d"), "approx", 0}, {as("≥ %d"), "lower", 0},
	{as("about %d"), "approx", 0},
	{as("%de1"), "value", 10_000}, {as("0x%d"), "", 0}, {as("%d*"), "", 0}, {as("%d%%"), "", 0},
	{as("%d visits"), "", 0}, {as("%d 1"), "", 0}, {as("(%d)"), "", 0}, {as("%d)"), "", 0}, {as("%d-"), "", 0},
	{as("%d–50000"), "", 0}, {as("%d/2"), "", 0}, {as("1:%d"), "", 0}, {as("%d k"), "", 0},
	{as("-%d"), "value", -1000}, {as("−%d"), "value", -1000}, {as("- %d"), "value", -1000}, {as("–%d"), "value", -1000},
	{as("=%d"), "", 0}, {as("%d\u200b"), "value", 0}, {as("\u00ad%d"), "value", 0}, {as("%d€"), "", 0},
	{as("%d.5"), "", 0}, {as("%d.25"), "", 0},
	{only("n/a"), "", 0}, {only("NaN"), "", 0}, {only("yes"), "", 0}, {only("#REF!"), "", 0}, {only("#DIV/0!"), "", 0},
	{as("٣%d"), "", 0}, {only("½"), "", 0}, {only("2024-12-31"), "", 0}, {only("null"), "", 0}, {as("%d?"), "", 0},
	{only("?"), "", 0}, {only("--"), "", 0},
}

// oneOfThem chooses every second time what a person could read.
func oneOfThem(r *rand.Rand, all []writtenNumber) writtenNumber {
	if r.IntN(2) == 0 {
		all = slices.DeleteFunc(slices.Clone(all), func(s writtenNumber) bool { return s.column == "" })
	}
	return all[r.IntN(len(all))]
}

// means says what a written of n must be in the file for programs.
func (s writtenNumber) means(n int) map[string]string {
	want := map[string]string{"value": "", "approx": "", "lower": "", "upper": ""}
	if s.column != "" {
		if s.scale != 0 {
			n = n * s.scale / 1000
		}
		want[s.column] = fmt.Sprint(n)
	}
	return want
}

// randomValue writes a figure of its own, its value in any written.
func randomValue(r *rand.Rand) change {
	n := 2000 + r.IntN(98_000)
	spelt := append(slices.Clone(writtenNumbers),
		writtenNumber{as("'%d'"), "value", 0}, writtenNumber{as(`"%d"`), "value", 0},
		writtenNumber{as("%d # visits"), "value", 0}, writtenNumber{as("! %d"), "", 0},
		writtenNumber{as("[%d]"), "", 0}, writtenNumber{as("{a: %d}"), "", 0},
		writtenNumber{as("|\n      %d"), "value", 0}, writtenNumber{as("&a %d"), "", 0},
		writtenNumber{as("!!int %d"), "", 0}, writtenNumber{as("!!str %d"), "", 0},
		writtenNumber{parted(","), "value", 0}, writtenNumber{parted("."), "", 0}, writtenNumber{only("~"), "", 0},
		writtenNumber{only(""), "", 0}, writtenNumber{as("%d:"), "", 0},
		writtenNumber{as("%d\n    value: 5"), "", 0})
	s := oneOfThem(r, spelt)
	text := s.write(n)
	text = "figures:\n  probe.value:\n    value: " + text +
		"\n    unit: loans\n    period: year-2024\n    source: register\n    label: {en: Probe, de: Probe}\n"
	c := change{kind: "value", file: "content/figures/probe.yaml", first: 2, last: strings.Count(text, "\n"),
		text: text, wrong: s.column == ""}
	c.ending = []string{"", "crlf", "bom", "open"}[r.IntN(4)]
	c.whole = ended(text, c.ending)
	c.holds = func(site *finished) string { return site.lacks("probe.value", s.means(n)) }
	return c
}

// lacks says what the data files hold in place of a value.
func (s finished) lacks(id string, want map[string]string) string {
	got := s.row(id)
	if got == nil {
		return "data/figures.csv has no " + id
	}
	for column, cell := range want {
		if got[column] != cell {
			return fmt.Sprintf("%s of %s is %q in data/figures.csv, not %q", column, id, got[column], cell)
		}
	}
	var set struct{ Figures []map[string]any }
	reader := json.NewDecoder(strings.NewReader(s.file("data/figures.json")))
	reader.UseNumber()
	if err := reader.Decode(&set); err != nil {
		return err.Error()
	}
	for _, f := range set.Figures {
		for column, cell := range want {
			if got := f[column]; f["id"] == id && (got == nil && cell != "" || got != nil && fmt.Sprint(got) != cell) {
				return fmt.Sprintf("%s of %s is %v in data/figures.json, not %q", column, id, got, cell)
			}
		}
	}
	for lang, sign := range map[string]string{"text_en": ",", "text_de": "."} {
		for _, cell := range want {
			if cell != "" && !strings.Contains(got[lang], groupedBy(strings.TrimPrefix(cell, "-"), sign)) {
				return fmt.Sprintf("%s of %s is %q", lang, id, got[lang])
			}
		}
	}
	return ""
}

// groupedBy writes 1234567 as 1,234,567.
func groupedBy(digits, sign string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + sign + digits[i:]
	}
	return digits
}

// randomCells writes a table of its own, in the ways in which offices save them.
func randomCells(r *rand.Rand) change {
	sign := []string{",", ";", "\t"}[r.IntN(3)]
	numbers := []string{"en", "de"}[r.IntN(2)]
	head := []string{"place", "count"}
	c := change{kind: "cells", file: "content/figures/probes.csv"}
	odd := "" // what is odd about the file as a whole
	if r.IntN(3) == 0 {
		odd = []string{"head", "blank", "title", "wide", "narrow", "twice", "sep", "order", "capital", "space", "rows",
			"quoted", "foreign", "footer", "empty"}[r.IntN(15)]
	}
	want := map[string]map[string]string{}
	var lines []string
	for i, place := range []string{"north", "south", "west"} {
		n := 2000 + r.IntN(98_000)
		s := writtenNumbers[0]
		if odd == "" && i == 1 {
			spelt := append(slices.Clone(writtenNumbers), writtenNumber{parted(map[string]string{"en": ",",
				"de": "."}[numbers]), "value", 0}, writtenNumber{as(`"%d"`), "value", 0},
				writtenNumber{parted(map[string]string{"en": ".", "de": ","}[numbers]), "", 0}, writtenNumber{as(" %d"),
					"value", 0}, writtenNumber{only(""), "", 0})
			s = oneOfThem(r, spelt)
			if numbers == "de" && strings.Contains(s.write(n), ".") && !strings.HasPrefix(s.write(n), "ca.") {
				s = writtenNumber{parted("."), "value", 0}
			}
			c.wrong = s.column == ""
		}
		cell := s.write(n)
		if strings.Contains(cell, sign) {
			cell = `"` + cell + `"`
		}
		if odd == "quoted" {
			cell, place = `"`+cell+`"`, `"`+place+`"`
		}
		want["probes."+strings.Trim(place, `"`)] = s.means(n)
		lines = append(lines, place+sign+cell)
	}
	switch odd {
	case "head":
		head[r.IntN(2)] = []string{"", "coumt", "Anzahl", "1", "value"}[r.IntN(5)]
	case "capital":
		head = []string{"Place", "COUNT"}
	case "space":
		head = []string{" place", "count "}
	case "order":
		head = []string{"count", "place"}
	case "twice":
		head = []string{"place", "place"}
	case "wide":
		lines[1] += sign + "7"
	case "narrow":
		lines[1] = "south"
	case "rows":
		lines[1] = lines[0]
	case "footer":
		lines = append(lines, "Quelle: Amt"+sign)
	case "empty":
		lines[1] = sign
		delete(want, "probes.south") // a row of nothing is none
	case "foreign":
		lines[2] = "east" + sign + "5"
	}
	lines = append([]string{strings.Join(head, sign)}, lines...)
	switch odd {
	case "blank":
		lines = append([]string{""}, lines...)
	case "title":
		lines = append([]string{"Besuche 2024"}, lines...)
	case "sep":
		lines = append([]string{"sep=" + sign}, lines...)
	}
	c.text = strings.Join(lines, "\n") + "\n"
	c.ending = []string{"", "crlf", "bom", "open"}[r.IntN(4)]
	c.whole = ended(c.text, c.ending)
	c.first, c.last, c.place.name = 1, len(lines), "numbers: "+numbers+" "+odd
	c.also = map[string][]byte{"content/figures/probes.yaml": []byte(
		"defaults: {period: year-2024, source: register}\ntable: probes\nlabel: {en: Probes, de: Proben}\n" +
			"numbers: " + numbers + "\nrows: [place]\ncolumns:\n  count: {unit: loans, label: {en: Count, de: Anzahl}}\n" +
			"labels:\n  place:\n    north: {en: North, de: Nord}\n" +
			"    south: {en: South, de: Süd}\n    west: {en: West, de: West}\n")}
	c.holds = func(site *finished) string {
		for _, id := range slices.Sorted(maps.Keys(want)) {
			if problem := site.lacks(id+".count", want[id]); problem != "" {
				return problem
			}
		}
		return ""
	}
	return c
}

// randomName adds a file under a name that people and systems give it.
func randomName(r *rand.Rand) change {
	page := "---\ntitle: Probe\ndescription: A page of a test.\nonly: en\n" +
		"reason: A test.\n---\n\nQuaaben Haus Quzenden.\n"
	figures := "figures:\n  probe.value: " +
		"{value: 4821, unit: loans, period: year-2024, source: register, label: {en: Probe, de: Probe}}\n"
	names := []string{"en/probe.md", "en/probe.MD", "en/probe.md.txt", "en/Probe.md", "en/probe .md", "en/pröbe.md",
		"en/pro\u0308be.md", "en/probe%20x.md", "en/pro be.md",
		"EN/probe.md", "fr/probe.md", "probe.md", "en/probe.markdown", "en/probe.html", "en/probe.docx", "en/probe",
		"en/sub/probe.md", "en/Sub/probe.md", "en/sub/index.md", "en/probe.de.md", "en/figures.md", "en/404.md",
		"en/data.md",
		"figures/probe.yaml", "figures/probe.yml", "Figures/probe.yaml", "figures/probe.YAML", "figures/probe.yaml.bak",
		"figures/probe.json", "figures/probe.xlsx", "figures/sub/probe.yaml", "figures/pröbe.yaml",
		"figures/probe (1).yaml", "probe.yaml", "en/probe.yaml", "figures/probe.txt"}
	name := names[r.IntN(len(names))]
	c := change{kind: "name", file: "content/" + name, text: page, place: place{name: "name"}}
	c.holds = func(site *finished) string {
		for _, path := range site.memory.Paths() {
			if strings.HasSuffix(path, ".html") && strings.Contains(asRead(site.file(path)), "Quaaben Haus Quzenden") {
				return ""
			}
		}
		return "the words are on no page"
	}
	if strings.HasPrefix(strings.ToLower(name), "figures/") || strings.HasSuffix(name, ".yaml") {
		c.text = figures
		c.holds = func(site *finished) string { return site.lacks("probe.value", map[string]string{"value": "4821"}) }
	}
	c.first, c.last, c.whole = 0, strings.Count(c.text, "\n"), []byte(c.text)
	return c
}

// randomMarks leaves the marks of a merge in any file.
func randomMarks(r *rand.Rand, sound fstest.MapFS) change {
	names := slices.Sorted(maps.Keys(sound))
	name := names[r.IntN(len(names))]
	lines := slices.Collect(strings.Lines(string(sound[name].Data)))
	at := r.IntN(len(lines))
	line := strings.TrimSuffix(lines[at], "\n")
	marked := "<<<<<<< HEAD\n" + line + "\n=======\n" + line + "\n>>>>>>> main\n"
	c := change{kind: "marks", file: name, first: at + 1, last: at + 5, text: marked, wrong: true, ending: []string{"",
		"crlf"}[r.IntN(2)]}
	c.whole = ended(strings.Join(slices.Concat(lines[:at], []string{marked}, lines[at+1:]), ""), c.ending)
	return c
}

func htmlText(m []string) string {
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}
