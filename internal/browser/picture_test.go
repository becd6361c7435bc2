package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/preview"

	"github.com/chromedp/chromedp"
)

// A picture of a guide shows a page of the library as it stands at that place of the guide.
type picture struct {
	name   string // of its file, in the folder of a language
	page   string // its address; OTHER is the language that is not the guide's
	served bool   // as the preview shows it, not as readers see it
	paper  bool   // the file for whoever decides on what was changed since the commit
	width  int64  // 1000 where it is not given
	height int64
	act    string // what is done before, which is true when it is done
}

func (p picture) mode() mode { return mode{width: cmp.Or(p.width, 1000), height: p.height} }

// toHeading puts a part of the page at the top.
const toHeading = `(document.querySelector(%q).scrollIntoView({ block: "start", behavior: "instant" }), true)`

// inspected is a page on which another value of a number was typed into the inspector.
const inspected = `(() => {` + inspector + `
	const field = one("input[type=text]");
	if (!field) {
		number("events.guests");
		all("button").find((b) => !b.hidden && b.innerText.includes(": "))?.click();
	} else if (field.value !== "15950") {
		field.value = "15950";
		field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
	}
	if (one(".save")) field.scrollIntoView({ block: "start", behavior: "instant" });
	return !!one(".save");
})()`

var guidePictures = []picture{
	{name: "start", served: true, height: 620},
	{name: "courses", page: "courses/", width: 1200, height: 660},
	{name: "inspector", page: "visits/", served: true, height: 720, act: inspected},
	{name: "message", page: "visits/", served: true, height: 520, act: "!!" + hasDialog},
	{name: "problem", page: "visits/", served: true, height: 680, act: "!!" + hasDialog},
	{name: "chart", page: "visits/", width: 1200, height: 520, act: fmt.Sprintf(toHeading, "#events")},
	{name: "page", page: "events/", height: 520},
	{name: "design", page: "visits/", height: 560},
	{name: "approval", paper: true},
	{name: "older", page: "OTHER/visits/", height: 480},
	{name: "corrected", page: "figures/#events.guests", height: 480},
	{name: "french", page: "fr/", height: 460},
}

// takePictures takes the picture of the README and those of the guides, in whose states their
// sites lie as "go test ./cmd/bilanz" left them there.
func takePictures(work, states, out string) error {
	err := errors.Join(buildProgram(work), buildSheet(filepath.Join(work, "sheet-project")), startTabs())
	if err != nil {
		return err
	}
	b := <-tabs
	defer func() { tabs <- b }()
	err = b.pictureOf(sheet.dir, picture{page: "advice/", height: 452, act: pressed}, filepath.Join(out, "number.png"))
	for _, lang := range []string{"de", "en"} {
		for _, p := range guidePictures {
			if err == nil {
				p.page = strings.Replace(p.page, "OTHER", map[string]string{"de": "en", "en": "de"}[lang], 1)
				at := filepath.Join(lang, p.name)
				err = p.take(b, lang, filepath.Join(states, at), filepath.Join(out, at+".png"))
			}
		}
	}
	return err
}

// pressed is the fact sheet on which somebody has pressed a number.
const pressed = `(() => {
	document.querySelector("#sessions").scrollIntoView({ block: "start", behavior: "instant" });
	document.querySelector("p a.fig-link:has([data-figure='advice.sessions'])").click();
	return true;
})()`

// take takes one picture of a project.
func (p picture) take(b *tab, lang, dir, file string) error {
	if p.served {
		return p.preview(b, lang, dir, file)
	}
	if p.paper {
		return printed(lang, dir, file)
	}
	site := filepath.Join(dir, "public")
	if said, err := commandIn(dir, program, "build", "--out", site); err != nil {
		return fmt.Errorf("building for %s: %w\n%s", file, err, said)
	}
	return b.pictureOf(site, p, file)
}

// preview takes a picture of the preview. What was changed since the commit is saved while it
// runs, as people do.
func (p picture) preview(b *tab, lang, dir, file string) error {
	save := func() error { return nil }
	if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
		if err := git(dir, "stash"); err != nil {
			return err
		}
		save = func() error { return git(dir, "stash", "pop") }
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, built, ended := make(chan string, 1), make(chan bool, 100), make(chan error, 1)
	go func() {
		ended <- preview.Serve(ctx, preview.Options{
			Build: build.Options{Dir: dir}, Addr: "127.0.0.1:0", Lang: lang, Ready: func(at string) { ready <- at },
			Built: func(preview.Report) { built <- true }, Said: func(diag.Text) {},
		})
	}()
	address := <-ready
	<-built
	err := errors.Join(b.open(address+p.page, p.mode()), save(), b.picture(p, file))
	left := b.open("about:blank", wideLight) // a stream keeps no preview waiting
	stop()
	return errors.Join(err, left, <-ended)
}

// printed takes a picture of the first sheet of an approval file.
func printed(lang, dir, file string) error {
	subject := map[string]string{"de": "Zwei Öffnungstage mehr", "en": "Two opening days more"}[lang]
	if err := git(dir, "commit", "-qam", subject); err != nil {
		return err
	}
	if said, err := command("go", "run", "./internal/paper", "-dir", dir, "-against", "HEAD~1"); err != nil {
		return fmt.Errorf("printing for %s: %w\n%s", file, err, said)
	}
	pdf, png := filepath.Join(dir, ".bilanz", "approval", "approval.pdf"), strings.TrimSuffix(file, ".png")
	return exec.Command(pdftoppm, "-png", "-r", "96", "-l", "1", "-singlefile", "-W", "794", "-H", "1010",
		"-x", "0", "-y", "0", pdf, png).Run()
}

// git does something in a site of a guide, always at the same time: it stands in a picture.
func git(dir string, words ...string) error {
	cmd := exec.Command("git", words...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), somebody...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w\n%s", words[0], err, said)
	}
	return nil
}

var somebody = []string{
	"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2026-03-03T10:00:00Z",
	"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org", "GIT_COMMITTER_DATE=2026-03-03T10:00:00Z",
}

// pictureOf takes a picture of a finished site.
func (b *tab) pictureOf(dir string, p picture, file string) error {
	server := httptest.NewServer(pages(dir, "/"))
	defer server.Close()
	if err := b.open(server.URL+"/"+p.page, p.mode()); err != nil {
		return err
	}
	return b.picture(p, file)
}

// picture does what is to be done on the open page, and writes what is seen.
func (b *tab) picture(p picture, file string) error {
	for done := p.act == ""; !done; time.Sleep(100 * time.Millisecond) {
		var err error
		if done, err = eval[bool](b, p.act); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644)
}
