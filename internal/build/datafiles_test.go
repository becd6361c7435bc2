package build

import (
	"encoding/csv"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bilanz/internal/data"
	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// machineColumns says of what type each column of a file for programs is; those that are not
// here are texts.
var machineColumns = map[string]func(cell string) bool{
	"value": isDecimal, "approx": isDecimal, "lower": isDecimal, "upper": isDecimal,
	"decimals": isWhole, "as_of_year": isWhole,
	"start": isDay, "end": isDay, "as_of": isDay,
	"source_basis": oneOf("stated", "inferred"), "status": oneOf("final", "provisional", "estimated", "revised"),
	"aggregation": oneOf("sum", "none", "cumulative"),
	"qualifier": oneOf("more than", "fewer than", "at least", "at most", "around", "just under", "just over",
		"not available", "confidential", "not applicable", "not yet"),
}

var decimalNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// isDecimal knows a number as programs read it. A zero with a sign is none.
func isDecimal(cell string) bool {
	n, ok := new(big.Rat).SetString(cell)
	return ok && decimalNumber.MatchString(cell) && !(n.Sign() == 0 && cell[0] == '-')
}

func isWhole(cell string) bool { return isDecimal(cell) && !strings.Contains(cell, ".") }

func isDay(cell string) bool {
	_, err := time.Parse(time.DateOnly, cell)
	return err == nil
}

func oneOf(words ...string) func(string) bool {
	all := map[string]bool{}
	for _, word := range words {
		all[word] = true
	}
	return func(cell string) bool { return all[cell] }
}

// What others take from a site is looked at in every site, each built once: the files of
// figures, and what search engines are told.
func TestWhatOthersTakeFromEverySite(t *testing.T) {
	schema := compiled(t, "testdata/datapackage-2.0.json")
	for name := range everySite(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := wholeSite(t, name)
			result, files := s.Result, s.files
			t.Run("columns", func(t *testing.T) { checkColumns(t, result, files) })
			t.Run("workbooks", func(t *testing.T) { checkWorkbooks(t, result, files) })
			t.Run("package", func(t *testing.T) { checkPackage(t, schema, result, files) })
			t.Run("sitemap", func(t *testing.T) { checkSitemap(t, result, files) })
		})
	}
}

// Whoever reads a file of any site gets numbers or nothing where numbers belong, and days,
// words of a list or texts elsewhere: each column has one type.
func checkColumns(t *testing.T, result Result, files map[string]string) {
	t.Helper()
	n := 0
	for file, text := range files {
		switch {
		case path.Ext(file) != ".csv":
			continue
		case file == "data/codebook.csv":
			checkCodebook(t, text)
		case isForPrograms(file):
			checkMachineFile(t, file, text)
		default:
			checkSheet(t, file, text, result.Site.Config)
		}
		n++
	}
	if n == 0 {
		t.Error("there is no file")
	}
}

// isForPrograms tells a file with figures in all languages from those in one.
func isForPrograms(file string) bool { return forPrograms.MatchString(file) }

var forPrograms = regexp.MustCompile(`^data/(figures|(charts|tables)/[^/]*)\.csv$`)

func checkCodebook(t *testing.T, text string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		isColumn := line[1] == ""
		if types := oneOf("string", "number", "integer", "date", "boolean"); isColumn != types(line[2]) {
			t.Errorf("a line of the codebook has the type %q: %q", line[2], line)
		}
		if line[0] == "" || line[3] == "" {
			t.Errorf("a line of the codebook names nothing: %q", line)
		}
	}
}

func checkMachineFile(t *testing.T, file, text string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	seen := 0
	for column, name := range lines[0] {
		is := machineColumns[name]
		if is == nil {
			continue
		}
		seen++
		for _, line := range lines[1:] {
			if cell := line[column]; cell != "" && !is(cell) {
				t.Errorf("%s: %s of %s is %q", file, name, line[0], cell)
			}
		}
	}
	if seen != len(machineColumns) {
		t.Errorf("%s has %d of %d columns: %q", file, seen, len(machineColumns), lines[0])
	}
}

// checkSheet looks at the form for people: a column has numbers or texts.
func checkSheet(t *testing.T, file, text string, c *site.Config) {
	t.Helper()
	lang := c.Default
	for _, l := range c.Langs {
		if strings.HasPrefix(file, l.Code+"/") || strings.HasPrefix(file, "data/tables/"+l.Code+"/") ||
			file == "data/figures-"+l.Code+".csv" {
			lang = l
		}
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	comma := data.DecimalComma(lang)
	if comma {
		reader.Comma = ';'
	}
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	counted := false // what names a row stands before its numbers, and may look like one
	for column, name := range lines[0] {
		if strings.HasPrefix(file, "data/figures-") && !slices.Contains(numberColumns(lang), name) {
			continue
		}
		numbers, texts := 0, 0
		for _, line := range lines[1:] {
			cell := line[column]
			if comma {
				cell = strings.Replace(cell, ",", ".", 1)
			}
			switch {
			case cell == "":
			case isDecimal(cell):
				numbers++
			default:
				texts++
			}
		}
		if numbers > 0 && texts > 0 && (counted || !strings.HasPrefix(file, "data/tables/")) {
			t.Errorf("%s: the column %q has %d numbers and %d texts", file, name, numbers, texts)
		}
		counted = counted || numbers > 0 && texts == 0
	}
}

// numberColumns are those of numbers in the file of all figures for people.
func numberColumns(l *locale.Lang) (names []string) {
	for _, key := range []string{"value", "approx", "lower", "upper", "as-of-year"} {
		names = append(names, l.Word("column-"+key))
	}
	return names
}
