// Package thirdparty holds what make third-party builds from npm; LOCK beside this
// file names versions, licences and hashes. What is published of it (the live chart,
// licences) is in package static.
package thirdparty

import _ "embed"

// Draw is the engine of the static pictures: ECharts for a machine without a DOM.
// It is run at build time and never published.
//
//go:embed echarts-draw.js
var Draw []byte

// Lock stands for all of it, the fonts too: a test holds its hashes against the files.
//
//go:embed LOCK
var Lock []byte
