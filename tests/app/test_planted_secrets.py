"""The scan for secrets on the benchmark's replicas: what is planted is found, what only looks like it is not."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from secret_replicas import drawn
from secrets_scan import own, write_replicas


def test_planted_secrets_are_found_and_look_alikes_are_not(tmp_path: Path) -> None:
    planted, shown = write_replicas(tmp_path, 11)
    found = own(tmp_path)
    assert len(found & planted) >= 0.95 * len(planted), sorted(planted - found)
    assert len(found - planted) <= 0.1 * len(found), sorted(found - planted)
    assert not found & shown


def test_the_planted_secrets_are_drawn_and_nobodys() -> None:
    assert drawn(1) == drawn(1)
    assert set(drawn(1).values()).isdisjoint(set(drawn(2).values()) - {drawn(1)["block"]})


def test_the_head_of_a_private_key_alone_is_none(tmp_path: Path) -> None:
    head = "-----BEGIN OPENSSH " + "PRIVATE KEY-----"
    (tmp_path / "key.pem").write_text(f"{head}\n{'b3BlbnNzaC1rZXktdjEA' * 3}\n")
    (tmp_path / "catalog.json").write_text('{"key": "ssh_key",\n "default_value": "' + head + '",\n "required": true}\n')  # fmt: skip
    files = {path for path, _ in own(tmp_path)}
    assert files == {"key.pem"}


def test_keys_that_every_visitor_can_read_are_none(tmp_path: Path) -> None:
    """Issuers of these mean them for pages; the secret ones of the same issuers still count."""
    public = ["phc_", "pk_live_", "pk_test_", "pk-lf-"]
    lines = [f'client.api_key = "{head}{"aB3dE5gH7jK9mN1pQ3sT5vW7"}"\n' for head in [*public, "sk_live_"]]
    (tmp_path / "telemetry.py").write_text("".join(lines))
    assert {line for _, line in own(tmp_path)} == {5}


def test_tokens_that_are_the_same_in_every_local_project_are_none(tmp_path: Path) -> None:
    def token(said: dict[str, str]) -> str:
        parts = (json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, said))
        head, body = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
        return f"{head}.{body}.{'aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1cE'}"

    said = [{"iss": "supabase-demo", "role": "service_role"}, {"iss": "supabase", "role": "anon"}, {"iss": "supabase", "role": "service_role"}]  # fmt: skip
    (tmp_path / "setup.sql").write_text(
        "".join(f"  service_role_key TEXT := '{token(one)}';\n" for one in said)
    )
    assert {line for _, line in own(tmp_path)} == {3}


def test_a_secret_behind_base64_is_judged_by_what_it_says(tmp_path: Path) -> None:
    """As Kubernetes writes them: a text that asks to be replaced is none; words that protect a server are one."""
    values = [
        "change-me-please",
        "your-openai-api-key-here",
        "grafana-password",
        "Tq7!rain-9-boat",
        "one-for-all-keys",
    ]
    coded = [base64.b64encode(value.encode()).decode() for value in values]
    (tmp_path / "secret.yaml").write_text(
        "data:\n"
        f"  DB_PASSWORD: {coded[0]}\n  OPENAI_API_KEY: {coded[1]}\n  GRAFANA_PASSWORD: {coded[2]}\n"
        f"  MAIL_PASSWORD: {coded[3]}\n"
    )
    assert {line for _, line in own(tmp_path)} == {5}


def test_a_user_and_what_stands_for_a_password_behind_base64(tmp_path: Path) -> None:
    coded = [
        base64.b64encode(value.encode()).decode()
        for value in ("thestack:thetoken", "grafana:Tq7!rain-9-boat")
    ]
    (tmp_path / "plugin.yaml").write_text("".join(f"encodedAccessToken: {value}\n" for value in coded))
    assert {line for _, line in own(tmp_path)} == {2}


def test_what_is_filled_in_later_refused_or_left_empty_is_none(tmp_path: Path) -> None:
    drawn_key = "bL4unrkoxtFs1MT6A7Ns2yML" + "kduyuqrkTxDV9CjlbNc"
    (tmp_path / "install.py").write_text(
        f'KNOWN_COMPROMISED_JWT_SECRET = "{drawn_key}="\nJWT_SECRET = "{drawn_key}="\n'
        "WINDOWS = \"$user = '__REPO_USERNAME__'; $pass = '__REPO_PASSWORD__'; \"\n"
    )
    (tmp_path / "Makefile").write_text("run:\n\tTRACKING_PASSWORD= HUB_TOKEN= python run.py\n")
    (tmp_path / "task.json").write_text(
        '[{"name": "DB_SECRET",\n  "valueFrom": "arn:aws:secretsmanager:ap-northeast-1:970835573274:secret:rds!db-3abb75b9-c579-47de"}]\n'
    )
    (tmp_path / "auth.py").write_text(
        '"""A numeric passcode. The passcode is PBKDF2-SHA256 hashed at rest."""\n'
    )
    (tmp_path / "check.sh").write_text('echo "  PASS: docs/findings-backlog2.md not found"\n')
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "nl.json").write_text('{"saslPassword": "SASL-wachtwoord2"}\n')
    assert own(tmp_path) == {("install.py", 2)}


def test_accounts_that_a_browser_test_signs_in_with_are_shown_beside(tmp_path: Path) -> None:
    for name in (
        "playwright.yaml",
        "e2e-smoke/login.yaml",
        "mock-users.yaml",
        "jest.setup-server.yaml",
        "production.yaml",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            "accounts:\n  - email: admin@example.com\n    password: Tq7!rain-9-boat\n"
        )
    assert {path for path, _ in own(tmp_path)} == {"production.yaml"}


def test_what_says_how_a_secret_must_be_and_what_only_refers_to_one_are_none(tmp_path: Path) -> None:
    drawn_key = "f88253402ac557139c6d51b1" + "24356e13"
    (tmp_path / "values.yaml").write_text(
        "JWT_SECRET: ci-jwt-secret-must-be-at-least-32-chars\n"
        "SIGNING_SECRET: a-string-secret-at-least-256-bits-long\n"
        f"checksum/token-secret: {drawn_key}\n"
        "command: Install-Forest -AdministratorPassword `$SecurePassword\n"
        "password: tu-contraseña\n"
        f"token-secret: {drawn_key}\n"
        "{{- $password := .Values.redis.auth.password -}}\n"
    )
    assert {line for _, line in own(tmp_path)} == {6}


def test_settings_that_a_manual_in_a_data_set_shows_are_none(tmp_path: Path) -> None:
    shown = "apiVersion: v1\\ndata:\\n  password: Tq7!rain-9-boat\\nkind: Secret"
    for folder in ("data", "config"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pages.json").write_text(f'[{{\n  "code": "{shown}"\n}}]\n')
    (tmp_path / "data" / "settings.json").write_text('{"password": "Tq7!rain-9-boat", "note": "a\\nb\\nc"}\n')
    assert {path for path, _ in own(tmp_path)} == {"config/pages.json", "data/settings.json"}


def test_the_example_of_a_folder_of_descriptions_is_shown_beside(tmp_path: Path) -> None:
    (tmp_path / "_swaggers").mkdir()
    for name in ("_swaggers/chat.json", "chat.json"):
        (tmp_path / name).write_text(
            '{"access_token": "xoxb-' + '17653672481-19874698323-pdFZKVeTuE8sk7oOcBrz"}\n'
        )
    assert {path for path, _ in own(tmp_path)} == {"chat.json"}


def test_values_that_are_kept_encrypted_are_none(tmp_path: Path) -> None:
    """As dotenvx and SOPS write them: only the key that opens them is a secret."""
    value = "BGQkOn0XkfjZa8lNzjzR3G4hpgm8nBntkcYw7uQ2sLr5VdXeTi1Pz6"
    (tmp_path / ".env.production").write_text(
        f'RESEND_API_KEY="encrypted:{value}"\nOPENAI_API_KEY="ENC[AES256_GCM,data:{value}]"\nMAIL_API_KEY="{value}"\n'
    )
    assert {line for _, line in own(tmp_path)} == {3}


def test_who_signed_an_address_of_amazons_is_no_secret(tmp_path: Path) -> None:
    """The id of a key stands in the address, the key does not; outside of an address it counts as before."""
    key = "AKIA" + "ZV3A2ECZOFHVT4UV"
    (tmp_path / "page.jsx").write_text(f"// https://bucket.s3.amazonaws.com/a.jsx?X-Amz-Credential={key}%2F20250724%2Fus-east-1&X-Amz-Expires=600\nconst key = '{key}'\n")  # fmt: skip
    (tmp_path / "check.py").write_text('get(url, headers={"Authorization": "Bearer invalid-key-48213"})\n')
    assert own(tmp_path) == {("page.jsx", 2)}


def test_an_alias_of_yaml_refers_to_its_anchor(tmp_path: Path) -> None:
    text = 'defaults:\n  password: &database_password ""\nservice:\n  password: *database_password\n  admin_password: "k9Xv2Tq8Lm4Rz7Wp"\n'
    (tmp_path / "values.yaml").write_text(text)
    assert own(tmp_path) == {("values.yaml", 5)}
