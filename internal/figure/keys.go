package figure

import (
	"slices"

	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// The tables of keys below drive the decoder, the "did you mean", the reference
// (docs/figures.md) and the JSON Schema. A key that is not here does not exist.

// FileKeys are the keys of a file of figures. Units, periods, sources and
// footnotes are described once, in any of the files.
func FileKeys(langs []string, languages *locale.Set) schema.Keys {
	return schema.Keys{
		{Name: "demo", Kind: schema.Bool,
			Doc: "The figures of this file are invented; a site that is not a demo refuses them."},
		{Name: "defaults", Kind: schema.Mapping, Keys: DefaultKeys,
			Doc: "What holds for every figure of this file that does not say otherwise."},
		{Name: "numbers", Kind: schema.Text, Values: numberForms, Form: "de",
			Doc: "How the CSV file of the same name writes decimals: en with a point, de with a comma."},
		{Name: "units", Kind: schema.Map, Keys: UnitKeys(langs, languages), Doc: "What figures count, by name."},
		{Name: "periods", Kind: schema.Map, Keys: PeriodKeys(langs), Doc: "The stretches of time of flows, by name."},
		{Name: "sources", Kind: schema.Map, Keys: SourceKeys, Doc: "Where figures come from, by name."},
		{Name: "footnotes", Kind: schema.Map, Keys: langKeys(langs, schema.Text, nil),
			Doc: "Texts that follow the figures which name them, wherever they are cited."},
		{Name: "groups", Kind: schema.Map, Of: oneTexts, Form: "{visits: {en: Visits, de: Besuche}}",
			Doc: "The headings of the page of all figures: the names of figures whose ids begin with the same word."},
		{Name: "figures", Kind: schema.Map, Pattern: idPattern, Keys: FigureKeys, Doc: "The figures, by id."},
		{Name: "checks", Kind: schema.List, Of: oneText, Keys: CheckKeys,
			Doc: "Statements about figures that must be true: a statement, or is: with its reason."},
	}
}

var (
	numberForms = []string{"en", "de"}
	decimals    = []string{"0", "1", "2", "3", "4", "5", "6"}

	oneText  = &schema.Key{Kind: schema.Text}
	oneTexts = &schema.Key{Kind: schema.Texts}
	oneList  = &schema.Key{Kind: schema.List, Of: oneText}
)

// What values look like, for the JSON Schema; the decoder says more exactly what
// is wrong.
const (
	dayPattern    = `[0-9]{4}-[0-9]{2}-[0-9]{2}`
	asOfPattern   = dayPattern + `|[0-9]{4}|not stated`
	numberPattern = `-?(0|[1-9][0-9]*)(\.[0-9]+)?`
	valuePattern  = `((more than|fewer than|at least|at most|around|just under|just over) )?` + numberPattern + `|not available|confidential|not applicable|not yet`
	restPattern   = `(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*`
	idPattern     = `[a-z][a-z0-9]*` + restPattern
	partPattern   = `[a-z0-9]+` + restPattern
)

// DefaultKeys are the keys that figures inherit: from the defaults of their
// file, and parts from the figure that they are parts of.
var DefaultKeys = schema.Keys{
	{Name: "unit", Kind: schema.Text, Doc: "What is counted: the name of a unit.", Form: "visits"},
	{Name: "period", Kind: schema.Text,
		Doc: "The stretch of time of a flow: the name of a period, or none for a stock.", Form: "year-2024"},
	{Name: "as_of", Kind: schema.Text, Pattern: asOfPattern,
		Doc: "The date of a stock: a day, a year, or not stated.", Form: "2024-12-31"},
	{Name: "source", Kind: schema.Text, Doc: "Where the figure comes from: the name of a source.", Form: "register"},
	{Name: "source_basis", Kind: schema.Text, Values: []string{"stated", "inferred"},
		Doc: "Whether the attribution to the source is stated or our inference; readers see \"attribution inferred\"."},
	{Name: "status", Kind: schema.Text,
		Values: []string{string(Final), string(Provisional), string(Estimated), string(Revised)},
		Doc:    "How settled the figure is; final unless said otherwise."},
	{Name: "aggregation", Kind: schema.Text,
		Values: []string{string(Added), string(NotAdded), string(Cumulative)}, Form: "none",
		Doc: "Whether values may be added up: sum, none (rates, ages), or cumulative (each holds the earlier ones); " +
			"what the unit and the table say unless said otherwise."},
	{Name: "change", Kind: schema.Text, Values: []string{"true", "false"}, Form: "true",
		Doc: "Whether the value says by how much something rose or, below zero, fell; sentences can then say so."},
	{Name: "explained", Kind: schema.Text, Form: "glossary.md#visits",
		Doc: "Where readers find what is counted: a page of the site, as its file is called in the default " +
			"language, and a place on it; that of the unit unless said otherwise."},
}

// FigureKeys are the keys of a figure and of a part.
var FigureKeys = figureKeys()

func figureKeys() schema.Keys {
	own := schema.Keys{
		{Name: "value", Kind: schema.Text, Pattern: valuePattern, Form: "318462",
			Doc: "A number, a bound (more than 30) or a reason why there is none (not available)."},
		{Name: "formula", Kind: schema.Text, Form: "visits.total / network.opening-days",
			Doc: "How the figure is computed from others, instead of a value."},
		{Name: "decimals", Kind: schema.Whole, Values: decimals, Form: "1",
			Doc: "With how many decimals the figure is shown; those of its unit unless said otherwise."},
		{Name: "label", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}",
			Doc: "The name that readers see, in each language."},
		{Name: "noun", Kind: schema.Texts, Form: "{en: …, de: …}",
			Doc: "What stands behind the number where it is said alone, in place of unit and label: " +
				"\"permanent advice centres\"."},
		{Name: "short", Kind: schema.Texts, Form: "{en: …, de: …}",
			Doc: "The label in a chart whose title says the rest."},
		{Name: "note", Kind: schema.Texts, Form: "{en: …, de: …}",
			Doc: "A note for readers, in Markdown, whose numbers are verified links."},
		{Name: "footnote", Kind: schema.Text,
			Doc: "The name of a footnote that follows the figure wherever it is cited."},
		{Name: "formerly", Kind: schema.List, Of: oneText, Form: "visits.all",
			Doc: "Ids that the figure once had; they keep leading to it."},
		{Name: "parts_are", Kind: schema.Text,
			Values: []string{string(Complete), string(Selection), string(Overlapping)},
			Doc: "What the parts are: complete (they add up to the value, the rule unless said otherwise), a " +
				"selection (no more than the value), or overlapping (each no more than the value)."},
		{Name: "rounded", Kind: schema.Bool,
			Doc: "The parts are rounded: their sum may miss the value by half a last digit for each; readers " +
				"are told."},
		{Name: "parts_label", Kind: schema.Texts, Form: "{en: by kind of session, de: nach Art der Beratung}",
			Doc: "What tells the parts apart; subtitles of charts say it behind the label."},
		{Name: "parts", Kind: schema.Map, Pattern: partPattern, Same: true,
			Doc: "The breakdown: figures with the id of this one, a point and their own name."},
		{Name: "known_discrepancy", Kind: schema.Mapping, Keys: DiscrepancyKeys,
			Doc: "Signs a sum that does not hold and was published like this."},
	}
	return append(own, DefaultKeys...)
}

