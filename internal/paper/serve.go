package main

import (
	"bytes"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"time"
)

// files are those of a site, or of several that lie beside each other.
type files interface {
	File(name string) ([]byte, bool)
}

// serve gives files on this machine, and the index of a folder.
func serve(all files) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := all.File(name)
		if !ok {
			http.NotFound(w, r)
			return
		}
		if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	}))
}
