package audit

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html/atom"
)

// follow checks an address that a reader may go to.
func (a *auditor) follow(href []byte) {
	switch scheme, odd := schemeOf(href); {
	case odd:
		a.found(addressOdd(href))
	case scheme == "" && bytes.HasPrefix(href, []byte("//")):
		a.found(addressOdd(href))
	case scheme == "":
		a.within(href)
	case scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel":
		a.found(schemeRefused(href, scheme))
	case scheme == "mailto" && bytes.ContainsAny(href, "?,;%&"):
		a.found(mailLoaded(href))
	}
}

// load checks an address that the browser fetches with the page.
func (a *auditor) load(tag, src []byte) {
	scheme, odd := schemeOf(src)
	switch {
	case odd || len(src) == 0:
		a.found(addressOdd(src))
	case scheme == "data" && (string(tag) == "img" || string(tag) == "image" || string(tag) == "source"):
	case scheme != "" || bytes.HasPrefix(src, []byte("//")):
		a.found(foreign(tag, src))
	default:
		a.within(src)
	}
}

// schemeOf gives the scheme of an address in small letters, "" for a relative
// one. Browsers drop tabs and line ends inside "java\nscript:", so an address
// that has any is odd.
func schemeOf(address []byte) (scheme string, odd bool) {
	for _, c := range address {
		if c <= ' ' || c == 0x7f || c == '\\' {
			return "", true
		}
	}
	i := bytes.IndexAny(address, ":/?#")
	if i <= 0 || address[i] != ':' {
		return "", false
	}
	return strings.ToLower(string(address[:i])), false
}

// within keeps an address of this site, resolved against the page. A place on the page
// itself is looked for at its end.
func (a *auditor) within(href []byte) {
	address, fragment, _ := bytes.Cut(href, []byte("#"))
	address, _, _ = bytes.Cut(address, []byte("?"))
	start := len(a.text)
	if !a.resolve(decoded(address)) {
		return
	}
	to := target{path: span{start, len(a.text)}}
	id := placeOf(fragment)
	if string(a.at(to.path)) != addressOf(a.path) {
		to.id = a.keep(id)
		a.targets = append(a.targets, to)
	} else if len(id) > 0 {
		a.refer(bytes.ToLower(a.scan.name), attr{[]byte("href"), id}, false)
	}
}

// placeOf is the id that a fragment names: none for the top of a page, and for words
// that the browser is to look for.
func placeOf(fragment []byte) []byte {
	id, _, _ := bytes.Cut(fragment, []byte(":~:"))
	if bytes.EqualFold(id, []byte("top")) {
		return nil
	}
	return decoded(id)
}

func decoded(s []byte) []byte {
	if bytes.IndexByte(s, '%') < 0 {
		return s
	}
	plain, err := url.PathUnescape(string(s))
	if err != nil {
		return s
	}
	return []byte(plain)
}

// resolve makes an address of the page one below the site's root, and adds it to
// the text that is kept. What works only at one place of the site, or only at the
// root of a host, is a problem.
func (a *auditor) resolve(address []byte) bool {
	rooted := bytes.HasPrefix(address, []byte("/"))
	switch {
	case len(address) == 0:
		a.text = append(a.text, addressOf(a.path)...)
		return true
	case a.o.Kind == NotFound && !rooted:
		a.found(notFoundRelative(address))
		return false
	case a.o.Kind == NotFound:
		to, ok := bytes.CutPrefix(address, []byte(a.o.Base))
		if !ok {
			a.found(notFoundElsewhere(address, a.o.Base))
		}
		a.text = append(a.text, to...)
		return ok
	case rooted:
		a.found(fromRoot(address))
		return false
	}
	return a.join(address)
}

