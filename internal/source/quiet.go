package source

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"bilanz/internal/diag"
)

var (
	errSpecial = errors.New("a pipe, a device or a socket")
	errUnquiet = errors.New("the file is being written all the time")
)

// A program may save a file in pieces, or empty it first. So a file is believed only when it
// did not change while it was read and has not for a moment before.
const (
	quietFor = 100 * time.Millisecond // since it was last written
	quietAll = time.Second            // the same, while a program has it open for writing, where the system says so
	patience = 2 * time.Second        // for a file to become quiet
	ahead    = -patience              // a date in the future is no sign of writing, but a drive's clock may be ahead
)

// readQuiet reads a file, again and again while somebody writes it. Where saves are heard,
// whoever hears of the next one reads anew, so that nobody waits for a file to grow older;
// but one that a program has open for writing is not whole yet.
func readQuiet(folder *os.Root, name string, heard bool) ([]byte, error) {
	quietFor, again := quietFor, quietFor/4
	if heard {
		quietFor, again = 0, quietFor/50
	}
	for begin := time.Now(); ; {
		text, state, err := readWhole(folder, name, quietFor)
		if err != nil || state == quiet {
			return text, err
		}
		if time.Since(begin) > patience {
			return nil, errUnquiet
		}
		time.Sleep(again)
	}
}

// state is what a file was like while it was read.
type state int

const (
	quiet state = iota
	changing
)

// stateOf is the state of a file that held the same before and after it was read.
func stateOf(f *os.File, info fs.FileInfo, quietFor time.Duration) state {
	age := time.Since(info.ModTime())
	switch {
	case age >= quietAll, age < ahead, (age >= quietFor || quietFor == 0) && !isOpenElsewhere(f):
		return quiet
	}
	return changing
}

// readWhole reads a file and says what it was like. It is opened so that the runtime does
// not try to wait for it, as it would for a pipe: to try costs as much as to read. What is
// no file is not opened at all.
func readWhole(folder *os.Root, name string, quietFor time.Duration) ([]byte, state, error) {
	before, err := folder.Stat(name)
	if err != nil {
		return nil, changing, err
	}
	if mode := before.Mode(); !mode.IsRegular() && !mode.IsDir() {
		return nil, changing, errSpecial
	}
	f, err := folder.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, changing, err
	}
	defer f.Close()
	text := bytes.NewBuffer(make([]byte, 0, before.Size()+bytes.MinRead)) // room to see the end
	if _, err = text.ReadFrom(f); err != nil {
		return nil, changing, err
	}
	after, err := f.Stat()
	if err != nil {
		return nil, changing, err
	}
	if !os.SameFile(before, after) || after.Size() != int64(text.Len()) || after.Size() != before.Size() ||
		!after.ModTime().Equal(before.ModTime()) {
		return nil, changing, nil
	}
	return text.Bytes(), stateOf(f, after, quietFor), nil
}

// isMachine reports whether an error is the machine's, whatever file is read.
func isMachine(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

func special(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:  "file-special",
		Place: diag.File(name),
		Text: diag.Say("this is no file but a pipe, a device or a socket, and was not opened",
			"das ist keine Datei, sondern eine Pipe, ein Gerät oder ein Socket, und wurde nicht geöffnet"),
		Ways: []diag.Text{diag.Say("delete it, or put the file itself here",
			"löschen Sie es, oder legen Sie die Datei selbst hierher")},
	}
}

func unquiet(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:  "file-unquiet",
		Place: diag.File(name),
		Text: diag.Say("a program is writing this file all the time, so nobody can tell when it is whole",
			"ein Programm schreibt diese Datei ununterbrochen; wann sie vollständig ist, lässt sich nicht erkennen"),
		Ways: []diag.Text{diag.Say("wait until the program has saved it, then run the command again",
			"warten Sie, bis das Programm sie gespeichert hat, und führen Sie den Befehl dann noch einmal aus")},
	}
}
