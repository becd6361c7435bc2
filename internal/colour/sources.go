package colour

import "embed"

// Sources are this package's own text, a part of the key under which drawings are kept.
//
//go:embed *.go
var Sources embed.FS
