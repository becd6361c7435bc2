package main

import (
	"errors"
	"strings"

	"bilanz/internal/diag"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageTemplate is cobra's, in the words of the language.
func (c *command) usageTemplate() string {
	return c.say("Usage:", "Aufruf:") + `
  {{.UseLine}} ` + c.say("[flags]", "[Schalter]") + `{{if .HasAvailableSubCommands}}
  {{.CommandPath}} ` + c.say("[command]", "[Befehl]") + `

` + c.say("Commands:", "Befehle:") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + c.say("Flags:", "Schalter:") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + c.say("Flags of every command:", "Schalter aller Befehle:") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
}

// plainUseLines keeps cobra from writing [flags], in English, behind every use.
func plainUseLines(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	for _, sub := range cmd.Commands() {
		plainUseLines(sub)
	}
}

// helpCommand lets people write "bilanz help build", too.
func (c *command) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help", Hidden: true, Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, _ := root.Find(args)
			if len(rest) > 0 {
				return c.unknownCommand(cmd, rest[0])
			}
			return cmd.Help()
		},
	}
}

// wrong is a call that cannot be meant, with the way to find out more.
func (c *command) wrong(cmd *cobra.Command, message string) error {
	return errors.New(message + "\n" + c.say(`"%s --help" says what there is.`, "„%s --help“ sagt, was es gibt.", cmd.CommandPath()))
}

func (c *command) unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	message := c.say("there is no command %q", "den Befehl „%s“ gibt es nicht", name)
	return c.wrong(cmd, message+c.meant(diag.Nearest(name, names)))
}

// meant offers the names that somebody may have meant.
func (c *command) meant(near []string) string {
	if len(near) == 0 {
		return ""
	}
	return c.say("; did you mean %s?", "; meinten Sie %s?", strings.Join(near, ", "))
}

// flagError says in the language of messages what pflag found.
func (c *command) flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		near := diag.Nearest(name, names)
		for i := range near {
			near[i] = "--" + near[i]
		}
		return c.wrong(cmd, c.say("there is no flag --%s here", "den Schalter --%s gibt es hier nicht", name)+c.meant(near))
	}
	if _, flag, ok := strings.Cut(text, "unknown shorthand flag: "); ok {
		_, flag, _ = strings.Cut(flag, " in ")
		return c.wrong(cmd, c.say("there is no flag %s here", "den Schalter %s gibt es hier nicht", flag))
	}
	if flag, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return c.wrong(cmd, c.say("%s needs a value after it", "nach %s fehlt der Wert", flag))
	}
	return c.wrong(cmd, text)
}

func (c *command) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return c.wrong(cmd, c.say("%[1]s takes nothing after it, but %[2]q stands there", "nach %[1]s steht nichts weiter, aber da steht „%[2]s“", cmd.Name(), args[0]))
}

// oneFigure takes the words of one figure, in quotation marks or without.
func (c *command) oneFigure(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return c.wrong(cmd, c.say(`name one figure by its id, label or number; "bilanz figures list" names them all`,
		"nennen Sie eine Kennzahl mit Kennung, Bezeichnung oder Zahl; „bilanz figures list“ nennt alle"))
}

func (c *command) upToOne(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return c.wrong(cmd, c.say("name one code", "nennen Sie einen Code"))
}
