package starter_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bilanz/internal/starter"
)

// archive packs a program as a release does: in a folder named after it.
func archive(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	files := tar.NewWriter(zip)
	text := "#!/bin/sh\necho \"bilanz $*\"\n"
	for _, step := range []error{
		files.WriteHeader(&tar.Header{Name: "bilanz-v1.2.0-linux-amd64/" + name, Mode: 0o755, Size: int64(len(text))}),
		second(files.Write([]byte(text))), files.Close(), zip.Close(),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	return b.Bytes()
}

func second(_ int, err error) error { return err }

// repository is a new site on a machine of GitHub: with its address of releases, which
// answers as the real one does, over a connection that curl checks.
type repository struct {
	dir, temp, cert string
	served          *httptest.Server
	asked           int
}

func newRepository(t *testing.T, lang string, answer []byte) *repository {
	t.Helper()
	for _, program := range []string{"sh", "curl", "sha256sum", "tar"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("the machines of GitHub have " + program + ", this one has not")
		}
	}
	r := &repository{dir: t.TempDir(), temp: t.TempDir()}
	r.served = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if r.asked++; q.URL.Path != "/v1.2.0/bilanz.tar.gz" {
			http.NotFound(w, q)
			return
		}
		_, _ = w.Write(answer)
	}))
	t.Cleanup(r.served.Close)
	r.cert = filepath.Join(r.temp, "cert.pem")
	write(t, r.cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.served.Certificate().Raw}))
	for name, text := range starter.Files(starter.Options{Languages: []string{lang}}) {
		write(t, filepath.Join(r.dir, filepath.FromSlash(name)), text)
	}
	return r
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// run runs the commands of a workflow's steps, one after the other, until one fails.
func (r *repository) run(t *testing.T, workflow string) (string, error) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, ".github", "workflows", workflow))
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for line := range strings.Lines(string(text)) {
		step, ok := strings.CutPrefix(strings.TrimSpace(line), "run: ")
		if !ok {
			continue
		}
		shell := exec.Command("sh", "-e", "-c", strings.Trim(step, "'"))
		shell.Dir = r.dir
		shell.Env = append(os.Environ(),
			"RUNNER_TEMP="+r.temp, "CURL_CA_BUNDLE="+r.cert, "BASE_URL=https://example.org/",
			"GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary"), "GITHUB_SERVER_URL=https://github.com",
			"BASE=HEAD^1", "FROM=o/r", "BRANCH=numbers")
		out, err := shell.CombinedOutput()
		said.Write(out)
		if err != nil {
			return said.String(), err
		}
	}
	return said.String(), nil
}

func (r *repository) name(t *testing.T, lines ...string) {
	t.Helper()
	text := strings.Join(lines, "\n") + "\n"
	write(t, filepath.Join(r.dir, starter.VersionFile), []byte(strings.ReplaceAll(text, "$SERVER", r.served.URL)))
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

const (
	versionLine = "version: v1.2.0"
	archiveLine = "archive: $SERVER/v1.2.0/bilanz.tar.gz"
)

func TestWorkflowsRunTheReleaseThatTheProjectNames(t *testing.T) {
	packed := archive(t, "bilanz")
	r := newRepository(t, "de", packed)
	for _, lines := range [][]string{
		{versionLine, archiveLine, "sha256: " + sumOf(packed)},
		{"# the file of a release", "", versionLine + "\r", archiveLine + " ", "sha256:   " + sumOf(packed) + "\r"},
	} {
		r.name(t, lines...)
		for workflow, want := range map[string]string{
			"check.yml":   "bilanz check --strict --format github --against HEAD^1\nbilanz build --for-disk\n",
			"publish.yml": "bilanz due\nbilanz build --format github --base-url https://example.org/\n",
		} {
			if said, err := r.run(t, workflow); err != nil || said != want {
				t.Errorf("%s said %q, %v", workflow, said, err)
			}
		}
	}
}

// Whatever is wrong with the file, the run stops with one sentence, and nothing of what was
// fetched is run.
func TestWorkflowsStopWithASentence(t *testing.T) {
	packed, empty := archive(t, "bilanz"), archive(t, "other")
	sum := "sha256: " + sumOf(packed)
	for _, c := range []struct {
		name   string
		lines  []string // nil for those of a new site
		answer []byte
		asked  bool
		says   [2]string
	}{
		{"a new site", nil, packed, false, unnamed},
		{"no version", []string{archiveLine, sum}, packed, false, unnamed},
		{"no address", []string{versionLine, sum}, packed, false, unnamed},
		{"no checksum", []string{versionLine, archiveLine}, packed, false, unnamed},
		{"an empty checksum", []string{versionLine, archiveLine, "sha256: "}, packed, false, unnamed},
		{"two addresses", []string{versionLine, archiveLine, archiveLine, sum}, packed, false, unnamed},
		{"words for an address", []string{versionLine, "archive: $(touch run) x", sum}, packed, false, unnamed},
		{"no https", []string{versionLine, "archive: http://example.org/bilanz.tar.gz", sum}, packed, false,
			[2]string{"beginnt nicht mit https://.", "does not begin with https://."}},
		{"a file", []string{versionLine, "archive: file:///etc/passwd", sum}, packed, false,
			[2]string{"beginnt nicht mit https://.", "does not begin with https://."}},
		{"no checksum but a word", []string{versionLine, archiveLine, "sha256: $(touch${IFS}run)"}, packed, false,
			[2]string{"besteht nicht aus Ziffern", "is not made of digits"}},
		{"another file", []string{versionLine, archiveLine, sum}, empty, true,
			[2]string{"hat nicht die Prüfsumme hinter sha256:. Es wurde nicht ausgeführt.",
				"does not have the checksum behind sha256:. It was not run."}},
		{"a short checksum", []string{versionLine, archiveLine, sum[:40]}, packed, true,
			[2]string{"hat nicht die Prüfsumme", "does not have the checksum"}},
		{"nothing there", []string{versionLine, "archive: $SERVER/v9/bilanz.tar.gz", sum}, packed, true,
			[2]string{"ließ sich nicht von", "could not be downloaded from"}},
		{"no program", []string{versionLine, archiveLine, "sha256: " + sumOf(empty)}, empty, true,
			[2]string{"ist kein Programm namens bilanz.", "holds no program named bilanz."}},
	} {
		for i, lang := range starter.Languages() {
			r := newRepository(t, lang, c.answer)
			if c.lines != nil {
				r.name(t, c.lines...)
			}
			said, err := r.run(t, "publish.yml")
			last := said[strings.LastIndex(strings.TrimSuffix(said, "\n"), "\n")+1:]
			if err == nil || !strings.HasPrefix(last, "::error file=.github/bilanz-version.txt::") ||
				!strings.Contains(last, c.says[i]) || strings.Contains(said, "bilanz build") ||
				(r.asked > 0) != c.asked {
				t.Errorf("%s (%s): %v, asked %d times, said:\n%s", c.name, lang, err, r.asked, said)
			}
			if _, err := os.Stat(filepath.Join(r.dir, "run")); err == nil {
				t.Errorf("%s: what the file says was run", c.name)
			}
		}
	}
}

var unnamed = [2]string{
	"Ersetzen Sie die Datei durch die, die zu einer Ausgabe von bilanz gehört.",
	"put the one that comes with a release of bilanz in its place.",
}
