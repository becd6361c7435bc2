package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"

	"github.com/spf13/cobra"
)

func (c *command) figuresCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "figures",
		Short: c.say("Say what is published, and where it stands", "Sagen, was veröffentlicht ist und wo es steht"),
		Long: c.say(`list names every figure, show tells all about one, and used names every sentence,
note, chart, table, formula and check that depends on it. A figure is named by its
id, its label or a part of that, or its number: 416,374 or 416.374.`,
			`list nennt alle Kennzahlen, show sagt alles über eine, und used nennt jeden Satz,
jede Anmerkung, Tabelle, Formel und Prüfung und jedes Diagramm, die von ihr abhängen.
Eine Kennzahl nennen Sie mit ihrer Kennung, ihrer Bezeichnung oder einem Teil davon
oder mit ihrer Zahl: 416.374 oder 416374.`),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return c.unknownCommand(cmd, args[0])
			}
			return c.figures(cmd.Context(), c.listFigures)
		},
	}
	cmd.PersistentFlags().BoolVar(&c.json, "json", false, c.say("print JSON, for programs", "JSON ausgeben, für Programme"))
	cmd.AddCommand(
		c.listCommand(),
		&cobra.Command{
			Use: c.say("show FIGURE", "show KENNZAHL"), Short: c.say("Tell all about one figure", "Alles über eine Kennzahl sagen"),
			Args: c.oneFigure,
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.figures(cmd.Context(), func(r build.Result) error {
					return c.showFigure(r, strings.Join(args, " "))
				})
			},
		},
		&cobra.Command{
			Use: c.say("used FIGURE", "used KENNZAHL"),
			Short: c.say("Name every place that depends on one figure",
				"Alle Stellen nennen, die von einer Kennzahl abhängen"),
			Args: c.oneFigure,
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.figures(cmd.Context(), func(r build.Result) error {
					return c.usedFigure(r, strings.Join(args, " "))
				})
			},
		},
	)
	return cmd
}

func (c *command) listCommand() *cobra.Command {
	var unguarded, asSheet bool
	cmd := &cobra.Command{
		Use: "list", Short: c.say("Name every figure", "Alle Kennzahlen nennen"), Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.figures(cmd.Context(), func(r build.Result) error {
				switch {
				case asSheet && unguarded:
					return c.figuresSheet(r, r.Unguarded())
				case asSheet:
					return c.figuresSheet(r, r.Set.All())
				}
				if !unguarded {
					return c.listFigures(r)
				}
				figures := r.Unguarded()
				if len(figures) == 0 && !c.json {
					fmt.Fprintln(c.out, c.say("Every value is guarded.", "Jeder Wert ist gesichert."))
					return nil
				}
				return c.listThese(r, figures)
			})
		},
	}
	cmd.Flags().BoolVar(&asSheet, "csv", false, c.say("print a sheet to fill in, which \"bilanz import\" reads",
		"eine Tabelle zum Ausfüllen ausgeben, die „bilanz import“ liest"))
	cmd.Flags().BoolVar(&unguarded, "unguarded", false, c.say("only those whose value no sentence says exactly, no sum needs and no check names: a slip would go unnoticed",
		"nur solche, deren Wert kein Satz genau nennt, keine Summe braucht und keine Prüfung nennt: ein Tippfehler fiele nicht auf"))
	return cmd
}

// figures checks the project and hands what was found to print. A problem in the
// content does not hide the figures that can be read.
func (c *command) figures(ctx context.Context, print func(build.Result) error) error {
	o := c.options("public")
	o.Uses = true
	result, err := build.Build(ctx, o)
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	if result.Set == nil {
		c.print(result, false, 0)
		return nil
	}
	if n := diag.Count(result.Diagnostics, diag.Error); n > 0 {
		problems := diag.Plural(n, diag.Say("1 problem", "1 Problem"), diag.Say("%d problems", "%d Probleme", n))
		fmt.Fprintln(c.err, c.say(`The content has %s ("bilanz check"), so this may not be all.`,
			"Die Inhalte haben %s („bilanz check“), deshalb ist das vielleicht nicht alles.", problems))
	}
	return print(result)
}

// figureJSON is the form of list and show for programs: fields may be added, never
// renamed or removed.
type figureJSON struct {
	ID     string      `json:"id"`
	Label  figure.Text `json:"label"`
	Value  string      `json:"value"`
	Unit   string      `json:"unit"`
	Source string      `json:"source"`
	Status string      `json:"status"`
	Place  string      `json:"place"` // path:line:column of its value
	Uses   int         `json:"uses"`
}

