package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	gifs "image/gif"
	"image/jpeg"
	imagepng "image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// exif is what a camera writes: how it was held, and that it knew where.
func exif(order binary.AppendByteOrder, orientation int, placed bool) []byte {
	begin := "II*\x00"
	if order.String() == "BigEndian" {
		begin = "MM\x00*"
	}
	b := order.AppendUint32([]byte(begin), 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(order.AppendUint16(b, tagOrientation), 3)
	b = append(order.AppendUint16(order.AppendUint32(b, 1), uint16(orientation)), 0, 0)
	tag := uint16(0x0110)
	if placed {
		tag = tagPlace
	}
	b = order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(b, tag), 4), 1), 26)
	return append(order.AppendUint32(b, 0), "secret place"...)
}

func segment(marker byte, body string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(b, body...)
}

func chunk(name, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, name+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(name+body)))
}

// photograph is a picture that does not become smaller by itself.
func photograph(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = uint8(random.UintN(256)) | 0xff*uint8(i%4/3)
	}
	return m
}

func encodeJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := imagepng.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const profile = "ICC_PROFILE\x00\x01\x01colours"

// cameraJPEG is the JPEG with all that cameras and programs write around it.
func cameraJPEG(plain []byte, orientation int) []byte {
	return slices.Concat(plain[:2],
		segment(0xe1, "Exif\x00\x00"+string(exif(binary.LittleEndian, orientation, true))),
		segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<secret/>"), segment(0xe2, profile), segment(0xe2, "MPF\x00secret"),
		segment(0xed, "Photoshop secret"), segment(0xeb, "JP secret"), segment(0xfe, "secret"),
		plain[2:], []byte("\xff\xd8secret film"))
}

func TestWhatACameraWroteIsCutOut(t *testing.T) {
	small := photograph(40, 30)
	plain, flat := encodeJPEG(t, small), encodePNG(t, small)
	ihdr := len(pngSign) + 25
	for _, c := range []struct {
		name       string
		file, want []byte
	}{
		{"a.jpg", cameraJPEG(plain, 1), slices.Concat(plain[:2], segment(0xe2, profile), plain[2:])},
		{"a.JPEG", cameraJPEG(plain, 0), slices.Concat(plain[:2], segment(0xe2, profile), plain[2:])},
		{"a.png", slices.Concat(flat[:ihdr], chunk("eXIf", string(exif(binary.BigEndian, 1, true))), chunk("tEXt", "secret"),
			chunk("sRGB", "\x00"), chunk("tIME", "secret!"), chunk("iTXt", "XML secret"), flat[ihdr:], []byte("secret")),
			slices.Concat(flat[:ihdr], chunk("sRGB", "\x00"), flat[ihdr:])},
		{"a.webp", webpFile("VP8X", "\x2c\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ICCP", "odd", "VP8L", onePixel,
			"EXIF", string(exif(binary.LittleEndian, 1, true)), "XMP ", "secret"),
			webpFile("VP8X", "\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ICCP", "odd", "VP8L", onePixel)},
	} {
		for _, look := range []func() (Picture, bool){
			func() (Picture, bool) { p, d := Shown(c.name, c.file, nil); return p, d == nil && p.Width > 0 },
			func() (Picture, bool) { p, d := Linked(c.name, c.file); return p, d == nil },
		} {
			p, ok := look()
			if !ok || !p.Placed || bytes.Contains(p.Data, []byte("secret")) || !bytes.Equal(p.Data, c.want) {
				t.Errorf("%s: %v, placed %v:\n%q, not\n%q", c.name, ok, p.Placed, p.Data, c.want)
			}
		}
		if p, problem := Shown(c.name, c.want, nil); problem != nil || p.Placed || !bytes.Equal(p.Data, c.want) {
			t.Errorf("%s: what is clean does not stay as it is", c.name)
		}
	}
}

// onePixel is the smallest WebP that there is.
const onePixel = "\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07"

func webpFile(chunks ...string) []byte {
	var b []byte
	for i := 0; i < len(chunks); i += 2 {
		b = append(b, chunks[i]...)
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(chunks[i+1]))), chunks[i+1]...)
		b = append(b, make([]byte, len(chunks[i+1])%2)...)
	}
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(b)+4)), []byte("WEBP"), b)
}

