package main

import (
	"fmt"
	"time"
)

// The table is Markdown: a row for each step, printed when it was measured.
const rowForm = "| %-70s | %-24s | %-24s | %-18s | %-18s |\n"

func header(ours, other string) {
	fmt.Printf(rowForm, "wall, CPU, peak memory", ours, other, "ratio", "bar")
	fmt.Printf(rowForm, "---", "---", "---", "---", "---")
}

// printRow prints what the programs took, ours first, and the median of the ratios.
func printRow(name string, taken [][]sample, bar string) {
	beside, ratio := "", ""
	if len(taken) > 1 {
		r := ratios(taken[0], taken[1])
		beside, ratio = median(taken[1]).String(), fmt.Sprintf("%.2f / %.2f / %.2f", r[0], r[1], r[2])
	}
	fmt.Printf(rowForm, name, median(taken[0]), beside, ratio, bar)
}

// String writes "1.05 s, 2.01 s, 95 MiB".
func (s sample) String() string {
	return fmt.Sprintf("%s, %s, %.0f MiB", seconds(s.wall), seconds(s.cpu), float64(s.peak)/(1<<20))
}

func seconds(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	if d < time.Second {
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}
