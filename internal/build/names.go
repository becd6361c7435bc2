package build

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// names are the files and folders of a site, as those systems see them that take small
// and capital letters, or two ways to store an umlaut, for the same. A folder ends in "/".
type names struct {
	spelled map[string]string          // how what was first with a name is spelled, by alike
	twice   map[string]map[string]bool // all spellings of what has a name that another has
}

// claim takes a name for a file, and reports whether nothing else has it.
func (n *names) claim(file string) bool {
	for i := range len(file) {
		if file[i] == '/' {
			n.take(file[:i], file[:i+1])
		}
	}
	key := alike(file)
	if n.spelled[key] == file {
		n.clash(key, file)
		return false
	}
	return n.take(file, file)
}

func (n *names) take(name, spelled string) bool {
	key := alike(name)
	known, taken := n.spelled[key]
	switch {
	case !taken:
		n.spelled[key] = spelled
	case known != spelled:
		n.clash(key, known)
		n.clash(key, spelled)
		return false
	}
	return true
}

func (n *names) clash(key, spelled string) {
	if n.twice[key] == nil {
		n.twice[key] = map[string]bool{}
	}
	n.twice[key][spelled] = true
}

// alike is what all spellings of a name have in common.
func alike(name string) string {
	lower := strings.ToLower(name)
	if strings.IndexFunc(lower, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return lower
	}
	return locale.Composed(strings.ToLower(locale.Composed(name)))
}

// checkTwice reports files that would lie where another one of the site does, on some
// systems or on all.
func (b *builder) checkTwice() {
	for _, key := range slices.Sorted(maps.Keys(b.names.twice)) {
		spelled := slices.Sorted(maps.Keys(b.names.twice[key]))
		var from []diag.Note
		for _, name := range spelled {
			from = append(from, b.origins(name)...)
		}
		if len(from) == 1 {
			from = append(from, ours(spelled[0]))
		}
		slices.SortStableFunc(from, func(a, b diag.Note) int { return a.Place.Compare(b.Place) })
		at := slices.IndexFunc(from, func(n diag.Note) bool { return b.project.Has(n.Place.Path) }) // not one of ours
		d := diag.Diagnostic{
			Code: "address-twice", Place: from[max(at, 0)].Place,
			Text: diag.Say("two files have the address %s", "zwei Dateien haben die Adresse %s", "/"+spelled[0]),
			Ways: []diag.Text{diag.Say("give one of them another name", "geben Sie einer davon einen anderen Namen")},
		}
		switch {
		case len(spelled) > 1 && strings.TrimSuffix(spelled[1], "/") == spelled[0]:
			d.Text = diag.Say("a file and a folder have the address %s",
				"eine Datei und ein Ordner haben die Adresse %s",
				"/"+spelled[0])
		case len(spelled) > 1:
			d.Text = sameName("/"+spelled[0], "/"+spelled[1])
		}
		d.Notes = slices.Delete(from, max(at, 0), max(at, 0)+1)
		b.siteProblems.Add(d)
	}
}

// origins is what lies at an address: a file of static/, a page or an old address of one,
// or a file that bilanz makes.
func (b *builder) origins(address string) []diag.Note {
	var all []diag.Note
	add := func(at diag.Place, text diag.Text) { all = append(all, diag.Note{Place: at, Text: text}) }
	name := strings.TrimSuffix(address, "/")
	if file := "static/" + name; b.project.Has(file) {
		add(diag.File(file), diag.Say("this is one of them", "dies ist eine davon"))
	}
	for _, g := range b.given {
		if g.at() == name {
			add(diag.File(g.file), diag.Say("this is one of them", "dies ist eine davon"))
		}
	}
	for _, p := range b.site.Pages {
		if p.Path+"index.html" == address || address != name && strings.HasPrefix(p.Path, address) {
			add(b.at(p, p.Front.TitleStart, p.Front.TitleEnd), diag.Say("this page is one of them",
				"diese Seite ist eine davon"))
			break
		}
	}
	for _, r := range b.site.Redirects() {
		if r.File() == address {
			add(r.Place, diag.Say("this old address is one of them", "diese alte Adresse ist eine davon"))
		}
	}
	for of, p := range b.images {
		if p.path == address {
			add(diag.File(of.file), diag.Say("this is one of them", "dies ist eine davon"))
		}
	}
	if len(all) == 0 {
		all = append(all, ours(name))
	}
	return all
}

