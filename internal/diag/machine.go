package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// The JSON form is stable: fields may be added, never renamed or removed.
type jsonReport struct {
	Version     int              `json:"version"` // 1
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
	Errors      int              `json:"errors"`
	Warnings    int              `json:"warnings"`
}

type jsonDiagnostic struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity"` // "error" or "warning"
	Message  string     `json:"message"`
	Path     string     `json:"path"`
	Line     int        `json:"line,omitempty"`   // from 1; left out: the file as a whole
	Column   int        `json:"column,omitempty"` // in characters, from 1
	Length   int        `json:"length,omitempty"` // in characters
	Notes    []jsonNote `json:"notes,omitempty"`
	Ways     []string   `json:"ways,omitempty"` // what can be done, the likeliest first
}

type jsonNote struct {
	Message string `json:"message"`
	Path    string `json:"path"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
}

// WriteJSON prints sorted diagnostics, all of them, as one JSON object.
func WriteJSON(w io.Writer, ds []Diagnostic, lang string) error {
	report := jsonReport{Version: 1, Diagnostics: []jsonDiagnostic{}, Errors: Count(ds, Error), Warnings: Count(ds, Warning)}
	for _, d := range ds {
		j := jsonDiagnostic{
			Code: d.Code, Severity: severityName(d.Severity), Message: d.Text.In(lang),
			Path: d.Place.Path, Line: d.Place.Line, Column: d.Place.Col, Length: d.Place.Width,
		}
		for _, n := range d.Notes {
			j.Notes = append(j.Notes, jsonNote{n.Text.In(lang), n.Place.Path, n.Place.Line, n.Place.Col})
		}
		for _, way := range d.Ways {
			j.Ways = append(j.Ways, way.In(lang))
		}
		report.Diagnostics = append(report.Diagnostics, j)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}

func severityName(s Severity) string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// WriteGitHub prints sorted diagnostics as annotations of GitHub Actions.
func WriteGitHub(w io.Writer, ds []Diagnostic, lang string) error {
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	for _, d := range ds {
		text := d.Text.In(lang)
		for _, way := range d.Ways {
			text += "\n" + Say("What you can do", "Was Sie tun können").In(lang) + ": " + way.In(lang)
		}
		at := "file=" + property.Replace(d.Place.Path)
		if d.Place.Line > 0 {
			at += fmt.Sprintf(",line=%d,col=%d,endColumn=%d", d.Place.Line, d.Place.Col, d.Place.Col+max(1, d.Place.Width))
		}
		_, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", severityName(d.Severity), at, property.Replace(d.Code), message.Replace(text))
		if err != nil {
			return err
		}
	}
	return nil
}
