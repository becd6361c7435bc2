package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/output"
)

// state is the project at one time: what it says, and its site.
type state struct {
	version
	build.Result
	site *output.Memory
}

// proposal is a change of the project on which somebody decides.
type proposal struct {
	lang     *locale.Lang // in which the person who decides reads
	base     string       // the site's address; "" where not known
	old, now state
	changes  *compare.Changes
	pages    []changedPage
}

// printProposal writes what the person needs who decides on what changed since a version.
func printProposal(dir, out, base, against string) error {
	file, pictures := filepath.Join(out, "approval.pdf"), filepath.Join(out, "pictures")
	// Nobody decides on what an earlier run left.
	if err := errors.Join(os.RemoveAll(file), os.RemoveAll(pictures), os.MkdirAll(out, 0o755)); err != nil {
		return err
	}
	p, err := readProposal(dir, base, against)
	if err != nil {
		return err
	}
	if err := writeSite(dir, filepath.Join(out, "site")); err != nil {
		return err
	}
	browser, err := start()
	if err != nil {
		return err
	}
	defer browser.close()
	shelf := &shelf{old: p.old.site, now: p.now.site, own: map[string][]byte{}}
	server := serve(shelf)
	defer server.Close()
	left, err := takePictures(browser, server.URL, shelf, p, pictures)
	if err != nil {
		return err
	}
	if err := shelf.add(p, left); err != nil {
		return err
	}
	pdf, err := browser.printDocument(server.URL + "/" + documentAt)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s (%d kB)\n", file, (len(pdf)+999)/1000)
	return nil
}

// readProposal builds both states into memory.
func readProposal(dir, base, against string) (*proposal, error) {
	was, err := versionOf(dir, against)
	if err != nil {
		return nil, err
	}
	old, err := built(dir, base, was, nil)
	if err != nil {
		return nil, err
	}
	if old.State == nil {
		return nil, fmt.Errorf("%s cannot be read: %w", against, problems(dir, old.Result))
	}
	now, err := built(dir, base, workTree(dir, against), old.State)
	if err != nil {
		return nil, err
	}
	if !now.Written {
		return nil, problems(dir, now.Result)
	}
	config := now.Site.Config
	p := &proposal{
		lang: locale.Must(cmp.Or(config.Messages, messagesOf(config.Default))), base: cmp.Or(base, config.BaseURL),
		old: old, now: now, changes: compare.States(old.State, now.State),
	}
	p.pages = changedPages(old.site, now.site, now.Site, old.Site, p.lang.Code)
	return p, nil
}

// messagesOf is the language of messages for people who read one of a site.
func messagesOf(l *locale.Lang) string {
	if l.Code == "de" {
		return "de"
	}
	return "en"
}

// workTree is the project as it lies there. It is called like the last commit of the proposal,
// and not like the one that a machine merged it with.
func workTree(dir, against string) version {
	v, err := commitOf(dir, against+"..HEAD", "--no-merges")
	if err != nil {
		v, err = commitOf(dir, "HEAD")
	}
	if err != nil {
		v = version{name: dir}
	}
	changed, err := git(dir, "status", "--porcelain", "--", "content", "layouts", "static")
	if err == nil && len(changed) > 0 {
		v.day = time.Time{} // nobody committed it yet
	}
	return v
}

func built(dir, base string, v version, against *compare.State) (state, error) {
	s := state{version: v, site: &output.Memory{}}
	var err error
	s.Result, err = build.Build(context.Background(), build.Options{
		Dir: dir, Files: v.files, Into: s.site, BaseURL: base, NoCards: true, State: true, Against: against,
		Cache: output.UserCache(),
	})
	return s, err
}

// writeSite writes the site so that it opens from a disk.
func writeSite(dir, out string) error {
	result, err := build.Build(context.Background(), build.Options{
		Dir: dir, Out: out, Write: true, ForDisk: true, Wait: 10 * time.Second, Cache: output.UserCache(),
	})
	if err == nil && !result.Written {
		err = problems(dir, result)
	}
	return err
}

// say gives a sentence in the language of whoever decides.
func (p *proposal) say(en, de string, args ...any) string {
	return diag.Say(en, de, args...).In(p.lang.Code)
}

// shelf is the old site, the new one and what is printed, beside each other.
type shelf struct {
	old, now *output.Memory

	mu  sync.Mutex
	own map[string][]byte
}

func (s *shelf) put(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.own[name] = data
}

// File gives a file below old/, new/ or approval/.
func (s *shelf) File(name string) ([]byte, bool) {
	if rest, ok := strings.CutPrefix(name, "old/"); ok {
		return s.old.File(rest)
	}
	if rest, ok := strings.CutPrefix(name, "new/"); ok {
		return s.now.File(rest)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.own[name]
	return data, ok
}
