#!/usr/bin/env bash
# Records the spans of `recorded_pilot.py` as test data: a folder for each instrumentation of the model client and for each fault.
# usage: bash benchmarks/record_traces.sh [folder for packages, default .cache/record-traces]
# Needs what .ci/services.sh starts. Outputs go to tests/inputs/observe/files/traces/, packed.
set -euo pipefail
cd "$(dirname "$0")/.."
place=${1:-.cache/record-traces}
to=tests/inputs/observe/files/traces
python=$place/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$place"
  "$place/bin/pip" install -q opentelemetry-sdk==1.45.1 opentelemetry-exporter-otlp-json-file opentelemetry-exporter-otlp-proto-http \
    opentelemetry-instrumentation-{fastapi,httpx,psycopg,redis} opentelemetry-instrumentation-openai-v2==2.3b0 opentelemetry-instrumentation-openai \
    openinference-instrumentation-openai "wrapt<2" fastapi uvicorn httpx "psycopg[binary]" redis openai numpy
fi
mkdir -p "$to"
work=$(mktemp -d)
started=()
trap 'code=$?; [ $code = 0 ] || tail -n 20 "$work"/*.log >&2; kill "${started[@]}" 2>/dev/null; rm -rf "$work"; exit $code' EXIT

# record NAME [ENVIRONMENT...]: one run of the pilot, its spans in $to/NAME.jsonl.gz
record() {
  local name=$1 ending=jsonl; shift
  export RECORD=$work/$name
  started=()
  for role in model rerank answer; do
    env "$@" "$python" benchmarks/recorded_pilot.py $role 2>"$work/$role.log" & started+=($!)
  done
  for port in 58701 58702 58703; do
    for _ in $(seq 100); do (: </dev/tcp/127.0.0.1/$port) 2>/dev/null && break; sleep 0.2; done
  done
  env "$@" "$python" benchmarks/recorded_pilot.py drive
  kill -INT "${started[@]}"; wait "${started[@]}" || true
  case " $* " in *" FORM=proto "*) ending=binpb ;; esac
  cat "$RECORD".* | gzip -9n >"$to/$name.$ending.gz"
}

only=${ONLY:-}
want() { [ -z "$only" ] || [ "$only" = "$1" ]; }
want openai-v2 && record openai-v2 GENAI=otel OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental,http,database COUNT=40
want openai-v2-old && record openai-v2-old GENAI=otel COUNT=40 STREAM=0
want openllmetry && record openllmetry GENAI=openllmetry COUNT=40
want openinference && record openinference GENAI=openinference COUNT=40
want protobuf && record protobuf GENAI=otel FORM=proto COUNT=40
want head-sampled && record head-sampled GENAI=otel HEAD_SHARE=0.25 COUNT=120
want delay-50ms && record delay-50ms GENAI=otel RERANK_DELAY=0.05 COUNT=40
want delay-500ms && record delay-500ms GENAI=otel RERANK_DELAY=0.5 COUNT=40
want errors-5pct && record errors-5pct GENAI=otel RERANK_ERRORS=0.05 COUNT=120

# What the tracing products write, in an environment of its own: their requirements exclude each other's.
exports=$place-exports
if [ -z "$only" ] || [ "$only" = exports ]; then
  if [ ! -x "$exports/bin/python" ]; then
    python3 -m venv "$exports"
    "$exports/bin/pip" install -q mlflow-skinny==3.17.2 mlflow-tracing==3.17.2 langsmith==0.15.1 langfuse==5.0.4 arize-phoenix==20.26.1 \
      opentelemetry-exporter-otlp-proto-http
  fi
  "$exports/bin/python" benchmarks/record_trace_exports.py "$to"
fi
ls -l "$to"
