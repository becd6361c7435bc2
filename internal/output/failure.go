package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"bilanz/internal/diag"
)

// Kind says who must act on an error.
type Kind int

const (
	Failed  Kind = iota // the machine: full, read-only, broken (exit code 3)
	Refused             // whoever chose the output folder (exit code 2)
	Busy                // nobody: another build is running (exit code 4)
)

// Error is why a site was not published. Every error of this package is one,
// but for that of a context that ended.
type Error struct {
	Kind Kind
	Code string      // "disk-full": stable, documented in docs/errors.md
	Text diag.Text   // what happened
	Ways []diag.Text // what to do about it
	Err  error       // the system's own; nil where it has none
}

func (e *Error) Error() string { return e.Text.In("en") }

func (e *Error) Unwrap() error { return e.Err }

// Diagnostic is the error in the form in which all problems are printed.
func (e *Error) Diagnostic() diag.Diagnostic {
	return diag.Diagnostic{Code: e.Code, Severity: diag.Error, Text: e.Text, Ways: e.Ways}
}

func refuse(code string, text diag.Text, ways ...diag.Text) error {
	return &Error{Kind: Refused, Code: code, Text: text, Ways: ways}
}

// what is what could not be done.
type what int

const (
	toRead what = iota
	toWrite
	toRemove
	toMakeFolder
	toPublish
	toLock
)

func (w what) text(path string) diag.Text {
	p := shown(path)
	switch w {
	case toRead:
		return diag.Say("%s could not be read", "%s ließ sich nicht lesen", p)
	case toRemove:
		return diag.Say("%s could not be removed", "%s ließ sich nicht entfernen", p)
	case toMakeFolder:
		return diag.Say("the folder %s could not be made", "der Ordner %s ließ sich nicht anlegen", p)
	case toPublish:
		return diag.Say("the new site could not be put in the place of %s",
			"die neue Website ließ sich nicht an die Stelle von %s setzen", p)
	case toLock:
		return diag.Say("the lock %s could not be taken", "die Sperre %s ließ sich nicht setzen", p)
	}
	return diag.Say("%s could not be written", "%s ließ sich nicht schreiben", p)
}

// cannot makes an error of the system one that says what happened and what to
// do. What is one already, or no error, stays as it is.
func cannot(do what, path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	code, reason, way := explain(path, err)
	return &Error{
		Kind: Failed, Code: code, Err: err, Ways: []diag.Text{way},
		Text: diag.Say("%s: %s", "%s: %s", do.text(path), reason),
	}
}

// TooManyOpen reports whether the machine lets no more files be open at once, this program
// or all together.
func TooManyOpen(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// CannotRead says that a file could not be read because of the machine.
func CannotRead(path string, err error) error { return cannot(toRead, path, err) }

// Reason says in words what the system means.
func Reason(err error) diag.Text {
	_, reason, _ := explain("", err)
	return reason
}

// explain says in words what the system means, and the way out.
func explain(path string, err error) (code string, reason, way diag.Text) {
	again := diag.Say("then build again; the published site is as it was",
		"und bauen Sie dann neu; die veröffentlichte Website ist unverändert")
	switch {
	case errors.Is(err, errDiskFull), errors.Is(err, syscall.EDQUOT):
		return "disk-full", diag.Say("the disk is full", "der Datenträger ist voll"),
			diag.Say("make room on the disk, %s", "schaffen Sie Platz auf dem Datenträger %s", again)
	case errors.Is(err, syscall.EROFS):
		return "disk-read-only", diag.Say("the disk can only be read", "der Datenträger ist schreibgeschützt"),
			diag.Say("choose an output folder on another disk with --out",
				"wählen Sie mit --out einen Ausgabeordner auf einem anderen Datenträger")
	case errors.Is(err, fs.ErrPermission):
		return "disk-permission", diag.Say("you lack the permission", "dazu fehlt die Berechtigung"),
			diag.Say("give yourself the right to write to %s and all that lies in it, %s",
				"geben Sie sich das Recht, in %s und allem darin zu schreiben, %s", shown(filepath.Dir(path)), again)
	case TooManyOpen(err):
		return "files-open", diag.Say("the system lets no more files be open at once",
				"das System lässt nicht noch mehr Dateien gleichzeitig offen sein"),
			diag.Say("raise that limit (in the same terminal: ulimit -n 4096), or close other programs, %s",
				"erhöhen Sie die Grenze (im selben Terminal: ulimit -n 4096), oder schließen Sie andere Programme, %s",
				again)
	case errors.Is(err, syscall.EIO):
		return "disk-error", diag.Say("the disk reports an error", "der Datenträger meldet einen Fehler"),
			diag.Say("have the disk checked, or choose an output folder on another one with --out; the published site is as it was",
				"lassen Sie den Datenträger prüfen, oder wählen Sie mit --out einen Ausgabeordner auf einem anderen; die veröffentlichte Website ist unverändert")
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "disk-name-long", diag.Say("the name is too long for this disk",
				"der Name ist für diesen Datenträger zu lang"),
			diag.Say("shorten the name of the page or of the output folder, %s",
				"kürzen Sie den Namen der Seite oder des Ausgabeordners %s", again)
	}
	// The path is said already: the innermost error alone is the reason.
	if of := (*fs.PathError)(nil); errors.As(err, &of) { // which may stand among others
		err = of.Err
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return "disk-failed", diag.Say("the system says %q", "das System meldet „%s“", err.Error()),
		diag.Say("put that right, %s", "beheben Sie das %s", again)
}

// shown is a path as people know it: from the folder they stand in, where it is
// below that.
func shown(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(here, path)
	if err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return path
	}
	return rel
}

// badPath is a mistake of whoever made the path of a page, not of the disk.
func badPath(path string, why diag.Text) error {
	return &Error{
		Kind: Failed, Code: "output-path", Err: fmt.Errorf("path %q", path),
		Text: diag.Say("the file %q cannot be part of a site: %s",
			"die Datei „%s“ kann nicht Teil einer Website sein: %s", path, why),
		Ways: []diag.Text{diag.Say("give the page or file another name",
			"geben Sie der Seite oder Datei einen anderen Namen")},
	}
}
