// Package fonts holds Source Sans 3: the variable woff2 that pages load, and two
// static weights in which the build measures and draws. Only the woff2 is published.
package fonts

import _ "embed"

// Regular (400) and Semibold (600) are static .woff files: zlib around an sfnt,
// since the Go libraries read neither woff2 nor variable axes.
var (
	//go:embed source-sans-3-latin-400-normal.woff
	Regular []byte
	//go:embed source-sans-3-latin-600-normal.woff
	Semibold []byte
)
