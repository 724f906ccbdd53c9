"""One or more samples for each importer, in the versions and shapes that teams keep; written for these tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import dedent

from weight_samples import LLAMA_8B_GGUF, gguf, safetensors


@dataclass(frozen=True, slots=True)
class Sample:
    """One file and the importer that must recognise it."""

    importer: str
    file: str
    content: bytes

    def __str__(self) -> str:
        """Return the name that a test report shows."""
        return f"{self.importer}-{self.file}"


def _text(importer: str, file: str, text: str) -> Sample:
    return Sample(importer, file, dedent(text).lstrip("\n").encode())


def _json(importer: str, file: str, data: object) -> Sample:
    return Sample(importer, file, json.dumps(data, indent=1).encode())


ODCS_31 = _text(
    "odcs",
    "orders.odcs.yaml",
    """
    apiVersion: v3.1.0
    kind: DataContract
    id: orders-contract
    version: 2.3.0
    status: active
    description: {purpose: fulfil orders, usage: analytics and support, limitations: no card data}
    servers:
      - {server: lab, type: postgres, environment: dev, host: db.lab.example, database: orders, schema: public}
      - {server: live, type: postgres, environment: prod, host: db.example, database: orders, schema: public, region: eu-central}
    schema:
      - name: orders
        tags: [pii]
        properties:
          - {name: id, logicalType: string, unique: true, classification: internal}
          - name: email
            classification: confidential
            transformSourceObjects: [crm.customers]
            quality:
              - {type: library, metric: nullValues, mustBe: 0}
              - {type: library, metric: duplicateValues, mustBe: 0}
        quality:
          - {type: library, metric: rowCount, mustBeGreaterThan: 1000}
    team:
      name: order platform
      members:
        - {username: first, role: Owner, dateIn: "2023-01-01", dateOut: "2024-01-01"}
        - {username: second, role: Owner, dateIn: "2024-01-01"}
    roles:
      - {role: orders_reader, access: read, firstLevelApprovers: data owner}
    slaProperties:
      - {property: latency, value: 250, unit: ms, element: orders.id}
      - {property: frequency, value: 15, unit: min}
      - {property: availability, value: 99.9%}
      - {property: retention, value: P2Y}
      - {property: errorRate, value: 0.1, unit: percent}
      - {property: throughput, value: 200, unit: req/s}
      - {property: timeToDetect, value: 5, unit: min}
      - {property: endOfLife, value: "2031-01-01"}
      - {property: noticePeriod, value: 90, unit: d}
    price: {priceAmount: 1, priceCurrency: EUR, priceUnit: call}
    support: [{channel: "#orders", url: "https://example.com"}]
""",
)
ODCS_30 = _text(
    "odcs",
    "stock.yaml",
    """
    apiVersion: v3.0.2
    kind: DataContract
    id: stock
    version: 1.0.0
    status: draft
    team:
      - {username: keeper, role: Data Owner, dateIn: "2024-05-01"}
    servers:
      - {server: files, type: s3, location: "s3://stock/parquet/*", format: parquet, endpointUrl: "https://s3.example"}
    slaProperties:
      - {property: ly, value: 6, unit: h}
      - {property: fy, value: 1, unit: d}
""",
)
ODCS_22 = _text(
    "odcs",
    "legacy.yaml",
    """
    datasetDomain: seller
    quantumName: my quantum
    userConsumptionMode: Analytical
    version: 1.1.0
    status: current
    uuid: 53581432
    kind: virtualDataset
    apiVersion: v2.2.2
    sourceSystem: bigquery
    dataset:
      - table: tbl
        columns:
          - {column: txn, classification: restricted}
          - {column: name, classification: public}
        quality:
          - {code: nullCheck, type: library}
    stakeholders:
      - {username: somebody, role: owner, dateIn: "2022-10-01"}
    slaProperties:
      - {property: latency, value: 4, unit: d, column: tab1.txn}
      - {property: retention, value: 3, unit: y}
""",
)
DCS = _text(
    "datacontract",
    "datacontract.yaml",
    """
    dataContractSpecification: 1.1.0
    id: urn:datacontract:checkout:orders-latest
    info: {title: Orders, version: 2.0.0, status: active, owner: checkout team, contact: {name: checkout}}
    servers:
      production: {type: s3, environment: prod, location: "s3://orders/{model}/*.json", format: json}
      development: {type: s3, environment: dev, location: "s3://orders-dev/{model}/*.json", format: json}
    terms: {usage: analytics, limitations: not for real time use, noticePeriod: P3M}
    models:
      orders:
        type: table
        fields:
          order_id: {type: text, required: true, unique: true, classification: internal}
          email: {type: text, pii: true, classification: sensitive}
        quality:
          - {type: sql, metric: row_count, mustBeGreaterThan: 5}
    servicelevels:
      availability: {percentage: 99.9%, description: by the cloud}
      retention: {period: P1Y, unlimited: false}
      latency: {threshold: 25h, description: data is available within 25 hours}
      freshness: {threshold: 25h, timestampField: orders.order_timestamp}
      frequency: {type: batch, interval: daily, cron: 0 0 * * *}