// The standard says for each of the eight numbers which sides the first row and the first
// column are. Here they are red and, at their far end, blue.
func TestPicturesStandUpright(t *testing.T) {
	red, blue := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}
	m := image.NewRGBA(image.Rect(0, 0, 5, 3))
	m.Set(0, 0, red)
	m.Set(4, 0, blue)
	plain := encodePNG(t, m)
	const top, bottom, left, right = 0, -1, 0, -1
	for i, want := range [][4]int{ // x and y of red, of blue
		{left, top, right, top}, {right, top, left, top}, {right, bottom, left, bottom}, {left, bottom, right, bottom},
		{left, top, left, bottom}, {right, top, right, bottom}, {right, bottom, right, top}, {left, bottom, left, top},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			at := len(pngSign) + 25
			file := slices.Concat(plain[:at], chunk("eXIf", string(exif(order, i+1, false))), plain[at:])
			p, problem := Shown("a.png", file, nil)
			if problem != nil || p.Placed {
				t.Fatal(problem, p.Placed)
			}
			got, err := imagepng.Decode(bytes.NewReader(p.Data))
			if err != nil || got.Bounds().Dx() != p.Width || got.Bounds().Dy() != p.Height || (i < 4) != (p.Width == 5) {
				t.Fatalf("%d: %d by %d, %v", i+1, p.Width, p.Height, err)
			}
			pixel := func(x, y int) color.Color {
				return color.RGBAModel.Convert(got.At((x+p.Width)%p.Width, (y+p.Height)%p.Height))
			}
			if pixel(want[0], want[1]) != red || pixel(want[2], want[3]) != blue {
				t.Errorf("%d lies on its side", i+1)
			}
		}
	}
}

// At the widest there is, one pixel below and above, upright and on its side.
func TestLargePhotographsAreScaled(t *testing.T) {
	for _, c := range []struct{ w, h, orientation, width, height int }{
		{MostWidth - 1, 20, 1, MostWidth - 1, 20}, {MostWidth, 20, 1, MostWidth, 20}, {MostWidth + 1, 20, 1, MostWidth, 20},
		{2 * MostWidth, 30, 1, MostWidth, 15}, {20, MostWidth + 1, 1, 20, MostWidth + 1},
		{20, 2 * MostWidth, 6, MostWidth, 10}, {20, MostWidth, 6, MostWidth, 20},
	} {
		plain := encodeJPEG(t, photograph(c.w, c.h))
		cache := store{}
		for again := range 3 { // the second time from the cache, and then that is damaged
			p, problem := Shown("a.jpg", cameraJPEG(plain, c.orientation), cache)
			if problem != nil || p.Width != c.width || p.Height != c.height || !p.Placed {
				t.Fatalf("%v: %d by %d, %v", c, p.Width, p.Height, problem)
			}
			if w, h := size(p.Data); w != c.width || h != c.height || !bytes.Contains(p.Data, []byte(profile)) {
				t.Errorf("%v: the file is %d by %d, or has lost its colours", c, w, h)
			}
			for _, data := range cache {
				data[len(data)/2] ^= byte(again)
			}
		}
		if redrawn := c.orientation > 1 || c.w > MostWidth; redrawn != (len(cache) > 0) {
			t.Errorf("%v: drawn anew: %d", c, len(cache))
		}
	}
}

type store map[string][]byte

func (s store) Get(key string) ([]byte, bool) { data, ok := s[key]; return data, ok }
func (s store) Put(key string, data []byte)   { s[key] = data }

