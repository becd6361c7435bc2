//go:build linux

package output

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// order is what a child process is to do: the test binary again, which builds
// and may be killed.
type order struct {
	Dir, Project string
	Versions     []int // to publish one after the other
	Forever      bool  // from the beginning again and again
	KillAt       int   // before which operation to die, from 1; 0: not
	Wait         time.Duration
	NoExchange   bool
	NoLinks      bool
	Elsewhere    bool // on what disks of other systems can do
	Mounted      bool
	Umask        int
	UID          int
	Tmpfs        string // mount an empty tmpfs of this size on Dir first, or on its parent
	OnParent     bool
	Fill         int  // write a file of so many bytes as well
	ReadOnly     bool // make the mount read-only after the first version
}

const childVariable = "BILANZ_OUTPUT_TEST_ORDER"

// Exit codes of a child; those of a real build are the command's business.
const (
	childDone = iota
	childFailed
	childRefused
	childBusy
	childNotAllowed // to mount
)

func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		var o order
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			panic(err)
		}
		os.Exit(o.carryOut())
	}
	os.Exit(m.Run())
}

func (o order) command(t *testing.T) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(o)
	must(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(text), "GOMAXPROCS=1")
	return cmd
}

// run gives the exit code (-1 where the child was killed) and what it printed.
func (o order) run(t *testing.T) (int, string) {
	t.Helper()
	cmd := o.command(t)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

func (o order) carryOut() int {
	syscall.Umask(o.Umask)
	if o.Tmpfs != "" {
		if err := o.mount(); err != nil {
			fmt.Println(err)
			return childNotAllowed
		}
	}
	if o.UID != 0 {
		if err := syscall.Setuid(o.UID); err != nil {
			panic(err)
		}
	}
	for first := true; first || o.Forever; first = false {
		for i, version := range o.Versions {
			files := site(version)
			if i > 0 && o.Fill > 0 {
				files["big.bin"] = strings.Repeat("z", o.Fill)
			}
			if code := o.build(files); code != childDone {
				if o.Tmpfs != "" {
					fmt.Println("the first site:", difference(o.Dir, site(o.Versions[0])))
				}
				return code
			}
			if i == 0 && o.ReadOnly {
				if err := syscall.Mount("", o.mountPoint(), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
					panic(err)
				}
			}
		}
	}
	if o.Tmpfs != "" {
		fmt.Println("the last site:", difference(o.Dir, site(o.Versions[len(o.Versions)-1])))
	}
	return childDone
}

func (o order) mountPoint() string {
	if o.OnParent {
		return filepath.Dir(o.Dir)
	}
	return o.Dir
}

func (o order) mount() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	return syscall.Mount("tmpfs", o.mountPoint(), "tmpfs", 0, "mode=0755,size="+o.Tmpfs)
}

