package build

import (
	"encoding/csv"
	"maps"
	"math/big"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/locale"
)

// The sites of this file show publications of offices, whose files lie beside their
// figures as they were published. What each cell of them must be published as is told
// here a second time, from the file as encoding/csv reads it.

// publication is a file of an office, and the site that shows it.
type publication struct {
	site, file string
	comma      rune
	above      int // lines above the heads
	cells      func(row map[string]string) []sourceCell
}

// sourceCell is what one cell of the file is: the id of its figure, its time in ids, and
// the value as the file writes it, with a point.
type sourceCell struct{ id, time, value string }

var publications = []publication{
	{"births", "data.csv", ',', 0, birthsCells},
	{"election", "kerg2-bund-laender.csv", ';', 9, electionCells},
	{"road-deaths", "indicator_3-6-1.csv", ',', 0, roadCells},
	{"survey", "counts.csv", ',', 0, surveyCells},
	{"vaccination", "impfquoten.csv", ',', 0, vaccinationCells},
}

func birthsCells(row map[string]string) []sourceCell {
	month, day := row["month"], row["date_of_month"]
	two := func(number string) string { return "-" + ("0" + number)[len(number)-1:] }
	cells := []sourceCell{{"births.day", row["year"] + two(month) + two(day), row["births"]}}
	if row["year"] == "2014" && month == "12" && len(day) == 1 && day <= "7" {
		days := []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
		weekday := strings.Index("1234567", row["day_of_week"])
		cells = append(cells, sourceCell{id: "week." + days[weekday] + ".births", value: row["births"]})
	}
	return cells
}

func electionCells(row map[string]string) (all []sourceCell) {
	add := func(id string, columns map[string]string) {
		for head, column := range columns {
			all = append(all, sourceCell{id: id + "." + column, value: strings.ReplaceAll(row[head], ",", ".")})
		}
	}
	four := map[string]string{"Prozent": "anteil", "VorpProzent": "anteil-2021", "DiffProzentPkt": "aenderung"}
	second := row["Gruppenart"] == "Partei" && row["Stimme"] == "2"
	switch {
	case row["Gruppenname"] == "Wählende":
		four["Anzahl"] = "waehlende"
		add("beteiligung."+strings.Replace(slug(row["Gebietsname"]), "bundesgebiet", "bund", 1), four)
	case second && row["Gebietsart"] == "Bund":
		four["Anzahl"] = "stimmen"
		add("zweitstimmen."+slug(row["Gruppenname"]), four)
	case second:
		add("laender."+slug(row["Gebietsname"])+"."+slug(row["Gruppenname"]),
			map[string]string{"Anzahl": "stimmen", "Prozent": "anteil"})
	}
	return all
}

func roadCells(row map[string]string) []sourceCell {
	or := func(text, empty string) string {
		if text == "" {
			return empty
		}
		return slug(text)
	}
	cell := sourceCell{time: row["Year"], value: row["Value"]}
	before := strings.HasSuffix(row["Series"], "(sex by age pre-2018)")
	person := or(row["Sex"], "all") + "." + or(row["Age"], "all") + ".rate"
	var all []sourceCell
	add := func(id string) {
		cell.id = id
		all = append(all, cell)
	}
	if !before && row["Region"]+row["Sex"]+row["Age"] == "" {
		add("deaths." + strings.Replace(or(row["Country"], "uk"), "great-britain", "gb", 1) + ".rate")
	}
	switch {
	case before:
		add("before-2019." + person)
	case row["Region"] != "":
		add("regions." + slug(row["Region"]) + ".rate")
	case row["Country"] == "Great Britain":
		add("people." + person)
	}
	return all
}

func surveyCells(row map[string]string) []sourceCell {
	id := row["question"] + "." + slug(row["answer"])
	switch row["question"] {
	case "responses":
		return []sourceCell{{"responses.all.count", row["answer"], row["count"]}}
	case "use", "frequency", "os", "build", "country":
	case "ghc":
		if own := map[string]string{"> 9.4": "ghc.newer", "< 8.6": "ghc.older"}[row["answer"]]; own != "" {
			id = own
		}
	default:
		id = "opinions." + slug(row["question"]) + "." + slug(row["answer"])
	}
	return []sourceCell{{id: id + ".count", value: row["count"]},
		{id: id + ".share", value: strings.TrimSuffix(row["percent"], "%")}}
}

