package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/starter"

	"go.yaml.in/yaml/v4"
)

// A proposal is played here from its branch to the website and back, with the commands that
// stand in the workflows, in a repository on this machine. What could not be played without
// GitHub stands in docs/publishing.md.

// stage is a repository with a site, and a machine for its workflows.
type stage struct {
	machine
	clone       string    // where people work
	lang        string    // of what the workflows say
	scripts     string    // the folder of the workflows' scripts
	judge       string    // the job that judges content,
	check       string    // its name,
	fix         string    // and that of the workflow that fixes numbers
	publish     string    // the file of the workflow that publishes
	figures     string    // a file, in which
	was, is     string    // a value is changed,
	shown       [2]string // as readers get it before and now
	page        string    // and a page that says it
	says        string    // so, when it is fixed
	told        string    // the folder in which gh writes down what it is told
	pwned       string    // a file that only comes to be where a proposal's words were run
	proposalsNo int
}

const (
	numbersBranch = "zahlen/$(touch${IFS}$PWNED)`touch${IFS}$PWNED`;touch${IFS}$PWNED&'#%"
	gh            = `#!/bin/sh
# Stands for GitHub: writes down what it is told, and the file that it is handed.
n=$(ls "$TOLD" | wc -l)
printf '%s\n' "$@" > "$TOLD/$n"
[ -n "$GH_TOKEN" ] || echo "without a token" >> "$TOLD/$n"
for word; do
	case $word in
	*@/*) cat "${word#*@}" >> "$TOLD/$n" ;;
	/*.md) cat "$word" >> "$TOLD/$n" ;;
	esac
done
`
	// goTool builds what was built already: the command that is tested here.
	goTool = `#!/bin/sh
case "$1 $2" in
"env GOVERSION") echo go1.26.0 ;;
"run ./internal/paper") mkdir -p .bilanz/approval && echo "$*" > .bilanz/approval/approval.pdf ;; # needs a browser
"run ./cmd/bilanz") shift 2 && exec bilanz "$@" ;;
"build -o") mkdir -p bin && printf '#!/bin/sh\nexec bilanz "$@"\n' > "$3" && chmod +x "$3" ;;
*) echo "go $*: not played" >&2 && exit 1 ;;
esac
`
	curl = `#!/bin/sh
while [ "$1" != --output ]; do shift; done
cp "$ARCHIVE" "$2"
`
)

// newStage lays a repository down whose main was published.
func newStage(t *testing.T, files map[string][]byte) *stage {
	for _, program := range []string{"bash", "git", "make", "sha256sum", "tar", "iconv", "od", "awk"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal("this machine has no " + program)
			}
			t.Skip("the machines of GitHub have " + program + ", this one has not")
		}
	}
	root := t.TempDir()
	s := &stage{
		machine: machine{test: t, remote: filepath.Join(root, "remote.git"), tools: filepath.Join(root, "tools")},
		clone:   filepath.Join(root, "clone"), told: filepath.Join(root, "told"), pwned: filepath.Join(root, "pwned"),
	}
	for name, text := range map[string]string{"gh": gh, "go": goTool, "curl": curl} {
		s.write(filepath.Join(s.tools, name), text)
		s.must(os.Chmod(filepath.Join(s.tools, name), 0o755))
	}
	s.must(os.MkdirAll(s.told, 0o755))
	archive := filepath.Join(root, "archive")
	s.must(os.WriteFile(archive, packed(t), 0o600))
	s.env = []string{
		"TOLD=" + s.told, "PWNED=" + s.pwned, "ARCHIVE=" + archive, "BILANZ_CACHE=" + filepath.Join(root, "drawings"),
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
	}
	s.run("git", "init", "--quiet", "--bare", "--initial-branch=main", s.remote)
	s.run("git", "-C", s.remote, "config", "receive.fsckObjects", "true") // as GitHub has it
	s.run("git", "clone", "--quiet", s.remote, s.clone)
	s.git("config", "user.name", "A")
	s.git("config", "user.email", "a@example.org")
	for name, text := range files {
		s.write(filepath.Join(s.clone, name), string(text))
	}
	s.git("checkout", "--quiet", "-b", "main")
	s.commit("The site")
	s.git("push", "--quiet", "origin", "main")
	return s
}

