package data

import (
	"crypto/sha256"
	"encoding/hex"

	"bilanz/internal/locale"
)

// Kind is what a file is to those who take it away; the word "file-" and the kind names it.
type Kind string

// The kinds of files, in the order in which pages list them.
const (
	Excel     Kind = "xlsx"
	ForPeople Kind = "csv-people"
	Programs  Kind = "csv-machine"
	Codebook  Kind = "codebook"
	JSON      Kind = "json"
	Package   Kind = "package"
	Archive   Kind = "zip"
)

// A File is one with all figures, as it was written.
type File struct {
	Path string // "data/figures.csv"
	Kind Kind
	Lang *locale.Lang // whom it is for; nil for everybody
	Type string       // "text/csv"
	Size int
	Sum  string // SHA-256, in hexadecimal
}

// MostInWorkbook is how many figures a site may have for workbooks of them to be written, and
// all files as one. With so many a workbook takes a third of a second; a site of 5,000 figures
// would wait three times as long for its workbooks as for everything else.
const MostInWorkbook = 2_000

// Files hands every file with all figures to write, and says which there are.
func Files(s Set, write func(path string, data []byte)) ([]File, error) {
	w := files{write: write}
	small := len(s.Figures) <= MostInWorkbook
	if small {
		w.content = map[string][]byte{}
		for _, l := range s.Langs {
			book, err := WorkbookXLSX(s, l)
			if err != nil {
				return nil, err
			}
			w.add(File{Path: "data/figures-" + l.Code + ".xlsx", Kind: Excel, Lang: l, Type: excelType}, book)
		}
	}
	for _, l := range s.Langs {
		w.add(File{Path: "data/figures-" + l.Code + ".csv", Kind: ForPeople, Lang: l, Type: csvType}, PeopleCSV(s, l))
	}
	w.add(File{Path: "data/figures.csv", Kind: Programs, Type: csvType}, FiguresCSV(s))
	w.add(File{Path: "data/codebook.csv", Kind: Codebook, Type: csvType}, CodebookCSV(s))
	w.add(File{Path: "data/figures.json", Kind: JSON, Type: jsonType}, FiguresJSON(s))
	w.add(File{Path: "data/datapackage.json", Kind: Package, Type: jsonType}, PackageJSON(s, w.all))
	if small {
		zip, err := s.archive(w.all, w.content)
		if err != nil {
			return nil, err
		}
		w.add(File{Path: "data/" + s.name() + ".zip", Kind: Archive, Type: zipType}, zip)
	}
	return w.all, nil
}

const (
	csvType   = "text/csv"
	jsonType  = "application/json"
	excelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	zipType   = "application/zip"
)

// files are those that were written.
type files struct {
	write   func(path string, data []byte)
	all     []File
	content map[string][]byte // by path, where they become one file; nil otherwise
}

func (w *files) add(f File, data []byte) {
	sum := sha256.Sum256(data)
	f.Size, f.Sum = len(data), hex.EncodeToString(sum[:])
	w.write(f.Path, data)
	w.all = append(w.all, f)
	if w.content != nil {
		w.content[f.Path] = data
	}
}
