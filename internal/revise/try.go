package revise

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// mostRounds is how often what follows is looked for again: a sentence that is brought up to
// date may uncover another.
const mostRounds = 10

// Trial is what a build says of edits that nobody saved.
type Trial struct {
	Changes []edit.Change // what the edits make of their files
	Result  build.Result  // with them

	Follow []edit.Change // the same, and what "bilanz fix" would write then: sentences in every language
	After  build.Result  // with all of them; Result where nothing follows
}

// Follows reports whether something is to be written besides the edits.
func (t *Trial) Follows() bool {
	return !slices.EqualFunc(t.Changes, t.Follow, func(a, b edit.Change) bool {
		return a.Path == b.Path && bytes.Equal(a.New, b.New)
	})
}

// Try builds the project with edits that are not saved, and again with what follows from them.
// It writes nothing. It gives [edit.Changed] where a file holds other bytes than the edits
// were made for. before are the translations as they are recorded now: those that stay true
// stay recorded.
func Try(ctx context.Context, o build.Options, edits []diag.Edit, before []accepted.Translation) (*Trial, error) {
	changes, err := edit.Plan(o.Dir, edits)
	if err != nil {
		return nil, err
	}
	t := &Trial{Changes: changes}
	texts := texts{dir: o.Dir, by: map[string]edit.Change{}}
	texts.put(changes)
	o.Translations = true
	if t.Result, err = texts.build(ctx, o); err != nil {
		return nil, err
	}
	t.After, t.Follow = t.Result, changes
	rounds := 0
	for edits := t.After.Edits(false); len(edits) > 0; edits = t.After.Edits(false) {
		if rounds++; rounds > mostRounds { // they undo each other, which is for a person
			t.After = t.Result
			return t, nil
		}
		if err := texts.apply(edits); err != nil {
			return nil, err
		}
		if t.After, err = texts.build(ctx, o); err != nil {
			return nil, err
		}
	}
	if err := texts.keepRecord(t.After.Record, before, t.After.Translations); err != nil {
		return nil, err
	}
	t.Follow = texts.changes()
	return t, nil
}

// texts are files as they would be.
type texts struct {
	dir string
	by  map[string]edit.Change
}

func (t *texts) put(changes []edit.Change) {
	for _, c := range changes {
		t.by[c.Path] = c
	}
}

// get gives a file as it would be.
func (t *texts) get(path string) (edit.Change, error) {
	if c, ok := t.by[path]; ok {
		return c, nil
	}
	old, err := edit.Read(t.dir, path)
	return edit.Change{Path: path, Old: old, New: old}, err
}

// apply makes edits of the files as they would be.
func (t *texts) apply(edits []diag.Edit) error {
	slices.SortStableFunc(edits, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End(), b.End()))
	})
	for len(edits) > 0 {
		path := edits[0].Path
		n := 0
		for n < len(edits) && edits[n].Path == path {
			n++
		}
		c, err := t.get(path)
		if err != nil {
			return err
		}
		with, made, err := edit.Apply(c.New, edits[:n])
		if err != nil {
			return err
		}
		c.New, c.Edits = with, c.Edits+made
		t.by[path] = c
		edits = edits[n:]
	}
	return nil
}

func (t *texts) keepRecord(record *accepted.Record, before, now []accepted.Translation) error {
	if record == nil {
		return nil
	}
	edits, _ := record.Keep(before, now)
	return t.apply(edits)
}

func (t *texts) build(ctx context.Context, o build.Options) (build.Result, error) {
	o.Unsaved = maps.Clone(o.Unsaved)
	if o.Unsaved == nil {
		o.Unsaved = map[string][]byte{}
	}
	for path, c := range t.by {
		o.Unsaved[path] = c.New
	}
	return build.Build(ctx, o)
}

// changes are what would be written, by path.
func (t *texts) changes() []edit.Change {
	var all []edit.Change
	for _, path := range slices.Sorted(maps.Keys(t.by)) {
		if c := t.by[path]; !bytes.Equal(c.Old, c.New) {
			all = append(all, c)
		}
	}
	return all
}

// News are the problems that were not there before, as often as there are more of a kind.
// Lines may have moved meanwhile.
func News(before, after []diag.Diagnostic) []diag.Diagnostic {
	key := func(d diag.Diagnostic) string { return d.Code + " " + d.Place.Path + " " + d.Text.In("en") }
	had := map[string]int{}
	for _, d := range before {
		had[key(d)]++
	}
	var all []diag.Diagnostic
	for _, d := range after {
		if k := key(d); had[k] > 0 {
			had[k]--
			continue
		}
		all = append(all, d)
	}
	return all
}
