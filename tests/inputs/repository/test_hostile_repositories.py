"""Mutated, huge, looping and secret-bearing checkouts: no traceback, bounded, each skip named, nothing from outside."""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from assembled_layouts import ASSEMBLED_LAYOUTS
from classic_layouts import CLASSIC_LAYOUTS
from deployed_layouts import DEPLOYED_LAYOUTS
from later_layouts import LATER_LAYOUTS
from layouts import LAYOUTS
from more_layouts import MORE_LAYOUTS
from served_layouts import SERVED_LAYOUTS
from spoken_layouts import SPOKEN_LAYOUTS

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.show_inspection import render_json, render_text
from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.conclude.conclude import conclude
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.readers import readers

MUTATIONS = int(os.environ.get("POC_GATE_MUTATIONS", "60"))
"""For each reader; 2,000 were run once, by setting the variable."""
_SAMPLES = [
    (path, text)
    for layout in (
        *LAYOUTS.values(),
        *MORE_LAYOUTS.values(),
        *ASSEMBLED_LAYOUTS.values(),
        *LATER_LAYOUTS.values(),
        *SERVED_LAYOUTS.values(),
        *CLASSIC_LAYOUTS.values(),
        *DEPLOYED_LAYOUTS.values(),
        *SPOKEN_LAYOUTS.values(),
    )
    for path, text in layout.files.items()
]
_SPICE = ["{", "}", "[", "]", ":", "&a", "*a", "<<", "${", "{{", "'''", '"', "\\", "\x00", "\ufeff", "é", "\ud7ff", "9" * 400, "\t", "\n" * 3, "!Sub", "@", "-" * 50, "(" * 300]  # fmt: skip


def mutated(text: str, chance: random.Random) -> bytes:
    pieces = list(text)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(pieces) + 1)
        action = chance.randrange(4)
        if action == 0:
            pieces.insert(at, chance.choice(_SPICE))
        elif action == 1:
            del pieces[at : at + chance.randint(1, 30)]
        elif action == 2:
            pieces[at:at] = pieces[max(0, at - 40) : at] * chance.randint(1, 3)
        else:
            pieces = pieces[:at] or ["x"]
    return "".join(pieces).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_mutated_files_end_in_words(reader) -> None:
    chance = random.Random(reader.name)
    wanted = [(path, text) for path, text in _SAMPLES if reader.wants(path.lower())]
    wanted = wanted or [(path, text) for path, text in EXTRA if reader.wants(path.lower())]
    assert wanted, f"no sample for {reader.name}"
    for _ in range(MUTATIONS):
        path, text = chance.choice(wanted)
        signals = Signals(name="x", paths=frozenset({path}))
        file = TextFile(path, content=mutated(text, chance))
        try:
            reader.read(file, Notes(file, reader.name, signals))
        except UnreadableError as error:
            assert str(error)
        conclude("x", signals, [path])


EXTRA = [
    (".env.example", "OPENAI_API_KEY=sk-...\nCHAT_MODEL=gpt-4o\nPOSTGRES_HOST=db\n# REDIS_URL=redis://x\n"),
    ("evals/results/summary.json", '{"gpt_groundedness": {"pass_count": 4}, "num_questions": {"total": 5}, "citations_matched": {"rate": 0.5}}'),
    (".dvc/config", "[core]\n    remote = kept\n['remote \"kept\"']\n    url = s3://shop-data/churn/\n"),
    ("shop-run.yaml", "providers:\n  vector_io:\n  - provider_id: pages\n    provider_type: inline::faiss\nstorage:\n  backends:\n    kept:\n      type: kv_sqlite\n"),
    ("databricks.yml", "bundle:\n  name: stock\ntargets:\n  prod:\n    workspace:\n      host: https://dbc-12ab34cd.cloud.databricks.com\n"),
    ("k6/plan.js", "export const options = { stages: [{ duration: '30s', target: 200 }], rate: 5 };\n"),
    ("perf/plan.jmx", '<stringProp name="ThreadGroup.num_threads">50</stringProp>\n'),
    ("Dockerfile", 'FROM vllm/vllm-openai:v0.6.3\nENV HF_HOME=/m\nCMD ["--model", "Qwen/Qwen2.5-7B-Instruct", \\\n "--max-model-len", "8192"]\n'),
    ("train.R", 'library(ranger)\ncon <- DBI::dbConnect(RPostgres::Postgres(), host = "db")\nfit(model, data = rows)\n'),
    ("src/Shelf.kt", 'import org.springframework.ai.mcp.annotation.McpTool\n\n@McpTool(name = "put_book", description = "x")\nfun putBook(id: String) = shop.put(id)\n'),
    ("fly.toml", "app = 'a'\nprimary_region = 'fra'\n"),
    ("LICENSE", "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n"),
    ("README.md", "# Title\n\nThis pilot answers questions of customers about their orders.\n"),
]  # fmt: skip


