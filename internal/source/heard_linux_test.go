package source

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"bilanz/internal/diag"
)

// Who hears of each save need not wait for a file to grow older, but for a program that has
// it open.
func TestWhereSavesAreHeardAFileIsReadAtOnceUnlessItIsOpen(t *testing.T) {
	dir, p := opened(t)
	p.Heard = true
	path := filepath.Join(dir, "a.md")
	if err := os.WriteFile(path, []byte("whole"), 0o644); err != nil {
		t.Fatal(err)
	}
	var list diag.List
	begin := time.Now()
	if text, ok := p.Read("a.md", &list); !ok || string(text) != "whole" {
		t.Fatalf("%q %v", text, list.Sorted())
	}
	if took := time.Since(begin); took >= quietFor/2 {
		t.Errorf("a young file took %v", took)
	}
	f, err := os.Create(filepath.Join(dir, "b.md"))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		time.Sleep(60 * time.Millisecond)
		f.WriteString("the end")
		f.Close()
	}()
	if text, ok := p.Read("b.md", &list); !ok || string(text) != "the end" {
		t.Errorf("half of it was read: %q %v", text, list.Sorted())
	}
}