// DiscrepancyKeys are the keys of a known discrepancy.
var DiscrepancyKeys = schema.Keys{
	{Name: "by", Kind: schema.Text, Pattern: numberPattern, Required: true, Form: "36",
		Doc: "The sum of the parts minus the value, with its sign."},
	{Name: "note", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}",
		Doc: "What readers are told; {sum} and {gap} stand for the two numbers."},
}

// CheckKeys are the keys of a check that is more than a statement.
var CheckKeys = schema.Keys{
	{Name: "is", Kind: schema.Text, Required: true, Form: "survey.people < visits.total",
		Doc: "The statement: =, <, <=, >, >= between formulas, or fits before a bound."},
	{Name: "because", Kind: schema.Texts, Form: "{en: …, de: …}",
		Doc: "Why it holds, printed at the figures; a comparison across two units needs it."},
	{Name: "tolerance", Kind: schema.Text, Pattern: numberPattern, Form: "0.5",
		Doc: "By how much the two sides of = may differ."},
}

// TableKeys are the keys of a file that describes a CSV table.
func TableKeys() schema.Keys {
	keys := schema.Keys{
		{Name: "demo", Kind: schema.Bool,
			Doc: "The figures of this table are invented; a site that is not a demo refuses them."},
		{Name: "table", Kind: schema.Text, Pattern: idPattern, Required: true, Form: "loans",
			Doc: "The id of the table; each cell is a figure with this id, the keys of its row and its column."},
		{Name: "label", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}", Doc: "The name of the table."},
		{Name: "formerly", Kind: schema.List, Of: oneText, Form: "lending",
			Doc: "Ids that the table once had; the ids that its cells had with them keep leading to the cells."},
		{Name: "defaults", Kind: schema.Mapping, Keys: DefaultKeys,
			Doc: "What holds for every cell that does not say otherwise."},
		{Name: "numbers", Kind: schema.Text, Values: numberForms, Form: "de",
			Doc: "How the CSV file writes decimals: en with a point, de with a comma."},
		{Name: "file", Kind: schema.Text, Form: "indicator_3-6-1.csv",
			Doc: "The file that the table is read from, beside this one: .csv, .tsv, .txt or .xlsx; the one of the " +
				"same name unless said otherwise."},
		{Name: "encoding", Kind: schema.Text, Values: sheet.Encodings(), Form: "windows-1252",
			Doc: "How the letters of the file are saved, where it is an old office's and not in Unicode."},
		{Name: "sheet", Kind: schema.Text, Form: "Table 1",
			Doc: "The sheet of the workbook; the only one that is not hidden unless said otherwise."},
		{Name: "range", Kind: schema.Text, Form: "A3:F40",
			Doc: "The cells of the sheet that are read: from its first cell to its last, or A3:F to the last row; " +
				"all unless said otherwise."},
		{Name: "head", Kind: schema.Whole, Values: []string{"1", "2", "3", "4"}, Form: "2",
			Doc: "In how many rows the names of the columns stand, where those of groups stand above them: a column " +
				"male below 2021 is called \"2021 / male\"."},
		{Name: "split", Kind: schema.Map, Keys: splitKeys, Form: `{"freq,geo": {by: ",", into: [freq, geo]}}`,
			Doc: "Columns whose cells hold several words: the sign between them, and what each is called; each is " +
				"then a column like any other."},
		{Name: "where", Kind: schema.Map, Of: oneList, Form: `{Region: "", Sex: [Female, Male]}`,
			Doc: "Which rows of the file are read: by the name of a column, a text, a list of texts, or \"\" " +
				"for an empty cell; * stands for any letters."},
		{Name: "except", Kind: schema.Map, Of: oneList, Form: "{Country: Great Britain}",
			Doc: "Which of those rows are left out."},
		{Name: "rows", Kind: schema.Any, Either: []schema.Key{*oneList, {Kind: schema.Map, Keys: dimensionKeys}},
			Form: "[place, medium]",
			Doc: "The columns of the file that name a row: one, a list, or each with its id:, what an empty " +
				"cell stands for, and whether the order of its keys means something; may be missing where time: " +
				"alone tells the rows apart."},
		{Name: "time", Kind: schema.Any, Either: []schema.Key{*oneList, {Kind: schema.Mapping, Keys: timeKeys}},
			Form: "Year",
			Doc: "The column of the file that says when, or the columns, the largest first: [year, month, day]; of " +
				"school years and the like with form: and starts:."},
		{Name: "ids", Kind: schema.Map, Of: &schema.Key{Kind: schema.Map, Of: oneText},
			Form: "{country: {Great Britain: gb}}",
			Doc:  "Ids for texts of the file, where their own letters would not do."},
		{Name: "labels_in", Kind: schema.Text, Form: "de",
			Doc: "The language of the file's own texts, which name its rows; that of the site unless said otherwise."},
		{Name: "same_in_all", Kind: schema.List, Of: oneText, Form: "[country]",
			Doc: "The rows whose names are the same in all languages."},
		{Name: "missing", Kind: schema.Map, Of: oneText, Form: "{NA: not available}",
			Doc: "What words in place of numbers mean: not available, confidential, not applicable or not yet."},
		{Name: "marks", Kind: schema.Map, Of: oneText, Form: "{p: provisional}",
			Doc: "What signs behind numbers mean, \"()\" around them too: final, provisional, estimated or revised, " +
				"or the name of a footnote."},
		{Name: "breaks", Kind: schema.List, Of: oneText, Form: "[broken]",
			Doc: "Footnotes named under marks: which say that counting changed: lines are broken before the values " +
				"that have them."},
		{Name: "status_from", Kind: schema.Mapping, Keys: statusKeys, Form: "{column: Status, words: {…: final}}",
			Doc: "The column of the file that says how settled a row is."},
		{Name: "headings", Kind: schema.Map, Of: oneTexts, Form: "{place: {en: Place, de: Ort}}",
			Doc: "The words above those columns."},
		{Name: "total", Kind: schema.Map, Of: oneText, Form: "{medium: total}",
			Doc: "Which key marks a row as the sum of the others; the sum is checked."},
		{Name: "parts_are", Kind: schema.Map, Of: oneText, Form: "{answer: overlapping}",
			Doc: "What the rows are to their total: complete (they add up to it, the rule unless said otherwise), a " +
				"selection (no more than it), or overlapping (each no more than it), for each column of rows."},
		{Name: "base", Kind: schema.Text, Form: "answers",
			Doc: "What shares are shares of: answers (the sum of the values that are shown together), or the id of " +
				"a figure."},
		{Name: "rounded", Kind: schema.Bool,
			Doc: "The cells are rounded: a sum may miss its total by half a last digit for each; readers are told."},
		{Name: "columns", Kind: schema.Map, Required: true, Keys: ColumnKeys,
			Doc: "The columns of figures, by their names in the CSV file."},
		{Name: "labels", Kind: schema.Map, Of: &schema.Key{Kind: schema.Map, Of: oneTexts},
			Form: "{place: {central: {en: …, de: …}}}",
			Doc:  "The names of the keys of the rows: for each column of rows, for each key, a text in each language."},
		{Name: "noun", Kind: schema.Map, Of: &schema.Key{Kind: schema.Map, Of: oneTexts},
			Form: "{place: {central: {en: at the Central Library, de: …}}}",
			Doc: "The keys of the rows as a sentence goes on with them, behind what its column counts; written like " +
				"labels."},
		{Name: "short", Kind: schema.Map, Of: &schema.Key{Kind: schema.Map, Of: oneTexts},
			Form: "{place: {central: {en: Central, de: …}}}",
			Doc:  "The keys of the rows in a chart whose title says the rest; written like labels."},
		{Name: "notes", Kind: schema.Map, Of: oneTexts,
			Doc: "Notes at single cells, by the id of the cell without that of the table."},
		{Name: "checks", Kind: schema.List, Of: oneText, Keys: CheckKeys,
			Doc: "Statements about figures that must be true."},
	}
	return append(keys, DefaultKeys...)
}