// packed is the archive of a release.
func packed(t *testing.T) []byte {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	archive := tar.NewWriter(zip)
	text := "#!/bin/sh\nexec bilanz \"$@\"\n"
	header := tar.Header{Name: "bilanz-v1.2.0-linux-amd64/bilanz", Mode: 0o755, Size: int64(len(text))}
	if err := archive.WriteHeader(&header); err != nil {
		t.Fatal(err)
	}
	_, _ = archive.Write([]byte(text))
	if archive.Close() != nil || zip.Close() != nil {
		t.Fatal("nothing was packed")
	}
	return b.Bytes()
}

// ours is a stage with the workflows of this repository and the site of the library.
func ours(t *testing.T) *stage {
	files := map[string][]byte{}
	for from, to := range map[string]string{
		"../../.github": ".github", "../../.ci": ".ci", "../../internal/build/testdata/library": "",
		"../../Makefile": "Makefile", "../../go.mod": "go.mod", "../../.gitignore": ".gitignore",
		"../../.gitattributes": ".gitattributes",
	} {
		err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(name) // of a link: what it leads to
			files[strings.TrimPrefix(to+strings.TrimPrefix(filepath.ToSlash(name), from), "/")] = text
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	files["internal/browser/testdata/browser-ready"] = []byte("#!/bin/sh\n")
	s := newStage(t, files)
	s.lang, s.scripts, s.publish = "en", ".ci", "pages.yml"
	s.judge, s.check, s.fix = "content", "Check numbers and texts", "Fix the numbers"
	s.figures, s.was, s.is = "content/figures/visits.yaml", "value: 2415", "value: 2451"
	s.shown = [2]string{"2,415", "2,451"}
	s.page, s.says = "content/de/visits.md", "[2.451](fig:survey.people)"
	return s
}

// begun is a stage with a site as "bilanz new" writes it, in German.
func begun(t *testing.T) *stage {
	files := starter.Files(starter.Options{Languages: []string{"de"}})
	files[starter.VersionFile] = fmt.Appendf(nil, "version: v1.2.0\narchive: https://example.org/a\nsha256: %x\n",
		sha256.Sum256(packed(t)))
	s := newStage(t, files)
	s.lang, s.scripts, s.publish = "de", ".github", "publish.yml"
	s.judge, s.check, s.fix = "check", "Zahlen und Texte prüfen", "Zahlen nachziehen"
	s.figures, s.was, s.is = "content/figures/library.yaml", "value: 287", "value: 288"
	s.shown = [2]string{"287", "288"}
	s.page, s.says = "content/de/method.md", "[288](fig:library.opening-days)"
	return s
}

// onStages plays on both: the workflow files differ, the scripts are the same.
func onStages(t *testing.T, play func(*testing.T, *stage)) {
	for name, raise := range map[string]func(*testing.T) *stage{"ours": ours, "a site as it is begun": begun} {
		t.Run(name, func(t *testing.T) { onStage(t, raise, play) })
	}
}

func onStage(t *testing.T, raise func(*testing.T) *stage, play func(*testing.T, *stage)) {
	t.Parallel()
	play(t, raise(t))
}

func (s *stage) must(err error) {
	s.test.Helper()
	if err != nil {
		s.test.Fatal(err)
	}
}

func (s *stage) write(path, text string) {
	s.test.Helper()
	s.must(os.MkdirAll(filepath.Dir(path), 0o755))
	mode := os.FileMode(0o644)
	if filepath.Base(filepath.Dir(path)) == ".ci" || strings.HasSuffix(path, "-ready") {
		mode = 0o755
	}
	s.must(os.WriteFile(path, []byte(text), mode))
}

func (s *stage) run(name string, args ...string) string {
	s.test.Helper()
	out, err := s.program(name, args...).CombinedOutput()
	if err != nil {
		s.test.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *stage) git(args ...string) string {
	s.test.Helper()
	return s.run("git", append([]string{"-C", s.clone}, args...)...)
}

func (s *stage) commit(message string) {
	s.test.Helper()
	s.git("add", "--all")
	s.git("commit", "--quiet", "--allow-empty", "-m", message)
}

// replace changes a file of the people.
func (s *stage) replace(name, old, with string) {
	s.test.Helper()
	path := filepath.Join(s.clone, name)
	text, err := os.ReadFile(path)
	s.must(err)
	if strings.Count(string(text), old) != 1 {
		s.test.Fatalf("%s holds %q %d times", name, old, strings.Count(string(text), old))
	}
	s.write(path, strings.Replace(string(text), old, with, 1))
}

// propose begins a branch at main, changes it, and proposes it; a machine then has it before it.
func (s *stage) propose(branch string, change func()) {
	s.test.Helper()
	s.git("checkout", "--quiet", "-b", branch, "origin/main")
	change()
	s.commit("A change")
	s.git("push", "--quiet", "origin", "HEAD:refs/heads/"+branch)
	s.before(branch)
}

// before puts a proposal before the machine, as GitHub does: main with the proposal lies at a
// ref of its own, if the two go together.
func (s *stage) before(branch string) (merges bool) {
	s.test.Helper()
	s.proposalsNo++
	number := fmt.Sprint(s.proposalsNo)
	s.values = map[string]string{
		"github.event_name": "pull_request", "github.ref": "refs/pull/" + number + "/merge",
		"github.repository": "o/r", "github.head_ref": branch, "github.run_attempt": "1", "github.token": "secret",
		"github.event.pull_request.head.repo.full_name": "o/r", "github.event.pull_request.number": number,
		"runner.temp": "",
	}
	s.git("fetch", "--quiet", "origin")
	s.git("checkout", "--quiet", "--detach", "origin/main")
	merge := s.program("git", "-C", s.clone, "merge", "--quiet", "--no-ff", "--no-edit", "refs/remotes/origin/"+branch)
	if merge.Run() != nil {
		s.git("merge", "--abort")
		return false
	}
	s.git("push", "--quiet", "--force", "origin", "HEAD:refs/pull/"+number+"/merge")
	return true
}

// plays runs a workflow of main, or the one of the proposal where GitHub takes that.
func (s *stage) plays(name string) {
	s.test.Helper()
	at := "origin/main"
	if s.values["github.event_name"] == "pull_request" {
		s.git("fetch", "--quiet", "--force", "origin", s.values["github.ref"]+":refs/remotes/proposed")
		at = "refs/remotes/proposed"
	}
	s.runs([]byte(s.git("show", at+":.github/workflows/"+name) + "\n"))
	if _, err := os.Stat(s.pwned); err == nil {
		s.test.Errorf("%s ran what the proposal says", name)
	}
}

// label puts the label on the proposal that the machine has before it.
func (s *stage) label() {
	s.test.Helper()
	s.values["github.event.label.name"] = "fix-numbers"
	s.plays("fix-numbers.yml")
}

// merge makes the proposal part of main.
func (s *stage) merge(branch string) string {
	s.test.Helper()
	s.git("fetch", "--quiet", "origin")
	s.git("checkout", "--quiet", "-B", "main", "origin/main")
	s.git("merge", "--quiet", "--no-ff", "-m", "Merge", "refs/remotes/origin/"+branch)
	s.git("push", "--quiet", "origin", "main")
	return s.git("rev-parse", "HEAD")
}

// published runs the workflow that publishes, by hand, and gives a page of what went live.
func (s *stage) published(ref, attempt string) string {
	s.test.Helper()
	s.values = map[string]string{
		"github.event_name": "workflow_dispatch", "github.ref": "refs/heads/main", "github.repository": "o/r",
		"inputs.ref": ref, "github.run_attempt": attempt,
	}
	live := ""
	s.git("fetch", "--quiet", "origin")
	s.plays(s.publish)
	for _, folder := range s.folders {
		if text, err := os.ReadFile(filepath.Join(folder, "public", "data", "figures.json")); err == nil {
			live = string(text)
		}
	}
	return live
}

// messages gives what gh was told since the last question.
func (s *stage) messages() string {
	s.test.Helper()
	var all strings.Builder
	files, err := os.ReadDir(s.told)
	s.must(err)
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(s.told, file.Name()))
		s.must(err)
		all.Write(text)
		all.WriteString("--\n")
		s.must(os.Remove(filepath.Join(s.told, file.Name())))
	}
	return all.String()
}

