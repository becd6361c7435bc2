package calendar

import (
	"fmt"
	"testing"
	"time"
)

func words(word string) (time.Month, bool) {
	m, ok := map[string]time.Month{"Dec": 12, "Dez.": 12, "Dezember": 12, "March": 3}[word]
	return m, ok
}

func TestParse(t *testing.T) {
	plain, school := Form{Month: words}, Form{Month: words, Years: School, Starts: time.August}
	for _, c := range []struct {
		form Form
		text string
		want string // id, first and last day; or the problem
	}{
		{plain, "2024", "2024 2024-01-01 2024-12-31"},
		{plain, "1799", "no time"},
		{plain, "1800", "1800 1800-01-01 1800-12-31"},
		{plain, "2024-12-31", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "2024-12-31 00:00:00", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "2024-12-31T00:00:00Z", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "2024-12-31 01:00", "no time"},
		{plain, "31.12.2024", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "31.12.24", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "1.2.99", "2099-02-01 2099-02-01 2099-02-01"},
		{plain, "31.02.2024", "no day"},
		{plain, "2024-02-30", "no day"},
		{plain, "2024-12", "2024-12 2024-12-01 2024-12-31"},
		{plain, "2024-13", "no day"},
		{plain, "2024-00", "no day"},
		{plain, "20241231", "2024-12-31 2024-12-31 2024-12-31"},
		{plain, "20241331", "no day"},
		{plain, "179912", "no time"},
		{plain, "202401", "2024-01 2024-01-01 2024-01-31"},
		{plain, "202412", "2024-12 2024-12-01 2024-12-31"},
		{plain, "202413", "no time"},
		{plain, "202400", "no time"},
		{plain, "202425", "no start"},
		{plain, "202426", "no time"},
		{plain, "199900", "no start"},
		{school, "202425", "fy2024-25 2024-08-01 2025-07-31"},
		{school, "201112", "fy2011-12 2011-08-01 2012-07-31"},
		{school, "202412", "2024-12 2024-12-01 2024-12-31"},
		{plain, "12/2024", "2024-12 2024-12-01 2024-12-31"},
		{plain, "2/2024", "2024-02 2024-02-01 2024-02-29"},
		{plain, "02.2023", "2023-02 2023-02-01 2023-02-28"},
		{plain, "Dec 2024", "2024-12 2024-12-01 2024-12-31"},
		{plain, "Dez. 2024", "2024-12 2024-12-01 2024-12-31"},
		{plain, "2024 March", "2024-03 2024-03-01 2024-03-31"},
		{plain, "Foo 2024", "no time"},
		{plain, "2024-Q1", "2024-q1 2024-01-01 2024-03-31"},
		{plain, "2024Q4", "2024-q4 2024-10-01 2024-12-31"},
		{plain, "Q2 2024", "2024-q2 2024-04-01 2024-06-30"},
		{plain, "Q5 2024", "no time"},
		{plain, "Q0 2024", "no time"},
		{plain, "Q1/2024", "2024-q1 2024-01-01 2024-03-31"},
		{plain, "1. Quartal 2024", "2024-q1 2024-01-01 2024-03-31"},
		{plain, "3.\u00a0Quartal 2024", "2024-q3 2024-07-01 2024-09-30"},
		{plain, "2024-H1", "2024-h1 2024-01-01 2024-06-30"},
		{plain, "H2 2024", "2024-h2 2024-07-01 2024-12-31"},
		{plain, "H3 2024", "no time"},
		{plain, "1. Halbjahr 2024", "2024-h1 2024-01-01 2024-06-30"},
		{plain, "2019-2022", "2019-to-2022 2019-01-01 2022-12-31"},
		{plain, "2019–2022", "2019-to-2022 2019-01-01 2022-12-31"},
		{plain, "2022-2019", "no time"},
		{plain, "2024/25", "no start"},
		{plain, "2024/26", "no time"},
		{plain, "2011-12", "2011-12 2011-12-01 2011-12-31"},
		{school, "2011-12", "fy2011-12 2011-08-01 2012-07-31"},
		{school, "2024/25", "fy2024-25 2024-08-01 2025-07-31"},
		{school, "2024/2025", "fy2024-25 2024-08-01 2025-07-31"},
		{school, "1999/00", "fy1999-00 1999-08-01 2000-07-31"},
		{school, "2009", "fy2009-10 2009-08-01 2010-07-31"},
		{plain, "", "no time"}, {plain, "n/a", "no time"}, {plain, "Q", "no time"}, {plain, "20245", "no time"},
	} {
		span, problem := c.form.Parse(c.text)
		got := map[Problem]string{NotATime: "no time", NoSuchDay: "no day", NoStart: "no start"}[problem]
		if problem == None {
			got = span.ID() + " " + span.From.Format(time.DateOnly) + " " + span.To.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// What is written as an id is read again as the same stretch of time, but for the words
// that an id lacks.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"2024", "Q1 2024", "31.12.24", "2019-2022", "2. Halbjahr 2020",
		"12/2024", "T1", "\u00a0"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		form := Form{Month: words}
		span, problem := form.Parse(text)
		if problem != None {
			return
		}
		if span.To.Before(span.From) || span.Kind == 0 {
			t.Fatalf("%q: %+v", text, span)
		}
		if span.Kind == Years {
			return
		}
		if again, problem := form.Parse(span.ID()); problem != None || again != span {
			t.Fatalf("%q: %s read again is %+v", text, span.ID(), again)
		}
	})
}

