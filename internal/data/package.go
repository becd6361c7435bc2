package data

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// The descriptor of a Data Package, version 2.0, as far as it is written here.

const profiles = "https://datapackage.org/profiles/2.0/"

type dataPackage struct {
	Schema       string            `json:"$schema"`
	Name         string            `json:"name"`
	Title        string            `json:"title"`
	Description  string            `json:"description"`
	Homepage     string            `json:"homepage,omitempty"`
	Version      string            `json:"version,omitempty"`
	Licenses     []packageLicence  `json:"licenses,omitempty"`
	Contributors []packagePerson   `json:"contributors,omitempty"`
	Resources    []packageResource `json:"resources"`
}

type packageLicence struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

type packagePerson struct {
	Title string   `json:"title,omitempty"`
	Email string   `json:"email,omitempty"`
	Roles []string `json:"roles"`
}

type packageResource struct {
	Name      string          `json:"name"`
	Type      string          `json:"type,omitempty"`
	Path      string          `json:"path"`
	Title     string          `json:"title"`
	MediaType string          `json:"mediatype"`
	Encoding  string          `json:"encoding,omitempty"`
	Bytes     int             `json:"bytes"`
	Hash      string          `json:"hash"`
	Dialect   *packageDialect `json:"dialect,omitempty"`
	Schema    *packageSchema  `json:"schema,omitempty"`
}

type packageDialect struct {
	Schema    string `json:"$schema"`
	Delimiter string `json:"delimiter"`
}

type packageSchema struct {
	Schema        string         `json:"$schema"`
	Fields        []packageField `json:"fields"`
	MissingValues []string       `json:"missingValues"`
	PrimaryKey    []string       `json:"primaryKey,omitempty"`
}

type packageField struct {
	Name        string              `json:"name"`
	Type        kind                `json:"type"`
	Title       string              `json:"title,omitempty"`
	Description string              `json:"description,omitempty"`
	DecimalChar string              `json:"decimalChar,omitempty"`
	Constraints *packageConstraints `json:"constraints,omitempty"`
}

type packageConstraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// PackageJSON is data/datapackage.json: what the other files are, for programs. It speaks
// the site's default language, since the format has one.
func PackageJSON(s Set, files []File) []byte {
	l := s.Default
	p := dataPackage{
		Schema: profiles + "datapackage.json", Name: s.name(), Title: s.Title[l.Code],
		Description: strings.Join(without([]string{s.demo(l), l.Word("data-intro"), l.Word("data-bounds"),
			l.Word("data-adding"), l.Word("data-opening"), s.licence(l)}, ""), "\n\n"),
		Homepage: s.at(l), Version: s.Edition, Licenses: s.licences(), Resources: []packageResource{},
	}
	if s.Contact != "" || s.Mail != "" {
		p.Contributors = []packagePerson{{s.Contact, s.Mail, []string{"publisher"}}}
	}
	for _, f := range files {
		p.Resources = append(p.Resources, s.resource(f))
	}
	var out bytes.Buffer
	encode(&out, "", p)
	return out.Bytes()
}

func (s Site) demo(l *locale.Lang) string {
	if !s.Demo {
		return ""
	}
	return l.Word("demo-sentence")
}

// licences are one by its address, or by an id of the list that the standard goes by. Any other
// can be told in words alone; so can that none is stated.
func (s Site) licences() []packageLicence {
	if strings.HasPrefix(s.Licence, "https://") || strings.HasPrefix(s.Licence, "http://") {
		return []packageLicence{{Path: s.Licence}}
	}
	if name := strings.Join(strings.Fields(s.Licence), "-"); slices.Contains(openLicences, name) {
		return []packageLicence{{Name: name, Title: s.Licence}}
	}
	return nil
}

// openLicences are those of the Open Definition that a site like this may have.
var openLicences = []string{
	"CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "ODbL-1.0", "ODC-BY-1.0",
	"PDDL-1.0", "OGL-UK-3.0",
}

