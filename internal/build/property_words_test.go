package build

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"
)

// piece is what somebody writes, and what a person reads there.
type piece struct {
	written, read string // as %d for a number below ten; read is "" where it is what is written
	lang          string // "" for any
	wrong         bool   // it must not be published without a word
	mark          bool   // it is Markdown, which a description or a label does not have
	always        bool   // also where it begins no line
}

// taken is how many of them, the first ones, Markdown would take for its own: every second
// piece is one of these.
const taken = 40

var pieces = []piece{
	// Dates, signs, "more than": what Markdown takes for its own.
	{written: "1. März 2022", lang: "de"}, {written: "31. Mai", lang: "de"}, {written: "3. Quartal", lang: "de"},
	{written: "1. Dez. 2021", lang: "de"}, {written: "2. Platz von allen", lang: "de"},
	{written: "1) März", lang: "de"},
	{written: "1. first"}, {written: "3. quarter", lang: "en"}, {written: "2024. Then it began", lang: "en"},
	{written: "- %d Kurse"}, {written: "+ %d Kurse"}, {written: "-%d Kurse"}, {written: "− %d Kurse"},
	{written: "– %d Kurse"}, {written: "+%d"}, {written: "- %d bis + %d"},
	{written: "- [%d,5 %%](fig:none)", read: "- %d,5 %%", lang: "de", mark: true},
	{written: "+ [%d.5%%](fig:none)", read: "+ %d.5%%", lang: "en", mark: true},
	{written: "> [%d](fig:none) Kurse", read: "> %d Kurse", mark: true},
	{written: "> %d Kurse"}, {written: ">%d Kurse"}, {written: ">= %d Kurse"}, {written: "< %d Kurse"},
	{written: "<%d Kurse"}, {written: "≥ %d"},
	{written: "~%d Kurse in ~%d Orten"}, {written: "%d~%d"}, {written: "%d–%d"}, {written: "CO~2~"}, {written: "m^2^"},
	{written: "H~2~O"},
	{written: "Berater*innen und Lehrer*innen"}, {written: "jede*r"}, {written: "Berater_innen"},
	{written: "Berater:innen"}, {written: "2**3 und 2**4"},
	{written: "%d*%d"}, {written: "%d * %d"}, {written: "Wert*"}, {written: "Wert**"}, {written: "#%d"},
	{written: "# %d"}, {written: "#Lesen"}, {written: "§ %d Abs. %d"},
	{written: "a) eins"}, {written: "(a) eins"}, {written: "[sic]"}, {written: "[…] und"}, {written: "und [weiter] so"},
	{written: "(a] b)"}, {written: "%d | %d"}, {written: "|%d|"}, {written: "_"},
	{written: "\\- %d", read: "- %d", mark: true},
	{written: "\\+ %d", read: "+ %d", mark: true}, {written: "%d\\. eins", read: "%d. eins", mark: true},
	{written: "\\> %d", read: "> %d", mark: true},
	{written: "Lehrer\\*innen", read: "Lehrer*innen", mark: true}, {written: "---", read: "—"}, {written: "==="},
	{written: "...und"}, {written: "a -- b", read: "a – b"}, {written: "%d' und %d\""}, {written: "'s Haus"},
	{written: "= %d"}, {written: ": %d"}, {written: "€ %d"}, {written: "%d €"}, {written: "%d $ und %d $"},
	{written: "x^2"}, {written: "$x$"}, {written: "@haus"}, {written: "a\\b"}, {written: "C:\\Haus"}, {written: "!"},
	{written: "![]"},
	{written: "[x]"}, {written: "[ ] offen"}, {written: "[x] fertig"}, {written: "<-"}, {written: "->"},
	{written: "=> %d"}, {written: "<= %d"},
	// Characters and HTML.
	{written: "R&amp;D", read: "R&D", mark: true}, {written: "R&D"},
	{written: "%d&nbsp;Kurse", read: "%d Kurse", mark: true}, {written: "&lt;%d", read: "<%d", mark: true},
	{written: "&%d;"}, {written: "&copy", mark: true}, {written: "&#43; %d", read: "+ %d", mark: true},
	{written: "Haus\u00adtür"}, {written: "Haus\u200btür"}, {written: "%d\u00a0Kurse"}, {written: "%d\u202fKurse"},
	{written: "u\u0308ber", read: "über"}, {written: "\u2028Haus"}, {written: "\u202egnu", wrong: true},
	{written: "<b>%d</b>", wrong: true, mark: true}, {written: "<script>x</script>", wrong: true, mark: true},
	{written: "a<br>b", read: "a b", mark: true}, {written: "<!-- %d -->", read: " ", mark: true},
	{written: "<!-- %d", wrong: true, mark: true}, {written: "</div>", wrong: true, mark: true},
	{written: "<Haus>", mark: true}, {written: "<haus@example.org>", read: "haus@example.org", mark: true},
	// Markup that is right, and markup that fails.
	{written: "**Haus**", read: "Haus", mark: true}, {written: "*Haus*", read: "Haus", mark: true},
	{written: "__Haus__", read: "Haus", mark: true}, {written: "`- %d`", read: "- %d", mark: true},
	{written: "**Haus", mark: true}, {written: "`Haus", mark: true},
	{written: "~~%d~~", read: "�%d�", mark: true}, {written: "[Haus](visits.md)", read: "Haus", mark: true},
	{written: "[Haus](visits.md#by-place)", read: "Haus", mark: true},
	{written: "[Haus](fehlt.md)", wrong: true, mark: true}, {written: "[Haus](visits.md", wrong: true, mark: true},
	{written: "[Haus] (visits.md)", wrong: true, mark: true}, {written: "[Haus(visits.md)", wrong: true, mark: true},
	{written: "[Haus](mein haus.md)", wrong: true, mark: true}, {written: "[Haus][visits]", wrong: true, mark: true},
	{written: "[Haus]()", wrong: true, mark: true}, {written: "![Haus](fehlt.png)", wrong: true, mark: true},
	{written: "![Haus](fehlt.png", wrong: true, mark: true},
	{written: "[Haus](https://example.org/a_(b))", read: "Haus", mark: true},
	{written: "[Haus](www.example.org)", wrong: true, mark: true},
	{written: "Haus[^fehlt]", wrong: true, mark: true}, {written: "Haus [^ doors]", wrong: true, mark: true},
	{written: "{#haus", wrong: false, mark: true}, {written: "{.haus}", mark: true}, {written: "{{ haus }}"},
	{written: "{sum}"}, {written: "https://example.org/"}, {written: "www.example.org"},
	// Numbers that are figures, rightly and wrongly.
	{written: "[318,462](fig:visits.total)", read: "318,462", lang: "en", mark: true},
	{written: "[318.462](fig:visits.total)", read: "318.462", lang: "de", mark: true},
	{written: "[more than 318,000](fig:visits.total)", read: "more than 318,000", lang: "en", mark: true},
	{written: "[mehr als 318.000](fig:visits.total)", read: "mehr als 318.000", lang: "de", mark: true},
	{written: "[54%](fig:visits.total.central?share)", read: "54%", lang: "en", mark: true},
	{written: "[54 %](fig:visits.total.central?share)", read: "54 %", lang: "de", mark: true},
	{written: "[](fig:visits.total)", read: "318,462", lang: "en", mark: true},
	{written: "[](fig:visits.total)", read: "318.462", lang: "de", mark: true},
	{written: "[318,426](fig:visits.total)", wrong: true, lang: "en", mark: true},
	{written: "[318.426](fig:visits.total)", wrong: true, lang: "de", mark: true},
	{written: "[318,462](fig:visits.total)", wrong: true, lang: "de", mark: true},
	{written: "[55%](fig:visits.total.central?share)", wrong: true, mark: true},
	{written: "[-318,462](fig:visits.total)", wrong: true, lang: "en", mark: true},
	{written: "[318.462] (fig:visits.total)", wrong: true, mark: true},
	{written: "[[318.462](fig:visits.total)]", read: "[318.462]", lang: "de", mark: true},
	{written: "[318,\u200b462](fig:visits.total)", read: "318,462", lang: "en", mark: true},
	{written: "[318,\u00ad462](fig:visits.total)", read: "318,462", lang: "en", mark: true},
	{written: "[fewer than 318,000](fig:visits.total)", wrong: true, lang: "en", mark: true},
	{written: "[fell by 318,462](fig:visits.total)", wrong: true, lang: "en", mark: true},
	{written: "[318,462 fewer](fig:visits.total)", wrong: true, lang: "en", mark: true},
	{written: "[minus 318.462](fig:visits.total)", wrong: true, lang: "de", mark: true},
	{written: "[318.462](fig:visits.totl)", wrong: true, mark: true},
	// Numbers that nobody looked at.
	{written: "31.7%", wrong: true, lang: "en"}, {written: "31,7 %", wrong: true, lang: "de"},
	{written: "31,7\u00a0%", wrong: true, lang: "de"}, {written: "31 Prozent", wrong: true, lang: "de"},
	{written: "31 per cent", wrong: true, lang: "en"}, {written: "31 percentage points", wrong: true, lang: "en"},
	{written: "1,998 things", wrong: true, lang: "en"}, {written: "1.998 Dinge", wrong: true, lang: "de"},
	{written: "1998 visits", wrong: true, lang: "en"}, {written: "1998 Besuche", wrong: true, lang: "de"},
	{written: "318,462", wrong: true, lang: "en"}, {written: "318 462", wrong: true},
	{written: "318&nbsp;462", wrong: true, mark: true}, {written: "318\u00ad462", wrong: true},
	{written: "12 visits", wrong: true, lang: "en"}, {written: "12 Besuche", wrong: true, lang: "de"},
	{written: "7.4 million", wrong: true, lang: "en"}, {written: "7,4 Mio.", wrong: true, lang: "de"},
	// What was never meant for readers.
	{written: "TODO", wrong: true}, {written: "Fehler! Verweisquelle konnte nicht gefunden werden.", wrong: true},
	{written: "Lorem ipsum", wrong: true}, {written: "• %d"}, {written: "o\tHaus"},
	// French.
	{written: "1er mars 2022", lang: "fr"}, {written: "31 mai", lang: "fr"}, {written: "2e trimestre", lang: "fr"},
	{written: "n° %d", lang: "fr"}, {written: "« Haus »", lang: "fr"}, {written: "l'an 2022", lang: "fr"},
	{written: "Combien ?", lang: "fr"}, {written: "en 2022 : %d", lang: "fr"}, {written: "étudiant·e·s", lang: "fr"},
	{written: "[318 462](fig:visits.total)", read: "318 462", lang: "fr", mark: true},
	{written: "[318\u202f462](fig:visits.total)", read: "318 462", lang: "fr", mark: true},
	{written: "[54 %](fig:visits.total.central?share)", read: "54 %", lang: "fr", mark: true},
	{written: "[plus de 318 000](fig:visits.total)", read: "plus de 318 000", lang: "fr", mark: true},
	{written: "[318 426](fig:visits.total)", wrong: true, lang: "fr", mark: true},
	{written: "[318,462](fig:visits.total)", wrong: true, lang: "fr", mark: true},
	{written: "[moins de 318 000](fig:visits.total)", wrong: true, lang: "fr", mark: true},
	{written: "31,7 %", wrong: true, lang: "fr"}, {written: "1 998 choses", wrong: true, lang: "fr"},
	{written: "318 462", wrong: true, lang: "fr"}, {written: "7,4 millions", wrong: true, lang: "fr"},
	// Plain words.
	{written: "Haus"}, {written: "Straße und Öl"}, {written: "im Jahr 2022"}, {written: "%d von %d"},
	{written: "\"Haus\""}, {written: "'Haus'"}, {written: "Haus.", always: true},
	{written: "12. bis 14. Mai", lang: "de"}, {written: "S. 12 f."}, {written: "10:30"}, {written: "Haus & Hof"},
}

