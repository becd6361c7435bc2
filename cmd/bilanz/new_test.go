package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The README of a new site promises what its commands do. The preview, which would not end,
// is looked at by its own tests.
func TestTheFirstFiveMinutesAreAsTheReadmeSays(t *testing.T) {
	for lang, changed := range map[string]string{
		"de": "die [290](fig:library.opening-days) Öffnungstage",
		"en": "the [290](fig:library.opening-days) opening days",
	} {
		dir := filepath.Join(t.TempDir(), "site")
		call(t, 0, "new", dir, "--lang", lang)
		readme, err := os.ReadFile(filepath.Join(dir, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		var codes []int
		for _, block := range regexp.MustCompile("```sh\n +bilanz (.*)\n").FindAllStringSubmatch(string(readme), -1) {
			args := strings.Fields(block[1])
			if args[0] == "serve" {
				continue
			}
			if len(codes) == 1 {
				change(t, filepath.Join(dir, "content/figures/library.yaml"), "value: 287", "value: 290")
			}
			codes = append(codes, run(append([]string{"-C", dir}, args...), &bytes.Buffer{}, &bytes.Buffer{}))
		}
		if !slices.Equal(codes, []int{exitDone, exitContent, exitDone, exitDone}) {
			t.Errorf("%s: its commands end with %v", lang, codes)
		}
		page, err := os.ReadFile(filepath.Join(dir, "content", lang, "method.md"))
		if err != nil || !strings.Contains(string(page), changed) {
			t.Errorf("%s: the sentence did not follow its figure: %v", lang, err)
		}
		call(t, exitDone, "-C", dir, "check", "--strict")
		if _, err := os.Stat(filepath.Join(dir, "public", "index.html")); err != nil {
			t.Error(err)
		}
	}
}

// What must still be entered before a site goes live is named, and nothing else.
func TestANewSiteIsNotReadyToGoLive(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	call(t, 0, "new", dir, "--lang", "en")
	var out, errs bytes.Buffer
	if code := run([]string{"-C", dir, "check", "--release"}, &out, &errs); code != exitDone {
		t.Errorf("it ends with %d", code)
	}
	var files []string
	message := regexp.MustCompile(`(?m)^(\S+?):\d+:\d+: warning: .* \[([a-z-]+)\]$`)
	for _, m := range message.FindAllStringSubmatch(errs.String(), -1) {
		files = append(files, m[1]+" "+m[2])
	}
	if want := []string{
		"content/en/accessibility.md page-unfinished", "content/en/imprint.md page-unfinished",
		"content/en/privacy.md page-unfinished",
		"content/site.yaml legal-empty", "content/site.yaml legal-empty", "content/site.yaml legal-empty",
	}; !slices.Equal(files, want) {
		t.Errorf("it names %q:\n%s", files, errs.String())
	}
}

// Each file names its schema, and so do the settings; all of them lie in the site itself.
func TestEditorsFindTheSchemasOfANewSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	call(t, 0, "new", dir, "--lang", "en")
	named := regexp.MustCompile(`(?m)^# yaml-language-server: \$schema=(\S+)$`)
	files, err := filepath.Glob(filepath.Join(dir, "content", "figures", "*.yaml"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, file := range append(files, filepath.Join(dir, "content", "site.yaml")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		schema := named.FindSubmatch(text)
		if schema == nil {
			t.Errorf("%s names no schema", file)
			continue
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(file), filepath.FromSlash(string(schema[1])))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	var settings struct {
		Schemas map[string][]string `json:"yaml.schemas"`
	}
	text, err := os.ReadFile(filepath.Join(dir, ".vscode", "settings.json"))
	if err == nil {
		err = json.Unmarshal(text, &settings)
	}
	if err != nil || len(settings.Schemas) != 4 {
		t.Errorf("%d schemas, %v", len(settings.Schemas), err)
	}
	for schema := range settings.Schemas {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(schema))); err != nil {
			t.Error(err)
		}
	}
}

// call runs a command in this program, which must end with a code.
func call(t *testing.T, want int, args ...string) {
	t.Helper()
	var errs bytes.Buffer
	if code := run(args, &bytes.Buffer{}, &errs); code != want {
		t.Fatalf("%q ends with %d:\n%s", args, code, errs.String())
	}
}

func change(t *testing.T, path, old, with string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), old) != 1 {
		t.Fatalf("%s does not hold %q once, %v", path, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, with, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}
