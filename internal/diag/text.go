package diag

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// mostOfAKind is how many diagnostics of one code are printed in full.
	mostOfAKind = 3
	// excerptWidth is how many characters of a source line are shown.
	excerptWidth = 100
	// mostFiles is how many files are named that hold more of a kind.
	mostFiles = 4
)

// TextOptions says how diagnostics are printed for people.
type TextOptions struct {
	Lang  string // "en" or "de"
	Color bool   // for a terminal
	All   bool   // print every one, not just the first three of a kind
}

// WriteText prints sorted diagnostics as people read them, each followed by an
// empty line. Past the third of a kind they are only counted.
func WriteText(w io.Writer, ds []Diagnostic, o TextOptions) error {
	p := printer{o: o}
	shown, rest := map[string]int{}, map[string][]Place{}
	for _, d := range ds {
		if d.Severity == Accepted {
			continue
		}
		if shown[d.Code]++; o.All || shown[d.Code] <= mostOfAKind {
			p.diagnostic(d)
			continue
		}
		rest[d.Code] = append(rest[d.Code], d.Place)
	}
	p.rest(rest)
	p.accepted(ds)
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	o   TextOptions
	out strings.Builder
}

const (
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	bold   = "\x1b[1m"
	blue   = "\x1b[34m"
)

func (p *printer) paint(color, s string) string {
	if !p.o.Color {
		return s
	}
	return color + s + "\x1b[0m"
}

func (p *printer) diagnostic(d Diagnostic) {
	if d.Place.Path != "" {
		fmt.Fprintf(&p.out, "%s: ", d.Place)
	}
	fmt.Fprintf(&p.out, "%s %s [%s]\n", p.severity(d.Severity), p.paint(bold, d.Sentence(p.o.Lang)), d.Code)
	p.excerpt(d.Place)
	for _, n := range d.Notes[:min(len(d.Notes), mostNotes)] {
		fmt.Fprintf(&p.out, "   %s: %s\n", n.Place, said(n.Text, p.o.Lang))
	}
	if more := len(d.Notes) - mostNotes; more > 0 {
		fmt.Fprintf(&p.out, "   %s\n", Say("and %d more places", "und %d weitere Stellen", more).In(p.o.Lang))
	}
	p.ways(d.Ways)
	p.out.WriteByte('\n')
}

func (p *printer) severity(s Severity) string {
	if s == Warning {
		return p.paint(yellow, Say("warning:", "Warnung:").In(p.o.Lang))
	}
	return p.paint(red, Say("error:", "Fehler:").In(p.o.Lang))
}

// excerpt shows the line at fault with carets under the fault. Tabs become one
// space and wide characters take two carets, so that both lines stay aligned.
func (p *printer) excerpt(at Place) {
	if at.Line == 0 {
		return
	}
	before, marked, after := at.Window()
	gutter := fmt.Sprintf("%5s | ", strconv.Itoa(at.Line))
	if at.Cell != "" {
		gutter = fmt.Sprintf("%5s | ", at.Cell[strings.LastIndexByte(at.Cell, '!')+1:])
	}
	fmt.Fprintf(&p.out, "\n%s\n", strings.TrimRight(gutter+before+marked+after, " "))
	carets := strings.Repeat("^", max(1, columns(marked)))
	fmt.Fprintf(&p.out, "%s| %s%s\n", strings.Repeat(" ", len(gutter)-2), strings.Repeat(" ", columns(before)),
		p.paint(red, carets))
}

// Window gives the line of a place with what is marked in it, a long one cut so that the
// fault is in sight.
func (at Place) Window() (before, marked, after string) {
	line := []rune(shown(at.Source, true))
	start := min(at.Col-1-at.Before, len(line))
	end := min(start+at.Width, len(line))
	from, to := 0, len(line)
	if to > excerptWidth {
		from = max(0, min(start-excerptWidth/3, to-excerptWidth))
		to = min(len(line), max(from+excerptWidth, min(end, from+2*excerptWidth)))
		for from < start && line[from] == ' ' {
			from++ // the sign for "cut" has a space of its own
		}
		end = min(end, to)
	}
	before, marked, after = string(line[from:start]), string(line[start:end]), string(line[end:to])
	if from > 0 {
		before = "… " + before
	}
	if to < len(line) {
		after += " …"
	}
	return before, marked, after
}

// columns is the width of s on a terminal: two for the characters of East Asian
// scripts and emoji, none for combining marks, one for all others.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36f, r >= 0x200b && r <= 0x200d, r >= 0xfe00 && r <= 0xfe0f:
		case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3,
			r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
			r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
			n += 2
		default:
			n++
		}
	}
	return n
}

