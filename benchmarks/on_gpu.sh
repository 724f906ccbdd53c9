#!/usr/bin/env bash
# Hold the accelerator probe and the speed predictions against a real GPU, in at most eight minutes.
#
#   bash benchmarks/on_gpu.sh pack FOLDER   here: build poc-gate and fetch what it needs for Python 3.12 on x86-64 Linux,
#                                           and put this script and its Python files beside them
#   bash FOLDER/on_gpu.sh run OUT           there: install from the folder (no network), measure, write to OUT
#   bash benchmarks/on_gpu.sh rehearse OUT  here: the same steps on the processor with tiny shapes, no device needed
#
# There the machine needs CUDA's driver, PyTorch and transformers; nothing is installed outside a temporary folder and
# OUT. OUT then holds machine.json (the recorded profile), run.json (every figure measured), report.txt (ratios to the
# peers, and predictions beside measurements), and cpu.json and cpu-one.json (real runs on that machine's processor).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
files=(on_gpu.sh gpu_run.py gpu_peers_torch.py gpu_models.py gpu_report.py product_facts.py
       cpu_runs.py cpu_engines.py cpu_models.py cpu_onnx.py)

pack() {
  local folder=$1 root
  root=$(cd "$here/.." && pwd)
  mkdir -p "$folder/wheels"
  python3 -m pip wheel -q --no-deps -w "$folder/wheels" "$root"
  python3 -m pip download -q --only-binary=:all: --python-version 3.12 --implementation cp --no-deps \
    --platform manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
    -d "$folder/wheels" msgspec 'typer<0.29' click shellingham rich markdown-it-py mdurl pygments pyyaml jinja2 markupsafe \
    psutil py-cpuinfo nvidia-ml-py typing-extensions annotated-doc xllamacpp gguf
  cp "${files[@]/#/$here/}" "$folder/"
  du -sh "$folder"
}

run() {
  local out
  mkdir -p "$1"
  out=$(cd "$1" && pwd)
  cd "$out"  # not where a source tree of poc-gate may lie, which Python would prefer to what was installed
  site=$(mktemp -d)
  trap 'rm -rf "$site"' EXIT
  if [ -d "$here/wheels" ]; then
    python3 -m pip install -q --no-index --no-deps --no-compile --no-cache-dir --upgrade --target "$site" "$here"/wheels/*.whl
    export PYTHONPATH="$site${PYTHONPATH:+:$PYTHONPATH}"
  fi
  export PYTHONUNBUFFERED=1
  python3 "$here/gpu_run.py" --out "$out" ${GPU_PART:+--part "$GPU_PART"} "${@:2}" || failed=1
  python3 "$here/cpu_runs.py" --out "$out/cpu.json" --budget "${CPU_SECONDS:-120}" || failed=1
  python3 "$here/cpu_runs.py" --out "$out/cpu-one.json" --budget "${CPU_ONE_SECONDS:-45}" --threads 1 --repeats 1 || failed=1
  return "${failed:-0}"
}

case "${1:-}" in
  pack) pack "${2:?folder}" ;;
  run) run "${2:?folder for the results}" ;;
  rehearse) run "${2:?folder for the results}" --rehearse ;;
  *) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
