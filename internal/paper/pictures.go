package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// mostPictures is how many pictures are taken, and tallest how much of a page they show, in
// px: nobody looks at more.
const (
	mostPictures = 60
	tallest      = 9000
)

// widths are those of windows, of which there are pictures.
var widths = []int{1280, 390}

// gaps are the pages of which there is no picture, or none of all of the page.
type gaps struct{ none, cut []changedPage }

// takePictures takes a picture of each page that changed, old beside new.
func takePictures(b *browser, host string, s *shelf, p *proposal, out string) (left gaps, err error) {
	shown := p.shown()
	if most := mostPictures / len(widths); len(shown) > most {
		shown, left.none = shown[:most], shown[most:]
	}
	if len(shown) == 0 {
		return left, nil
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return left, err
	}
	for i, page := range shown {
		cut := false
		for _, width := range widths {
			png, whole, err := b.pair(host, s, p, page, width)
			if err != nil {
				return left, fmt.Errorf("/%s: %w", page.path, err)
			}
			cut = cut || !whole
			name := filepath.Join(out, fmt.Sprintf("%s-%d.png", fileName(page.path, i), width))
			if err := os.WriteFile(name, png, 0o644); err != nil {
				return left, err
			}
		}
		if cut {
			left.cut = append(left.cut, page)
		}
	}
	return left, nil
}

// longestName is how many bytes the name of a picture has at the most, without its end.
const longestName = 180

// fileName makes "de--visits" of "de/visits/". One that is too long is cut and gets the number
// of its page.
func fileName(path string, number int) string {
	name := strings.ReplaceAll(strings.Trim(strings.TrimSuffix(path, ".html"), "/"), "/", "--")
	if name == "" {
		return "index"
	}
	if len(name) > longestName {
		name = strings.ToValidUTF8(name[:longestName], "") + "--" + strconv.Itoa(number)
	}
	return name
}

// side is one of the two pages of a picture.
type side struct {
	Title, Class string
	Address      string // "" where there is no such page
	Missing      string
}

// pair takes one picture of both states of a page, at the same height.
func (b *browser) pair(
	host string, s *shelf, p *proposal, page changedPage, width int,
) (png []byte, whole bool, err error) {
	sides := [2]side{
		{Title: p.say("Before", "Bisher"), Class: "before",
			Missing: p.say("This page is new.", "Diese Seite ist neu.")},
		{Title: p.say("Proposed", "Vorschlag"), Class: "after",
			Missing: p.say("This page is gone.", "Diese Seite gibt es nicht mehr.")},
	}
	if page.old != "" {
		sides[0].Address = "/old/" + page.path
	}
	if page.now != "" {
		sides[1].Address = "/new/" + page.path
	}
	var html bytes.Buffer
	err = layouts.ExecuteTemplate(&html, "pair.html", map[string]any{
		"Page": page, "Path": "/" + page.path, "Sides": sides, "Width": width, "Lang": p.lang.Code,
	})
	if err != nil {
		return nil, false, err
	}
	const name, frame, above = "approval/pair.html", 48, 76 // around both pages, and over them
	s.put(name, html.Bytes())
	return b.shoot(host+"/"+name, 2*width+frame, tallest, above)
}
