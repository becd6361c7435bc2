#!/bin/sh
# What GitHub's machines do with a proposal. Whatever the proposal says (names, branches, texts) is data:
# it is read and never run, and no word of it becomes part of a command. Where something is written,
# this file and bilanz come from main, and the proposal lies in a folder of its own.
#
# The same file lies in each site that "bilanz new" writes; it speaks the language of messages: in
# content/site.yaml.
#
#   summary   what the proposal changes for readers, on the page of the run
#   admit     nothing, or one sentence why this proposal is not written to
#   take      nothing, or what it holds besides plain files in content/
#   fix       imports what lies in content/incoming, fixes the numbers, makes a commit of both
#   push      puts the commit on the branch, unless that has moved
#   check     checks what main would become with it
#   answer    says on the proposal what was done, and reports the check beside the commit
set -eu

proposal=${PROPOSAL:-.}
work=$RUNNER_TEMP
said=$work/said.md # what the proposal is told: sentences, and texts of others behind four spaces

# in_words EN DE prints one of the two.
in_words() {
	if grep -q '^messages:[[:space:]]*de' content/site.yaml; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

tell() { in_words "$1" "$2" | tee -a "$said"; echo >>"$said"; }

# quote tells what others wrote. Four spaces make it text in Markdown, whatever stands in it; in the log
# of the run, where a line may be a command, it does not stand.
quote() { sed 's/^/    /' >>"$said"; echo >>"$said"; }

stop() {
	printf '::error::%s\n' "$(tell "$1" "$2")"
	exit 1
}

git() { command git -C "$proposal" -c core.hooksPath=/dev/null -c core.attributesFile=/dev/null "$@"; }

bilanz() { "$BILANZ" --dir "$proposal" "$@"; }

# address is where the files of the proposal are changed, in a form that can stand in any link.
address() {
	printf '%s/%s/edit/' "$GITHUB_SERVER_URL" "$FROM"
	printf %s "$BRANCH" | od -An -v -tu1 | LC_ALL=C awk '{
		for (i = 1; i <= NF; i++) {
			c = sprintf("%c", $i + 0)
			if ($i < 128 && c ~ /[A-Za-z0-9._\/-]/) printf "%s", c
			else printf "%%%02X", $i
		}
	}'
}

# changes prints the summary; the exit code 1 says that there is something to mend, and stands in it.
changes() { bilanz changes --markdown --against "$1" --link "$(address)" || [ $? -eq 1 ]; }

summary() { changes "$BASE" >>"$GITHUB_STEP_SUMMARY"; }

admit() {
	: >"$said"
	[ "$FROM" = "$GITHUB_REPOSITORY" ] || stop \
		"This proposal comes from another repository (a fork), and nothing may be written there from here. Run \"bilanz fix\" on your own machine, or propose the change on a branch of this repository." \
		"Dieser Vorschlag kommt aus einem anderen Repository (einem Fork); von hier aus darf dort nichts geschrieben werden. Rufen Sie „bilanz fix“ auf dem eigenen Rechner auf, oder schlagen Sie die Änderung auf einem Zweig dieses Repositorys vor."
	command git check-ref-format "refs/heads/$BRANCH" || stop \
		"There can be no branch of this name." "Einen Zweig dieses Namens kann es nicht geben."
	[ "$BRANCH" != main ] || stop \
		"This is main itself, which only changes by proposals: name the branch of a proposal." \
		"Das ist main selbst; main ändert sich nur durch Vorschläge. Nennen Sie den Zweig eines Vorschlags."
}

take() {
	git rev-parse HEAD >"$work/before"
	base=$(git merge-base origin/main HEAD) || stop \
		"This branch did not begin at main." "Dieser Zweig hat nicht bei main begonnen."
	git diff --name-only --no-renames "$base" HEAD -- . ':(exclude)content' >"$work/outside"
	git diff --raw --no-renames "$base" HEAD -- content >"$work/changed"
	awk -F '\t' '$1 !~ /^:[0-7]+ (100644|000000) / || tolower($2) ~ /(^|\/)\.(\.?("?$|\/)|git)/' \
		"$work/changed" >"$work/odd"
	[ ! -s "$work/outside" ] || {
		quote <"$work/outside"
		stop "This proposal changes more than content/. Somebody who programs has to look at that, so nothing was fixed here." \
			"Dieser Vorschlag ändert mehr als content/. Das muss sich jemand ansehen, der programmiert; deshalb wurde hier nichts nachgezogen."
	}
	[ ! -s "$work/odd" ] || {
		cut -f 2- "$work/odd" | quote
		stop "In content/ this proposal has something else than plain files: links, programs, other repositories, or settings of git. Nothing was fixed here." \
			"In content/ hat dieser Vorschlag anderes als einfache Dateien: Verknüpfungen, Programme, andere Repositorys oder Einstellungen von Git. Hier wurde nichts nachgezogen."
	}
}

# run_bilanz keeps what a command of bilanz said. The exit code 1 says that something is left to mend,
# which the check tells; a higher one that the command could not do its work.
run_bilanz() {
	code=0
	bilanz "$@" >"$work/out" 2>&1 || code=$?
	quote <"$work/out"
	[ "$code" -le 1 ] || stop "This could not be done; what bilanz said stands above. Nothing was changed." \
		"Das ging nicht; was bilanz dazu sagt, steht darüber. Es wurde nichts geändert."
}