// place is where words can stand.
type place struct {
	name, format string // the words as %s, between words that are there once
	indent       string // of further lines
	reads        string // what readers get between them; "" for the words alone
	only         string // the file that has such a place: "visits"
	instead      string // a pattern of what it stands in place of, "" where it is new
	plain, line  bool   // it has no Markdown; it is one line
	quoted       bool   // it is a text in YAML, in single quotation marks
	page         string // the file of the page, once it is chosen
	where        string // where readers find it; "" for the page
}

const before, after = "Quaaben", "Quzenden"

var places = []place{
	{name: "in a paragraph", format: "Quaaben %s Quzenden."},
	{name: "a paragraph", format: "Quaaben.\n\n%s\n\nQuzenden.", reads: ". %s"},
	{name: "lines of a paragraph", format: "Quaaben\n%s\nQuzenden."},
	{name: "end of a paragraph", format: "Quaaben\n%s\n\nQuzenden."},
	{name: "item", format: "- Quaaben\n- %s\n- Quzenden", indent: "  "},
	{name: "in an item", format: "- Quaaben\n  %s\n- Quzenden", indent: "  "},
	{name: "end of an item", format: "* Haus\n* Quaaben %s\n* Quzenden", indent: "  "},
	{name: "counted item", format: "1. Quaaben\n2. %s\n3. Quzenden", indent: "   ", reads: "2. %s 3."},
	{name: "nested item", format: "- Haus\n  - Quaaben\n  - %s\n  - Quzenden", indent: "    "},
	{name: "paragraph of an item", format: "- Quaaben\n\n  %s\n\n- Quzenden", indent: "  "},
	{name: "quotation", format: "> Quaaben\n> %s\n> Quzenden", indent: "> "},
	{name: "paragraph of a quotation", format: "> Quaaben.\n>\n> %s\n>\n> Quzenden.", indent: "> ", reads: ". %s"},
	{name: "remark", format: "> [!NOTE]\n> Quaaben\n> %s\n> Quzenden", indent: "> "},
	{name: "cell", format: "| Haus | Hof | Tor |\n|---|---|---|\n| Quaaben | %s | Quzenden |", line: true},
	{name: "head", format: "| Quaaben | %s | Quzenden |\n|---|---|---|\n| a | b | c |", line: true},
	{name: "last cell", format: "| Haus | Hof |\n|---|--:|\n| Quaaben | %s |\n| Quzenden | |", line: true},
	{name: "cell without pipes", format: "Haus | Hof | Tor\n---|---|---\nQuaaben | %s | Quzenden", line: true},
	{name: "cell of a row too long", format: "| Haus | Hof |\n|---|---|\n| Quaaben | %s | Quzenden |", line: true},
	{name: "cell of a row too short",
		format: "| Haus | Hof | Tor |\n|---|---|---|\n| Quaaben | %s |\n| Quzenden | a | b |", line: true},
	{name: "table without a rule", format: "| Quaaben | %s | Quzenden |\n| a | b | c |", line: true, reads: "| %s |"},
	{name: "table below words", format: "Haus\n| Hof | Tor | Tür |\n|---|---|---|\n| Quaaben | %s | Quzenden |",
		line: true},
	{name: "heading", format: "Quaaben.\n\n### %s\n\nQuzenden.", line: true, reads: ". %s", only: "leichte-sprache"},
	{name: "in a heading", format: "### Quaaben %s Quzenden", line: true, only: "leichte-sprache"},
	{name: "bold", format: "Quaaben **%s** Quzenden", line: true},
	{name: "indented", format: "Quaaben.\n\n    %s\n\nQuzenden.", indent: "    ", plain: true, reads: ". %s"},
	{name: "title of a block", only: "visits", instead: `(?m)^title: W[^\n]*$`, format: "title: Quaaben %s Quzenden",
		line: true}, {name: "start of a title", only: "visits", instead: `(?m)^title: W([^\n]*)$`,
		format: "title: %s Quzenden", line: true, where: "title"},
	{name: "summary", only: "visits", instead: `(?m)^(Visits to the website|Besuche der Website).*$`,
		format: "Quaaben\n%s\nQuzenden."}, {name: "start of a summary", only: "visits",
		instead: `(?m)^(Visits to the website|Besuche der Website).*$`, format: "%s\n\nQuzenden.", where: "summary"},
	{name: "footnote", only: "visits", instead: `(?m)^\[\^doors\]: .*$`, format: "[^doors]: Quaaben %s\n    Quzenden.",
		indent: "    "}, {name: "start of a footnote", only: "visits", instead: `(?m)^\[\^doors\]: .*$`,
		format: "[^doors]: %s\n    Quzenden.", indent: "    ", where: "footnote"},
	{name: "note", only: "note", instead: `(?m)^      L: .*(?:include its café|enthalten das Café).*$`,
		format: "      L: |\n        Quaaben\n        %s\n        Quzenden.", indent: "        "},
	{name: "start of a note", only: "note", instead: `(?m)^      L: .*(?:include its café|enthalten das Café).*$`,
		format: "      L: |\n        %s\n\n        Quzenden.", indent: "        ", where: "note"},
	{name: "quoted note", only: "note", instead: `(?m)^      L: .*(?:include its café|enthalten das Café).*$`,
		format: "      L: 'Quaaben %s Quzenden'", line: true, quoted: true},
	{name: "description", instead: `(?m)^description: .*$`, format: "description: 'Quaaben %s Quzenden'", line: true,
		plain: true, quoted: true, where: "description"}, {name: "title of a page", instead: `(?m)^title: .*$`,
		format: "title: 'Quaaben %s Quzenden'", line: true, plain: true, quoted: true, where: "h1"},
	{name: "label", only: "label", instead: `(?m)^    label: \{en: Visits, de: Besuche\}$`,
		format: "    label: {en: 'Quaaben %s Quzenden', de: 'Quaaben %s Quzenden'}", line: true, plain: true,
		quoted: true, where: "label"}, {name: "label of a table", only: "column",
		instead: `(?m)^label: \{en: Loans and renewals, de: .*$`, line: true, plain: true, quoted: true,
		format: "label: {en: 'Quaaben %s Quzenden', de: 'Quaaben %s Quzenden'}"},
	{name: "text of an image", format: "![Quaaben %s Quzenden](probe.png)", line: true},
}

