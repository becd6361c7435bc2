package figure

import "bilanz/internal/diag"

// The limits of one site.
const (
	mostFigures = 120_000
	mostListed  = 40_000 // that are no cells of tables: each has an entry for readers
	mostChecks  = 10_000
)

// tooMany says once that a site has more of something than can be read; what it lacks then
// is not worth a message.
func (l *loader) tooMany(at diag.Place, most int, what diag.Text) {
	l.set.incomplete = true
	if !l.over[most] {
		l.over[most] = true
		l.list.Add(diag.TooMany(at, most, what, diag.Say("leave out what no page says, or part the site",
			"lassen Sie weg, was auf keiner Seite steht, oder teilen Sie die Website")))
	}
}
