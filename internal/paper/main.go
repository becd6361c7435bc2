// Command paper prints a site with the Chromium that the tests use, since bilanz itself runs
// no other program: the fact sheet for readers, or what somebody needs who decides on a change.
//
// The fact sheet is one PDF file in each language: results-en.pdf, results-de.pdf. With
// -against it is one file for a proposal, approval.pdf: what changes, and the pages that change;
// beside it the site that is proposed, to be opened from a disk, and pictures of changed pages.
//
//   - What is printed is a site that is built into memory, so the PDF says what the site says,
//     or there is none.
//   - A PDF is tagged and has an outline. Whether it conforms to PDF/UA is not checked.
//   - Links lead to the site's address. Where that is not known only those within the
//     document are left.
//   - What a proposal says is data: pages are opened with the rules that they bring along, from
//     this machine, and no name of another one can be resolved.
//   - What is left out, because it is too much, is named.
//   - Chromium writes the time into a PDF, so two runs give two files. "bilanz build --with"
//     publishes them as they are.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/output"
)

func main() {
	dir := flag.String("dir", ".", "the project's folder, which holds content/")
	out := flag.String("out", "", "the folder for what is printed (.bilanz/pdf or .bilanz/approval)")
	base := flag.String("base-url", "", "the site's address; else that of site.yaml")
	against := flag.String("against", "", "a revision or folder: print what changed since, for whoever decides on it")
	flag.Parse()
	if *base != "" {
		*base = strings.TrimSuffix(*base, "/") + "/"
	}
	var err error
	if *against == "" {
		err = printSheets(*dir, cmp.Or(*out, filepath.Join(*dir, ".bilanz/pdf")), *base)
	} else {
		err = printProposal(*dir, cmp.Or(*out, filepath.Join(*dir, ".bilanz/approval")), *base, *against)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "paper:", err)
		os.Exit(1)
	}
}

// printSheets prints the fact sheet in each language.
func printSheets(dir, out, base string) error {
	site := &output.Memory{}
	result, err := build.Build(context.Background(), build.Options{Dir: dir, Into: site, BaseURL: base, NoCards: true})
	if err != nil {
		return err
	}
	if !result.Written {
		return problems(dir, result)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	server := serve(site)
	defer server.Close()
	browser, err := start()
	if err != nil {
		return err
	}
	defer browser.close()
	config := result.Site.Config
	for _, l := range config.Langs {
		address := server.URL + "/" + config.Root(l) + "print/"
		pdf, err := browser.printPage(address, cmp.Or(base, config.BaseURL))
		if err != nil {
			return fmt.Errorf("%s: %w", l.Code, err)
		}
		if err := write(out, l, pdf); err != nil {
			return err
		}
	}
	fmt.Printf("bilanz build --with %s\npublishes them.\n", out)
	return nil
}

// problems says why there is nothing to print.
func problems(dir string, result build.Result) error {
	lang := cmp.Or(build.Language(dir), "en")
	_ = diag.WriteText(os.Stderr, result.Diagnostics, diag.TextOptions{Lang: lang})
	return errors.New("the site has problems, so nothing was printed")
}

func write(out string, l *locale.Lang, pdf []byte) error {
	name := filepath.Join(out, "results-"+l.Code+".pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s (%d kB)\n", name, (len(pdf)+999)/1000)
	return nil
}
