//go:build unix

package preview

import (
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// Where the disk is full nothing is lost, and a sentence says why. It is tried in a process
// of its own, in which no file becomes longer than a few bytes.
func TestWhereTheDiskIsFullNothingIsLost(t *testing.T) {
	const inside = "BILANZ_TEST_FULL_DISK"
	if os.Getenv(inside) == "" {
		child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = append(os.Environ(), inside+"=1")
		if out, err := child.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	d := newDesktop(t, "de")
	yaml := "content/figures/visits.yaml"
	before := d.file(yaml)
	tried := d.try("network.listed", "35")
	signal.Ignore(syscall.SIGXFSZ)
	var room syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
		t.Fatal(err)
	}
	full := room
	full.Cur = 100
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Fatal(err)
	}
	status, text := d.ask("POST", "save", plans{tried.Plan, true}, nil)
	if status != http.StatusConflict || !strings.HasPrefix(text, "Nichts wurde geschrieben: ") {
		t.Errorf("%d %s", status, text)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
		t.Fatal(err)
	}
	if d.file(yaml) != before {
		t.Error("something was written")
	}
	if status, text := d.ask("POST", "save", plans{tried.Plan, true}, nil); status != http.StatusOK {
		t.Errorf("the same plan cannot be saved later: %s", text)
	}
}
