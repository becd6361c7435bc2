package preview

import (
	"context"
	"crypto/subtle"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"bilanz/internal/diag"
)

// mostBody is how many bytes a request may bring.
const mostBody = 1 << 20

// newWeb is a server that waits for nobody for long. Streams of events lift its limits for
// themselves.
func newWeb(ctx context.Context, h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends streams with the preview
		ErrorLog:          log.New(io.Discard, "", 0),
	}
}

// shutDown lets answers on their way end, for a moment.
func shutDown(web *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if web.Shutdown(ctx) != nil {
		web.Close()
	}
}

// guard lets nobody in but the browser of the person at this machine, on pages of this
// preview.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if !slices.Contains(s.hosts, strings.ToLower(r.Host)) {
			s.refuse(w, http.StatusMisdirectedRequest,
				diag.Say("This preview answers at %s only.", "Diese Vorschau antwortet nur unter %s.", s.hosts[0]))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		next.ServeHTTP(w, r)
	})
}

// isOurs reports whether a request comes from a page of this preview, as far as the browser
// says. One that says nothing is no browser of today.
func isOurs(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || strings.EqualFold(origin, "http://"+r.Host)
}

// mayChange reports whether a request may change files: it brings the token of this start,
// says that it comes from here, and is of a kind that no form can send.
func (s *server) mayChange(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return isOurs(r) && r.Header.Get("Origin") != "" && strings.TrimSpace(kind) == "application/json" &&
		subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Bilanz-Token")), []byte(s.token)) == 1
}
