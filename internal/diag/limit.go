package diag

// TooMany says that there is more of something than bilanz takes, whose time and memory
// would otherwise grow without an end. Limits count, and do not measure time: what is read on
// one machine is read on all.
func TooMany(at Place, most int, what, way Text) Diagnostic {
	return Diagnostic{
		Code: "too-many", Place: at,
		Text: Say("this is more than bilanz takes: at most %s %s",
			"das ist mehr, als bilanz aufnimmt: höchstens %s %s", limit(most), what),
		Ways: []Text{way},
	}
}

// limit writes a round number as each language groups it.
func limit(n int) Text {
	if n < 1000 {
		return Say("%d", "%d", n)
	}
	return Say("%s,%03d", "%s.%03d", limit(n/1000), n%1000)
}
