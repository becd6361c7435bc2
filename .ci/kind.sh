#!/bin/sh
# Tells content from code: what differs between main and main with the proposal (HEAD^1 and HEAD).
# Where that cannot be told, both are looked at.
set -eu

changed() { ! git diff --quiet --no-ext-diff HEAD^1 HEAD -- "$@"; }

if changed content; then echo content=true; else echo content=false; fi
if changed . ':(exclude)content'; then echo code=true; else echo code=false; fi
