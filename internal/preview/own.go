package preview

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// route is one address below /_preview/.
type route struct {
	method string // GET, which takes HEAD in, or POST, which changes files and needs the token
	name   string
	answer http.HandlerFunc
}

// routes lists the preview's own addresses. A tool of the preview, such as an inspector, adds
// its routes here; its script is a module in assets/, imported by preview.js, with what
// base.js lends; its style another file there, linked in head.html. A POST comes to a route
// only with the token, from a page of this preview. What a tool needs of the server: now (the
// latest build with its figures, uses and diagnostics), build (a try, with unsaved text),
// change (the one road of edits), read, answer and refuse.
func (s *server) routes() []route {
	return append([]route{
		{"GET", "{file}", s.asset},
		{"GET", "events", s.events},
		{"GET", "problems", s.problems},
		{"POST", "mend", s.mend},
	}, s.inspecting()...)
}

// checked lets to a route only who may come there.
func (s *server) checked(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if !isOurs(q) || r.method == "POST" && !s.mayChange(q) {
			http.Error(w, s.say("Only a page of this preview may ask for this.",
				"Das darf nur eine Seite dieser Vorschau."), http.StatusForbidden)
			return
		}
		r.answer(w, q)
	})
}

//go:embed assets/*.js assets/*.css
var assets embed.FS

// asset answers with a script or a style sheet of the preview.
func (s *server) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind(name))
	w.Write(data)
}

// answer sends a value as JSON.
func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", kind(".json"))
	_ = json.NewEncoder(w).Encode(value) // who asked may be gone
}

// events tells a page of each build, until it goes.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	_ = stream.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		last, good, newer := s.now()
		text, _ := json.Marshal(s.stateOf(last, good)) // it has only texts and numbers
		_ = stream.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil || stream.Flush() != nil {
			return
		}
		select {
		case <-newer:
		case <-r.Context().Done():
			return
		}
	}
}