func (s *stage) say(en, de string) string { return map[string]string{"en": en, "de": de}[s.lang] }

// holds holds a text against the pieces that must stand in it, in their order.
func holds(t *testing.T, what, text string, pieces ...string) {
	t.Helper()
	rest := text
	for _, piece := range pieces {
		_, after, ok := strings.Cut(rest, piece)
		if !ok {
			t.Fatalf("%s lacks %q, or has it too early:\n%s", what, piece, text)
		}
		rest = after
	}
}

func (s *stage) ends(job, how string) {
	s.test.Helper()
	if s.ended[job] != how {
		s.test.Fatalf("the job %s ended with %s, not %s; it said:\n%s\n%s", job, s.ended[job], how, s.said, s.summary)
	}
}

// From a changed value to the website, and back.
func TestAProposalGoesLiveAndIsTakenBack(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		first := s.git("rev-parse", "HEAD")
		before := s.published("", "1")
		s.propose(numbersBranch, func() { s.replace(s.figures, s.was, s.is) })

		s.plays("check.yml")
		s.ends(s.judge, "failure")
		holds(t, "the check", s.said, "::error file="+s.page)
		holds(t, "the summary", s.summary, s.shown[0], s.shown[1],
			"https://github.com/o/r/edit/zahlen/%24%28touch%24%7BIFS%7D%24PWNED%29%60touch", "/"+s.page+"#L")

		s.label()
		s.ends("fix", "success")
		if made := s.say("approval", "website"); !slices.Contains(s.uploaded, made) {
			t.Errorf("of the commit there is no %s", made)
		}
		said := s.messages()
		holds(t, "GitHub", said, "repos/o/r/check-runs", "name="+s.check, "conclusion=success",
			s.say("name=Run the tests", ""), "pr\ncomment\n1",
			s.say("Changed ", "geändert."),
			s.say("All this is on the branch now", "Das alles steht jetzt auf dem Zweig"),
			s.say("found nothing more", "nichts mehr gefunden"), "https://github.com/o/r/actions/runs/7",
			"DELETE\nrepos/o/r/issues/1/labels/fix-numbers")
		s.git("fetch", "--quiet", "origin")
		fixed := "refs/remotes/origin/" + numbersBranch
		holds(t, "the page", s.git("show", fixed+":"+s.page), s.says)
		commit := s.git("show", "--no-patch", "--format=%an%n%B", fixed)
		holds(t, "the commit", commit, "github-actions[bot]", s.fix, s.page)
		holds(t, "the head of the check", said, "head_sha="+s.git("rev-parse", fixed))

		s.before(numbersBranch)
		s.plays("check.yml")
		s.ends(s.judge, "success")

		merged := s.merge(numbersBranch)
		after := s.published("", "1")
		if s.ends("deploy", "success"); before == after || s.deployed != "github-pages-1" {
			t.Errorf("%s went live, and is it what was live before?", s.deployed)
		}
		if again := s.published(merged, "2"); again != after || s.deployed != "github-pages-2" {
			t.Errorf("the same state, once more, is another one, or is %s", s.deployed)
		}
		if back := s.published(first, "1"); back != before {
			t.Error("the state before is not what was published then")
		}
		s.git("revert", "--no-edit", "-m", "1", merged)
		s.git("push", "--quiet", "origin", "main")
		if back := s.published("", "1"); back != before {
			t.Error("main without the change is not what was published before it")
		}
	})
}