def test_aliases_that_multiply_stay_small(tmp_path: Path) -> None:
    lines = ["a0: &a0 [gpt-4o, gpt-4o]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
    ]
    (tmp_path / "config.yaml").write_text("\n".join(lines))
    began = time.process_time()
    read_repository(tmp_path)
    assert time.process_time() - began < 3


def test_loops_submodules_and_odd_names_are_named_and_not_entered(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    (root / "a").mkdir(parents=True)
    (root / "a" / "loop").symlink_to(root)
    (tmp_path / "outside.py").write_text(
        "import openai\nopenai.OpenAI().chat.completions.create(model='gpt-4o')\n"
    )
    (root / "linked.py").symlink_to(tmp_path / "outside.py")
    (root / "sub").mkdir()
    (root / "sub" / ".git").write_text("gitdir: ../.git/modules/sub\n")
    (root / "sub" / "b.py").write_text("import openai\nopenai.OpenAI().responses.create(model='gpt-4.1')\n")
    (Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.py"))).write_text("import redis\nredis.Redis()\n")
    deep = root
    for _ in range(30):
        deep = deep / "d"
    deep.mkdir(parents=True)
    reading = read_repository(root)
    assert reading.models == ()
    assert [source.system for source in reading.sources] == ["redis"]
    why = {one.path: one.why for one in reading.left}
    assert why["a/loop"] == why["linked.py"] == "a link, not followed"
    assert why["sub/"] == "a submodule: another repository"
    assert any("nested deeper" in text for text in why.values())
    assert render_json(inspect_repository(root)).isascii()


def test_generated_minified_and_huge_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "bundle.js").write_text("openai=1;" + "x" * 50_000)
    (tmp_path / "chunk.js").write_text(("import{a as b}from'./openai.js';" + "b(1);" * 100 + "\n") * 9)
    (tmp_path / "data.py").write_text("import openai\nX = '" + "a" * (1 << 20) + "'\n")
    (tmp_path / "gen.ts").write_text("// @generated\nprocess.env.OPENAI\n")
    left = {one.path: one.why for one in read_repository(tmp_path).left}
    assert "minified" in left["bundle.js"]
    assert "put it together" in left["chunk.js"]
    assert "larger than 1 MiB" in left["data.py"]
    assert "generated" in left["gen.ts"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "off.json",
            '{"a": {"enabled": false}, "b": {"enabled": true}, "c": ' + "[" * 50_000 + "]" * 50_000 + "}",
        ),
        ("off.py", 'SHOP = {"enabled": False}\nDEEP = ' + "-" * 60_000 + "1\n"),
        ("behind.py", "def shop():\n    return 1\n    deep = " + "-" * 60_000 + "1\n"),
        ("takes.ts", "import {shop,\n" * 15_000),
        ("gives.ts", "export const shop = \n" * 10_000),
        ("cases.ts", "switch (shop) { case 'a':\n" * 8_000),
        ("runs.ts", "const one = {execute: shop},\n" * 30_000),
        ("looks.ts", "switch (process.env.SHOP) { case 'a': return shop;\n" * 18_000),
    ],
)
def test_what_is_looked_through_a_second_time_may_be_hostile(path: str, text: str, tmp_path: Path) -> None:
    (tmp_path / path).write_text(text)
    (tmp_path / "app.py").write_text(
        "import openai\n\nopenai.OpenAI().chat.completions.create(model='gpt-4o')\n"
    )
    began = time.process_time()
    assert "gpt-4o" in {model.name for model in read_repository(tmp_path).models}
    assert time.process_time() - began < 8


