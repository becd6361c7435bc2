package preview

import (
	"encoding/json"
	"errors"
	"net/http"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/output"
)

// mend makes the edits behind a button.
func (s *server) mend(w http.ResponseWriter, r *http.Request) {
	var want struct {
		Round, Problem, Mend int
		All                  bool // those of every problem where nobody has to decide
	}
	if !s.read(w, r, &want) {
		return
	}
	last, _, _ := s.now()
	var edits []diag.Edit
	if last != nil && last.number == want.Round {
		edits = last.edits(want.All, want.Problem, want.Mend)
	}
	if len(edits) == 0 {
		s.refuse(w, http.StatusConflict, diag.Say("Something was saved meanwhile; look at the messages again.",
			"Inzwischen wurde etwas gespeichert; sehen Sie sich die Meldungen noch einmal an."))
		return
	}
	if err := s.change(edits); err != nil {
		s.refuse(w, http.StatusConflict, refusal(err))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// edits are those of all problems, or of one button of one.
func (r *round) edits(all bool, problem, button int) []diag.Edit {
	if all {
		return r.result.Edits(false)
	}
	if problem < 0 || problem >= len(r.result.Diagnostics) {
		return nil
	}
	if groups := mends(r.result.Diagnostics[problem]); button >= 0 && button < len(groups) {
		return groups[button]
	}
	return nil
}

// read reads what a request brings.
func (s *server) read(w http.ResponseWriter, r *http.Request, into any) bool {
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
	body.DisallowUnknownFields()
	if err := body.Decode(into); err != nil {
		s.refuse(w, http.StatusBadRequest, diag.Say("This cannot be read: %v", "Das lässt sich nicht lesen: %v", err))
		return false
	}
	return true
}

// refuse says in a sentence why something was not done.
func (s *server) refuse(w http.ResponseWriter, status int, why diag.Text) {
	http.Error(w, why.In(s.o.Lang), status)
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

// refusal says why edits were not made.
func refusal(err error) diag.Text {
	changed, protected, half := (*edit.Changed)(nil), (*edit.Protected)(nil), (*edit.Half)(nil)
	switch {
	case errors.As(err, &half):
		return diag.Say("Not all was written: %s. Not everything could be undone; look at what these files hold "+
			"now: %v",
			"Nicht alles wurde geschrieben: %s. Nicht alles ließ sich zurücknehmen; sehen Sie nach, was diese "+
				"Dateien jetzt enthalten: %v",
			output.Reason(half.Err), half.Paths)
	case errors.As(err, &changed):
		return diag.Say("%s changed meanwhile, so nothing was written.",
			"%s wurde inzwischen geändert; deshalb wurde nichts geschrieben.", changed.Place)
	case errors.As(err, &protected) && protected.Folder:
		return diag.Say("The folder of %s may not be written to, so nothing was written.",
			"In den Ordner von %s darf nicht geschrieben werden; deshalb wurde nichts geschrieben.", protected.Place)
	case errors.As(err, &protected):
		return diag.Say("%s is read-only, so nothing was written.",
			"%s ist schreibgeschützt; deshalb wurde nichts geschrieben.", protected.Place)
	}
	return diag.Say("Nothing was written: %s.", "Nichts wurde geschrieben: %s.", output.Reason(err))
}
