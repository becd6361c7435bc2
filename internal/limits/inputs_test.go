package main

import (
	"testing"
	"testing/fstest"

	"bilanz/internal/build"
	"bilanz/internal/diag"
)

// few is how much of each thing the test takes: enough for each path of the code, and
// little enough for every run of the tests. "make limits" takes as much as is allowed.
const few = 12

type memory struct{}

func (memory) Write(string, []byte) error { return nil }

// Each input ends, and what is wrong in it is said at a place. A name that tells of a
// fault is no name of a sound one.
func TestEachInputEnds(t *testing.T) {
	for _, in := range inputs() {
		t.Run(in.name, func(t *testing.T) {
			disk := fstest.MapFS{}
			for name, text := range in.make(min(in.most, few)) {
				disk[name] = &fstest.MapFile{Data: []byte(text)}
			}
			result, err := build.Build(t.Context(), build.Options{Files: disk, Into: memory{}, NoCards: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range result.Diagnostics {
				if d.Place.Path == "" {
					t.Errorf("%s has no place", d.Code)
				}
			}
			if got := diag.Count(result.Diagnostics, diag.Error) > 0; got != in.bad {
				t.Errorf("errors: %v, which is not what the list of inputs says", got)
			}
		})
	}
}
