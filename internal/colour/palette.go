package colour

// Palette is the colours of pictures that leave the page, SVG files and cards: those of
// light pages, because others put them on grounds of their own.
type Palette struct {
	Paper, Ink, Muted, Rule, Accent RGB
	Rest                            RGB    // of what stands beside a highlighted mark
	Series                          [5]RGB // of charts
}