// What somebody types as a state is looked up, and never run.
func TestOnlyAStateOfMainIsPublishedOnceMore(t *testing.T) {
	onStage(t, begun, func(t *testing.T, s *stage) {
		s.propose("another", func() { s.replace(s.figures, s.was, s.is) })
		never := s.say("never part of main", "nie Teil von main")
		none := s.say("There is no such state", "Einen solchen Stand gibt es nicht")
		for ref, says := range map[string]string{
			s.git("rev-parse", "refs/remotes/origin/another"): never, "origin/another": never,
			"0000000000000000000000000000000000000000": none, "$(touch $PWNED)": none, "`touch $PWNED`": none,
			"; touch $PWNED": none, "--help": none, "--output=x": none, "main:content": none, "x\ny": none,
		} {
			s.published(ref, "1")
			s.ends("build", "failure")
			s.ends("deploy", "skipped")
			holds(t, ref, s.said, "::error::", says)
		}
	})
}

// A spreadsheet that waits is imported, said in the sentences and deleted, in one commit; one
// that cannot be read stays, and the answer says why.
func TestASpreadsheetIsImportedAndDeleted(t *testing.T) {
	t.Parallel()
	s := ours(t)
	s.propose("figures", func() {
		s.write(filepath.Join(s.clone, "content/incoming/b.csv"), "Indicator;2024\nOpening days;297\n")
		s.write(filepath.Join(s.clone, "content/incoming/a.csv"), "Indicator;2024\nStaff;14\n")
	})
	s.label()
	s.ends("fix", "success")
	holds(t, "the answer", s.messages(), "conclusion=failure",
		"Imported from content/incoming:", "    ", "Staff", "297", "Fixed in the sentences:", "found what a person has to decide", "content/incoming/a.csv")
	s.git("fetch", "--quiet", "origin")
	changed := s.git("diff", "--name-status", "origin/main", "origin/figures")
	want := "M\tcontent/de/visits.md\nM\tcontent/en/visits.md\nM\tcontent/figures/visits.yaml\n" +
		"A\tcontent/incoming/a.csv"
	if changed != want {
		t.Errorf("the branch has\n%s\nnot\n%s", changed, want)
	}
}

