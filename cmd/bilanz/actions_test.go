package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// A machine runs the workflows of a repository as those of GitHub do, as far as that can be
// done without GitHub: each command with bash and the variables that its step names, in a
// fresh folder; actions of others are done by hand, and what gh is told is written down.
type machine struct {
	test    *testing.T
	remote  string            // the bare repository that stands for the one on GitHub
	tools   string            // the folder of programs that stand for those of the machine
	values  map[string]string // of expressions: "github.head_ref"
	env     []string          // of every program
	between func(step string) // what happens elsewhere before a step's command runs; nil for nothing

	folder   string            // of the repository, while a job runs
	temp     string            // RUNNER_TEMP of the job
	outputs  map[string]string // of steps: "steps.kind.outputs.code"
	summary  string            // of all jobs
	said     string            // by all commands
	uploaded []string          // artifacts: their names
	deployed string            // the artifact that went live
	ended    map[string]string // jobs: success, failure or skipped
	folders  []string          // of all jobs
}

type workflowFile struct {
	Env  map[string]string
	Jobs map[string]workflowJob
}

type workflowJob struct {
	Name    string
	Needs   string
	If      string
	Env     map[string]string
	Outputs map[string]string
	Steps   []workflowStep
}

type workflowStep struct {
	ID, If, Run, Uses string
	With, Env         map[string]string
}

// runs plays a workflow, its jobs in the order in which they need each other.
func (m *machine) runs(text []byte) {
	m.test.Helper()
	var file workflowFile
	if err := yaml.Unmarshal(text, &file); err != nil {
		m.test.Fatal(err)
	}
	m.summary, m.said, m.uploaded, m.deployed, m.folders, m.ended = "", "", nil, "", nil, map[string]string{}
	needs := map[string]string{}
	for len(m.ended) < len(file.Jobs) {
		before := len(m.ended)
		for _, id := range slices.Sorted(maps.Keys(file.Jobs)) {
			job := file.Jobs[id]
			if m.ended[id] != "" || job.Needs != "" && m.ended[job.Needs] == "" {
				continue
			}
			m.ended[id] = m.runsJob(job, needs)
			for name, value := range job.Outputs {
				needs["needs."+id+".outputs."+name] = m.fill(value)
			}
		}
		if len(m.ended) == before {
			m.test.Fatal("jobs wait for each other")
		}
	}
}

func (m *machine) runsJob(job workflowJob, needs map[string]string) string {
	m.folder, m.temp, m.outputs = m.test.TempDir(), m.test.TempDir(), maps.Clone(needs)
	m.folders = append(m.folders, m.folder)
	failed := job.Needs != "" && m.ended[job.Needs] != "success"
	if !m.may(job.If, failed) {
		return "skipped"
	}
	failed = false
	for name, value := range job.Env {
		m.outputs["env."+name] = m.fill(value)
	}
	for _, step := range job.Steps {
		if !m.may(step.If, failed) {
			continue
		}
		err := m.does(job, step)
		if step.ID != "" {
			m.outputs["steps."+step.ID+".outcome"] = map[bool]string{true: "success", false: "failure"}[err == nil]
		}
		failed = failed || err != nil
	}
	if failed {
		return "failure"
	}
	return "success"
}

// may reports whether a job or step with such a condition goes on.
func (m *machine) may(condition string, failed bool) bool {
	condition = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(condition, "${{"), "}}"))
	if condition == "" {
		return !failed
	}
	if failed && !strings.Contains(condition, "cancelled()") {
		return false
	}
	return isTrue(m.value(condition))
}

var expression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)

// fill puts the values of expressions into a text.
func (m *machine) fill(text string) string {
	return expression.ReplaceAllStringFunc(text, func(found string) string {
		return m.value(strings.TrimSpace(found[3 : len(found)-2]))
	})
}

func isTrue(value string) bool { return value != "" && value != "false" }

var expressionPart = regexp.MustCompile(`'[^']*'|\|\||&&|==|!=|!|[\w.-]+(\(\))?`)