// ColumnKeys are the keys of a column of figures.
var ColumnKeys = append(schema.Keys{
	{Name: "id", Kind: schema.Text, Pattern: partPattern, Form: "rate",
		Doc: "The name of the column in ids; made of its own name unless said otherwise."},
	{Name: "label", Kind: schema.Texts, Form: "{en: …, de: …}",
		Doc: "The name of the column; in the language of the file its own name unless said otherwise."},
	{Name: "noun", Kind: schema.Texts, Form: "{en: loans, de: …}",
		Doc: "What stands behind a number of the column where it is said alone, in place of its unit."},
	{Name: "short", Kind: schema.Texts, Form: "{en: …, de: …}",
		Doc: "The name of the column in a chart whose title says the rest."},
	{Name: "formerly", Kind: schema.List, Of: oneText, Form: "ratio",
		Doc: "Ids that the column once had; those of its cells keep leading to them."},
	{Name: "time", Kind: schema.Text, Form: "2021-09-26",
		Doc: "When the figures of the column were counted, where no column says it."},
	{Name: "at", Kind: schema.Map, Of: oneText, Form: "{age: 5-11, dose: first}",
		Doc: "What the column says of rows that have no column of their own; * in it stands for what it stands " +
			"for in the column's name, *1 and *2 where the name holds several."},
	{Name: "decimals", Kind: schema.Whole, Values: decimals, Form: "1",
		Doc: "With how many decimals the figures are shown."},
	{Name: "footnote", Kind: schema.Text, Doc: "The name of a footnote that follows each figure of the column."},
}, DefaultKeys...)

