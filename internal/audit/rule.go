package audit

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// everywhere checks what holds for any element: nothing inline, ids that are
// ids, references to be resolved at the end.
func (a *auditor) everywhere(tag []byte) {
	for _, at := range a.scan.attrs {
		switch key := string(at.key); {
		case key == "style":
			a.found(styleAttribute(tag))
		case len(key) > 2 && key[:2] == "on":
			a.found(handler(tag, at.key))
		case key == "id":
			a.id(at.value)
		case key == "for" && string(tag) == "output", refers(key):
			a.refer(tag, at, false)
		case key == "for":
			a.refer(tag, at, true)
		case a.svg > 0:
			a.paint(tag, at)
		}
	}
}

// refers reports whether an attribute holds ids of the same page.
func refers(key string) bool {
	switch key {
	case "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto",
		"aria-errormessage", "aria-activedescendant", "headers", "list", "popovertarget", "commandfor":
		return true
	}
	return false
}

func (a *auditor) id(value []byte) {
	if len(value) == 0 || bytes.ContainsAny(value, " \t\n\f\r") {
		a.found(idBlank(value))
		return
	}
	a.ids = append(a.ids, name{a.keep(value), a.offset, a.end})
}

func (a *auditor) refer(tag []byte, at attr, label bool) {
	pointed := false
	for word := range bytes.FieldsSeq(at.value) {
		pointed = true
		a.refs = append(a.refs, reference{
			name: name{a.keep(word), a.offset, a.end}, attr: string(at.key), tag: a.keep(tag), soft: label,
		})
	}
	if !pointed {
		a.found(pointsNowhere(tag, string(at.key), nil))
	}
}

// paint checks the values of drawings that name something: url(#pattern) on
// this page and nothing from elsewhere.
func (a *auditor) paint(tag []byte, at attr) {
	_, rest, found := bytes.Cut(at.value, []byte("url("))
	if !found {
		return
	}
	target, _, _ := bytes.Cut(bytes.Trim(rest, `"' `), []byte(")"))
	target = bytes.Trim(target, `"' `)
	if id, local := bytes.CutPrefix(target, []byte("#")); local {
		a.refer(tag, attr{at.key, id}, false)
		return
	}
	a.found(foreign(tag, target))
}

// first wants the policy before everything else in the head, where nothing can
// have been loaded yet.
func (a *auditor) first(tag atom.Atom) {
	if a.seen.first || !a.seen.head {
		return
	}
	a.seen.first = true
	if tag == atom.Meta && a.is("http-equiv", "content-security-policy") {
		a.seen.policy = true
	}
}

// rules checks what holds for one element, and says whether it needs words.
func (a *auditor) rules(e *element) scopeKind {
	switch e.atom {
	case atom.Html:
		a.seen.lang = a.filled("lang")
	case atom.Head:
		a.seen.head = true
	case atom.Meta:
		a.meta()
	case atom.Link:
		a.linkElement()
	case atom.Script:
		a.script()
	case atom.Style:
		a.found(styleElement())
	case atom.Base:
		a.found(baseElement())
	case atom.Title:
		return a.title(e)
	case atom.Main:
		if a.seen.main {
			a.found(secondMain())
		}
		a.seen.main = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return a.heading(e)
	case atom.A:
		return a.anchor(e)
	case atom.Button:
		a.nested(e.name)
		e.scope.has = a.labelled()
		return buttonScope
	case atom.Summary:
		e.scope.has = a.labelled()
		return summaryScope
	case atom.Table:
		e.table.named = a.labelled()
		e.table.layout = a.is("role", "presentation") || a.is("role", "none")
	case atom.Caption:
		a.inTable(func(t *tableState) { t.named = true })
		return captionScope
	case atom.Th:
		return a.columnHeading(e)
	case atom.Svg:
		return a.drawing(e)
	case atom.Input, atom.Select, atom.Textarea:
		a.field(e)
	default:
		a.loads(e)
	}
	return noScope
}

