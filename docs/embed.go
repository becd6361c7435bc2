// Package docs holds the texts that people read beside the tool; the list of
// problems is also what "bilanz explain" prints.
package docs

import _ "embed" // for the two texts

// Errors is errors.md: what each code means, and what to do.
//
//go:embed errors.md
var Errors string

// Fehler is the same in German.
//
//go:embed fehler.md
var Fehler string
