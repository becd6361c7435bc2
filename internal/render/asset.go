package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// assets are the files that pages name: where each lies, below the site's root.
type assets struct {
	files []File
	at    map[string]string // "site.css" to "assets/site.0123456789.css"
	fonts []string          // names of the fonts, to be preloaded
}

// readAssets bundles the style sheets and the scripts, each in name order, and
// takes in fonts, icon and licences. A hash of its content stands in each name,
// so that a browser may keep the file for ever.
func readAssets(static fs.FS) (*assets, error) {
	a := &assets{at: map[string]string{}}
	for _, step := range []func(fs.FS) error{a.addFonts, a.addIcon, a.addStyle, a.addScript, a.addLibraries, a.addLicences} {
		if err := step(static); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *assets) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	hashed := "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.at[name] = hashed
	a.files = append(a.files, File{Path: hashed, Data: data})
}

func (a *assets) addFonts(static fs.FS) error {
	return each(static, "fonts/*.woff2", func(name string, data []byte) {
		a.add(path.Base(name), data)
		a.fonts = append(a.fonts, path.Base(name))
	})
}

func (a *assets) addIcon(static fs.FS) error {
	return each(static, "icon.svg", func(name string, data []byte) { a.add(name, data) })
}

func (a *assets) addStyle(static fs.FS) error {
	var all bytes.Buffer
	if err := each(static, "css/*.css", func(name string, data []byte) { all.Write(data) }); err != nil {
		return err
	}
	style, err := a.withAddresses(minifyStyle(all.Bytes()))
	if err != nil {
		return err
	}
	a.add("site.css", style)
	return nil
}

// withAddresses puts the hashed names where the style sheets name a font by
// its file: url(../fonts/x.woff2).
func (a *assets) withAddresses(style []byte) ([]byte, error) {
	const open = "url(../fonts/"
	var out []byte
	for {
		before, rest, found := bytes.Cut(style, []byte(open))
		out = append(out, before...)
		if !found {
			return out, nil
		}
		name, after, _ := bytes.Cut(rest, []byte(")"))
		hashed, ok := a.at[string(name)]
		if !ok {
			return nil, fmt.Errorf("a style sheet names fonts/%s, which is not there", name)
		}
		out = append(append(append(out, "url("...), path.Base(hashed)...), ')')
		style = after
	}
}

func (a *assets) addScript(static fs.FS) error {
	var all bytes.Buffer
	err := each(static, "js/*.js", func(name string, data []byte) { all.Write(minifyScript(data)) })
	a.add("site.js", all.Bytes())
	return err
}

// addLibraries takes what pages load only on a reader's press, as it is. (The engine
// that draws at build time lies beside it in this very project, and is not published.)
func (a *assets) addLibraries(static fs.FS) error {
	return each(static, "third-party/echarts-explore.js", func(name string, data []byte) { a.add(path.Base(name), data) })
}

// addLicences takes every licence text that lies beside a font or a library:
// licence conditions ask for them wherever the works go, drawings included.
func (a *assets) addLicences(static fs.FS) error {
	for _, folder := range []string{"fonts", "third-party"} {
		err := each(static, folder+"/*", func(name string, data []byte) {
			base := strings.ToUpper(path.Base(name))
			if strings.Contains(base, "LICEN") || strings.Contains(base, "NOTICE") || strings.Contains(base, "OFL") {
				file := strings.TrimSuffix(path.Base(name), ".txt") + ".txt"
				a.files = append(a.files, File{Path: "assets/" + file, Data: data})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func each(static fs.FS, pattern string, do func(name string, data []byte)) error {
	names, err := fs.Glob(static, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		if info, err := fs.Stat(static, name); err != nil || info.IsDir() {
			continue
		}
		data, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		do(name, data)
	}
	return nil
}

// minifyStyle drops comments and the white space that means nothing. More is
// not worth its risks: what is left is compressed on its way anyway.
func minifyStyle(css []byte) []byte {
	var out []byte
	for i := 0; i < len(css); i++ {
		c := css[i]
		switch {
		case c == '/' && i+1 < len(css) && css[i+1] == '*':
			end := bytes.Index(css[i:], []byte("*/"))
			if end < 0 {
				return out
			}
			i += end + 1
		case c == '"' || c == '\'':
			end := i + 1
			for end < len(css)-1 && css[end] != c {
				end++
			}
			out = append(out, css[i:end+1]...)
			i = end
		case isSpace(c):
			if n := len(out); n > 0 && !bytes.ContainsRune([]byte(" {};,"), rune(out[n-1])) {
				out = append(out, ' ')
			}
		case bytes.IndexByte([]byte("{};,"), c) >= 0:
			out = append(bytes.TrimRight(out, " "), c)
		default:
			out = append(out, c)
		}
	}
	return out
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// minifyScript drops indents, empty lines and lines that are only a comment.
// Scripts here hold no text that runs over lines.
func minifyScript(js []byte) []byte {
	var out []byte
	for line := range bytes.Lines(js) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			out = append(append(out, line...), '\n')
		}
	}
	return out
}
