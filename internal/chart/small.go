package chart

import (
	"context"
	"encoding/json"
	"fmt"
)

// small is the drawing on a card, which leads to where the chart stands: the names above
// thin bars. It is as wide as the narrow one, so that its text is as large on a phone.
const small size = "small"

// Small draws a chart for a card. It is for the eye alone: whoever shows it says beside it
// what it shows. Errors are those of Draw.
func (s *Studio) Small(ctx context.Context, spec Spec) ([]byte, error) {
	text, err := json.Marshal(spec)
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", spec.ID, err)
	}
	key := tools.Key(string(small), string(text))
	if s.cache != nil {
		if data, ok := s.cache.Get(key); ok {
			if p, ok := unpack(data); ok && spec.says(p.Narrow) {
				return p.Narrow, nil
			}
		}
	}
	svg, err := s.drawSmall(ctx, spec)
	if err == nil && s.cache != nil {
		s.cache.Put(key, Picture{Narrow: svg}.pack())
	}
	return svg, err
}

func (s *Studio) drawSmall(ctx context.Context, spec Spec) ([]byte, error) {
	draft, err := spec.draft(small)
	if err != nil {
		return nil, err
	}
	raw, err := s.rawPictures(ctx, spec, draft)
	if err != nil {
		return nil, err
	}
	shapes, err := spec.readShapes(raw[0], draft)
	if err == nil {
		err = spec.checkMarks(shapes)
	}
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", spec.ID, err)
	}
	return writeUnsaid(shapes, draft), nil
}

// writeUnsaid writes a picture for a page that screen readers pass over.
func writeUnsaid(shapes []shape, d drawing) []byte {
	w := svgWriter{size: canvases[small].Size, fill: colorInk}
	fmt.Fprintf(&w.b, `<svg viewBox="0 0 %s %s" aria-hidden="true" font-size="%s" fill="%s">`,
		decimal(d.width), decimal(d.height), decimal(w.size), colorInk)
	w.shapes(shapes, nil)
	w.b.WriteString("</svg>")
	return w.b.Bytes()
}
