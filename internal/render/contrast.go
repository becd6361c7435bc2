package render

import (
	"bilanz/internal/colour"
	"bilanz/internal/diag"
)

// A project's own style sheets may set colours. Those of text and of marks are held against
// what they lie on, by day and by night; ours are held by the tests.

// Text lies on paper and on the ground of boxes, and so do edges and the ring of the focus;
// charts are drawn on paper.
var (
	textTokens = []string{"ink", "ink-muted", "accent", "good", "warn", "bad"}
	lineTokens = []string{"edge", "focus"}
	inkTokens  = []string{"chart-1", "chart-2", "chart-3", "chart-4", "chart-5", restToken}
)

// CheckContrast reports colours of the project's own style sheets that cannot be read, or not
// be seen, on light or on dark pages. An accent that site.yaml states is judged there.
func (t *Theme) CheckContrast(accent, accentDark bool, list *diag.List) {
	for _, dark := range []bool{false, true} {
		tokens := t.assets.painted(dark)
		if accent && !dark || accentDark && dark {
			delete(tokens, "accent")
		}
		var pale []pale
		for _, name := range textTokens {
			pale = append(pale, tokens.hold(name, true, "paper", "tint")...)
		}
		for _, name := range lineTokens {
			pale = append(pale, tokens.hold(name, false, "paper", "tint")...)
		}
		for _, name := range inkTokens {
			pale = append(pale, tokens.hold(name, false, "paper")...)
		}
		sayPale(pale, dark, list)
	}
}

// sayPale reports each colour that the project sets, and each ground of its own once, with
// all of our colours that suffer.
func sayPale(all []pale, dark bool, list *diag.List) {
	suffer := map[string][]string{}
	for _, p := range all {
		if !p.mark.file.own {
			suffer[p.ground.set.name] = append(suffer[p.ground.set.name], "--"+p.mark.set.name)
		}
	}
	for _, p := range all {
		switch names := suffer[p.ground.set.name]; {
		case p.mark.file.own:
			list.Add(tooPale(p, nil, dark))
		case names != nil:
			list.Add(tooPale(p, names, dark))
			delete(suffer, p.ground.set.name)
		}
	}
}

// painted is a token as one kind of page has it: the declaration that counts there.
type painted struct {
	colour colour.RGB
	file   staticFile
	set    setToken
}

// paints are the tokens of one kind of page that are colours.
type paints map[string]painted

// painted gives the colours of a kind of page. What is set for all pages holds for dark ones
// too, as long as nothing behind it says otherwise.
func (a *assets) painted(dark bool) paints {
	tokens := paints{}
	for _, file := range a.withLacking() {
		for _, set := range file.sheet.tokens {
			c, ok := colour.Parse(string(file.data[set.value.start:set.value.end]))
			if ok && (dark || !set.dark) {
				tokens[set.name] = painted{c, file.staticFile, set}
			}
		}
	}
	return tokens
}

// pale is a colour that has too little contrast with a ground.
type pale struct {
	mark, ground painted
	isText       bool
	near         colour.RGB // that does on all grounds
	nearDoes     bool       // false where none can
}

// hold looks at a colour on its grounds, where the project sets one of them. The ground is
// the one from which it is hardest to tell.
func (all paints) hold(name string, isText bool, grounds ...string) []pale {
	p, least := pale{isText: isText}, float64(colour.Visible)
	if isText {
		least = colour.Readable
	}
	var known bool
	if p.mark, known = all[name]; !known {
		return nil
	}
	var lies []colour.RGB
	for _, on := range grounds {
		ground, known := all[on]
		if !known {
			continue
		}
		if len(lies) == 0 ||
			colour.Contrast(p.mark.colour, ground.colour) < colour.Contrast(p.mark.colour, p.ground.colour) {
			p.ground = ground
		}
		lies = append(lies, ground.colour)
	}
	if colour.Least(p.mark.colour, lies...) >= least || !p.mark.file.own && !p.ground.file.own {
		return nil
	}
	p.near = colour.NearestAt(least, p.mark.colour, lies...)
	p.nearDoes = colour.Least(p.near, lies...) >= least
	return []pale{p}
}