def test_secrets_are_never_copied(tmp_path: Path) -> None:
    key = "sk-" + "a1B2" * 10
    (tmp_path / ".env.example").write_text(
        f"OPENAI_API_KEY={key}\nDATABASE_URL=postgresql://u:hunter2secret@db/x\n"
    )
    (tmp_path / "config.yaml").write_text(
        f"llm:\n  api_key: {key}\n  model: gpt-4o\n  base_url: https://user:hunter2secret@llm.partner.io/v1\n"
    )
    (tmp_path / "app.py").write_text(
        f"import openai, psycopg\nopenai.OpenAI(api_key='{key}', base_url='https://user:hunter2secret@llm.partner.io')\npsycopg.connect('postgresql://u:hunter2secret@db')\n"
    )
    (tmp_path / "README.md").write_text(f"This service answers questions with the key {key} in production.\n")
    reading = inspect_repository(tmp_path)
    for text in (render_json(reading).decode(), render_text(reading)):
        assert key not in text
        assert "hunter2secret" not in text
    assert "llm.partner.io" in {host.host for host in reading.hosts}


def test_five_thousand_files_stay_within_time_and_memory(tmp_path: Path) -> None:
    samples = [text for path, text in _SAMPLES if path.endswith(".py")]
    for number in range(5_000):
        folder = tmp_path / f"p{number % 50}"
        folder.mkdir(exist_ok=True)
        (folder / f"m{number}.{'py' if number % 3 else 'yaml'}").write_text(
            samples[number % len(samples)] if number % 3 else "a: 1\n"
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    reading = read_repository(tmp_path)
    assert reading.looked_at == 5_000
    assert time.process_time() - began < 8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_generated_file_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    names = ", ".join(f"tool_{number}" for number in range(30_000))
    (tmp_path / "a.py").write_text(f"from langchain_openai import ChatOpenAI\n\nTOOLS = [{names}]\n")
    (tmp_path / "b.py").write_text(
        "from openai import OpenAI\n"
        + "OpenAI().chat.completions.create(model='gpt-4o-2024-08-06')\n" * 9_000
    )
    (tmp_path / "c.py").write_text(
        "from anthropic import Anthropic\nAnthropic().messages.create(model='claude-3-haiku-20240307')\n"
    )
    began = time.process_time()
    reading = read_repository(tmp_path)
    assert time.process_time() - began < 20, "the whole file is searched for each of its calls"
    perhaps = {name for one in reading.questions for name in one.models}
    assert {model.name for model in reading.models} | perhaps == {
        "gpt-4o-2024-08-06",
        "claude-3-haiku-20240307",
    }
    cut = {left.path for left in reading.left if "only its first 1,000" in left.why}
    assert cut == {"a.py", "b.py"}


def test_switches_that_refer_to_each_other_end_soon(tmp_path: Path) -> None:
    names = [f"local.s{number}" for number in range(30)]
    body = "".join(f"  s{number} = {' && '.join(names)}\n" for number in range(30))
    (tmp_path / "main.tf").write_text(
        f'locals {{\n{body}}}\nresource "aws_dynamodb_table" "t" {{\n  count = local.s0 ? 1 : 0\n}}\n'
    )
    (tmp_path / "setup.py").write_text("install_requires = [" * 2_000)
    reading = read_repository(tmp_path)
    assert [one.system for one in reading.sources] == ["dynamodb"]
