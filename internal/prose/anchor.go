package prose

import (
	"bytes"
	"strconv"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"

	"github.com/yuin/goldmark/ast"
)

// reserve notes the ids that the page will have for other things than headings, so that
// a heading with the same words gets another one.
func (v *visitor) reserve() {
	v.ours["main"] = true
	for i := range v.defined {
		v.ours["fn-"+strconv.Itoa(i+1)], v.ours["fnref-"+strconv.Itoa(i+1)] = true, true
	}
	nth := map[Kind]int{}
	_ = ast.Walk(v.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		if block, ok := n.(*blockNode); ok && entering {
			id := string(blockID(v.source[block.yamlStart:block.yamlEnd]))
			if block.kind == Headline || block.kind == Cards {
				nth[block.kind]++
				id = string(block.kind) + "-" + strconv.Itoa(nth[block.kind])
			}
			for _, part := range []string{"", "-title", "-summary", "-data"} {
				v.ours[id+part] = true
			}
		}
		return ast.WalkContinue, nil
	})
}

var idLine = pattern.Of(`(?m)^\s*id:\s*["']?([a-z0-9-]+)`)

// blockID finds the id in the YAML of a block, which is read later.
func blockID(yaml []byte) []byte {
	if found := idLine().FindSubmatch(yaml); found != nil {
		return bytes.Clone(found[1])
	}
	return nil
}

// anchor gives a heading its id: the one that {#id} fixes, or one made of its
// words. Figures are left out, so that anchors outlive updates.
func (v *visitor) anchor(n *ast.Heading, words string, start, end int) string {
	fixed := ""
	for _, a := range n.Attributes() {
		value, _ := a.Value.([]byte)
		if string(a.Name) == "id" {
			fixed = locale.Composed(string(value))
			continue
		}
		v.report("heading-attribute", diag.Error, start, end,
			diag.Say("a heading takes an id in braces and nothing else, not %q",
				"in den Klammern einer Überschrift steht eine Kennung und sonst nichts, nicht „%s“", string(a.Name)),
			diag.Say("write {#id}", "schreiben Sie {#id}"))
	}
	n.RemoveAttributes()
	if fixed != "" && v.ids[fixed] {
		v.report("heading-twice", diag.Error, start, end,
			diag.Say("two headings of this page have the id %q",
				"zwei Überschriften dieser Seite haben die Kennung „%s“", fixed),
			diag.Say("give one of them another id", "geben Sie einer davon eine andere Kennung"))
	}
	if fixed != "" && v.ours[fixed] {
		v.report("heading-twice", diag.Error, start, end,
			diag.Say("something else on this page has the id %q",
				"etwas anderes auf dieser Seite hat die Kennung „%s“", fixed),
			diag.Say("give the heading another id", "geben Sie der Überschrift eine andere Kennung"))
	}
	id := fixed
	if id == "" {
		id = Slug(words)
		for base := id; v.ids[id] || v.ours[id]; id = base + "-" + strconv.Itoa(v.nth[base]+1) {
			v.nth[base]++
		}
	}
	v.ids[id] = true
	n.SetAttributeString("id", []byte(id))
	return id
}
