// Command paper prints the fact sheet of the site in a folder, in each of its languages, into
// PDF files: results-en.pdf, results-de.pdf. It takes the Chromium that the tests use, since
// bilanz itself runs no other program.
//
//   - What is printed is the page print/ of a site that is built into memory, so the PDF says
//     what the site says, or there is none.
//   - The PDF is tagged and has an outline. Whether it conforms to PDF/UA is not checked.
//   - Links lead to the site's address. Where that is not known only those within the fact
//     sheet are left.
//   - Chromium writes the time into a PDF, so two runs give two files. "bilanz build --with"
//     publishes them as they are.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/output"
)

func main() {
	dir := flag.String("dir", ".", "the project's folder, which holds content/")
	out := flag.String("out", ".bilanz/pdf", "the folder for the PDF files")
	base := flag.String("base-url", "", "the site's address; else that of site.yaml")
	flag.Parse()
	if err := printAll(*dir, *out, *base); err != nil {
		fmt.Fprintln(os.Stderr, "paper:", err)
		os.Exit(1)
	}
}

func printAll(dir, out, base string) error {
	if base != "" {
		base = strings.TrimSuffix(base, "/") + "/"
	}
	site := &output.Memory{}
	result, err := build.Build(context.Background(), build.Options{Dir: dir, Into: site, BaseURL: base, NoCards: true})
	if err != nil {
		return err
	}
	if !result.Written {
		_ = diag.WriteText(os.Stderr, result.Diagnostics, diag.TextOptions{Lang: "en"})
		return errors.New("the site has problems, so nothing was printed")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	server := httptest.NewServer(serve(site))
	defer server.Close()
	browser, err := start()
	if err != nil {
		return err
	}
	defer browser.close()
	config := result.Site.Config
	for _, l := range config.Langs {
		pdf, err := browser.print(server.URL+"/"+config.Root(l)+"print/", cmp.Or(base, config.BaseURL))
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

func write(out string, l *locale.Lang, pdf []byte) error {
	name := filepath.Join(out, "results-"+l.Code+".pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s (%d kB)\n", name, (len(pdf)+999)/1000)
	return nil
}

// serve gives the files of a site, and the index of a folder.
func serve(site *output.Memory) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := site.File(name)
		if !ok {
			http.NotFound(w, r)
			return
		}
		if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(data)))
	})
}
