// Package layouts holds the html/template files of the pages. A project's own
// layouts/ file of the same name takes the place of one of these.
package layouts

import "embed"

// FS holds the layouts at its root.
//
//go:embed *.html
var FS embed.FS
