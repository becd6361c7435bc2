package data

// mark tells spreadsheet programs that a file is UTF-8.
const mark = "\ufeff"

// SheetCSV is a table for people, as their spreadsheet program expects it: with a mark
// that tells it the encoding, and where decimals have a comma with semicolons between the
// cells. Excel in Germany puts everything else into one column.
func SheetCSV(lines [][]string, decimalComma bool) []byte {
	return peopleForm(decimalComma).write([]byte(mark), lines)
}

// peopleForm is how such a table stands in a file.
func peopleForm(decimalComma bool) form {
	if decimalComma {
		return form{';', isCommaNumber}
	}
	return machine
}
