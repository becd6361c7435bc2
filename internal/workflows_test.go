package internal_test

import (
	"cmp"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/starter"

	"go.yaml.in/yaml/v4"
)

// pins are the actions that the workflows may use, each by the commit of one
// release: a tag can be moved to other code, a commit cannot.
var pins = map[string]string{
	"actions/checkout":              "08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
	"actions/setup-go":              "44694675825211faa026b3c33043df3e48a5fa00 # v6.0.0",
	"actions/upload-artifact":       "ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
	"actions/configure-pages":       "983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
	"actions/upload-pages-artifact": "7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
	"actions/deploy-pages":          "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}

func workflow(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", ".github", "workflows", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// workflows are all: those of this repository by their names, and those that a new site begins
// with behind the language in which it is written.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := os.ReadDir(filepath.Join("..", ".github", "workflows"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		all[file.Name()] = workflow(t, file.Name())
	}
	for _, lang := range starter.Languages() {
		for name, text := range starter.Files(starter.Options{Languages: []string{lang}}) {
			if file, ok := strings.CutPrefix(name, ".github/workflows/"); ok {
				all[lang+"/"+file] = string(text)
			}
		}
	}
	return all
}

type workflowFile struct {
	Permissions map[string]string
	Env         map[string]string
	Jobs        map[string]struct {
		Name        string
		Permissions map[string]string
		Env         map[string]string
		Steps       []workflowStep
	}
}

type workflowStep struct {
	Run, Uses string
	With, Env map[string]string
}

func parsed(t *testing.T, text string) (file workflowFile) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWorkflowsUseActionsByCommit(t *testing.T) {
	for name, text := range workflows(t) {
		used := regexp.MustCompile(`uses: *([^@\s]+)@(.+)`).FindAllStringSubmatch(text, -1)
		if len(used) == 0 || len(used) != strings.Count(text, "uses:") {
			t.Errorf("%s: %d of %d actions were read", name, len(used), strings.Count(text, "uses:"))
		}
		for _, use := range used {
			if pins[use[1]] != use[2] {
				t.Errorf("%s: %s@%s, want %q", name, use[1], use[2], pins[use[1]])
			}
		}
	}
}

// What a workflow may do stands at its top, or at the job that needs it.
func TestWorkflowsMayDoNoMoreThanTheyMust(t *testing.T) {
	publish := []string{"build contents: read", "build pages: read", "deploy id-token: write", "deploy pages: write"}
	want := map[string][]string{
		"check.yml": {"contents: read"},
		"fix-numbers.yml": {"approval contents: read", "fix checks: write", "fix contents: write",
			"fix pull-requests: write"},
		"pages.yml": publish, "publish.yml": publish,
		"release.yml": {"archives contents: read", "publish actions: read", "publish contents: write"},
	}
	for name, text := range workflows(t) {
		var granted []string
		file := parsed(t, text)
		for what, how := range file.Permissions {
			granted = append(granted, what+": "+how)
		}
		for id, job := range file.Jobs {
			for what, how := range job.Permissions {
				granted = append(granted, id+" "+what+": "+how)
			}
		}
		slices.Sort(granted)
		if strings.Contains(name, "/fix") {
			granted = append([]string{"approval contents: read"}, granted...) // there is no such job
		}
		if !slices.Equal(granted, want[path.Base(name)]) || file.Permissions == nil {
			t.Errorf("%s grants %q, want %q", name, granted, want[path.Base(name)])
		}
	}
}

// Code of a proposal runs without secrets, and text that strangers write (titles, branches,
// what somebody types) never becomes part of a command.
func TestWorkflowsTrustNoStranger(t *testing.T) {
	for name, text := range workflows(t) {
		for _, banned := range []string{"pull_request_target", "secrets.", "workflow_run:", "inherit"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s uses %s", name, banned)
			}
		}
		for _, job := range parsed(t, text).Jobs {
			for _, step := range job.Steps {
				if strings.Contains(step.Run, "${{") {
					t.Errorf("%s puts an expression into a command: %s", name, step.Run)
				}
				if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != "false" {
					t.Errorf("%s leaves its credentials beside the code", name)
				}
			}
		}
	}
}

var mayWrite = regexp.MustCompile(`^(sh )?\.(ci|github)/proposal\.sh (push|answer)$`)

// The token that may write to a proposal's branch is in the hands of two steps, which run
// neither the proposal nor bilanz; both, and all others, come from main.
func TestOnlyTwoStepsHoldTheTokenThatWrites(t *testing.T) {
	for name, text := range workflows(t) {
		if path.Base(name) != "fix-numbers.yml" {
			continue
		}
		job, holding := parsed(t, text).Jobs["fix"], 0
		for _, step := range job.Steps {
			if step.Env["GH_TOKEN"] == "" {
				continue
			}
			if holding++; !mayWrite.MatchString(step.Run) {
				t.Errorf("%s hands its token to %s", name, step.Run)
			}
		}
		begins := job.Steps[0].With
		if holding != 2 || job.Env["GH_TOKEN"] != "" || begins["ref"] != "main" || begins["path"] != "" {
			t.Errorf("%s hands its token to %d steps, or does not begin with main", name, holding)
		}
	}
}

