"""Files that tell LiteLLM's proxy which models it passes on -> models, who serves each, where they are asked."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import read_model_name

_ROLES = {"embedding": "embedding", "rerank": "reranker", "audio_transcription": "speech", "audio_speech": "speech", "image_generation": "image"}  # fmt: skip
_MOST = 60
_FILE = re.compile(r"\.ya?ml(?:[._-](?:template|tmpl|tpl|dist))?$")
"""Templates of such a file among them: people fill in addresses, seldom the models."""


_STANDS_IN = re.compile(r"(?i)https?://(?:[\w-]+[-_])?(?:mock|fake|stub|dummy)(?:[-_]?[\w-]+)?(?:[:/]|$)")
"""Addresses of a service that only stands in for those who serve models."""
_ADDRESSES = ("api_base", "base_url", "aws_bedrock_runtime_endpoint")
"""What LiteLLM calls the address at which a model is asked. Source: its documentation, "Proxy config", 2025."""


def _asked_at(entry: Node) -> str:
    """Return the address at which a model is asked, where the entry says one."""
    given = entry.at("litellm_params")
    return next((text for name in _ADDRESSES if (text := given.at(name).text())), "")


def _read(file: TextFile, notes: Notes) -> None:
    """Note every model that is passed on; the names that it is asked for by are the gateway's own."""
    if "litellm_params:" not in file.text:
        return
    for document in read_documents(file)[:1]:
        for entry in document.at("model_list").items()[:_MOST]:
            if _STANDS_IN.match(_asked_at(entry)):
                continue
            _note_passed(entry, notes)


def _note_passed(entry: Node, notes: Notes) -> None:
    given = entry.at("litellm_params")
    model = given.at("model")
    notes.technique("llm", "LiteLLM passes questions to models", model.place)
    asked_at = given.at("api_base").text()
    if asked_at.startswith("http"):
        notes.host(asked_at, "the gateway asks models there", given.at("api_base").place)
    text = model.text()
    if asked_at and "api.openai.com" not in asked_at and "gpt-oss" not in text:
        text = text.removeprefix("openai/")  # it only says how the other endpoint is spoken to
    found = read_model_name(text)
    if found is None:
        return
    provider = found[1]
    role = _ROLES.get(entry.at("model_info", "mode").text(), "")
    notes.model(text, model.place, role=role, provider=provider, weight=3)
    if not asked_at and provider in PROVIDER_HOSTS:
        notes.host(PROVIDER_HOSTS[provider], "the gateway asks models there", model.place)


READER = Reader(
    name="model-gateway",
    summary="models that LiteLLM's proxy passes questions to",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
