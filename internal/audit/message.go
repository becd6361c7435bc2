package audit

import (
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
)

// All that this package says, in both languages. Each text is for the person
// who wrote the layout at fault.

func problem(code string, text, way diag.Text) Problem {
	return Problem{Code: code, Text: text, Way: way}
}

// shown makes a piece of the page fit for a message.
func shown(s []byte) string {
	text := strings.ToValidUTF8(string(s), "�")
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	if utf8.RuneCountInString(text) > 80 {
		text = string([]rune(text)[:80]) + "…"
	}
	return text
}

func langMissing() Problem {
	return problem("html-lang-missing",
		diag.Say("the page does not say its language", "die Seite gibt ihre Sprache nicht an"),
		diag.Say(`write <html lang="en">, with the language of the page`,
			`schreiben Sie <html lang="de">, mit der Sprache der Seite`))
}

func policyMissing() Problem {
	return problem("html-policy-missing",
		diag.Say("the page has no content security policy",
			"die Seite hat keine Sicherheitsrichtlinie (Content Security Policy)"),
		diag.Say("put the <meta> with the policy first in the head of the layout",
			"setzen Sie das <meta> mit der Sicherheitsrichtlinie im head des Layouts an den Anfang"))
}

func policyLate() Problem {
	return problem("html-policy-late",
		diag.Say("the content security policy is not the first element of the head",
			"die Sicherheitsrichtlinie (Content Security Policy) ist nicht das erste Element im head"),
		diag.Say("move its <meta> directly behind <head>: what stands before it is loaded without it",
			"setzen Sie ihr <meta> direkt hinter <head>: Was davor steht, wird ohne sie geladen"))
}

func policyDiffers() Problem {
	return problem("html-policy-differs",
		diag.Say("the content security policy is not the one of this site",
			"die Sicherheitsrichtlinie (Content Security Policy) ist nicht die dieser Website"),
		diag.Say("write exactly: %s", "schreiben Sie genau: %s", Policy))
}

func charsetMissing() Problem {
	return problem("html-charset-missing",
		diag.Say("the page does not say within its first 1,024 bytes that it is UTF-8",
			"in ihren ersten 1.024 Bytes gibt die Seite nicht an, dass sie UTF-8 ist"),
		diag.Say(`put <meta charset="utf-8"> second in the head`,
			`setzen Sie <meta charset="utf-8"> im head an die zweite Stelle`))
}

func titleMissing() Problem {
	return problem("html-title-missing",
		diag.Say("the page has no <title>", "die Seite hat keinen <title>"),
		diag.Say("give the head of the layout a <title>", "geben Sie dem head des Layouts einen <title>"))
}

func secondTitle() Problem {
	return problem("html-title-twice",
		diag.Say("the page has a second <title>", "die Seite hat einen zweiten <title>"),
		diag.Say("keep the first", "behalten Sie den ersten"))
}

func viewportMissing() Problem {
	return problem("html-viewport-missing",
		diag.Say("the page does not fit itself to phones", "die Seite passt sich nicht an Telefone an"),
		diag.Say(`add <meta name="viewport" content="width=device-width, initial-scale=1"> to the head`,
			`ergänzen Sie im head <meta name="viewport" content="width=device-width, initial-scale=1">`))
}

func viewportLocked() Problem {
	return problem("html-viewport-locked",
		diag.Say("the viewport keeps readers from enlarging the page, or has a width of its own",
			"der Viewport hindert am Vergrößern der Seite oder hat eine eigene Breite"),
		diag.Say(`write content="width=device-width, initial-scale=1" and nothing else`,
			`schreiben Sie content="width=device-width, initial-scale=1" und sonst nichts`))
}

func descriptionMissing() Problem {
	return problem("html-description-missing",
		diag.Say("the page has no description", "die Seite hat keine Beschreibung"),
		diag.Say(`give the layout <meta name="description" content="…">, with the page's own`,
			`geben Sie dem Layout <meta name="description" content="…">, mit der Beschreibung der Seite selbst`))
}

func mainMissing() Problem {
	return problem("html-main-missing",
		diag.Say("the page has no <main>", "die Seite hat kein <main>"),
		diag.Say("put what only this page has into <main>", "setzen Sie, was nur diese Seite hat, in <main>"))
}

func secondMain() Problem {
	return problem("html-main-twice",
		diag.Say("the page has a second <main>", "die Seite hat ein zweites <main>"),
		diag.Say("keep one", "behalten Sie eines"))
}

