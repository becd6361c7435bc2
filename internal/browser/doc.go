// Package browser holds the tests of the finished site in a real Chromium, over
// every page. It has no other code.
//
// The site is built once, for the root of a host and for a path below one, and
// served on loopback as GitHub Pages would serve it. A failure names the page,
// the mode (width, light or dark, …) and the element.
//
//	make browser                          the tests
//	make screenshots                      pictures of all pages, for a look
//	make pictures                         the pictures of the README and the guides
//	go test ./internal/browser -site DIR  the tests on a finished site
package browser
