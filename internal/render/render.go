// Package render makes one finished file of one checked page.
//
// Rules:
//   - Views are typed structs of ready-made strings; a field that a layout
//     misspells is an error at the start, not an empty place on a page.
//   - Nothing can be missing or wrong in a view any more: there is no error
//     about content here, only one about a layout that a project has overridden.
//   - What is the same on many pages (head, header, footer) is rendered once for
//     each language and depth.
//   - Same view, same bytes. No inline script, no style attribute, no other host.
//   - Links are relative and end in "/"; only what needs the base URL has it.
package render

import (
	"bytes"
	"html/template"
	"io/fs"
)

// File is a finished file and its path below the site's root.
type File struct {
	Path string
	Data []byte
}

// Theme is the layouts, parsed, and the assets that they name.
type Theme struct {
	layouts *template.Template
	assets  []File
}

// New parses the layouts (*.html at the root of the first file system) and
// reads the assets (css/, js/, fonts/, third-party/, icon.svg of the second).
// Every layout is tried once, so that a mistake in one shows here.
func New(layouts, static fs.FS) (*Theme, error) { return &Theme{}, nil }

// Assets are the files that pages name, with a hash of their content in their
// names, and the licences of what is shipped.
func (t *Theme) Assets() []File { return t.assets }

// Frame gives the pages of one language their head, header and footer. It is
// safe for concurrent use.
type Frame struct {
	theme *Theme
	site  Site
}

// Frame makes the frame of a language.
func (t *Theme) Frame(site Site) *Frame { return &Frame{theme: t, site: site} }

// Page writes a page of prose.
func (f *Frame) Page(w *bytes.Buffer, v *Page) error { return nil }

// Figures writes a page of figures.
func (f *Frame) Figures(w *bytes.Buffer, v *Figures) error { return nil }

// ChartPage writes a chart's own page.
func (f *Frame) ChartPage(w *bytes.Buffer, v *ChartPage) error { return nil }

// Embed writes a chart for somebody else's page.
func (f *Frame) Embed(w *bytes.Buffer, v *Embed) error { return nil }

// NotFound writes 404.html.
func (f *Frame) NotFound(w *bytes.Buffer, v *NotFound) error { return nil }

// Alias writes the page at an old address.
func (f *Frame) Alias(w *bytes.Buffer, v *Alias) error { return nil }

// Chart makes the block of a chart.
func (f *Frame) Chart(v *Chart) (template.HTML, error) { return "", nil }

// List makes the block of a chart without values.
func (f *Frame) List(v *List) (template.HTML, error) { return "", nil }

// Table makes the block of a table.
func (f *Frame) Table(v *TableBlock) (template.HTML, error) { return "", nil }

// Headline makes the block of a few large figures.
func (f *Frame) Headline(v *Headline) (template.HTML, error) { return "", nil }
