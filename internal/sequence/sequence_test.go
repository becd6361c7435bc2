package sequence

import (
	"fmt"
	"strings"
	"testing"
)

func TestCommon(t *testing.T) {
	for _, c := range []struct {
		a, b string
		most int
		want string
	}{
		{"", "", 9, "[]"},
		{"a b c", "a b c", 0, "[[0 0] [1 1] [2 2]]"},
		{"a b c", "a x c", 9, "[[0 0] [2 2]]"},
		{"a b c d", "b d", 9, "[[1 0] [3 1]]"},
		{"x a b y", "p a b q", 15, "[]"}, // sixteen comparisons are one too many
		{"x a b y", "p a b q", 16, "[[1 1] [2 2]]"},
		{"x a b y", "p a b q", 17, "[[1 1] [2 2]]"},
		{"a x y z", "a z y", 99, "[[0 0] [3 1]]"},
	} {
		if got := fmt.Sprint(Common(strings.Fields(c.a), strings.Fields(c.b), c.most)); got != c.want {
			t.Errorf("%q and %q, at most %d: %s, not %s", c.a, c.b, c.most, got, c.want)
		}
	}
}
