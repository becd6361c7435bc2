package site

import (
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A Release is the moment from which on a site may be published: the zero value where
// nothing holds it. Builds do not look at the clock, so it changes nothing of the site;
// whoever publishes asks for it.
type Release struct{ at time.Time }

// releaseForm is how the moment is written: to the minute, with its zone.
const releaseForm = "2006-01-02T15:04Z07:00"

// almostRelease are other ways to write a moment; some lack the hour or the zone.
var almostRelease = []string{
	"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02T15:04Z07", "2006-01-02 15:04", "2006-01-02 15:04 Z07:00", "2006-01-02 15:04Z07:00",
	"2006-01-02", "2.1.2006", "2.1.2006 15:04", "2.1.2006, 15:04", "2.1.2006 15.04", "2.1.2006, 15.04",
}

// Holds reports whether the site must not be published yet.
func (r Release) Holds(now time.Time) bool { return now.Before(r.at) }

// In says the moment in the zone in which it was written; "" for none.
func (r Release) In(lang string) string {
	if r.at.IsZero() {
		return ""
	}
	zone := "UTC"
	if _, offset := r.at.Zone(); offset != 0 {
		zone += r.at.Format("-07:00")
	}
	l := locale.Must(lang)
	return diag.Say("%s, %s (%s)", "%s, %s Uhr (%s)", l.Date(r.at), r.at.Format("15:04"), zone).In(lang)
}

func (r configReader) release() Release {
	node := r.fields.Get("release_at")
	written := r.scalar(node)
	if written == "" {
		return Release{}
	}
	at, err := time.Parse(releaseForm, written)
	if err != nil {
		r.list.Add(releaseProblem(node, written))
	}
	return Release{at}
}

// releaseProblem says what a moment lacks, and how to write the one that was meant.
func releaseProblem(node *schema.Node, written string) diag.Diagnostic {
	text := diag.Say("%q is no day and time", "„%s“ ist kein Tag mit Uhrzeit", written)
	example := "2027-03-14T10:00+01:00"
	for _, form := range almostRelease {
		meant, err := time.Parse(form, written)
		if err != nil {
			continue
		}
		if strings.Contains(form, "07") {
			return releaseAt(node, diag.Say("%q is not written as bilanz reads it",
				"„%s“ ist anders geschrieben, als bilanz es liest", written),
				diag.Say("write release_at: %s", "schreiben Sie release_at: %s", meant.Format(releaseForm)))
		}
		text = diag.Say("%q lacks the time zone", "bei „%s“ fehlt die Zeitzone", written)
		if !strings.Contains(form, "15") {
			text = diag.Say("%q lacks the hour and the time zone", "bei „%s“ fehlen Uhrzeit und Zeitzone", written)
			meant = meant.Add(10 * time.Hour)
		}
		example = meant.Format("2006-01-02T15:04") + "+01:00"
		break
	}
	return releaseAt(node, text,
		diag.Say("write it as in release_at: %s (Germany is +01:00 in winter and +02:00 in summer)",
			"schreiben Sie es wie in release_at: %s (in Deutschland im Winter +01:00, im Sommer +02:00)", example))
}

func releaseAt(node *schema.Node, text, way diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Code: "release-at", Place: node.Place(), Text: text, Ways: []diag.Text{way}}
}
