package build

import (
	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/site"
	"bilanz/internal/source"
)

// Language gives the language of messages that the site.yaml of a project
// chooses, or "" where it chooses none or cannot be read.
func Language(dir string) string {
	project, err := source.Open(dir)
	if err != nil {
		return ""
	}
	defer project.Close()
	var list diag.List
	if !project.Has(site.ConfigPath) {
		return ""
	}
	text, ok := project.Read(site.ConfigPath, &list)
	if !ok {
		return ""
	}
	c, ok := site.ReadConfig(schema.File{Path: site.ConfigPath, Text: text}, &list)
	if !ok {
		return ""
	}
	return c.Messages
}
