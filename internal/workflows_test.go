package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/starter"
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

// begun is a workflow that a new site begins with.
func begun(name string) string {
	return string(starter.Files(starter.Options{Languages: []string{"de"}})[".github/workflows/"+name])
}

func TestWorkflowsUseActionsByCommit(t *testing.T) {
	files, err := os.ReadDir(filepath.Join("..", ".github", "workflows"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		usesByCommit(t, file.Name(), workflow(t, file.Name()))
	}
	for _, name := range []string{"check.yml", "publish.yml"} {
		usesByCommit(t, name, begun(name))
	}
}

func usesByCommit(t *testing.T, file, text string) {
	t.Helper()
	used := regexp.MustCompile(`uses: *([^@\s]+)@(.+)`).FindAllStringSubmatch(text, -1)
	if len(used) == 0 || len(used) != strings.Count(text, "uses:") {
		t.Errorf("%s: %d of %d actions were read", file, len(used), strings.Count(text, "uses:"))
	}
	for _, use := range used {
		if pins[use[1]] != use[2] {
			t.Errorf("%s: %s@%s, want %q", file, use[1], use[2], pins[use[1]])
		}
	}
}

// permissions gives every line that grants something, with the job it is for.
func permissions(text string) []string {
	var granted []string
	var path []string // the keys above a line, one for each two spaces
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(strings.TrimRight(line, "\n"), " #")
		field := strings.TrimSpace(line)
		key, value, ok := strings.Cut(field, ":")
		depth := (len(line) - len(strings.TrimLeft(line, " "))) / 2
		if !ok || strings.HasPrefix(field, "#") || depth > len(path) {
			continue
		}
		path = append(path[:depth], key)
		at := slices.Index(path, "permissions")
		if at >= 0 && value != "" {
			granted = append(granted, strings.Join(append(path[min(1, at):at:at], field), " "))
		}
	}
	return granted
}

func TestWorkflowsMayDoNoMoreThanTheyMust(t *testing.T) {
	for name, want := range map[string][]string{
		"pages.yml": {"permissions: {}", "build contents: read", "build pages: read", "deploy pages: write", "deploy id-token: write"},
		"ci.yml":    {"contents: read"},
		"release.yml": {"permissions: {}", "archives contents: read", "publish contents: write",
			"publish actions: read"},
	} {
		if got := permissions(workflow(t, name)); !slices.Equal(got, want) {
			t.Errorf("%s grants %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string][]string{
		"publish.yml": {
			"permissions: {}", "build contents: read", "build pages: read", "deploy pages: write",
			"deploy id-token: write",
		},
		"check.yml": {"contents: read"},
	} {
		if got := permissions(begun(name)); !slices.Equal(got, want) {
			t.Errorf("%s of a new site grants %q, want %q", name, got, want)
		}
	}
}

// Code of a proposal runs without secrets, and text that strangers write (titles,
// branches) never becomes part of a command.
func TestWorkflowsTrustNoStranger(t *testing.T) {
	texts := map[string]string{
		"pages.yml": workflow(t, "pages.yml"), "ci.yml": workflow(t, "ci.yml"),
		"release.yml": workflow(t, "release.yml"),
		"check.yml":   begun("check.yml"), "publish.yml": begun("publish.yml"),
	}
	for name, text := range texts {
		for _, banned := range []string{"pull_request_target", "secrets.", "workflow_run", "github.head_ref", "github.event"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s uses %s", name, banned)
			}
		}
		for _, run := range regexp.MustCompile(`run: .*|\n {10}.*`).FindAllString(text, -1) {
			if strings.Contains(run, "${{") && !strings.Contains(run, ": ${{") {
				t.Errorf("%s puts an expression into a command: %s", name, strings.TrimSpace(run))
			}
		}
		if strings.Count(text, "actions/checkout@") != strings.Count(text, "persist-credentials: false") {
			t.Errorf("%s leaves its credentials beside the code", name)
		}
	}
}

func TestPublishingIsOneAtATimeAndProtected(t *testing.T) {
	text := workflow(t, "pages.yml")
	for _, wanted := range []string{
		"branches: [main]", "group: pages", "cancel-in-progress: false", "name: github-pages", "needs: build",
		"if: github.ref == 'refs/heads/main'", "BASE_URL: ${{ steps.pages.outputs.base_url }}", `make site BASE_URL="$BASE_URL"`,
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
	if !regexp.MustCompile(`(?m)^check:.*\n\t.* check --strict `).Match(makefile) || !strings.Contains(workflow(t, "ci.yml"), "run: make check\n") {
		t.Error("ci.yml does not run make check, or that is not strict")
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

// A machine runs what the README tells people, and nothing else.
func TestWorkflowsRunWhatPeopleRun(t *testing.T) {
	besides := []string{"diff", "gh", "cd"} // of the release, after all is made
	makefile, err := os.ReadFile(filepath.Join("..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pages.yml", "ci.yml", "release.yml"} {
		for _, run := range regexp.MustCompile(`run: ([^|\n]+)`).FindAllStringSubmatch(workflow(t, name), -1) {
			words := strings.Fields(run[1])
			switch {
			case words[0] == ".ci/run", name == "release.yml" && slices.Contains(besides, words[0]):
			case words[0] == "make" && strings.Contains(string(makefile), "\n"+words[1]+":"):
			default:
				t.Errorf("%s runs %q, which is no target of the Makefile", name, run[1])
			}
		}
	}
}
