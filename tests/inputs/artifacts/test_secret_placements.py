"""Secrets where strangers put them: without a scheme, in comments, in text inside text; and what only looks like one."""

from __future__ import annotations

import json

import pytest

from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.text.secrets.secret_files import form_of
from poc_gate.text.secrets.secret_text import find_in_bytes
from poc_gate.text.secrets.secret_values import Strength

HIDDEN = "Vq7rT2" + "mXw9Lz"
LONG_KEY = "k3y9Zt6Qw1" + "Lm8Xc4Vb7Nq2Rp5Ts0"
_POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n      - name: c\n        image: vllm/vllm-openai:v0.6\n"
_CONTRACT = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nservers:\n  - "

VARIABLES = {
    "REDIS_ADDR": f":{HIDDEN}@redis.internal:6379/0",
    "CELERY_BROKER": f"amqp:reader:{HIDDEN}@mq.internal//",
    "ORACLE": f"scott/{HIDDEN}@orcl.internal:1521/svc",
    "CONNECT_STRING": f"scott/{HIDDEN}@//orcl.internal:1521/svc",
    "NEO4J_AUTH": f"neo4j/{HIDDEN}",
    "BASIC_AUTH": f"admin:{HIDDEN}",
    "JAVA_OPTS": f"-DkeyStorePassword={HIDDEN}",
}
SCRIPTS = (
    f"curl -uadmin:{HIDDEN} http://h/login",
    f"echo 'machine h login u password {HIDDEN}' > ~/.netrc",
    f"echo -n {HIDDEN} | docker login -u u --password-stdin r.io",
    f"mysqlsh reader:{HIDDEN}@db.internal:3306 --sql",
    f"python -c \"connect('reader:{HIDDEN}@db.internal')\" --x",
)
COMMENTS = (
    f"# old: password: {HIDDEN}",
    f"# env DB_PASSWORD={HIDDEN}",
    f"x-a: Always  # token: {LONG_KEY}",
    f"# psql postgres://u:{HIDDEN}@h/d",
)
SERVERS: tuple[dict[str, str], ...] = (
    {"type": "snowflake", "account": f"u:{HIDDEN}@acct", "database": "d"},
    {"type": "postgres", "host": "h", "description": f"The password is {HIDDEN}"},
)


def _shown_secrets(text: str) -> int:
    result = read_artifact(text.encode(), "a.yaml")
    shown = repr((result.claims, result.derived, result.notices, result.ignored))
    assert HIDDEN not in shown
    assert LONG_KEY not in shown
    return sum(notice.kind == "secret" for notice in result.notices)


def _with_variable(name: str, value: str) -> str:
    return f"{_POD}        env:\n        - name: {name}\n          value: {json.dumps(value)}\n"


def _with_script(text: str) -> str:
    return f"{_POD}        command: [sh, -c, {json.dumps(text)}]\n"


@pytest.mark.parametrize("name", VARIABLES)
def test_an_account_without_a_scheme_is_found_in_a_variable(name: str) -> None:
    assert _shown_secrets(_with_variable(name, VARIABLES[name])) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_password_is_found_in_a_script(script: str) -> None:
    assert _shown_secrets(_with_script(script)) == 1


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_secret_in_a_comment_is_named_once_by_its_line(comment: str) -> None:
    text = f"{_POD}{comment}\n"
    assert _shown_secrets(text) == 1
    notice = next(one for one in read_artifact(text.encode(), "a.yaml").notices if one.kind == "secret")
    assert notice.place.line == text.count("\n")


@pytest.mark.parametrize("server", SERVERS, ids=str)
def test_a_contract_s_server_and_prose_may_hold_one(server: dict[str, str]) -> None:
    assert _shown_secrets(f"{_CONTRACT}{json.dumps({'server': 'a', **server})}\n") >= 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OWNER", "Team:ops@example.org"),
        ("IMAGE_HOST", "app:1.2@sha256:" + "0a" * 32),
        ("PKG", "react:17@npm"),
        ("ACTION", "actions/checkout@v4"),
        ("MODEL_PATH", "org/model-7b-instruct@main"),
        ("AUTH", "oauth2:client_credentials"),
        ("NEO4J_AUTH", "neo4j/$(NEO4J_PASSWORD)"),
        ("DB_SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"),
        ("API_KEY", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a/)"),
        ("DB_HOST", "reader:${DB_PASSWORD}@db.internal:5432"),
    ],
)
def test_what_looks_like_an_account_is_none(name: str, value: str) -> None:
    assert _shown_secrets(_with_variable(name, value)) == 0


