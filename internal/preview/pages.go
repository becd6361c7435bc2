package preview

import (
	"bytes"
	_ "embed"
	"html"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/diag"
)

//go:embed assets/head.html
var head string

//go:embed assets/none.html
var none string

// own is where everything lies that is the preview's and not the site's.
const own = "/_preview/"

// handler answers everything.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.method+" "+own+r.name, s.checked(r))
	}
	mux.Handle(own, http.NotFoundHandler())
	mux.HandleFunc("/", s.page)
	return s.guard(mux)
}

// page answers with a file of the last good site, as a host of static files does.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "", http.StatusMethodNotAllowed)
		return
	}
	last, good, _ := s.now()
	if good == nil {
		s.noPage(w, last)
		return
	}
	st := s.stateOf(last, good)
	name := within(good, strings.TrimPrefix(r.URL.Path, "/"))
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if data, ok := good.site.File(name); ok {
		s.write(w, http.StatusOK, st, name, data)
		return
	}
	if _, ok := good.site.File(name + "/index.html"); ok {
		http.Redirect(w, r, path.Base(name)+"/", http.StatusFound)
		return
	}
	data, _ := good.site.File("404.html")
	s.write(w, http.StatusNotFound, st, "404.html", data)
}

// within gives a name from the site's root on. The one page with addresses from the root of
// its host, 404.html, may be made for a site that lies in a folder there.
func within(r *round, name string) string {
	if r.result.Site == nil {
		return name
	}
	base, err := url.Parse(r.result.Site.Config.BaseURL)
	if err != nil || base.Path == "" {
		return name
	}
	return strings.TrimPrefix(name, strings.TrimPrefix(base.Path, "/"))
}

// write sends a file, a page with the preview's own style and script.
func (s *server) write(w http.ResponseWriter, status int, st state, name string, data []byte) {
	w.Header().Set("Content-Type", kind(name))
	if path.Ext(name) == ".html" {
		data = s.withHead(data, st)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	w.Write(data)
}

// withHead adds what the preview needs to a page, at the end of its head.
func (s *server) withHead(page []byte, st state) []byte {
	add := strings.NewReplacer(
		"{token}", s.token, "{shown}", strconv.Itoa(st.Shown), "{round}", strconv.Itoa(st.Round),
		"{scripted}", s.scripted(),
	).Replace(head)
	at := max(0, bytes.Index(page, []byte("</head")))
	return slices.Concat(page[:at], []byte(add), page[at:])
}

// scripted says that the project has scripts of its own, which may not know that parts of a
// page are renewed; "" where it has none.
func (s *server) scripted() string {
	files, _ := os.ReadDir(filepath.Join(s.o.Build.Dir, "static", "js")) // mostly there is no such folder
	if !slices.ContainsFunc(files, func(f os.DirEntry) bool { return path.Ext(f.Name()) == ".js" }) {
		return ""
	}
	return "yes"
}

// noPage answers while there is no site yet, with the messages as a terminal shows them.
func (s *server) noPage(w http.ResponseWriter, last *round) {
	about := s.say("The site is being built for the first time. It comes by itself.",
		"Die Website wird zum ersten Mal gebaut. Sie erscheint von selbst.")
	var messages strings.Builder
	if last != nil {
		about = s.reported(last, false).About
		_ = diag.WriteText(&messages, last.result.Diagnostics, diag.TextOptions{Lang: s.o.Lang})
	}
	page := strings.NewReplacer(
		"{lang}", s.o.Lang, "{title}", s.say("Preview", "Vorschau"), "{about}", html.EscapeString(about),
		"{messages}", html.EscapeString(messages.String()),
	).Replace(none)
	w.Header().Set("Content-Type", kind(".html"))
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write(s.withHead([]byte(page), s.stateOf(last, nil)))
}

func (s *server) say(en, de string, args ...any) string {
	return diag.Say(en, de, args...).In(s.o.Lang)
}

// kinds are the types of what sites hold. The system's own table is not asked: on some it
// takes scripts for plain text.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
	".webp": "image/webp", ".gif": "image/gif", ".avif": "image/avif", ".ico": "image/x-icon", ".woff2": "font/woff2",
	".pdf": "application/pdf", ".zip": "application/zip", ".webmanifest": "application/manifest+json",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func kind(name string) string {
	if k := kinds[strings.ToLower(path.Ext(name))]; k != "" {
		return k
	}
	return "application/octet-stream"
}