func vaccinationCells(row map[string]string) (all []sourceCell) {
	land := slug(row["Bundesland"])
	doses := map[string]string{"": "all", "_min1": "min1", "_00bis04_min1": "min1-0-4", "_gi": "basic",
		"_00bis04_gi": "basic-0-4", "_boost1": "boost1", "_boost2": "boost2", "_boost3": "boost3", "_boost4": "boost4"}
	three := map[string]string{"gesamt_min1": "min1", "gesamt_gi": "basic", "gesamt_boost1": "boost1"}
	for head, value := range row {
		if kind, ok := strings.CutPrefix(head, "Impfungen_gesamt"); ok {
			all = append(all, sourceCell{id: "doses." + land + "." + doses[kind], value: value})
		}
		kind, ok := strings.CutPrefix(head, "Impfquote_")
		if !ok {
			continue
		}
		age, dose, _ := strings.Cut(kind, "_")
		all = append(all, sourceCell{id: "rates." + land + "." + age + "." + dose + ".rate", value: value})
		if column := three[kind]; column != "" {
			all = append(all, sourceCell{id: "overview." + land + "." + column, value: value})
		}
	}
	return all
}

// slug makes a part of an id of a text, as docs/figures.md says.
func slug(text string) string {
	text = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(text))
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(text, "-"), "-")
}

// wanted reads the file of a publication: the value of each figure by id, "" where there
// is none. An id without its time is that of the latest time of its table.
func (p publication) wanted(t *testing.T) map[string]string {
	t.Helper()
	file := filepath.Join("testdata/sites", p.site, "content/figures", p.file)
	text := strings.TrimPrefix(readText(t, file), "\ufeff")
	reader := csv.NewReader(strings.NewReader(strings.Join(strings.SplitAfter(text, "\n")[p.above:], "")))
	reader.Comma = p.comma
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want, latest := map[string]string{}, map[string]string{}
	var timed []sourceCell
	for _, line := range rows[1:] {
		row := map[string]string{}
		for i, head := range rows[0] {
			row[head] = line[i]
		}
		for _, cell := range p.cells(row) {
			if cell.time != "" {
				timed = append(timed, cell)
				table, _, _ := strings.Cut(cell.id, ".")
				latest[table] = max(latest[table], cell.time)
				cell.id += "." + cell.time
			}
			if _, twice := want[cell.id]; twice {
				t.Fatalf("%s: two cells of the source are %s", p.file, cell.id)
			}
			want[cell.id] = number(cell.value)
		}
	}
	for _, cell := range timed {
		table, _, _ := strings.Cut(cell.id, ".")
		want[cell.id] = want[cell.id+"."+latest[table]]
	}
	return want
}

// number is the value of a cell in one way of writing; "" for a word in its place.
func number(text string) string {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return ""
	}
	return n.RatString()
}

// mostOfAFiguresPage is how large a page that lists figures may be.
const mostOfAFiguresPage = 300_000

func TestEveryCellOfAPublicationIsPublishedAsItIs(t *testing.T) {
	for _, p := range publications {
		t.Run(p.site, func(t *testing.T) {
			t.Parallel()
			want := p.wanted(t)
			if len(want) < 400 {
				t.Fatalf("the source has only %d cells", len(want))
			}
			files := wholeSite(t, p.site).files
			for file, text := range files {
				if strings.Contains(file, "figures/") && path.Ext(file) == ".html" && len(text) > mostOfAFiguresPage {
					t.Errorf("%s has %d bytes", file, len(text))
				}
				if strings.HasPrefix(file, "data/") && strings.HasSuffix(file, ".csv") && isForPrograms(file) {
					ids := comparedCSV(t, file, text, want)
					if file == "data/figures.csv" && !slices.Equal(ids, slices.Sorted(maps.Keys(want))) {
						t.Errorf("%s has %d figures, the source has %d", file, len(ids), len(want))
					}
				}
			}
			if n := p.comparedTables(t, files, want); n < 100 {
				t.Errorf("only %d cells of tables on pages were compared", n)
			}
		})
	}
}

// comparedCSV compares a file for programs with the source, and gives the ids in it.
func comparedCSV(t *testing.T, file, text string, want map[string]string) (ids []string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	value := slices.Index(lines[0], "value")
	shares := map[string]string{}
	for _, line := range lines[1:] {
		if id, isShare := strings.CutSuffix(line[0], "?share"); isShare || id == "" {
			shares[id] = line[value]
			continue
		}
		ids = append(ids, line[0])
		if is, known := want[line[0]]; !known || is != number(line[value]) {
			t.Errorf("%s says %q for %s, the source %q", file, line[value], line[0], is)
		}
	}
	if len(shares) > 0 {
		comparedShares(t, file, shares, want)
	}
	return ids
}

// askedPeople is the figure that shares of overlapping answers are shares of.
const askedPeople = "responses.all.count"

