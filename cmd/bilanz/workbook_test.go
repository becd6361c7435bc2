package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// workbook makes a workbook of what a file says: sheets, "[Sheet 1]" or "[Sheet 1] hidden",
// and below each its rows, with | between the cells. 1234.5 is a number, 54% one that is
// shown as a percentage, all else a text. "hide 3" and "hide C" hide a row or a column,
// "comment B2" puts a comment at a cell, "author Name" says who made it.
func workbook(ts *testscript.TestScript, _ bool, args []string) {
	file, sheet, row := excelize.NewFile(), "", 0
	var hidden []string
	props := &excelize.DocProperties{Created: "2024-01-01T00:00:00Z"} // and no author, as it is made with none
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimSuffix(line, "\n")
		name, isSheet := strings.CutPrefix(line, "[")
		what, hides := strings.CutPrefix(line, "hide ")
		cell, comments := strings.CutPrefix(line, "comment ")
		author, isAuthor := strings.CutPrefix(line, "author ")
		switch {
		case isAuthor:
			props.Creator = author
		case comments:
			ts.Check(file.AddComment(sheet, excelize.Comment{Cell: cell, Author: "somebody", Text: "secret"}))
		case isSheet:
			name, rest, _ := strings.Cut(name, "]")
			if sheet == "" {
				ts.Check(file.SetSheetName("Sheet1", name))
			} else {
				_, err := file.NewSheet(name)
				ts.Check(err)
			}
			if sheet, row = name, 0; rest != "" {
				hidden = append(hidden, name)
			}
		case hides:
			if number, err := strconv.Atoi(what); err == nil {
				ts.Check(file.SetRowVisible(sheet, number, false))
			} else {
				ts.Check(file.SetColVisible(sheet, what, false))
			}
		default:
			row++
			for i, cell := range strings.Split(line, "|") {
				setCell(ts, file, sheet, fmt.Sprintf("%c%d", 'A'+i, row), cell)
			}
		}
	}
	for _, name := range hidden {
		ts.Check(file.SetSheetVisible(name, false))
	}
	ts.Check(file.SetDocProps(props))
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(file.Write(out))
	ts.Check(out.Close())
}

func setCell(ts *testscript.TestScript, file *excelize.File, sheet, at, cell string) {
	number, percent := strings.CutSuffix(cell, "%")
	n, err := strconv.ParseFloat(number, 64)
	switch {
	case cell == "":
	case err != nil:
		ts.Check(file.SetCellStr(sheet, at, cell))
	case percent:
		style, err := file.NewStyle(&excelize.Style{NumFmt: 9})
		ts.Check(err)
		ts.Check(file.SetCellFloat(sheet, at, n/100, -1, 64))
		ts.Check(file.SetCellStyle(sheet, at, at, style))
	default:
		ts.Check(file.SetCellFloat(sheet, at, n, -1, 64))
	}
}