func h1Missing() Problem {
	return problem("html-heading-missing",
		diag.Say("the page has no heading of the first level", "die Seite hat keine Überschrift erster Ebene"),
		diag.Say("print the title of the page in an <h1>", "geben Sie den Titel der Seite in einem <h1> aus"))
}

func secondH1() Problem {
	return problem("html-heading-second",
		diag.Say("the page has a second heading of the first level",
			"die Seite hat eine zweite Überschrift erster Ebene"),
		diag.Say("make it an <h2>", "machen Sie daraus ein <h2>"))
}

func headingSkips(last, level int) Problem {
	way := diag.Say("make it an <h%d>", "machen Sie daraus ein <h%d>", last+1)
	if last == 0 {
		return problem("html-heading-skips",
			diag.Say("the first heading is of level %d", "die erste Überschrift ist von Ebene %d", level), way)
	}
	return problem("html-heading-skips",
		diag.Say("a heading of level %d follows one of level %d",
			"eine Überschrift der Ebene %d folgt auf eine der Ebene %d", level, last), way)
}

// wordless speaks of an element that says nothing to a reader.
func wordless(kind scopeKind, tag []byte) Problem {
	name := strings.ToLower(string(tag))
	switch kind {
	case linkScope:
		return problem("html-link-without-text",
			diag.Say("a link has no text", "ein Link hat keinen Text"),
			diag.Say("write what it leads to between <a> and </a>, or in aria-label",
				"schreiben Sie zwischen <a> und </a> oder in aria-label, wohin er führt"))
	case buttonScope:
		return problem("html-button-without-text",
			diag.Say("a button has no text", "ein Knopf hat keinen Text"),
			diag.Say("write what it does between <button> and </button>, or in aria-label",
				"schreiben Sie zwischen <button> und </button> oder in aria-label, was er tut"))
	case headingScope:
		return problem("html-heading-empty",
			diag.Say("the heading <%s> is empty", "die Überschrift <%s> ist leer", name),
			diag.Say("leave it out where there is nothing to say", "lassen Sie sie weg, wo nichts zu sagen ist"))
	case pictureScope:
		return problem("html-picture-without-text",
			diag.Say("a drawing has no text alternative", "eine Zeichnung hat keine Textalternative"),
			diag.Say("point aria-labelledby to the words that say the same",
				"zeigen Sie mit aria-labelledby auf die Wörter, die dasselbe sagen"))
	case titleScope:
		return problem("html-title-missing",
			diag.Say("the <title> is empty", "der <title> ist leer"),
			diag.Say("print the title of the page in it", "geben Sie darin den Titel der Seite aus"))
	case captionScope:
		return problem("html-table-without-caption",
			diag.Say("the caption of a table is empty", "die Beschriftung einer Tabelle ist leer"),
			diag.Say("say in <caption> what the table shows", "sagen Sie in <caption>, was die Tabelle zeigt"))
	case columnScope:
		return problem("html-table-heading-empty",
			diag.Say("a heading cell of a table is empty", "eine Kopfzelle einer Tabelle ist leer"),
			diag.Say("write the heading, or make an empty corner a <td>",
				"schreiben Sie die Überschrift, oder machen Sie aus einer leeren Ecke ein <td>"))
	}
	return problem("html-summary-without-text",
		diag.Say("the <%s> is empty", "das <%s> ist leer", name),
		diag.Say("say what opens", "schreiben Sie, was sich öffnet"))
}

func linkInLink(tag, outer []byte) Problem {
	return problem("html-link-in-link",
		diag.Say("<%s> stands inside <%s>",
			"<%s> steht in <%s>", strings.ToLower(string(tag)), strings.ToLower(string(outer))),
		diag.Say("take one of them out: browsers tear them apart",
			"streichen Sie eines davon: Browser trennen die beiden"))
}

func pictureWithoutText() Problem {
	return problem("html-picture-without-text",
		diag.Say("a picture has no text alternative", "ein Bild hat keine Textalternative"),
		diag.Say(`say in alt="…" what it shows, or write alt="" for decoration`,
			`sagen Sie in alt="…", was es zeigt, oder schreiben Sie für Schmuck alt=""`))
}

func drawingWithoutRole() Problem {
	return problem("html-picture-without-text",
		diag.Say("a drawing is neither a picture nor decoration", "eine Zeichnung ist weder Bild noch Schmuck"),
		diag.Say(`give the <svg> role="img" and a name, or aria-hidden="true"`,
			`geben Sie dem <svg> role="img" und einen Namen, oder aria-hidden="true"`))
}

