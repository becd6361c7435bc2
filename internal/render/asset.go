package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// assets are the files that pages name: where each lies, below the site's root.
type assets struct {
	static    []staticFile
	sheets    []styleFile
	files     []File
	at        map[string]string // "site.css" to "assets/site.0123456789.css"
	fonts     []string          // names of the fonts, to be preloaded
	icon      string            // the name of what stands beside the title in a browser
	behind    []byte            // what stands behind the tokens, and in no file
	ourTokens []byte            // our file of tokens, if the project's own takes its place; else nil
}

// staticFile is a file below static/, built in or the project's own.
type staticFile struct {
	name string // "css/10-base.css"
	data []byte
	own  bool
}

// styleFile is a style sheet that was looked through.
type styleFile struct {
	staticFile
	sheet sheet
}

// at makes the place of a stretch of the file.
func (f staticFile) place(s span) diag.Place {
	return diag.At("static/"+f.name, f.data, s.start, s.end)
}

// themed are the folders and files of static/ that pages load by a hashed address.
var themed = []string{"css", "js", "fonts", "third-party", "icon.svg"}

// Themed reports whether a file of static/ is one that pages load by a hashed address,
// so that it does not lie at the root of the site.
func Themed(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return slices.Contains(themed, first)
}

// readAssets bundles the style sheets and our scripts, without their comments, and those of
// the project, as they are, each in name order, and takes in fonts, icon and licences. A hash
// of its content stands in each name, so that a browser may keep the file for ever.
func readAssets(builtIn fs.FS, own []File, list *diag.List) (*assets, error) {
	a := &assets{at: map[string]string{}}
	if err := a.layer(builtIn, own); err != nil {
		return nil, err
	}
	a.each("fonts/*.woff2", func(f staticFile) {
		a.add(path.Base(f.name), f.data)
		a.fonts = append(a.fonts, path.Base(f.name))
	})
	a.each("icon.svg", func(f staticFile) { a.setIcon(f.name, f.data) })
	a.each("css/*.css", func(f staticFile) {
		sheet := readSheet(f.data)
		a.sheets = append(a.sheets, styleFile{f, sheet})
		if f.own {
			list.Add(sheet.problems(f, a.has)...)
		}
	})
	a.addStyle(nil)
	a.addScript()
	// What pages load only on a reader's press, as it is. (The engine that draws at
	// build time lies beside it in this very project, and is not published.)
	a.each("third-party/echarts-explore.js", func(f staticFile) { a.add(path.Base(f.name), f.data) })
	a.addLicences()
	return a, nil
}

// tokensFile holds the tokens. It is the first sheet, and what site.yaml says of colours
// comes right behind it, so that all other sheets have the last word.
const tokensFile = "css/00-tokens.css"

// layer puts the project's own files over those that are built in. A file that is the
// same to the byte is none of its own.
func (a *assets) layer(builtIn fs.FS, own []File) error {
	at := map[string]int{}
	for _, pattern := range []string{"css/*", "js/*", "fonts/*", "third-party/*", "icon.svg"} {
		names, err := fs.Glob(builtIn, pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			if info, err := fs.Stat(builtIn, name); err != nil || info.IsDir() {
				continue
			}
			data, err := fs.ReadFile(builtIn, name)
			if err != nil {
				return err
			}
			at[name] = len(a.static)
			a.static = append(a.static, staticFile{name: name, data: data})
		}
	}
	for _, file := range own {
		f := staticFile{strings.TrimPrefix(file.Path, "static/"), file.Data, true}
		i, known := at[f.name]
		switch {
		case !known:
			a.static = append(a.static, f)
		case !bytes.Equal(a.static[i].data, f.data):
			if f.name == tokensFile {
				a.ourTokens = a.static[i].data
			}
			a.static[i] = f
		}
	}
	slices.SortFunc(a.static, func(a, b staticFile) int { return strings.Compare(a.name, b.name) })
	return nil
}

// each calls do for the files of a pattern, in name order.
func (a *assets) each(pattern string, do func(f staticFile)) {
	for _, f := range a.static {
		if ok, _ := path.Match(pattern, f.name); ok { // the patterns are our own
			do(f)
		}
	}
}

// has reports whether there is a file of this name in static/ to load.
func (a *assets) has(name string) bool {
	return slices.ContainsFunc(a.static, func(f staticFile) bool { return f.name == name })
}