// That a translation was compared is said by hand, with the names of its pages, which are words
// and no commands.
func TestATranslationIsSignedByHand(t *testing.T) {
	t.Parallel()
	s := ours(t)
	s.propose("words", func() { s.replace("content/en/visits.md", "the libraries counted", "we counted") })
	byHand := func(pages string) {
		s.values = map[string]string{
			"github.event_name": "workflow_dispatch", "github.ref": "refs/heads/main", "github.repository": "o/r",
			"inputs.branch": "words", "inputs.pages": pages, "github.token": "secret",
		}
		s.plays("fix-numbers.yml")
	}
	for _, pages := range []string{"$(touch $PWNED)", "`touch $PWNED`", "*", "--diff", "; touch $PWNED"} {
		byHand(pages)
		s.ends("fix", "failure")
		holds(t, pages, s.said, "::error::This could not be done")
	}
	_ = s.messages()
	byHand("de/visits.md")
	s.ends("fix", "success")
	holds(t, "GitHub", s.messages(), "conclusion=success")
	s.git("fetch", "--quiet", "origin")
	holds(t, "the commit", s.git("show", "--name-only", "--format=", "origin/words"), "content/translated.yaml")
}

// Who is no part of this repository gets no word of theirs written here, and none run.
func TestAForkIsRefused(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		s.propose("patch-1", func() {
			s.replace(s.figures, s.was, s.is)
			for _, name := range []string{"proposal.sh", "state.sh", "kind.sh", "fetch-bilanz.sh"} {
				s.write(filepath.Join(s.clone, s.scripts, name), "touch $PWNED\n")
			}
		})
		s.git("push", "--quiet", "origin", "origin/main:refs/heads/patch-1", "--force") // ours of the same name
		tip := s.git("ls-remote", "origin", "refs/heads/patch-1")
		for _, from := range []string{"else/r", ""} { // "" where the fork is gone
			s.values["github.event.pull_request.head.repo.full_name"] = from
			s.label()
			s.ends("fix", "failure")
			holds(t, "the run", s.said, "::error::"+s.say("This proposal comes from another repository",
				"Dieser Vorschlag kommt aus einem anderen Repository"))
			if told := s.messages(); told != "" || s.git("ls-remote", "origin", "refs/heads/patch-1") != tip {
				t.Errorf("something was written: %s", told)
			}
		}
	})
}

// Names of branches that are none, and main itself, are not written to.
func TestOnlyBranchesOfProposalsAreFixed(t *testing.T) {
	onStage(t, ours, func(t *testing.T, s *stage) {
		main := s.say("This is main itself", "Das ist main selbst")
		none := s.say("There can be no branch of this name", "Einen Zweig dieses Namens kann es nicht geben")
		for branch, says := range map[string]string{
			"main": main, "a:main": none, "../main": none, "a b": none, "$(touch $PWNED)": none, "": none,
			"-": "", "gone": "", "`touch${IFS}$PWNED`": "",
		} {
			s.values = map[string]string{
				"github.event_name": "workflow_dispatch", "github.ref": "refs/heads/main", "github.repository": "o/r",
				"inputs.branch": branch,
			}
			s.plays("fix-numbers.yml")
			s.ends("fix", "failure")
			holds(t, branch, s.said, says)
		}
		s.values["github.ref"], s.values["inputs.branch"] = "refs/heads/other", "gone"
		s.plays("fix-numbers.yml")
		s.ends("fix", "skipped")
	})
}

