package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"bilanz/internal/diag"
)

// place is where a site goes and what lies around it. All paths are absolute,
// with links resolved.
type place struct {
	dir    string // the output
	parent string
	spare  string
	parked string // the old tree between the two renames, where there is no exchange
	lock   string
	inside bool      // spare and lock lie in the output: nothing can change places with it
	why    diag.Text // why inside
}

// ownPrefix begins the names that are ours in the root of an output which holds
// its own spare and lock.
const ownPrefix = ".bilanz."

func (p place) file(path string) string { return filepath.Join(p.dir, filepath.FromSlash(path)) }

// locate finds the output and refuses what must not be one.
func locate(o Options) (place, error) {
	chooseOther := diag.Say("choose another folder with --out, such as public",
		"wählen Sie mit --out einen anderen Ordner, etwa public")
	if o.Dir == "" {
		return place{}, refuse("output-none", diag.Say("no output folder was named",
			"es ist kein Ausgabeordner angegeben"), chooseOther)
	}
	dir, err := resolve(o.Dir)
	if err != nil {
		return place{}, err
	}
	if err := refuseOverlap(dir, o, chooseOther); err != nil {
		return place{}, err
	}
	for p := dir; ; p = filepath.Dir(p) {
		info, err := os.Stat(p)
		if err == nil && !info.IsDir() {
			return place{}, refuse("output-is-file", diag.Say("the output folder cannot be at %s: %s is a file",
				"der Ausgabeordner kann nicht %s sein: %s ist eine Datei", shown(dir), shown(p)), chooseOther)
		}
		if err == nil || filepath.Dir(p) == p {
			break
		}
	}
	return around(o.disk, dir), nil
}

func refuseOverlap(dir string, o Options, way diag.Text) error {
	if filepath.Dir(dir) == dir {
		return refuse("output-is-root", diag.Say("the output folder would be the whole disk (%s)",
			"der Ausgabeordner wäre der ganze Datenträger (%s)", dir), way)
	}
	if home, err := os.UserHomeDir(); err == nil && within(home, dir) {
		return refuse("output-is-home", diag.Say("the output folder %s is your home folder or holds it",
			"der Ausgabeordner %s ist Ihr Benutzerordner oder enthält ihn", dir), way)
	}
	if slices.Contains(strings.Split(filepath.ToSlash(dir), "/"), ".git") {
		return refuse("output-in-git", diag.Say("the output folder %s lies where git keeps its own files",
			"der Ausgabeordner %s liegt dort, wo git seine eigenen Dateien hält", shown(dir)), way)
	}
	for _, source := range o.Sources {
		folder, err := resolve(source)
		if err != nil {
			return err
		}
		out, in := shown(dir), shown(folder)
		switch {
		case within(dir, folder) && within(folder, dir):
			return refuse("output-overlaps", diag.Say("the output folder %s is a folder that you write in",
				"der Ausgabeordner %s ist ein Ordner, in dem Sie schreiben", out), way)
		case within(dir, folder):
			return refuse("output-overlaps", diag.Say("the output folder %s lies inside %s, a folder that you write in",
				"der Ausgabeordner %s liegt in %s, einem Ordner, in dem Sie schreiben", out, in), way)
		case within(folder, dir):
			return refuse("output-overlaps", diag.Say("the output folder %s contains %s, a folder that you write in",
				"der Ausgabeordner %s enthält %s, einen Ordner, in dem Sie schreiben", out, in), way)
		}
	}
	if o.Project != "" {
		project, err := resolve(o.Project)
		if err != nil {
			return err
		}
		if within(project, dir) {
			return refuse("output-overlaps", diag.Say("the output folder %s is the project's own folder or contains it",
				"der Ausgabeordner %s ist der Ordner des Projekts oder enthält ihn", shown(dir)), way)
		}
	}
	return nil
}

// within reports whether a folder is another or lies somewhere below it, by name
// or by being the same folder under another name.
func within(inner, outer string) bool {
	there, err := os.Stat(outer)
	exists := err == nil // what does not exist has one name
	for p := inner; ; p = filepath.Dir(p) {
		if p == outer {
			return true
		}
		if exists {
			if here, err := os.Stat(p); err == nil && os.SameFile(here, there) {
				return true
			}
		}
		if filepath.Dir(p) == p {
			return false
		}
	}
}

// resolve makes a path absolute and follows its links. What does not exist yet
// is taken by its name; a link that leads nowhere is refused, since nobody could
// say where the site would go.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", cannot(toRead, path, err)
	}
	rest := ""
	for p := abs; ; p = filepath.Dir(p) {
		real, err := filepath.EvalSymlinks(p)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		info, errLink := os.Lstat(p)
		if errLink == nil && info.Mode()&fs.ModeSymlink != 0 {
			return "", refuse("output-link-broken", diag.Say("the link %s leads nowhere",
				"die Verknüpfung %s führt ins Leere", shown(p)),
				diag.Say("delete the link, or make the folder that it leads to",
					"löschen Sie die Verknüpfung, oder legen Sie den Ordner an, zu dem sie führt"))
		}
		inCircle := errors.Is(errLink, syscall.ELOOP) // the link itself is further up
		if !isMissing(err) && !inCircle || filepath.Dir(p) == p {
			return "", cannot(toRead, abs, err)
		}
		rest = filepath.Join(filepath.Base(p), rest)
	}
}

// around names what lies beside the output, or inside it where nothing beside it
// may be written or could change places with it.
func around(d disk, dir string) place {
	parent, base := filepath.Split(dir)
	parent = filepath.Clean(parent)
	p := place{
		dir: dir, parent: parent,
		spare:  filepath.Join(parent, "."+base+".spare"),
		parked: filepath.Join(parent, "."+base+".old"),
		lock:   filepath.Join(parent, "."+base+".lock"),
	}
	switch {
	case d.mounted || isMount(dir, parent):
		p.why = diag.Say("the output folder is a mount point", "der Ausgabeordner ist ein Einhängepunkt")
	case writable(dir) && !writable(parent):
		p.why = diag.Say("the folder above the output may not be written to",
			"in den Ordner über der Ausgabe darf nicht geschrieben werden")
	default:
		return p
	}
	p.inside = true
	p.parent = dir
	p.spare = filepath.Join(dir, ownPrefix+"spare")
	p.lock = filepath.Join(dir, ownPrefix+"lock")
	return p
}
