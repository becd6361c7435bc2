package main

import (
	"fmt"
	"io"
	"sync"
)

// An outlet is what a command speaks through. It keeps the first error to itself, so that
// nothing that speaks has to look, and run asks for it in the end: whatever could not be
// said, the command did not do what it was called for.
type outlet struct {
	to  io.Writer
	mu  sync.Mutex
	err error
}

func (o *outlet) Write(text []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil {
		_, o.err = o.to.Write(text)
	}
	return len(text), nil
}

func (o *outlet) failed() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// heard gives the exit code of a command that is done, or that of a machine which did not
// take what it said.
func (c *command) heard(code int, outlets ...*outlet) int {
	for _, o := range outlets {
		if err := o.failed(); err != nil && (code == exitDone || code == exitContent) {
			fmt.Fprintln(c.err, c.say("bilanz: not all that there is to say could be written: %v",
				"bilanz: nicht alles, was zu sagen ist, ließ sich ausgeben: %v", err))
			code = exitWrite
		}
	}
	return code
}