// labelled reports whether an element is named by an attribute.
func (a *auditor) labelled() bool { return a.filled("aria-label") || a.filled("aria-labelledby") }

func (a *auditor) meta() {
	content, _ := a.get("content")
	equiv, _ := a.get("http-equiv")
	called, _ := a.get("name")
	charset, encoded := a.get("charset")
	switch {
	case encoded:
		a.seen.charset = bytes.EqualFold(charset, []byte("utf-8")) && a.end <= 1024
	case bytes.EqualFold(equiv, []byte("content-security-policy")):
		a.policy(content)
	case bytes.EqualFold(equiv, []byte("refresh")):
		a.refresh(content)
	case bytes.EqualFold(called, []byte("description")):
		a.seen.description = len(bytes.TrimSpace(content)) > 0
	case bytes.EqualFold(called, []byte("viewport")):
		a.viewport(content)
	}
}

// policy compares with the one policy. The page for unknown addresses may set
// its own base.
func (a *auditor) policy(content []byte) {
	if !a.seen.policy {
		a.seen.policy = true
		a.found(policyLate())
	}
	want, got := Policy, string(content)
	if a.o.Kind == NotFound {
		want, got = withoutBase(want), withoutBase(got)
	}
	if got != want {
		a.found(policyDiffers())
	}
}

func withoutBase(policy string) string {
	kept := slices.DeleteFunc(strings.Split(policy, "; "), func(directive string) bool {
		return strings.HasPrefix(directive, "base-uri ")
	})
	return strings.Join(kept, "; ")
}

// viewport refuses what keeps a reader from enlarging the page.
func (a *auditor) viewport(content []byte) {
	a.seen.viewport = true
	plain := strings.ReplaceAll(strings.ToLower(string(content)), " ", "")
	locked := strings.Contains(plain, "user-scalable=no") || strings.Contains(plain, "user-scalable=0") ||
		strings.Contains(plain, "maximum-scale")
	if locked || !strings.Contains(plain, "width=device-width") {
		a.found(viewportLocked())
	}
}

func (a *auditor) script() {
	if src, ok := a.get("src"); ok {
		a.load([]byte("script"), src)
		return
	}
	switch kind, _ := a.get("type"); strings.ToLower(string(kind)) {
	case "application/ld+json", "application/json": // data, never run
	default:
		a.found(inlineScript())
	}
}

func (a *auditor) title(e *element) scopeKind {
	if a.svg > 0 {
		return noScope
	}
	if a.seen.title {
		a.found(secondTitle())
	}
	a.seen.title = true
	return titleScope
}

func (a *auditor) heading(e *element) scopeKind {
	level := int(e.name[1] - '0')
	switch {
	case level == 1:
		if a.seen.h1++; a.seen.h1 > 1 {
			a.found(secondH1())
		}
	case level > a.level+1:
		a.found(headingSkips(a.level, level))
	}
	a.level = level
	e.scope.has = a.labelled()
	return headingScope
}

func (a *auditor) anchor(e *element) scopeKind {
	href, ok := a.get("href")
	if !ok {
		if href, ok = a.get("xlink:href"); !ok {
			return noScope
		}
	}
	a.follow(href)
	if a.has("ping") {
		a.found(ping())
	}
	a.nested(e.name)
	e.scope.has = a.labelled()
	return linkScope
}

// nested refuses a link or button within another: browsers tear them apart, and
// a reader cannot tell which one answers.
func (a *auditor) nested(tag []byte) {
	for _, i := range a.scopes {
		if kind := a.stack[i].scope.kind; kind == linkScope || kind == buttonScope {
			a.found(linkInLink(tag, a.stack[i].name))
			return
		}
	}
}

// inTable hands the innermost open table to f.
func (a *auditor) inTable(f func(*tableState)) {
	for i := len(a.stack) - 1; i >= 0; i-- {
		if a.stack[i].atom == atom.Table {
			f(&a.stack[i].table)
			return
		}
	}
}

