package output

import "testing"

func TestSitesAreTheSameFileByFile(t *testing.T) {
	site := func(files ...string) *Memory {
		m := &Memory{}
		for i := 0; i < len(files); i += 2 {
			must(t, m.Write(files[i], []byte(files[i+1])))
		}
		return m
	}
	one := site("a.html", "a", "b.html", "b")
	for what, c := range map[string]struct {
		other *Memory
		same  bool
	}{
		"the same":       {site("b.html", "b", "a.html", "a"), true},
		"another text":   {site("a.html", "a", "b.html", "c"), false},
		"another name":   {site("a.html", "a", "c.html", "b"), false},
		"one file fewer": {site("a.html", "a"), false},
		"one file more":  {site("a.html", "a", "b.html", "b", "c.html", ""), false},
		"no file at all": {&Memory{}, false},
		"the very same":  {one, true},
	} {
		if one.Same(c.other) != c.same || c.other.Same(one) != c.same {
			t.Errorf("%s: it should be %v", what, c.same)
		}
	}
}
