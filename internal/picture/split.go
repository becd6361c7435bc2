package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"slices"
)

// parts is what a file consists of.
type parts struct {
	kind        kind
	clean       []byte // without what a camera or a program wrote about the picture
	profile     []byte // of its colours; nil for none
	orientation int    // of EXIF, from 2 to 8; 0 or 1 for upright
	placed      bool   // it was written where the picture was taken
	noted       bool   // a camera wrote about it, which is not cut out
	colours     []byte // of a PNG: the chunks that say which colours its numbers are
	moving      bool   // it is a film of several pictures
}

// split takes a file apart; nil where it is not whole. Kinds that cameras do not write
// stay as they are.
func split(k kind, data []byte) *parts {
	p := &parts{kind: k}
	whole := true
	switch k {
	case jpg:
		whole = p.splitJPEG(data)
	case png:
		whole = p.splitPNG(data)
	case webp:
		whole = p.splitWebP(data)
	case gif:
		whole = p.splitGIF(data)
	case avif, heic:
		whole = p.splitBoxes(data)
	case tiff:
		p.clean = data
		p.readExif(data) // which is written in the same way
		p.readXMP(data)
	case svg:
		p.clean = data
		end := bytes.TrimRight(data, " \t\r\n\x00")
		whole = slices.ContainsFunc([]string{"svg>", "/>", "-->"},
			func(last string) bool { return bytes.HasSuffix(end, []byte(last)) })
	default:
		p.clean = data
	}
	if !whole {
		return nil
	}
	return p
}

// splitJPEG keeps the segments that make the picture, up to its end: what follows there
// are further pictures and films of the camera.
func (p *parts) splitJPEG(data []byte) bool {
	out := slices.Clone(data[:2])
	profiles := map[byte][]byte{}
	for i := 2; i+2 <= len(data); {
		marker := data[i+1]
		switch {
		case data[i] != 0xff:
			return false
		case marker == 0xff: // a byte to fill
			i++
			continue
		case marker == 0xd9:
			p.clean = append(out, data[i:i+2]...)
			for _, n := range slices.Sorted(keys(profiles)) {
				p.profile = append(p.profile, profiles[n]...)
			}
			return true
		}
		if i+4 > len(data) {
			return false
		}
		end := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if end > len(data) || end < i+4 {
			return false
		}
		body := data[i+4 : end]
		if p.keepsSegment(marker, body, profiles) {
			out = append(out, data[i:end]...)
		}
		i = end
		if marker == 0xda { // the picture itself follows
			for i+1 < len(data) && !(data[i] == 0xff && data[i+1] != 0 && (data[i+1] < 0xd0 || data[i+1] > 0xd7)) {
				i++
			}
			out = append(out, data[end:i]...)
		}
	}
	return false
}

// keepsSegment reports whether a segment belongs to the picture, and takes from those of
// the camera what is needed.
func (p *parts) keepsSegment(marker byte, body []byte, profiles map[byte][]byte) bool {
	switch {
	case marker == 0xe1:
		if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
			p.readExif(exif)
		}
		p.readXMP(body)
		return false
	case marker == 0xe2:
		profile, ok := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00"))
		if ok && len(profile) > 2 {
			profiles[profile[0]] = profile[2:]
		}
		return ok
	case marker == 0xe0, marker == 0xee: // what JFIF and Adobe say of the colours
		return marker == 0xee || bytes.HasPrefix(body, []byte("JFIF\x00"))
	}
	return marker != 0xfe && (marker < 0xe0 || marker > 0xef)
}

func keys(m map[byte][]byte) func(yield func(byte) bool) {
	return func(yield func(byte) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

const pngSign = "\x89PNG\r\n\x1a\n"

// pngChunks are those that make a picture, and pngColours those that say what its numbers
// mean.
var (
	pngChunks  = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"}
	pngColours = []string{"gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI"}
)

func (p *parts) splitPNG(data []byte) bool {
	out := []byte(pngSign)
	for i := len(pngSign); i+12 <= len(data); {
		length := uint64(binary.BigEndian.Uint32(data[i:]))
		if length > uint64(len(data)-i-12) {
			return false
		}
		end := i + 12 + int(length)
		name, body := string(data[i+4:i+8]), data[i+8:end-4]
		switch name {
		case "eXIf":
			p.readExif(body)
		case "iCCP":
			p.profile = unpackProfile(body)
		case "iTXt", "tEXt", "zTXt":
			p.readXMP(body)
		}
		if slices.Contains(pngColours, name) {
			p.colours = append(p.colours, data[i:end]...)
		}
		p.moving = p.moving || name == "acTL"
		if slices.Contains(pngChunks, name) || slices.Contains(pngColours, name) {
			out = append(out, data[i:end]...)
		}
		if name == "IEND" {
			p.clean = out
			return true
		}
		i = end
	}
	return false
}

// mostProfile is how large a colour profile may be.
const mostProfile = 4 << 20

func unpackProfile(chunk []byte) []byte {
	_, packed, ok := bytes.Cut(chunk, []byte{0})
	if !ok || len(packed) < 1 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, mostProfile+1))
	if err != nil || len(profile) > mostProfile {
		return nil
	}
	return profile
}

