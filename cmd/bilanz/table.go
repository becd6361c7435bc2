package main

import (
	"fmt"
	"strconv"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// showTable says what was read of a table's file, and what was left out.
func (c *command) showTable(t *figure.Table) error {
	cells := 0
	for _, line := range t.Lines {
		for _, f := range line.Figures {
			if f != nil {
				cells++
			}
		}
	}
	left := t.Left
	fmt.Fprintf(c.out, "%s (%s)\n", t.Label.In(c.lang), t.ID)
	rows := [][]string{
		{c.say("File", "Datei"), left.File},
		{c.say("Cells", "Zellen"), strconv.Itoa(cells)},
		{c.say("Missing in these rows", "Fehlen in diesen Zeilen"), strconv.Itoa(len(t.Lines)*len(t.Columns) - cells)},
		{c.say("Rows left out", "Zeilen weggelassen"), strconv.Itoa(left.Rows)},
		{c.say("Rows above the head", "Zeilen über dem Kopf"), strconv.Itoa(left.Above)},
		{c.say("Columns left out", "Spalten weggelassen"), listed(left.Columns)},
	}
	if len(left.Hidden) > 0 {
		rows = append(rows, []string{c.say("Hidden, but read", "Ausgeblendet, aber gelesen"), listed(left.Hidden)})
	}
	for i, note := range left.Notes {
		lead := c.say("Notes left out", "Anmerkungen weggelassen")
		if i > 0 {
			lead = ""
		}
		rows = append(rows, []string{lead, note})
	}
	for _, n := range left.Inferred {
		rows = append(rows, []string{c.say("Can be inferred", "Lässt sich erschließen"), c.inferred(n)})
	}
	c.columns(rows)
	return nil
}

// listed is how many there are, and which.
func listed(names []string) string {
	if len(names) == 0 {
		return "0"
	}
	return fmt.Sprintf("%d: %s", len(names), strings.Join(names, ", "))
}

// inferred says what readers know of values that are not shown.
func (c *command) inferred(n figure.Inferred) string {
	ids := make([]string, len(n.Hidden))
	for i, f := range n.Hidden {
		ids[i] = f.ID
	}
	sum := locale.Must(c.lang).Number(n.Sum, n.Whole.Decimals)
	return c.say("%s: together %s", "%s: zusammen %s", strings.Join(ids, ", "), sum)
}
