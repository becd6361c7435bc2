package build

import "bilanz/internal/diag"

// checkRelease names what a site that goes live must not lack.
func (b *builder) checkRelease() {
	if b.o.Release == "" {
		return
	}
	c := b.config
	for _, slot := range []struct{ below, key, value string }{
		{"contact.", "email", c.Contact.Email}, {"contact.", "name", c.Contact.Name},
		{"legal.", "imprint", c.Legal.Imprint}, {"legal.", "privacy", c.Legal.Privacy},
		{"legal.", "accessibility", c.Legal.Accessibility}, {"", "licence", c.Licence},
	} {
		if slot.value == "" {
			b.siteProblems.Add(slotEmpty(c.At(slot.below+slot.key), slot.key))
		}
	}
	for _, slot := range c.Empty {
		b.siteProblems.Add(slotEmpty(slot.Place, slot.Key))
	}
}

func slotEmpty(at diag.Place, key string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "legal-empty", Severity: diag.Warning, Place: at,
		Text: diag.Say("nothing stands behind %s: yet, and the site is to go live",
			"hinter %s: steht noch nichts, und die Website soll veröffentlicht werden", key),
		Ways: []diag.Text{
			diag.Say("ask the office that answers for the site, and fill it in",
				"fragen Sie die Stelle, die für die Website verantwortlich ist, und tragen Sie es ein"),
		},
	}
}

// checkUnfinished names the pages of a site that goes live on which something must
// still be entered.
func (b *builder) checkUnfinished() {
	if b.o.Release == "" {
		return
	}
	for _, p := range b.site.Pages {
		if p.Front.Missing == "" {
			continue
		}
		b.siteProblems.Add(diag.Diagnostic{
			Code: "page-unfinished", Severity: diag.Warning, Place: b.at(p, p.Front.MissingStart, p.Front.MissingEnd), Page: p.Front.Title,
			Text: diag.Say("this page still lacks: %s", "auf dieser Seite fehlt noch: %s", p.Front.Missing),
			Ways: []diag.Text{
				diag.Say("ask the office that answers for it, enter it, and delete this line",
					"fragen Sie die Stelle, die dafür zuständig ist, tragen Sie es ein, und löschen Sie diese Zeile"),
			},
		})
	}
}
