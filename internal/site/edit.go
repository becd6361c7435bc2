package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/diag"
)

// EditAt is the address at which whoever may changes what stands at a place, on the host of
// the project's files; "" where site.yaml names none. A cell of a workbook has no line.
func (c *Config) EditAt(at diag.Place) string {
	if c.Edit == "" {
		return ""
	}
	segments := strings.Split(at.Path, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	way := strings.Join(segments, "/")
	if at.Line > 0 && at.Cell == "" {
		way += "#L" + strconv.Itoa(at.Line)
	}
	return c.Edit + way
}

// edit reads where the project's files are edited, and gives the address its last slash.
func (r configReader) edit() string {
	node := r.fields.Get("edit")
	address := r.scalar(node)
	if address == "" {
		return ""
	}
	base, ok := ParseBaseURL(address)
	if ok && strings.HasPrefix(base, "https://") && branchOfGitHub(base) == "" {
		return base
	}
	r.list.Add(diag.Diagnostic{
		Code: "edit-address", Place: node.Place(),
		Text: diag.Say("%q is no address below which files are edited",
			"„%s“ ist keine Adresse, unter der Dateien bearbeitet werden", address),
		Ways: []diag.Text{wayOfEdit(address)},
	})
	return ""
}

// branchOfGitHub is the address that somebody meant who copied that of a repository, or of
// what it shows; "" where there is no doubt.
func branchOfGitHub(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Host != "github.com" {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 2 || len(parts) > 3 && parts[2] == "edit" {
		return ""
	}
	u.Path = strings.Join(append(slices.Clone(parts[:2]), "edit", "main"), "/")
	if len(parts) > 3 {
		u.Path = strings.Join(append(slices.Clone(parts[:2]), append([]string{"edit"}, parts[3:]...)...), "/")
	}
	return u.String()
}

func wayOfEdit(address string) diag.Text {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return wayOfBase(address)
	}
	meant := branchOfGitHub(address)
	if meant == "" {
		meant = "https://github.com/office/results/edit/main"
	}
	return diag.Say("write https, the repository, edit and the branch, as in %s",
		"schreiben Sie https, das Repository, edit und den Zweig, wie in %s", meant)
}
