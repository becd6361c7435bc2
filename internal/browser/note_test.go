package browser

import (
	"strings"
	"testing"
)

// What readers are told of a figure is written and taken back where its value is.
func TestANoteIsWrittenInTheInspector(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withDesk(t, "de", func(d desk) {
		const yaml = "content/figures/visits.yaml"
		before := d.text(yaml)
		d.open("de/visits/", wideLight)
		d.until(`number("visits.total")`)
		d.press("Ändern: Besuche")
		d.until(`says(".name") === "Besuche" && one(".notes").open`)
		d.typeInto("textarea[lang=de]", "Mit dem Café.")
		d.until(`says("#result").includes("Mit dem Café.") && !!one(".save")`)
		if d.text(yaml) != before {
			t.Fatal("something was written before it was asked for")
		}
		d.press("Schreiben")
		d.until(`all("button.undo").some((b) => b.innerText.includes("Anmerkung zu Besuche"))`)
		if got := d.text(yaml); !strings.Contains(got, "de: Mit dem Café.") {
			t.Errorf("the file holds %s", got)
		}
		d.press("Zurücknehmen: Anmerkung")
		d.until(`says(".status") === "Zurückgenommen."`)
		if d.text(yaml) != before {
			t.Error("not all is back")
		}
		for _, message := range d.b.said() {
			t.Errorf("on the console: %s", message)
		}
	})
}