""",
)
OPENSLO_V1 = _text(
    "openslo",
    "chat.openslo.yaml",
    """
    - apiVersion: openslo/v1
      kind: SLI
      metadata: {name: chat-latency}
      spec:
        thresholdMetric:
          metricSource: {type: Prometheus, spec: {query: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_milliseconds_bucket[5m])))'}}
    - apiVersion: openslo/v1
      kind: SLO
      metadata: {name: chat-latency}
      spec:
        service: chat
        indicatorRef: chat-latency
        timeWindow: [{duration: 4w, isRolling: true}]
        budgetingMethod: Timeslices
        objectives: [{op: lte, value: 800, target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 5m}]
        alertPolicies: [fast, slow]
    - apiVersion: openslo/v1
      kind: DataSource
      metadata: {name: metrics}
      spec: {type: Prometheus, connectionDetails: {url: "https://metrics.example", accessKey: "AK-very-private-1234"}}
""",
)
OPENSLO_ALPHA = _text(
    "openslo",
    "slo.v1alpha.yaml",
    """
    apiVersion: openslo/v1alpha
    kind: SLO
    metadata: {name: search-availability, displayName: Search is available}
    spec:
      service: search
      budgetingMethod: Occurrences
      timeWindows: [{count: 4, unit: Week, isRolling: true}]
      objectives:
        - ratioMetrics:
            good: {source: prometheus, queryType: promql, query: 'sum(rate(http_requests_total{code!~"5.."}[5m]))'}
            total: {source: prometheus, queryType: promql, query: 'sum(rate(http_requests_total[5m]))'}
          target: 0.995
""",
)
OPENSLO_V2 = _text(
    "openslo",
    "slo.v2alpha.yaml",
    """
    apiVersion: openslo.com/v2alpha
    kind: SLO
    metadata: {name: api-availability}
    spec:
      service: api
      sli:
        metadata: {name: api}
        spec:
          ratioMetric:
            counter: true
            good: {dataSourceRef: prom, spec: {query: 'sum(rate(http_requests_total{code!~"5.."}[5m]))'}}
            total: {dataSourceRef: prom, spec: {query: 'sum(rate(http_requests_total[5m]))'}}
      timeWindow: [{duration: 1M, isRolling: false}]
      budgetingMethod: Occurrences
      objectives: [{targetPercent: 99.5}]
""",
)
SLOTH = _text(
    "sloth",
    "sloth.yaml",
    """
    version: prometheus/v1
    service: gateway
    slos:
      - name: requests-availability
        objective: 99.9
        sli: {events: {error_query: 'sum(rate(http_request_duration_seconds_count{code=~"5.."}[{{.window}}]))', total_query: 'sum(rate(http_request_duration_seconds_count[{{.window}}]))'}}
        alerting: {name: Gateway, page_alert: {labels: {severity: page}}, ticket_alert: {labels: {severity: ticket}}}
      - name: requests-latency
        objective: 99
        sli: {events: {error_query: 'sum(rate(http_request_duration_seconds_count[{{.window}}])) - sum(rate(http_request_duration_seconds_bucket{le="0.5"}[{{.window}}]))', total_query: 'sum(rate(http_request_duration_seconds_count[{{.window}}]))'}}
        alerting: {name: Latency, page_alert: {}, ticket_alert: {}}
""",
)
SLOTH_CRD = _text(
    "sloth",
    "sloth-crd.yaml",
    """
    apiVersion: sloth.slok.dev/v1
    kind: PrometheusServiceLevel
    metadata: {name: gateway}
    spec:
      service: gateway
      slos:
        - name: availability
          objective: 99.5
          sli: {events: {errorQuery: 'sum(rate(errors_total[{{.window}}]))', totalQuery: 'sum(rate(requests_total[{{.window}}]))'}}
          alerting: {pageAlert: {disable: true}, ticketAlert: {}}
