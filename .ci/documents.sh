#!/usr/bin/env bash
# Writes the documents that come from the code: help of every command, rule pages, facts, JSON Schemas, states by format.
# usage: bash .ci/documents.sh [--check]     --check compares and changes nothing
set -euo pipefail
cd "$(dirname "$0")/.."
gate=${POC_GATE:-.venv/bin/poc-gate}
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
export COLUMNS=100 NO_COLOR=1 TERM=dumb

mkdir -p "$fresh/schemas"
{
  printf '# Commands\n\nGenerated from the program; `bash .ci/documents.sh` writes it again.\n'
  printf '\n```text\n$ poc-gate --help\n%s\n```\n' "$($gate --help)"
  for command in $($gate --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'); do
    printf '\n## %s\n\n```text\n$ poc-gate %s --help\n%s\n```\n' "$command" "$command" "$($gate "$command" --help)"
    for inner in $($gate "$command" --help | sed -n '/^Commands:/,$s/^  \([a-z][a-z-]*\)  .*/\1/p'); do
      printf '\n### %s %s\n\n```text\n$ poc-gate %s %s --help\n%s\n```\n' \
        "$command" "$inner" "$command" "$inner" "$($gate "$command" "$inner" --help)"
    done
  done
} >"$fresh/commands.md"
$gate rules docs "$fresh/rules" >/dev/null
$gate schema facts --format markdown >"$fresh/facts.md"
$gate schema pilot --format markdown >"$fresh/manifest.md"
for schema in pilot result machine node sources rule pack waivers; do
  $gate schema "$schema" >"$fresh/schemas/$schema.json"
done

if [ "${1:-}" = --check ]; then
  .venv/bin/python .ci/readme_output.py --check README.md
  .venv/bin/python .ci/state_table.py --check docs/reports.md
  .venv/bin/python .ci/constants_page.py --check docs/models/constants.md
  for name in commands.md facts.md manifest.md rules schemas; do
    diff -ru "docs/$name" "$fresh/$name" >"$fresh/diff" || {
      head -n 40 "$fresh/diff"; echo "poc-gate: docs/$name is out of date -> run: bash .ci/documents.sh" >&2; exit 1; }
  done
  exit 0
fi
.venv/bin/python .ci/readme_output.py README.md
.venv/bin/python .ci/state_table.py docs/reports.md
.venv/bin/python .ci/constants_page.py docs/models/constants.md
rm -rf docs/rules docs/schemas
cp -r "$fresh"/commands.md "$fresh"/facts.md "$fresh"/manifest.md "$fresh"/rules "$fresh"/schemas docs/