fix() {
	if [ -d "$proposal/content/incoming" ]; then
		tell "Imported from content/incoming:" "Übernommen aus content/incoming:"
		run_bilanz import content/incoming --write
	fi
	tell "Fixed in the sentences:" "In den Sätzen nachgezogen:"
	run_bilanz fix --against "$(git merge-base origin/main HEAD)"
	set -f # the names of pages are words, and no patterns
	# shellcheck disable=SC2086
	[ -z "${PAGES:-}" ] || run_bilanz fix --translated -- $PAGES
	set +f
	git add --all -- content
	if git diff --cached --quiet; then
		tell "So there was nothing to change." "Es gab also nichts zu ändern."
		return
	fi
	message >"$work/message"
	git -c user.name='github-actions[bot]' -c commit.gpgSign=false \
		-c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
		commit --quiet --cleanup=whitespace --file "$work/message"
}

# message names the files that were changed, if their names are plain: what stands in the message of a
# commit can speak to GitHub.
message() {
	in_words "Fix the numbers" "Zahlen nachziehen"
	echo
	git diff --cached --name-only >"$work/names"
	grep -E '^[A-Za-z0-9_./-]+$' "$work/names" || true
	others=$(grep -cvE '^[A-Za-z0-9_./-]+$' "$work/names" || true)
	[ "$others" = 0 ] || in_words "besides: $others" "außerdem: $others"
}

moved() { [ "$(git rev-parse HEAD)" != "$(cat "$work/before")" ]; }

push() {
	moved || return 0
	git rev-parse HEAD >"$work/commit"
	git -c credential.helper= -c credential.helper='!gh auth git-credential' push --porcelain \
		origin "HEAD:refs/heads/$BRANCH" >"$work/pushed" 2>&1 || {
		! grep -q '\[rejected\]' "$work/pushed" || stop \
			"Somebody changed the branch while this ran, so it was left as it is. Start this again." \
			"Jemand hat den Zweig geändert, während das hier lief; er blieb, wie er ist. Starten Sie noch einmal."
		quote <"$work/pushed"
		stop "GitHub did not take the commit; its answer stands above." \
			"GitHub hat den Commit nicht angenommen; die Antwort steht darüber."
	}
	echo "commit=$(cat "$work/commit")" >>"$GITHUB_OUTPUT"
	tell "All this is on the branch now, as one commit." "Das alles steht jetzt auf dem Zweig, als ein Commit."
}

# check looks at the proposal together with main as it is now.
check() {
	moved || return 0
	result=success
	git reset --quiet --hard
	git -c user.name=bilanz -c user.email=bilanz@localhost -c commit.gpgSign=false \
		merge --quiet --no-edit origin/main >/dev/null 2>&1 || {
		result=failure
		tell "main has changed since, in the same lines. Choose \"Resolve conflicts\" on the proposal; this is where:" \
			"main hat sich seitdem in denselben Zeilen geändert. Wählen Sie am Vorschlag „Resolve conflicts“; es geht um:"
		git diff --name-only --diff-filter=U | quote
	}
	bilanz check --strict --against origin/main >"$work/checked" 2>&1 || result=failure
	echo "$result" >"$work/result"
	echo "result=$result" >>"$GITHUB_OUTPUT"
	changes origin/main >"$work/summary.md" 2>/dev/null || sed 's/^/    /' "$work/checked" >"$work/summary.md"
	cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"
	if [ "$result" = success ]; then
		tell "The check of numbers and texts found nothing more." \
			"Die Prüfung von Zahlen und Texten hat nichts mehr gefunden."
	else
		tell "The check of numbers and texts found what a person has to decide:" \
			"Die Prüfung von Zahlen und Texten hat gefunden, was ein Mensch entscheiden muss:"
		quote <"$work/checked"
	fi
}

# answer says all that on the proposal. A commit that a machine pushes starts no workflow, so the check
# is reported here, under the names that main asks for.
answer() {
	cat "$said" >>"$GITHUB_STEP_SUMMARY"
	if [ -s "$work/result" ]; then
		report "$CHECK" "$(cat "$work/result")" "$work/summary.md"
		[ -z "${TESTS:-}" ] || report "$TESTS" skipped "$said" # content has none
	fi
	number=${NUMBER:-$(gh pr list --head "$BRANCH" --state open --json number --jq '.[0].number')}
	[ -n "$number" ] || return 0
	run=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID
	tell "What changes for readers, and the files to look at: $run" "Was sich für Leserinnen und Leser ändert, und die Dateien zum Ansehen: $run"
	short "$said"
	gh pr comment "$number" --body-file "$work/short.md"
	# Without the label it can be set again. Who began by hand set none.
	[ -z "${NUMBER:-}" ] ||
		gh api --silent --method DELETE "repos/$GITHUB_REPOSITORY/issues/$number/labels/fix-numbers"
}

# report NAME CONCLUSION FILE puts a check beside the commit.
report() {
	short "$3"
	gh api "repos/$GITHUB_REPOSITORY/check-runs" --silent -f name="$1" -f head_sha="$(cat "$work/commit")" \
		-f status=completed -f conclusion="$2" -f 'output[title]'="$1" -F 'output[summary]'="@$work/short.md"
}

# short keeps of a text what GitHub takes of one.
short() { head -c 60000 "$1" | iconv -c -f UTF-8 -t UTF-8 >"$work/short.md" || true; }

"$1"
