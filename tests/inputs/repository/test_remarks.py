"""What no field of the manifest holds is remarked on once a kind, with its place; plans of load tests and licences are read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.show_inspection import render_json, render_text

APP = "from openai import OpenAI\nSIMILARITY_THRESHOLD = 0.78\nMAX_HISTORY = 5\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"


def make(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.mark.parametrize(
    ("path", "text", "kind", "says"),
    [
        ("app/main.py", APP, "similarity threshold", "SIMILARITY_THRESHOLD 0.78"),
        ("app/main.py", APP, "history", "MAX_HISTORY 5"),
        ("LICENSE", "Permission is hereby granted, free of charge, to any person obtaining a copy of this\n", "licence of the code", "MIT"),
        ("LICENSE", "Mozilla Public License Version 2.0\n" + "\n" * 400 + "compatible with the GNU General Public License, Version 2.0\n", "licence of the code", "MPL-2.0"),
        ("LICENSE", "Copyright 2024, the authors\n\nRedistribution and use in source and binary forms\n" + "\n" * 400 + "Neither the name of\n", "licence of the code", "BSD-3-Clause"),
        ("main.tf", 'resource "x" "y" {\n  instance_type = "db.t3.large"\n}\n', "machine size", "db.t3.large"),
        ("data/reviews/LICENSE", "Creative Commons Attribution-NonCommercial 4.0 International\n", "licence of the data", "CC-BY-NC-4.0"),
        ("models/base/LICENSE.txt", "LLAMA 2 COMMUNITY LICENSE AGREEMENT\n", "licence of a model", "Llama community licence"),
        ("train.py", "from transformers import TrainingArguments\nTrainingArguments(output_dir='o', num_train_epochs=3)\n", "learning", "num_train_epochs 3"),
        ("LICENSE", "Our own terms\n", "licence of the code", "a licence of its own: read it"),
        ("k6/plan.js", "export const options = { stages: [{ duration: '30s', target: 200 }] };\n", "load test", "duration 30s, target 200"),
        ("perf/plan.jmx", '<stringProp name="ThreadGroup.num_threads">50</stringProp>\n', "load test", "num_threads 50"),
        ("grafana/dashboards/service.json", "{}", "dashboards", "dashboards are kept as files"),
        ("prompts/answer.txt", "Answer briefly.\n", "prompts in files", "prompts are kept in files"),
        ("compose.yaml", "services:\n  db:\n    image: postgres\n    environment: {POSTGRES_PASSWORD: hunter2}\n", "floating image", "postgres"),
        ("compose.yaml", "services:\n  db:\n    image: postgres:16\n    environment: {POSTGRES_PASSWORD: hunter2}\n", "password in a file", "POSTGRES_PASSWORD"),
        ("main.tf", 'resource "aws_secretsmanager_secret" "key" {\n  name = "x"\n}\n', "secrets manager", "secrets are kept in a service of the cloud"),
        ("app/web.py", "app.add_middleware(CORSMiddleware, allow_origins=['*'])\n", "open to all origins", "pages of any origin may call it"),
        ("function_app.py", "app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)\n", "open without sign-in", "requests need no sign-in"),
        ("infra/main.tf", 'resource "aws_db_instance" "a" {\n  instance_class = "db.t3.medium"\n}\n', "machine size", "db.t3.medium"),
        ("infra/main.tf", 'resource "aws_db_instance" "a" {\n  backup_retention_period = 7\n}\n', "backups", "7"),
        ("infra/db.bicep", "resource d 'a/b@1' = {\n  properties: {\n    disableLocalAuth: true\n  }\n}\n", "keys are switched off", "only identities sign in, no keys"),
        ("k8s/rollout.yaml", "kind: Rollout\nspec:\n  strategy:\n    canary:\n      steps:\n        - setWeight: 20\n", "gradual roll-out", "20"),
        ("serving/service.yaml", "spec:\n  predictor:\n    canaryTrafficPercent: 10\n", "gradual roll-out", "10"),
        ("config/train.yaml", "min_roc_auc: 0.82\n", "promotion threshold", "min_roc_auc 0.82"),
        ("app/watch.py", "PSI_THRESHOLD = 0.2\n", "drift threshold", "PSI_THRESHOLD 0.2"),
        ("infra/k8s/hpa.yaml", "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n", "autoscaling", "the number of machines follows the load"),
        ("infra/grafana-alerting-configmap.yaml", "a: 1\n", "alerts", "alerts are kept as files"),
        ("k8s/job.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: ours:latest\n", "floating image", "ours"),
        ("flows/score.py", "@task(retries=3, retry_delay_seconds=10)\ndef f(): ...\n", "retries", "3"),
        ("internal/handler.go", 'mux.HandleFunc("POST /api/messages/{id}/feedback", h.Feedback)\n', "feedback of users", "people rate answers"),
        ("infra/main.bicep", "module id 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.1' = {\n}\n", "identity of its own", "it runs under an identity of its own"),
        ("app/find.py", "from qdrant_client import QdrantClient\nQdrantClient(host='h').query_points('a', query=[1.0], score_threshold=0.6)\n", "similarity threshold", "score_threshold 0.6, SIMILARITY_THRESHOLD 0.78"),
        (".github/workflows/ci.yml", "jobs:\n  test:\n    steps:\n      - run: make test\n", "checks of changes", "make test"),
        ("lib/search.ts", "db.select().where(gt(similarity, 0.3))\n", "similarity threshold", "SIMILARITY_THRESHOLD 0.78, 0.3"),
        ("infra/api.bicep", "cors: {\n  allowedOrigins: [\n    '*'\n  ]\n}\n", "open to all origins", "pages of any origin may call it"),
        ("etl/validation.py", "from great_expectations.core import ExpectationSuite\n", "data checks", "data is checked by rules"),
        ("train.py", "from sklearn.metrics import f1_score\nif f1 >= 0.70 and auc >= 0.90:\n    promote()\n", "promotion threshold", "f1 >= 0.70"),
        ("train.py", "from xgboost import XGBClassifier\nmodel = XGBClassifier()\n", "classic model", "XGBClassifier"),
        ("stacks/web.py", "from aws_cdk import aws_cognito as cognito\npool = cognito.UserPool(self, 'P')\n", "sign-in", "people sign in"),
        ("main.tf", 'variable "backup_retention_days" {\n  default = 7\n}\n', "backups", "backup_retention_days 7"),
        ("eval_corpus/eval_questions.json", "[]", "evaluation data", "questions or results of an evaluation are kept"),
        ("train.py", "from sklearn.metrics import roc_auc_score\nroc_auc_score(a, b)\n", "measures of quality", "roc_auc_score"),
        ("promote.py", "client.set_registered_model_alias('churn', 'champion', 3)\n", "promotion to production", "code puts a model into use"),
        (".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    steps:\n      - run: pytest -q\n", "checks of changes", "pytest"),
        (".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    steps:\n      - run: gcloud run deploy web\n", "deployed by a workflow", "gcloud run deploy"),
        ("Dockerfile", "FROM python:3.12\nUSER app\n", "runs without root", "the container does not run as root"),
        ("app/files.ts", "if (file.size > 5 * 1024 * 1024) throw new Error('x');\n", "upload limit", "5 * 1024 * 1024"),
        ("src/main/resources/application.yml", "spring:\n  security:\n    user:\n      password: hunter2\n", "password in a file", "password"),
        ("config/train.yaml", "lora_config:\n  adapter_dim: 32\n", "adapters are trained", "lora_config.adapter_dim 32"),
        ("app/who.py", "from jose import jwt\n", "sign-in", "people sign in"),
        ("app/who.py", "from fastapi.security import HTTPBasic\n\nsecurity = HTTPBasic()\n", "sign-in", "people sign in"),
        ("app/model.py", "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model='gpt-4o', temperature=0.2)\n", "temperature", "temperature 0.2"),
        ("package.json", '{"dependencies": {"express-rate-limit": "7.0.0"}}', "rate limit", "requests are rate-limited (express-rate-limit)"),
    ],
)  # fmt: skip
def test_a_remark_is_made(path: str, text: str, kind: str, says: str, tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, path: text})
    reading = inspect_repository(tmp_path)
    found = {one.kind: one for one in reading.remarks}
    assert found[kind].says == says
    assert (tmp_path / found[kind].place.file).is_file()
    shown = render_text(reading) + render_json(reading).decode()
    assert "hunter2" not in shown
    assert kind in {one["kind"] for one in json.loads(render_json(reading))["remarks"]}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("CHUNK_SIZE_TOKENS = 512", "size of a passage: 512 tokens (app/main.py:"),
        ("CHUNK_SIZE_CHARS = 900", "size of a passage: 900 characters (app/main.py:"),
        ("CHUNK_SIZE = 900", "size of a passage: 900 in the splitter's own unit (app/main.py:"),
    ],
)
def test_what_no_field_takes_is_not_shown_as_a_fact(line: str, shown: str, tmp_path: Path) -> None:
    splits = "from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(model='text-embedding-3-small')\nsplit_text(size=CHUNK_SIZE)\n"
    make(
        tmp_path,
        {"app/main.py": f"{line}\n{splits}{APP}".replace("=CHUNK_SIZE", f"={line.split(maxsplit=1)[0]}")},
    )
    reading = inspect_repository(tmp_path)
    assert "retrieval.chunk_size" in {found.claim.fact for found in reading.facts}
    said = render_text(reading)
    facts, _, beside = said.partition("also found, with no field in the manifest")
    assert "retrieval.chunk_size" not in said
    assert "size of a passage" not in facts
    assert shown in beside


def test_messages_of_a_queue_are_no_conversation(tmp_path: Path) -> None:
    text = "from google.cloud import pubsub_v1\nsettings = pubsub_v1.types.BatchSettings(max_messages=10, max_bytes=1024)\n"
    make(tmp_path, {"app/main.py": APP.replace("MAX_HISTORY = 5\n", ""), "app/send.py": text})
    assert "history" not in {one.kind for one in inspect_repository(tmp_path).remarks}


def test_a_script_of_load_is_not_called_planned(tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, "scripts/stress_test_api.py": "import asyncio\n"})
    said = {one.kind: one.says for one in inspect_repository(tmp_path).remarks}
    assert said["load test"] == "a load test is kept"


def test_tests_and_copies_of_others_are_not_remarked_on(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            "tests/prompts/x.txt": "a",
            "vendor/grafana/d.json": "{}",
            "tests/app.py": "SIMILARITY_THRESHOLD = 0.1\n",
        },
    )
    assert not inspect_repository(tmp_path).remarks


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("app/web.py", "# allow_origins=['*'] is not what we want\n", "open to all origins"),
        ("app/retry.py", "retry_count = 0\n", "retries"),
        ("app/crawl.yaml", "max_depth: 3\n", "learning"),
        ("scripts/shot.py", "timeout = 30000\n", "time limit"),
        ("compose.yaml", "services:\n  web:\n    image: ours\n    build: .\n", "floating image"),
        ("test-inputs/PromptTemplating.json", "{}", "prompts in files"),
        ("docs/02-customise-the-prompt.md", "How to.\n", "prompts in files"),
        (".github/prompts/create-agents.prompt.md", "Do this.\n", "prompts in files"),
        ("pyproject.toml", "[project]\ndependencies = ['python-jose==3.3.0']\n", "sign-in"),
        ("config/app.yaml", "embedding-model:\n  chunk-size: 512\n", "batch"),
        ("src/scripts/load_test_data.py", "rows = []\n", "load test"),
        ("claudedocs/execution-prompt.md", "Do this.\n", "prompts in files"),
        ("Documentation/prompt_inventory.md", "Which there are.\n", "prompts in files"),
        ("Dockerfile", "FROM python:3.12\nUSER finder\nRUN make\nUSER root\n", "runs without root"),
        ("packages/shop-telemetry/send.py", "import requests\nSEND_BATCH_SIZE = 32\n", "batch"),
        ("scripts/pack.ts", "if (file.size > 200 * 1024 * 1024) throw new Error();\n", "upload limit"),
        (
            "review.py",
            "from sklearn.metrics import f1_score\nif recall < 0.5:\n    print('low')\n",
            "promotion threshold",
        ),
        ("requirements.txt", "tenacity==8.2\n", "retries"),
        ("requirements.txt", "msal==1.16.0\npyjwt==2.8.0\n", "sign-in"),
        (
            "app/who.py",
            "import requests\n\nrequests.put('http://169.254.169.254', headers={'X-aws-ec2-metadata-token-ttl-seconds': '21600'})\n",
            "lifetime of records",
        ),
        ("site/_build/doctrees/environment.pickle", "x", "pickled model"),
        ("main.tf", 'instance_type = var.env != "prod" ? "db.t3.micro" : "db.t3.large"\n', "machine size"),
        ("tests/web.py", "app.add_middleware(CORSMiddleware, allow_origins=['*'])\n", "open to all origins"),
        ("config/app.yaml", "password: ${DB_PASSWORD}\n", "password in a file"),
        ("infra/main.tf", 'variable "kb_log_group_retention_in_days" {\n  default = 0\n}\n', "retention"),
        (
            ".github/compose-services.yaml",
            "services:\n  db:\n    image: postgres:16\n    environment: {POSTGRES_PASSWORD: hunter2}\n",
            "password in a file",
        ),
        (
            "app/web.py",
            "def make(settings):\n    if settings.environment == 'development':\n        app.add_middleware(\n            CORSMiddleware,\n            allow_origins=['*'],\n        )\n",
            "open to all origins",
        ),
        (
            "app/api.py",
            "if origins:\n    app.add_middleware(CORSMiddleware, allow_origins=origins)\nelif not settings.is_production:\n    app.add_middleware(\n        CORSMiddleware,\n        allow_origins=['*'],\n    )\n",
            "open to all origins",
        ),
        (
            "app/main.py",
            "if ENV != 'production':\n    app.add_middleware(CORSMiddleware, allow_origins=['*'])\n",
            "open to all origins",
        ),
        (".agents/skills/measure/prompts-of-judges.md", "Judge.\n", "prompts in files"),
        ("config/app.yaml", "query_timeout: -1\n", "time limit"),
        (".gemini/skills/measure/prompts.md", "Judge.\n", "prompts in files"),
        ("config/app.yaml", "links:\n  presign_ttl_seconds: 3600\n", "lifetime of records"),
        (
            "config/app.yaml",
            "datasource:\n  url: jdbc:h2:mem:shop\n  password: letmein\n",
            "password in a file",
        ),
        ("src/drizzle/drizzle.module.ts", "export class DrizzleModule {}\n", "changes of the database"),
        ("content/guide/security.md", "How we sign in.\n", "security policy"),
        ("infra/main.tf", "  vm_size = var.node_vm_size\n", "machine size"),
        ("infra/main.bicep", "    skuName: 'Standard_LRS'\n", "machine size"),
        (
            "k8s/etcd.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: vectors-etcd\nspec:\n  template:\n    spec:\n      containers:\n        - image: quay.io/shop/etcd:3.5.5\n          env:\n            - name: ETCD_COMPACTION_RETENTION\n              value: '1000'\n",
            "retention",
        ),
        (
            "requirements.txt",
            "".join(f"shop-part-{number}==1.0\n" for number in range(90)) + "msal==1.26.0\n",
            "sign-in",
        ),
    ],
)
def test_what_is_only_mentioned_is_not_remarked_on(path: str, text: str, kind: str, tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, path: text})
    assert kind not in {one.kind for one in inspect_repository(tmp_path).remarks}


HPA = "{{- if .Values.autoscaling.enabled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n{{- end }}\n"
JOB = 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: "{{ .Values.image.name }}:{{ .Values.image.tag | default .Chart.AppVersion }}"\n'


@pytest.mark.parametrize(("enabled", "said"), [("true", {"autoscaling"}), ("false", set())])
def test_what_the_values_of_a_chart_leave_out_is_not_remarked_on(
    enabled: str, said: set[str], tmp_path: Path
) -> None:
    values = f"image: {{name: ours, tag: ''}}\nautoscaling:\n  enabled: {enabled}\n"
    chart = {"deploy/desk/Chart.yaml": "name: desk\nappVersion: 1.2.0\n", "deploy/desk/values.yaml": values}
    make(
        tmp_path,
        {
            **chart,
            "deploy/desk/templates/hpa.yaml": HPA,
            "deploy/desk/templates/deployment.yaml": JOB,
            "app/main.py": APP,
        },
    )
    assert {one.kind for one in inspect_repository(tmp_path).remarks} & {
        "autoscaling",
        "floating image",
    } == said


def test_further_values_of_a_chart_may_turn_a_switch_on(tmp_path: Path) -> None:
    values = {
        "deploy/desk/values.yaml": "autoscaling: {enabled: false}\n",
        "deploy/desk/values-prod.yaml": "autoscaling: {enabled: true}\n",
    }
    make(
        tmp_path,
        {
            **values,
            "deploy/desk/Chart.yaml": "name: desk\n",
            "deploy/desk/templates/hpa.yaml": HPA,
            "app/main.py": APP,
        },
    )
    assert "autoscaling" in {one.kind for one in inspect_repository(tmp_path).remarks}


def test_the_memory_of_a_function_is_no_history(tmp_path: Path) -> None:
    make(tmp_path, {"lib/site.ts": "new BucketDeployment(this, 'Site', { sources, memoryLimit: 512 });\n"})
    assert not inspect_repository(tmp_path).remarks


def test_how_sure_a_model_is_of_itself_is_no_similarity(tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": "from openai import OpenAI\nMIN_CONFIDENCE_THRESHOLD = 0.7\n"})
    assert not inspect_repository(tmp_path).remarks


def test_a_tag_that_a_chart_gives_is_no_floating_image(tmp_path: Path) -> None:
    made = 'kind: Deployment\napiVersion: apps/v1\nspec:\n  template:\n    spec:\n      containers:\n        - image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"\n'
    values = "image:\n  repository: ghcr.io/shop/answers\n  tag: 8b\n"
    make(tmp_path, {"app/main.py": APP, "charts/shop/Chart.yaml": "name: shop\n", "charts/shop/values.yaml": values, "charts/shop/templates/deployment.yaml": made})  # fmt: skip
    assert "floating image" not in {one.kind for one in inspect_repository(tmp_path).remarks}


def test_how_many_turns_an_agent_may_take_is_no_history(tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, "app/flow.py": "MAX_TURNS = 30\nREVISION_HISTORY_LIMIT = 10\n"})
    said = {one.kind: one.says for one in inspect_repository(tmp_path).remarks}
    assert said["history"] == "MAX_HISTORY 5"


def test_owners_of_code_are_a_question_on_the_role_and_no_handle_is_told(tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, ".github/CODEOWNERS": "* @somebody-by-name\n"})
    reading = inspect_repository(tmp_path)
    assert any("people.service_owner" in one.message for one in reading.questions)
    assert "somebody-by-name" not in render_text(reading) + render_json(reading).decode()


def test_prompts_in_files_are_of_the_commit_of_the_checkout(tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, "prompts/answer.txt": "Answer briefly.\n"})
    assert inspect_repository(tmp_path).fact("model.prompt_version") is None
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.test"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout
    found = inspect_repository(tmp_path).fact("model.prompt_version")
    assert found is not None
    assert found.claim.value == head.strip()
    subprocess.run([*git, "pack-refs", "--all"], check=True)
    found = inspect_repository(tmp_path).fact("model.prompt_version")
    assert found is not None
    assert found.claim.value == head.strip()


def test_a_git_folder_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside", {"HEAD": "a" * 40 + "\n"})
    root = make(tmp_path / "inside", {"app/main.py": APP, "prompts/answer.txt": "Answer briefly.\n"})
    (root / ".git").symlink_to(outside)
    assert inspect_repository(root).fact("model.prompt_version") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cost = (usage['prompt_tokens'] * 0.00015 + usage['completion_tokens'] * 0.0006) / 1000\n", {"cost.in_token": 1.5e-7, "cost.out_token": 6e-7}),
        ("OPENAI_INPUT_COST_PER_1M_TOKENS = 2.5\nOPENAI_OUTPUT_COST_PER_1M_TOKENS = 10\n", {"cost.in_token": 2.5e-6, "cost.out_token": 1e-5}),
        ("share = usage['prompt_tokens'] * 100 / 1000\n", {}),
        ("both = (prompt_tokens + completion_tokens) * 0.001 / 1000\n", {}),
    ],
)  # fmt: skip
def test_prices_in_code_are_read(text: str, expected: dict[str, float], tmp_path: Path) -> None:
    make(tmp_path, {"app/main.py": APP, "app/price.py": text})
    found = {
        one.claim.fact: one.claim.value
        for one in inspect_repository(tmp_path).facts
        if one.claim.fact.startswith("cost.")
    }
    assert {fact: round(value.value, 12) for fact, value in found.items()} == expected  # type: ignore[union-attr]


def test_a_long_file_is_searched_near_the_words_alone_and_says_the_same(tmp_path: Path) -> None:
    """Phrases at its beginning, in the middle and at its end, with prose between them that has words of theirs."""
    first = 'resource "aws_db_instance" "a" {\n  instance_class = "db.t3.medium"\n  storage_encrypted = true\n  backup_retention_period = 7\n}\n'
    second = 'resource "aws_db_instance" "b" {\n  instance_class = "db.r5.large"\n}\n'
    last = 'resource "aws_db_instance" "c" {\n  deletion_protection = false\n}\n'
    prose = "# an instance of a database is encrypted on a machine\n" + "#\n" * 400
    said = []
    for name, between in (("short", "\n"), ("long", prose * 60)):
        text = between.join((first, second, last))
        reading = inspect_repository(make(tmp_path / name, {"infra/main.tf": text, "app.py": APP}))
        said.append({(one.kind, one.says) for one in reading.remarks if one.place.file == "infra/main.tf"})
    assert said[0] == said[1]
    assert len(said[0]) > 3
    assert "db.r5.large" in repr(said[0])


def test_the_temperature_of_the_weather_is_not_that_of_a_model(tmp_path: Path) -> None:
    learns = "from sklearn.linear_model import Ridge\n\nmodel = Ridge().fit([[1]], [1])\n"
    make(
        tmp_path, {"app/main.py": f"{learns}WEIGHTS = {{'temperature': 0.45, 'wind': 0.2}}\nprint(WEIGHTS)\n"}
    )
    reading = inspect_repository(tmp_path)
    assert "classic-ml" in {one.name for one in reading.techniques}
    assert "temperature" not in {one.kind for one in reading.remarks}


def test_a_time_that_the_manifest_has_no_field_for_is_shown_beside_the_facts(tmp_path: Path) -> None:
    asks = "from app.main import LLM_TIMEOUT\nask(timeout=LLM_TIMEOUT)\n"
    make(tmp_path, {"app/main.py": f"LLM_TIMEOUT = 45\n{APP}", "app/ask.py": asks})
    reading = inspect_repository(tmp_path)
    facts, _, beside = render_text(reading).partition("also found, with no field in the manifest")
    assert "model.call_timeout" in {found.claim.fact for found in reading.facts}
    assert "model.call_timeout" not in facts
    assert "timeout of a call to the model: 45 s (app/main.py:1:" in beside


def test_nothing_is_asked_that_the_manifest_cannot_say(tmp_path: Path) -> None:
    settings = "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    llm_timeout: int = 45\n    top_k: int = 4\n    chunk_size: int = 512\n\n\nsettings = Settings()\n"
    asks = "from openai import OpenAI\nfrom settings import settings\n\nclient = OpenAI(timeout=settings.llm_timeout)\nclient.chat.completions.create(model='gpt-4o', messages=[])\n"
    make(tmp_path, {"settings.py": settings, "app.py": asks})
    asked = [one.message for one in inspect_repository(tmp_path).questions]
    assert [one for one in asked if one.startswith("retrieval.top_k ")]
    assert not [one for one in asked if one.startswith("retrieval.chunk_size ")]