// A proposal that holds more than plain files of content is not touched, and nothing of it runs.
func TestAProposalOfMoreThanContentIsNotFixed(t *testing.T) {
	evil := "touch $PWNED\n"
	onStage(t, begun, func(t *testing.T, s *stage) {
		outside := s.say("This proposal changes more than content/", "Dieser Vorschlag ändert mehr als content/")
		odd := s.say("something else than plain files", "anderes als einfache Dateien")
		written := func(names ...string) func() {
			return func() {
				for _, name := range names {
					s.write(filepath.Join(s.clone, name), evil)
				}
			}
		}
		linked := func(to, name string) func() {
			return func() {
				s.must(os.RemoveAll(filepath.Join(s.clone, name)))
				s.must(os.Symlink(to, filepath.Join(s.clone, name)))
			}
		}
		for name, c := range map[string]struct {
			change func()
			says   string
		}{
			"code": {written("Makefile", ".ci/proposal.sh", ".github/proposal.sh", "layouts/page.html"), outside},
			"go":   {written("cmd/x.go", "go.mod"), outside},
			"git":  {written(".gitattributes", ".githooks/pre-commit"), outside},
			"config": {func() {
				s.write(filepath.Join(s.clone, ".gitmodules"),
					"[submodule \"x\"]\n\tpath = content/x\n\turl = ../../x\n")
			}, outside},
			"filter": {written("content/.gitattributes"), odd},
			"hooks":  {written("content/a/.gitmodules"), odd},
			"whole":  {linked("/etc", "content"), odd},
			"link":   {linked("/etc/passwd", "content/de/passwd.md"), odd},
			"bit": {func() {
				written("content/de/run.md")()
				s.must(os.Chmod(filepath.Join(s.clone, "content/de/run.md"), 0o755))
			}, odd},
			"module": {func() {
				s.git("update-index", "--add", "--cacheinfo", "160000,"+s.git("rev-parse", "HEAD")+",content/sub")
				s.must(os.Mkdir(filepath.Join(s.clone, "content/sub"), 0o755))
				s.run("git", "init", "--quiet", filepath.Join(s.clone, "content/sub"))
			}, odd},
		} {
			s.propose(name, c.change)
			tip := s.git("ls-remote", "origin", "refs/heads/"+name)
			s.label()
			s.ends("fix", "failure")
			holds(t, name, s.said, "::error::", c.says)
			holds(t, name, s.messages(), "pr\ncomment", c.says)
			if s.git("ls-remote", "origin", "refs/heads/"+name) != tip {
				t.Errorf("%s: the branch was written to", name)
			}
			s.git("checkout", "--quiet", "--force", "--detach", "origin/main")
			s.git("clean", "--quiet", "-dffx")
		}
	})
}

// A name that leads out of content/ is refused by GitHub; where it were not, git writes nothing,
// and the run ends there.
func TestANameThatLeadsOutIsRefused(t *testing.T) {
	onStage(t, ours, func(t *testing.T, s *stage) {
		blob := s.git("rev-parse", "HEAD:content/site.yaml")
		tree := func(lines string) string {
			t.Helper()
			cmd := s.program("git", "-C", s.clone, "hash-object", "-t", "tree", "-w", "--literally", "--stdin")
			cmd.Stdin = strings.NewReader(lines)
			out, err := cmd.CombinedOutput()
			s.must(err)
			return strings.TrimSpace(string(out))
		}
		raw := func(id string) string {
			b, err := hex.DecodeString(id)
			s.must(err)
			return string(b)
		}
		up := tree("100644 escaped\x00" + raw(blob))
		content := tree("40000 ..\x00" + raw(up))
		root := tree("40000 content\x00" + raw(content))
		commit := s.git("commit-tree", "-p", "HEAD", "-m", "x", root)
		push := []string{"-C", s.clone, "push", "--quiet", "origin", commit + ":refs/heads/up"}
		if out, err := s.program("git", push...).CombinedOutput(); err == nil {
			t.Errorf("it was taken: %s", out)
		}
		s.run("git", "-C", s.remote, "config", "receive.fsckObjects", "false")
		s.run("git", push...)
		s.values = map[string]string{
			"github.event_name": "workflow_dispatch", "github.ref": "refs/heads/main", "github.repository": "o/r",
			"inputs.branch": "up", "github.token": "secret",
		}
		s.plays("fix-numbers.yml")
		s.ends("fix", "failure")
		for _, folder := range s.folders {
			if _, err := os.Stat(filepath.Join(folder, "proposal", "escaped")); err == nil {
				t.Error("the file lies outside of content/")
			}
		}
	})
}

