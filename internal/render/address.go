package render

import (
	"bytes"
	"cmp"
	"math/big"
	"path"
	"strings"

	"bilanz/internal/locale"
	"bilanz/internal/pattern"
)

// Rel makes an address below the site's root relative to the page at from:
// Rel("de/visits/", "de/figures/") is "../../de/figures/". Addresses that lead
// out stay as they are.
func Rel(from, to string) string {
	return prefixed(up(from), to)
}

// up is the way from a page to the site's root: "../" for each folder.
func up(from string) string {
	return strings.Repeat("../", strings.Count(from, "/"))
}

func prefixed(prefix, to string) string {
	switch {
	case leadsOut(to):
		return to
	case prefix == "" && (to == "" || strings.HasPrefix(to, "#")):
		return "./" + to
	}
	return prefix + to
}

func leadsOut(to string) bool {
	for _, scheme := range []string{"https:", "http:", "mailto:", "tel:"} {
		if strings.HasPrefix(to, scheme) {
			return true
		}
	}
	return false
}

// Size says how large a file is, for people: "1.2 kB".
func Size(l *locale.Lang, bytes int) string {
	switch {
	case bytes < 1000:
		return l.Word("size-bytes", l.Number(big.NewRat(int64(bytes), 1), 0))
	case bytes < 100_000:
		return l.Word("size-kilobytes", l.Number(big.NewRat(int64(bytes), 1000), 1))
	case bytes < 1_000_000:
		return l.Word("size-kilobytes", l.Number(big.NewRat(int64(bytes), 1000), 0))
	}
	return l.Word("size-megabytes", l.Number(big.NewRat(int64(bytes), 1_000_000), 1))
}

// FromRoot begins the address of a link whose way from the page is not known when it is
// written: a note is written once and stands on many pages.
const FromRoot = "root:"

// Root makes the addresses of a page that begin at the root lead there from the page at
// path; one that answers at every address begins with the base path.
func Root(page *bytes.Buffer, path, base string) {
	mark := []byte(`href="` + FromRoot)
	if !bytes.Contains(page.Bytes(), mark) {
		return
	}
	to := cmp.Or(base, up(path))
	home := cmp.Or(to, "./")
	whole := strings.NewReplacer(
		string(mark)+`"`, `href="`+home+`"`, string(mark)+"#", `href="`+home+"#", string(mark), `href="`+to,
	).Replace(page.String())
	page.Reset()
	page.WriteString(whole)
}

// led finds what holds an address that a page leads to, up to its end. The quotes of what a
// page only quotes are written otherwise.
var led = pattern.Of(`( href="| data-explained="| content="0; url=)([^"]*)`)

// preloads are what a browser asks for early, which it refuses where there is no server.
var preloads = pattern.Of(`<link rel="preload"[^>]*>\n?`)

// OnDisk makes the addresses of a page lead to files, as they must where no server gives a
// folder its page.
func OnDisk(page *bytes.Buffer) {
	whole := preloads().ReplaceAllString(page.String(), "")
	whole = led().ReplaceAllStringFunc(whole, func(found string) string {
		at := led().FindStringSubmatchIndex(found)[4]
		return found[:at] + AddressOnDisk(found[at:])
	})
	page.Reset()
	page.WriteString(whole)
}

// AddressOnDisk is the address of a folder's page as that of its file. Any other is itself.
func AddressOnDisk(address string) string {
	end := strings.IndexAny(address, "?#")
	if end < 0 {
		end = len(address)
	}
	folder := address[:end]
	switch {
	case leadsOut(address) || folder == "" || !strings.HasSuffix(folder, "/") && path.Base(folder) != "..":
		return address
	case !strings.HasSuffix(folder, "/"):
		folder += "/"
	}
	return folder + "index.html" + address[end:]
}
