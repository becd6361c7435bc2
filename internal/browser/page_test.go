package browser

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPages looks at every page in every mode. Charts are seen by night on the pages where
// they stand, and of their own pages on the first of each kind.
func TestPages(t *testing.T) {
	byNight := map[string]bool{}
	for _, p := range firstOfCharts(readable(t, atRoot)) {
		byNight[p.path] = true
	}
	for _, p := range readable(t, atRoot) {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			v := visit{site: atRoot, page: p, anyWords: true, byNight: byNight[p.path]}
			for _, problem := range lookAt(t, v) {
				t.Error(problem)
			}
		})
	}
}

// The pages that hold all charts of docs/charts.md and those with hostile and long labels,
// in English and German, and those of every shape, in English and Arabic, are looked at in
// the same way. In German those with long words are enough.
func TestPagesOfEveryKind(t *testing.T) {
	sitesOfOurOwn(t)
	for _, s := range []site{guide, hostile, samples} {
		for _, p := range readable(t, s) {
			start := p.path == "" || p.path == "de/" || p.path == "de/long-title/"
			if p.ofChart() || !start && (s != samples || strings.HasPrefix(p.path, "de/")) {
				continue
			}
			t.Run(filepath.Base(s.dir)+p.String(), func(t *testing.T) {
				t.Parallel()
				for _, problem := range lookAt(t, visit{site: s, page: p, byNight: true}) {
					t.Error(problem)
				}
			})
		}
	}
}

// lookAt gives all that is wrong with a page.
func lookAt(t *testing.T, v visit) []string {
	t.Helper()
	v.dir = t.TempDir()
	withTab(t, func(b *tab) {
		v.tab = b
		if err := v.all(); err != nil {
			t.Fatal(v.page, err)
		}
	})
	return v.report()
}

// visit is one page in one tab, and what was found there.
type visit struct {
	site  site
	page  sitePage
	tab   *tab
	dir   string // for the PDF
	found []finding

	byNight  bool // ask for its colours in the dark, too
	anyWords bool // its authors choose them, and so the longest of a heading
}

// finding is one problem and the modes that have it.
type finding struct {
	problem string
	modes   []string
}

// report names the page and the modes with every problem.
func (v *visit) report() []string {
	var lines []string
	for _, f := range v.found {
		lines = append(lines, fmt.Sprintf("%s: %s (at %s)", v.page, f.problem, strings.Join(f.modes, "; ")))
	}
	return lines
}

// modes are the ways to look at a page besides the first, wide and light. By night only
// colours are others: axe-core has rules for them.
var modes = []struct {
	mode
	faults       string
	charts, held bool // held: as most people hold it, with a thumb
}{
	{mode: wideDark, faults: "look.faults(true)", charts: true},
	{mode: wideForced, charts: true},
	{mode: narrowLight, faults: "look.faults()", charts: true, held: true},
	{mode: narrowDark, faults: "look.faults(true)", charts: true},
	{mode: tablet},
	{mode: largeText},
	{mode: largeNarrow},
	{mode: spacedWide, charts: true},
	{mode: spacedTight, charts: true},
}

// all looks at the page in an order that loads it twice, no more.
func (v *visit) all() error {
	withScript, err := v.first()
	if err != nil {
		return err
	}
	for _, m := range modes {
		if err := v.tab.wear(m.mode); err != nil {
			return err
		}
		if err := v.ask(m.mode, "look.overflow()"); err != nil {
			return err
		}
		if err := v.askIf(m.charts, m.mode, "look.charts()"); err != nil {
			return err
		}
		for _, question := range []string{"look.targets()", "look.astray()"} {
			if err := v.askIf(m.held, m.mode, question); err != nil {
				return err
			}
		}
		if err := v.askIf(m.held && !v.anyWords, m.mode, "look.torn()"); err != nil {
			return err
		}
		if err := v.askIf(m.faults != "" && (v.byNight || !m.dark), m.mode, m.faults); err != nil {
			return err
		}
	}
	return errors.Join(v.print(), v.unscripted(withScript))
}