func (c *command) describe(r build.Result, f *figure.Figure) figureJSON {
	j := figureJSON{ID: f.ID, Label: f.Label, Value: c.value(f), Status: string(f.Status), Place: f.ValueAt.String(), Uses: len(r.Uses[f.ID])}
	if f.Unit != nil {
		j.Unit = f.Unit.ID
	}
	if f.Source != nil {
		j.Source = f.Source.ID
	}
	return j
}

// value is a figure as the language of the messages writes it.
func (c *command) value(f *figure.Figure) string {
	return figure.Ref{Figure: f, Option: figure.Plain}.Text(locale.Must(c.lang))
}

func (c *command) listFigures(r build.Result) error { return c.listThese(r, r.Set.All()) }

func (c *command) listThese(r build.Result, figures []*figure.Figure) error {
	if c.json {
		all := []figureJSON{}
		for _, f := range figures {
			all = append(all, c.describe(r, f))
		}
		return c.printJSON(all)
	}
	rows := [][]string{{c.say("Figure", "Kennzahl"), c.say("Value", "Wert"), c.say("ID", "Kennung")}}
	for _, f := range figures {
		rows = append(rows, []string{c.shortLabel(f), c.value(f), f.ID})
	}
	c.columns(rows)
	return nil
}

// mostOfALabel is how many characters of a label fit beside value and id.
const mostOfALabel = 60

// shortLabel is a label, cut on a terminal so that the table does not break.
func (c *command) shortLabel(f *figure.Figure) string {
	label := []rune(f.Label.In(c.lang))
	if len(label) <= mostOfALabel || !isTerminal(c.out) {
		return string(label)
	}
	return string(label[:mostOfALabel-1]) + "…"
}

func (c *command) showFigure(r build.Result, id string) error {
	if table, ok := r.Set.Table(id); ok && !c.json {
		return c.showTable(table)
	}
	f, err := c.find(r, id)
	if f == nil {
		return err
	}
	j := c.describe(r, f)
	if c.json {
		return c.printJSON(j)
	}
	fmt.Fprintln(c.out, c.named(f))
	rows := [][]string{
		{c.say("Value", "Wert"), j.Value},
		{c.say("Unit", "Einheit"), c.unit(f)},
	}
	if f.Period != nil {
		rows = append(rows, []string{c.say("Period", "Zeitraum"), f.Period.Label.In(c.lang)})
	}
	if f.Source != nil {
		rows = append(rows, []string{c.say("Source", "Quelle"), f.Source.Label.In(c.lang)})
		if f.Inferred {
			rows = append(rows, []string{"", locale.Must(c.lang).Word("attribution-inferred")})
		}
	}
	rows = append(rows, []string{c.say("As of", "Stand"), f.AsOf.In(locale.Must(c.lang))},
		[]string{c.say("Status", "Status"), locale.Must(c.lang).Word("status-" + j.Status)})
	if f.Formula != "" {
		rows = append(rows, []string{c.say("Formula", "Formel"), f.Formula})
		for _, in := range f.Inputs {
			rows = append(rows, []string{"", c.value(in) + "  " + c.named(in)})
		}
	}
	if f.Parent != nil {
		rows = append(rows, []string{c.say("Part of", "Teil von"), c.named(f.Parent)})
	}
	for i, part := range f.Parts {
		lead := c.say("Parts", "Teile")
		if i > 0 {
			lead = ""
		}
		rows = append(rows, []string{lead, c.value(part) + "  " + c.named(part)})
	}
	if d := f.Discrepancy; d != nil {
		l := locale.Must(c.lang)
		rows = append(rows, []string{c.say("Discrepancy", "Unstimmigkeit"),
			c.say("the parts add up to %s, the gap is %s", "die Teile ergeben %s, die Abweichung ist %s", l.Number(d.Sum, f.Decimals), l.Number(d.By, f.Decimals))})
	}
	rows = append(rows, []string{c.say("Stands in", "Steht in"), j.Place},
		[]string{c.say("Used", "Verwendet"), c.say(`%d times ("bilanz figures used %s")`, "%d-mal („bilanz figures used %s“)", j.Uses, f.ID)})
	c.columns(rows)
	return nil
}

func (c *command) unit(f *figure.Figure) string {
	if f.Unit == nil {
		return ""
	}
	return f.Unit.Other.In(c.lang)
}

