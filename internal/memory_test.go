package internal_test

import (
	"os"
	"regexp"
	"testing"
)

var memorySetting = regexp.MustCompile(`debug\.(SetGCPercent|SetMemoryLimit)\(`)

// How much memory a process takes is the command's to say: whoever links these packages
// into another program, or draws in a server, wants something else.
func TestOnlyTheCommandSaysWhenGarbageIsCollected(t *testing.T) {
	settings := 0
	for _, file := range goFiles(t) {
		text, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range memorySetting.FindAllString(string(text), -1) {
			settings++
			if file.pkg != "cmd/bilanz" {
				t.Errorf("%s calls %s…): let cmd/bilanz/memory.go decide", file.path, found)
			}
		}
	}
	if settings == 0 {
		t.Error("nobody calls them; this test looks for the wrong words")
	}
}
