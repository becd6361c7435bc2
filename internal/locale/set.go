package locale

import (
	"maps"
	"slices"
)

// Set is the languages that a project can be written in: those built in, and those
// whose catalogues it brings. It does not change once made. The nil Set holds those
// built in.
type Set struct{ langs map[string]func() *Lang }

// Lookup finds a language by its code.
func (s *Set) Lookup(code string) (*Lang, bool) {
	if s == nil {
		s = builtIn
	}
	read, ok := s.langs[code]
	if !ok {
		return nil, false
	}
	return read(), true
}

// Codes lists the languages by their codes.
func (s *Set) Codes() []string {
	if s == nil {
		s = builtIn
	}
	return slices.Sorted(maps.Keys(s.langs))
}

// Lookup finds a language that is built in.
func Lookup(code string) (*Lang, bool) { return builtIn.Lookup(code) }

// Must finds a language that is known to be built in.
func Must(code string) *Lang {
	l, ok := builtIn.Lookup(code)
	if !ok {
		panic("locale: no catalogue for " + code)
	}
	return l
}

// Codes lists the languages that are built in.
func Codes() []string { return builtIn.Codes() }
