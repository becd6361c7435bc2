package chart

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/dop251/goja"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
	"bilanz/internal/drawn"
	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// A Studio draws charts. Its engines start at the first picture that the cache lacks.
type Studio struct {
	Starting func() // told once, before the first engine starts, which takes much memory; may be nil

	cache   drawn.Cache
	engines Engines
	palette colour.Palette
	started sync.Once
}

// Engines are what charts are drawn with. One draws the same whatever it drew before, so
// they may be handed from one studio to the next: to start one takes longer than a build.
type Engines chan *engine // nil stands for one that has not been started

// NewEngines makes so many engines, which start when they are first needed.
func NewEngines(n int) Engines {
	all := make(Engines, max(n, 1))
	for range cap(all) {
		all <- nil
	}
	return all
}

// NewStudio returns a studio with at most that many engines. The cache may be nil. The
// palette is for pictures that leave the page; those on pages take their colours there.
func NewStudio(cache drawn.Cache, workers int, palette colour.Palette) *Studio {
	return &Studio{cache: cache, engines: NewEngines(workers), palette: palette}
}

// Take lets the studio draw with engines that others may have drawn with, and will.
func (s *Studio) Take(engines Engines) { s.engines = engines }

// Draw draws the chart in all sizes and as a file. It may be called concurrently.
// An error is a *Problem if the spec cannot be drawn; any other is the machine's.
func (s *Studio) Draw(ctx context.Context, spec Spec) (Picture, error) {
	if s.cache == nil {
		return s.draw(ctx, spec)
	}
	key, err := s.key(spec)
	if err != nil {
		return Picture{}, err
	}
	if data, ok := s.cache.Get(key); ok {
		if p, ok := unpack(data); ok && spec.agrees(p) {
			return p, nil // only what could be drawn was put there
		}
	}
	p, err := s.draw(ctx, spec)
	if err == nil {
		s.cache.Put(key, p.pack())
	}
	return p, err
}

func (s *Studio) draw(ctx context.Context, spec Spec) (Picture, error) {
	var drafts [len(sizes)]drawing
	for i, at := range sizes {
		var err error
		if drafts[i], err = spec.draft(at); err != nil {
			return Picture{}, err
		}
	}
	raw, err := s.rawPictures(ctx, spec, drafts[:]...)
	if err != nil {
		return Picture{}, err
	}
	p, err := spec.mend([len(sizes)]string(raw), drafts, literals(s.palette))
	if err != nil {
		return Picture{}, fmt.Errorf("chart %s: %w", spec.ID, err)
	}
	p.High = Heights{Wide: int(drafts[0].height), Narrow: int(drafts[1].height)}
	p.Live = fmt.Appendf(nil, `{"wide":%s,"narrow":%s,"broad":%s}`+"\n",
		drafts[0].live(), drafts[1].live(), drafts[2].live())
	return p, nil
}

func (d drawing) live() []byte {
	return fmt.Appendf(nil, `{"width":%s,"height":%s,"option":%s}`, decimal(d.width), decimal(d.height), d.option)
}

// rawPictures lets one engine draw all sizes. An engine that failed is thrown away:
// nobody knows what it was in the middle of.
func (s *Studio) rawPictures(ctx context.Context, spec Spec, drafts ...drawing) (raw []string, err error) {
	var e *engine
	select {
	case e = <-s.engines:
	case <-ctx.Done():
		return raw, ctx.Err()
	}
	defer func() { s.engines <- e }()
	if e == nil {
		s.started.Do(func() {
			if s.Starting != nil {
				s.Starting()
			}
		})
		if e, err = newEngine(); err != nil {
			return raw, err
		}
	}
	raw = make([]string, len(drafts))
	for i, d := range drafts {
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
		return s.problem("time", diag.Say("the drawing was not done after %s",
			"nach %s war die Zeichnung nicht fertig", drawingLimit))
	}
	return fmt.Errorf("chart %s: the chart engine failed: %w", s.ID, err)
}

//go:embed *.go
var sources embed.FS

var tools = drawn.With(sources, colour.Sources, form.Sources, typeset.Sources)

// key names the picture by all that it is made from. It is the whole spec, not the
// options that follow from it: writing those takes five times as long.
func (s *Studio) key(spec Spec) (string, error) {
	text, err := json.Marshal(spec)
	if err != nil {
		return "", fmt.Errorf("chart %s: %w", spec.ID, err)
	}
	return tools.Key(fmt.Sprint(s.palette), string(text)), nil
}

// pack writes a picture for the cache: its heights, the lengths of its texts, the texts,
// and the hash of all that.
func (p Picture) pack() []byte {
	parts := [...][]byte{p.Wide, p.Narrow, p.Broad, p.File, p.Live}
	b := binary.BigEndian.AppendUint32(nil, uint32(p.High.Wide))
	b = binary.BigEndian.AppendUint32(b, uint32(p.High.Narrow))
	for _, part := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
	}
	for _, part := range parts {
		b = append(b, part...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// unpack reads what pack wrote, and refuses it if a single bit is different.
func unpack(data []byte) (Picture, bool) {
	var parts [5][]byte
	const head = 4 * (2 + len(parts))
	body := len(data) - sha256.Size
	if body < head || sha256.Sum256(data[:body]) != [sha256.Size]byte(data[body:]) {
		return Picture{}, false
	}
	number := func(i int) int { return int(binary.BigEndian.Uint32(data[4*i:])) }
	rest := data[head:body]
	for i := range parts {
		n := number(2 + i)
		if n > len(rest) {
			return Picture{}, false
		}
		parts[i], rest = rest[:n:n], rest[n:]
	}
	return Picture{Wide: parts[0], Narrow: parts[1], Broad: parts[2], File: parts[3], Live: parts[4],
		High: Heights{Wide: number(0), Narrow: number(1)}}, len(rest) == 0
}
