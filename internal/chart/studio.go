package chart

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sync"

	"github.com/dop251/goja"

	"bilanz/internal/diag"
	"bilanz/static/fonts"
	thirdparty "bilanz/static/third-party"
)

// A Studio draws charts. Its engines start at the first picture that the cache lacks.
type Studio struct {
	cache   Cache
	engines chan *engine // nil stands for one that has not been started
}

// NewStudio returns a studio with at most that many engines. The cache may be nil.
func NewStudio(cache Cache, workers int) *Studio {
	s := &Studio{cache: cache, engines: make(chan *engine, max(workers, 1))}
	for range cap(s.engines) {
		s.engines <- nil
	}
	return s
}

// Draw draws the chart in both sizes and as a file. It may be called concurrently.
// An error is a *Problem if the spec cannot be drawn; any other is the machine's.
func (s *Studio) Draw(ctx context.Context, spec Spec) (Picture, error) {
	wide, err := spec.draft(Wide)
	if err != nil {
		return Picture{}, err
	}
	narrow, err := spec.draft(Narrow)
	if err != nil {
		return Picture{}, err
	}
	key := spec.key(wide, narrow)
	if s.cache != nil {
		if data, ok := s.cache.Get(key); ok {
			if p, ok := unpack(data); ok {
				return p.with(wide, narrow), nil
			}
		}
	}
	raw, err := s.rawPictures(ctx, spec, wide, narrow)
	if err != nil {
		return Picture{}, err
	}
	p, err := spec.mend(raw, wide, narrow)
	if err != nil {
		return Picture{}, fmt.Errorf("chart %s: %w", spec.ID, err)
	}
	if s.cache != nil {
		s.cache.Put(key, p.pack())
	}
	return p.with(wide, narrow), nil
}

// with adds what needs no engine, and no cache.
func (p Picture) with(wide, narrow drawing) Picture {
	p.Height = int(wide.height)
	p.Live = fmt.Appendf(nil, `{"wide":%s,"narrow":%s}`+"\n", wide.live(), narrow.live())
	return p
}

func (d drawing) live() []byte {
	return fmt.Appendf(nil, `{"width":%s,"height":%s,"option":%s}`, decimal(d.width), decimal(d.height), d.option)
}

// rawPictures lets one engine draw both sizes. An engine that failed is thrown away:
// nobody knows what it was in the middle of.
func (s *Studio) rawPictures(ctx context.Context, spec Spec, wide, narrow drawing) (raw [2]string, err error) {
	var e *engine
	select {
	case e = <-s.engines:
	case <-ctx.Done():
		return raw, ctx.Err()
	}
	defer func() { s.engines <- e }()
	if e == nil {
		if e, err = newEngine(); err != nil {
			return raw, err
		}
	}
	for i, d := range []drawing{wide, narrow} {
		if raw[i], err = e.svg(ctx, d); err != nil {
			e = nil
			return raw, spec.engineError(ctx, err)
		}
	}
	return raw, nil
}

// engineError tells a build that was stopped from a chart that took too long.
func (s Spec) engineError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		return s.problem("time", diag.Say("the drawing was not done after %s", "nach %s war die Zeichnung nicht fertig", drawingLimit))
	}
	return fmt.Errorf("chart %s: the chart engine failed: %w", s.ID, err)
}

// sources are this package's own text: part of the cache's key, so that no change to
// the drawing can bring an old picture back.
//
//go:embed *.go
var sources embed.FS

// engineHash stands for everything but the spec that a picture depends on.
var engineHash = sync.OnceValue(func() []byte {
	h := sha256.New()
	for _, data := range [][]byte{thirdparty.Draw, fonts.Regular, fonts.Semibold} {
		put(h, string(data))
	}
	files, _ := sources.ReadDir(".")
	for _, f := range files {
		data, _ := sources.ReadFile(f.Name())
		put(h, f.Name(), string(data))
	}
	return h.Sum(nil)
})

// key names the picture by all that it is made from.
func (s Spec) key(wide, narrow drawing) string {
	h := sha256.New()
	h.Write(engineHash())
	for _, d := range []drawing{wide, narrow} {
		put(h, fmt.Sprint(d.width, "x", d.height), string(d.option))
	}
	put(h, s.ID, string(s.Kind), s.Lang, s.Title, s.Subtitle, s.Source, s.Summary, s.Demo)
	for _, row := range s.Rows {
		for _, cell := range row.Cells {
			put(h, cell.Tip)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// put hashes texts with their lengths, so that none can run into the next.
func put(h hash.Hash, texts ...string) {
	for _, text := range texts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		h.Write(length[:])
		h.Write([]byte(text))
	}
}

// pack writes a picture for the cache: three lengths, three texts, and their hash.
func (p Picture) pack() []byte {
	var b bytes.Buffer
	parts := [][]byte{p.Wide, p.Narrow, p.File}
	for _, part := range parts {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
	}
	for _, part := range parts {
		b.Write(part)
	}
	sum := sha256.Sum256(b.Bytes())
	return append(b.Bytes(), sum[:]...)
}

// unpack reads what pack wrote, and refuses it if a single bit is different.
func unpack(data []byte) (Picture, bool) {
	body := len(data) - sha256.Size
	if body < 12 || sha256.Sum256(data[:body]) != [sha256.Size]byte(data[body:]) {
		return Picture{}, false
	}
	rest := data[12:body]
	var parts [3][]byte
	for i := range parts {
		n := int(binary.BigEndian.Uint32(data[4*i:]))
		if n > len(rest) {
			return Picture{}, false
		}
		parts[i], rest = rest[:n:n], rest[n:]
	}
	return Picture{Wide: parts[0], Narrow: parts[1], File: parts[2]}, len(rest) == 0
}
