package picture

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	_ "image/gif" // its size
	"image/jpeg"
	imagepng "image/png"
	"math"
	"slices"
	"strconv"

	"bilanz/internal/drawn"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // read only
)

const (
	quality    = 85        // of JPEG
	mostPixels = 120 << 20 // that are drawn anew: more would take more memory than a build may
)

func size(data []byte) (width, height int) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0
	}
	return config.Width, config.Height
}

//go:embed *.go
var sources embed.FS

var tools = drawn.With(sources)

// redrawn turns a picture upright and makes it as large as pages show it, where it is not.
func redrawn(shown Picture, p *parts, cache drawn.Cache) Picture {
	if p.orientation > 4 {
		shown.Width, shown.Height = shown.Height, shown.Width
	}
	if p.orientation < 2 && shown.Width <= MostWidth || p.moving {
		return upright(shown, p)
	}
	sum := sha256.Sum256(p.clean)
	key := tools.Key("picture", string(sum[:]), strconv.Itoa(p.orientation))
	kept, _ := drawn.Kept(cache, key, func() ([]byte, error) { // made without an error
		made, ok := draws(shown, p)
		if !ok {
			made = upright(shown, p)
		}
		return pack(made), nil
	})
	made := unpack(kept)
	made.Placed = shown.Placed
	return made
}

// upright is the picture as it is; one that lies on its side says so itself.
func upright(shown Picture, p *parts) Picture {
	if p.orientation > 1 {
		shown.Data = withOrientation(p)
	}
	return shown
}

// draws draws a picture anew; false where that makes no sense.
func draws(shown Picture, p *parts) (Picture, bool) {
	from, format, err := image.Decode(bytes.NewReader(p.clean))
	if err != nil || from.ColorModel() == color.CMYKModel {
		return shown, false // the profile of print colours fits no others
	}
	to := turn(scale(from, shown.Width), p.orientation)
	made := shown
	made.Width, made.Height = to.Bounds().Dx(), to.Bounds().Dy()
	var out bytes.Buffer
	if format == "png" || !opaque(from) {
		encoder := imagepng.Encoder{CompressionLevel: imagepng.BestCompression}
		err = encoder.Encode(&out, to)
		made.Data = coloursPNG(out.Bytes(), p)
		made.Ext = ".png"
	} else {
		err = jpeg.Encode(&out, to, &jpeg.Options{Quality: quality})
		made.Data = profileJPEG(out.Bytes(), p.profile)
		if p.kind == webp {
			made.Ext = ".jpg"
		}
	}
	return made, err == nil && (p.orientation > 1 || len(made.Data) < len(p.clean))
}

func opaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// scale makes a picture, which is so wide once it stands upright, as wide as pages show it.
func scale(from image.Image, upright int) image.Image {
	if upright <= MostWidth {
		return from
	}
	b := from.Bounds()
	factor := float64(MostWidth) / float64(upright)
	smaller := func(n int) int { return max(1, int(math.Round(float64(n)*factor))) }
	bounds := image.Rect(0, 0, smaller(b.Dx()), smaller(b.Dy()))
	var to draw.Image = image.NewRGBA(bounds)
	if _, gray := from.(*image.Gray); gray {
		to = image.NewGray(bounds) // its profile is one for grays
	}
	draw.CatmullRom.Scale(to, bounds, from, b, draw.Src, nil)
	return to
}

// turn sets a picture upright, by how EXIF counts the eight ways to hold a camera.
func turn(from image.Image, orientation int) image.Image {
	if orientation < 2 {
		return from
	}
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	bounds := image.Rect(0, 0, w, h)
	if orientation > 4 {
		bounds = image.Rect(0, 0, h, w)
	}
	var to draw.Image = image.NewRGBA(bounds)
	if _, gray := from.(*image.Gray); gray {
		to = image.NewGray(bounds)
	}
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			fx, fy := source(orientation, x, y, w, h)
			to.Set(x, y, from.At(b.Min.X+fx, b.Min.Y+fy))
		}
	}
	return to
}

