package build

import (
	"testing"

	"bilanz/internal/figure"
	"bilanz/internal/present"
)

// At most so many figures have a picture to share; those that no page cites do not count.
func TestTooManyFiguresHaveNoPictures(t *testing.T) {
	const most = present.MostPictures
	for _, c := range []struct{ cited, others, want int }{
		{0, 5, 0}, {1, 0, 1}, {most - 1, 2, most - 1}, {most, 0, most}, {most, 2, most},
		{most + 1, 0, 0}, {most + 1, 2, 0},
	} {
		all := make([]*figure.Figure, c.cited+c.others)
		wanted := map[*figure.Figure]bool{}
		for i := range all {
			all[i] = &figure.Figure{}
			wanted[all[i]] = i >= c.others
		}
		if got := len(pictured(all, func(f *figure.Figure) bool { return wanted[f] })); got != c.want {
			t.Errorf("of %d cited figures and %d others %d have a picture, not %d", c.cited, c.others, got, c.want)
		}
	}
}
