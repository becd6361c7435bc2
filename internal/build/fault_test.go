package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
)

// fault is one mistake in the fact sheet: old, which stands there once, becomes
// with. It must be found under code, in the line of the mistake, or in that line
// of the file in which the text at stands.
type fault struct {
	what      string
	file      string // below content
	old, with string
	code      string
	in, at    string // where elsewhere it must be found; "" for the mistake itself
}

var faults = []fault{
	// Numbers in sentences.
	{"two digits exchanged in a sentence", "en/advice.md", "a total of [416,374](fig", "a total of [416,734](fig", "number-differs", "", ""},
	{"a digit lost in the German sentence", "de/advice.md", "insgesamt [416.374](fig", "insgesamt [416.37](fig", "number-differs", "", ""},
	{"an English number on the German page", "de/advice.md", "davon [195.182](fig", "davon [195,182](fig", "number-format", "", ""},
	{"a bound said as an exact number", "en/advice.md", "[more than 170](fig:advice.contact-points)", "[170](fig:advice.contact-points)", "bound-differs", "", ""},
	{"another bound", "de/advice.md", "[mehr als 170](fig:advice.contact-points)", "[rund 170](fig:advice.contact-points)", "bound-differs", "", ""},
	{"a percentage off by one", "en/job-training.md", "[10%](fig:training.schemes.course-based?share) were course-based,", "[11%](fig:training.schemes.course-based?share) were course-based,", "number-differs", "", ""},
	{"the percent sign lost", "en/job-training.md", "[90%](fig:training.schemes.individually-tailored?share) were", "[90](fig:training.schemes.individually-tailored?share) were", "percent-differs", "", ""},
	{"a link taken off its number", "en/advice.md", "Of the [195,182](fig:advice.people) people", "Of the 195,182 people", "number-bare", "", ""},
	{"a slip in an id", "en/advice.md", "(fig:fair-integration.referrals)", "(fig:fair-integration.refferals)", "figure-unknown", "", ""},
	{"the wrong figure for a right number", "en/advice.md", "Another [22,695](fig:fair-integration.people-informed)", "Another [22,695](fig:fair-integration.people)", "number-differs", "", ""},
	{"a rounding that is none", "en/method.md", "", "\n\nIn all, [around 417,000](fig:advice.sessions) sessions.\n", "rounding-differs", "", "around 417,000"},
	{"a large number that nobody knows", "en/about.md", "", "\n\nThe site has had 12,345 readers.\n", "number-unlinked", "", ""},
	{"an old period", "en/advice.md", "\nFrom [January 2019 to December 2022](fig:advice.sessions?period)", "\nFrom [January 2019 to June 2022](fig:advice.sessions?period)", "text-differs", "", "to June 2022"},

	// Figures.
	{"a part mistyped", "figures/advice.yaml", "initial:   {value: 195182,", "initial:   {value: 195128,", "parts-sum", "figures/advice.yaml", "value: 416374"},
	{"a value corrected, its sentences not", "figures/training.yaml", "value: 18271", "value: 18272", "number-differs", "en/index.md", "[18,271](fig:training.participants)"},
	{"a value with a thousands point", "figures/training.yaml", "value: 15218", "value: 15.218", "value-grouped", "", ""},
	{"a value split at its comma", "figures/training.yaml", "{value: 6862,", "{value: 6,862,", "value-split", "", ""},
	{"a value deleted", "figures/opening.yaml", "value: 5114", "value:", "value-missing", "figures/opening.yaml", "value:\n    label: {en: Advisory sessions for business"},
	{"a discrepancy that grew", "figures/advice.yaml", "value: 56124,", "value: 56142,", "discrepancy-changed", "figures/advice.yaml", "by: 44390"},
	{"the note of a discrepancy with a wrong number", "figures/advice.yaml", "[195,182](fig:advice.people) people advised", "[195,128](fig:advice.people) people advised", "number-differs", "", ""},
	{"more completers than participants", "figures/training.yaml", "value: 15218", "value: 25218", "check-fails", "figures/training.yaml", "- training.completers <= training.participants"},
	{"a source with a slip", "figures/training.yaml", "source: zuwes\n    source_basis: stated\n    label: {en: Successful completers,", "source: zuves\n    source_basis: stated\n    label: {en: Successful completers,", "source-unknown", "figures/training.yaml", "zuves"},
	{"a German label lost", "figures/training.yaml", ", de: Gestartete Qualifizierungsmaßnahmen}", "}", "translation-missing", "figures/training.yaml", "label: {en: Job training schemes started}"},
	{"a cell of the table mistyped", "figures/trainings-and-events.csv", "business,events,467,", "business,events,476,", "parts-sum", "figures/trainings-and-events.csv", "business,total,1143"},
	{"a row of the table cut short", "figures/trainings-and-events.csv", "skilled-workers,events,1048,[x]", "skilled-workers,events,1048", "cell-empty", "", ""},
	{"a point of a series mistyped", "figures/development/participants.csv", "2022-09-30,17678", "2022-09-30,17687", "number-differs", "en/development.md", "[17,678](fig:development.participants.2022-09-30)"},
	{"a cumulative series that falls", "figures/development/sessions.csv", "2022-09-30,386927,bamf-2022,stated\n2022-12-31,416374,,", "2022-09-30,386927,,\n2022-12-31,386374,,", "series-falls", "figures/development/sessions.csv", "2022-12-31"},
	{"a day that no calendar has", "figures/development/sessions.csv", "2022-09-30,386927", "2022-09-31,386927", "date-form", "", ""},

	// Pages and charts.
	{"a sentence with a number struck on one page only", "de/advice.md", "Hinzu kamen weitere [4.435](fig:fair-integration.referrals) qualitative Verweisberatungen, die seit Januar 2020 statistisch erfasst werden. ", "", "citation-missing", "de/advice.md", "## Faire Integration"},
	{"a chart deleted on one page only", "de/advice.md", "id: sessions-by-kind", "id: sessions-by-sort", "block-missing", "de/advice.md", "title: Beratung\n"},
	{"a claim that the figures do not bear", "en/advice.md", "claim: advice.sessions.follow-up > advice.sessions.initial", "claim: advice.sessions.follow-up < advice.sessions.initial", "claim-fails", "", ""},
	{"a pie of parts that do not add up", "en/advice.md", "id: people-by-advice\ntype: bar", "id: people-by-advice\ntype: pie", "chart-discrepant", "en/advice.md", "```chart\nid: people-by-advice"},
	{"a link to a page with a slip", "en/index.md", "(job-training.md)", "(job-trainings.md)", "link-broken", "", ""},
	{"a link to a heading that was renamed", "de/intercultural-opening.md", "{#by-audience}", "{#audiences}", "fragment-broken", "de/skilled-workers-networks.md", "(intercultural-opening.md#by-audience)"},
	{"HTML pasted from a newsletter", "en/network.md", "", "\n\n<b>New!</b>\n", "html-raw", "", "<b>"},
	{"a German page deleted", "de/network.md", "", "-", "translation-missing", "en/network.md", "title:"},
	{"a description lost", "en/about.md", "\ndescription: ", "\ndescripton: ", "key-unknown", "", "descripton"},
}

