package build

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/present"
	"bilanz/internal/site"
)

// The tests of this file hold for every site that lies here, whatever it says.

const (
	library   = "testdata/library"       // invented, with every form that can be written
	factSheet = "testdata/sites/iq-2022" // a fact sheet that was published, frozen
	tiny      = "testdata/sites/tiny"    // one page, one language, no chart
)

// everySite gives the folders of the sites by name.
func everySite(t *testing.T) map[string]string {
	all := map[string]string{"library": library, "guide": guideSite(t), "iq-2022": factSheet, "tiny": tiny}
	for _, p := range publications {
		all[p.site] = filepath.Join("testdata/sites", p.site)
	}
	return all
}

// whole is a site that was built without a message, for tests that only look at it.
type whole struct {
	Result
	files map[string]string
}

// below is where the sites lie, so that no test takes the root of a host for granted.
const below = "/library"

var (
	wholeMu sync.Mutex
	wholes  = map[string]*whole{} // by name
)

// wholeSite builds a site that lies here, once for all tests.
func wholeSite(t *testing.T, name string) *whole {
	t.Helper()
	wholeMu.Lock()
	defer wholeMu.Unlock()
	if wholes[name] != nil {
		return wholes[name]
	}
	var site output.Memory
	result, err := Build(t.Context(), Options{
		Dir: everySite(t)[name], Into: &site, BaseURL: "https://example.org" + below + "/", Strict: true,
		Drawings: pictures,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		t.Errorf("%v: %s", d.Place, d.Text.In("en"))
	}
	if t.Failed() {
		t.FailNow()
	}
	wholes[name] = &whole{result, inFiles(&site)}
	return wholes[name]
}

// inFiles gives the texts of a site by path.
func inFiles(site *output.Memory) map[string]string {
	files := map[string]string{}
	for _, path := range site.Paths() {
		data, _ := site.File(path)
		files[path] = string(data)
	}
	return files
}

func TestEverySiteIsPublishedWhole(t *testing.T) {
	for name := range everySite(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := wholeSite(t, name)
			described, cards := undescribed(s.files)
			if cards == 0 {
				t.Error("no page has a card")
			}
			for _, problem := range slices.Concat(notWhole(t, s.Result, s.files), described, sameNames(s.Result)) {
				t.Error(problem)
			}
		})
	}
}

// notWhole lists what a finished site lacks, whatever it says.
func notWhole(t *testing.T, result Result, files map[string]string) (problems []string) {
	t.Helper()
	if got := len(published(t, files)); got != result.Figures {
		problems = append(problems, fmt.Sprintf("figures.json has %d figures of %d", got, result.Figures))
	}
	for _, p := range result.Site.Pages {
		if words(files, p) == "" {
			problems = append(problems, p.File+" is published without a word")
		}
	}
	return append(problems, unled(result.Site, files)...)
}

// sameNames lists the figures that are called like another one, but for their numbers: a
// sentence that somebody copies would fit both.
func sameNames(r Result) (problems []string) {
	for _, l := range r.Site.Config.Langs {
		first := map[string]string{}
		for _, f := range r.Set.All() {
			name := f.Unnumbered(l)
			if other, ok := first[name]; ok {
				problems = append(problems, fmt.Sprintf("%s and %s are both %q", other, f.ID, name))
			}
			first[name] = f.ID
		}
	}
	return problems
}

// htmlPages gives the pages of a site that people stay on, by address: "/de/visits/".
// Embeds are for other people's pages, old addresses lead on at once.
func htmlPages(files map[string]string) map[string]string {
	pages := map[string]string{}
	for file, text := range files {
		embed, redirect := strings.Contains(file, "/embed/"), strings.Contains(text, `http-equiv="refresh"`)
		if filepath.Ext(file) == ".html" && !embed && !redirect {
			pages["/"+strings.TrimSuffix(file, "index.html")] = text
		}
	}
	return pages
}

// unled lists the pages that do not lead where the law wants every page to lead, and
// the start pages without a way to easy language or sign language.
func unled(s *site.Site, files map[string]string) (problems []string) {
	for page, text := range htmlPages(files) {
		miss := func(text string, to *site.Page) {
			if to != nil && !slices.Contains(leads(page, text), "/"+to.Path) {
				problems = append(problems, fmt.Sprintf("%s does not lead to /%s", page, to.Path))
			}
		}
		_, footer, _ := strings.Cut(text, "<footer")
		lang := htmlLang.FindStringSubmatch(text)[1]
		l := s.Config.Langs[slices.IndexFunc(s.Config.Langs, func(l *locale.Lang) bool { return l.Code == lang })]
		for _, file := range []string{s.Config.Legal.Imprint, s.Config.Legal.Privacy, s.Config.Legal.Accessibility} {
			miss(footer, s.Legal(l, file))
		}
		for _, p := range s.Pages {
			if p.Front.Slot != "" && p.Lang == l && page == "/"+s.Config.Root(l) {
				miss(text, p)
			}
		}
	}
	slices.Sort(problems)
	return problems
}