// SeriesKeys are the keys of a file that describes a series in a CSV file with
// the columns as_of and value.
func SeriesKeys() schema.Keys {
	keys := schema.Keys{
		{Name: "demo", Kind: schema.Bool,
			Doc: "The figures of this series are invented; a site that is not a demo refuses them."},
		{Name: "series", Kind: schema.Text, Pattern: idPattern, Required: true, Form: "members.joined",
			Doc: "The id of the series, which is that of its last date; each date is a figure as well."},
		{Name: "label", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}", Doc: "The name of the series."},
		{Name: "noun", Kind: schema.Texts, Form: "{en: …, de: …}",
			Doc: "What stands behind the number where it is said alone, in place of unit and label: \"members who " +
				"joined\"."},
		{Name: "short", Kind: schema.Texts, Form: "{en: …, de: …}",
			Doc: "The label in a chart whose title says the rest."},
		{Name: "defaults", Kind: schema.Mapping, Keys: DefaultKeys,
			Doc: "What holds for every date that does not say otherwise."},
		{Name: "numbers", Kind: schema.Text, Values: numberForms, Form: "de",
			Doc: "How the CSV file writes decimals: en with a point, de with a comma."},
		{Name: "decimals", Kind: schema.Whole, Values: decimals, Form: "1",
			Doc: "With how many decimals the figures are shown."},
		{Name: "cumulative", Kind: schema.Bool,
			Doc: "Each date counts everything since the same day; it never falls between two exact values of " +
				"one source."},
		{Name: "since", Kind: schema.Text, Pattern: dayPattern, Form: "2021-01-01",
			Doc: "The first day that a cumulative series counts."},
		{Name: "breaks", Kind: schema.List, Keys: BreakKeys, Doc: "From which date on it is counted in another way."},
		{Name: "note", Kind: schema.Texts, Form: "{en: …, de: …}", Doc: "A note for readers at every date."},
		{Name: "notes", Kind: schema.Map, Of: oneTexts, Doc: "Notes at single dates, by the date."},
		{Name: "footnote", Kind: schema.Text, Doc: "The name of a footnote that follows every date."},
		{Name: "formerly", Kind: schema.List, Of: oneText, Form: "members.new", Doc: "Ids that the series once had."},
		{Name: "checks", Kind: schema.List, Of: oneText, Keys: CheckKeys,
			Doc: "Statements about figures that must be true."},
	}
	return append(keys, DefaultKeys...)
}