// splitGIF keeps the blocks that make the pictures and their order in time, up to the end.
func (p *parts) splitGIF(data []byte) bool {
	if len(data) < 13 {
		return false
	}
	i := 13 + gifColours(data[10])
	if i > len(data) {
		return false
	}
	out := slices.Clone(data[:i])
	for i < len(data) {
		start, keeps := i, true
		switch data[i] {
		case 0x3b:
			p.clean = append(out, 0x3b)
			return true
		case 0x2c: // a picture
			if i+10 > len(data) {
				return false
			}
			i += 10 + gifColours(data[i+9]) + 1
		case 0x21: // an extension
			if i+2 > len(data) {
				return false
			}
			keeps = keepsExtension(data[i+1:])
			i += 2
		default:
			return false
		}
		for i < len(data) && data[i] != 0 {
			i += 1 + int(data[i])
		}
		if i++; i > len(data) {
			return false
		}
		if keeps {
			out = append(out, data[start:i]...)
		}
	}
	return false
}

// gifColours is how many bytes the list of colours takes that flags announce.
func gifColours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// keepsExtension reports whether an extension of a GIF belongs to the picture: no comments,
// and of what programs write only how often it is played and which colours it has.
func keepsExtension(rest []byte) bool {
	switch rest[0] {
	case 0xfe:
		return false
	case 0xff:
		return slices.ContainsFunc([]string{"NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"},
			func(name string) bool { return bytes.HasPrefix(rest[1:], append([]byte{11}, name...)) })
	}
	return true
}

// boxes are those that lie at the top of an AVIF or HEIC file.
var boxes = []string{
	"ftyp", "meta", "mdat", "moov", "moof", "free", "skip", "uuid", "idat", "mfra", "sidx", "styp", "wide",
}

// splitBoxes looks whether an AVIF or HEIC file is whole, and leaves what follows behind it.
// Its boxes point at places in the file, so that nothing can be cut out of it.
func (p *parts) splitBoxes(data []byte) bool {
	i := 0
	for i+8 <= len(data) && slices.Contains(boxes, string(data[i+4:i+8])) {
		length := uint64(binary.BigEndian.Uint32(data[i:]))
		if length == 1 && i+16 <= len(data) {
			length = binary.BigEndian.Uint64(data[i+8:])
		} else if length == 0 {
			length = uint64(len(data) - i) // to the end
		}
		if length < 8 || length > uint64(len(data)-i) {
			return false
		}
		i += int(length)
	}
	p.clean = data[:i]
	p.noted = bytes.Contains(p.clean, []byte("Exif")) || bytes.Contains(p.clean, []byte("<x:xmpmeta"))
	p.readXMP(p.clean)
	for _, order := range []string{"MM\x00*", "II*\x00"} {
		for rest := p.clean; ; {
			at := bytes.Index(rest, []byte(order))
			if at < 0 {
				break
			}
			p.readExif(rest[at:])
			rest = rest[at+len(order):]
		}
	}
	p.orientation = 0 // boxes of their own say that
	return true
}

// The flags of a WebP file that say that EXIF and XMP follow.
const (
	webpExif  = 0x08
	webpNotes = webpExif | 0x04
)

func (p *parts) splitWebP(data []byte) bool {
	size := uint64(binary.LittleEndian.Uint32(data[4:])) + 8
	if size > uint64(len(data)) {
		return false
	}
	out := slices.Clone(data[:12])
	for i := 12; i+8 <= int(size); {
		length := uint64(binary.LittleEndian.Uint32(data[i+4:]))
		if length > size-uint64(i)-8 {
			return false
		}
		body := data[i+8 : i+8+int(length)]
		end := min(i+8+int(length+length%2), int(size))
		switch string(data[i : i+4]) {
		case "EXIF":
			exif, _ := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
			p.readExif(exif)
		case "XMP ":
			p.readXMP(body)
		case "ICCP":
			p.profile = body
			out = append(out, data[i:end]...)
		case "VP8X":
			at := len(out)
			if out = append(out, data[i:end]...); length > 0 {
				out[at+8] &^= webpNotes
			}
		case "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF":
			p.moving = p.moving || string(data[i:i+4]) == "ANIM"
			out = append(out, data[i:end]...)
		}
		i = end
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	p.clean = out
	return true
}

// The tags of EXIF that are asked for.
const (
	tagOrientation = 0x0112
	tagPlace       = 0x8825
)

// readExif looks how the camera was held, and whether it wrote where.
func (p *parts) readExif(exif []byte) {
	if len(exif) < 8 {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(exif[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(exif[4:]))
	if at+2 > uint64(len(exif)) {
		return
	}
	entries := exif[at+2:]
	for n := int(order.Uint16(exif[at:])); n > 0 && len(entries) >= 12; n, entries = n-1, entries[12:] {
		switch order.Uint16(entries) {
		case tagOrientation:
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				p.orientation = o
			}
		case tagPlace:
			p.placed = true
		}
	}
}

// readXMP looks for a place in what programs write in XML.
func (p *parts) readXMP(body []byte) {
	p.placed = p.placed || bytes.Contains(body, []byte("GPSLatitude"))
}
