package picture

import (
	"bytes"
	"path"
	"strings"
)

// kind is what a file holds, by its bytes.
type kind string

const (
	jpg  kind = "JPEG"
	png  kind = "PNG"
	webp kind = "WebP"
	gif  kind = "GIF"
	svg  kind = "SVG"
	avif kind = "AVIF"
	heic kind = "HEIC" // what iPhones make
	tiff kind = "TIFF"
)

// kindOf recognises a picture by its first bytes; "" for anything else.
func kindOf(data []byte) kind {
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return jpg
	case begins(pngSign):
		return png
	case begins("RIFF") && len(data) >= 12 && string(data[8:12]) == "WEBP":
		return webp
	case begins("GIF87a"), begins("GIF89a"):
		return gif
	case begins("II*\x00"), begins("MM\x00*"):
		return tiff
	case len(data) >= 16 && string(data[4:8]) == "ftyp":
		return kindOfBrand(data)
	}
	if root := rootOf(data); root == "svg" || strings.HasSuffix(root, ":svg") {
		return svg
	}
	return ""
}

// rootOf is the name of the element that an XML file consists of; "" where there is none.
// What may stand before it are comments, instructions and the type of the document.
func rootOf(data []byte) string {
	for rest := bytes.TrimPrefix(data, []byte("\ufeff")); ; {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		end := ">"
		switch {
		case !bytes.HasPrefix(rest, []byte("<")):
			return ""
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(rest, []byte("<!")):
			if open := bytes.IndexAny(rest, "[>"); open >= 0 && rest[open] == '[' {
				end = "]"
			}
		case bytes.HasPrefix(rest, []byte("<?")):
			end = "?>"
		default:
			name := rest[1:min(len(rest), 64)]
			if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
				name = name[:i]
			}
			return string(name)
		}
		_, after, found := bytes.Cut(rest, []byte(end))
		if !found {
			return ""
		}
		if end == "]" {
			after = bytes.TrimPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte(">"))
		}
		rest = after
	}
}

// kindOfBrand tells the two kinds of pictures apart that begin like a film.
func kindOfBrand(data []byte) kind {
	length := min(len(data), max(16, int(data[3])))
	brands := string(data[8:length])
	switch {
	case strings.Contains(brands, "avif"), strings.Contains(brands, "avis"):
		return avif
	case strings.Contains(brands, "hei"), strings.Contains(brands, "hev"), strings.Contains(brands, "mif1"), strings.Contains(brands, "msf1"):
		return heic
	}
	return ""
}

// ext is the end of the name of such a file.
func (k kind) ext() string {
	if k == jpg {
		return ".jpg"
	}
	return "." + strings.ToLower(string(k))
}

// fits reports whether a file of this kind may have the name.
func (k kind) fits(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == k.ext() || k == jpg && (ext == ".jpeg" || ext == ".jfif")
}

// drawable reports whether such a picture can be drawn anew.
func (k kind) drawable() bool { return k == jpg || k == png || k == webp }