func frameWithoutTitle() Problem {
	return problem("html-frame-without-title",
		diag.Say("an embedded page has no title", "eine eingebettete Seite hat keinen Titel"),
		diag.Say(`give the <iframe> title="…"`, `geben Sie dem <iframe> title="…"`))
}

func fieldUnnamed() Problem {
	return problem("html-field-without-label",
		diag.Say("a form field has no label", "ein Eingabefeld hat keine Beschriftung"),
		diag.Say(`put a <label for="…"> before it`, `setzen Sie ein <label for="…"> davor`))
}

func tableUnnamed() Problem {
	return problem("html-table-without-caption",
		diag.Say("a table does not say what it shows", "eine Tabelle sagt nicht, was sie zeigt"),
		diag.Say("begin it with a <caption>, or give it an aria-label",
			"beginnen Sie sie mit einer <caption>, oder geben Sie ihr ein aria-label"))
}

func tableUnheaded() Problem {
	return problem("html-table-without-headings",
		diag.Say("a table has no heading cells", "eine Tabelle hat keine Kopfzellen"),
		diag.Say(`make the headings <th scope="col"> and <th scope="row">`,
			`machen Sie aus den Überschriften <th scope="col"> und <th scope="row">`))
}

func noScopeGiven() Problem {
	return problem("html-table-without-scope",
		diag.Say("a heading cell does not say whether it heads a column or a row",
			"eine Kopfzelle sagt nicht, ob sie für eine Spalte oder eine Zeile steht"),
		diag.Say(`write <th scope="col"> or <th scope="row">`, `schreiben Sie <th scope="col"> oder <th scope="row">`))
}

func idTwice(id []byte) Problem {
	return problem("html-id-twice",
		diag.Say(`the id "%s" stands twice on the page`, "die id „%s“ steht zweimal auf der Seite", shown(id)),
		diag.Say("rename one: links and labels find only the first",
			"benennen Sie eine um: Links und Beschriftungen finden nur die erste"))
}

func idBlank(id []byte) Problem {
	return problem("html-id-blank",
		diag.Say(`the id "%s" is empty or has a space`, "die id „%s“ ist leer oder hat ein Leerzeichen", shown(id)),
		diag.Say("leave it out, or write it in one word", "lassen Sie sie weg, oder schreiben Sie sie in einem Wort"))
}

func pointsNowhere(tag []byte, attribute string, id []byte) Problem {
	if len(id) == 0 {
		return problem("html-reference-broken",
			diag.Say("%s at <%s> names nothing", "%s an <%s> nennt nichts", attribute, shown(tag)),
			diag.Say("leave it out, or name an id of this page",
				"lassen Sie es weg, oder nennen Sie eine id dieser Seite"))
	}
	return problem("html-reference-broken",
		diag.Say(`%s at <%s> points to "%s", which is not on the page`,
			"%s an <%s> zeigt auf „%s“, das es auf der Seite nicht gibt", attribute, shown(tag), shown(id)),
		diag.Say("give the element that is meant this id", "geben Sie dem gemeinten Element diese id"))
}

func tagNotClosed(tag []byte) Problem {
	return problem("html-tag-not-closed",
		diag.Say("<%s> is not closed where its surroundings end",
			"<%s> ist nicht geschlossen, wo seine Umgebung endet", shown(tag)),
		diag.Say("add </%s>", "ergänzen Sie </%s>", shown(tag)))
}

func tagNotOpen(tag []byte) Problem {
	return problem("html-tag-not-open",
		diag.Say("</%s> closes nothing", "</%s> schließt nichts", shown(tag)),
		diag.Say("remove it, or open <%s> before it", "entfernen Sie es, oder öffnen Sie davor <%s>", shown(tag)))
}

func styleAttribute(tag []byte) Problem {
	return problem("html-inline-style",
		diag.Say("<%s> has a style attribute, which the policy blocks",
			"<%s> hat ein style-Attribut, das die Sicherheitsrichtlinie der Seite sperrt", shown(tag)),
		diag.Say("give it a class and put the style into static/css",
			"geben Sie ihm eine Klasse und setzen Sie den Stil in static/css"))
}

func styleElement() Problem {
	return problem("html-inline-style",
		diag.Say("the page has a <style>, which the policy blocks",
			"die Seite hat ein <style>, das die Sicherheitsrichtlinie der Seite sperrt"),
		diag.Say("put its rules into static/css", "setzen Sie seine Regeln in static/css"))
}