func TestJoin(t *testing.T) {
	f := Form{Month: words}
	for _, c := range []struct {
		part  Kind
		texts []string
		want  string // the id, or the problem with the part at fault
	}{
		{Month, []string{"2024", "1"}, "2024-01"},
		{Month, []string{"2024", "01"}, "2024-01"},
		{Month, []string{"2024", "12"}, "2024-12"},
		{Month, []string{"2024", "13"}, "no day 1"},
		{Month, []string{"2024", "0"}, "no day 1"},
		{Month, []string{"2024", "001"}, "no time 1"},
		{0, []string{"2024", "M03"}, "2024-03"},
		{0, []string{"2024", "M13"}, "no day 1"},
		{0, []string{"2024", "Dez."}, "2024-12"},
		{0, []string{"2024", "3"}, "no part 1"},
		{Quarter, []string{"2024", "4"}, "2024-q4"},
		{Quarter, []string{"2024", "5"}, "no day 1"},
		{0, []string{"2024", "Q2"}, "2024-q2"},
		{0, []string{"2024", "2. Quartal"}, "2024-q2"},
		{Half, []string{"2024", "2"}, "2024-h2"},
		{Half, []string{"2024", "3"}, "no day 1"},
		{Month, []string{"2024", ""}, "no time 1"},
		{Month, []string{"24", "1"}, "no time 0"},
		{Month, []string{"", "1"}, "no time 0"},
		{0, []string{"2024", "2", "29"}, "2024-02-29"},
		{0, []string{"2023", "2", "29"}, "no day 2"},
		{0, []string{"2023", "2", "0"}, "no day 2"},
		{0, []string{"2023", "Dezember", "31."}, "2023-12-31"},
		{0, []string{"2023", "13", "1"}, "no day 1"},
		{0, []string{"2023", "12", "x"}, "no time 2"},
		{0, []string{"2023", "Q1", "1"}, "no time 2"},
	} {
		span, wrong, problem := f.Join(c.part, c.texts...)
		got := span.ID()
		if problem != None {
			got = fmt.Sprint(map[Problem]string{NotATime: "no time", NoSuchDay: "no day", NoPart: "no part"}[problem],
				" ", wrong)
		}
		if got != c.want {
			t.Errorf("%v of %d is %q, not %q", c.texts, c.part, got, c.want)
		}
	}
}

func TestPartNamed(t *testing.T) {
	for name, want := range map[string]Kind{
		"Quartal": Quarter, "quarter": Quarter, "Trimestre": Quarter, "Monat": Month, "REF_MONTH": Month, "Mois": Month,
		"Halbjahr": Half, "Half-year": Half, "Zeit": 0, "": 0,
	} {
		if got := PartNamed(name); got != want {
			t.Errorf("%q is %d, not %d", name, got, want)
		}
	}
}
