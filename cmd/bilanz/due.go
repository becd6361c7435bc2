package main

import (
	"context"
	"fmt"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"

	"github.com/spf13/cobra"
)

func (c *command) dueCommand(now func() time.Time) *cobra.Command {
	return &cobra.Command{
		Use: "due",
		Short: c.say("Say whether the site may be published yet",
			"Sagen, ob die Website schon veröffentlicht werden darf"),
		Long: c.say(`Holds release_at in content/site.yaml against the clock: ends with 0 where nothing
holds the site, and with 1 and one sentence where its time has not come. build and
check do not look at the clock; whoever publishes asks here first.`,
			`Vergleicht release_at in content/site.yaml mit der Uhr: endet mit 0, wenn nichts die
Website zurückhält, und mit 1 und einem Satz, wenn ihre Zeit noch nicht gekommen
ist. build und check sehen nicht auf die Uhr; wer veröffentlicht, fragt vorher hier.`),
		Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.due(cmd.Context(), now()) },
	}
}

// due says whether the site may be published at a time.
func (c *command) due(ctx context.Context, now time.Time) error {
	release, problems, err := build.Release(ctx, c.dir)
	switch {
	case err != nil:
		c.code = c.failed(err)
	case diag.Count(problems, diag.Error) > 0: // nobody knows what they hide
		c.code = exitContent
		c.format = "text"
		c.diagnostics(problems)
	case release.Holds(now):
		c.code = exitContent
		fmt.Fprintln(c.out, c.say("Not yet: content/site.yaml holds this site until %s.",
			"Noch nicht: content/site.yaml hält diese Website zurück bis zum %s.", release))
	default:
		fmt.Fprintln(c.out, c.say("Nothing holds this site: it may be published.",
			"Nichts hält diese Website zurück: sie darf veröffentlicht werden."))
	}
	return nil
}
