#!/usr/bin/env bash
# Builds what is published into a folder: sdist, wheel, bill of materials and their digests; the same from every folder.
# usage: .ci/release.sh PYTHON FOLDER     PYTHON has the packages of .ci/requirements.txt and nothing else
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1; mkdir -p "$2"; out=$(cd "$2" && pwd)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} PYTHONHASHSEED=0
umask 022
"$python" -c 'import sys; sys.path.insert(0, "."); import setuptools.build_meta as build
out = sys.argv[1]  # the build writes sys.argv anew
build.build_sdist(out); build.build_wheel(out)' "$out" >&2
"$python" -I .ci/sbom.py > "$out/poc-gate.cdx.json"
ls "$out"/*.tar.gz "$out"/*.whl >/dev/null
(cd "$out" && sha256sum ./*.tar.gz ./*.whl ./*.cdx.json > SHA256SUMS)