func (a *auditor) columnHeading(e *element) scopeKind {
	a.inTable(func(t *tableState) { t.headed = true })
	switch scope, _ := a.get("scope"); string(scope) {
	case "col", "row", "colgroup", "rowgroup":
	default:
		a.found(noScopeGiven())
	}
	e.scope.has = a.labelled()
	return columnScope
}

// drawing wants a picture to have a name or to be decoration.
func (a *auditor) drawing(e *element) scopeKind {
	if e.hides || a.svg > 0 || a.is("role", "presentation") || a.is("role", "none") {
		return noScope
	}
	if !a.is("role", "img") {
		a.found(drawingWithoutRole())
		return noScope
	}
	e.scope.has = a.labelled()
	return pictureScope
}

// field wants a form field to have a name: its own, a label around it, or a
// label elsewhere that points to it.
func (a *auditor) field(e *element) {
	kind, _ := a.get("type")
	switch strings.ToLower(string(kind)) {
	case "hidden", "submit", "reset", "button":
		return
	case "image":
		a.picture()
		return
	}
	if a.labels > 0 || a.labelled() {
		return
	}
	if id, ok := a.get("id"); ok {
		a.fields = append(a.fields, name{a.keep(id), a.offset, a.end})
		return
	}
	a.found(fieldUnnamed())
}

// picture wants a text alternative. An empty one says that the picture is
// decoration.
func (a *auditor) picture() {
	alt, ok := a.get("alt")
	if !ok && !a.labelled() {
		a.found(pictureWithoutText())
	}
	if a.hidden == 0 && (len(bytes.TrimSpace(alt)) > 0 || a.labelled()) {
		a.named()
	}
}

// finish checks what only the whole page tells.
func (a *auditor) finish() {
	a.offset, a.end = len(a.page), len(a.page)
	for len(a.stack) > 0 {
		a.pop(true)
	}
	a.uniqueIDs()
	for _, ref := range a.refs {
		if !a.knows(a.ids, ref.span) {
			a.foundAt(pointsNowhere(a.at(ref.tag), ref.attr, a.at(ref.span)), ref.offset, ref.tagEnd)
		}
	}
	for _, field := range a.fields {
		if !slices.ContainsFunc(a.refs, func(r reference) bool { return r.soft && bytes.Equal(a.at(r.span), a.at(field.span)) }) {
			a.foundAt(fieldUnnamed(), field.offset, field.tagEnd)
		}
	}
	a.missing()
}

// uniqueIDs sorts the ids and reports each that occurs again.
func (a *auditor) uniqueIDs() {
	slices.SortStableFunc(a.ids, func(x, y name) int { return bytes.Compare(a.at(x.span), a.at(y.span)) })
	for i := 1; i < len(a.ids); i++ {
		this, last := a.at(a.ids[i].span), a.at(a.ids[i-1].span)
		again := i > 1 && bytes.Equal(last, a.at(a.ids[i-2].span))
		if bytes.Equal(this, last) && !again {
			a.foundAt(idTwice(this), a.ids[i].offset, a.ids[i].tagEnd)
		}
	}
}

// knows reports whether a name is among sorted names.
func (a *auditor) knows(sorted []name, s span) bool {
	_, found := slices.BinarySearchFunc(sorted, a.at(s), func(n name, want []byte) int {
		return bytes.Compare(a.at(n.span), want)
	})
	return found
}

// missing reports what every page of its kind must have. It stands at the top
// of the page, where it belongs.
func (a *auditor) missing() {
	whole := a.o.Kind != Redirect
	described := a.o.Kind == Ordinary
	for _, m := range []struct {
		has, wanted bool
		problem     func() Problem
	}{
		{a.seen.lang, true, langMissing},
		{a.seen.policy, true, policyMissing},
		{a.seen.charset, true, charsetMissing},
		{a.seen.title, true, titleMissing},
		{a.seen.viewport, whole, viewportMissing},
		{a.seen.description, described, descriptionMissing},
		{a.seen.main, whole, mainMissing},
		{a.seen.h1 > 0, whole, h1Missing},
	} {
		if m.wanted && !m.has {
			a.foundAt(m.problem(), 0, 0)
		}
	}
}
