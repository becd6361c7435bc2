//go:build !linux

package source

import "os"

// isOpenElsewhere is known on Linux alone.
func isOpenElsewhere(*os.File) bool { return false }
