package build

import (
	"bufio"
	"context"
	"encoding/json"
	"io/fs"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/present"
)

// builtSite builds the project in dir into a folder of the test's own.
func builtSite(t *testing.T, dir string, o Options) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	o.Dir, o.Out, o.Write, o.Wait, o.cache = dir, out, true, time.Minute, pictures
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if diag.Count(result.Diagnostics, diag.Error) > 0 {
		_ = diag.WriteText(os.Stderr, result.Diagnostics, diag.TextOptions{Lang: "en"})
		t.Fatal("the site has problems")
	}
	return out
}

const real = "../.." // the project's root, with the real content

// Every number of the fact sheet stands on its pages, in both languages, and the
// figure has that value. The list was typed from the sheet, not made from our
// files: line, number as printed, figure, pages.
func TestEveryNumberOfTheSheetIsOnItsPages(t *testing.T) {
	out := builtSite(t, real, Options{})
	figures := published(t, out)
	list, err := os.Open("testdata/sheet.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	texts := map[string]string{}
	rows := 0
	for lines := bufio.NewScanner(list); lines.Scan(); {
		row := strings.Split(lines.Text(), "\t")
		if len(row) != 4 {
			t.Fatalf("a row has %d columns: %q", len(row), lines.Text())
		}
		rows++
		line, number, id := row[0], row[1], row[2]
		if bare, _, share := strings.Cut(id, "?"); !share {
			if got := figures[bare]; got != machine(number) {
				t.Errorf("line %s of the sheet says %s, figures.json says %q for %s", line, number, got, id)
			}
		}
		for _, page := range strings.Split(row[3], ",") {
			for lang, root := range map[string]string{"en": "", "de": "de/"} {
				path := root + strings.TrimPrefix(page, "index") + "/"
				if page == "index" {
					path = root
				}
				if texts[path] == "" {
					texts[path] = words(t, filepath.Join(out, path, "index.html"))
				}
				if want := printed(number, lang); !strings.Contains(texts[path], want) {
					t.Errorf("line %s of the sheet: %q is not on the page /%s", line, want, path)
				}
			}
		}
	}
	if rows < 40 {
		t.Errorf("the list has %d rows", rows)
	}
}

// published reads the values of data/figures.json.
func published(t *testing.T, out string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "data/figures.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Figures []struct{ ID, Value string } }
	if err := json.Unmarshal(text, &set); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, f := range set.Figures {
		values[f.ID] = f.Value
	}
	return values
}

// machine writes a number of the sheet as data files do: "More than 170" is
// "more than 170", "416,374" is "416374".
func machine(number string) string {
	return strings.ReplaceAll(strings.ToLower(number), ",", "")
}

// printed writes a number of the sheet as the pages of a language do, in small
// letters.
func printed(number, lang string) string {
	said, ok := locale.Must("en").Parse(number)
	if !ok {
		return strings.ToLower(number)
	}
	l := locale.Must(lang)
	text := l.Bound(said.Relation, l.Number(said.Value, said.Decimals))
	if said.Percent {
		text = l.Percent(new(big.Rat).Quo(said.Value, big.NewRat(100, 1)), 0)
	}
	return strings.Join(strings.Fields(text), " ") // as words does: no-break spaces too
}

// words gives the words of the main part of a page, in small letters.
func words(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, main, _ := strings.Cut(string(text), "<main")
	main, _, _ = strings.Cut(main, "</main>")
	return strings.ToLower(strings.Join(strings.Fields(present.Plain(main)), " "))
}

// Nothing but the input decides what comes out: not the path, the time zone, the
// locale, the umask, the number of cores, the order of folders, the cache or an
// earlier run.
func TestSameInputSameBytes(t *testing.T) {
	want := tree(t, builtSite(t, "testdata/library", Options{}))
	if len(want) < 20 {
		t.Fatalf("the site has only %d files", len(want))
	}
	same := func(name, out string) {
		t.Helper()
		got := tree(t, out)
		for path, text := range want {
			if got[path] != text {
				t.Errorf("%s: %s differs", name, path)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d files instead of %d", name, len(got), len(want))
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "Ünother plåce", "library")
	if err := os.CopyFS(elsewhere, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	same("another path", builtSite(t, elsewhere, Options{}))
	same("one worker", builtSite(t, "testdata/library", Options{Workers: 1}))
	same("eight workers", builtSite(t, "testdata/library", Options{Workers: 8}))
	same("folders reversed", builtSite(t, "testdata/library", Options{reversed: true}))

	bilanz := filepath.Join(t.TempDir(), "bilanz")
	if out, err := exec.Command("go", "build", "-o", bilanz, "bilanz/cmd/bilanz").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(name string, env ...string) {
		t.Helper()
		out := filepath.Join(t.TempDir(), "public")
		shell := exec.Command("sh", "-c", `umask 077; exec "$0" build -C "$1" --out "$2"`, bilanz, elsewhere, out)
		shell.Env = append(os.Environ(), env...)
		if text, err := shell.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		same(name, out)
	}
	run("cold cache, umask 077, another time zone", "TZ=Pacific/Kiritimati")
	run("warm cache, another locale", "LC_ALL=de_DE.UTF-8", "TZ=America/St_Johns")
	run("one core", "GOMAXPROCS=1")
	if runtime.GOOS == "linux" && os.Getuid() == 0 {
		nobody(t, elsewhere, bilanz, same)
	}
	again := builtSite(t, "testdata/library", Options{})
	if _, err := Build(context.Background(), Options{Dir: "testdata/library", Out: again, Write: true, cache: pictures}); err != nil {
		t.Fatal(err)
	}
	same("second run", again)
}

// nobody builds as another user, who may write nowhere but into one folder.
func nobody(t *testing.T, dir, bilanz string, same func(name, out string)) {
	t.Helper()
	base, err := os.MkdirTemp("", "bilanz-nobody-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(base)
	if err := os.CopyFS(filepath.Join(base, "library"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(bilanz)
	if err == nil {
		err = os.WriteFile(filepath.Join(base, "bilanz"), text, 0o755)
	}
	if err == nil {
		err = exec.Command("chown", "-R", "nobody", base).Run()
	}
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(base, "public")
	if text, err := exec.Command("su", "-s", "/bin/sh", "nobody", "-c",
		filepath.Join(base, "bilanz")+" build -C "+filepath.Join(base, "library")+" --out "+out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	same("another user", out)
}

// tree reads all files below a folder.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, root+"/")] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// An error in the content leaves the published site as it is, to the byte.
func TestAnErrorLeavesThePublishedSiteUntouched(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	build := func() Result {
		result, err := Build(context.Background(), Options{Dir: dir, Out: out, Write: true, cache: pictures})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	if !build().Written {
		t.Fatal("the first build wrote nothing")
	}
	before := tree(t, out)
	edit(t, filepath.Join(dir, "content/en/visits.md"), "<<<\n[318,462](fig:visits.total) visits, [54%]\n===\n[318,426](fig:visits.total) visits, [54%]\n>>>\n")
	if build().Written {
		t.Error("a site with a wrong number was written")
	}
	after := tree(t, out)
	for path, text := range before {
		if after[path] != text {
			t.Errorf("%s changed", path)
		}
	}
}

// An address that the published site has may not vanish without a redirect.
func TestAnAddressDoesNotVanish(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	page := "---\ntitle: %s\ndescription: A page of a test.\nonly: en\nreason: A test.\n%s---\n\nHello.\n"
	write := func(name, extra string) {
		text := strings.Replace(strings.Replace(page, "%s", name, 1), "%s", extra, 1)
		if err := os.WriteFile(filepath.Join(dir, "content/en", name+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := func() []string {
		result, err := Build(context.Background(), Options{Dir: dir, Out: out, Write: true, cache: pictures})
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, d := range result.Diagnostics {
			codes = append(codes, d.Code)
		}
		return codes
	}
	write("old", "")
	if codes := build(); codes != nil {
		t.Fatal(codes)
	}
	if err := os.Remove(filepath.Join(dir, "content/en/old.md")); err != nil {
		t.Fatal(err)
	}
	write("new", "")
	if codes := build(); len(codes) != 1 || codes[0] != "address-gone" {
		t.Fatalf("got %q", codes)
	}
	write("new", "aliases: [old]\n")
	if codes := build(); codes != nil {
		t.Fatal(codes)
	}
	if text := tree(t, out)["old/index.html"]; !strings.Contains(text, "../new/") {
		t.Errorf("the old address does not lead to the new one:\n%s", text)
	}
}