var (
	htmlLang  = regexp.MustCompile(`<html lang="([a-z-]+)"`)
	htmlTitle = regexp.MustCompile(`<title>([^<]+)</title>`)
	htmlMeta  = regexp.MustCompile(`<meta (?:property|name)="([^"]+)" content="([^"]*)"`)
	href      = regexp.MustCompile(`<a [^>]*href="([^"]+)"`)
)

// leads gives the addresses that the links of a page's text lead to.
func leads(page, text string) (all []string) {
	from := &url.URL{Path: page}
	for _, link := range href.FindAllStringSubmatch(text, -1) {
		if to, err := from.Parse(link[1]); err == nil {
			all = append(all, strings.TrimPrefix(to.Path, below)) // 404.html names it
		}
	}
	return all
}

// Without its footer a page leads nowhere that the law asks for.
func TestALostFooterIsMissed(t *testing.T) {
	s := wholeSite(t, "iq-2022")
	const page = "advice/index.html"
	text, _, found := strings.Cut(s.files[page], "<footer")
	if !found {
		t.Fatal("the page has no footer")
	}
	files := maps.Clone(s.files)
	files[page] = text
	want := []string{
		"/advice/ does not lead to /accessibility/", "/advice/ does not lead to /imprint/",
		"/advice/ does not lead to /privacy/",
	}
	if got := unled(s.Site, files); !slices.Equal(got, want) {
		t.Errorf("missed were %q", got)
	}
}

// Every page of the fact sheet, and of a site whose tables take a page of numbers for each
// day, can be reached from its start page by links, and has a title of its own. Authors of
// other sites may see that otherwise.
func TestNoPageIsAnOrphanOrANamesake(t *testing.T) {
	for _, name := range []string{"iq-2022", "births"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages := htmlPages(wholeSite(t, name).files)
			reached, titles := reachedFrom("/", pages), map[string]string{}
			for page, text := range pages {
				if !reached[page] && page != "/404.html" {
					t.Errorf("%s: no way of links leads there from the start page", page)
				}
				title := htmlTitle.FindStringSubmatch(text)[1]
				if other, ok := titles[title]; ok {
					t.Errorf("%s and %s are both called %q", other, page, title)
				}
				titles[title] = page
			}
		})
	}
}

// reachedFrom follows all links of pages.
func reachedFrom(start string, pages map[string]string) map[string]bool {
	reached := map[string]bool{start: true}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		for _, to := range leads(queue[0], pages[queue[0]]) {
			if !reached[to] {
				reached[to] = true
				queue = append(queue, to)
			}
		}
	}
	return reached
}

// undescribed lists the pages whose card does not say in words what it shows: whoever
// shares a page shares that picture.
func undescribed(files map[string]string) (problems []string, cards int) {
	for page, text := range htmlPages(files) {
		content := map[string]string{}
		for _, m := range htmlMeta.FindAllStringSubmatch(text, -1) {
			content[m[1]] = m[2]
		}
		if content["og:image"] == "" {
			continue
		}
		cards++
		said := content["og:image:alt"]
		if !strings.Contains(said, content["og:title"]) || said != content["twitter:image:alt"] {
			problems = append(problems, fmt.Sprintf("%s: its card is described as %q", page, said))
		}
	}
	return problems, cards
}

// proofPath is a list of what the source of a site says, typed from the source and not
// made from the project's files: where it stands there, the number as printed, the
// figure, the pages that say it. Numbers are written as the site's default language
// writes them. bilanz itself does not read the folder; a site without one is not
// compared.
const proofPath = "content/proof/facts.tsv"

func TestEverySiteSaysWhatItsSourceSays(t *testing.T) {
	proven := 0
	for name, dir := range everySite(t) {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(proofPath)))
		if os.IsNotExist(err) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		proven++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := wholeSite(t, name)
			for _, problem := range unproven(t, string(text), s.Site, s.files) {
				t.Errorf("%s: %s", proofPath, problem)
			}
		})
	}
	if proven < 2 {
		t.Error("the fact sheet and the tiny site have lost their proof")
	}
	if *proof {
		files, cannot := ownFiles()
		facts := files[proofPath]
		if cannot != "" || facts == nil {
			t.Fatal(cmp.Or(cannot, proofPath+" is not there"))
		}
		result, site := builtAsIs(t, files)
		for _, problem := range unproven(t, string(facts.Data), result.Site, inFiles(site.memory)) {
			t.Errorf("%s: %s", proofPath, problem)
		}
	}
}

