package sheet

import "embed"

// Sources are this package's own text, a part of the key under which workbooks are kept.
//
//go:embed *.go
var Sources embed.FS