// randomWords changes one place of a page or a note.
func randomWords(r *rand.Rand, sound fstest.MapFS) change {
	p := places[r.IntN(len(places))]
	langs := []string{"en", "de", "fr"}
	lang := langs[r.IntN(2)]
	page := []string{"index", "visits"}[r.IntN(2)]
	if p.only == "" && r.IntN(4) == 0 {
		lang, page = "fr", "index"
	}
	switch p.only {
	case "leichte-sprache":
		lang, page = "de", p.only
	case "visits":
		page = p.only
	}
	if strings.Contains(p.instead, " L: ") {
		page = "visits"
	}
	p.only, p.page = "content/"+lang+"/"+page+".md", pageOf(lang, page)
	switch p.name {
	case "label":
		p.only = "content/figures/visits.yaml"
	case "label of a table":
		p.only, p.page = "content/figures/loans.yaml", pageOf(lang, "index")
	}
	if strings.Contains(p.instead, " L: ") {
		p.only, p.instead = "content/figures/visits.yaml", strings.Replace(p.instead, "L", lang, 1)
		p.format = strings.Replace(p.format, "L", lang, 1)
	}
	var chosen []piece
	for range 1 + r.IntN(3) {
		one := pieces[r.IntN(len(pieces))]
		if r.IntN(2) == 0 {
			one = pieces[r.IntN(taken)]
		}
		if one.lang != "" && one.lang != lang || p.name == "bold" && strings.ContainsAny(one.written, "*\\\u2028") ||
			p.name == "cell of a row too short" && strings.Contains(one.written, "|") ||
			strings.HasPrefix(p.name, "label") && strings.Contains(one.written, "{") || // charts tell it
			strings.HasPrefix(one.written, "Wert*") && slices.ContainsFunc(chosen, opensBold) {
			continue
		}
		if strings.Contains(one.written, "fig:visits.total") && page != "visits" && lang != "fr" {
			continue // languages must cite the same figures
		}
		one = one.counted(r)
		switch {
		case p.name == "label", p.name == "label of a table": // whose numbers nobody looks at
			one.wrong = one.wrong && (one.mark || !strings.ContainsAny(one.written, "0123456789")) ||
				one.mark && one.read != one.written
		case p.name == "indented": // it is code, in which nothing is marked
			one.read, one.wrong = one.written, one.wrong && !one.mark
		case p.plain && one.mark && one.read != one.written && !strings.Contains(one.written, "fig:"):
			one.wrong = true
		}
		chosen = append(chosen, one)
	}
	if len(chosen) == 0 {
		chosen = []piece{{written: "Haus", read: "Haus"}}
	}
	if !p.line && r.IntN(2) == 0 {
		p.indent = "\n" + p.indent
	} else {
		p.indent = " "
	}
	return p.change(sound, chosen, r.IntN(1000), []string{"", "", "crlf", "bom", "open"}[r.IntN(5)])
}

