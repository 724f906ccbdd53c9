"""A literal secret in an imported file is told by place; its text appears nowhere."""

from __future__ import annotations

import json

import pytest
from artifact_samples import SAMPLES, Sample
from stated_facts import messages, read_text

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.inputs.artifacts.opening.secret_places import blot_shapes, scan_secrets
from poc_gate.inputs.artifacts.read_artifact import read_artifact

CANARIES = {
    "huggingface": "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYz01",
    "github": "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6",
    "aws": "AKIA" + "ABCDEFGHIJKLMNOP",
    "provider": "sk-" + "proj-abcdefghijklmnopqrstuvwx1234",
    "jwt": "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "address": "postgresql://reader:" + "s3cr3tP4ss@db.example/orders",
}


@pytest.mark.parametrize("kind", CANARIES)
@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if s.file.endswith((".json", ".yaml", ".md", "MLmodel"))], ids=str
)
def test_a_canary_planted_in_any_text_field_appears_nowhere(sample: Sample, kind: str) -> None:
    """Every text field that names something is replaced by a secret, one at a time."""
    canary = CANARIES[kind]
    hidden = canary.partition("://")[2].partition(":")[2].partition("@")[0] or canary
    text = sample.content.decode()
    names = [
        word
        for word in (
            "orders",
            "version: 2.3.0",
            "checkout team",
            "example/model-8b",
            "apache-2.0",
            "chat",
            "server",
            "raw",
            "pricing team",
        )
        if word in text
    ]
    for word in names or [text.split()[-1]]:
        planted = text.replace(word, f"{word.partition(': ')[0]}: {canary}" if ": " in word else canary, 1)
        try:
            result = read_artifact(planted.encode(), sample.file)
        except InvalidInputError as error:
            assert hidden not in str(error)
            continue
        shown = repr((result.claims, result.derived, result.notices, result.ignored))
        assert hidden not in shown


