package build

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/incoming"
	"bilanz/internal/picture"
	"bilanz/internal/prose"
	"bilanz/internal/source"
)

// attached is a file that lies beside a page, and whether the page shows it or links to it.
type attached struct {
	file  string
	shown bool
}

// asset is such a file as it is published.
type asset struct {
	path          string // "assets/reading-room.1a2b3c4d.jpg"
	width, height int    // in pixels; 0 where unknown
	placed        bool   // what authors wrote says where it was taken
}

// attach publishes a file that lies beside a page, to which a link at some place leads,
// or says why it cannot. That the file cannot be read is told in list.
func (b *builder) attach(of attached, at diag.Place, list *diag.List) *diag.Diagnostic {
	p := b.image(of)
	if incoming.IsWaiting(of.file) {
		return &diag.Diagnostic{Code: "link-broken",
			Text: diag.Say("%s waits for import, and is never published",
				"%s wartet auf die Übernahme und wird nie veröffentlicht", of.file),
			Ways: []diag.Text{diag.Say("lay a file that readers are to have beside the page",
				"legen Sie eine Datei, die Leserinnen und Leser bekommen sollen, neben die Seite")}}
	}
	if p.path == "" {
		if spelt := b.project.Spelt(of.file); spelt != of.file {
			return noFile(of.file, spelt)
		}
		content, ok := b.project.ReadRaw(of.file, list)
		if !ok {
			return nil
		}
		read, problem := b.readPicture(of, content)
		if problem != nil {
			return problem
		}
		if !b.mayPublish(of.file, read.Data) {
			return nil
		}
		p = nameOf(of.file, read)
		b.mu.Lock()
		b.images[of] = p
		b.mu.Unlock()
		b.writeOnce(p.path, read.Data)
	}
	if p.placed {
		b.showsPlace(of.file, at)
	}
	return nil
}

// noFile says that a file does not exist, or only in other capital letters, which is the
// same file on some computers and on no server.
func noFile(file, spelt string) *diag.Diagnostic {
	way := diag.Say("check the name, in small and capital letters",
		"prüfen Sie den Namen, auch Groß- und Kleinbuchstaben")
	if spelt != "" {
		way = diag.Say("write the name as the file has it: %s", "schreiben Sie den Namen so, wie die Datei heißt: %s",
			changedEnd(file, spelt))
	}
	return &diag.Diagnostic{Code: "link-broken",
		Text: diag.Say("there is no file %s", "es gibt keine Datei %s", file), Ways: []diag.Text{way}}
}

// changedEnd is the end of a spelling from the first name that differs on.
func changedEnd(file, spelt string) string {
	was, is := strings.Split(file, "/"), strings.Split(spelt, "/")
	for len(is) > 1 && was[0] == is[0] {
		was, is = was[1:], is[1:]
	}
	return strings.Join(is, "/")
}

func (b *builder) readPicture(of attached, content []byte) (picture.Picture, *diag.Diagnostic) {
	if problem := source.Missing(of.file, content); problem != nil {
		return picture.Picture{}, problem
	}
	if of.shown {
		return picture.Shown(of.file, content, b.drawings)
	}
	return picture.Linked(of.file, content)
}

// image is a file that lies beside a page, once it is published.
func (b *builder) image(of attached) asset {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.images[of]
}

// showsPlace keeps the first place at which a page uses a picture that says where it was
// taken.
func (b *builder) showsPlace(file string, at diag.Place) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, twice := b.placed[file]; !twice || at.Compare(known) < 0 {
		b.placed[file] = at
	}
}

// checkPlaces warns of pictures that say where they were taken. That is not published, but
// whoever gets the project's files can read it.
func (b *builder) checkPlaces() {
	for file, at := range b.placed {
		b.siteProblems.Add(diag.Diagnostic{
			Code: "image-place", Severity: diag.Warning, Place: at, About: []string{file},
			Text: diag.Say("the picture %s says where it was taken; that is cut out on the website, but the file in the project still says it",
				"im Bild %s steht, wo es aufgenommen wurde; auf der Website fehlt das, aber in der Datei des Projekts steht es weiter", path.Base(file)),
			Ways: []diag.Text{diag.Say("save the picture without its place, if others may see the project's files (on an iPhone: Share, Options, no Location)",
				"speichern Sie das Bild ohne Ort, wenn andere die Dateien des Projekts sehen können (auf dem iPhone: Teilen, Optionen, ohne Standort)")},
		})
	}
}

func nameOf(file string, p picture.Picture) asset {
	sum := sha256.Sum256(p.Data)
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return asset{
		path:  "assets/" + prose.Slug(name) + "." + hex.EncodeToString(sum[:4]) + p.Ext,
		width: p.Width, height: p.Height, placed: p.Placed,
	}
}

// isAttached reports whether a page shows a file or links to it.
func (b *builder) isAttached(file string) bool {
	return slices.ContainsFunc([]bool{true, false}, func(shown bool) bool { return b.image(attached{file, shown}).path != "" })
}
