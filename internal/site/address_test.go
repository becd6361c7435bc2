package site

import "testing"

// A host in letters is written as browsers and search engines know it; its path and
// port stay.
func TestTheHostOfASiteIsWrittenForMachines(t *testing.T) {
	for address, want := range map[string]string{
		"https://münchen.example.org/a":   "https://xn--mnchen-3ya.example.org/a/",
		"https://MÜNCHEN.example.org:81/": "https://xn--mnchen-3ya.example.org:81/",
		"https://example.org":             "https://example.org/",
		"http://127.0.0.1:8080":           "http://127.0.0.1:8080/",
		"https://xn--mnchen-3ya.example":  "https://xn--mnchen-3ya.example/",
	} {
		if got, ok := ParseBaseURL(address); !ok || got != want {
			t.Errorf("%s: got %q %v, want %q", address, got, ok, want)
		}
	}
}