// A check that a machine reports itself has the name of the one that main asks for.
func TestChecksAreReportedUnderTheirNames(t *testing.T) {
	all := workflows(t)
	for _, of := range []string{"", "en/", "de/"} {
		check, fix := parsed(t, all[of+"check.yml"]).Jobs, parsed(t, all[of+"fix-numbers.yml"]).Jobs["fix"]
		if want := cmp.Or(check["content"].Name, check["check"].Name); fix.Env["CHECK"] != want || want == "" {
			t.Errorf("%sfix-numbers.yml reports %q, which is called %q", of, fix.Env["CHECK"], want)
		}
		if want := check["code"].Name; fix.Env["TESTS"] != want {
			t.Errorf("%sfix-numbers.yml reports %q, which is called %q", of, fix.Env["TESTS"], want)
		}
	}
}

// "make quick" lints the workflows that lie where GitHub looks; this one those of new sites.
func TestWorkflowsOfNewSitesAreSound(t *testing.T) {
	dir := t.TempDir()
	for name, text := range workflows(t) {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := lint(file); err != nil && strings.Contains(name, "/") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	const title = "on: pull_request\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n" +
		"      - run: echo ${{ github.event.pull_request.title }}\n"
	file := filepath.Join(dir, "title.yml")
	if err := os.WriteFile(file, []byte(title), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := lint(file); err == nil || !strings.Contains(out, "untrusted") {
		t.Errorf("a title in a command passes: %v\n%s", err, out)
	}
}

func lint(file string) (string, error) {
	cmd := exec.Command("go", "tool", "actionlint", "-shellcheck=", "-pyflakes=", file)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestPublishingIsOneAtATimeAndProtected(t *testing.T) {
	text := workflow(t, "pages.yml")
	for _, wanted := range []string{
		"branches: [main]", "group: pages", "fetch-depth: 0", "run: bin/bilanz due\n", "REF: ${{ inputs.ref }}\n",
		"site: github-pages-${{ github.run_attempt }}\n", "  name: github-pages-${{ github.run_attempt }}\n",
		"artifact_name: ${{ needs.build.outputs.site }}", "cancel-in-progress: false", "name: github-pages",
		"needs: build", "if: github.ref == 'refs/heads/main'", "BASE_URL: ${{ steps.pages.outputs.base_url }}",
		`make site BASE_URL="$BASE_URL"`,
	} {
		if !strings.Contains(text, wanted) {
			t.Errorf("pages.yml lacks %q", wanted)
		}
	}
}

// Proposals are checked as strictly as it goes: a warning holds one up.
func TestProposalsAreCheckedStrictly(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^check:.*\n\t.* check --strict `).Match(makefile) ||
		!strings.Contains(workflow(t, "check.yml"), "run: make check AGAINST=HEAD^1\n") {
		t.Error("check.yml does not run make check, or that is not strict")
	}
}

// A release is made of nothing but the repository, twice, and only a job that runs no code
// of it may write.
func TestAReleaseIsMadeTwiceAndComparedBeforeAnythingIsWritten(t *testing.T) {
	text := workflow(t, "release.yml")
	test, publish, ok := strings.Cut(text, "\n  publish:\n")
	if !ok {
		t.Fatal("release.yml has no job that publishes")
	}
	at := 0
	for _, wanted := range []string{
		`tags: ["v*"]`, "cache: false", "run: .ci/run\n", "run: make dist\n", "run: make dist OUT=.bilanz/dist\n",
		"GOCACHE: ${{ runner.temp }}/from-nothing", "run: diff -r dist .bilanz/dist\n", "actions/upload-artifact@",
	} {
		found := strings.Index(test[at:], wanted)
		if found < 0 {
			t.Fatalf("release.yml lacks %q, or has it too early", wanted)
		}
		at += found
	}
	for _, wanted := range []string{"needs: archives", "environment: release",
		`gh release create "$VERSION" dist/* --verify-tag`,
		"sha256sum --check SHA256SUMS"} {
		if !strings.Contains(publish, wanted) {
			t.Errorf("release.yml lacks %q where it publishes", wanted)
		}
	}
	if strings.Contains(publish, "uses:") || strings.Contains(publish, "run: make") {
		t.Error("the job that may write runs code of the repository or of others")
	}
}

// A machine runs what people run: targets of the Makefile, the command, and scripts with tests.
func TestWorkflowsRunWhatPeopleRun(t *testing.T) {
	besides := []string{"diff", "gh", "cd"} // of the release, after all is made
	makefile, err := os.ReadFile(filepath.Join("..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range workflows(t) {
		if strings.Contains(name, "/") {
			continue
		}
		for _, job := range parsed(t, text).Jobs {
			for _, step := range job.Steps {
				words := strings.Fields(step.Run)
				if len(words) == 0 {
					continue
				}
				_, err := os.Stat(filepath.Join("..", words[0]))
				switch {
				case strings.Contains(strings.TrimSpace(step.Run), "\n"):
					t.Errorf("%s runs a script of more than a line: put it into .ci/", name)
				case strings.HasPrefix(words[0], ".ci/") && err == nil, words[0] == "bin/bilanz":
				case name == "release.yml" && slices.Contains(besides, words[0]):
				case words[0] == "make" && strings.Contains(string(makefile), "\n"+words[1]+":"):
				default:
					t.Errorf("%s runs %q, which is no target of the Makefile", name, step.Run)
				}
			}
		}
	}
}