func (c *command) named(f *figure.Figure) string { return f.Label.In(c.lang) + " (" + f.ID + ")" }

// useJSON is the form of used for programs, as stable as figureJSON.
type useJSON struct {
	Kind  string `json:"kind"` // sentence, note, chart, table, figures, formula or check
	Name  string `json:"name,omitempty"`
	Path  string `json:"path"`
	Line  int    `json:"line"`
	Col   int    `json:"column"`
	Page  string `json:"page,omitempty"`  // the address of the page
	Title string `json:"title,omitempty"` // its title
}

func (c *command) usedFigure(r build.Result, id string) error {
	f, err := c.find(r, id)
	if f == nil {
		return err
	}
	uses := r.Uses[f.ID]
	if c.json {
		all := []useJSON{}
		for _, u := range uses {
			j := useJSON{Kind: u.Kind, Name: u.Name, Path: u.Place.Path, Line: u.Place.Line, Col: u.Place.Col}
			if u.Page != nil {
				j.Page, j.Title = "/"+u.Page.Path, u.Page.Front.Title
			}
			all = append(all, j)
		}
		return c.printJSON(all)
	}
	if len(uses) == 0 {
		fmt.Fprintln(c.out, c.say("Nothing depends on %s.", "Nichts hängt von %s ab.", c.named(f)))
		return nil
	}
	rows := [][]string{}
	for _, u := range uses {
		title := ""
		if u.Page != nil {
			title = u.Page.Front.Title
		}
		rows = append(rows, []string{u.Place.String(), strings.TrimSpace(c.kind(u.Kind) + " " + u.Name), title})
	}
	c.columns(rows)
	return nil
}

func (c *command) kind(kind string) string {
	if c.lang != "de" {
		return kind
	}
	return map[string]string{
		"sentence": "Satz", "note": "Anmerkung", "chart": "Diagramm", "table": "Tabelle",
		"figures": "Kennzahlen", "cards": "Karten", "formula": "Formel von", "check": "Prüfung",
	}[kind]
}

// find finds the figure that words mean: an id, a number, a label or a part of one. Where
// they mean several, it lists them and gives none.
func (c *command) find(r build.Result, words string) (*figure.Figure, error) {
	if f, ok := r.Set.Lookup(words); ok {
		return f, nil
	}
	if f, ok := r.Set.Renamed(words); ok {
		return f, nil
	}
	numbers, percent := incoming.Numbers(words)
	found := incoming.Saying(r.Set, numbers, percent)
	if len(found) == 0 {
		found = incoming.Named(r.Set, r.Site.Config.Langs, words)
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1 && c.json:
		return nil, errors.New(c.say("\"%s\" may be several figures: %s",
			"„%s“ können mehrere Kennzahlen sein: %s", words,
			strings.Join(idsOf(found), ", ")))
	case len(found) > 1:
		fmt.Fprintln(c.out, c.say("\"%s\" may be %d figures; name one by its id:",
			"„%s“ können %d Kennzahlen sein; nennen Sie eine mit ihrer Kennung:", words, len(found)))
		return nil, c.listThese(r, found)
	case len(numbers) > 0:
		return nil, c.noSuchNumber(r, words, incoming.NearestTo(r.Set, numbers, mostNearest))
	}
	message := c.say("there is no figure %s", "es gibt keine Kennzahl %s", words)
	var near []string
	for _, f := range incoming.Near(r.Set, r.Site.Config.Langs, words) {
		near = append(near, c.named(f))
	}
	if len(near) > 0 {
		message += c.say("; did you mean %s?", "; meinten Sie %s?", strings.Join(near, ", "))
	}
	return nil, errors.New(message)
}

func idsOf(figures []*figure.Figure) []string {
	ids := make([]string, len(figures))
	for i, f := range figures {
		ids[i] = f.ID
	}
	return ids
}

// mostNearest is how many figures are named for a number that is none.
const mostNearest = 1

// noSuchNumber names the figures nearest to a number that is none.
func (c *command) noSuchNumber(r build.Result, words string, nearest []*figure.Figure) error {
	message := c.say("%s is no figure", "%s ist keine Kennzahl", words)
	var near []string
	for _, f := range nearest {
		near = append(near, c.value(f)+" "+c.named(f))
	}
	if len(near) > 0 {
		message += c.say("; the nearest: %s", "; am nächsten liegt: %s", strings.Join(near, ", "))
	}
	return errors.New(message)
}

func (c *command) printJSON(v any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
