#!/usr/bin/env bash
# Writes .ci/requirements.txt: the newest versions that pyproject.toml allows, for every system, each with its digests.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
python3 -I -m venv "$scratch/venv"
"$scratch/venv/bin/python" -I -m pip install -q --disable-pip-version-check 'uv>=0.9'
"$scratch/venv/bin/python" -I -c 'import sys, tomllib
print("\n".join(tomllib.load(open(sys.argv[1], "rb"))["build-system"]["requires"]))' pyproject.toml > "$scratch/build.in"
"$scratch/venv/bin/uv" pip compile pyproject.toml "$scratch/build.in" --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate --quiet --output-file "$scratch/requirements.txt"
{
  echo '# What poc-gate runs with and is built with, each file by its digest; written by .ci/requirements.sh, for action and image.'
  cat "$scratch/requirements.txt"
} > .ci/requirements.txt