// licence is what is said of a licence in words, where there is one that an id cannot say.
func (s Site) licence(l *locale.Lang) string {
	if s.Licence == "" || s.licences() != nil {
		return ""
	}
	return l.Colon(l.Word("licence"), s.Licence)
}

// resource describes a file.
func (s Set) resource(f File) packageResource {
	name := path.Base(f.Path)
	l := f.Lang
	if l == nil {
		l = s.Default
	}
	r := packageResource{
		Name: strings.ReplaceAll(strings.ToLower(name), ".", "-"), Path: name, Title: l.Word("file-" + string(f.Kind)),
		MediaType: f.Type, Bytes: f.Size, Hash: "sha256:" + f.Sum,
	}
	if f.Kind != Excel {
		r.Encoding = "utf-8"
	}
	switch f.Kind {
	case Programs:
		r.table(',', fieldsOf(slices.Concat(s.columns(s.Figures), s.passages()), l), "id")
	case ForPeople:
		columns := s.peopleColumns(l, s.Figures)
		r.table(rune(peopleForm(DecimalComma(l)).comma), peopleFields(columns, l), headings(columns, l)[0])
	case Codebook:
		r.table(',', s.codebookFields())
	}
	return r
}

// table says that the resource is one.
func (r *packageResource) table(comma rune, fields []packageField, key ...string) {
	r.Type = "table"
	r.Dialect = &packageDialect{profiles + "tabledialect.json", string(comma)}
	r.Schema = &packageSchema{profiles + "tableschema.json", fields, []string{""}, key}
}

// fieldsOf describes the columns of the file for programs.
func fieldsOf(columns []Column, l *locale.Lang) []packageField {
	var fields []packageField
	for _, c := range columns {
		f := packageField{Name: c.Name, Type: c.kind, Title: c.Heading(l), Description: c.About(l)}
		if c.lang != nil {
			f.Title += " (" + c.lang.Code + ")"
		}
		switch {
		case c.Name == "id":
			f.Constraints = &packageConstraints{Required: true, Unique: true}
		case c.codes != nil:
			f.Constraints = &packageConstraints{}
			for _, code := range c.codes {
				if code.value != "" {
					f.Constraints.Enum = append(f.Constraints.Enum, guardedCode(code.value))
				}
			}
		}
		fields = append(fields, f)
	}
	return fields
}

// guardedCode is a code as a cell of CSV says it.
func guardedCode(value string) string { return machine.guarded(value, false) }

// peopleFields describes the columns of a file for people.
func peopleFields(columns []Column, l *locale.Lang) []packageField {
	heads := headings(columns, l)
	fields := make([]packageField, len(columns))
	for i, c := range columns {
		fields[i] = packageField{Name: heads[i], Type: c.kind, Description: c.About(l)}
		if c.kind == numeric && DecimalComma(l) {
			fields[i].DecimalChar = ","
		}
		if c.kind == yesNo {
			fields[i].Type = textual // a sentence
		}
	}
	return fields
}

// codebookFields describes the columns of the codebook.
func (s Set) codebookFields() []packageField {
	var fields []packageField
	for _, name := range s.codebookHead() {
		kind := textual
		if name == "demo" {
			kind = yesNo
		}
		fields = append(fields, packageField{Name: name, Type: kind})
	}
	return fields
}

// name is what the files together are called: the site and its edition, in letters and
// digits.
func (s Site) name() string {
	name := slug(s.Title[s.Default.Code])
	if name == "" {
		name = "figures"
	}
	if edition := slug(s.Edition); edition != "" {
		name += "-" + edition
	}
	return name
}

// slug is a text in small letters, digits and hyphens.
func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(folded.Replace(text)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

var folded = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue", "ß", "ss",
	"é", "e", "è", "e", "ê", "e", "à", "a", "â", "a", "ç", "c", "î", "i", "ô", "o", "û", "u", "É", "e", "’", "-")

// revised are the figures that were corrected since they were first published.
func revised(figures []*figure.Figure) (some []*figure.Figure) {
	for _, f := range figures {
		if f.Status == figure.Revised {
			some = append(some, f)
		}
	}
	return some
}