// opensBold knows the first half of an emphasis, of which "Wert**" is the other.
func opensBold(p piece) bool { return p.written == "**Haus" }

// pageOf is where the page of a file is published.
func pageOf(lang, name string) string {
	file := name + "/index.html"
	if name == "index" {
		file = "index.html"
	}
	if lang != "en" {
		return lang + "/" + file
	}
	return file
}

// counted puts small numbers in.
func (p piece) counted(r *rand.Rand) piece {
	if p.read == "" {
		p.read = p.written
	}
	if strings.Contains(p.written, "%d") || strings.Contains(p.written, "%%") {
		n := strings.Count(p.written, "%d")
		numbers := []any{2 + r.IntN(8), 2 + r.IntN(8)}[:n]
		p.written, p.read = fmt.Sprintf(p.written, numbers...), fmt.Sprintf(p.read, numbers[:strings.Count(p.read,
			"%d")]...)
	}
	return p
}

// change writes pieces into a place of a file.
func (p place) change(sound fstest.MapFS, words []piece, at int, ending string) change {
	var written, read []string
	c := change{kind: "words", file: p.only, place: p, pieces: words, at: at, ending: ending}
	for _, one := range words {
		written, read = append(written, one.written), append(read, one.read)
		c.wrong = c.wrong || one.wrong
	}
	text := strings.Join(written, p.indent)
	if p.quoted {
		text = strings.ReplaceAll(text, "'", "''")
	}
	text = strings.ReplaceAll(p.format, "%s", text)
	whole := string(sound[p.only].Data)
	start, end := 0, 0
	if p.instead != "" {
		found := regexp.MustCompile(p.instead).FindAllStringIndex(whole, -1)
		start, end = found[at%len(found)][0], found[at%len(found)][1]
	} else {
		gaps := gapsOf(whole)
		start = gaps[at%len(gaps)]
		end, text = start, text+"\n\n"
	}
	c.first = 1 + strings.Count(whole[:start], "\n")
	c.last = c.first + strings.Count(strings.TrimSpace(text), "\n")
	c.text = strings.TrimSuffix(text, "\n\n")
	c.whole = ended(whole[:start]+text+whole[end:], ending)
	if strings.Contains(text, "(probe.png)") {
		c.also = map[string][]byte{strings.TrimSuffix(p.only, p.only[strings.LastIndexByte(p.only,
			'/')+1:]) + "probe.png": onePixel()}
	}
	want := strings.Join(read, " ")
	if p.reads != "" {
		want = strings.Replace(p.reads, "%s", want, 1)
	}
	c.holds = func(site *finished) string {
		return p.differs(site, sameSigns(want), sameSigns(strings.Join(read, " ")))
	}
	return c
}