// Two proposals change one value: the first becomes main, the second is told, in words and
// with the place, and nothing of it is lost or passes as checked.
func TestOfTwoProposalsTheSecondIsTold(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		s.propose("first", func() { s.replace(s.figures, s.was, s.is) })
		s.label()
		s.propose("second", func() { s.replace(s.figures, s.was, s.is[:len(s.is)-1]+"9") })
		_ = s.messages()
		s.merge("first")
		if s.before("second") {
			t.Fatal("they go together, it seems")
		}
		s.values["github.event_name"], s.values["github.ref"] = "workflow_dispatch", "refs/heads/main"
		s.values["inputs.branch"] = "second"
		delete(s.values, "github.event.pull_request.number")
		s.plays("fix-numbers.yml")
		s.ends("fix", "success")
		holds(t, "GitHub", s.messages(), "conclusion=failure")
		holds(t, "the answer", s.summary, s.say("main has changed since, in the same lines",
			"main hat sich seitdem in denselben Zeilen geändert"), s.figures, "[merge-mark]")

		s.git("fetch", "--quiet", "origin")
		s.git("checkout", "--quiet", "--detach", "refs/remotes/origin/second")
		s.git("merge", "--quiet", "--no-edit", "-X", "ours", "origin/main") // "Resolve conflicts"
		s.git("push", "--quiet", "origin", "HEAD:refs/heads/second")
		if !s.before("second") {
			t.Fatal("they still do not go together")
		}
		s.plays("check.yml")
		s.ends(s.judge, "success")
	})
}

// Whoever changes the branch while the machine works keeps what they wrote.
func TestABranchThatMovedIsNotOverwritten(t *testing.T) {
	onStage(t, begun, func(t *testing.T, s *stage) {
		s.propose("mine", func() { s.replace(s.figures, s.was, s.is) })
		s.between = func(step string) {
			if strings.HasSuffix(step, "proposal.sh push") {
				s.git("checkout", "--quiet", "--detach", "refs/remotes/origin/mine")
				s.commit("Meanwhile")
				s.git("push", "--quiet", "origin", "HEAD:refs/heads/mine")
			}
		}
		s.label()
		s.ends("fix", "failure")
		moved := s.say("Somebody changed the branch while this ran", "Jemand hat den Zweig geändert")
		holds(t, "the run", s.said, "::error::"+moved)
		told := s.messages()
		holds(t, "the answer", told, "pr\ncomment", moved)
		if strings.Contains(told, "check-runs") || s.git("log", "-1", "--format=%s", "origin/mine") != "Meanwhile" {
			t.Errorf("a check is reported, or the branch is not as it was left: %s", told)
		}
	})
}

// A page that goes without leaving its address behind is found without a built site.
func TestAnAddressThatVanishesIsFound(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		s.propose("gone", func() {
			for _, file := range strings.Fields(s.git("ls-files", "content/*/visits.md")) {
				s.git("mv", file, strings.Replace(file, "visits", "guests", 1))
			}
			for _, file := range strings.Fields(s.git("ls-files", "content/*.md", "content/translated.yaml")) {
				text, err := os.ReadFile(filepath.Join(s.clone, file))
				s.must(err)
				s.write(filepath.Join(s.clone, file), strings.ReplaceAll(string(text), "visits.md", "guests.md"))
			}
		})
		s.plays("check.yml")
		s.ends(s.judge, "failure")
		holds(t, "the check", s.said, "title=address-gone")
	})
}

