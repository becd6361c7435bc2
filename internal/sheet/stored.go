package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// What stands in the cells of a workbook: a number, and a format that says what it means.

// kind is what a cell of a workbook holds; of a text file all cells are texts.
type kind uint8

const (
	words         kind = iota
	plainNumber        // its text is a number with a point, whatever the file's language
	percentNumber      // likewise, of which 1 is shown as 100%
	uncomputed         // a formula whose result is not stored
	mergedCell         // its text is that of the cell above, with which it is merged
)

// InWorkbook reports whether the cell is one of a workbook, which only its own program
// changes.
func (c *Cell) InWorkbook() bool { return c.sheet != nil }

// IsNumber reports whether the cell holds a number, of which the text is written with a
// point whatever the language of the file.
func (c *Cell) IsNumber() bool { return c.kind == plainNumber || c.kind == percentNumber }

// IsPercent reports whether it is shown as a percentage: 0.85 as 85%.
func (c *Cell) IsPercent() bool { return c.kind == percentNumber }

// IsUncomputed reports whether it holds a formula whose result is not stored.
func (c *Cell) IsUncomputed() bool { return c.kind == uncomputed }

// IsMerged reports whether its text is that of the cell above it.
func (c *Cell) IsMerged() bool { return c.kind == mergedCell }

// format is what a number format makes of a number.
type format uint8

const (
	plainFormat format = iota
	percentFormat
	dateFormat
)

// storedNumber is the shortest number with a point that is the stored one: Excel writes
// 37.8 as 37.799999999999997.
func storedNumber(raw string) (string, bool) {
	if strings.Trim(raw, "0123456789+-.eE") != "" {
		return "", false
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(n, 0) {
		return "", false
	}
	if isDigits(raw) && (raw[0] != '0' || raw == "0") {
		return raw, true // whole, as it stands there
	}
	return strconv.FormatFloat(n, 'f', -1, 64), true
}

// format is what the style of a cell makes of a number.
func (r *workbookReader) format(style int) format {
	f, met := r.styles[style]
	if !met {
		f = r.formatOf(style)
		r.styles[style] = f
	}
	return f
}

// formatOf reads a style: the number of a format that Excel has, or one in its signs.
func (r *workbookReader) formatOf(id int) format {
	style, err := r.file.GetStyle(id)
	switch {
	case err != nil:
		return plainFormat
	case style.CustomNumFmt != nil:
		return formatIn(*style.CustomNumFmt)
	case style.NumFmt == 9 || style.NumFmt == 10:
		return percentFormat
	case style.NumFmt >= 14 && style.NumFmt <= 17, style.NumFmt == 22, style.NumFmt >= 27 && style.NumFmt <= 36,
		style.NumFmt >= 50 && style.NumFmt <= 58:
		return dateFormat
	}
	return plainFormat
}

// formatIn reads the signs of a number format, without texts in quotes and brackets: what
// holds a day or a year is a date.
func formatIn(signs string) format {
	signs, _, _ = strings.Cut(signs, ";")
	var bare strings.Builder
	quoted, bracketed := false, false
	for i := 0; i < len(signs); i++ {
		switch c := signs[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++ // the next is no sign but itself
		case c == '[' || c == ']':
			bracketed = c == '['
		case !bracketed:
			bare.WriteByte(c)
		}
	}
	switch text := strings.ToLower(bare.String()); {
	case strings.ContainsAny(text, "yd"), strings.Contains(text, "jj"), strings.Contains(text, "tt"):
		return dateFormat
	case strings.Contains(text, "%"):
		return percentFormat
	}
	return plainFormat
}

// day is the date that a number stands for where its format shows one.
func (r *workbookReader) day(number string, f format) (string, bool) {
	serial, err := strconv.ParseFloat(number, 64)
	if f != dateFormat || err != nil {
		return "", false
	}
	at, err := excelize.ExcelDateToTime(serial, r.old)
	if err != nil {
		return "", false
	}
	if serial != math.Trunc(serial) {
		return at.Format("2006-01-02 15:04"), true
	}
	return at.Format(time.DateOnly), true
}