// The comments of the cases say what goes wrong in an invented library; here it is
// a site that was published. Each fault is made alone. With -v the test prints the table: the
// fault, where it was found, what was said, and how much else was said.
func TestEachFaultInTheFactSheetIsFound(t *testing.T) {
	if len(faults) < 30 {
		t.Errorf("only %d faults", len(faults))
	}
	found := make([]string, len(faults))
	t.Run("faults", func(t *testing.T) {
		for i, f := range faults {
			t.Run(f.what, func(t *testing.T) {
				t.Parallel()
				found[i] = f.make(t)
			})
		}
	})
	if testing.Verbose() {
		var table strings.Builder
		w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
		for i, f := range faults {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", i+1, f.what, f.file, found[i])
		}
		w.Flush()
		t.Logf("\n%s", table.String())
	}
}

// make copies the content, makes the fault and gives where it was found.
func (f fault) make(t *testing.T) string {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(factSheet+"/content")); err != nil {
		t.Fatal(err)
	}
	f.spoil(t, dir)
	result, err := Build(context.Background(), Options{Dir: dir, Out: filepath.Join(dir, "public"), BaseURL: "https://example.org/", Drawings: pictures})
	if err != nil {
		t.Fatal(err)
	}
	where, found := f.place(t, dir), ""
	var others []string
	for _, d := range result.Diagnostics {
		at := fmt.Sprintf("%s:%d", d.Place.Path, d.Place.Line)
		if found == "" && d.Code == f.code && at == where {
			found = fmt.Sprintf("%s\t%s\t%s", d.Place, d.Code, d.Text.In("en"))
			continue
		}
		others = append(others, fmt.Sprintf("%s [%s] %s", at, d.Code, d.Text.In("en")))
	}
	if found != "" {
		return fmt.Sprintf("%s\t%d", found, len(others))
	}
	t.Errorf("not found at %s [%s]; found were:\n%s", where, f.code, strings.Join(others, "\n"))
	return "not found"
}

func (f fault) spoil(t *testing.T, dir string) {
	path := filepath.Join(dir, "content", filepath.FromSlash(f.file))
	if f.with == "-" {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	text := readText(t, path)
	switch {
	case f.old == "":
		text += f.with
	case strings.Count(text, f.old) == 1:
		text = strings.Replace(text, f.old, f.with, 1)
	default:
		t.Fatalf("%s holds %q %d times, not once; the fact sheet has changed, so change the fault", f.file, f.old, strings.Count(text, f.old))
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// place gives the line in which the fault must be found.
func (f fault) place(t *testing.T, dir string) string {
	file, at := f.in, f.at
	if file == "" {
		file = f.file
	}
	if at == "" {
		at = strings.TrimSpace(f.with)
	}
	text := readText(t, filepath.Join(dir, "content", filepath.FromSlash(file)))
	before, _, ok := strings.Cut(text, at)
	if !ok {
		t.Fatalf("%s does not hold %q", file, at)
	}
	return fmt.Sprintf("content/%s:%d", file, strings.Count(before, "\n")+1)
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