// differs says what readers get in place of the words, if they get something else.
func (p place) differs(site *finished, want, words string) string {
	page := site.file(p.page)
	_, main, _ := strings.Cut(page, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	text := ">" + asRead("<main"+main)
	got, ok := between(text, before, after)
	switch p.where {
	case "label":
		got, ok = between(sameSigns(site.row("visits.total")["label_en"]), before, after)
	case "description":
		m := regexp.MustCompile(`<meta name="description" content="([^"]*)"`).FindStringSubmatch(page)
		got, ok = between(sameSigns(htmlText(m)), before, after)
	case "title", "summary", "footnote", "note":
		if strings.HasPrefix(p.name, "start") { // what stands before it is no part of the place
			got = want
			if !strings.Contains(text, words+" "+after) {
				at := max(0, strings.Index(text, after))
				got = "…" + text[max(0, at-len(words)-20):at]
			}
			ok = true
		}
	}
	if !ok {
		return fmt.Sprintf("the words are not on the page %s: want %q in\n%s", p.page, want, text)
	}
	if got != want {
		return fmt.Sprintf("readers get %q, but what is meant is %q", got, want)
	}
	return ""
}

// gapsOf gives where a new paragraph can stand: behind empty lines that are in no block,
// quotation or front matter.
func gapsOf(page string) []int {
	var gaps []int
	fences, at := 0, 0
	for i, line := range slices.Collect(strings.Lines(page)) {
		if strings.HasPrefix(line, "```") {
			fences++
		}
		at += len(line)
		if line == "\n" && fences%2 == 0 && i > 5 {
			gaps = append(gaps, at)
		}
	}
	return gaps
}

// ended gives a text the ends of lines that other programs write.
func ended(text, ending string) []byte {
	switch ending {
	case "crlf":
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case "bom":
		text = "\ufeff" + text
	case "open":
		text = strings.TrimRight(text, "\n")
	}
	return []byte(text)
}

func onePixel() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err)
	}
	return b.Bytes()
}
