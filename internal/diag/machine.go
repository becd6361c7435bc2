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
	Accepted    int              `json:"accepted"`
}

type jsonDiagnostic struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity"` // "error", "warning" or "accepted"
	Message  string     `json:"message"`
	Path     string     `json:"path"`
	Page     string     `json:"page,omitempty"`   // the title of the page
	Cell     string     `json:"cell,omitempty"`   // of a workbook: "Sheet1!B7"; then neither line nor column
	Line     int        `json:"line,omitempty"`   // from 1; left out: the file as a whole
	Column   int        `json:"column,omitempty"` // in characters, from 1
	Length   int        `json:"length,omitempty"` // in characters
	Notes    []jsonNote `json:"notes,omitempty"`
	Ways     []string   `json:"ways,omitempty"` // what can be done, the likeliest first

	Waiver *jsonWaiver `json:"waiver,omitempty"` // of what is accepted
}

type jsonWaiver struct {
	Reason string `json:"reason"`
	Role   string `json:"role"`
	Until  string `json:"until"` // 2027-01-31
}

type jsonNote struct {
	Message string `json:"message"`
	Path    string `json:"path"`
	Cell    string `json:"cell,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
}

// WriteJSON prints sorted diagnostics, all of them, as one JSON object.
func WriteJSON(w io.Writer, ds []Diagnostic, lang string) error {
	report := jsonReport{Version: 1, Diagnostics: []jsonDiagnostic{}, Errors: Count(ds, Error), Warnings: Count(ds, Warning), Accepted: Count(ds, Accepted)}
	for _, d := range ds {
		j := jsonDiagnostic{
			Code: d.Code, Severity: severityName(d.Severity), Message: said(d.Text, lang),
			Path: d.Place.Path, Page: cut(shown(d.Page, true), longestWord), Cell: d.Place.Cell, Length: d.Place.Width,
		}
		j.Line, j.Column = d.Place.lineAndColumn()
		for _, n := range d.Notes {
			line, column := n.Place.lineAndColumn()
			j.Notes = append(j.Notes, jsonNote{said(n.Text, lang), n.Place.Path, n.Place.Cell, line, column})
		}
		for _, way := range d.Ways {
			j.Ways = append(j.Ways, said(way, lang))
		}
		if w := d.Waiver; w != nil {
			j.Waiver = &jsonWaiver{w.Reason, w.Role, w.Until}
		}
		report.Diagnostics = append(report.Diagnostics, j)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}

// lineAndColumn are those of a text; a workbook has none.
func (p Place) lineAndColumn() (line, column int) {
	if p.Cell != "" {
		return 0, 0
	}
	return p.Line, p.Col
}

func severityName(s Severity) string { return [...]string{"error", "warning", "accepted"}[s] }

// mostAnnotations is how many annotations of one level GitHub shows for a step;
// what comes after them it drops without a word.
const mostAnnotations = 10

// Annotated parts sorted diagnostics into those that GitHub shows as annotations
// and the rest, which the summary of the step holds. Both begin with causes.
func Annotated(ds []Diagnostic) (shown, rest []Diagnostic) {
	var of [3]int
	for _, d := range CausesFirst(ds) {
		if of[d.Severity]++; of[d.Severity] <= mostAnnotations {
			shown = append(shown, d)
		} else {
			rest = append(rest, d)
		}
	}
	return shown, rest
}

// WriteGitHub prints sorted diagnostics as annotations of GitHub Actions.
func WriteGitHub(w io.Writer, ds []Diagnostic, lang string) error {
	// The log takes "::" at the start of a line for a command, and "##[" anywhere on it.
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C", "##[", "# #[")
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "##[", "# #[")
	level := [...]string{"error", "warning", "notice"}
	for _, d := range ds {
		text := d.Sentence(lang)
		if d.Place.Cell != "" {
			text = d.Place.Cell + ": " + text
		}
		if d.Waiver != nil {
			text += "\n" + Say("Accepted %s", "Hingenommen, %s", d.Waiver.text()).In(lang)
		} else {
			lead := Say("What you can do", "Was Sie tun können")
			for _, way := range d.Ways {
				text += "\n" + lead.In(lang) + ": " + said(way, lang)
				lead = Say("or", "oder")
			}
		}
		at := ""
		if d.Place.Path != "" {
			at = "file=" + property.Replace(d.Place.Path) + ","
		}
		if d.Place.Line > 0 && d.Place.Cell == "" {
			at += fmt.Sprintf("line=%d,col=%d,endColumn=%d,", d.Place.Line, d.Place.Col, d.Place.Col+max(1, d.Place.Width))
		}
		_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level[d.Severity], at, property.Replace(d.Code), message.Replace(text))
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteSummary prints sorted diagnostics as a table of Markdown, for the summary
// of a step of GitHub Actions. What authors wrote stays text in it.
func WriteSummary(w io.Writer, ds []Diagnostic, lang string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n|  |  |  |\n|---|---|---|\n", Say("%s that stand beside no line:", "%s, die neben keiner Zeile stehen:", counted(ds)).In(lang))
	for _, d := range ds {
		fmt.Fprintf(&out, "| %s | %s | %s |\n", code(d.Place.String()), Markdown(d.Sentence(lang)), code(d.Code))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// code writes a text as code, if it holds nothing that could end that.
func code(text string) string {
	if text == "" || strings.ContainsAny(text, "`|\\<>&\n") {
		return Markdown(text)
	}
	return "`" + text + "`"
}