func (o order) build(files map[string]string) int {
	options := Options{Dir: o.Dir, Project: o.Project, Wait: o.Wait, disk: disk{noExchange: o.NoExchange, noLinks: o.NoLinks, mounted: o.Mounted}}
	if o.Elsewhere {
		options.disk = windows
	}
	operations := 0
	options.disk.before = func(string, string) error {
		if operations++; operations == o.KillAt {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		return nil
	}
	s, err := publish(options, files)
	if !s.Note.IsZero() {
		fmt.Println(s.Note.In("en"))
	}
	var e *Error
	switch {
	case err == nil:
		return childDone
	case !errors.As(err, &e):
		fmt.Println(err)
		return childFailed
	}
	fmt.Printf("%s [%s]\n%s\n", e, e.Code, e.Ways[0].In("en"))
	return map[Kind]int{Failed: childFailed, Refused: childRefused, Busy: childBusy}[e.Kind]
}

// windows is what a disk can do there; on macOS it lacks the exchange and the leases alone.
var windows = disk{noExchange: true, noLinks: true, noLeases: true, keepsLock: true}

// conditions are the ways of publishing, each with what must hold at any moment.
var conditions = map[string]struct {
	disk      disk
	foreign   string // the name of a file that is not ours
	betweenOK bool   // there may be no output for an instant
}{
	"exchange":       {},
	"renames":        {disk: disk{noExchange: true}, betweenOK: true},
	"no links":       {disk: disk{noLinks: true}},
	"file by file":   {foreign: "de/notes of somebody.txt"},
	"another system": {disk: windows, betweenOK: true},
	"mount point":    {disk: disk{mounted: true}, foreign: "de/notes of somebody.txt"},
}

// inMemory makes a folder on a file system in memory where there is one: these
// tests build a thousand times, and would mostly wait for the disk. Nothing that
// they look at depends on it, since a killed process takes no memory of the
// system's with it.
func inMemory(t *testing.T) string {
	t.Helper()
	root, err := os.MkdirTemp("/dev/shm", "bilanz-output")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	return root
}

// prepared makes an output in which version 2 is published and version 1 is the
// spare, and the order to publish version 3 there.
func prepared(t *testing.T, condition, root string) order {
	t.Helper()
	c := conditions[condition]
	o := Options{Dir: root + "/public", Project: root, disk: c.disk}
	mustPublish(t, o, site(1))
	mustPublish(t, o, site(2))
	if c.foreign != "" {
		must(t, os.WriteFile(filepath.Join(o.Dir, c.foreign), []byte("mine"), 0o644))
	}
	return order{
		Dir: o.Dir, Project: o.Project, Versions: []int{3}, Umask: 0o022,
		NoExchange: c.disk.noExchange, NoLinks: c.disk.noLinks, Elsewhere: c.disk.keepsLock, Mounted: c.disk.mounted,
	}
}

// oldOrNew says what is wrong if the output is neither version 2 nor 3, whole;
// file by file, each file must be of one of them.
func oldOrNew(condition string, o order) string {
	c := conditions[condition]
	if _, err := os.Stat(o.Dir); c.betweenOK && errors.Is(err, fs.ErrNotExist) {
		return difference(filepath.Join(o.Project, ".public.old"), site(2))
	}
	if c.foreign == "" {
		old, new := difference(o.Dir, site(2)), difference(o.Dir, site(3))
		if old == "" || new == "" {
			return ""
		}
		return "neither old (" + old + ") nor new (" + new + ")"
	}
	got, err := read(o.Dir)
	if err != nil {
		return err.Error()
	}
	maps.DeleteFunc(got, func(p, _ string) bool { return strings.HasPrefix(p, ownPrefix) })
	list, ok := parseList([]byte(got[listName]))
	if !ok || got[c.foreign] != "mine" {
		return "files.json or the foreign file is damaged"
	}
	delete(got, listName)
	delete(got, c.foreign)
	for p, data := range got {
		if _, listed := list.sums[p]; !listed || (data != site(2)[p] && data != site(3)[p]) {
			return p + " is not whole, or not listed"
		}
	}
	for p := range site(2) {
		if _, stays := site(3)[p]; stays && got[p] == "" && site(3)[p] != "" {
			return p + " is missing"
		}
	}
	return ""
}

// healed builds once more, undisturbed, and looks.
func healed(t *testing.T, condition string, o order, version int) {
	t.Helper()
	c := conditions[condition]
	mustPublish(t, Options{Dir: o.Dir, Project: o.Project, disk: c.disk}, site(version))
	if c.foreign != "" {
		data, err := os.ReadFile(filepath.Join(o.Dir, c.foreign))
		if err != nil || string(data) != "mine" {
			t.Fatalf("the foreign file is lost: %v", err)
		}
		must(t, os.Remove(filepath.Join(o.Dir, c.foreign)))
	}
	mustBe(t, o.Dir, site(version))
}

func TestKilledBeforeEveryOperation(t *testing.T) {
	for condition := range conditions {
		t.Run(condition, func(t *testing.T) {
			t.Parallel() // most of the time is spent waiting for processes and the disk
			operations := 0
			for done := false; !done; {
				operations++
				o := prepared(t, condition, inMemory(t))
				o.KillAt = operations
				code, out := o.run(t)
				done = code == childDone
				if !done && code != -1 {
					t.Fatalf("killed before operation %d, it exited with %d: %s", operations, code, out)
				}
				if d := oldOrNew(condition, o); d != "" {
					t.Fatalf("killed before operation %d: %s", operations, d)
				}
				healed(t, condition, o, 3+operations%2)
			}
			if operations < 40 {
				t.Errorf("there were only %d operations", operations)
			}
		})
	}
}

// Recovery can be interrupted as well.
func TestKilledBeforeEveryOperationOfARecovery(t *testing.T) {
	for name, left := range map[string]func(dir string) error{
		"after the first rename": func(dir string) error { return os.Rename(dir+"/public", dir+"/.public.old") },
		"after the second rename": func(dir string) error {
			return errors.Join(os.Rename(dir+"/public", dir+"/.public.old"), os.Rename(dir+"/.public.spare", dir+"/public"))
		},
		"with a half-written spare": func(dir string) error {
			return errors.Join(os.Rename(dir+"/public", dir+"/.public.old"), os.Rename(dir+"/.public.spare", dir+"/public"), os.Mkdir(dir+"/.public.spare", 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			for n, done := 1, false; !done; n++ {
				o := prepared(t, "renames", inMemory(t))
				must(t, left(o.Project))
				o.KillAt = n
				code, out := o.run(t)
				done = code == childDone
				if !done && code != -1 {
					t.Fatalf("exit code %d: %s", code, out)
				}
				healed(t, "renames", o, 4)
				if n > 12 {
					break // what follows is a build like any other
				}
			}
		})
	}
}

func TestKilledAtRandomMomentsWhileOthersRead(t *testing.T) {
	const kills = 200
	random := rand.New(rand.NewSource(1)) // the same moments in every run, as far as clocks go
	o := prepared(t, "exchange", t.TempDir())
	o.Versions, o.Forever = []int{3, 4, 5}, true
	stop := make(chan struct{})
	var wait sync.WaitGroup
	reader := newReader(o.Dir, 2, 3, 4, 5)
	wait.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				reader.look()
			}
		}
	})
	for range kills {
		cmd := o.command(t)
		must(t, cmd.Start())
		time.Sleep(time.Duration(2000+random.Intn(28_000)) * time.Microsecond)
		must(t, cmd.Process.Kill())
		if err := cmd.Wait(); cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("it ended before it was killed: %v", err)
		}
	}
	close(stop)
	wait.Wait()
	if len(reader.faults) > 0 {
		t.Errorf("%d faults in %d files read, the first: %s", len(reader.faults), reader.files, reader.faults[0])
	}
	if reader.whole < 20 || reader.seen[3]+reader.seen[4]+reader.seen[5] == 0 {
		t.Errorf("the reader saw too little: %d whole sites, %v", reader.whole, reader.seen)
	}
	t.Logf("%d files read, %d whole sites, by version %v", reader.files, reader.whole, reader.seen)
	healed(t, "exchange", o, 6)
}

