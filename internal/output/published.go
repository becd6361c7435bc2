package output

import (
	"maps"
	"slices"
)

// Published lists the files of the site that lies in the output now, in no order;
// none where there is no site yet. It needs no lock, so that a check can ask too.
func Published(o Options) ([]string, error) {
	at, err := locate(o)
	if err != nil {
		return nil, err
	}
	list, err := readList(o.disk, at)
	if err != nil {
		return nil, err
	}
	return slices.Collect(maps.Keys(list.sums)), nil
}
