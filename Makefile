# "make" prints what there is to do. Each target is one way in; what it does is
# in Go, or in the script that it names.

.PHONY: help site check test quick browser screenshots pictures bench fuzz audit third-party verify-third-party

# On GitHub, problems are shown beside the changed lines.
FORMAT = $(if $(GITHUB_ACTIONS),--format github)

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

BASE_URL ?=

# What a machine lacks is said in one line, before anything begins.
.PHONY: ready-go ready-git ready-node
ready-go ready-git ready-node: ready-%:
	@.ci/ready $*

# What is wrong with the content is told by "make check"; no test fails of it.
.PHONY: ready-content
ready-content: ready-go
	@go run ./cmd/bilanz check >/dev/null 2>&1 || \
		echo 'The content has errors (make check names them): the tests look at the fact sheet of 2022 in its place.'

site: ready-go ## build the site into public/ (BASE_URL=https://… where it will lie)
	go run ./cmd/bilanz build $(FORMAT) $(if $(BASE_URL),--base-url '$(BASE_URL)')

AGAINST =

check: ready-go ## tell what is wrong with the content, warnings too, without writing (AGAINST=main: and what would vanish)
	go run ./cmd/bilanz check --strict $(FORMAT) $(if $(AGAINST),--against '$(AGAINST)')

.PHONY: bilanz
bilanz: ready-go ## build the command itself, as bin/bilanz
	go build -o bin/bilanz ./cmd/bilanz

test: ready-go ready-git ready-node quick browser ## run every test; installs Chromium where it is missing and it may

# Asked twice: what nothing reaches, tests included, and what the product does not
# reach. The tests of reference write the documents, so they are a way in.
dead-code = go tool deadcode -test ./... && go tool deadcode -test ./cmd/bilanz ./internal/reference

quick: ready-go ready-git ready-content ## run the tests that need no browser
	@unformatted=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l) && \
		if [ -n "$$unformatted" ]; then printf 'Not formatted; run gofmt -w on:\n%s\n' "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	go tool actionlint -shellcheck= -pyflakes=
	@dead=$$($(dead-code)) || exit 1; \
		if [ -n "$$dead" ]; then printf 'Nothing reaches this, or only a test (then it belongs in a test file):\n%s\n' "$$dead"; exit 1; fi
	go test -vet=off -timeout 20m $$(go list ./... | grep -v '/internal/browser$$')

browser: ready-go ready-content internal/browser/testdata/node_modules ## run only the tests in a browser
	@internal/browser/testdata/browser-ready
	go test -vet=off -count=1 -timeout 20m ./internal/browser

.PHONY: proof
proof: ready-go ## hold the content against content/proof/facts.tsv, which is typed from its source
	go test -count=1 ./internal/build -run '^TestEverySiteSaysWhatItsSourceSays$$' -proof

screenshots: ready-go internal/browser/testdata/node_modules ## take pictures of all pages for a look, into .bilanz/screenshots/
	@internal/browser/testdata/browser-ready
	go test -count=1 -timeout 20m ./internal/browser -screenshots "$(CURDIR)/.bilanz/screenshots"
	@echo "The pictures are in .bilanz/screenshots/"

pictures: ready-go ready-git internal/browser/testdata/node_modules ## take the pictures of the README and the guides anew, into docs/pictures/
	@internal/browser/testdata/browser-ready
	rm -rf .bilanz/guides
	STATES="$(CURDIR)/.bilanz/guides" go test -count=1 ./cmd/bilanz -run GuidesAreTrue
	go test -count=1 ./internal/browser -pictures "$(CURDIR)/docs/pictures" -states "$(CURDIR)/.bilanz/guides"

RUNS = 5
PAGES = 1000,10000
BASE =
ONLY =

bench: ## measure against Hugo (RUNS=5, PAGES=1000,10000, ONLY=A,B some rows, BASE=HEAD~1 a commit in its place)
	go run ./internal/bench -runs $(RUNS) -pages $(PAGES) $(if $(ONLY),-only '$(ONLY)') $(if $(BASE),-base '$(BASE)')

FUZZTIME = 30s

fuzz: ## look for inputs that break something, FUZZTIME=30s each
	@for package in $$(go list ./...); do \
		for name in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$name"; \
			go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done

# The name of a release comes from a tag, so it reaches the shell as a variable and never as
# part of a command.
export VERSION RELEASES
OUT = dist

.PHONY: dist
dist: ready-go ## make the archives of a release (VERSION=v0.2.0, OUT=dist, RELEASES=https://… below which they lie)
	go run ./internal/dist -version "$$VERSION" -releases "$$RELEASES" -out '$(OUT)'

.PHONY: pdf
pdf: ready-go ## print the fact sheet into .bilanz/pdf/, for "bilanz build --with .bilanz/pdf" (BASE_URL=https://… where the site will lie)
	@internal/browser/testdata/browser-ready
	go run ./internal/paper $(if $(BASE_URL),-base-url '$(BASE_URL)')

# What is compared with comes from a proposal, so it reaches the shell as a variable, too.
export BASE

.PHONY: approval
approval: ready-go ready-git ## write what whoever decides on a change needs into .bilanz/approval/ (BASE=main or a folder; BASE_URL=https://…)
	@[ -n "$$BASE" ] || { echo "Say what to compare with: make approval BASE=main"; exit 1; }
	@internal/browser/testdata/browser-ready
	go run ./internal/paper -against "$$BASE" $(if $(BASE_URL),-base-url '$(BASE_URL)')

audit: ready-go ## hold everything of other people against its licence, its sum and its version
	go run ./internal/supply

.PHONY: race
race: ## run the tests that need no browser with the race detector, which takes ten times as long
	go test -race -short -timeout 60m $$(go list ./... | grep -v '/internal/browser$$')

MINUTES = 30
SEED =

.PHONY: soak limits
soak: ## use the command for MINUTES=30, with kills, full disks and edits, and see that all holds (SEED=n)
	go run ./internal/soak -minutes $(MINUTES) $(if $(SEED),-seed $(SEED))

limits: ## measure what the largest inputs cost that the limits allow (ONLY=words of their names)
	go run ./internal/limits $(if $(ONLY),-only '$(ONLY)')

MUTATE = internal/figure internal/prose internal/site internal/sheet internal/accepted

.PHONY: mutate
mutate: ## change the code in 200 places and see that a test fails each time (MUTATE=packages)
	ulimit -v 8000000; go run ./internal/mutate $(MUTATE)

# Packages of npm, as their lock files say.
%/node_modules: %/package-lock.json
	@.ci/ready node
	cd $* && npm ci
	@touch $@

chart-npm = internal/chart/testdata/third-party

third-party: $(chart-npm)/node_modules ## fetch and bundle ECharts and the fonts again
	node $(chart-npm)/build.mjs make

verify-third-party: $(chart-npm)/node_modules ## prove that the bundles are what their packages give
	node $(chart-npm)/build.mjs verify