// BreakKeys are the keys of a break in a series.
var BreakKeys = schema.Keys{
	{Name: "from", Kind: schema.Text, Pattern: dayPattern, Required: true, Form: "2023-12-31",
		Doc: "The first date counted in the new way."},
	{Name: "source", Kind: schema.Text, Doc: "The source from then on, where it changed."},
	{Name: "note", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}", Doc: "What changed, for readers."},
}

// UnitKeys are the keys of a unit. The words in a language are those that it has
// beside numbers: one and other in English, few and many too in Ukrainian.
func UnitKeys(langs []string, languages *locale.Set) schema.Keys {
	keys := schema.Keys{
		{Name: "decimals", Kind: schema.Whole, Values: decimals, Required: true, Form: "0",
			Doc: "How many decimals a value may have; 0 for whole numbers."},
		{Name: "grouping", Kind: schema.Bool, Form: "false",
			Doc: "false where values are written in plain digits, such as the year 2005; the unit named year " +
				"does so by itself."},
		{Name: "change", Kind: schema.Bool, Form: "true",
			Doc: "Whether values of the unit say by how much something rose or, below zero, fell."},
		{Name: "explained", Kind: schema.Text, Form: "glossary.md#visits",
			Doc: "Where readers find what the unit means, for figures that say nothing themselves: a page of the " +
				"site and a place on it."},
	}
	for _, lang := range langs {
		words := unitWords(lang, languages)
		keys = append(keys, langKeys([]string{lang}, schema.Mapping, words)...)
	}
	return keys
}

