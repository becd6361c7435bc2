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

// routes lists the preview's own addresses. Whatever adds a tool to the preview, such as an
// inspector, adds its routes here and its script to assets/preview.js as an import: a POST
// comes to a route only with the token, from a page of this preview.
func (s *server) routes() []route {
	return []route{
		{"GET", "{file}", s.asset},
		{"GET", "events", s.events},
		{"GET", "problems", s.problems},
		{"POST", "edit", s.edit},
	}
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

// state is what pages are told of after each build.
type state struct {
	Start    string `json:"start"` // names this start of the preview
	Round    int    `json:"round"` // of the latest build
	Shown    int    `json:"shown"` // of the build that the pages are from
	Problems int    `json:"problems"`
	Warnings int    `json:"warnings"`
}

// events tells a page of each build, until it goes.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	_ = stream.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		said, newer := s.state()
		text, _ := json.Marshal(said) // it has only texts and numbers
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
