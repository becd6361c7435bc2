package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bilanz/internal/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

// poisoned gives for every picture that it kept one that somebody else laid there: a chart
// whose file holds a script, with the sum that belongs to it, and a card with more behind it.
type poisoned struct{ memory }

func (p *poisoned) Get(key string) ([]byte, bool) {
	data, ok := p.memory.Get(key)
	switch {
	case !ok:
		return nil, false
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		return append(data[:len(data):len(data)], "<script>"...), true
	}
	// A chart is its height, the lengths of four parts, the parts, and a sum of all.
	const lengths, heads = 4, 20
	at := heads + int(binary.BigEndian.Uint32(data[lengths:])) + int(binary.BigEndian.Uint32(data[lengths+4:]))
	size := int(binary.BigEndian.Uint32(data[lengths+8:]))
	bad := bytes.Replace(data[at:at+size], []byte("</svg>"), []byte("<script>alert()</script></svg>"), 1)
	out := append(append(bytes.Clone(data[:at]), bad...), data[at+size:len(data)-sha256.Size]...)
	binary.BigEndian.PutUint32(out[lengths+8:], uint32(len(bad)))
	sum := sha256.Sum256(out)
	return append(out, sum[:]...), true
}

// A picture is looked into like a page, whoever drew it.
func TestPicturesThatWereKeptAreLookedInto(t *testing.T) {
	const path = "testdata/kept.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := project(t, archive)
	o := Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true,
		Drawings: &poisoned{memory{kept: map[string][]byte{}}}}
	if first, err := Build(context.Background(), o); err != nil || !first.Written {
		t.Fatal(err, first.Diagnostics)
	}
	again, err := Build(context.Background(), o)
	if err != nil || again.Written {
		t.Fatal("a site with a script in a picture was written", err)
	}
	for i, f := range archive.Files {
		var text strings.Builder
		_ = diag.WriteText(&text, again.Diagnostics, diag.TextOptions{Lang: messageFile[f.Name], All: true})
		if text.String() != string(f.Data) && !*update {
			t.Errorf("%s: got\n%s", f.Name, text.String())
		}
		archive.Files[i].Data = []byte(text.String())
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