func TestTheSmallerFileWins(t *testing.T) {
	flat := encodePNG(t, image.NewPaletted(image.Rect(0, 0, 2000, 10), color.Palette{color.White, color.Black}))
	if p, problem := Shown("plan.png", flat, nil); problem != nil || !bytes.Equal(p.Data, flat) || p.Width != 2000 {
		t.Errorf("a drawing of few bytes was drawn anew: %v", problem)
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	small := photograph(4, 4)
	plain, flat := encodeJPEG(t, small), encodePNG(t, small)
	for _, c := range []struct{ name, data, code string }{
		{"a.jpg", "", "image-kind"},
		{"a.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image-format"},
		{"a.jpg", "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heix", "image-format"},
		{"a.tif", "II*\x00rest", "image-format"},
		{"a.avif", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif", ""},
		{"a.avif", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif\x00\x00\x00\x0cmdatExif", "image-format"},
		{"a.jpg", "<!doctype html><title>404</title>", "image-kind"},
		{"a.pdf", "%PDF-1.7", "image-kind"},
		{"a.jpg", string(flat), "image-kind"},
		{"a.png", string(plain), "image-kind"},
		{"a", string(plain), "image-kind"},
		{"a.jpg", string(plain[:len(plain)-2]), "image-broken"},
		{"a.jpg", string(plain[:20]), "image-broken"},
		{"a.png", string(flat[:len(flat)-12]), "image-broken"},
		{"a.webp", string(webpFile("VP8L", onePixel)[:30]), "image-broken"},
		{"a.gif", "GIF89a\x01\x00\x01\x00\x00\x00\x00;", ""},
		{"a.gif", "GIF89a\x01\x00\x01\x00\x00\x00\x00", "image-broken"},
		{"a.gif", "GIF89a\x01\x00\x01\x00\x00\x00\x00;behind", ""},
		{"a.gif", "GIF89a\x01\x00\x01\x00\x80\x00\x00123", "image-broken"},
		{"a.avif", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif\x00\x00\x00\x0dmdat", "image-broken"},
		{"a.svg", "<!doctype html><svg></svg>", ""},
		{"a.svg", "<!doctype html><p><svg></svg>", "image-kind"},
		{"a.svg", "<svg:svg xmlns:svg='http://www.w3.org/2000/svg'></svg:svg>\n", ""},
		{"a.svg", "<!-- <p> --><!DOCTYPE svg [<!ENTITY a '>'>]>\n<svg><g></svg>", ""},
		{"a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g", "image-broken"},
		{"a.svg", "<!-- <svg/>", "image-kind"}, {"a.svg", "svg", "image-kind"},
		{"a.svg", "\ufeff<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", ""},
		{"a.jfif", string(plain), ""}, {"A.JPG", string(plain), ""}, {"a.PNG", string(flat), ""},
	} {
		_, problem := Shown(c.name, []byte(c.data), nil)
		got := ""
		if problem != nil {
			got = problem.Code
		}
		if got != c.code {
			t.Errorf("%s %.30q: %q, not %q", c.name, c.data, got, c.code)
		}
	}
}

// A page may link to anything; what is no picture stays as it is.
func TestFilesThatAreLinked(t *testing.T) {
	for _, data := range []string{"", "%PDF", "<svg><g"} {
		if p, _ := Linked("a.pdf", []byte(data)); string(p.Data) != data {
			t.Errorf("%q became %q", data, p.Data)
		}
	}
	torn := cameraJPEG(encodeJPEG(t, photograph(4, 4)), 1)
	if _, problem := Linked("a.jpg", torn[:len(torn)-40]); problem == nil || problem.Code != "image-broken" {
		t.Errorf("a picture that is torn off keeps what a camera wrote: %v", problem)
	}
}

// What says where it was made is published only where that can be cut out.
func TestWhatSaysItsPlaceInOtherFormatsIsRefused(t *testing.T) {
	box := func(name, body string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + name + body
	}
	place, none := string(exif(binary.BigEndian, 6, true)), string(exif(binary.BigEndian, 6, false))
	head := box("ftyp", "heic\x00\x00\x00\x00mif1heic")
	for _, c := range []struct {
		name, data string
		refused    bool
	}{
		{"a.heic", head + box("mdat", "Exif\x00\x00"+place), true},
		{"a.heic", head + box("mdat", "Exif\x00\x00"+none), false},
		{"a.heic", head + box("mdat", "<x:xmpmeta GPSLatitude"), true},
		{"a.tif", place, true},
		{"a.tif", none, false},
		{"a.mov", box("ftyp", "qt  \x00\x00\x00\x00") + box("moov", "com.apple.quicktime.location.ISO6709"), true},
		{"a.mp4", box("ftyp", "isom\x00\x00\x00\x00") + box("moov", "\xa9xyz"), true},
		{"a.mp4", box("ftyp", "isom\x00\x00\x00\x00") + box("moov", "xyz"), false},
		{"a.pdf", "%PDF location.ISO6709", false},
	} {
		p, problem := Linked(c.name, []byte(c.data))
		if refused := problem != nil; refused != c.refused || !refused && string(p.Data) != c.data {
			t.Errorf("%s %.60q: refused %v", c.name, c.data, refused)
		}
	}
}

// A film of pictures is not drawn anew, which would leave the first of them, and says
// itself how it is held.
func TestFilmsOfPicturesStayAsTheyAre(t *testing.T) {
	flat := encodePNG(t, image.NewPaletted(image.Rect(0, 0, 2000, 10), color.Palette{color.White, color.Black}))
	const ihdr = len(pngSign) + 12 + 13
	film := slices.Concat(flat[:ihdr], chunk("acTL", "\x00\x00\x00\x01\x00\x00\x00\x00"), flat[ihdr:])
	turned := slices.Concat(film[:ihdr], chunk("eXIf", string(exif(binary.BigEndian, 6, true))), film[ihdr:])
	if p, problem := Shown("a.png", film, nil); problem != nil || !bytes.Equal(p.Data, film) {
		t.Errorf("%v", problem)
	}
	p, problem := Shown("a.png", turned, nil)
	again := split(png, p.Data)
	if problem != nil || again == nil || again.orientation != 6 || again.placed || !again.moving || p.Width != 10 {
		t.Errorf("%v, %+v", problem, again)
	}
	webpFilm := webpFile("VP8X", "\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ANIM", "film", "ANMF", "odd",
		"EXIF", string(exif(binary.LittleEndian, 8, true)))
	w, _ := Linked("a.webp", webpFilm)
	if again := split(webp, w.Data); again == nil || again.orientation != 8 || again.placed || !again.moving ||
		w.Data[20] != 0x0a {
		t.Errorf("%+v", again)
	}
}

// Of a GIF stay its pictures, and not what was written beside them.
func TestCommentsInGIFsAreCutOut(t *testing.T) {
	var out bytes.Buffer
	if err := gifs.Encode(&out, photograph(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	plain := out.Bytes()
	comment := "\x21\xfe\x06secret\x00\x21\xff\x0bXMP DataXMP\x06secret\x00"
	loop := "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
	at := 13 + gifColours(plain[10])
	noted := slices.Concat(plain[:at], []byte(comment+loop), plain[at:], []byte("secret"))
	p, problem := Shown("a.gif", noted, nil)
	want := slices.Concat(plain[:at], []byte(loop), plain[at:])
	if problem != nil || !bytes.Equal(p.Data, want) || p.Width != 4 {
		t.Errorf("%v: %q, not %q", problem, p.Data, want)
	}
	for end := 13; end < len(plain); end++ {
		if _, problem := Shown("a.gif", plain[:end], nil); problem == nil {
			t.Errorf("a GIF that ends at byte %d of %d is shown", end, len(plain))
		}
	}
}

// A PNG that is drawn anew keeps which colours its numbers are.
func TestColoursOfAPNGStay(t *testing.T) {
	big := encodePNG(t, photograph(2400, 40))
	const ihdr = len(pngSign) + 12 + 13
	colours := slices.Concat(chunk("gAMA", "\x00\x00\xb1\x8f"), chunk("cICP", "\x0c\x0d\x00\x01"))
	p, problem := Shown("a.png", slices.Concat(big[:ihdr], colours, big[ihdr:]), nil)
	if problem != nil || p.Width != MostWidth || !bytes.Equal(p.Data[ihdr:ihdr+len(colours)], colours) {
		t.Errorf("%v: %d pixels, %q", problem, p.Width, p.Data[:80])
	}
}

// More pixels than a build can hold are refused; as many as that are not.
func TestPicturesOfTooManyPixelsAreRefused(t *testing.T) {
	for size, code := range map[[2]uint32]string{
		{10240, 12288}: "", {10240, 12289}: "image-large", {60000, 60000}: "image-large", {0, 5}: "image-broken",
	} {
		head := slices.Concat(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, size[0]), size[1]),
			[]byte{8, 0, 0, 0, 0})
		file := slices.Concat([]byte(pngSign), chunk("IHDR", string(head)), chunk("acTL", ""), chunk("IEND", ""))
		_, problem := Shown("a.png", file, nil)
		if got := problem; (got == nil) != (code == "") || got != nil && got.Code != code {
			t.Errorf("%v: %v, not %q", size, got, code)
		}
	}
}

func TestALinkedPictureOnItsSideStillSaysSo(t *testing.T) {
	plain := encodeJPEG(t, photograph(40, 30))
	p, _ := Linked("a.jpg", cameraJPEG(plain, 6))
	again := split(jpg, p.Data)
	if again == nil || again.orientation != 6 || again.placed || strings.Contains(string(p.Data), "secret") {
		t.Errorf("%+v", again)
	}
}

// Whatever bytes come: no panic, and nothing that the camera wrote.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x04ab\xff\xd9"))
	f.Add(webpFile("VP8X", "", "EXIF", "II*\x00\xff\xff\xff\xff", "VP8L", onePixel))
	f.Add(slices.Concat([]byte(pngSign), chunk("eXIf", "MM\x00*\x00\x00\x00\x08\xff\xff"), chunk("iCCP", "a\x00\x00b"), chunk("IEND", "")))
	f.Add([]byte("\x00\x00\x00\xffftypavif\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"a.jpg", "a.png", "a.webp", "a.gif", "a.avif", "a.svg"} {
			Shown(name, data, nil)
			Linked(name, data)
		}
	})
}
