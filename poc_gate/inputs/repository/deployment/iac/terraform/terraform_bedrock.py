"""Resources of Terraform for Amazon Bedrock -> the models that they are given, and the knowledge bases that an agent reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import read_model_name, role_of_name
from poc_gate.model.claim import Place

_ROLES = {"foundation_model": "chat", "embedding_model_arn": "embedding"}
"""Entries that name a model by itself or at the end of an ARN -> its role."""
_MODEL_OF_ARN = re.compile(r"(?:foundation-model|inference-profile)/([\w.:-]+)\"?$")
_ACTS = re.compile(r"_action_group\"|_agent_collaborator\"|\baction_groups\s*=")
"""What gives an agent something to do; one without may only answer from a knowledge base."""
_JOINED = "aws_bedrockagent_agent_knowledge_base_association"


_OUTSIDE = {"pinecone_configuration": "pinecone", "mongo_db_atlas_configuration": "mongodb", "redis_enterprise_cloud_configuration": "redis"}  # fmt: skip
"""Where a knowledge base can keep its vectors outside of the cloud -> the system."""


def _note_stores(label: str, place: Place, inner: Sequence[Statement], notes: Notes) -> None:
    """Note the store outside the cloud in which a knowledge base keeps its vectors, and the bucket it is filled from."""
    heads = {head.partition(" ")[0] for one in inner for head in one.blocks}
    for head, system in _OUTSIDE.items():
        if label.endswith("_knowledge_base") and head in heads:
            notes.system(system, place, how="deployed", note="a knowledge base keeps its vectors there")
    if label.endswith("_data_source") and "s3_configuration" in heads:
        notes.system("s3", place, how="deployed", direction="read", note="a knowledge base is filled from it")


def _note_chunks(label: str, inner: Sequence[Statement], notes: Notes) -> None:
    """Note how many tokens a chunk of a knowledge base has at most, where all have about the same."""
    for one in inner if label.endswith("_data_source") else ():
        heads = {head.partition(" ")[0] for head in one.blocks}
        size = literal(one.value) if one.key == "max_tokens" and "fixed_size_chunking_configuration" in heads else None  # fmt: skip
        if isinstance(size, int | float) and not isinstance(size, bool):
            notes.number("retrieval.chunk_size", size, one.place, weight=3, note="tokens")


def note_bedrock(label: str, place: Place, inner: Sequence[Statement], notes: Notes, *, always: bool) -> None:
    """Note what a resource of Bedrock is, and which models it is given by name; `always` where no switch decides on it."""
    if label == "aws_bedrockagent_agent":
        notes.technique("agent", "an agent of Bedrock", place)
        if notes.file.shows(_ACTS):
            notes.technique("llm", "an agent of Bedrock asks a model", place)
    if not label.startswith(("aws_bedrock", "awscc_bedrock")) or not always:
        return
    _note_stores(label, place, inner, notes)
    _note_chunks(label, inner, notes)
    if label == _JOINED:
        notes.system("bedrock-knowledge-base", place, direction="read", note="an agent reads it")
        notes.technique("retrieval", "an agent reads a knowledge base", place)
    for one in inner:
        role = _ROLES.get(one.key, "")
        arn = _MODEL_OF_ARN.search(one.value) if role else None
        name = arn[1] if arn else literal(one.value) if role else None
        if isinstance(name, str) and read_model_name(name):
            notes.model(name, one.place, role=role_of_name(name) or role, provider="bedrock", hosting="hosted", weight=3)  # fmt: skip
