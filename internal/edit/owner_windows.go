package edit

import (
	"io/fs"
	"os"
)

// names is not known there without opening the file once more.
func names(fs.FileInfo) int { return 1 }

// keepOwner leaves the owner to the folder, as every program does there.
func keepOwner(*os.File, fs.FileInfo) error { return nil }
