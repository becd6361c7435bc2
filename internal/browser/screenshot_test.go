package browser

func takeScreenshots(dir string) error { return nil }