@pytest.mark.parametrize(
    "comment",
    [
        "# the password comes from the vault, rotate it every 90 days",
        "# password: TODO",
        "# password: ${DB_PASSWORD}",
        "# token: 4096 per request",
        "# secret: hf-token-secret (created by ops)",
    ],
)
def test_a_comment_about_secrets_holds_none(comment: str) -> None:
    assert _shown_secrets(f"{comment}\n{_POD}") == 0


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".netrc", f"machine h.internal login u password {HIDDEN}\n"),
        (".pgpass", f"h.internal:5432:d:u:{HIDDEN}\n"),
        ("a.py", f"requests.get(u, auth=('admin', '{HIDDEN}'))\n"),
        ("a.sh", f'curl -d "{{\\"password\\": \\"{HIDDEN}\\"}}" h\n'),
        ("Dockerfile", f"ENV DB_PASSWORD {HIDDEN}\n"),
        ("a.tf", f'variable "db_password" {{\n  type = string\n  default = "{HIDDEN}"\n}}\n'),
        ("web.config", f'<add key="DbPassword" value="{HIDDEN}"/>\n'),
        ("a.sh", f"sqlplus scott/{HIDDEN}@orcl.internal\n"),
        ("a.sh", f"mongosh --host h -u u -p {HIDDEN} --authenticationDatabase admin\n"),
    ],
)
def test_files_of_a_repository_show_their_passwords(file: str, text: str) -> None:
    found = list(find_in_bytes(text.encode(), form_of(file)))
    assert [one.strength for _, one, _ in found] == [Strength.STRONG]
    assert HIDDEN not in repr(found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Dockerfile", "ARG DB_PASSWORD\nENV PASSWORD_HASHER argon2\n"),
        (
            "a.tf",
            'variable "db_password" {\n  sensitive = true\n}\nvariable "region" {\n default = "eu-west-1"\n}\n',
        ),
        ("web.config", '<add key="PasswordPolicy" value="Minimum12Characters"/>\n'),
        ("a.py", "requests.get(u, auth=('admin', os.environ['PW']))\n"),
        ("a.sh", 'mongosh --host h -u u -p "$PW"\n'),
        (".pgpass", "host:port:db:user:pass\n"),
        ("a.py", "# whether a valid user or owner password was entered.\n"),
        ("a.py", "# the password is correct. It does not matter which password was matched.\n"),
    ],
)
def test_files_of_a_repository_without_one_show_none(file: str, text: str) -> None:
    assert not [
        one for _, one, _ in find_in_bytes(text.encode(), form_of(file)) if one.strength is Strength.STRONG
    ]


_MANUAL = (
    "A key can be given in one of three ways, and each of them works. First, name the file that holds it in the settings; "
    "second, set the variable before the server starts, for example with SERVICE_LICENSE_KEY=Y0uRl1cens3KeyH3re, and "
    "third, upload it in the browser. Those who log in with the username/password: marie/marie see what they made before."
)


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("data/faq.json", _MANUAL, 0),
        ("src/knowledge_base/articles/keys.json", _MANUAL, 0),
        ("data/faq.json", f"{_MANUAL} Ours is AKIA{'Q3EGRIT7'}{'YJ5VN2XP'}.", 1),
        ("prompts/system.json", _MANUAL, 1),
        ("data/connection.json", f"password={HIDDEN}", 1),
    ],
)
def test_a_manual_in_a_data_set_explains_keys_and_holds_none(path: str, text: str, count: int) -> None:
    lines = json.dumps([{"question": "How is a key given?", "output": text}], indent=1).encode()
    assert len(list(find_in_bytes(lines, form_of(path)))) == count