// reader reads a site again and again, as a web server would.
type reader struct {
	dir    string
	sites  map[int]map[string]string
	files  int
	whole  int
	seen   map[int]int
	faults []string
}

func newReader(dir string, versions ...int) *reader {
	r := &reader{dir: dir, sites: map[int]map[string]string{}, seen: map[int]int{}}
	for _, v := range versions {
		r.sites[v] = site(v)
	}
	return r
}

func (r *reader) look() {
	before, errBefore := r.moved()
	fits := maps.Clone(r.sites)
	for _, p := range []string{"index.html", "visits/index.html", "data/figures.json", "404.html", "de/index.html", "assets/a name, ümlauts.css"} {
		data, err := os.ReadFile(filepath.Join(r.dir, p))
		r.files++
		known := false
		for v, files := range r.sites {
			if string(data) == files[p] {
				known = true
			} else {
				delete(fits, v)
			}
		}
		if err != nil || !known {
			r.faults = append(r.faults, fmt.Sprintf("%s: %d bytes, %v", p, len(data), err))
		}
	}
	after, errAfter := r.moved()
	if errBefore != nil || errAfter != nil {
		r.faults = append(r.faults, fmt.Sprint("no site: ", errBefore, errAfter))
	}
	if before != after {
		return
	}
	// No exchange in between: then all files were read from one site.
	r.whole++
	if len(fits) != 1 {
		r.faults = append(r.faults, fmt.Sprintf("one site held pages of %d versions", len(fits)))
	}
	for v := range fits {
		r.seen[v]++
	}
}

