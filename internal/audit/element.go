package audit

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

// scope is an element that must give its reader some words.
type scope struct {
	kind scopeKind
	has  bool
}

type scopeKind int

const (
	noScope scopeKind = iota
	linkScope
	buttonScope
	headingScope
	pictureScope
	titleScope
	captionScope
	summaryScope
	columnScope // <th>
)

func (a *auditor) start(tag []byte, closed bool) {
	e := element{
		name: a.page[a.offset+1 : a.offset+1+len(tag)], atom: atom.Lookup(tag),
		offset: a.offset, end: a.end,
	}
	a.everywhere(tag)
	a.first(e.atom)
	e.hides = a.has("hidden") || a.is("aria-hidden", "true")
	e.scope.kind = a.rules(&e)
	if void(e.atom) && a.svg == 0 {
		return
	}
	a.push(e)
	if closed && a.svg > 0 { // outside of drawings the slash means nothing
		a.pop(false)
	}
}

func (a *auditor) push(e element) {
	if e.hides {
		a.hidden++
	}
	switch e.atom {
	case atom.Svg:
		a.svg++
	case atom.Label:
		a.labels++
	}
	if e.scope.kind != noScope {
		e.scope.has = e.scope.has || a.hidden > 0
		a.scopes = append(a.scopes, len(a.stack))
	}
	a.stack = append(a.stack, e)
}

// close pops everything up to the element that the end tag names.
func (a *auditor) close(tag []byte) {
	for i := len(a.stack) - 1; i >= 0; i-- {
		if bytes.EqualFold(a.stack[i].name, tag) {
			for len(a.stack) > i+1 {
				a.pop(true)
			}
			a.pop(false)
			return
		}
	}
	a.found(tagNotOpen(tag))
}

func (a *auditor) pop(forgotten bool) {
	e := a.stack[len(a.stack)-1]
	a.stack = a.stack[:len(a.stack)-1]
	if forgotten && !endsByItself(e.atom) {
		a.foundAt(tagNotClosed(e.name), e.offset, e.end)
	}
	if e.hides {
		a.hidden--
	}
	if e.scope.kind != noScope {
		a.scopes = a.scopes[:len(a.scopes)-1]
		a.leaveScope(e)
	}
	switch e.atom {
	case atom.Svg:
		a.svg--
	case atom.Label:
		a.labels--
	case atom.Table:
		a.leaveTable(e)
	}
}

func (a *auditor) leaveScope(e element) {
	if !e.scope.has {
		a.foundAt(wordless(e.scope.kind, e.name), e.offset, e.end)
	}
	if e.scope.kind == pictureScope && e.scope.has {
		a.named()
	}
}

func (a *auditor) leaveTable(e element) {
	if e.table.layout {
		return
	}
	if !e.table.named {
		a.foundAt(tableUnnamed(), e.offset, e.end)
	}
	if !e.table.headed {
		a.foundAt(tableUnheaded(), e.offset, e.end)
	}
}

// words takes note of text. Inside a picture only its title counts: the rest
// is drawn, not said.
func (a *auditor) words(raw []byte) {
	if len(a.scopes) == 0 || a.hidden > 0 || blank(raw) {
		return
	}
	if a.svg == 0 {
		a.named()
		return
	}
	inner := a.stack[len(a.stack)-1]
	if inner.atom != atom.Title {
		return
	}
	for _, i := range a.scopes {
		if a.stack[i].scope.kind == pictureScope {
			a.stack[i].scope.has = true
		}
	}
}

// named gives words to every element that is open and needs some.
func (a *auditor) named() {
	for _, i := range a.scopes {
		a.stack[i].scope.has = true
	}
}

// blank reports whether text shows nothing: spaces, also those written as
// entities.
func blank(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return true
	}
	if raw[0] != '&' {
		return false
	}
	return len(bytes.TrimSpace(unescaped(raw))) == 0
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// endsByItself reports whether HTML lets the end tag be left out.
func endsByItself(a atom.Atom) bool {
	switch a {
	case atom.Html, atom.Head, atom.Body, atom.P, atom.Li, atom.Dt, atom.Dd, atom.Option, atom.Optgroup,
		atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Colgroup, atom.Rt, atom.Rp:
		return true
	}
	return false
}