// unproven compares a list of facts with a site that was built.
func unproven(t *testing.T, facts string, s *site.Site, files map[string]string) (problems []string) {
	t.Helper()
	figures := published(t, files)
	rows := slices.Collect(strings.Lines(facts))
	if len(rows) < 2 {
		return []string{"the list is empty"}
	}
	for _, row := range rows[1:] { // below the heads
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) != 4 {
			problems = append(problems, fmt.Sprintf("%q has %d cells, not 4", row, len(cells)))
			continue
		}
		f := fact{line: cells[0], number: cells[1], id: cells[2], pages: strings.Split(cells[3], ",")}
		for _, problem := range f.unproven(figures, s, files) {
			problems = append(problems, fmt.Sprintf("line %s of the source says %s, but %s", f.line, f.number, problem))
		}
	}
	return problems
}

// fact is one line of the list.
type fact struct {
	line, number, id string
	pages            []string // by their names in the default language
}

func (f fact) unproven(figures map[string]string, s *site.Site, files map[string]string) (problems []string) {
	if id, _, share := strings.Cut(f.id, "?"); !share && figures[id] != machine(f.number, s.Config.Default) {
		problems = append(problems, fmt.Sprintf("figures.json says %q for %s", figures[id], id))
	}
	for _, name := range f.pages {
		i := slices.IndexFunc(s.Groups, func(g *site.Group) bool { return g.Name == name })
		if i < 0 {
			problems = append(problems, "there is no page "+name)
			continue
		}
		for _, p := range s.Groups[i].Pages {
			if want := printed(f.number, s.Config.Default, p.Lang); !strings.Contains(words(files, p), want) {
				problems = append(problems, fmt.Sprintf("%q is not on the page /%s", want, p.Path))
			}
		}
	}
	return problems
}

// machine writes a number of the source as data files do: "More than 170" is
// "more than 170", "416,374" is "416374".
func machine(number string, l *locale.Lang) string {
	said, ok := l.Parse(strings.ToLower(number))
	if !ok {
		return strings.ToLower(number)
	}
	return locale.Must("en").Bound(said.Relation, said.Value.FloatString(said.Decimals))
}

// printed writes a number of the source as the pages of a language do, in small
// letters.
func printed(number string, from, into *locale.Lang) string {
	said, ok := from.Parse(number)
	if !ok {
		return strings.ToLower(number)
	}
	text := into.Bound(said.Relation, into.Number(said.Value, said.Decimals))
	if said.Percent {
		text = into.Percent(new(big.Rat).Quo(said.Value, big.NewRat(100, 1)), said.Decimals)
	}
	return strings.ToLower(strings.Join(strings.Fields(text), " ")) // as words does: no-break spaces too
}

// words gives the words of the main part of a page, in small letters.
func words(files map[string]string, p *site.Page) string {
	_, main, _ := strings.Cut(files[p.Path+"index.html"], "<main")
	main, _, _ = strings.Cut(main, "</main>")
	return strings.ToLower(strings.Join(strings.Fields(present.Plain(main)), " "))
}

// A list that says something else than the site is told so, row by row.
func TestAWrongProofIsRefused(t *testing.T) {
	s := wholeSite(t, "iq-2022")
	for row, want := range map[string]string{
		"11\t416,374\tadvice.sessions\tindex,advice":                 "",
		"16\tMore than 170\tadvice.contact-points\tindex":            "",
		"61\t10%\ttraining.schemes.course-based?share\tjob-training": "",
		"11\t416,734\tadvice.sessions\tindex": `line 11 of the source says 416,734, but figures.json says "416374" for advice.sessions
line 11 of the source says 416,734, but "416.734" is not on the page /de/
line 11 of the source says 416,734, but "416,734" is not on the page /`,
		"16\t170\tadvice.contact-points\tnetwork": `line 16 of the source says 170, but figures.json says "more than 170" for advice.contact-points
line 16 of the source says 170, but "170" is not on the page /de/network/
line 16 of the source says 170, but "170" is not on the page /network/`,
		"1\t16\tnetwork.regional-networks\tnet":    "line 1 of the source says 16, but there is no page net",
		"1\t16\tnetwork.regional-network\tnetwork": `line 1 of the source says 16, but figures.json says "" for network.regional-network`,
		"16\tnetwork.regional-networks\tnetwork":   `"16\tnetwork.regional-networks\tnetwork" has 3 cells, not 4`,
	} {
		if got := strings.Join(unproven(t, "heads\n"+row, s.Site, s.files), "\n"); got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", row, got, want)
		}
	}
	if unproven(t, "heads\n", s.Site, s.files) == nil {
		t.Error("an empty list proves something")
	}
}