// Code is judged by all tests, content by its checks, both by both; and what cannot be told
// apart by both.
func TestContentIsToldFromCode(t *testing.T) {
	t.Parallel()
	s := ours(t)
	for _, c := range []struct{ file, content, code string }{
		{"content/figures/new.yaml", "true", "false"}, {"docs/new.md", "false", "true"},
		{"content", "true", "false"}, {"contents/x", "false", "true"}, {".github/x", "false", "true"},
	} {
		s.git("checkout", "--quiet", "--detach", "origin/main")
		s.must(os.RemoveAll(filepath.Join(s.clone, "content")))
		s.git("checkout", "--quiet", "--", "content")
		if c.file == "content" {
			s.must(os.RemoveAll(filepath.Join(s.clone, c.file)))
		}
		s.write(filepath.Join(s.clone, c.file), "x")
		s.commit("One")
		s.git("checkout", "--quiet", "--detach", "origin/main")
		s.git("merge", "--quiet", "--no-ff", "-m", "Merge", "HEAD@{1}")
		kind := s.program("sh", ".ci/kind.sh")
		kind.Dir = s.clone
		out, err := kind.CombinedOutput()
		if want := "content=" + c.content + "\ncode=" + c.code + "\n"; err != nil || string(out) != want {
			t.Errorf("%s: %v, %s", c.file, err, out)
		}
	}
	var file workflowFile
	text, err := os.ReadFile("../../.github/workflows/check.yml")
	s.must(err)
	s.must(yaml.Unmarshal(text, &file))
	for _, id := range []string{"content", "code"} {
		for told, runs := range map[string]bool{"true": true, "false": false, "": true} {
			s.outputs = map[string]string{"needs.kind.outputs." + id: told}
			if s.may(file.Jobs[id].If, told == "") != runs {
				t.Errorf("%s runs, or not, where it was told %q", id, told)
			}
		}
	}
}

// Names and texts of a proposal are shown, and no word of them is run or speaks to the machine.
func TestWhatAProposalSaysIsData(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		folder := filepath.Dir(s.page)
		s.propose(numbersBranch, func() {
			s.replace(s.figures, s.was, s.is)
			for _, name := range []string{
				"$(touch ${PWNED}).md", "`touch $PWNED`.md", "; touch $PWNED .md", "'\" && touch $PWNED.md",
				"\n::error::x.md", "::add-mask::x.md", "--help.md", "[skip ci] @everyone.md",
			} {
				s.write(filepath.Join(s.clone, folder, strings.ReplaceAll(name, "/", "")),
					"---\ntitle: $(touch $PWNED) `touch $PWNED` ${{ github.token }}\n---\n\n::stop-commands::x\n\n["+
						s.says[1:strings.Index(s.says, "]")]+"0"+s.says[strings.Index(s.says, "]"):]+"\n")
			}
		})
		s.plays("check.yml")
		s.ends(s.judge, "failure")
		for line := range strings.Lines(s.said) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") && !strings.HasPrefix(line, "::error file=content/") {
				t.Errorf("the machine was told %q", line)
			}
		}
		s.label()
		s.ends("fix", "success")
		for line := range strings.Lines(s.said) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("the machine was told %q", line)
			}
		}
		told := s.messages()
		if strings.Contains(told, "secret") {
			t.Error("the token is shown")
		}
		s.git("fetch", "--quiet", "origin")
		message := s.git("show", "--no-patch", "--format=%B", "refs/remotes/origin/"+numbersBranch)
		holds(t, "the message of the commit", message, s.fix, s.page)
		if strings.Contains(message, "skip") || strings.Contains(message, "@") {
			t.Errorf("the message of the commit speaks to GitHub:\n%s", message)
		}
	})
}

// Until its moment a site is not published; nothing of it is handed on.
func TestASiteIsHeldUntilItsMoment(t *testing.T) {
	onStages(t, func(t *testing.T, s *stage) {
		s.propose("held", func() {
			s.replace("content/site.yaml", "languages:", "release_at: 2999-03-14T10:00+01:00\nlanguages:")
		})
		s.merge("held")
		s.published("", "1")
		s.ends("build", "failure")
		s.ends("deploy", "skipped")
		if holds(t, "the run", s.said, "2999"); len(s.uploaded) > 0 {
			t.Errorf("%q was handed on", s.uploaded)
		}
	})
}