// moved tells a folder from another, and from itself before it was renamed.
func (r *reader) moved() ([2]int64, error) {
	info, err := os.Stat(r.dir)
	if err != nil {
		return [2]int64{}, err
	}
	st := info.Sys().(*syscall.Stat_t)
	return [2]int64{int64(st.Ino), st.Ctim.Nano()}, nil
}

// A fault of the disk at any operation is an error with the right class, or it
// did no harm.
func TestAnErrorOfTheDiskAtEveryOperation(t *testing.T) {
	for _, fault := range []struct {
		err  error
		code string
	}{{syscall.EIO, "disk-error"}, {syscall.ENOSPC, "disk-full"}, {syscall.EACCES, "disk-permission"}, {syscall.EROFS, "disk-read-only"}} {
		for condition := range conditions {
			t.Run(fault.code+", "+condition, func(t *testing.T) {
				failures, total := 0, 0
				for n := 1; n == 1 || n <= total; n++ {
					o := prepared(t, condition, inMemory(t))
					operations, op := 0, ""
					d := conditions[condition].disk
					d.before = func(name, path string) error {
						if operations++; operations == n {
							op = name + " " + path
							return fault.err
						}
						return nil
					}
					_, err := publish(Options{Dir: o.Dir, Project: o.Project, disk: d}, site(3))
					total = max(total, operations)
					if d := oldOrNew(condition, o); d != "" {
						t.Fatalf("at %s: %s", op, d)
					}
					var e *Error
					switch {
					case err == nil && conditions[condition].foreign == "":
						mustBe(t, o.Dir, site(3))
					case err == nil:
					case !errors.As(err, &e) || e.Kind != Failed || e.Code != fault.code || len(e.Ways) == 0 || !errors.Is(err, fault.err):
						t.Fatalf("at %s: %v", op, err)
					default:
						failures++
						if d := difference(o.Dir, site(2)); d != "" && conditions[condition].foreign == "" {
							t.Fatalf("at %s it failed, and yet: %s", op, d)
						}
					}
					healed(t, condition, o, 3+n%2)
				}
				if failures < total/3 {
					t.Errorf("only %d of %d operations could fail", failures, total)
				}
			})
		}
	}
}

func TestFourBuildersAtOnce(t *testing.T) {
	o := prepared(t, "exchange", t.TempDir())
	o.Wait = time.Minute
	var children []*exec.Cmd
	for i := range 4 {
		o.Versions = []int{3 + i, 4 + i, 5 + i, 9}
		cmd := o.command(t)
		must(t, cmd.Start())
		children = append(children, cmd)
	}
	for _, cmd := range children {
		must(t, cmd.Wait())
	}
	mustBe(t, o.Dir, site(9))
	if _, err := os.Stat(filepath.Join(o.Project, ".public.lock")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the lock was left behind")
	}
}

