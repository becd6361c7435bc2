package preview

import (
	"encoding/json"
	"errors"
	"net/http"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

func (s *server) state() (state, <-chan struct{}) {
	last, good, newer := s.now()
	st := state{Start: s.token[:8]}
	if last != nil {
		st.Round = last.number
		st.Problems = diag.Count(last.result.Diagnostics, diag.Error)
		st.Warnings = diag.Count(last.result.Diagnostics, diag.Warning)
	}
	if good != nil {
		st.Shown = good.number
	}
	return st, newer
}

// problem is a diagnostic as a page shows it.
type problem struct {
	Severity string   `json:"severity"`
	Code     string   `json:"code"`
	Place    string   `json:"place"`
	Text     string   `json:"text"`
	Ways     []string `json:"ways"`
	Edits    []mend   `json:"edits"`
}

// mend is an edit as a button.
type mend struct {
	Number int    `json:"number"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// problems lists what the latest build found.
func (s *server) problems(w http.ResponseWriter, _ *http.Request) {
	last, _, _ := s.now()
	all := []problem{}
	if last != nil {
		for _, d := range last.result.Diagnostics {
			p := problem{Code: d.Code, Place: d.Place.String(), Text: d.Sentence(s.o.Lang), Severity: [...]string{"error", "warning", "accepted"}[d.Severity]}
			for _, way := range d.Ways {
				p.Ways = append(p.Ways, way.In(s.o.Lang))
			}
			for i, e := range d.Edits {
				p.Edits = append(p.Edits, mend{i, e.Old, e.New})
			}
			all = append(all, p)
		}
	}
	answer(w, all)
}

// edit makes one edit of a problem.
func (s *server) edit(w http.ResponseWriter, r *http.Request) {
	var want struct{ Round, Problem, Edit int }
	if err := json.NewDecoder(r.Body).Decode(&want); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	last, _, _ := s.now()
	if last == nil || want.Round != last.number || want.Problem < 0 || want.Problem >= len(last.result.Diagnostics) ||
		want.Edit < 0 || want.Edit >= len(last.result.Diagnostics[want.Problem].Edits) {
		http.Error(w, "", http.StatusConflict)
		return
	}
	if err := s.change(last.result.Diagnostics[want.Problem].Edits[want.Edit : want.Edit+1]); err != nil {
		changed := (*edit.Changed)(nil)
		if errors.As(err, &changed) {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// change is the one road of edits: all of them are made on the disk or none, and none where
// a file holds other bytes by now. The build that follows comes of the save, as for any.
func (s *server) change(edits []diag.Edit) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	changes, err := edit.Plan(s.o.Build.Dir, edits)
	if err != nil {
		return err
	}
	return edit.Write(s.o.Build.Dir, changes)
}
