package diag

// mostKept is how many problems of one kind are kept of a file: a person mends
// a few and looks again, and each keeps the line that it stands on.
const mostKept = 500

// Quota says of which kinds a page has brought up as many problems as are kept.
// The zero Quota is ready.
type Quota struct{ found map[kind]int }

type kind struct {
	code     string
	severity Severity
}

// Spent counts one more problem of a kind, and reports whether it is one too many.
func (q *Quota) Spent(code string, severity Severity) bool {
	if q.found == nil {
		q.found = map[kind]int{}
	}
	q.found[kind{code, severity}]++
	return q.Full(code, severity)
}

// Full reports whether there were more problems of a kind than are kept.
func (q *Quota) Full(code string, severity Severity) bool {
	return q.found[kind{code, severity}] > mostKept
}
