package present

import (
	"math"
	"strings"

	"bilanz/internal/typeset"
)

// Sizes of the bare chart as its style sheet sets them, in px.
const (
	embedPadding  = 16.0
	embedBetween  = 12.0 // above the picture, each note and the source
	wideFrom      = 480.0
	mostOfWide    = 704.0
	mostOfNarrow  = 390.0
	drawnWide     = 640.0
	drawnNarrow   = 300.0
	narrowestOf   = 320.0 // the frames that are thought of
	widestOf      = 760.0
	frameStep     = 20.0
	spareInFrames = 8.0
)

// Their texts. What is measured leaves room for a reader's own spacing, half of which is
// enough here.
var (
	embedTitle = typeset.Face{Size: 0.9 * 21.6, Line: 26}
	embedSmall = typeset.Face{Size: 0.9 * 16, Line: 24}
)

// EmbedHeight is how high a frame must be in which nothing of the bare chart is cut off,
// in whatever width from that of a phone on: a frame does not grow with what it shows.
func (in *Language) EmbedHeight(b *Block) int {
	texts, high := in.embedTexts(b), 0.0
	for wide := narrowestOf; wide <= widestOf; wide += frameStep {
		high = max(high, embedHigh(b, texts, wide-2*embedPadding))
	}
	return int(math.Ceil((high+spareInFrames)/frameStep) * frameStep)
}

// embedText is a text of a bare chart, and how it is set.
type embedText struct {
	text   string
	face   typeset.Face
	weight int
}

// embedTexts are those that stand above and below the picture.
func (in *Language) embedTexts(b *Block) []embedText {
	all := []embedText{
		{b.Title, embedTitle, typeset.Semibold}, {subtitle(b, in.Lang), embedSmall, typeset.Regular},
	}
	for _, note := range in.notes(b) {
		all = append(all, embedText{Plain(string(note)), embedSmall, typeset.Regular})
	}
	return append(all, embedText{in.embedFoot(b), embedSmall, typeset.Regular})
}

// embedHigh is how high it is in a frame with so much room.
func embedHigh(b *Block, texts []embedText, room float64) float64 {
	high := 2 * embedPadding
	for _, t := range texts {
		high += float64(len(t.face.Wrap(t.text, t.weight, room)))*t.face.Line + embedBetween
	}
	if room < wideFrom {
		return high + embedBetween + float64(b.Picture.High.Narrow)*min(room, mostOfNarrow)/drawnNarrow
	}
	return high + embedBetween + float64(b.Picture.High.Wide)*min(room, mostOfWide)/drawnWide
}

// embedFoot is about what stands below the bare chart.
func (in *Language) embedFoot(b *Block) string {
	c := in.Site.Config
	return strings.Join([]string{
		in.Lang.Colon(in.Lang.Word("source"), Plain(string(sources(b.Grid, in.Lang)))),
		in.Lang.Word("from-site", c.Title[in.Lang.Code]), c.Edition.Label[in.Lang.Code], "CSV",
	}, " · ")
}