// first looks at the page as most people see it, and gives its words.
func (v *visit) first() (words []string, err error) {
	if err := v.tab.open(v.site.url(v.page.address()), wideLight); err != nil {
		return nil, err
	}
	if err := errors.Join(v.quiet(), v.tab.look(v.site, v.page)); err != nil {
		return nil, err
	}
	if err := v.tab.bring(); err != nil {
		return nil, err
	}
	for _, question := range []string{
		"look.moved()", "look.overflow()", "look.faults()", "look.charts()", "look.targets()", "look.astray()",
	} {
		if err := v.ask(wideLight, question); err != nil {
			return nil, err
		}
	}
	if err := v.askIf(!v.anyWords, wideLight, "look.torn()"); err != nil {
		return nil, err
	}
	if words, err = eval[[]string](v.tab, "look.words()"); err != nil {
		return nil, err
	}
	return words, v.keyboard()
}

// fail keeps problems, each once.
func (v *visit) fail(m mode, problems ...string) {
	for _, problem := range problems {
		i := slices.IndexFunc(v.found, func(f finding) bool { return f.problem == problem })
		if i < 0 {
			i = len(v.found)
			v.found = append(v.found, finding{problem: problem})
		}
		if f := &v.found[i]; !slices.Contains(f.modes, m.name) {
			f.modes = append(f.modes, m.name)
		}
	}
}

// ask asks the page for a list of what is wrong.
func (v *visit) ask(m mode, question string) error {
	found, err := eval[[]string](v.tab, question)
	v.fail(m, found...)
	return err
}

func (v *visit) askIf(wanted bool, m mode, question string) error {
	if !wanted {
		return nil
	}
	return v.ask(m, question)
}

// quiet wants nothing on the console, nothing from elsewhere, nothing broken,
// nothing stored, and no more than ten requests besides pictures.
func (v *visit) quiet() error {
	for _, message := range v.tab.said() {
		if v.page.path == "404.html" && strings.Contains(message, "404 (Not Found)") {
			continue // what the page is for
		}
		v.fail(wideLight, "on the console: "+message)
	}
	asked := v.tab.asked()
	for _, r := range asked {
		switch {
		case !strings.HasPrefix(r.url, v.site.host+"/"):
			v.fail(wideLight, "asks another host: "+r.url)
		case r.url == v.site.url(v.page.address()):
		case r.failed != "" || r.status >= 300 && r.status != http.StatusNotModified:
			v.fail(wideLight, fmt.Sprintf("asks for %s and gets %d %s", r.url, r.status, r.failed))
		}
	}
	asked = slices.DeleteFunc(asked, func(r request) bool { return isPicture(r.url) })
	if len(asked) > 10 {
		v.fail(wideLight, fmt.Sprintf("makes %d requests; ten are allowed", len(asked)))
	}
	return v.ask(wideLight, "look.storage()")
}

// unscripted wants every word of a page with JavaScript on it without, as often.
func (v *visit) unscripted(with []string) error {
	if err := v.tab.open(v.site.url(v.page.address()), unscripted); err != nil {
		return err
	}
	without, err := eval[[]string](v.tab, "look.words()")
	if err != nil {
		return err
	}
	left := map[string]int{}
	for _, w := range without {
		left[w]++
	}
	for _, w := range with {
		if left[w]--; left[w] == -1 {
			v.fail(unscripted, "a word is missing: "+w)
		}
	}
	return nil
}

// mostStops is more than a page has controls; who needs more is in a trap.
const mostStops = 3000

// keyboard walks through the page with the Tab key: the skip link first, every
// stop in sight, an end, nothing left out.
func (v *visit) keyboard() error {
	for n := range mostStops {
		over, err := v.step(n == 0 && !v.page.embed)
		if err != nil {
			return err
		}
		if over {
			break
		}
		if n == mostStops-1 {
			v.fail(wideLight, "the keyboard finds no end")
		}
	}
	if err := v.ask(wideLight, "look.missed()"); err != nil || v.page.embed {
		return err
	}
	return v.skip()
}

