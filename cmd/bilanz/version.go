package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// The linker sets these in a release, as internal/dist says: its name, such as v0.2.0, and
// the address below which each release has a folder of its name with its archives. A
// development build has neither.
var version, releases string

// origin is what a binary was made of.
type origin struct {
	Version  string `json:"version,omitempty"` // none in a development build
	Commit   string `json:"commit,omitempty"`  // none where Go did not know it
	Date     string `json:"date,omitempty"`    // of the commit, as in 2026-11-26T22:10:00Z
	Changed  bool   `json:"changed"`           // with changes that were not committed
	Go       string `json:"go"`
	System   string `json:"system"`
	Releases string `json:"releases,omitempty"`
}

// originOf reads what Go noted when it built, which is nothing under "go run".
func originOf(info *debug.BuildInfo) origin {
	o := origin{
		Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Releases: releases,
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			o.Commit = setting.Value
		case "vcs.time":
			o.Date = setting.Value
		case "vcs.modified":
			o.Changed = setting.Value == "true"
		}
	}
	return o
}

func (c *command) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: c.say("Say which bilanz this is", "Sagen, welches bilanz das ist"),
		Args:  c.noArgs,
		RunE:  func(*cobra.Command, []string) error { return c.version() },
	}
	cmd.Flags().BoolVar(&c.json, "json", false, c.say("print JSON, for programs", "JSON ausgeben, für Programme"))
	return cmd
}

// version prints where the running binary comes from.
func (c *command) version() error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{} // built without modules
	}
	o := originOf(info)
	if c.json {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(o)
	}
	c.printOrigin(o)
	return nil
}

func (c *command) printOrigin(o origin) {
	name := o.Version
	if name == "" {
		name = c.say("(development build, no release)", "(Entwicklungsstand, keine veröffentlichte Version)")
	}
	fmt.Fprintln(c.out, "bilanz", name)
	c.columns([][]string{
		{"  " + c.say("Commit", "Stand"), c.commit(o)},
		{"  Go", o.Go},
		{"  System", o.System},
	})
}

// commit says which state of the sources it is, and of which day.
func (c *command) commit(o origin) string {
	day, _, _ := strings.Cut(o.Date, "T")
	switch {
	case o.Commit == "":
		return c.say("not known", "nicht bekannt")
	case o.Changed:
		return c.say("%s of %s, with changes that are not committed",
			"%s vom %s, mit nicht festgehaltenen Änderungen", o.Commit, day)
	}
	return c.say("%s of %s", "%s vom %s", o.Commit, day)
}