// add takes a file in under a name with a hash; it takes the place of one of that name.
func (a *assets) add(name string, data []byte) {
	file := Hashed("assets/"+name, data)
	if i := slices.IndexFunc(a.files, func(f File) bool { return f.Path == a.at[name] }); i >= 0 {
		a.files[i] = file
	} else {
		a.files = append(a.files, file)
	}
	a.at[name] = file.Path
}

// Hashed is a file with a hash of its content in its name.
func Hashed(name string, data []byte) File {
	sum, ext := sha256.Sum256(data), path.Ext(name)
	return File{Path: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext, Data: data}
}

func (a *assets) setIcon(name string, data []byte) {
	a.icon = path.Base(name)
	a.add(a.icon, data)
}

// addStyle joins the style sheets; further ones come behind the tokens, and stay there.
func (a *assets) addStyle(further []byte) {
	a.behind = append(a.behind, further...)
	behindTokens := a.behind
	var all []byte
	for _, f := range a.sheets {
		if f.name > tokensFile {
			all, behindTokens = append(all, behindTokens...), nil
		}
		all = a.appendStyle(all, f)
	}
	a.add("site.css", append(all, behindTokens...))
}

// appendStyle appends a sheet without lines of comments, and with the hashed names where it
// names a font by its file: url(../fonts/x.woff2).
func (a *assets) appendStyle(b []byte, f styleFile) []byte {
	at := marked(f.data)
	until := func(end int) {
		for _, r := range f.sheet.remarks {
			if r.start >= at && r.end <= end {
				b, at = append(b, f.data[at:r.start]...), r.end
			}
		}
		b, at = append(b, f.data[at:end]...), end
	}
	for _, url := range f.sheet.urls {
		file, ours := address(string(f.data[url.start:url.end]))
		if hashed, ok := a.at[path.Base(file)]; ours && ok && path.Dir(file) == "fonts" {
			until(url.start)
			b = append(b, path.Base(hashed)...)
			at += bytes.Index(f.data[url.start:url.end], []byte(path.Base(file))) + len(path.Base(file))
		}
	}
	until(len(f.data))
	return ended(b, "\n")
}

// searchFile is the script of the search, which pages load on a reader's press.
const searchFile = "js/search.js"

// addScript joins the scripts that every page loads.
func (a *assets) addScript() {
	var all []byte
	a.each("js/*.js", func(f staticFile) {
		if f.name != searchFile {
			all = appendScript(all, f)
		}
	})
	a.add("site.js", all)
}

// appendScript appends a script: ours without lines of comments, the project's own as they
// are, since a text may run over such a line. The semicolon ends what a script without one
// leaves open.
func appendScript(b []byte, f staticFile) []byte {
	for line := range bytes.Lines(f.data) {
		if f.own || !bytes.HasPrefix(bytes.TrimLeft(line, "\t "), []byte("//")) {
			b = append(b, line...)
		}
	}
	return append(ended(b, "\n"), ";\n"...)
}

// search is the script of the search in a language: the index of words, the stems of the
// language where there are some, and what leads both.
func (a *assets) search(code string) File {
	language, _, _ := strings.Cut(code, "-")
	var all []byte
	for _, name := range []string{"third-party/words.js", "third-party/stem-" + language + ".js", searchFile} {
		a.each(name, func(f staticFile) { all = appendScript(all, f) })
	}
	return Hashed("assets/search-"+language+".js", all)
}

func ended(b []byte, end string) []byte {
	if len(b) == 0 || bytes.HasSuffix(b, []byte(end)) {
		return b
	}
	return append(b, end...)
}

// addLicences takes every licence text that lies beside a font or a library:
// licence conditions ask for them wherever the works go, drawings included.
func (a *assets) addLicences() {
	for _, folder := range []string{"fonts", "third-party"} {
		a.each(folder+"/*", func(f staticFile) {
			base := strings.ToUpper(path.Base(f.name))
			if strings.Contains(base, "LICEN") || strings.Contains(base, "NOTICE") || strings.Contains(base, "OFL") {
				file := strings.TrimSuffix(path.Base(f.name), ".txt") + ".txt"
				a.files = append(a.files, File{Path: "assets/" + file, Data: f.data})
			}
		})
	}
}