_GIVEN = (
    ("app.py", f'AUTH = ("reader", "{HIDDEN}")'),
    ("app.py", f'PASSWORD: Final = "{HIDDEN}"'),
    ("app.py", f'password: SecretStr = SecretStr("{HIDDEN}")'),
    ("app.py", f'api_token: str = Field(default="{LONG_KEY}")'),
    ("app.py", f"search = SearchClient(endpoint, index, AzureKeyCredential('{LONG_KEY}'))"),
    ("main.go", f'dsn := "reader:{HIDDEN}@tcp(db.internal:3306)/orders"'),
    ("Db.java", f'DriverManager.getConnection("jdbc:mysql://db.internal/x", "reader", "{HIDDEN}");'),
    ("Db.java", f'source.setPassword("{HIDDEN}");'),
    ("Model.java", f'OpenAiChatModel.builder().apiKey("{LONG_KEY}").build();'),
    ("Program.cs", f'new NetworkCredential("reader", "{HIDDEN}")'),
    ("main.bicep", f"param adminPassword string = '{HIDDEN}'"),
    ("appsettings.json", f'    "Key": "{LONG_KEY}7Gz1Hd4",'),
    ("appsettings.json", '    "Key": "9c1f0a7b3e5d42688f1e6b7a9d0c3254",'),
)
"""Ways to give a secret without a name beside it."""


@pytest.mark.parametrize(("path", "line"), _GIVEN)
def test_a_secret_that_a_call_is_given_is_seen(path: str, line: str) -> None:
    found = [one for _, one, _ in find_in_bytes(line.encode(), form_of(path))]
    assert [one.strength for one in found] == [Strength.STRONG]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("app.py", 'AUTH = ("reader", "password")'),
        ("app.py", 'auth = (user, "changeme")'),
        ("app.py", 'api_token: str = Field(default="", description="Token of the service")'),
        ("app.py", "AzureKeyCredential(os.environ['SEARCH_KEY'])"),
        ("parser.py", 'self.token("IDENTIFIER")'),
        ("main.go", 'dsn := "user:password@tcp(localhost:3306)/orders"'),
        ("Db.java", "source.setPassword(settings.password());"),
        ("Db.java", 'assertThat(page.password("confirmPassword"))'),
        ("Model.java", 'builder.apiKey("demo").build();'),
        ("main.bicep", "param adminPassword string = newGuid()"),
        ("template.json", '"Key": "Environment", "Value": "production"'),
        ("template.json", '"Key": "aws:cloudformation:stack-name-of-the-whole-application",'),
        ("lock.json", '"key": "9c1f0a7b3e5d42688f1e6b7a9d0c3254",'),
        (
            "links.py",
            '"config": {"api_key": "sk_live_stripe_\u2022\u2022\u2022\u2022\u2022\u20229821", "webhook_secret": "whsec_\u2026k4412"}',
        ),
        ("OrderRequest.php", "            'session_token' => 'nullable|string|max:255',"),
        ("OrderRequest.php", "            'api.apiKey' => 'sometimes|required_with:api|min:16',"),
    ],
)
def test_what_a_call_is_given_otherwise_is_none(path: str, line: str) -> None:
    found = [one for _, one, _ in find_in_bytes(line.encode(), form_of(path))]
    assert not [one for one in found if one.strength is Strength.STRONG]


@pytest.mark.parametrize(("kind", "count"), [("SealedSecret", 0), ("Secret", 1)])
def test_a_sealed_secret_is_made_to_be_kept_beside_the_code(kind: str, count: int) -> None:
    sealed = "AgDOxIlL7x6B2gFw1FuoqyFA6KU0Ac+VdE1H6gOF6IwizSSB8Ie5NUrkylWRTf1wLYGs4QtLrU"
    text = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: desk}}\nspec:\n  encryptedData:\n    DESK_PWD: {sealed}\n"
    assert len(list(find_in_bytes(text.encode(), form_of("secret.yaml")))) == count