// comparedShares holds the shares of a chart against the source: each is to its count what
// the first is to its own, and they are 100 together, that of all others with them, which
// has no id; or they are shares of all people who were asked.
func comparedShares(t *testing.T, file string, shares, want map[string]string) {
	t.Helper()
	sum, each := new(big.Rat), (*big.Rat)(nil)
	for _, id := range slices.Sorted(maps.Keys(shares)) {
		share, ok := new(big.Rat).SetString(shares[id])
		if !ok {
			t.Errorf("%s has no share of %q", file, id)
			continue
		}
		sum.Add(sum, share)
		if id == "" {
			continue
		}
		count, ok := new(big.Rat).SetString(want[id])
		if !ok || count.Sign() == 0 {
			t.Errorf("%s has a share of %s, the source no count", file, id)
			continue
		}
		ratio := new(big.Rat).Quo(share, count)
		if each == nil {
			each = ratio
		}
		if expected := new(big.Rat).Mul(each, count); expected.FloatString(6) != share.FloatString(6) {
			t.Errorf("%s: the share of %s is %s, not %s", file, id, shares[id], expected.FloatString(6))
		}
	}
	if sum.FloatString(6) != "100.000000" && !sharesOf(want[askedPeople], each) {
		t.Errorf("%s: the shares are %s together", file, sum.FloatString(6))
	}
}

// sharesOf reports whether a count times each is its share of the whole.
func sharesOf(whole string, each *big.Rat) bool {
	n, ok := new(big.Rat).SetString(whole)
	return ok && each != nil && n.Mul(n, each).FloatString(6) == "100.000000"
}

var (
	tableBody = regexp.MustCompile(`(?s)id="(?:page-[a-z-]+--)?([a-z-]+)" class="table".*?<tbody>(.*?)</tbody>`)
	tableCell = regexp.MustCompile(`<td[^>]*>(.*?)</td>`)
	htmlTag   = regexp.MustCompile(`<[^>]+>`)

	statusMark = regexp.MustCompile(`&nbsp;p$`) // of an interim result
)

// noSuchCell stands where a row and a column of a table meet in no cell of the source.
const noSuchCell = "–"

// comparedTables compares the cells of all tables on pages with the source, which are in
// the order of the table's own file, and gives how many they are.
func (p publication) comparedTables(t *testing.T, files map[string]string, want map[string]string) (compared int) {
	t.Helper()
	for page, html := range htmlPages(files) {
		lang := locale.Must(htmlLang.FindStringSubmatch(html)[1])
		for _, table := range tableBody.FindAllStringSubmatch(html, -1) {
			lines, err := csv.NewReader(strings.NewReader(files["data/tables/"+table[1]+".csv"])).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			lines = lines[1:]
			for _, cell := range tableCell.FindAllStringSubmatch(table[2], -1) {
				shown := statusMark.ReplaceAllString(htmlTag.ReplaceAllString(cell[1], ""), "")
				if shown == noSuchCell {
					continue
				}
				if len(lines) == 0 {
					t.Fatalf("%s: %s shows more than its file has", page, table[1])
				}
				id := lines[0][0]
				if !saysSo(lang, shown, want[id]) {
					t.Errorf("%s shows %q for %s, the source has %s", page, shown, id, want[id])
				}
				lines = lines[1:]
				compared++
			}
			if len(lines) > 0 {
				t.Errorf("%s: %s does not show %s", page, table[1], lines[0][0])
			}
		}
	}
	return compared
}

// saysSo reports whether what a page shows is a value, rounded as the page rounds it.
func saysSo(l *locale.Lang, shown, value string) bool {
	n, isNumber := new(big.Rat).SetString(value)
	said, ok := l.Parse(shown)
	switch {
	case !ok || !isNumber:
		return ok == isNumber && shown != ""
	case said.Relation == locale.FewerThan:
		return n.Sign() > 0 && n.Cmp(said.Value) < 0
	}
	return said.Value.Cmp(rounded(n, said.Decimals)) == 0
}

func rounded(n *big.Rat, decimals int) *big.Rat {
	r, _ := new(big.Rat).SetString(n.FloatString(decimals))
	return r
}

// What a page shows wrongly is told from what it shows rightly.
func TestAWrongCellIsSeen(t *testing.T) {
	l := locale.Must("de")
	for _, c := range []struct {
		shown, value string
		right        bool
	}{
		{"82,5\u00a0%", "82.537307", true}, {"82,6\u00a0%", "82.537307", false}, {"4.664", "4664", true},
		{"−9,3", "-9.288", true}, {"9,3", "-9.288", false}, {"weniger als 0,1\u00a0%", "0.02", true},
		{"weniger als 0,1\u00a0%", "0.2", false}, {"liegt nicht vor", "", true}, {"0", "", false}, {"", "", false},
		{"liegt nicht vor", "3", false},
	} {
		if saysSo(l, c.shown, c.value) != c.right {
			t.Errorf("%q for %q: right is %v", c.shown, c.value, c.right)
		}
	}
}
