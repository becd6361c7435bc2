package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
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
	width  int64  // 1000 where it is not given
	height int64
	act    string // what is done before, which is true when it is done
}

func (p picture) mode() mode { return mode{width: cmp.Or(p.width, 1000), height: p.height} }

// toHeading puts a part of the page at the top.
const toHeading = `(document.querySelector(%q).scrollIntoView({ block: "start", behavior: "instant" }), true)`

var guidePictures = []picture{
	{name: "message", page: "visits/", served: true, height: 520, act: "!!" + hasDialog},
	{name: "problem", page: "visits/", served: true, height: 560, act: "!!" + hasDialog},
	{name: "chart", page: "visits/", width: 1200, height: 520, act: fmt.Sprintf(toHeading, "#events")},
	{name: "page", page: "events/", height: 520},
	{name: "design", page: "visits/", height: 560},
	{name: "older", page: "OTHER/visits/", height: 480},
	{name: "corrected", page: "figures/#events.guests", height: 480},
	{name: "french", page: "fr/", height: 460},
}

// takePictures takes the picture of the README and those of the guides, in whose states their
// sites lie as "go test ./cmd/bilanz" left them there.
func takePictures(work, states, out string) error {
	bilanz := filepath.Join(work, "bilanz")
	if said, err := command("go", "build", "-o", bilanz, "./cmd/bilanz"); err != nil {
		return fmt.Errorf("building the command: %w\n%s", err, said)
	}
	err := errors.Join(buildSheet(bilanz, filepath.Join(work, "sheet-project")), startTabs())
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
				err = p.take(b, bilanz, lang, filepath.Join(states, at), filepath.Join(out, at+".png"))
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
func (p picture) take(b *tab, bilanz, lang, dir, file string) error {
	if p.served {
		return p.preview(b, lang, dir, file)
	}
	site := filepath.Join(dir, "public")
	if said, err := commandIn(dir, bilanz, "build", "--out", site); err != nil {
		return fmt.Errorf("building for %s: %w\n%s", file, err, said)
	}
	return b.pictureOf(site, p, file)
}

// preview takes a picture of the preview. What was changed since the commit is saved while it
// runs, as people do.
func (p picture) preview(b *tab, lang, dir, file string) error {
	if err := git(dir, "stash"); err != nil {
		return err
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
	err := errors.Join(b.open(address+p.page, p.mode()), git(dir, "stash", "pop"), b.picture(p, file))
	left := b.open("about:blank", wideLight) // a stream keeps no preview waiting
	stop()
	return errors.Join(err, left, <-ended)
}

func git(dir string, words ...string) error {
	nobody := []string{"-c", "user.name=A", "-c", "user.email=a@example.org"}
	said, err := commandIn(dir, "git", append(nobody, words...)...)
	if err != nil {
		return fmt.Errorf("git %s: %w\n%s", words[0], err, said)
	}
	return nil
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