func TestASecondBuilderIsToldWhoHoldsTheLock(t *testing.T) {
	o := prepared(t, "exchange", t.TempDir())
	tree, err := Open(context.Background(), Options{Dir: o.Dir})
	must(t, err)
	must(t, tree.Write("index.html", []byte("of the first builder")))
	o.Wait = 100 * time.Millisecond
	begin := time.Now()
	code, out := o.run(t)
	host, err := os.Hostname()
	must(t, err)
	if want := fmt.Sprintf("another build is writing to %s: process %d on %s, since ", o.Dir, os.Getpid(), host); code != childBusy || !strings.HasPrefix(out, want) {
		t.Errorf("exit code %d: %s", code, out)
	}
	if time.Since(begin) < o.Wait {
		t.Error("it did not wait")
	}
	_, err = tree.Publish(context.Background())
	must(t, err)
	must(t, tree.Close())
	mustBe(t, o.Dir, map[string]string{"index.html": "of the first builder"})
}

func TestWaitingForTheLockCanBeStopped(t *testing.T) {
	o := options(t)
	tree, err := Open(context.Background(), o)
	must(t, err)
	defer tree.Close()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	o.Wait = time.Hour
	if _, err := Open(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestModesDoNotDependOnTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o077, 0o777} {
		if umask == 0o777 && os.Getuid() != 0 {
			continue // such a builder could not enter its own folders
		}
		o := options(t)
		child := order{Dir: o.Dir, Project: o.Project, Versions: []int{1, 2, 3}, Umask: umask}
		if code, out := child.run(t); code != childDone {
			t.Fatalf("umask %o: exit code %d: %s", umask, code, out)
		}
		mustBe(t, o.Dir, site(3))
	}
}

// asRoot runs a child that may mount, in a mount namespace of its own. It
// reports false where this machine does not let it.
func (o order) asRoot(t *testing.T) (code int, out string, allowed bool) {
	t.Helper()
	cmd := o.command(t)
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	err := cmd.Run()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() == childNotAllowed {
		t.Logf("only with faults by injection: this machine lets nobody mount (%v %s)", err, printed.String())
		return 0, "", false
	}
	return cmd.ProcessState.ExitCode(), printed.String(), true
}

func TestAMountPointIsPublishedFileByFile(t *testing.T) {
	o := options(t)
	must(t, os.Mkdir(o.Dir, 0o755))
	code, out, allowed := order{Dir: o.Dir, Project: o.Project, Versions: []int{1, 2, 3, 5, 4}, Tmpfs: "8m"}.asRoot(t)
	if allowed && (code != childDone || strings.Count(out, "since the output folder is a mount point") != 5 || !strings.HasSuffix(out, "the last site: \n")) {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestAFullDiskLeavesTheOldSiteAndIsNamed(t *testing.T) {
	for name, onParent := range map[string]bool{"beside the output": true, "in the output": false} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			dir := filepath.Join(o.Project, "disk", "public")
			must(t, os.MkdirAll(dir, 0o755))
			child := order{Dir: dir, Project: o.Project, Versions: []int{1, 2}, Fill: 4 << 20, Tmpfs: "3m", OnParent: onParent}
			code, out, allowed := child.asRoot(t)
			if allowed && (code != childFailed || !strings.Contains(out, "could not be written: the disk is full [disk-full]") || !strings.HasSuffix(out, "the first site: \n")) {
				t.Errorf("exit code %d: %s", code, out)
			}
		})
	}
}

func TestAReadOnlyDiskLeavesTheOldSiteAndIsNamed(t *testing.T) {
	for name, onParent := range map[string]bool{"beside the output": true, "in the output": false} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			dir := filepath.Join(o.Project, "disk", "public")
			must(t, os.MkdirAll(dir, 0o755))
			child := order{Dir: dir, Project: o.Project, Versions: []int{1, 2}, ReadOnly: true, Tmpfs: "3m", OnParent: onParent}
			code, out, allowed := child.asRoot(t)
			if allowed && (code != childFailed || !strings.Contains(out, "the disk can only be read [disk-read-only]") || !strings.HasSuffix(out, "the first site: \n")) {
				t.Errorf("exit code %d: %s", code, out)
			}
		})
	}
}