// step presses Tab once.
func (v *visit) step(first bool) (over bool, err error) {
	if err := v.press(kb.Tab); err != nil {
		return false, err
	}
	stop, err := eval[struct {
		Problems []string
		Over     bool
	}](v.tab, "look.step()")
	v.fail(wideLight, stop.Problems...)
	if err == nil && first {
		err = v.ask(wideLight, "look.skips()")
	}
	return stop.Over, err
}

func (v *visit) press(keys ...string) error {
	for _, key := range keys {
		if err := chromedp.Do(v.tab.ctx, chromedp.KeyEvent(key)); err != nil {
			return err
		}
	}
	return nil
}

// skip goes on to the top of the page, presses the skip link and wants the next stop to be
// inside of what it leads to.
func (v *visit) skip() error {
	top := `look.skips().length === 0`
	if there, err := eval[bool](v.tab, top); err != nil || !there {
		if err := errors.Join(err, v.press(kb.Tab)); err != nil {
			return err
		}
	}
	if there, err := eval[bool](v.tab, top); err != nil || !there {
		v.fail(wideLight, "the keyboard does not come back to a link to the main part")
		return err
	}
	if err := v.press(kb.Enter, kb.Tab); err != nil {
		return err
	}
	return v.ask(wideLight, "look.skipped()")
}

const lamAlef, alefLam = "\u0644\u0627", "\u0627\u0644"

var (
	paper = mode{name: "print", width: 673, print: true} // of A4, less the margins
	a4    = regexp.MustCompile(`/MediaBox \[0 0 59[45][.0-9]* 84[12][.0-9]*\]`)
)

// print wants a tagged PDF on A4 that holds every number of every table and of
// every picture that is printed, which may be another than on the screen.
func (v *visit) print() error {
	if err := v.tab.wear(paper); err != nil {
		return err
	}
	numbers, err := eval[[]string](v.tab, "look.numbers()")
	if err != nil {
		return err
	}
	pdf, err := v.tab.pdf()
	if err != nil {
		return err
	}
	if !bytes.Contains(pdf, []byte("/StructTreeRoot")) || !bytes.Contains(pdf, []byte("/Marked true")) {
		v.fail(paper, "the PDF is not tagged")
	}
	if !a4.Match(pdf) {
		v.fail(paper, "the PDF is not A4")
	}
	text, err := pdfText(v.dir, pdf)
	if err != nil {
		return err
	}
	direction, err := eval[string](v.tab, "document.documentElement.dir")
	if err != nil {
		return err
	}
	if direction == "rtl" {
		text = strings.ReplaceAll(text, lamAlef, alefLam)
	}
	squeezed := withoutSpace(text)
	lacks := func(part string) bool { return !strings.Contains(squeezed, withoutSpace(part)) }
	for _, n := range numbers {
		parts := []string{n}
		// A PDF has the words of a line as they stand, from left to right, and the two letters
		// of a ligature in either order.
		if direction == "rtl" {
			n := strings.ReplaceAll(n, lamAlef, alefLam)
			parts = strings.FieldsFunc(n, func(r rune) bool { return r == ' ' || r == '−' })
		}
		if slices.ContainsFunc(parts, lacks) {
			v.fail(paper, "not in the PDF: "+n)
		}
	}
	return nil
}

// pdf prints the open page as its style sheet wants it.
func (b *tab) pdf() ([]byte, error) {
	yes := true
	return chromedp.Run(b.ctx, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) {
		p.GenerateTaggedPDF, p.PreferCSSPageSize, p.PrintBackground = &yes, &yes, &yes
		p.PaperWidth, p.PaperHeight = chromedp.PaperA4.Width, chromedp.PaperA4.Height
	}))
}

func pdfText(dir string, pdf []byte) (string, error) {
	file := filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return "", err
	}
	out, err := exec.Command(pdftotext, "-raw", file, "-").Output()
	return string(out), err
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00ad' {
			return -1
		}
		return r
	}, s)
}
