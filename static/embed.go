// Package static holds what pages load: style sheets, the script, fonts, the icon.
// A project's own static/ file of the same name takes the place of one of these.
package static

import "embed"

// FS holds the files by the paths that they have here. The fonts that only the
// build draws with are in package fonts, and not published.
//
//go:embed css js icon.svg fonts/*.woff2 fonts/OFL.txt third-party/echarts-explore.js
//go:embed third-party/words.js third-party/stem-*.js third-party/*-LICENSES.txt
var FS embed.FS