// nobody is a user without rights; whoever is not root already has few enough.
func nobody() int {
	if os.Getuid() == 0 {
		return 65534
	}
	return 0
}

// forNobody makes a folder for a user without rights, outside t.TempDir, whose
// parents are closed to others on some systems.
func forNobody(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	root, err := os.MkdirTemp("", "bilanz-output")
	must(t, err)
	t.Cleanup(func() { os.Chmod(root, 0o755); os.RemoveAll(root) })
	must(t, os.Mkdir(root+"/public", 0o755))
	if os.Getuid() == 0 {
		must(t, os.Chown(root+"/public", nobody(), nobody()))
	}
	must(t, os.Chmod(root, mode))
	return root
}

func TestAFolderWithoutPermissionIsNamed(t *testing.T) {
	root := forNobody(t, 0o555)
	child := order{Dir: root + "/elsewhere", Versions: []int{1}, UID: nobody()}
	code, out := child.run(t)
	if want := "the lock " + root + "/.elsewhere.lock could not be taken: you lack the permission [disk-permission]"; code != childFailed || !strings.Contains(out, want) {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestWhereOnlyTheOutputMayBeWrittenToItHoldsEverything(t *testing.T) {
	root := forNobody(t, 0o555)
	child := order{Dir: root + "/public", Versions: []int{1, 2, 3}, UID: nobody()}
	code, out := child.run(t)
	if code != childDone || strings.Count(out, "the folder above the output may not be written to") != 3 {
		t.Errorf("exit code %d: %s", code, out)
	}
	mustBe(t, root+"/public", site(3))
}

// The system refuses to rename the output itself, as it does with the lower
// layer of an overlay, but not the files in it.
func TestAnOutputThatCannotBeMovedIsPublishedFileByFile(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	o.disk.before = func(op, _ string) error {
		if op == "exchange" {
			return syscall.EXDEV
		}
		return nil
	}
	for v := 2; v < 5; v++ {
		s := mustPublish(t, o, site(v))
		mustBe(t, o.Dir, site(v))
		if !s.FileByFile || s.Exchanged || !strings.Contains(s.Note.In("en"), "cannot rename the output folder") {
			t.Errorf("got %+v", s)
		}
	}
}

func TestForeignFilesStay(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	foreign := map[string]string{"CNAME": "results.example\n", "de/draft.docx": "x", "uploads/2024/a.pdf": "y", "only/1.html.bak": "z"}
	inodes := map[string]uint64{}
	for p, data := range foreign {
		must(t, os.MkdirAll(filepath.Dir(o.Dir+"/"+p), 0o755))
		must(t, os.WriteFile(o.Dir+"/"+p, []byte(data), 0o600))
		inodes[p] = inode(t, o.Dir+"/"+p)
	}
	elsewhere := t.TempDir()
	must(t, os.WriteFile(elsewhere+"/index.html", []byte("elsewhere"), 0o644))
	must(t, os.Symlink(elsewhere, o.Dir+"/link"))
	for v := 2; v < 6; v++ {
		s := mustPublish(t, o, site(v))
		if !s.FileByFile || s.Exchanged || !strings.Contains(s.Note.In("en"), "other files in "+o.Dir+", which stay as they are (CNAME, de/draft.docx, link, …)") {
			t.Errorf("got %+v: %s", s, s.Note.In("en"))
		}
		for p, data := range foreign {
			got, err := os.ReadFile(o.Dir + "/" + p)
			if err != nil || string(got) != data || inode(t, o.Dir+"/"+p) != inodes[p] {
				t.Fatalf("version %d: %s is not as it was: %v", v, p, err)
			}
		}
	}
	must(t, os.Remove(o.Dir+"/link"))
	for p := range foreign {
		must(t, os.Remove(o.Dir+"/"+p))
	}
	mustPublish(t, o, site(6))
	mustBe(t, o.Dir, site(6))
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 1 {
		t.Error("a link led elsewhere")
	}
}

func TestAFolderOfOursThatBecameALinkIsNotFollowed(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	elsewhere := filepath.Join(o.Project, "elsewhere")
	must(t, os.Rename(o.Dir+"/de", elsewhere))
	must(t, os.Symlink(elsewhere, o.Dir+"/de"))
	before, err := read(elsewhere)
	must(t, err)
	for _, v := range []int{1, 2} {
		_, err := publish(o, site(v))
		var e *Error
		if !errors.As(err, &e) || e.Kind != Refused || e.Code != "output-in-the-way" {
			t.Errorf("version %d: %v", v, err)
		}
	}
	// A site without that folder goes past it.
	mustPublish(t, o, map[string]string{"index.html": "x"})
	after, err := read(elsewhere)
	must(t, err)
	if !maps.Equal(before, after) {
		t.Errorf("files behind the link changed: %v", slices.Sorted(maps.Keys(after)))
	}
}

func TestWhatIsInTheWayIsNamedUnlessItIsTheSame(t *testing.T) {
	for name, tc := range map[string]struct {
		path, data string
		refused    bool
	}{
		"another file":                     {"new/index.html", "mine", true},
		"the same file":                    {"new/index.html", "new", false},
		"a file where a folder should be":  {"new", "mine", true},
		"a folder where a file should be":  {"page.html/mine.txt", "mine", true},
		"something else in the new folder": {"new/mine.txt", "mine", false},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			mustPublish(t, o, site(1))
			must(t, os.MkdirAll(filepath.Dir(o.Dir+"/"+tc.path), 0o755))
			must(t, os.WriteFile(o.Dir+"/"+tc.path, []byte(tc.data), 0o644))
			files := site(2)
			files["new/index.html"], files["page.html"] = "new", "new"
			_, err := publish(o, files)
			var e *Error
			if refused := errors.As(err, &e) && e.Code == "output-in-the-way" && e.Kind == Refused; refused != tc.refused {
				t.Fatalf("got %v", err)
			}
			if got, err := os.ReadFile(o.Dir + "/" + tc.path); err != nil || string(got) != tc.data {
				t.Errorf("it was changed: %v", err)
			}
			if tc.refused {
				must(t, os.RemoveAll(o.Dir+"/"+strings.SplitN(tc.path, "/", 2)[0]))
				mustBe(t, o.Dir, site(1))
			}
		})
	}
}

