"""Which names of hosted models hold one version, which their providers move, and which leave that open."""

import pytest

from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.tables.model_versions import can_move, is_dated

HOLD = [
    "gpt-4o-2024-08-06",
    "gpt-3.5-turbo-0125",
    "claude-sonnet-4-5-20250929",
    "claude-sonnet-4@20250514",
    "gemini-2.0-flash-001",
    "mistral-large-2411",
    "command-a-03-2025",
    "grok-2-1212",
    "amazon.nova-pro-v1:0",
    "anthropic.claude-v2:1",
    "kimi-k2-0905-preview",
    "claude-2.1",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-opus-4-8",
    "us.anthropic.claude-sonnet-5",
    "anthropic.claude-opus-4-6-v1",
    "anthropic/claude-opus-5",
]
MOVE = [
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-5.2",
    "gpt-4.1-nano",
    "gpt-3.5-turbo-16k",
    "gpt-5.2-chat-latest",
    "o3-mini",
    "gpt-4-turbo",
    "openai/gpt-4o",
    "chatgpt-4o-latest",
    "claude-sonnet-4-5",
    "claude-opus-4-1",
    "claude-haiku-4-5",
    "claude-sonnet-4-0",
    "claude-3-5-sonnet-latest",
    "claude-3-opus",
    "gemini-2.0-flash",
    "gemini-1.5-pro",
    "gemini-pro",
    "gemini-flash-latest",
    "gemini-3-pro-preview",
    "deepseek-chat",
    "deepseek/deepseek-chat",
    "mistral-large-latest",
    "command-r-plus",
    "grok-4",
    "qwen-max",
    "sonar-pro",
    "kimi-latest",
]
OPEN = [
    "anthropic/claude-3.5-sonnet",
    "gemini-2.5-flash",
    "llama-3.3-70b-versatile",
    "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    "deepseek-ai/DeepSeek-V3",
    "text-embedding-3-small",
    "mistralai/Mistral-7B-Instruct-v0.2",
    "qwen2.5-72b-instruct",
    "openai/gpt-oss-120b",
    "gpt-image-1",
    "us.amazon.nova-lite",
    "anthropic.claude-v2",
    "anthropic/claude-sonnet-4.6",
]


@pytest.mark.parametrize(
    ("name", "moves"),
    [*((name, False) for name in HOLD), *((name, True) for name in MOVE), *((name, None) for name in OPEN)],
)
def test_a_name_moves_holds_or_leaves_it_open(name, moves):
    assert can_move(name) is moves


def test_a_date_is_seen_apart_from_what_a_provider_promises():
    assert is_dated("gpt-4o-2024-08-06")
    assert not is_dated("claude-sonnet-5")
    assert not is_dated("gpt-4o-latest")


@pytest.mark.parametrize(("second", "moves"), [("llama-3.3-70b-versatile", None), ("deepseek-chat", True)])
def test_a_model_chosen_among_several_moves_only_where_each_does(second, moves, tmp_path):
    asked = "OpenAI().responses.create(model='gpt-4o-mini', input='x')\n" * 4
    code = f"from openai import OpenAI\n{asked}OpenAI(base_url=URL).responses.create(model={second!r}, input='x')\n"
    (tmp_path / "answer.py").write_text(code)
    found = {one.claim.fact: one.claim.value for one in read_repository(tmp_path).facts}
    assert found["model.name"] == "gpt-4o-mini"
    assert found.get("model.alias_floating") is moves
