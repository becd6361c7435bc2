package preview

import (
	"bytes"
	_ "embed"
	"net/http"
	"path"
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
	_, good, _ := s.now()
	if good == nil {
		s.noPage(w)
		return
	}
	name := s.within(good, strings.TrimPrefix(r.URL.Path, "/"))
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if data, ok := good.site.File(name); ok {
		s.write(w, http.StatusOK, good, name, data)
		return
	}
	if _, ok := good.site.File(name + "/index.html"); ok {
		http.Redirect(w, r, path.Base(name)+"/", http.StatusFound)
		return
	}
	data, _ := good.site.File("404.html")
	s.write(w, http.StatusNotFound, good, "404.html", data)
}

// within gives a name from the site's root on. The one page with addresses from the root
// of its host, 404.html, may have been made for a folder of it.
func (s *server) within(r *round, name string) string { return name }

// write sends a file, a page with the preview's own style and script.
func (s *server) write(w http.ResponseWriter, status int, r *round, name string, data []byte) {
	w.Header().Set("Content-Type", kind(name))
	if path.Ext(name) == ".html" {
		data = s.withHead(data, r.number)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	w.Write(data)
}

// withHead adds what the preview needs to a page, at the end of its head.
func (s *server) withHead(page []byte, number int) []byte {
	add := strings.NewReplacer("{token}", s.token, "{round}", strconv.Itoa(number)).Replace(head)
	at := max(0, bytes.Index(page, []byte("</head")))
	return slices.Concat(page[:at], []byte(add), page[at:])
}

// noPage answers while there is no site yet.
func (s *server) noPage(w http.ResponseWriter) {
	w.Header().Set("Content-Type", kind(".html"))
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write(s.withHead([]byte(strings.NewReplacer("{lang}", s.o.Lang, "{title}", s.say("Preview", "Vorschau")).Replace(none)), 0))
}

func (s *server) say(en, de string, args ...any) string {
	return diag.Say(en, de, args...).In(s.o.Lang)
}

// kinds are the types of what sites hold. The system's own table is not asked: on some it
// takes scripts for plain text.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
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
