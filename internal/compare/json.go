package compare

import (
	"bytes"
	"encoding/json"
)

// The form for programs is stable: fields may be added, never renamed or removed.

type jsonChanges struct {
	Version   int          `json:"version"`
	Figures   []jsonFigure `json:"figures"`
	Places    []jsonPlace  `json:"places"`
	Reworded  []jsonPage   `json:"pages_reworded"`
	Addresses []string     `json:"addresses_gone"`
}

type jsonFigure struct {
	ID        string     `json:"id"`
	Was       string     `json:"was,omitempty"` // the id that it had
	Label     string     `json:"label"`
	Change    string     `json:"change"` // "new", "gone" or "changed"
	Before    string     `json:"before,omitempty"`
	Now       string     `json:"now,omitempty"`
	Facts     []jsonFact `json:"facts,omitempty"`
	Jump      Jump       `json:"jump,omitempty"`
	Confirmed bool       `json:"confirmed,omitempty"`
}

type jsonFact struct {
	Name   Name   `json:"name"`
	Before string `json:"before"`
	Now    string `json:"now"`
}

type jsonPlace struct {
	Kind   string   `json:"kind"`
	Path   string   `json:"path"`
	Line   int      `json:"line,omitempty"` // of now; left out where the place is gone
	Page   string   `json:"page,omitempty"`
	Title  string   `json:"title,omitempty"`
	Before string   `json:"before,omitempty"`
	Now    string   `json:"now,omitempty"`
	Of     []jsonOf `json:"of"`
}

type jsonOf struct {
	ID       string   `json:"id"`
	Relation Relation `json:"relation"`
}

type jsonPage struct {
	Path  string `json:"path"`
	Page  string `json:"page"`
	Title string `json:"title"`
	Alone bool   `json:"in_one_language_only,omitempty"`
}

// JSON says what changed, for programs.
func (c *Changes) JSON(lang string) []byte {
	all := jsonChanges{Version: 1, Figures: []jsonFigure{}, Places: []jsonPlace{}, Reworded: []jsonPage{},
		Addresses: []string{}}
	for i := range c.Figures {
		all.Figures = append(all.Figures, c.jsonFigure(&c.Figures[i], lang))
	}
	for i := range c.Places {
		all.Places = append(all.Places, jsonPlaceOf(&c.Places[i]))
	}
	for _, r := range c.Reworded {
		all.Reworded = append(all.Reworded, jsonPage{r.File, "/" + r.Page, r.Title, r.Alone})
	}
	all.Addresses = append(all.Addresses, c.Gone...)
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(all) // texts and strings have no error
	return out.Bytes()
}

func (c *Changes) jsonFigure(change *FigureChange, lang string) jsonFigure {
	j := jsonFigure{ID: change.ID(), Change: "changed", Jump: change.Jump, Confirmed: change.Confirmed}
	if f := change.Old; f != nil {
		j.Label, j.Before = f.Label.In(lang), c.Old.said(Value, f, lang)
	}
	if f := change.New; f != nil {
		j.Label, j.Now = f.Label.In(lang), c.New.said(Value, f, lang)
	}
	switch {
	case change.Old == nil:
		j.Change = "new"
	case change.New == nil:
		j.Change = "gone"
	case change.Renamed():
		j.Was = change.Old.ID
	}
	for _, name := range change.Facts {
		j.Facts = append(j.Facts, jsonFact{
			name, c.Old.said(name, change.Old, lang), c.New.said(name, change.New, lang),
		})
	}
	return j
}

func jsonPlaceOf(p *PlaceChange) jsonPlace {
	at := p.place()
	j := jsonPlace{Kind: at.Kind, Path: at.At.Path, Title: at.Title, Of: []jsonOf{}}
	if at.Title != "" {
		j.Page = "/" + at.Page
	}
	if p.Old != nil {
		j.Before = p.Old.Text
	}
	if p.New != nil {
		j.Now, j.Line = p.New.Text, at.At.Line
	}
	for _, of := range p.Of {
		j.Of = append(j.Of, jsonOf{of.ID, of.Relation})
	}
	return j
}
