package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// What living.txt names are mutations of the code of today, each with a reason.
func TestTheLivingExist(t *testing.T) {
	t.Chdir("../..")
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	packages := regexp.MustCompile(`(?m)^MUTATE = (.*)$`).FindSubmatch(makefile)
	if packages == nil {
		t.Fatal("the Makefile names no packages to mutate")
	}
	exist := map[string]bool{}
	for _, name := range strings.Fields(string(packages[1])) {
		all, err := mutationsOf(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			exist[m.String()] = true
		}
	}
	reasons, err := readLiving(*living)
	if err != nil {
		t.Fatal(err)
	}
	for name, reason := range reasons {
		if !exist[name] || reason == "" {
			t.Errorf("no such mutation, or no reason: %s", name)
		}
	}
}