func TestALinkAsOutputIsFollowed(t *testing.T) {
	o := options(t)
	target := filepath.Join(t.TempDir(), "www")
	must(t, os.Mkdir(target, 0o755))
	must(t, os.Symlink(target, o.Dir))
	for v := 1; v < 4; v++ {
		mustPublish(t, o, site(v))
		mustBe(t, target, site(v))
	}
	if info, err := os.Lstat(o.Dir); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if _, err := os.Stat(filepath.Dir(target) + "/.www.spare"); err != nil {
		t.Error("the spare is not beside the folder itself")
	}
}

func TestAGitWorktreeKeepsItsTieToTheRepository(t *testing.T) {
	o := options(t)
	git := func(dir string, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@example.org"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git(o.Project, "init", "-q")
	git(o.Project, "commit", "-q", "--allow-empty", "-m", "x")
	git(o.Project, "worktree", "add", "-q", "-b", "gh-pages", o.Dir)
	var e *Error
	if _, err := publish(o, site(1)); !errors.As(err, &e) || e.Code != "output-not-ours" {
		t.Fatalf("a folder with .git and without files.json: %v", err)
	}
	must(t, os.WriteFile(o.Dir+"/"+listName, encodeList(nil), 0o644))
	for v := 1; v < 4; v++ {
		mustPublish(t, o, site(v))
		git(o.Dir, "add", "-A")
		git(o.Dir, "commit", "-q", "-m", "x")
	}
}