func (p *printer) ways(ways []Text) {
	if len(ways) == 0 {
		return
	}
	lead := Say("What you can do", "Was Sie tun können").In(p.o.Lang)
	or := Say("or", "oder").In(p.o.Lang)
	for i, way := range ways {
		label := lead
		if i > 0 {
			label = strings.Repeat(" ", utf8.RuneCountInString(lead)-utf8.RuneCountInString(or)) + or
		}
		// Lines to be pasted stand below the way, each for itself.
		text := strings.ReplaceAll(said(way, p.o.Lang), "\n", "\n      ")
		fmt.Fprintf(&p.out, "   %s: %s\n", p.paint(blue, label), text)
	}
}

// rest counts what was not printed, by code, and says in which files it is.
func (p *printer) rest(rest map[string][]Place) {
	for _, code := range slices.Sorted(maps.Keys(rest)) {
		more := Say("and %d more like this [%s]: %s", "und %d weitere dieser Art [%s]: %s",
			len(rest[code]), code, inFiles(rest[code]))
		fmt.Fprintf(&p.out, "%s\n\n", more.In(p.o.Lang))
	}
}

// inFiles names the files of sorted places, each with how many of them it holds.
func inFiles(places []Place) Text {
	var files []string
	count := map[string]int{}
	for _, place := range places {
		if count[place.Path]++; count[place.Path] == 1 {
			files = append(files, place.Path)
		}
	}
	named := files[:min(len(files), mostFiles)]
	for i, file := range named {
		if count[file] > 1 {
			named[i] = fmt.Sprintf("%s (%d)", file, count[file])
		}
	}
	list := strings.Join(named, ", ")
	if more := len(files) - len(named); more > 0 {
		return Say("%s and %s", "%s und %s", list,
			Plural(more, Say("1 more file", "1 weitere Datei"), Say("%d more files", "%d weitere Dateien", more)))
	}
	return Say("%s", "%s", list)
}

// accepted lists what somebody signed for, all of it: it must not be forgotten.
func (p *printer) accepted(ds []Diagnostic) {
	any := false
	for _, d := range ds {
		if d.Severity != Accepted {
			continue
		}
		any = true
		fmt.Fprintf(&p.out, "%s %s: %s [%s]\n   %s\n", p.paint(blue, Say("accepted:", "hingenommen:").In(p.o.Lang)),
			d.Place, d.Sentence(p.o.Lang), d.Code, d.Waiver.text().In(p.o.Lang))
	}
	if any {
		p.out.WriteByte('\n')
	}
}

func (w *Waiver) text() Text {
	return Say("by %s, until %s: %s", "verantwortlich: %s; bis %s; Grund: %s", w.Role, w.Until, w.Reason)
}

// Sentence is what is wrong, in one sentence. In German it begins with the page
// as its author knows it.
func (d Diagnostic) Sentence(lang string) string {
	text := said(d.Text, lang)
	if lang == "de" && d.Page != "" {
		return "Seite „" + cut(shown(d.Page, true), longestWord) + "“: " + text
	}
	return text
}

// said is a text as it is printed: no longer than anybody reads, but for lines to be pasted below
// it, which are of use only whole.
func said(text Text, lang string) string {
	sentence, lines, pasted := strings.Cut(text.In(lang), "\n")
	if sentence = cut(sentence, longestSentence); pasted {
		return sentence + "\n" + lines
	}
	return sentence
}

// Closing is the last line of a run that found problems: how many, and what
// that means for the site.
func Closing(ds []Diagnostic) Text {
	count := Say("%s", "%s", counted(ds))
	if Count(ds, Error) == 0 {
		return count
	}
	return Say("%s. Nothing was written.", "%s. Nichts wurde geschrieben.", count)
}

// counted says how many there are of each severity that there is.
func counted(ds []Diagnostic) Text {
	var said []Text
	for severity, text := range []func(n int) Text{
		func(n int) Text {
			return Plural(n, Say("1 problem", "1 Problem"), Say("%d problems", "%d Probleme", n))
		},
		func(n int) Text {
			return Plural(n, Say("1 warning", "1 Warnung"), Say("%d warnings", "%d Warnungen", n))
		},
		func(n int) Text { return Say("%d accepted", "%d hingenommen", n) },
	} {
		if n := Count(ds, Severity(severity)); n > 0 {
			said = append(said, text(n))
		}
	}
	switch len(said) {
	case 0:
		return Say("no problems", "keine Probleme")
	case 1:
		return said[0]
	case 2:
		return Say("%s and %s", "%s und %s", said[0], said[1])
	}
	return Say("%s, %s and %s", "%s, %s und %s", said[0], said[1], said[2])
}

// Plural gives one of two sentences by a count.
func Plural(n int, one, other Text) Text {
	if n == 1 {
		return one
	}
	return other
}
