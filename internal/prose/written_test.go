package prose

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// phrases are what offices write; Markdown has another idea of each.
var phrases = []string{
	"1. März 2022", "31. Mai 2022 und", "1. Dez. 2021", "1. Platz von allen", "2031. Danach kam", "3. Quartal",
	"- 5 Prozent", "+ 13 neue Kurse", "- 5,3 %", "-5 Prozent", "− 5 Prozent", "– 5 Prozent",
	"> 130 Personen", ">130 Personen", ">= 50 Personen", "< 5 Personen", "~130 Personen in ~20 Kursen",
	"Berater*innen und Lehrer*innen", "jede*r und ein*e", "Berater_innen und Lehrer_innen", "5*3 und 4*2",
	"2**3 und 2**4", "CO~2~ und m^2^", "5~10 bis 15~20", "5~~10 bis 15~~20", "Wert* und *vorläufig",
	"#5 und #Lesen", "1) März 2022", "a) eins", "§ 5 Abs. 2", "5 | 3", "[sic] und (a] b)",
}

// contexts are where a phrase can stand, as %s.
var contexts = []string{
	"%s", "Es waren\n%s", "%s\nund mehr", "Es waren\n%s\nund mehr", "Es waren:\n%s", "Es waren:\n\n%s\n\nUnd mehr.",
	"- eins\n- %s\n- drei", "- %s", "- eins\n  %s", "- eins\n%s", "1. eins\n2. %s", "1. eins\n%s", "* Haus\n\n  %s",
	"> Es waren\n> %s", "> %s", "> [!NOTE]\n> %s", "## %s", "### Seit\n%s",
	"| a | b |\n|---|---|\n| x | %s |", "Text[^a].\n\n[^a]: %s", "Text[^a].\n\n[^a]: Es waren\n    %s",
	"**Es waren** %s",
	"```chart\nid: sessions\ntype: bar\nfigures: sessions\ntitle: Beratungen\n\n%s\n```",
	"```chart\nid: sessions\ntype: bar\nfigures: sessions\ntitle: Beratungen\n\nEs waren\n%s\n```",
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

// What is written is what is published, or a message says that it is not.
func TestWhatIsWrittenIsPublished(t *testing.T) {
	c := &Context{Figures: figures(t), Lang: locale.Must("de")}
	silent := 0
	for _, context := range contexts {
		for _, phrase := range phrases {
			if isItem(context, phrase) {
				continue
			}
			page := fmt.Sprintf(context, phrase)
			out, problems := read(c, "page.md", page)
			silent += check(t, page, phrase, out, problems)
		}
	}
	for _, context := range contexts[:6] { // a note is sentences
		for _, phrase := range phrases {
			words := fmt.Sprintf(context, phrase)
			at := func(start, end int) diag.Place { return diag.At("note", []byte(words), start, end) }
			var list diag.List
			out := Passage(c, PassageText{words, at, nil}, &list, Setting{})
			silent += check(t, "note: "+words, phrase, string(out), list.Sorted())
		}
	}
	if most := len(phrases) * (len(contexts) + 6); silent < most*8/10 {
		t.Errorf("only %d of %d stay as they are: that is too many messages", silent, most)
	}
}

// isItem reports whether a phrase stands below an item of a list as a further one.
func isItem(context, phrase string) bool {
	return context == "- eins\n%s" && strings.HasPrefix(phrase, "- ") ||
		context == "1. eins\n%s" && phrase == "1. Platz von allen" // counted by Markdown: 1. 1. 1.
}

// check counts 1 where nothing had to be told.
func check(t *testing.T, page, phrase, out string, problems []diag.Diagnostic) int {
	t.Helper()
	for _, d := range problems {
		if d.Code == "sign-lost" || d.Code == "list-number" || d.Code == "table-cells" {
			return 0
		}
	}
	words := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(out, " "))), " ")
	if !strings.Contains(strings.ReplaceAll(words, "\u00a0", " "), phrase) {
		t.Errorf("%q: %q is lost without a word in %q", page, phrase, words)
	}
	return 1
}
