package schema

import "bilanz/internal/diag"

// Node is one value in a file: a scalar, a list, a mapping, or nothing.
type Node struct{}

// Parse reads the YAML at f.Text[start:end]. Places are those of the whole file.
// An empty text gives an empty mapping. The keys at the top whose value is plain
// text to the end of its line are taken from keys, before YAML sees them.
func Parse(f File, start, end int, list *diag.List, keys ...Key) (*Node, bool) { return nil, false }

// Place is where the value stands, or, where there is none, its key.
func (n *Node) Place() diag.Place { return diag.Place{} }

// Span gives the bytes of the value in its file.
func (n *Node) Span() (start, end int) { return 0, 0 }

// Fields reads a mapping by a table of keys.
func (n *Node) Fields(keys Keys, list *diag.List) (Fields, bool) { return Fields{}, false }

// Scalar gives the text as written.
func (n *Node) Scalar(list *diag.List) (string, bool) { return "", false }

// TextPlace finds the bytes start to end of the scalar's text in the file.
func (n *Node) TextPlace(start, end int) diag.Place { return diag.Place{} }

// Bool reads true or false.
func (n *Node) Bool(list *diag.List) (bool, bool) { return false, false }

// Int reads a whole number.
func (n *Node) Int(list *diag.List) (int, bool) { return 0, false }

// Items gives the values of a list; a single value counts as a list of one.
func (n *Node) Items() []*Node { return nil }

// Entries gives the entries of a mapping in the order of the file; none where n
// is no mapping.
func (n *Node) Entries() []Entry { return nil }

// Texts reads a text for each language: {en: …, de: …}.
func (n *Node) Texts(langs []string, list *diag.List) (map[string]string, bool) { return nil, false }

// Entry is one key of a mapping and its value.
type Entry struct {
	Key      string
	KeyPlace diag.Place
	Value    *Node
}

// Fields is a mapping read by a table of keys.
type Fields struct{}

// Get gives the value of a key, or nil where it is absent.
func (f Fields) Get(key string) *Node { return nil }

// Names gives the known keys in the order of the file.
func (f Fields) Names() []string { return nil }

// KeyPlace is where a key stands, or the mapping itself where it is absent.
func (f Fields) KeyPlace(key string) diag.Place { return diag.Place{} }
