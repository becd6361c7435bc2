package prose

import (
	"net/url"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"
)

// newLink notes a link or an image.
func (v *visitor) newLink(dest string, span linkSpan, inline bool, pos int) *Link {
	link := &Link{Dest: dest, Start: span.destStart, End: span.destEnd, Index: len(v.Links)}
	v.Links = append(v.Links, link)
	if !inline {
		link.Start, link.End = pos, pos+1
	}
	u, err := url.Parse(dest)
	meant, half := completed(dest)
	switch {
	case dest == "":
		v.report("link-empty", diag.Error, span.textStart-1, span.textEnd+len("]()"),
			diag.Say("this link leads nowhere", "dieser Link führt nirgendwohin"),
			diag.Say("write between the round brackets where it leads",
				"schreiben Sie zwischen die runden Klammern, wohin er führt"))
	case half:
		v.halfAddress(link, meant)
	case err != nil && strings.Contains(dest, "%") && !strings.Contains(dest, ":"): // a file: "100 %.pdf"
		return link
	case err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme),
		strings.HasPrefix(u.Scheme, "http") && u.Host == "":
		v.report("link-scheme", diag.Error, link.Start, link.End,
			diag.Say("links lead to pages, files, http, https, mailto or tel, not to %q",
				"Links führen zu Seiten, Dateien, http, https, mailto oder tel, nicht zu „%s“", dest), wayTo(dest))
	case u.Scheme == "mailto" && !IsMailbox(dest[len("mailto:"):]):
		v.report("link-mail", diag.Error, link.Start, link.End,
			diag.Say("a link to write a mail names one address and nothing else: a subject, a text or further "+
				"readers would "+
				"be sent unseen",
				"ein Link zum Schreiben einer E-Mail nennt eine Adresse und sonst nichts: Betreff, Text oder "+
					"weitere Empfänger "+
					"gingen ungesehen mit"),
			diag.Say("write only the address, as in mailto:%s", "schreiben Sie nur die Adresse, zum Beispiel mailto:%s",
				mailIn(dest)))
	default:
		return link
	}
	link.Refused = true
	return link
}

// ownFile knows an address on the computer of whoever wrote it: C:\Report.pdf.
var ownFile = pattern.Of(`^(?:file:|[a-zA-Z]:[\\/]).*?([^\\/]+)$`)

// wayTo says what may have been meant by an address that no link can have.
func wayTo(dest string) diag.Text {
	if name := ownFile().FindStringSubmatch(dest); name != nil {
		return diag.Say("put the file beside this page, and write its name alone: %s",
			"legen Sie die Datei neben diese Seite, und schreiben Sie nur ihren Namen: %s", name[1])
	}
	scheme, rest, _ := strings.Cut(dest, ":")
	if near := diag.Nearest(scheme, []string{"https", "http", "mailto", "tel"}); len(near) > 0 {
		return diag.Say("write %s", "schreiben Sie %s", near[0]+":"+rest)
	}
	return diag.Say("write the address of a page or file, or take the link out",
		"schreiben Sie die Adresse einer Seite oder Datei, oder streichen Sie den Link")
}

// halfAddress reports an address that a browser would take for a page of this site.
func (v *visitor) halfAddress(link *Link, meant string) {
	d := diag.Diagnostic{
		Code: "link-half", Place: v.text.place(link.Start, link.End),
		Text: diag.Say("browsers would look for %s on this site",
			"Browser würden %s auf dieser Website suchen", link.Dest),
		Ways: []diag.Text{diag.Say("write %s", "schreiben Sie %s", meant)},
	}
	if link.End <= len(v.text.bytes) && string(v.text.bytes[link.Start:link.End]) == link.Dest {
		d.Edits = v.text.edits(link.Start, link.End, meant)
	}
	v.add(d)
}

var (
	slashes = pattern.Of(`(?i)^(https?)(?::(?:/?|/{3,})|//|:\\+)([^/\\].*)$`)
	website = pattern.Of(`(?i)^(?:www\.|//|` +
		`(?:[\pL0-9-]+\.)+(?:com|org|net|info|eu|gov|int|edu|io|de|at|ch|li|lu|fr|uk|be|nl|it|es|pl|dk|` +
		`berlin|hamburg|bayern|nrw|saarland|koeln|cologne|ruhr|wien|tirol)(?:[/?#]|$))`)
	mailbox = pattern.Of(`^[^\s@/:?#]+@[^\s@/:?#]+\.[A-Za-z]{2,}$`)
	oneMail = pattern.Of(`^[^\s@/:;?#,%&<>()"\\]+@[^\s@/:;?#,%&<>()"\\]+$`)
)

// IsMailbox reports whether an address is that of one mailbox, and holds nothing else.
func IsMailbox(address string) bool { return oneMail().MatchString(address) }

// mailIn is the first mailbox that an address names, or an example of one.
func mailIn(dest string) string {
	for _, word := range strings.FieldsFunc(dest[len("mailto:"):],
		func(r rune) bool { return strings.ContainsRune("?,;&%", r) }) {
		if IsMailbox(word) {
			return word
		}
	}
	return "office@example.org"
}

// completed is what an address without its scheme or its slashes was meant to be.
func completed(dest string) (meant string, half bool) {
	if found := slashes().FindStringSubmatch(dest); found != nil {
		return strings.ToLower(found[1]) + "://" + found[2], true
	}
	switch {
	case strings.HasPrefix(dest, "mailto://"):
		return "mailto:" + strings.TrimLeft(dest[len("mailto:"):], "/"), true
	case mailbox().MatchString(dest):
		return "mailto:" + dest, true
	case website().MatchString(dest):
		return "https://" + strings.TrimLeft(dest, "/"), true
	case strings.Contains(dest, `\`) && !strings.Contains(dest, ":"):
		return strings.ReplaceAll(dest, `\`, "/"), true
	}
	return "", false
}
