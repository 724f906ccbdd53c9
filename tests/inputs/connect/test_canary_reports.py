"""Planted secrets, from every place a pilot has for them, in none of the outputs: not in one format, not in one stream."""

from __future__ import annotations

import base64
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from own_servers import DelayServer, JsonHandler, free_port, serving
from sources_runs import PROGRAM, RUN, binding, environment, write_budget, write_manifest

PLANTED = {
    "environment": "canary/Env+Zq8&plant",
    "file": "canary/File+Kx3&plant",
    "dsn": "canary-Dsn-Wm5-plant",
    "query": "canary-Query-Tr7-plant",
    "manifest": "canary-Manifest-Pv9-plant",
    "exception": "canary-Exception-Hb2-plant",
    "ambient": "canary-Ambient-Jn4-plant",
}
"""Where it is planted -> the secret."""
FORMATS = ("terminal", "json", "html", "sarif", "junit", "github", "gitlab", "markdown", "csv", "intoto")


def spellings(secret: str) -> set[bytes]:
    """Return every way in which a secret may be written."""
    words = {secret, quote(secret, safe=""), quote_plus(secret), base64.b64encode(secret.encode()).decode()}
    escaped = {
        repr(secret)[1:-1],
        secret.replace("&", "&amp;"),
        secret.replace("&", "\\u0026"),
        secret.encode().hex(),
    }
    return {word.encode() for word in words | escaped}  # fmt: skip


class _Echoing(JsonHandler):
    """Fails, and says everything that it heard back in its status line, headers and body."""

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        heard = " ".join(f"{key}={value}" for key, value in self.headers.items()).replace("\n", " ")
        self.send_response(500, f"{PLANTED['exception']} {heard}")
        self.send_header("X-Echo", heard)
        self.send_header("Server", f"echo {heard}")
        body = f"password={PLANTED['exception']} {heard}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Telling(_Echoing):
    """Answers, with what it heard in its headers."""

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        self.send_response(200)
        self.send_header("Server", f"token={self.headers.get('Authorization', '')}")
        self.send_header("X-Cache", str(self.headers.get("Authorization", "")))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")


def _write_pilot(folder: Path, failing: int, telling: int, delays: int) -> None:
    (folder / "secret.txt").write_text(PLANTED["file"] + "\n", encoding="utf-8")
    dead = free_port()
    write_manifest(
        folder,
        f"{{id: failing, system: rest, url: 'http://127.0.0.1:{failing}/x', credential: env:POC_CANARY}}",
        f"{{id: telling, system: rest, url: 'http://127.0.0.1:{telling}/x', credential: file:{folder}/secret.txt, p99: 1 ms}}",
        f"{{id: working, system: rest, url: 'http://127.0.0.1:{delays}/x', credential: env:POC_CANARY, p99: 1 ms}}",
        f"{{id: dsn, system: postgresql, url: 'postgresql://127.0.0.1:{dead}/app', credential: env:POC_DSN,"
        " probe: {table: t, key: k}}",
        f"{{id: password, system: postgresql, url: 'postgresql://r:{PLANTED['manifest']}@127.0.0.1:{dead}/app',"
        " probe: {table: t, key: k}}",
        f"{{id: query, system: rest, url: 'http://127.0.0.1:{delays}/x?access_token={PLANTED['query']}'}}",
        f"{{id: option, system: rest, url: 'http://127.0.0.1:{delays}/x', probe: {{paths: '/x?api_key={PLANTED['query']}'}}}}",
    )
    references = ("env:POC_CANARY", f"file:{folder}/secret.txt", "env:POC_DSN")
    write_budget(folder, 'timeout = "1 s"', *(binding(one, "reader") for one in references))


@pytest.fixture
def outputs(tmp_path):
    """Return everything that a whole use of the command leaves behind: streams and files."""
    planted = environment(
        POC_CANARY=PLANTED["environment"], POC_DSN=f"postgresql://reader:{PLANTED['dsn']}@127.0.0.1/app",
        PGPASSWORD=PLANTED["ambient"], AWS_SECRET_ACCESS_KEY=PLANTED["ambient"],
    )  # fmt: skip
    written: dict[str, bytes] = {}

    def use(name: str, *words: str) -> None:
        done = subprocess.run(
            [*PROGRAM, *words], cwd=tmp_path, capture_output=True, env=planted, timeout=180, check=False,
        )  # fmt: skip
        assert b"Traceback" not in done.stderr, done.stderr
        written[f"{name} stdout"], written[f"{name} stderr"] = done.stdout, done.stderr

    with serving(_Echoing) as failing, serving(_Telling) as telling, DelayServer("fixed:1") as delays:
        _write_pilot(tmp_path, failing, telling, delays.port)
        inputs = {path.name for path in tmp_path.iterdir()}
        use("plan", "sources", "plan", ".")
        use("run", *RUN, "--yes", "-o", "sources.json")
        use("show", "sources", "show", "sources.json")
        heard = str(delays.truth()["headers"])
    assert PLANTED["environment"] in heard, "the secret was really sent to its host"
    formats = [word for name in FORMATS for word in ("--format", f"{name}=out.{name}")]
    use(
        "assess",
        "assess",
        ".",
        "--sources",
        "sources.json",
        "--machine",
        "l4-24gb",
        *formats,
        "--bundle",
        "b.zip",
    )
    use("bare", "assess", ".", "--machine", "l4-24gb", "--format", "html=bare.html")
    use("validate", "validate", ".")
    use("debug", "--debug", *RUN, "--yes", "--only", "dsn", "--only", "failing")
    written |= {
        str(path.relative_to(tmp_path)): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and path.name not in inputs
    }
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        written |= {f"b.zip/{name}": bundle.read(name) for name in bundle.namelist()}
    return written


def test_no_planted_secret_is_in_any_output(outputs):
    assert {f"out.{name}" for name in FORMATS} <= set(outputs)
    assert "b.zip/pilot.yaml" in outputs
    assert all(outputs[f"out.{name}"] for name in FORMATS)
    found = [
        (place, name)
        for place, secret in PLANTED.items()
        for name, content in outputs.items()
        if any(spelling in content for spelling in spellings(secret))
    ]
    assert found == []