func unitWords(lang string, languages *locale.Set) schema.Keys {
	var words schema.Keys
	if l, ok := languages.Lookup(lang); ok {
		for _, plural := range l.Plurals() {
			words = append(words, wordBeside(plural))
		}
	}
	return append(words, schema.Key{
		Name: "also", Kind: schema.List, Of: oneText, Form: "[Besuchen]",
		Doc: "Further forms of the word, by which bare numbers in prose are recognised.",
	})
}

func wordBeside(plural locale.Plural) schema.Key {
	key := schema.Key{Name: string(plural), Kind: schema.Text, Required: true, Form: "…",
		Doc: "The word beside numbers of this plural form."}
	switch plural {
	case locale.One:
		key.Form, key.Doc = "visit", "The word beside 1."
	case locale.Other:
		key.Form, key.Doc = "visits", "The word beside other numbers."
	}
	return key
}

// PeriodKeys are the keys of a period.
func PeriodKeys(langs []string) schema.Keys {
	return append(schema.Keys{
		{Name: "from", Kind: schema.Text, Pattern: dayPattern, Required: true, Form: "2024-01-01",
			Doc: "The first day."},
		{Name: "to", Kind: schema.Text, Pattern: dayPattern, Required: true, Form: "2024-12-31", Doc: "The last day."},
	}, langKeys(langs, schema.Text, nil)...)
}

// SourceKeys are the keys of a source.
var SourceKeys = schema.Keys{
	{Name: "label", Kind: schema.Texts, Required: true, Form: "{en: …, de: …}", Doc: "The name of the source."},
	{Name: "short", Kind: schema.Texts, Form: "{en: Survey of 2024, de: …}",
		Doc: "Its name in the lines below charts and tables and in the list of all figures."},
	{Name: "as_of", Kind: schema.Text, Pattern: asOfPattern, Required: true, Form: "2024-12-31",
		Doc: "The reference date: a day, a year, or not stated."},
	{Name: "window", Kind: schema.Mapping, Doc: "The days that a survey covered.", Keys: schema.Keys{
		{Name: "from", Kind: schema.Text, Pattern: dayPattern, Required: true, Form: "2024-01-01",
			Doc: "The first day."},
		{Name: "to", Kind: schema.Text, Pattern: dayPattern, Required: true, Form: "2024-12-31", Doc: "The last day."},
	}},
	{Name: "note", Kind: schema.Texts, Form: "{en: …, de: …}",
		Doc: "A note for readers at every figure from this source."},
}

// Reasons are what may stand in place of a value that there is not.
func Reasons() []string { return slices.Clone(reasons) }

// Fields are the facts that a page can cite after "?", besides share and decimals.
func Fields() []Field {
	return []Field{PeriodField, LabelField, UnitField, SourceField, AsOfField,
		DiscrepancyField, AddsUpField, PartsField, MissingField}
}

// langKeys makes one key for each language of the site.
func langKeys(langs []string, kind schema.Kind, keys schema.Keys) schema.Keys {
	all := make(schema.Keys, len(langs))
	for i, lang := range langs {
		all[i] = schema.Key{Name: lang, Kind: kind, Keys: keys, Doc: "In the language " + lang + "."}
	}
	return all
}
