#!/bin/sh
# Goes to the state of main that REF names, a commit, to publish it once more. REF is what somebody
# typed: it is looked up and never run. Nothing typed: main as it is.
set -eu

[ -n "${REF:-}" ] || exit 0

stop() {
	if grep -q '^messages:[[:space:]]*de' content/site.yaml; then shift; fi
	printf '::error::%s\n' "$1"
	exit 1
}

commit=$(git rev-parse --verify --quiet --end-of-options "$REF^{commit}") || stop \
	"There is no such state. Open the list of commits of main, and copy the digits and letters of one." \
	"Einen solchen Stand gibt es nicht. Öffnen Sie die Liste der Commits von main, und kopieren Sie die Ziffern und Buchstaben von einem."
git merge-base --is-ancestor "$commit" origin/main || stop \
	"That state was never part of main, so it is not published." \
	"Dieser Stand war nie Teil von main; deshalb wird er nicht veröffentlicht."
git -c core.hooksPath=/dev/null checkout --quiet --detach "$commit"
