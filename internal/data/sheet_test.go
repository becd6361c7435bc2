package data

import "testing"

// What a spreadsheet program in the reader's own language opens without a question.
func TestSheetsAreForTheReadersOwnProgram(t *testing.T) {
	lines := func() [][]string {
		return [][]string{{"Teil", "Besuche; alle"}, {"=1+1", "-8217"}, {"Fahrbibliothek", "-1,5"}}
	}
	for comma, want := range map[bool]string{
		true:  "\ufeffTeil;\"Besuche; alle\"\r\n'=1+1;-8217\r\nFahrbibliothek;-1,5\r\n",
		false: "\ufeffTeil,\"Besuche; alle\"\r\n'=1+1,-8217\r\nFahrbibliothek,\"'-1,5\"\r\n",
	} {
		if got := string(SheetCSV(lines(), comma)); got != want {
			t.Errorf("decimal comma %t: got %q, want %q", comma, got, want)
		}
	}
}