def test_secrets_are_told_by_place() -> None:
    result = read_text(
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: a
        version: 1.0.0
        status: active
        servers:
          - {server: a, type: postgres, host: h, customProperties: [{property: password, value: correct-horse-9}]}
        """,
        "a.odcs.yaml",
    )
    secret = next(notice for notice in result.notices if notice.kind == "secret")
    assert secret.place.line == 7
    assert secret.place.pointer == "/servers/0/customProperties/0/value"
    assert "correct-horse" not in repr(result)
    assert secret.next_step


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("password", "${DB_PASSWORD}"),
        ("password", "env:DB_PASSWORD"),
        ("token", "<your token>"),
        ("api_key", "{{ .Values.key }}"),
        ("bos_token", "<|begin_of_text_0001|>"),
        ("pad_token", "PADDINGPADDINGPADDING1234"),
        ("token", "huggingface"),
        ("secretName", "hf-secret"),
        ("key", "hf_token"),
        ("tokenizer", "qwen2-tokenizer-fast-12345"),
        ("password", "********"),
        ("GOOGLE_APPLICATION_CREDENTIALS", "/var/secrets/google/user-sa-2.json"),
        ("credentials", "/etc/keys/reader/account_01"),
        ("private_key", "~/.ssh/deploy_key_2024.pem"),
        ("image", "repo/app@sha256:" + "0a" * 32),
    ],
)
def test_references_and_names_are_no_secrets(name: str, text: str) -> None:
    document = read_document(json.dumps({"kind": "x", name: text}).encode(), "a.json")
    assert scan_secrets(document).places == []


@pytest.mark.parametrize(
    "data",
    [
        {"env": [{"name": "API_TOKEN", "value": "abcdef0123456789"}]},
        {"args": ["--api-key", "abcdef0123456789"]},
        {"args": ["--api-key=abcdef0123456789"]},
        {"spec": {"clientSecret": "abcdef0123456789"}},
        {"url": "https://user:abcdef0123456789@example.com"},
        {"dsn": "host=a password=abcdef0123456789"},
        {"note": "-----BEGIN RSA PRIVATE KEY-----"},
    ],
)
def test_secrets_are_found_by_the_name_beside_them_or_their_shape(data: dict[str, object]) -> None:
    scan = scan_secrets(read_document(json.dumps(data).encode(), "a.json"))
    assert len(scan.places) == 1
    shown = scan.blot(json.dumps(data))
    assert "abcdef0123456789" not in shown
    assert "PRIVATE KEY" not in shown


def test_blotting_leaves_plain_text_alone() -> None:
    assert (
        blot_shapes("latency of 250 ms at sources[policy-db].p99")
        == "latency of 250 ms at sources[policy-db].p99"
    )


def test_an_error_message_does_not_repeat_a_secret() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_text(
            f"kind: DataContract\nkind: {CANARIES['github']}\n{CANARIES['github']}: 1\n{CANARIES['github']}: 2\n",
            "a.yaml",
        )
    assert CANARIES["github"] not in str(caught.value)


def test_a_password_in_an_index_address_is_told() -> None:
    result = read_text("--index-url https://me:hunter2secret@pypi.example/simple\na==1\n", "requirements.txt")
    assert len(messages(result, "secret")) == 1
    assert "hunter2secret" not in repr(result)


@pytest.mark.parametrize(
    "name", ["risk-wifi-client-satisfaction", "disk-pressure-for-minutes", "task-queue-age-seconds-high"]
)
def test_a_name_that_ends_like_a_key_begins_is_no_secret(name: str) -> None:
    """An SLO of slok/sloth is called `risk-wifi-client-satisfaction`; keys begin a word."""
    text = f"version: prometheus/v1\nservice: home\nslos: [{{name: {name}, objective: 99, alerting: {{}}}}]\n"
    result = read_artifact(text.encode(), "home.slo.yaml")
    assert [notice for notice in result.notices if notice.kind == "secret"] == []


def test_empty_values_of_programs_are_no_secrets() -> None:
    """A macro of the elementary package for dbt reads `create_elementary_user(user="elementary", password=none)`."""
    text = "kind: ConfigMap\napiVersion: v1\ndata: {a.sql: 'create_user(password=none, token=%s)'}\n"
    assert messages(read_text(text % "null", "a.yaml"), "secret") == []
    assert messages(read_text(text % "none-of-your-business-7", "a.yaml"), "secret") != []


@pytest.mark.parametrize(
    "value",
    ["insert-your-huggingface-token-here", "your_api_key_goes_here", "replace-me-with-a-token"],
)
def test_a_place_to_fill_in_is_no_secret(value: str) -> None:
    """Manifests of OPEA carry `HF_TOKEN: "insert-your-huggingface-token-here"`."""
    text = f"kind: ConfigMap\napiVersion: v1\nmetadata: {{name: a}}\ndata: {{HF_TOKEN: {value}}}\n"
    assert messages(read_text(text, "a.yaml"), "secret") == []


def test_code_that_looks_a_secret_up_holds_none() -> None:
    code = 'load(token=os.environ["HF_TOKEN"], password=settings.secrets.get("db"))'
    text = f"kind: ConfigMap\napiVersion: v1\nmetadata: {{name: a}}\ndata: {{serve.py: '{code}'}}\n"
    assert messages(read_text(text, "a.yaml"), "secret") == []
    assert messages(read_text(text.replace("os.environ", "abcd1234"), "a.yaml"), "secret") != []


def _k8s(container: str) -> str:
    return f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec: {{template: {{spec: {{containers: [{container}]}}}}}}\n"


KEY = "Xk29qLmP7v" + "Rt4sWz"


@pytest.mark.parametrize(
    "container",
    [
        f'{{name: a, command: [sh, -c, "vllm serve org/m --api-key {KEY} --max-model-len 4096"]}}',
        f'{{name: a, command: [sh, -c, "vllm serve org/m --api-key={KEY}"]}}',
        f'{{name: a, command: [bash, -lc, "export API_KEY={KEY} && vllm serve m"]}}',
        f'{{name: a, args: ["vllm serve m\\n# --api-key {KEY}\\n"]}}',
        f'{{name: a, command: [sh, -c, "curl -u loader:{KEY} https://e.example/x && serve"]}}',
        f"{{name: a, command: [sh, -c, \"curl -H 'Authorization: Bearer {KEY}' https://e.example\"]}}",
        f"{{name: a, command: [bash, -c, \"sh -c 'vllm serve m --api-key {KEY}'\"]}}",
    ],
)
def test_a_secret_in_a_shell_string_is_found_as_one_in_the_argument_list(container: str) -> None:
    result = read_text(_k8s(container), "a.yaml")
    assert len(messages(result, "secret")) == 1
    assert KEY not in repr(result)


@pytest.mark.parametrize(
    "command",
    [
        "serve --api-key $(API_KEY)",
        "serve --api-key ${API_KEY:-none}",
        "serve --token-file /run/x",
        "serve --max-tokens 4096 --key x",
    ],
)
def test_references_in_a_shell_string_are_no_secrets(command: str) -> None:
    result = read_text(_k8s(f'{{name: a, command: [sh, -c, "{command}"]}}'), "a.yaml")
    assert messages(result, "secret") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("host", "reader:s3cr3t@db.example"),
        ("host", "reader:s3cr3t@db.example:5432"),
        ("path", "reader:s3cr3t@files.example/exports/a"),
        ("namespace", "reader:s3cr3t@db.example:5432"),
        ("location", "//reader:s3cr3t@files.example/a"),
        ("bootstrap_servers", "a.example:9092,reader:s3cr3t@b.example:9092"),
        ("connection", "jdbc:oracle:thin:scott/s3cr3t@//db.example:1521/x"),
        ("connection", "jdbc:postgresql://db.example/x?user=reader&password=s3cr3t"),
        ("config", 'org.apache.kafka.PlainLoginModule required username="a" password="s3cr3t";'),
        ("host", "reader:ab1@10.0.0.7"),
    ],
)
def test_userinfo_without_a_scheme_is_a_secret_and_is_shown_nowhere(key: str, value: str) -> None:
    document = read_document(json.dumps({"kind": "x", key: value}).encode(), "a.json")
    scan = scan_secrets(document)
    assert len(scan.places) == 1
    shown = scan.blot(f"the server {value} does not answer")
    assert "s3cr3t" not in shown
    assert "ab1@" not in shown
    assert scan.holds(value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("image", "vllm/vllm-openai:v0.11.0@sha256:" + "0a" * 32),
        ("contact", "mailto:jane@example.com"),
        ("uri", "git@github.com:org/repo"),
        ("path", "datasets/team@2024-01-01/a.csv"),
        ("host", "reader:${PASSWORD}@db.example"),
        ("description", "write to support:team@example.com please"),
        ("host", "db.example:5432"),
    ],
)
def test_addresses_without_a_password_are_no_secrets(key: str, value: str) -> None:
    assert scan_secrets(read_document(json.dumps({"kind": "x", key: value}).encode(), "a.json")).places == []


@pytest.mark.parametrize(
    "command",
    [
        "mysql -uroot -phunter2Zx9Qk7 db", "mysqldump -u root -p hunter2Zx9Qk7 db > x", "redis-cli -h h -a hunter2Zx9Qk7 ping",
        "/usr/bin/mariadb -phunter2Zx9Qk7", "sshpass -p hunter2Zx9Qk7 ssh h", "docker login -u me -p hunter2Zx9Qk7 r.example",
        "sqlcmd -S h -P hunter2Zx9Qk7 -Q x", "mongosh -u me -p hunter2Zx9Qk7",
    ],
)  # fmt: skip
def test_the_short_option_of_a_program_that_takes_a_password_there_holds_a_secret(command: str) -> None:
    result = read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: a}}
        spec: {{template: {{spec: {{containers: [{{name: a, image: "x:v1", command: [sh, -c, "{command}; serve"]}}]}}}}}}
        """,
        "a.yaml",
    )
    assert messages(result, "secret")
    assert "hunter2Zx9Qk7" not in repr(result)


@pytest.mark.parametrize(
    "command",
    [
        "mkdir -p /data/models/hunter2Zx9Qk7",
        "docker run -p 8080:8080 img",
        "ls -a hunter2Zx9Qk7",
        "mysql -uroot -p$PW db",
    ],
)
def test_the_same_letter_of_another_program_holds_none(command: str) -> None:
    result = read_text(
        f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: a}}
        spec: {{template: {{spec: {{containers: [{{name: a, image: "x:v1", command: [sh, -c, "{command}; serve"]}}]}}}}}}
        """,
        "a.yaml",
    )
    assert not messages(result, "secret")
