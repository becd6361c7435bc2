package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// asHugo is the form of the same pages for Hugo: figures as data, and a
// shortcode that looks them up.
type asHugo struct{}

func (asHugo) figure(s spec, figure int) string {
	return fmt.Sprintf(`{{< fig "%s" >}}`, s.figureID(figure))
}

func (asHugo) link(s spec, text string, from, to int) string {
	way := "../" + slug(to) + "/"
	if s.folder(from) != s.folder(to) {
		way = "../../" + s.address(to) + "/"
	}
	return fmt.Sprintf("[%s](%s)", text, way)
}

func (asHugo) indexed(page int) string { return slug(page) + "/" }

func (asHugo) index() string { return "_index.md" }

func (s spec) writeHugo(dir string) error {
	up := strings.Repeat("../", 1+strings.Count(s.address(0), "/")) // from a page to the top
	var figures strings.Builder
	for n := range s.defined() {
		fmt.Fprintf(&figures, "%s: {value: %d, label: 'Visits of %s, place %d', unit: visits, period: January to December 2024}\n",
			s.figureID(n), s.value(n), vocabulary[n%len(vocabulary)], n)
	}
	files := map[string]string{
		"hugo.toml": `baseURL = "https://example.org/bench/"
title = "Bench"
relativeURLs = true
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.extensions]
linkify = false
`,
		"data/figures.yaml":    figures.String(),
		"content/_index.md":    "---\ntitle: Bench\ndescription: A site of many pages.\n---\n\nA site of many pages, beginning with [the first](" + s.address(0) + "/).\n",
		"content/figures.md":   "---\ntitle: All numbers\ndescription: All numbers of this site.\nlayout: figures\n---\n",
		"layouts/baseof.html":  hugoFrame,
		"layouts/home.html":    `{{ define "main" }}{{ .Content }}{{ end }}`,
		"layouts/page.html":    `{{ define "main" }}{{ .Content }}{{ end }}`,
		"layouts/section.html": `{{ define "main" }}{{ .Content }}{{ end }}`,
		"layouts/figures.html": `{{ define "main" }}<dl>{{ range $id, $f := hugo.Data.figures }}<div id="{{ $id }}"><dt>{{ $f.label }}</dt><dd>{{ lang.FormatNumber 0 $f.value }} {{ $f.unit }}, {{ $f.period }}</dd></div>{{ end }}</dl>{{ end }}`,
		"layouts/_shortcodes/fig.html": strings.Join([]string{
			`{{- $id := .Get 0 -}}`,
			`{{- $f := index hugo.Data.figures $id -}}`,
			`{{- $n := lang.FormatNumber 0 $f.value -}}`,
			`<a class="fig-link" href="` + up + `figures/#{{ $id }}" aria-label="{{ $n }} {{ $f.unit }}, {{ $f.period }}">`,
			`<data class="fig" data-figure="{{ $id }}" value="{{ $f.value }}">{{ $n }}</data></a>`,
		}, ""),
	}
	if err := writeAll(dir, files); err != nil {
		return err
	}
	return s.writePages(filepath.Join(dir, "content"), asHugo{})
}

// hugoFrame is the frame of a page, with about as much in it as ours has.
const hugoFrame = `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<a class="skip-link" href="#main">Skip to the content</a>
<header><p><a href="/">{{ site.Title }}</a></p>
<nav aria-label="Main menu"><ul><li><a href="/">Bench</a></li></ul></nav></header>
<main id="main">
<h1>{{ .Title }}</h1>
{{ if .IsPage }}<nav aria-label="On this page">{{ .TableOfContents }}</nav>
{{ end }}<div class="prose">
{{ block "main" . }}{{ end }}</div>
</main>
<footer><dl><div><dt>Edition</dt><dd>Annual results</dd></div></dl>
<ul><li><a href="/figures/">All numbers and their sources</a></li></ul></footer>
</body>
</html>
`