func handler(tag, key []byte) Problem {
	return problem("html-inline-script",
		diag.Say("<%s> has %s, which the policy blocks",
			"<%s> hat %s, das die Sicherheitsrichtlinie der Seite sperrt", shown(tag), shown(key)),
		diag.Say("listen for the event in static/js", "reagieren Sie in static/js auf das Ereignis"))
}

func inlineScript() Problem {
	return problem("html-inline-script",
		diag.Say("the page has a script of its own, which the policy blocks",
			"die Seite hat ein eigenes Skript, das die Sicherheitsrichtlinie der Seite sperrt"),
		diag.Say("put it into static/js and name it with src", "setzen Sie es in static/js, und nennen Sie es mit src"))
}

func baseElement() Problem {
	return problem("html-base",
		diag.Say("the page has a <base>, which the policy blocks",
			"die Seite hat ein <base>, das die Sicherheitsrichtlinie der Seite sperrt"),
		diag.Say("make the links relative to the page instead", "machen Sie stattdessen die Links relativ zur Seite"))
}

func foreign(tag, address []byte) Problem {
	return problem("html-foreign-host",
		diag.Say("<%s> loads %s from elsewhere", "<%s> lädt %s von anderswo", shown(tag), shown(address)),
		diag.Say("put the file into static/ and name it there",
			"legen Sie die Datei in static/, und nennen Sie sie dort"))
}

func ping() Problem {
	return problem("html-foreign-host",
		diag.Say("a link reports each press to another address", "ein Link meldet jeden Klick an eine weitere Adresse"),
		diag.Say("remove its ping attribute", "entfernen Sie sein ping-Attribut"))
}

func schemeRefused(address []byte, scheme string) Problem {
	return problem("html-link-scheme",
		diag.Say("a link leads to %s, and %s: is not allowed",
			"ein Link führt nach %s, und %s: ist nicht erlaubt", shown(address), shown([]byte(scheme))),
		diag.Say("use https, http, mailto, tel or an address of this site",
			"verwenden Sie https, http, mailto, tel oder eine Adresse dieser Website"))
}

func mailLoaded(address []byte) Problem {
	return problem("html-link-mail",
		diag.Say("a link leads to %s, which carries more than one address",
			"ein Link führt nach %s, und das enthält mehr als eine Adresse", shown(address)),
		diag.Say("write only the address behind mailto:", "schreiben Sie hinter mailto: nur die Adresse"))
}

func addressOdd(address []byte) Problem {
	return problem("html-link-odd",
		diag.Say(`the address "%s" is empty, begins with "//", or has a space, a backslash or a control character`,
			"die Adresse „%s“ ist leer, beginnt mit „//“ oder hat ein Leerzeichen, einen Backslash oder ein Steuerzeichen", shown(address)),
		diag.Say("write it out, with %s for a space", "schreiben Sie sie aus, mit %s für ein Leerzeichen", "%20"))
}

func fromRoot(address []byte) Problem {
	return problem("html-link-from-root",
		diag.Say("%s begins at the root of the host, where this site need not lie",
			"%s beginnt an der Wurzel des Servers, wo diese Website nicht liegen muss", shown(address)),
		diag.Say("make it relative to the page", "machen Sie die Adresse relativ zur Seite"))
}

func aboveRoot(address []byte) Problem {
	return problem("html-link-above-root",
		diag.Say("%s leads out of the site", "%s führt aus der Website hinaus", shown(address)),
		diag.Say(`count the "../" again: one for each folder`, "zählen Sie die „../“ nach: eines je Ordner"))
}

func notFoundRelative(address []byte) Problem {
	return problem("html-link-relative",
		diag.Say("%s is relative, but this page answers at every address",
			"%s ist relativ, aber diese Seite antwortet an jeder Adresse", shown(address)),
		diag.Say("begin it with the base path", "beginnen Sie die Adresse mit dem Basispfad"))
}

func notFoundElsewhere(address []byte, base string) Problem {
	return problem("html-link-from-root",
		diag.Say("%s does not begin with %s, where the site lies",
			"%s beginnt nicht mit %s, wo die Website liegt", shown(address), base),
		diag.Say("begin it with the base path", "beginnen Sie die Adresse mit dem Basispfad"))
}

func leavesByItself() Problem {
	return problem("html-refresh",
		diag.Say("the page leaves by itself", "die Seite leitet von selbst weiter"),
		diag.Say(`remove <meta http-equiv="refresh">; only an old address leads on, with "0; url=…"`,
			`entfernen Sie <meta http-equiv="refresh">; nur eine alte Adresse führt weiter, mit „0; url=…“`))
}
