package data

// mark tells spreadsheet programs that a file is UTF-8.
const mark = "\ufeff"

// SheetCSV is a table for people, as their spreadsheet program expects it: with a mark
// that tells it the encoding, and where decimals have a comma with semicolons between the
// cells. Excel in Germany puts everything else into one column.
func SheetCSV(lines [][]string, decimalComma bool) []byte {
	sheet := machine
	if decimalComma {
		sheet = form{';', isCommaNumber}
	}
	return sheet.write([]byte(mark), lines)
}
