"""Code that passes a password on, texts of other languages and keys that protect nothing are no literal secrets.

Each line follows one met in a public repository; the real secret beside it shows that the reader still sees one.
"""

from __future__ import annotations

import pytest

from poc_gate.text.secrets.secret_files import beside_product, form_of
from poc_gate.text.secrets.secret_text import find_in_bytes
from poc_gate.text.secrets.secret_values import Strength


def counted(file: str, line: str) -> int:
    """Return how many secrets of a line count against a pilot."""
    if beside_product(file):
        return 0
    return sum(one.strength is Strength.STRONG for _, one, _ in find_in_bytes(line.encode(), form_of(file)))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("crew/tasks.yaml", "    Pass: True/False"),
        ("ui/Dockerfile", "    adduser --uid $UID --disabled-password --no-create-home app; \\"),
        ("llms.txt", '  "password": "SecurePassword123!"'),
        ("web/llms-full.txt", '  "password": "SecurePassword123!"'),
        ("data/text/www.handbook.org_users.html.txt", '  "password": "SecurePassword123!"'),
        ("web/.env.build", 'NEXT_PUBLIC_ANALYTICS_TOKEN="7d1f04be6a2c4c0f9b83e5d2a6c91f38"'),
        ("app/db.py", "db = pymysql.connect(host=host, user=user, password=password, charset='utf8')"),
        ("app/db.py", "conn = connect(host=self._kw['host'], password=self._kw['password'], database=self.db)"),
        ("app/db.py", "db = MySQLDatabase(cfg.database, host=cfg.host, port=cfg.port, password=cfg.password)"),
        ("app/db.py", '"""A form such as `connect(host=host, password=password)` passes one on."""'),
        ("app/db.py", 'return connect(f"host={dbhost} dbname={dbname} user={dbuser} password={dbpass}")'),
        ("app/db.py", 'text = f"DATABASE={p.database};HOSTNAME={safe};UID={p.username};PWD={p.password};"'),
        ("app/git.py", 'f"https://oauth2:{gitlab_access_token}@git.company.com/{repo}.git"'),
        ("cmd/dump.go", 'config.Password = config.Password[:4] + "***"'),
        ("setup.ps1", "$password = Read-Host -Prompt 'Create a new password' -AsSecureString"),
        ("web/src/width.ts", 'const STORAGE_KEY = "font-mono-char-width-0.7rem";'),
        ("web/src/locales/es.ts", "    password: 'Contraseña',"),
        ("web/src/fields.ts", "    password: 'Contraseña',"),
        ("appsettings.json", '"ConnectionString": "Host=localhost;Port=5432;Username=app;Password=;Database=app",'),
        ("k8s/queue.yaml", "  RABBITMQ_DEFAULT_PASS: cGFzc3dvcmQ="),
        ("compose.yaml", "test: ['CMD-SHELL', 'mysql -uroot -p${DB_PASSWORD:-infra_rag_flow} -e \"select 1\"']"),
        ("compose.yaml", "  - APP_SECRET=app-secret-abc-123-for-development-only-not-secure"),
        ("deploy/values.yml", '    password: "set_as_environment_variable-GLOBAL_POSTGRESQL_PASSWORD"'),
        ("Makefile", "	@JWT_SECRET_KEY=doctest-jwt-secret-DO-NOT-USE-IN-PRODUCTION-32plus \\"),
        ("app/token.py", "    >>> settings.jwt_secret_key = 'Tr0ub4dor-39x-Lw2m8Kq'"),
        ("app/token.py", "    ...     jwt_secret_key = 'Tr0ub4dor-39x-Lw2m8Kq'"),
        ("app/token.py", "jwt_secret_key = 'this-is-a-long-test-secret-key-32chars'"),
        ("app/cache.py", "        Format: 'redis://[:password]@host:port/db'"),
        ("scripts/mask-test.sh", '  "X-Api-Key": "Tr0ub4dor39xLw2m8Kq"'),
        (".secrets.baseline", '        "hashed_secret": "ff37a98a9963d347e9749a5c1b3936a4a245a6ff",'),
        ("web/src/chat.tsx", "    websiteToken: '5uV59Ay2pvMJenJary2hvvVM',"),
        ("deploy/values.yml", '    password: "set-via-secret-manager-q7"'),
        ("gateway/openapi-specs/desk-apis.yaml", "        access_token: gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo"),
        ("plugins/openapi.json", '"temp_clone_token": "ABTLWHOULUVAXGTRYU7OC2876QJ2O",'),
    ],
)  # fmt: skip
def test_what_is_passed_on_or_protects_nothing_does_not_count(file: str, line: str) -> None:
    assert counted(file, line) == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("web/src/width.ts", 'const STORAGE_KEY = "font-mono-char-width-0b7a";'),
        ("web/src/width.ts", 'const STORAGE_KEY = "tq3-83kd-wlq-2938-qqk";'),
        ("app/db.py", "db = pymysql.connect(host=host, user=user, password='Tr0ub4dor-39x', charset='utf8')"),
        ("app/db.py", 'return connect("host=db.internal dbname=app user=app password=Tr0ub4dor-39x")'),
        ("app/db.py", "    host=db.internal dbname=app user=app password=Tr0ub4dor-39x"),
        ("app/db.py", 'text = "Server=db.internal;Database=app;Uid=app;Pwd=Tr0ub4dor-39x;"'),
        ("app/db.php", '$db = pg_connect("dbname=app user=app password=Tr0ub4dor-39x");'),
        ("app/git.py", 'f"https://oauth2:Tr0ub4dor-39x@git.company.com/{repo}.git"'),
        ("setup.ps1", "$password = 'Tr0ub4dor-39x'"),
        ("appsettings.json", '"ConnectionString": "Host=db;Port=5432;Username=app;Password=Tr0ub4dor-39x;Database=app",'),
        ("k8s/queue.yaml", "  RABBITMQ_DEFAULT_PASS: VHIwdWI0ZG9yLTM5eA=="),
        ("app/token.py", "    settings.jwt_secret_key = 'Tr0ub4dor-39x-Lw2m8Kq'"),
        ("app/token.py", "    >>> settings.aws_key = 'AKIA" + "Q3EGRIT7YJ5VN2XP'"),
        ("app/cache.py", "        cache = 'redis://:Tr0ub4dor-39x@cache.internal:6379/0'"),
        ("deploy/values-test.yaml", '    password: "Tr0ub4dor-39x-Lw2m8Kq"'),
        ("deploy/values.yml", '    password: "main-env-4k9Zq7Lw2mT5"'),
        ("web/src/login.ts", "    websitePassword: 'Tr0ub4dor-39x-Lw2m8Kq',"),
        ("deploy/values.yml", '    password: "reset-asset-4k9Zq7Lw2m"'),
        ("gateway/config/desk.yaml", "        access_token: gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo"),
        ("compose.yaml", "  - APP_SECRET=8Fh2kQ9zX1mV7bT4nW6pR3cL5dS0gJ"),
    ],
)  # fmt: skip
def test_the_same_places_with_a_real_one_count(file: str, line: str) -> None:
    assert counted(file, line) == 1
