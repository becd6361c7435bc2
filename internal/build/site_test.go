package build

import (
	"cmp"
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
)

// builtSite builds the project in dir into a folder of the test's own.
func builtSite(t *testing.T, dir string, o Options) string {
	t.Helper()
	_, out := built(t, dir, o)
	return out
}

// built does the same, and says what came of it.
func built(t *testing.T, dir string, o Options) (Result, string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	o.Dir, o.Out, o.Write, o.Wait, o.Drawings = dir, out, true, time.Minute, pictures
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if diag.Count(result.Diagnostics, diag.Error) > 0 {
		_ = diag.WriteText(os.Stderr, result.Diagnostics, diag.TextOptions{Lang: "en"})
		t.Fatal("the site has problems")
	}
	return result, out
}

// published reads the values of data/figures.json, rounded as they are printed: "416374",
// "more than 170".
func published(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	var set struct {
		Figures []struct {
			ID, Qualifier               string
			Value, Approx, Lower, Upper json.Number
			Decimals                    int
		}
	}
	if err := json.Unmarshal([]byte(files["data/figures.json"]), &set); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, f := range set.Figures {
		n, ok := new(big.Rat).SetString(string(cmp.Or(f.Value, f.Approx, f.Lower, f.Upper)))
		if !ok {
			n = new(big.Rat)
		}
		values[f.ID] = strings.TrimSpace(f.Qualifier + " " + n.FloatString(f.Decimals))
		if !ok {
			values[f.ID] = ""
		}
	}
	return values
}

// Nothing but the input decides what comes out: not the path, the time zone, the
// locale, the umask, the number of cores, the order of folders, the cache or an
// earlier run.
func TestSameInputSameBytes(t *testing.T) {
	want := tree(t, builtSite(t, library, Options{}))
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
	if err := os.CopyFS(elsewhere, os.DirFS(library)); err != nil {
		t.Fatal(err)
	}
	same("another path", builtSite(t, elsewhere, Options{}))
	same("one worker", builtSite(t, library, Options{Workers: 1}))
	same("eight workers", builtSite(t, library, Options{Workers: 8}))
	same("folders reversed", builtSite(t, library, Options{reversed: true}))

	bilanz := filepath.Join(t.TempDir(), "bilanz")
	if out, err := exec.Command("go", "build", "-o", bilanz, "bilanz/cmd/bilanz").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	drawings := filepath.Join(t.TempDir(), "drawings")
	run := func(name string, env ...string) {
		t.Helper()
		out := filepath.Join(t.TempDir(), "public")
		shell := exec.Command("sh", "-c", `umask 077; exec "$0" build -C "$1" --out "$2"`, bilanz, elsewhere, out)
		shell.Env = append(append(os.Environ(), "BILANZ_CACHE="+drawings), env...)
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
	again := builtSite(t, library, Options{})
	if _, err := Build(context.Background(), Options{Dir: library, Out: again, Write: true, Drawings: pictures}); err != nil {
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
	if err := os.CopyFS(dir, os.DirFS(library)); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	build := func() Result {
		result, err := Build(context.Background(), Options{Dir: dir, Out: out, Write: true, Drawings: pictures})
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
	if err := os.CopyFS(dir, os.DirFS(library)); err != nil {
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
		result, err := Build(context.Background(), Options{Dir: dir, Out: out, Write: true, Drawings: pictures})
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
