package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/gif"  // the sizes of images
	_ "image/jpeg" // that authors lay
	_ "image/png"  // beside their pages
	"path"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/prose"
)

// picture is a file that lies beside a page, as it is published.
type picture struct {
	path          string // "assets/reading-room.1a2b3c4d.jpg"
	width, height int    // in pixels; 0 where unknown
}

// attach publishes a file that lies beside a page, to which a link leads.
func (t *turn) attach(link *prose.Link, file string) {
	if !t.build.project.Has(file) {
		t.report(&diag.Diagnostic{
			Code: "link-broken",
			Text: diag.Say("there is no file %s", "es gibt keine Datei %s", file),
			Ways: []diag.Text{diag.Say("check the name, in small and capital letters",
				"prüfen Sie den Namen, auch Groß- und Kleinbuchstaben")},
		}, link.Start, link.End)
		return
	}
	if t.build.image(file).path != "" {
		return
	}
	content, ok := t.build.project.ReadRaw(file, &t.pageProblems)
	if !ok {
		return
	}
	p := pictureOf(file, content)
	t.build.mu.Lock()
	t.build.images[file] = p
	t.build.mu.Unlock()
	t.build.writeOnce(p.path, content)
}

// image is a file that lies beside a page, once it is published.
func (b *builder) image(file string) picture {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.images[file]
}

func pictureOf(file string, content []byte) picture {
	sum := sha256.Sum256(content)
	ext := path.Ext(file)
	name := strings.TrimSuffix(path.Base(file), ext)
	p := picture{path: "assets/" + prose.Slug(name) + "." + hex.EncodeToString(sum[:4]) + strings.ToLower(ext)}
	// An image of a kind that Go does not know is shown without its size.
	if config, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil {
		p.width, p.height = config.Width, config.Height
	}
	return p
}
