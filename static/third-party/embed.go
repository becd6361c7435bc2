// Package thirdparty holds what make third-party builds from npm; LOCK beside this
// file names versions, licences and hashes.
package thirdparty

import _ "embed"

// Draw is the engine of the static pictures: ECharts for a machine without a DOM.
// It is run at build time and never published.
//
//go:embed echarts-draw.js
var Draw []byte

// Explore is the live chart, loaded on a reader's press; Licences are those of ECharts
// and all that is in it, to be published beside it.
var (
	//go:embed echarts-explore.js
	Explore []byte
	//go:embed ECHARTS-LICENSES.txt
	Licences []byte
)