// ours is a file of the site that no author wrote.
func ours(address string) diag.Note {
	return diag.Note{Place: diag.File(address), Text: diag.Say("bilanz makes this one itself",
		"diese macht bilanz selbst")}
}

// sameName says that some systems take two names for one.
func sameName(a, b string) diag.Text {
	return diag.Say("%s and %s are the same name on Windows and on a Mac: only capital letters or the way umlauts "+
		"are stored differ",
		"%s und %s sind unter Windows und auf dem Mac derselbe Name: nur Großbuchstaben oder die Art, wie Umlaute "+
			"gespeichert sind, unterscheiden sich", a, b)
}

// checkNames reports names that not every system can keep: who downloads the site would
// lack the file.
func (b *builder) checkNames() {
	for name, why := range b.unusable {
		b.siteProblems.Add(nameUnusable(b.origins(name)[0].Place, name, why))
	}
}

func nameUnusable(at diag.Place, name string, why diag.Text) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "name-unusable", Place: at,
		Text: diag.Say("not every system can keep the name %q: %s",
			"nicht jedes System kann den Namen „%s“ speichern: %s", name, why),
		Ways: []diag.Text{diag.Say("give it a name of letters, digits, - and _",
			"geben Sie einen Namen aus Buchstaben, Ziffern, - und _")},
	}
}

// unusable is the first part of an address that some system cannot keep, a folder with its
// slash, and why; "" where all can.
func unusable(file string) (string, diag.Text) {
	for start := 0; start < len(file); {
		end := len(file)
		if i := strings.IndexByte(file[start:], '/'); i >= 0 {
			end = start + i
		}
		if why := unkeepable(file[start:end]); !why.IsZero() {
			return file[:min(end+1, len(file))], why
		}
		start = end + 1
	}
	if len(file) > longestPath {
		return file, diag.Say("it has %d bytes with its folders, and Windows takes %d",
			"er hat mit seinen Ordnern %d Bytes, und Windows nimmt %d", len(file), longestPath)
	}
	return "", diag.Text{}
}

// longestName and longestPath are how long a name, and all of an address, may be: 255 is
// the most for a name on every system; Windows takes 260 with the folder that the site is
// unpacked in.
const (
	longestName = 200
	longestPath = 220
)

// unkeepable says why a system cannot keep a name; nothing where all can.
func unkeepable(name string) diag.Text {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch {
	case slices.Contains(devices, strings.TrimRight(stem, " ")):
		return diag.Say("on Windows it is that of a device", "unter Windows heißt so ein Gerät")
	case strings.HasSuffix(name, " ") || strings.HasSuffix(name, ".") || strings.HasPrefix(name, " "):
		return diag.Say("Windows takes no space at its ends and no dot behind it",
			"Windows erlaubt außen keine Leerzeichen und hinten keinen Punkt")
	case strings.ContainsAny(name, `<>:"|?*\`):
		return diag.Say(`Windows takes none of the signs < > : " | ? * and \`,
			`Windows erlaubt die Zeichen < > : " | ? * und \ nicht`)
	case strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsGraphic(r) || r == utf8.RuneError }):
		return diag.Say("it holds a sign that nobody sees", "er enthält ein Zeichen, das niemand sieht")
	case len(name) > longestName:
		return diag.Say("it has %d bytes, and %d are the most", "er hat %d Bytes, und höchstens %d sind erlaubt",
			len(name), longestName)
	}
	return diag.Text{}
}

var devices = strings.Fields(`con prn aux nul conin$ conout$
	com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 com¹ com² com³
	lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 lpt¹ lpt² lpt³`)
