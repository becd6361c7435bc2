// Package starter is the small complete site that "bilanz new" begins with: a fictional
// city library, in German, in English or in both.
//
// Its files lie in project and readme, as authors get them, but for this:
//   - A line that begins with "de|" or "en|" stands in sites whose first language that is:
//     comments, and whatever else speaks to those who write there. "2de|" and "2en|" are
//     the same in sites of two languages; "2|" begins a line of any site of two.
//   - Lines of YAML that begin with "de:" or "en:" stand in sites of that language, in the
//     order of the site's languages.
//   - Names between @ are filled in.
//   - A name that begins with _ begins with a dot.
package starter

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

//go:embed all:project readme
var embedded embed.FS

// Languages are those in which the site is written.
func Languages() []string { return []string{"de", "en"} }

// Options says what site it is to be.
type Options struct {
	Languages []string // of [Languages], each once; the first is the default one
	Title     string   // the name of the site in all languages; "" for that of the library
	Version   string   // the release that writes it, such as v1.2.0; "" where it is none
	Releases  string   // the address below which releases lie; "" where it is not known
}

// VersionFile is what a project's workflows read: which bilanz they run.
const VersionFile = ".github/bilanz-version.txt"

// Files gives the files of the site by their paths, with slashes.
func Files(o Options) map[string][]byte {
	files := map[string][]byte{}
	_ = fs.WalkDir(embedded, "project", func(name string, entry fs.DirEntry, _ error) error {
		file, _ := strings.CutPrefix(name, "project/")
		if entry.IsDir() || !o.has(language(file)) {
			return nil
		}
		files[dotted(file)] = o.compose(read(name), path.Ext(file) == ".yaml")
		return nil
	})
	files["README.md"] = o.compose(read("readme/"+o.Languages[0]+".md"), false)
	return files
}

// read gives an embedded file, which is there.
func read(name string) []byte {
	text, err := embedded.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return text
}

// language is that of a page, or "" for every other file.
func language(file string) string {
	for _, code := range Languages() {
		if strings.HasPrefix(file, "content/"+code+"/") {
			return code
		}
	}
	return ""
}

func (o Options) has(code string) bool { return code == "" || slices.Contains(o.Languages, code) }

// dotted gives a name its dot, which would make git and Go read a file of ours.
func dotted(file string) string {
	if rest, ok := strings.CutPrefix(file, "_"); ok {
		return "." + rest
	}
	return file
}

// compose keeps the lines that this site has, and fills in its names.
func (o Options) compose(text []byte, yaml bool) []byte {
	var b bytes.Buffer
	mark := []byte("\ufeff") // some offices begin their files with it
	if rest, ok := bytes.CutPrefix(text, mark); ok {
		b.Write(mark)
		text = rest
	}
	var spoken []string // lines that begin with a language, until one does not
	for line := range strings.Lines(string(text)) {
		line, ok := o.keep(line)
		switch {
		case !ok:
		case yaml && spokenIn(line) != "":
			spoken = append(spoken, line)
		default:
			o.speak(&b, spoken)
			b.WriteString(line)
			spoken = nil
		}
	}
	o.speak(&b, spoken)
	return []byte(o.names().Replace(b.String()))
}

// keep gives a line without what says in which sites it stands, if it stands in this one.
func (o Options) keep(line string) (string, bool) {
	both := len(o.Languages) > 1
	if rest, ok := strings.CutPrefix(line, "2|"); ok {
		return rest, both
	}
	marked, ok := strings.CutPrefix(line, "2")
	for _, code := range Languages() {
		if rest, ours := strings.CutPrefix(marked, code+"|"); ours {
			return rest, code == o.Languages[0] && (both || !ok)
		}
	}
	return line, true
}

// spokenIn is the language with which a line begins, or "".
func spokenIn(line string) string {
	for _, code := range Languages() {
		if strings.HasPrefix(strings.TrimLeft(line, " "), code+": ") {
			return code
		}
	}
	return ""
}

// speak writes lines that begin with a language, in the order of the site's.
func (o Options) speak(b *bytes.Buffer, lines []string) {
	for _, code := range o.Languages {
		for _, line := range lines {
			if spokenIn(line) == code {
				b.WriteString(line)
			}
		}
	}
}

// titles are the names of the library.
var titles = map[string]string{"de": "Stadtbibliothek Musterstadt", "en": "Musterstadt City Library"}

// title is the name of the site in a language.
func (o Options) title(code string) string {
	if o.Title == "" {
		return titles[code]
	}
	return o.Title
}

func (o Options) names() *strings.Replacer {
	first, last := o.Languages[0], o.Languages[len(o.Languages)-1]
	return strings.NewReplacer(
		"@languages@", strings.Join(o.Languages, ", "),
		"@first@", first,
		"@second@", last,
		"@title-de@", strconv.Quote(o.title("de")),
		"@title-en@", strconv.Quote(o.title("en")),
		"@title@", o.title(first),
		"@release@", o.release(),
	)
}

// release is where the version file of the release lies that writes the site, on a line of
// its own; nothing where that is not known.
func (o Options) release() string {
	if o.Releases == "" || o.Version == "" {
		return ""
	}
	address := strings.TrimSuffix(o.Releases, "/") + "/" + o.Version + "/" + path.Base(VersionFile)
	return "\n#   " + address
}