""",
)
HF_CONFIG = _json("huggingface-config", "config.json", {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
    "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8, "max_position_embeddings": 131072,
    "tie_word_embeddings": False, "dtype": "bfloat16", "vocab_size": 128256, "attention_bias": False, "mlp_bias": False,
    "_name_or_path": "example/model-8b",
})  # fmt: skip
HF_FP8 = _json("huggingface-config", "fp8.config.json", {
    "model_type": "llama", "architectures": ["LlamaForCausalLM"], "num_hidden_layers": 2, "hidden_size": 64, "vocab_size": 100,
    "num_attention_heads": 4, "intermediate_size": 128, "torch_dtype": "bfloat16",
    "quantization_config": {"quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [128, 128]},
})  # fmt: skip
SAFETENSORS = Sample("safetensors", "model.safetensors", safetensors({
    "embed.weight": ("BF16", [100, 64]), "layers.0.q.weight": ("BF16", [64, 64]), "norm": ("F32", [64]),
}))  # fmt: skip
SAFETENSORS_INDEX = _json("safetensors", "model.safetensors.index.json", {
    "metadata": {"total_size": 16060522496, "total_parameters": 8030261248},
    "weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"},
})  # fmt: skip
GGUF = Sample(
    "gguf",
    "model-q4_k_m.gguf",
    gguf(LLAMA_8B_GGUF, [("token_embd.weight", [4096, 128], 12), ("norm", [4096], 0)]),
)
CYCLONEDX = _json("cyclonedx", "bom.cdx.json", {
    "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"timestamp": "2026-10-02T08:00:00Z"},
    "components": [
        {"type": "library", "name": "torch", "version": "2.9"},
        {"type": "machine-learning-model", "name": "ranker", "version": "3.1",
         "hashes": [{"alg": "SHA-256", "content": "AB" * 32}], "licenses": [{"license": {"id": "MIT"}}],
         "modelCard": {"modelParameters": {"task": "text-generation"},
                       "considerations": {"technicalLimitations": ["short texts only"], "users": ["support agents"]}}},
        {"type": "data", "name": "corpus", "data": [{"type": "dataset", "classification": "confidential",
         "sensitiveData": ["names"], "governance": {"owners": [{"organization": {"name": "knowledge team"}}]}}]},
    ],
})  # fmt: skip
CROISSANT_11 = _json("croissant", "faq-croissant.json", {
    "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/"},
    "@type": "Dataset", "name": "faq", "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
    "license": {"@id": "https://spdx.org/licenses/CC-BY-4.0"}, "version": "1.4", "dateModified": "2026-09-09", "isLiveDataset": True,
    "creator": {"@type": "Organization", "name": "knowledge team"}, "usageInfo": "https://example.com/terms",
    "distribution": [{"@type": "cr:FileObject", "@id": "a", "contentUrl": "s3://faq/a.parquet", "contentSize": "1.5 GB",
                      "encodingFormat": "application/x-parquet", "sha256": "https://example.com/digest"}],
    "rai:dataCollection": "articles of the knowledge team", "rai:dataUseCases": ["answering questions"],
    "rai:personalSensitiveInformation": ["names of authors"], "rai:dataLimitations": "German only",
})  # fmt: skip
DEPLOYMENT = _text(
    "kubernetes",
    "deployment.yaml",
    """
    ---
    ---
    apiVersion: v1
    kind: List
    items:
      - apiVersion: apps/v1
        kind: Deployment
        metadata: {name: llm, labels: {app: llm}}
        spec:
          replicas: 3
          template:
            metadata: {labels: {app: llm}}
            spec:
              terminationGracePeriodSeconds: 120
              nodeSelector: {cloud.google.com/gke-accelerator: nvidia-l4, topology.kubernetes.io/region: europe-west4}
              containers:
                - name: server
                  image: vllm/vllm-openai:v0.11.0
                  args: ["--model", "example/model-8b", "--max-model-len=16384", "--max-num-seqs", "32", "--tensor-parallel-size=2", "--kv-cache-dtype=fp8"]
                  readinessProbe: {httpGet: {path: /health, port: 8000}}
                  resources: {requests: {cpu: "4", memory: 32Gi}, limits: {memory: 48Gi, nvidia.com/gpu: 2}}
                  env: [{name: HF_TOKEN, value: hf_abcdefghijklmnopqrstuvwxyz012345}]
                - name: exporter
                  image: exporter:1.0
                  resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
      - apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: llm}
        spec: {scaleTargetRef: {kind: Deployment, name: llm}, minReplicas: 2, maxReplicas: 8}
      - apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: llm}
        spec: {minAvailable: 2}
      - apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: llm}
        spec: {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
""",
)
LEADER_WORKER = _text(
    "kubernetes",
    "lws.yaml",
    """
    apiVersion: leaderworkerset.x-k8s.io/v1
    kind: LeaderWorkerSet
    metadata: {name: big}
    spec:
      replicas: 2
      leaderWorkerTemplate:
        size: 4
        leaderTemplate:
          spec:
            containers:
              - {name: leader, image: "vllm/vllm-openai:latest", command: [sh, -c, "vllm serve example/big --tensor-parallel-size 8 --max-model-len 32k"], resources: {limits: {nvidia.com/gpu: "8"}}}
        workerTemplate:
          spec:
            containers:
              - {name: worker, image: "vllm/vllm-openai:latest", resources: {limits: {nvidia.com/gpu: "8"}}}
""",
)
INFERENCE_SERVICE = _text(
    "kubernetes",
    "isvc.yaml",
    """
    apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata: {name: hosted-llm}
    spec:
      predictor:
        minReplicas: 1
        maxReplicas: 4
        model:
          modelFormat: {name: huggingface}
          storageUri: hf://example/model-8b
          args: [--max_model_len=8192]
          resources: {limits: {cpu: "6", memory: 24Gi, nvidia.com/gpu: "1"}, requests: {cpu: "6", memory: 24Gi}}
""",
)
LLM_SERVICE = _text(
    "kubernetes",
    "llmisvc.yaml",
    """
    apiVersion: serving.kserve.io/v1alpha1
    kind: LLMInferenceService
    metadata: {name: deepseek}
    spec:
      model: {uri: hf://example/moe, name: example/moe}
      replicas: 2
      parallelism: {data: 16, dataLocal: 8, expert: true, tensor: 1}
      template: {containers: [{name: main, resources: {limits: {nvidia.com/gpu: "8"}}}]}
      worker: {containers: [{name: main, resources: {limits: {nvidia.com/gpu: "8"}}}]}
""",
)
OPENLINEAGE = Sample("openlineage", "lineage.jsonl", "\n".join(
    json.dumps({
        "eventType": kind, "eventTime": f"2026-11-{day:02}T02:{minute:02}:00Z", "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "run": {"runId": f"run-{day}"}, "job": {"namespace": "etl", "name": "orders"},
        "inputs": [{"namespace": "postgres://db:5432", "name": "shop.public.orders"}],
        "outputs": [{"namespace": "s3://lake", "name": "orders"}],
    }) for day in range(1, 5) for kind, minute in (("START", 0), ("COMPLETE", 20 + day))
).encode())  # fmt: skip
DBT_SOURCES = _json("dbt-sources", "sources.json", {
    "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json"},
    "results": [{"unique_id": "source.shop.raw.orders", "max_loaded_at": "2026-11-21T04:00:00Z", "snapshotted_at": "2026-11-21T06:00:00Z",
                 "max_loaded_at_time_ago_in_s": 7200.5, "status": "warn",
                 "criteria": {"warn_after": {"count": 1, "period": "hour"}, "error_after": {"count": 6, "period": "hour"}, "filter": None}}],
})  # fmt: skip
DBT_MANIFEST = _json("dbt-manifest", "manifest.json", {
    "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "adapter_type": "snowflake", "generated_at": "2026-11-20T00:00:00Z"},
    "sources": {"source.shop.raw.orders": {"name": "orders", "source_name": "raw", "database": "prod", "schema": "raw", "identifier": "orders",
                "meta": {"owner": "order platform"}, "freshness": {"warn_after": {"count": 12, "period": "hour"}, "error_after": {"count": 1, "period": "day"}},
                "columns": {"email": {"name": "email", "tags": ["pii"]}}}},
    "nodes": {f"test.shop.{name}": {"resource_type": "test", "test_metadata": {"name": name}, "depends_on": {"nodes": ["source.shop.raw.orders"]}}
              for name in ("not_null", "unique", "expect_table_row_count_to_be_between")},
    "child_map": {},
})  # fmt: skip
MLMODEL = _text(
    "mlflow",
    "MLmodel",
    """
    artifact_path: model
    flavors:
      python_function: {env: {conda: conda.yaml}, loader_module: mlflow.sklearn, model_path: model.pkl, python_version: 3.11.7}
      sklearn: {pickled_model: model.pkl, serialization_format: cloudpickle, sklearn_version: 1.5.0}
    mlflow_version: 2.17.0
    model_size_bytes: 123456
    model_uuid: 5a7b1c
    run_id: 0f1e2d
    signature: {inputs: '[{"type": "double", "name": "age"}, {"type": "long", "name": "visits"}]', outputs: '[]'}
    utc_time_created: '2026-09-30 11:22:33.000000'
""",
)
PROMETHEUS = _text(
    "prometheus",
    "alert-rules.yaml",
    """
    groups:
      - name: slo
        rules:
          - alert: FastBurn
            expr: job:errors:ratio_rate1h{job="chat"} > 14.4 * (1 - 0.999) and job:errors:ratio_rate5m{job="chat"} > 14.4 * (1 - 0.999)
          - alert: SlowBurn
            expr: sum(rate(errors[6h])) / sum(rate(all[6h])) > 6 * 0.001 and sum(rate(errors[30m])) / sum(rate(all[30m])) > 6 * 0.001
          - alert: QueueLong
            expr: vllm:num_requests_waiting > 10 and vllm:gpu_cache_usage_perc > 0.9
          - alert: InputDrift
            expr: feature_psi > 0.25
          - record: job:errors:ratio_rate1h
            expr: sum(rate(errors[1h])) / sum(rate(all[1h]))
""",
)
PROMETHEUS_CRD = _text(
    "prometheus",
    "prometheus-crd.yaml",
    """
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: {name: rules}
    spec: {groups: [{name: one, rules: [{alert: Full, expr: "vllm:kv_cache_usage_perc > 0.9", for: 5m}]}]}
""",
)
OPENAPI = _text(
    "openapi",
    "pricing-openapi.yaml",
    """
    openapi: 3.1.0
    info: {title: Pricing, version: 4.2.0, contact: {name: pricing team}, license: {name: internal}}
    servers:
      - {url: "https://sandbox.pricing.example/v4", description: sandbox}
      - {url: "https://{zone}.pricing.example/v4", description: production, variables: {zone: {default: eu}}}
    paths:
      /price/{id}:
        get:
          responses: {200: {description: ok}}
          x-amazon-apigateway-integration: {type: http, timeoutInMillis: 1500}
""",
)
SWAGGER = _json(
    "openapi",
    "swagger.json",
    {"swagger": "2.0", "info": {"title": "old", "version": "1"}, "host": "api.example", "paths": {}},
)
MODEL_CARD = _text(
    "model-card",
    "README.md",
    """
    ---
    license: apache-2.0
    base_model: example/base
    pipeline_tag: text-generation
    model-index:
      - name: ours
        results:
          - {task: {type: text-generation}, dataset: {name: FAQ, type: faq}, metrics: [{type: exact_match, value: 0.81}]}
    ---
    # Ours

    ## Intended use
    Drafts answers for support agents, who edit and send them.

    ## Limitations
    It does not know products that were launched after the summer.

    ## Out-of-scope use
    Sending answers without a person.
""",
)
HARNESS = _json("evaluation", "results.json", {
    "results": {"gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.8, "exact_match_stderr,strict-match": 0.02}},
    "configs": {"gsm8k": {}}, "n-samples": {"gsm8k": {"original": 500, "effective": 400}}, "date": 1763000000.5, "lm_eval_version": "0.4.9",
})  # fmt: skip
PLAIN_EVAL = _json(
    "evaluation",
    "eval.json",
    {"n": 420, "failures": 9, "repeats": 5, "date": "2026-11-01", "slices": {"de": {}, "en": {}}},
)
REQUIREMENTS = _text(
    "requirements",
    "requirements.txt",
    """
    --index-url https://pypi.example/simple
    # serving
    vllm==0.11.0 \\
        --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    uvicorn[standard]==0.30.0 ; python_version > "3.9"
    requests>=2
""",
)
UV_LOCK = _text(
    "requirements",
    "uv.lock",
    """
    version = 1
    requires-python = ">=3.11"

    [[package]]
    name = "idna"
    version = "3.10"
    source = { registry = "https://pypi.example/simple" }
    wheels = [{ url = "https://files.example/idna.whl", hash = "sha256:aa", size = 70442 }]

    [[package]]
    name = "ours"
    version = "0.1.0"
    source = { editable = "." }
""",
)
RECORD = _text(
    "record",
    "operations-record.yaml",
    """
    rollback: {tested_on: 2026-11-10, took: 5 min}
    stop: {tested_on: 2026-11-10, took: 20 s}
    classification: {tier: minimal, role: deployer}
    quota: {requests_per_min: 300}
    access: [{source: knowledge-base, granted_on: 2026-10-12, environment: production}]
    prices: {in_token: 0.50 EUR/Mtok}
""",
)

SAMPLES: tuple[Sample, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Sample))