// join walks a relative address from the folder of the page.
func (a *auditor) join(address []byte) bool {
	folder := ""
	if i := strings.LastIndexByte(a.path, '/'); i >= 0 {
		folder = a.path[:i]
	}
	rest, up := address, 0
	for bytes.HasPrefix(rest, []byte("../")) {
		rest = rest[len("../"):]
		up++
	}
	for range up {
		if folder == "" {
			a.found(aboveRoot(address))
			return false
		}
		folder = folder[:max(strings.LastIndexByte(folder, '/'), 0)]
	}
	if untidy(rest) {
		to := path.Join("/", folder, string(rest))
		if to != "/" && namesFolder(rest) {
			to += "/"
		}
		a.text = append(a.text, to[1:]...)
		return true
	}
	if folder != "" {
		a.text = append(append(a.text, folder...), '/')
	}
	a.text = append(a.text, rest...)
	return true
}

// untidy reports whether an address has steps that lead nowhere or back, which
// no page of ours has: "./x", "x/../y", "x//y".
func untidy(address []byte) bool {
	return bytes.HasPrefix(address, []byte(".")) || bytes.HasPrefix(address, []byte("/")) ||
		bytes.Contains(address, []byte("/.")) || bytes.Contains(address, []byte("//"))
}

// namesFolder reports whether an address ends in "/", "." or "..".
func namesFolder(address []byte) bool {
	last := string(address[bytes.LastIndexByte(address, '/')+1:])
	return last == "" || last == "." || last == ".."
}

// addressOf is where readers find the file at path: "de/visits/" for
// "de/visits/index.html".
func addressOf(file string) string {
	if file == "index.html" {
		return ""
	}
	if folder, ok := strings.CutSuffix(file, "/index.html"); ok {
		return folder + "/"
	}
	return file
}

// loads checks the elements that fetch something besides script and style.
func (a *auditor) loads(e *element) {
	switch e.atom {
	case atom.Img:
		a.picture()
		a.sources(e.name, "src", "srcset")
	case atom.Source:
		a.sources(e.name, "src", "srcset")
	case atom.Video:
		a.sources(e.name, "src", "poster")
	case atom.Audio, atom.Track, atom.Embed:
		a.sources(e.name, "src")
	case atom.Object:
		a.sources(e.name, "data")
	case atom.Iframe:
		if !a.filled("title") && !a.labelled() {
			a.found(frameWithoutTitle())
		}
		a.sources(e.name, "src")
	default:
		if a.svg > 0 {
			a.drawn(e.name)
		}
	}
}

func (a *auditor) sources(tag []byte, keys ...string) {
	for _, key := range keys {
		value, ok := a.get(key)
		switch {
		case !ok:
		case key == "srcset":
			for candidate := range bytes.SplitSeq(value, []byte(", ")) {
				if words := bytes.Fields(candidate); len(words) > 0 {
					a.load(bytes.ToLower(tag), words[0])
				}
			}
		default:
			a.load(bytes.ToLower(tag), value)
		}
	}
}

// drawn checks what a drawing uses: <use href="#arrow">, <image href="…">.
func (a *auditor) drawn(tag []byte) {
	for _, key := range []string{"href", "xlink:href"} {
		value, ok := a.get(key)
		if !ok {
			continue
		}
		if id, local := bytes.CutPrefix(value, []byte("#")); local {
			a.refer(bytes.ToLower(tag), attr{[]byte(key), id}, false)
			continue
		}
		a.load(bytes.ToLower(tag), value)
	}
}

// linkElement checks <link>: most kinds are fetched, some only name an address.
func (a *auditor) linkElement() {
	href, _ := a.get("href")
	rel, _ := a.get("rel")
	for word := range bytes.FieldsSeq(bytes.ToLower(rel)) {
		switch string(word) {
		case "stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "preconnect",
			"dns-prefetch", "apple-touch-icon", "mask-icon":
			a.load([]byte("link"), href)
			return
		}
	}
	a.follow(href)
}

// refresh checks <meta http-equiv="refresh" content="0; url=…">, the only way
// on from an old address. Any other page may not leave by itself.
func (a *auditor) refresh(content []byte) {
	if a.o.Kind != Redirect {
		a.found(leavesByItself())
		return
	}
	_, target, ok := bytes.Cut(content, []byte("="))
	target = bytes.Trim(target, ` "'`)
	if !ok || len(target) == 0 {
		a.found(leavesByItself())
		return
	}
	a.follow(target)
}
