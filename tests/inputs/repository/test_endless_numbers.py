"""Whole numbers of hundreds of digits in a checkout bring no reader down, whatever form they are written in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.app.inspect.show_inspection import render_json, render_text
from poc_gate.inputs.repository.read_repository import read_repository

NUMBERS = ("9" * 400, "-" + "9" * 400, "1e999", "9" * 5000, "1_" * 200 + "1", "0x" + "f" * 400, "1e-999")
KEYS = (
    "max_tokens",
    "temperature",
    "top_k",
    "chunk_size",
    "timeout",
    "retries",
    "similarity_threshold",
    "replicas",
    "price_per_1k_tokens",
)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: f"{text[:6]}, {len(text)}")
def test_every_form_of_settings_and_code(tmp_path: Path, number: str) -> None:
    pairs = [(key, number) for key in KEYS]
    python = "\n".join(f"{key.upper()} = {number}\n{key} = -{number}" for key, _ in pairs)
    called = ", ".join(f"{key}={number}" for key, _ in pairs)
    prices = f"PRICES = {{'gpt-4o': {{'input': {number}, 'output': {number}}}}}"
    files = {
        "app.py": f"import openai\n{python}\n{prices}\nopenai.OpenAI().chat.completions.create(model='gpt-4o', {called})\n",
        "config.yaml": "llm:\n" + "".join(f"  {key}: {value}\n" for key, value in pairs),
        "settings.toml": "".join(f"{key} = {value}\n" for key, value in pairs),
        "config.json": "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in pairs) + "}",
        ".env.example": "".join(f"{key.upper()}={value}\n" for key, value in pairs),
        "app.ts": "".join(f"export const {key} = {value};\n" for key, value in pairs),
        "main.go": "package main\n" + "".join(f"const {key} = {value}\n" for key, value in pairs),
        "main.tf": 'resource "aws_db_instance" "a" {\n'
        + "".join(f"  {key} = {value}\n" for key, value in pairs)
        + "}\n",
        "docker-compose.yml": f"services:\n  db: {{image: 'postgres:16', deploy: {{replicas: {number}}}}}\n",
        "deploy.yaml": f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec: {{replicas: {number}, template: {{spec: {{containers: [{{name: a, image: 'x:1'}}]}}}}}}\n",
        "values.yaml": f"replicaCount: {number}\nimage: {{repository: vllm/vllm-openai}}\n",
        "Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    read_repository(tmp_path)
    found = inspect_repository(tmp_path)
    assert render_text(found)
    json.loads(render_json(found))
