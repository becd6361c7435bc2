package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"bilanz/docs"
	"bilanz/internal/diag"

	"github.com/spf13/cobra"
)

func (c *command) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: c.say("Say what a problem means and what to do about it", "Sagen, was ein Problem bedeutet und was zu tun ist"),
		Long: c.say(`Every problem ends with its code in brackets, such as [number-differs]. With a
code, explain says what it means, why it exists and what to do; without one, it
lists all codes.`,
			`Jedes Problem endet mit seinem Code in Klammern, etwa [number-differs]. Mit einem
Code sagt explain, was er bedeutet, warum es ihn gibt und was zu tun ist; ohne
einen zählt es alle Codes auf.`),
		Args: c.upToOne,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				c.listCodes(c.out)
				return nil
			}
			return c.explain(strings.Trim(args[0], "[]"))
		},
	}
}

// entry is what the document of a language says about one code, or a heading
// between codes.
type entry struct {
	group string // of a heading
	code  string
	about string // in one line
	text  string // all of it
}

// entries reads docs/errors.md or docs/fehler.md, whose form a test holds:
// "## group", then "### code", a sentence, and the rest.
func (c *command) entries() []entry {
	document := docs.Errors
	if c.lang == "de" {
		document = docs.Fehler
	}
	var all []entry
	for _, part := range strings.Split("\n"+document, "\n## ")[1:] {
		group, rest, _ := strings.Cut(part, "\n")
		all = append(all, entry{group: group})
		for _, section := range strings.Split("\n"+rest, "\n### ")[1:] {
			code, text, _ := strings.Cut(section, "\n")
			text = strings.TrimSpace(text)
			about, _, _ := strings.Cut(text, "\n")
			all = append(all, entry{code: code, about: about, text: text})
		}
	}
	return all
}

func (c *command) listCodes(out io.Writer) {
	group := ""
	for _, e := range c.entries() {
		if e.code == "" {
			group = e.group
			continue
		}
		if group != "" {
			fmt.Fprintf(out, "%s\n", group)
			group = ""
		}
		fmt.Fprintf(out, "  %-26s %s\n", e.code, e.about)
	}
	fmt.Fprintln(out, c.say(`"bilanz explain CODE" says more about one of them.`, "„bilanz explain CODE“ sagt mehr zu einem davon."))
}

func (c *command) explain(code string) error {
	var codes []string
	for _, e := range c.entries() {
		if e.code == code {
			fmt.Fprintf(c.out, "%s\n\n%s\n", e.code, plain(e.text))
			return nil
		}
		codes = append(codes, e.code)
	}
	message := c.say("there is no code %q", "den Code „%s“ gibt es nicht", code)
	if near := diag.Nearest(code, codes); len(near) > 0 {
		message += c.say("; did you mean %s?", "; meinten Sie %s?", strings.Join(near, ", "))
	} else {
		message += c.say(`; "bilanz explain" lists all`, "; „bilanz explain“ zählt alle auf")
	}
	return errors.New(message)
}

// plain takes the signs of Markdown out of a text for a terminal.
func plain(text string) string {
	var out []string
	code := false
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if code {
			out = append(out, "    "+line)
			continue
		}
		out = append(out, strings.NewReplacer("**", "", "`", "").Replace(line))
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
