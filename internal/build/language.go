package build

import (
	"context"
	"path"

	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/locale"
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
	known, _ := readLanguages(project, &list)
	c, ok := site.ReadConfig(schema.File{Path: site.ConfigPath, Text: text}, known, &list)
	if !ok {
		return ""
	}
	return c.Messages
}

// Release gives the moment from which on the site of a project may be published, as its
// site.yaml says, or what is wrong with that file.
func Release(ctx context.Context, dir string) (site.Release, []diag.Diagnostic, error) {
	b, err := open(ctx, Options{Dir: dir, Into: nowhere{}})
	if err != nil {
		return site.Release{}, nil, err
	}
	defer b.close()
	b.readConfig()
	if err := b.failed(); err != nil || b.siteProblems.Errors() > 0 {
		return site.Release{}, b.siteProblems.Sorted(), err
	}
	return b.config.Release, nil, nil
}

// readLanguages adds the catalogues that the project brings to those built in. It
// reports false where one is wrong.
func readLanguages(project *source.Project, list *diag.List) (*locale.Set, bool) {
	var brought []locale.File
	for _, name := range project.Files("content/locale", list) {
		if path.Ext(name) != ".json" {
			continue
		}
		if text, ok := project.Read(name, list); ok {
			list.Add(leftover.Unseen(name, text)...)
			brought = append(brought, locale.File{Path: name, Text: text})
		}
	}
	return locale.With(brought, list)
}
