package main

import (
	"errors"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/reference"

	"github.com/spf13/cobra"
)

func (c *command) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [" + strings.Join(reference.Schemas, "|") + "]",
		Short: c.say("Print the JSON Schema of what you write, for editors", "Das JSON-Schema dessen ausgeben, was Sie schreiben, für Editoren"),
		Long: c.say(`With the schema an editor completes and explains the keys of figure files, of
site.yaml, of a page's front matter, of blocks, accepted.yaml and import.yaml. Without
an argument it is that of figure files. docs/schema holds the same.`,
			`Mit dem Schema ergänzt und erklärt ein Editor die Schlüssel der Kennzahlendateien,
von site.yaml, vom Kopf einer Seite, von Blöcken, accepted.yaml und import.yaml. Ohne
Angabe ist es das der Kennzahlendateien. In docs/schema liegt dasselbe.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) <= 1 {
				return nil
			}
			return c.wrong(cmd, c.say("name one schema", "nennen Sie ein Schema"))
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name := reference.Schemas[0]
			if len(args) > 0 {
				name = args[0]
			}
			return c.printSchema(name)
		},
	}
}

func (c *command) printSchema(name string) error {
	if text, ok := reference.Schema(name); ok {
		_, _ = c.out.Write(text)
		return nil
	}
	message := c.say("there is no schema %q; there are: %s", "ein Schema „%s“ gibt es nicht; es gibt: %s", name, strings.Join(reference.Schemas, ", "))
	if near := diag.Nearest(name, reference.Schemas); len(near) > 0 {
		message = c.say("there is no schema %q; did you mean %s?", "ein Schema „%s“ gibt es nicht; meinten Sie %s?", name, strings.Join(near, ", "))
	}
	return errors.New(message)
}
