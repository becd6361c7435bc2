package browser

import (
	"bufio"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A day is what a communications team does with a site in a day: at a preview with the
// inspector, and in an editor.
type day struct {
	desk
	want map[string]string // what stands in every file of content, by its path there
}

func withDay(t *testing.T, lang string, f func(*day)) {
	t.Helper()
	p := serveIn(t, lang)
	withTab(t, func(b *tab) {
		d := &day{desk: desk{T: t, b: b, dir: p.dir, host: p.address}}
		d.want = d.content()
		defer func() { _ = b.open("about:blank", wideLight) }() // a stream keeps no preview waiting
		f(d)
	})
}

// content is every file of the site's content.
func (d *day) content() map[string]string {
	d.Helper()
	all := map[string]string{}
	content := os.DirFS(filepath.Join(d.dir, "content"))
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(content, name)
		all[name] = string(text)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return all
}

// becomes says what is written in place of a text, as often as said, in all files of a pattern.
func (d *day) becomes(names, old, now string, times int) {
	d.Helper()
	n := 0
	for name, text := range d.want {
		if ok, _ := path.Match(names, name); ok {
			n += strings.Count(text, old)
			d.want[name] = strings.ReplaceAll(text, old, now)
		}
	}
	if n != times {
		d.Fatalf("%s: %q stood there %d times, not %d", names, old, n, times)
	}
}

// number says the same of a number of sentences, in both languages.
func (d *day) number(id, old, now string, times int) {
	d.Helper()
	german := strings.NewReplacer(",", ".", ".", ",")
	d.becomes("en/*.md", "["+old+"](fig:"+id+")", "["+now+"](fig:"+id+")", times)
	d.becomes("de/*.md", "["+german.Replace(old)+"](fig:"+id+")", "["+german.Replace(now)+"](fig:"+id+")", times)
}

// same holds every file against what should stand there, byte for byte.
func (d *day) same() {
	d.Helper()
	have := d.content()
	for name := range maps.Keys(d.want) {
		if have[name] != d.want[name] {
			old, now := strings.Split(d.want[name], "\n"), strings.Split(have[name], "\n")
			for i := range min(len(old), len(now)) {
				if old[i] != now[i] {
					d.Fatalf("%s:%d\nwant %s\nhave %s", name, i+1, old[i], now[i])
				}
			}
			d.Fatalf("%s: %d lines, not %d", name, len(now), len(old))
		}
	}
	if len(have) != len(d.want) {
		d.Fatalf("%d files, not %d", len(have), len(d.want))
	}
}

// save changes a file as an editor does.
func (d *day) save(name, old, now string) {
	d.Helper()
	d.becomes(name, old, now, 1)
	if err := os.WriteFile(filepath.Join(d.dir, "content", name), []byte(d.want[name]), 0o644); err != nil {
		d.Fatal(err)
	}
}

// add makes a file as an editor does.
func (d *day) add(name, text string) {
	d.Helper()
	d.want[name] = text
	if err := os.WriteFile(filepath.Join(d.dir, "content", name), []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
}

// visit opens a page, which may load itself anew meanwhile, and waits for the inspector.
func (d *day) visit(page string) {
	d.Helper()
	for end := time.Now().Add(30 * time.Second); d.b.open(d.host+page, wideLight) != nil; {
		if time.Now().After(end) {
			d.Fatalf("%s does not come to rest", page)
		}
	}
	d.until(`!!r`)
}

// reads waits until a person can read sentences on a page.
func (d *day) reads(page string, sentences ...string) {
	d.Helper()
	d.visit(page)
	for _, s := range sentences {
		d.until(fmt.Sprintf(`document.querySelector("main").textContent.replace(/\s+/g, " ").includes(%q)`, s))
	}
}

// table opens the table of all figures and types values into it: id, value, id, value, …
func (d *day) table(values ...string) {
	d.Helper()
	d.until(`one(".panel").open || press("Inspect") || press("Prüfen")`)
	d.until(`one("#tab-all").ariaSelected === "true" || one("#tab-all").click()`)
	d.until(`one(".panel table")`)
	for i := 0; i < len(values); i += 2 {
		d.typeInto("#filter", values[i])
		d.until(fmt.Sprintf(`one("#filter").value === %q`, values[i]))
		d.typeInto(fmt.Sprintf("[id='value-%s']", values[i]), values[i+1])
	}
}

// tries presses the button that tries what was typed, and waits until something is shown.
func (d *day) tries(shown ...string) {
	d.Helper()
	d.until(`(() => { const b = one("button.try"); if (!b || b.hidden) return false; b.click(); return true; })()`)
	d.shows(shown...)
}

func (d *day) shows(shown ...string) {
	d.Helper()
	for _, s := range shown {
		d.until(fmt.Sprintf(`says(".result").includes(%q)`, s))
	}
}

// writes presses the button that writes what was tried.
func (d *day) writes() {
	d.Helper()
	d.until(`(() => { const b = one("button.save"); if (!b) return false; b.click(); return true; })()`)
	d.until(`/^(Written|Geschrieben): /.test(says(".status"))`)
}

// Five figures, one that is bound, a part, a discrepancy that is gone, a chart and a page: with
// the inspector and an editor.
func TestARealDayInTheBrowser(t *testing.T) {
	t.Parallel()
	withDay(t, "en", func(d *day) {
		d.fiveFigures()
		d.oneBound()
		d.onePart()
		d.discrepancyGone()
		d.chartAndPage()
		for _, message := range d.b.said() {
			t.Errorf("on the console: %s", message)
		}
	})
}

func (d *day) fiveFigures() {
	d.visit("job-training/")
	d.table("training.participants", "18,402", "training.completers", "15,377", "fair-integration.people", "25,301",
		"advice.permanent-centres", "78", "fair-integration.group-events", "1,231")
	d.tries("What would be wrong",
		"two places should say the same number: development.participants is 18,271, but training.participants "+
			"is 18,402",
		"if development.completers is wrong, write 15377 in line 4 of completers.csv", "Write all the same")
	d.same()
	d.table("development.participants.2022-12-31", "18,402", "development.completers.2022-12-31", "15,377")
	d.tries("No new problem would come of it.", "Von den 18.402 Personen", "Of the 18,402 individuals")
	d.writes()
	d.number("training.participants", "18,271", "18,402", 3)
	d.number("development.participants", "18,271", "18,402", 2)
	d.number("training.completers", "15,218", "15,377", 4)
	d.number("development.completers", "15,218", "15,377", 2)
	d.number("training.completers-per-100", "83", "84", 2)
	d.number("fair-integration.people", "25,257", "25,301", 1)
	d.number("fair-integration.group-events", "1,225", "1,231", 1)
	d.number("advice.permanent-centres", "75", "78", 2)
	d.becomes("figures/training.yaml", "[18,271](fig:", "[18,402](fig:", 1)
	d.becomes("figures/training.yaml", "[18.271](fig:", "[18.402](fig:", 1)
	d.becomes("figures/training.yaml", "value: 18271", "value: 18402", 1)
	d.becomes("figures/training.yaml", "value: 15218", "value: 15377", 1)
	d.becomes("figures/development/participants.csv", "2022-12-31,18271", "2022-12-31,18402", 1)
	d.becomes("figures/development/completers.csv", "2022-12-31,15218", "2022-12-31,15377", 1)
	d.becomes("figures/fair-integration.yaml", "value: 25257", "value: 25301", 1)
	d.becomes("figures/fair-integration.yaml", "value: 1225", "value: 1231", 1)
	d.becomes("figures/advice.yaml", "value: 75", "value: 78", 1)
	d.same()
	d.reads("job-training/", "Of the 18,402 individuals who have started on a scheme since January 2019, 15,377 "+
		"have "+
		"successfully completed it.", "That is 84 in a hundred (calculated for this site).")
	d.reads("de/job-training/", "Von den 18.402 Personen, die seit Januar 2019 eine Maßnahme begonnen haben, haben "+
		"15.377 sie mit Erfolg abgeschlossen.")
	d.reads("de/advice/", "Es gab 78 feste und weitere 100 mobile Beratungsstellen.", "wurden 25.301 Ratsuchende")
}

// oneBound presses a number on the page; what is bound to it is mended by the button of its message.
func (d *day) oneBound() {
	d.visit("job-training/")
	d.until(`number("training.completers")`)
	d.until(`says(".name") === "Successful completers"`)
	d.typeInto("#value-training\\.completers", "15,240")
	d.shows("development.completers is 15,377, but training.completers is 15,240")
	d.writes()
	d.number("training.completers", "15,377", "15,240", 4)
	d.number("training.completers-per-100", "84", "83", 2)
	d.becomes("figures/training.yaml", "value: 15377", "value: 15240", 1)
	d.same()
	d.until(`(() => { one("#tab-lists").click(); return true; })()`)
	d.press("Write “15240” for “15377” in content/figures/development/completers.csv")
	d.shows("No new problem would come of it.")
	d.writes()
	d.number("development.completers", "15,377", "15,240", 2)
	d.becomes("figures/development/completers.csv", "2022-12-31,15377", "2022-12-31,15240", 1)
	d.same()
	d.reads("job-training/", "15,240 have successfully completed it.")
	d.reads("de/development/", "15.240")
}

func (d *day) onePart() {
	d.visit("advice/")
	d.table("advice.sessions.follow-up", "221,304")
	d.tries("the parts of advice.sessions add up to 416,486, which is 112 more than its value 416,374",
		"if development.follow-up is wrong, write 221304 in line 4 of follow-up.csv")
	d.table("advice.sessions", "416,486", "development.follow-up.2022-12-31", "221,304",
		"development.sessions.2022-12-31", "416,486")
	d.tries("No new problem would come of it.")
	d.writes()
	d.number("advice.sessions", "416,374", "416,486", 9)
	d.number("development.sessions", "416,374", "416,486", 3)
	d.number("advice.sessions.follow-up", "221,192", "221,304", 3)
	d.number("development.follow-up", "221,192", "221,304", 1)
	d.becomes("figures/*.yaml", "[416,374](fig:advice.sessions)", "[416,486](fig:advice.sessions)", 1)
	d.becomes("figures/*.yaml", "[416.374](fig:advice.sessions)", "[416.486](fig:advice.sessions)", 1)
	d.becomes("figures/advice.yaml", "value: 416374", "value: 416486", 1)
	d.becomes("figures/advice.yaml", "value: 221192", "value: 221304", 1)
	d.becomes("figures/development/follow-up.csv", "221192", "221304", 1)
	d.becomes("figures/development/sessions.csv", "416374", "416486", 1)
	d.same()
	d.reads("advice/", "a total of 416,486 advisory sessions were held in IQ. Of these, 195,182 were initial and "+
		"221,304 were follow-up advisory sessions.")
	d.reads("de/advice/", "wurden in IQ insgesamt 416.486 Beratungen realisiert, davon 195.182 Erstberatungen und "+
		"221.304 Folgeberatungen.")
}

// discrepancyGone: what speaks of the difference is named, and a person writes it anew.
func (d *day) discrepancyGone() {
	d.visit("advice/")
	d.table("advice.people.both", "11,734")
	d.tries("the parts of advice.people add up to its value, so there is no discrepancy any more",
		"content/en/method.md:34", "content/de/advice.md:9", "and take out that its parts do not add up")
	d.writes()
	d.number("advice.people.both", "56,124", "11,734", 4)
	d.becomes("figures/advice.yaml", "value: 56124", "value: 11734", 1)
	d.same()
	d.until(`(() => { one("#tab-lists").click(); return true; })()`)
	d.press("Delete “known_discrepancy")
	d.shows("No new problem would come of it.")
	d.writes()
	before, rest, _ := strings.Cut(d.want["figures/advice.yaml"], "    known_discrepancy:\n")
	_, after, _ := strings.Cut(rest, "wie sie veröffentlicht wurden.\n")
	d.want["figures/advice.yaml"] = before + after
	d.same()
	d.save("en/advice.md", " on both. The fact sheet gives\n[195,182](fig:advice.people) people in all; the "+
		"three groups "+
		"do not add up to it.", " on both,\n[195,182](fig:advice.people) people in all.")
	d.save("de/advice.md", " beides. Das Fact Sheet nennt insgesamt\n[195.182](fig:advice.people) Ratsuchende; "+
		"die drei "+
		"Gruppen ergeben eine andere Summe.", " beides,\nzusammen [195.182](fig:advice.people) Ratsuchende.")
	d.reads("advice/", "60,491 on qualification only and 11,734 on both, 195,182 people in all.")
	d.reads("de/advice/", "11.734 beides, zusammen 195.182 Ratsuchende.")
	for _, page := range []string{"advice/", "de/advice/"} {
		d.visit(page)
		if gone := d.ask(`document.querySelector("main").textContent.includes("44,390") ||
			document.querySelector("main").textContent.includes("44.390")`); gone != "false" {
			d.Error("the page still speaks of the difference")
		}
	}
	d.same()
}

// chartAndPage: an editor saves a chart that lacks something, which stands over the last good
// page, and what is asked for; then a page, in one language after the other.
func (d *day) chartAndPage() {
	d.visit("advice/")
	d.until(`(() => { if (one(".panel").open) one("button.close").click(); return true; })()`)
	chart := "\n```chart\nid: centres-by-kind\ntype: bar\nfigures: [advice.permanent-centres, " +
		"advice.mobile-centres]\n"
	d.save("en/advice.md", "\n## Fair Integration {#fair-integration}",
		chart+"```\n\n## Fair Integration {#fair-integration}")
	d.until(hasDialog + `.innerText.includes("title: is missing here")`)
	d.until(hasDialog + `.innerText.includes("this chart has no summary")`)
	d.save("en/advice.md", chart, chart+"title: More mobile than permanent advice centres\n"+
		"claim: advice.mobile-centres > advice.permanent-centres\n\n[100](fig:advice.mobile-centres) advice "+
		"centres were "+
		"mobile, [78](fig:advice.permanent-centres) permanent.\n")
	d.until(hasDialog + `.innerText.includes("the German page has no chart centres-by-kind")`)
	d.save("de/advice.md", "\n## Faire Integration {#fair-integration}",
		chart+"title: Mehr mobile als feste Beratungsstellen\n"+
			"claim: advice.mobile-centres > advice.permanent-centres\n\n[100](fig:advice.mobile-centres) "+
			"Beratungsstellen waren "+
			"mobil, [78](fig:advice.permanent-centres) fest.\n```\n\n## Faire Integration {#fair-integration}")
	d.until("!" + hasDialog)
	d.reads("advice/", "More mobile than permanent advice centres", "100 advice centres were mobile, 78 permanent.")
	d.reads("de/advice/", "Mehr mobile als feste Beratungsstellen", "100 Beratungsstellen waren mobil, 78 fest.")

	d.add("en/centres.md", "---\ntitle: Advice centres\ndescription: How many advice centres the network had.\n"+
		"nav: {order: 25}\n---\n\nThere were [78](fig:advice.permanent-centres) permanent advice centres.\n")
	d.until(hasDialog + `.innerText.includes("write content/de/centres.md")`)
	d.add("de/centres.md", "---\ntitle: Beratungsstellen\ndescription: Wie viele Beratungsstellen das Netzwerk "+
		"hatte.\n"+
		"nav: {order: 25}\n---\n\nEs gab [78](fig:advice.permanent-centres) feste Beratungsstellen.\n")
	d.until("!" + hasDialog)
	d.reads("centres/", "There were 78 permanent advice centres.")
	d.reads("de/centres/", "Es gab 78 feste Beratungsstellen.")
	d.same()
}

// The values of the occupations arrive: unit, time, title, and the sentences that say there
// are only names, are asked for.
func TestTheOccupationsArriveInTheBrowser(t *testing.T) {
	t.Parallel()
	withDay(t, "de", func(d *day) {
		const file = "figures/occupations.yaml"
		d.visit("de/job-training/")
		d.table("occupations.popular.doctor", "21.104", "occupations.popular.healthcare-assistant", "17.320",
			"occupations.popular.engineer", "14.950", "occupations.popular.teacher", "12.871",
			"occupations.popular.educator", "7.418", "occupations.popular", "73.663")
		d.tries("Bisher gab es keinen Wert. Stimmt noch, was dabei steht?",
			"Einheit: Einheit nicht angegeben; Zeit: Stand nicht angegeben",
			"deshalb stehen hier nur die Namen der Berufe", "so the site has only the names of the occupations",
			"sagen Sie in Titel und Zusammenfassung, was das Diagramm zeigt", "Trotzdem schreiben")
		d.writes()
		for _, of := range []string{"doctor:               | 21104", "healthcare-assistant: | 17320",
			"engineer:             | 14950", "teacher:              | 12871", "educator:             | 7418"} {
			part, value, _ := strings.Cut(of, "| ")
			d.becomes(file, part+"{value: not available", part+"{value: "+value, 1)
		}
		d.becomes(file, "value: not available", "value: 73663", 1)
		d.same()
		d.save(file, "unit: not-stated, period: none, as_of: not stated, source: iq-surveys",
			"unit: people, period: round-2, source: f-bb, source_basis: stated")
		d.save("en/job-training.md", "The fact sheet shows these occupations in a picture; its values were not "+
			"published in text form. "+
			"It does not say whether they are those of people seeking advice or in training, or whether the "+
			"order is a "+
			"ranking. So there are no numbers, bars or ranks here.",
			"[21,104](fig:occupations.popular.doctor) of the [73,663](fig:occupations.popular) people were doctors.")
		d.save("de/job-training.md", "Das Fact Sheet zeigt diese Berufe in einem Schaubild; die Werte wurden "+
			"nicht als Text "+
			"veröffentlicht. Es sagt nicht, ob es um Ratsuchende oder um Teilnehmende an Qualifizierungen geht "+
			"und ob die "+
			"Reihenfolge eine Rangfolge ist. Deshalb stehen hier keine Zahlen, Balken oder Plätze.",
			"[21.104](fig:occupations.popular.doctor) der [73.663](fig:occupations.popular) Ratsuchenden waren "+
				"Ärztinnen und Ärzte.")
		d.reads("job-training/", "21,104 of the 73,663 people were doctors.")
		d.reads("de/job-training/", "21.104 der 73.663 Ratsuchenden waren Ärztinnen und Ärzte.")
		d.same()
	})
}

// Of two tabs that change one figure the second is told what the first wrote, and writes nothing.
func TestTwoTabsOnOneFigure(t *testing.T) {
	t.Parallel()
	withDay(t, "de", func(d *day) {
		withTab(t, func(b *tab) {
			second := &day{desk: desk{T: t, b: b, dir: d.dir, host: d.host}}
			defer func() { _ = b.open("about:blank", wideLight) }()
			for _, of := range []struct {
				d     *day
				value string
			}{{second, "79"}, {d, "78"}} {
				of.d.visit("de/advice/")
				of.d.table("advice.permanent-centres", of.value)
				of.d.tries("Es käme kein Problem hinzu.")
			}
			d.writes()
			d.number("advice.permanent-centres", "75", "78", 2)
			d.becomes("figures/advice.yaml", "value: 75", "value: 78", 1)
			d.same()
			second.until(`document.querySelector("main").textContent.includes("78 feste")`) // loaded anew
			second.until(`one("[id='value-advice.permanent-centres']")?.value === "79"`)
			second.tries("Inzwischen hat jemand 78 eingetragen. Sehen Sie nach, ob Ihr Wert noch gilt; " +
				"geschrieben wurde davon nichts.")
			d.same()
		})
	})
}

// A browser that goes while it saves leaves all of it or nothing, and the next one goes on.
func TestABrowserThatGoesWhileItSaves(t *testing.T) {
	t.Parallel()
	withDay(t, "en", func(d *day) {
		before := maps.Clone(d.want)
		for _, wait := range []time.Duration{0, 2 * time.Millisecond, 10 * time.Millisecond, 50 * time.Millisecond} {
			d.want = maps.Clone(before)
			d.visit("advice/")
			d.table("fair-integration.group-events", "1,231")
			d.tries("No new problem would come of it.")
			d.until(`(() => { one("button.save").click(); return true; })()`)
			time.Sleep(wait)
			for d.b.open("about:blank", wideLight) != nil { // the page may be loading itself anew
			}
			time.Sleep(2 * time.Second) // what has begun is brought to its end
			if d.content()["figures/fair-integration.yaml"] != before["figures/fair-integration.yaml"] {
				d.number("fair-integration.group-events", "1,225", "1,231", 1)
				d.becomes("figures/fair-integration.yaml", "value: 1225", "value: 1231", 1)
			}
			d.same()
			for name, text := range before {
				if d.want[name] == text {
					continue
				}
				if err := os.WriteFile(filepath.Join(d.dir, "content", name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			d.want = maps.Clone(before)
			d.reads("advice/", "informed in 1,225 group events")
			d.until(`(() => { sessionStorage.clear(); return true; })()`)
		}
	})
}

// A second preview takes the next port, and says so.
func TestASecondPreviewTakesTheNextPort(t *testing.T) {
	t.Parallel()
	withDay(t, "en", func(d *day) {
		at := strings.TrimSuffix(strings.TrimPrefix(d.host, "http://"), "/")
		for lang, want := range map[string]string{"en": " is taken", "de": " ist belegt"} {
			cmd := exec.Command(program, "serve", "--addr", at, "--lang", lang, "--dir", d.dir)
			var said strings.Builder
			cmd.Stderr = &said
			out, err := cmd.StdoutPipe()
			if err == nil {
				err = cmd.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), " ms, "); {
			}
			_ = cmd.Process.Signal(os.Interrupt)
			_ = cmd.Wait()
			if !strings.Contains(said.String(), want) {
				t.Errorf("%s: it says\n%s", lang, said.String())
			}
		}
	})
}