// value is that of an expression: names, texts and cancelled(), joined by operators, of which
// those that bind least are looked for first.
func (m *machine) value(text string) string {
	parts := expressionPart.FindAllString(text, -1)
	for _, operator := range []string{"||", "&&", "==", "!="} {
		at := slices.Index(parts, operator)
		if at < 0 {
			continue
		}
		left, right := m.value(strings.Join(parts[:at], " ")), m.value(strings.Join(parts[at+1:], " "))
		switch {
		case operator == "||" && isTrue(left), operator == "&&" && !isTrue(left):
			return left
		case operator == "==":
			return fmt.Sprint(left == right)
		case operator == "!=":
			return fmt.Sprint(left != right)
		}
		return right
	}
	switch {
	case len(parts) == 2 && parts[0] == "!":
		return fmt.Sprint(!isTrue(m.value(parts[1])))
	case len(parts) != 1:
		m.test.Fatalf("the expression %q is not understood", text)
	case parts[0] == "cancelled()":
		return "false"
	case parts[0][0] == '\'':
		return strings.Trim(parts[0], "'")
	}
	if value, ok := m.outputs[parts[0]]; ok {
		return value
	}
	return m.values[parts[0]]
}

// does what a step says.
func (m *machine) does(job workflowJob, step workflowStep) error {
	m.test.Helper()
	action, _, _ := strings.Cut(step.Uses, "@")
	with := map[string]string{}
	for name, value := range step.With {
		with[name] = m.fill(value)
	}
	switch action {
	case "":
		return m.command(job, step)
	case "actions/checkout":
		return m.checkout(with)
	case "actions/setup-go":
	case "actions/configure-pages":
		m.outputs["steps."+step.ID+".outputs.base_url"] = "https://example.org/results/"
	case "actions/upload-artifact", "actions/upload-pages-artifact":
		files, err := os.ReadDir(filepath.Join(m.folder, with["path"]))
		if err != nil || len(files) == 0 {
			return fmt.Errorf("there is nothing to upload in %s", with["path"])
		}
		m.uploaded = append(m.uploaded, with["name"])
	case "actions/deploy-pages":
		if !slices.Contains(m.uploaded, with["artifact_name"]) {
			return fmt.Errorf("nothing called %s was uploaded", with["artifact_name"])
		}
		m.deployed = with["artifact_name"]
	default:
		m.test.Fatalf("%s: nobody knows here what it does", step.Uses)
	}
	return nil
}

// checkout is the action of that name: a clone without credentials, at a ref.
func (m *machine) checkout(with map[string]string) error {
	ref := cmp.Or(with["ref"], m.values["github.ref"])
	if ref == "main" {
		ref = "refs/heads/main"
	}
	folder := filepath.Join(m.folder, with["path"])
	for _, args := range [][]string{
		{"clone", "--quiet", "--no-checkout", m.remote, folder},
		{"-C", folder, "fetch", "--quiet", "origin", "+" + ref + ":refs/remotes/asked"},
		{"-C", folder, "checkout", "--quiet", "-B", "here", "refs/remotes/asked"},
	} {
		if out, err := m.program("git", args...).CombinedOutput(); err != nil {
			m.said += string(out)
			return err
		}
	}
	return nil
}

// command runs the command of a step.
func (m *machine) command(job workflowJob, step workflowStep) error {
	if m.between != nil {
		m.between(step.Run)
	}
	script := filepath.Join(m.temp, "step.sh")
	output, summary := filepath.Join(m.temp, "output"), filepath.Join(m.temp, "summary")
	for _, file := range []string{script, output, summary} {
		if err := os.WriteFile(file, []byte(map[bool]string{true: step.Run}[file == script]), 0o600); err != nil {
			m.test.Fatal(err)
		}
	}
	shell := m.program("bash", "-e", script)
	shell.Dir = m.folder
	shell.Env = append(shell.Env, "PATH="+m.tools+":"+os.Getenv("PATH"), "LANG=C.UTF-8", "GITHUB_ACTIONS=true",
		"GITHUB_REPOSITORY="+m.values["github.repository"], "GITHUB_SERVER_URL=https://github.com",
		"GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary, "RUNNER_TEMP="+m.temp, "GITHUB_RUN_ID=7")
	for _, env := range []map[string]string{job.Env, step.Env} {
		for name, value := range env {
			shell.Env = append(shell.Env, name+"="+m.fill(value))
		}
	}
	out, err := shell.CombinedOutput()
	m.said += string(out)
	told, _ := os.ReadFile(summary)
	m.summary += string(told)
	given, _ := os.ReadFile(output)
	for line := range strings.Lines(string(given)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		m.outputs["steps."+step.ID+".outputs."+name] = value
	}
	return err
}

// program is one that runs among those of the machine.
func (m *machine) program(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), m.env...)
	return cmd
}
