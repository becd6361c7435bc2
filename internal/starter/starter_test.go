package starter_test

import (
	"os"
	"path/filepath"
	"testing"

	"bilanz/internal/starter"
)

func TestTry(t *testing.T) {
	for name, langs := range map[string][]string{"de": {"de"}, "en": {"en"}, "deen": {"de", "en"}, "ende": {"en", "de"}} {
		dir := "/tmp/starter-try/" + name
		os.RemoveAll(dir)
		for path, text := range starter.Files(starter.Options{Languages: langs}) {
			os.MkdirAll(filepath.Dir(dir+"/"+path), 0o755)
			os.WriteFile(dir+"/"+path, text, 0o644)
		}
	}
}