// source is the pixel of the picture as the camera wrote it, w by h, for one of the upright
// picture.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// mostSegment is how much of a profile one segment of a JPEG holds.
const mostSegment = 65535 - 2 - 14

// profileJPEG puts a colour profile at the front of a JPEG.
func profileJPEG(data, profile []byte) []byte {
	if len(profile) == 0 || len(profile) > 255*mostSegment {
		return data
	}
	out := bytes.NewBuffer(data[:2:2])
	count := (len(profile) + mostSegment - 1) / mostSegment
	for n := 1; n <= count; n++ {
		part := profile[:min(len(profile), mostSegment)]
		profile = profile[len(part):]
		out.Write([]byte{0xff, 0xe2})
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(2+14+len(part))))
		out.WriteString("ICC_PROFILE\x00")
		out.Write([]byte{byte(n), byte(count)})
		out.Write(part)
	}
	out.Write(data[2:])
	return out.Bytes()
}

// coloursPNG puts behind the header of a PNG which colours its numbers are: the chunks of
// the picture that it was drawn from, or the profile of one of another kind.
func coloursPNG(data []byte, p *parts) []byte {
	const head = len(pngSign) + 12 + 13
	chunks := p.colours
	if p.kind != png && len(p.profile) > 0 {
		chunks = profileChunk(p.profile)
	}
	return slices.Concat(data[:head], chunks, data[head:])
}

func profileChunk(profile []byte) []byte {
	var chunk bytes.Buffer
	chunk.WriteString("iCCPprofile\x00\x00")
	w := zlib.NewWriter(&chunk)
	w.Write(profile)
	w.Close()
	length := binary.BigEndian.AppendUint32(nil, uint32(chunk.Len()-4))
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk.Bytes()))
	return slices.Concat(length, chunk.Bytes(), sum)
}

// withOrientation is a picture that is not drawn anew and lies on its side: all that is
// left of what the camera wrote is how it was held.
func withOrientation(p *parts) []byte {
	exif := append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"),
		byte(p.orientation), 0, 0, 0, 0, 0, 0)
	switch p.kind {
	case png:
		const head = len(pngSign) + 12 + 13
		chunk := append([]byte("eXIf"), exif...)
		length := binary.BigEndian.AppendUint32(nil, uint32(len(exif)))
		sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk))
		return slices.Concat(p.clean[:head], length, chunk, sum, p.clean[head:])
	case webp:
		return exifWebP(p.clean, exif)
	case jpg:
	default:
		return p.clean
	}
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(2+6+len(exif)))
	segment = append(append(segment, "Exif\x00\x00"...), exif...)
	return append(append(p.clean[:2:2], segment...), p.clean[2:]...)
}

// exifWebP adds a chunk to a WebP file whose head has room to announce it.
func exifWebP(data, exif []byte) []byte {
	if string(data[12:16]) != "VP8X" {
		return data // without that head no program wrote how the camera was held
	}
	out := slices.Clone(data)
	out[20] |= webpExif
	out = binary.LittleEndian.AppendUint32(append(out, "EXIF"...), uint32(len(exif)))
	out = append(out, exif...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// pack writes a picture for the cache: its size, its end and its bytes.
func pack(p Picture) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(p.Width))
	b = binary.BigEndian.AppendUint32(b, uint32(p.Height))
	return append(append(append(b, byte(len(p.Ext))), p.Ext...), p.Data...)
}

// unpack reads what pack wrote.
func unpack(b []byte) Picture {
	ext := 9 + int(b[8])
	return Picture{
		Data: b[ext:], Ext: string(b[9:ext]),
		Width: int(binary.BigEndian.Uint32(b)), Height: int(binary.BigEndian.Uint32(b[4:])),
	}
}
