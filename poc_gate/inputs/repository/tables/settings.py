"""Names of settings -> facts with unit and plausible range; a new setting is one row."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from poc_gate.model.quantity import Quantity
from poc_gate.text.quantities.plain_number import finite


class SettingRow(NamedTuple):
    """A setting as people name it."""

    fact: str
    pattern: str
    """Of the whole name in small letters with underscores."""
    low: float
    high: float
    unit: str = "1"
    factor: float = 1.0
    """Of the plain number to the SI unit."""


_T = r"(?:^|.*_)"
_OF, _PRICED = (
    r"(?:.*(?:llm|model|openai|gpt\w*|token|api|anthropic|claude|gemini|bedrock|mini)_)?",
    r"(?:tokens?_)?(?:cost|price)",
)
_GENERAL = r"(?:(?:(?:a?o?ai|llms?|models?|openai|chat[a-z0-9]*|completions?|generat(?:ion|or|ive)|responses?|answers?|outputs?|default|anthropic|claude|bedrock|gemini|google|vertex|azure|ollama|vllm|tgi|groq|mistral|cohere|deepseek|openrouter|litellm|nvidia|nim|gpt[a-z0-9]*|requests?|options|parameters|params|config[a-z0-9]*|settings|kwargs|args|inference|sampling|rag|qa|agents?|app|api|assistant|bot|main|base|primary|provider|service|mini|turbo|large|small|\d[a-z0-9]*)_)*(?:llm|model|openai|chat|completions?|generation|response|answer|output|default|anthropic|claude|bedrock|gemini|azure|groq|mistral|ollama|deepseek|openrouter|cohere|vertex|requests?|options|chatgpt|parameters|params|config)_)?"
"""Words before a cap on answers that leave it the answer's: others name a step, such as `primer_llm_max_tokens`."""
_OF_MODELS = r"(?:(?:a?o?ai|llms?|lm|models?|openai|chat|completion|default|anthropic|claude|bedrock|gemini|azure|ollama|vllm|tgi|engine|gpt[a-z0-9]*|llama[a-z0-9]*|qwen[a-z0-9]*|mistral|gemma[a-z0-9]*|base|main|primary|max|total|config|settings|params|options|kwargs|args|inference|server|runtime|device|generation|generator|rag|agent|app|local)_)*"
"""Words before a model's window: others name a document, a page or a history that is cut."""
ROWS = (
    SettingRow("retrieval.candidates", _T + r"(?:hybrid_(?:vector|dense|fts|text)_(?:top_?)?k|vector_?db_top_?k|vdb_top_?k|fetch_k|num_candidates|candidate_k|candidate_pool(?:_size)?|initial_top_?k|prefetch_k)", 1, 10_000),
    SettingRow("retrieval.top_k", _T + r"(?:similarity_)?(?:top_?k|topk)(?:_results|_documents|_docs|_chunks|_retrieval|_retrieve|_retrieved)?", 1, 1000),
    SettingRow("retrieval.top_k", _T + r"top_(?:results|documents|chunks|passages)(?:_count|_limit)?", 1, 1000),
    SettingRow("retrieval.top_k", _T + r"(?:retrieval_k|search_k|retriever_k|n_retrieved|num_results|number_of_results|max_results|num_docs|number_of_documents|num_retrieved_docs|max_retrieval_results|max_retrieved_docs|max_(?:vector_)?search_results|vector_k|num_chunks|match_count|n_chunks|num_retrievals?|retrieval_(?:limit|count)|retriever_(?:limit|count)|top_n_(?:results|docs|documents|chunks|passages)|(?:num(?:ber_of)?_)?similarity_results|similarity_search_(?:k|limit)|search_(?:default_)?top_n|num_(?:passages|relevant_(?:docs|documents|chunks))|k_nearest_neighbors(?:_count)?)", 1, 1000),
    SettingRow("retrieval.chunk_size", _T + r"(?:chunk_?size|chunk_?length|chunk_?tokens|node_parser_chunk_size|max_chunk_size|(?:max_)?chunk_chars|tokens_per_chunk|split_length|document_chunk_max|chunk_max|max_section_length|section_length|maximum_page_length|(?:chunking|chunker)_(?:default_)?(?:size|length|max_tokens))(?:_in_tokens|_tokens|_chars)?", 16, 100_000),
    SettingRow("retrieval.chunk_overlap", _T + r"(?:(?:text_?)?splitter_(?:chunk_?)?overlap|chunk_?overlap|overlap_?size|overlap_?tokens|split_overlap|token_overlap_across_chunks|section_overlap|page_overlap_length|(?:chunking|chunker)_(?:default_)?overlap)(?:_tokens|_chars)?", 0, 20_000),
    SettingRow("retrieval.chunk_overlap", r"(?:text_)?overlap(?:_(?:tokens|chars|words))?", 0, 20_000),
    SettingRow("retrieval.dims", _T + r"(?:embed(?:ding)?s?_?(?:(?:model|deployment)_?)?(?:dims?|dimensions?|size|length)|vector_?(?:search_)?(?:dims?|dimensions?|size|length)|(?:embed(?:ding)?s?_)dimensionality)", 8, 16_384),
    SettingRow("security.output_cap", _GENERAL + r"(?:max_(?:output_|new_|completion_|response_|gen_)?tokens(?:_to_sample)?|max_output_token|max_token_count|max_?output_?length|num_predict|num_output)", 16, 1_000_000, "tok"),
    SettingRow("security.output_cap", r"(?:.*_)?response_token_limit", 16, 1_000_000, "tok"),
    SettingRow("model.max_context", r"(?:.*_)?completion_token_limit", 128, 10_000_000, "tok"),
    SettingRow("retrieval.reranked", _T + r"(?:rerank(?:er)?_?(?:top_?(?:n|k)|k|n))", 1, 1000),
    SettingRow("security.input_cap", _T + r"max_(?:input|prompt|query)_tokens", 1, 10_000_000, "tok"),
    SettingRow("model.max_context", _OF_MODELS + r"(?:max_model_len(?:gth)?|context_window|max_seq_len(?:gth)?|max_input_length|n_ctx|num_ctx)", 128, 10_000_000, "tok"),
    SettingRow("model.max_context", r"(?:.*_)?(?:models?|llm|lm|engine|runtime|device|ollama|vllm|llama\w*|inference|server)_(?:max_)?context(?:_tokens|_size|_length)?", 2_000, 10_000_000, "tok"),
    SettingRow("model.max_concurrency", _T + r"(?:max_num_seqs|max_ongoing_requests|max_concurrent_queries|(?:llm|model|vllm|tgi|engine|inference|ollama|openai)_max_concurrent_requests|max_concurrent_(?:inferences?|generations?|(?:llm|model|inference)_(?:requests|calls)))", 1, 100_000),
    SettingRow("model.kv_utilisation", _T + r"gpu_memory_utili[sz]ation", 0.05, 1),
    SettingRow("model.tensor_parallel", _T + r"(?:tensor_parallel(?:_size)?|tp_size)", 1, 64),
    SettingRow("agent.max_steps", r"(?:.*_)?recursion_limit|.*agent.*_max_(?:tool_)?(?:iterations|steps|turns|iter|rounds)|(?:.*_)?max_agent_(?:steps|iterations|turns|rounds)|(?:.*_)?max_tool_(?:iterations|rounds|turns)|max_infer_iters|max_(?:researcher|supervisor|reasoning|react)_(?:iterations|steps|turns|loops)", 1, 1000),
    SettingRow("agent.loops", r"max_(?:iterations|turns|steps|iters|loops)", 1, 1000),
    SettingRow("agent.max_tool_calls", _T + r"max_tool_calls", 1, 1000),
    SettingRow("model.call_timeout", r"(?:.*(?:llm|model|openai|chat|anthropic|azure|ollama|generation|inference|completion)_)(?:default_)?(?:request_)?timeout(?:_s|_sec|_secs|_seconds)?", 0.1, 7200, "s"),
    SettingRow("model.call_timeout", r"(?:.*(?:llm|model|openai|chat|anthropic|azure|ollama|generation|inference|completion)_)(?:default_)?(?:request_)?timeout_(?:ms|millis|milliseconds)", 10, 7_200_000, "s", 1e-3),
    SettingRow("path.stages[model].retries", r"(?:.*(?:llm|model|openai|aoai|chat|anthropic|claude|bedrock|gemini|azure|completion|generation|inference)_)(?:\d+_)?(?:max_(?:retries|retry(?:_(?:attempts|count))?|retry)|num_retries|retry_(?:count|attempts|max)|retries)", 1, 50),
    SettingRow("operations.request_deadline", r"max_duration", 1, 3_600, "s"),
    SettingRow("operations.graceful_stop", _T + r"(?:graceful_shutdown_timeout|termination_grace_period(?:_seconds)?|graceful_timeout)", 1, 86_400, "s"),
    SettingRow("cost.in_token", _OF + r"(?:input|prompt)_" + _PRICED + r"_per_(?:1_?k|1000|thousand)(?:_tokens)?", 1e-6, 1, "money/tok", 1e-3),
    SettingRow("cost.out_token", _OF + r"(?:output|completion)_" + _PRICED + r"_per_(?:1_?k|1000|thousand)(?:_tokens)?", 1e-6, 1, "money/tok", 1e-3),
    SettingRow("cost.in_token", _OF + r"(?:input|prompt)_" + _PRICED + r"_per_(?:1_?m|m|million|mtok|mtokens)(?:_tokens)?", 1e-3, 1_000, "money/tok", 1e-6),
    SettingRow("cost.out_token", _OF + r"(?:output|completion)_" + _PRICED + r"_per_(?:1_?m|m|million|mtok|mtokens)(?:_tokens)?", 1e-3, 1_000, "money/tok", 1e-6),
    SettingRow("cost.in_token", r"(?:cost|price)_per_(?:1_?k|1000)_(?:input|prompt)(?:_tokens?)?", 1e-6, 1, "money/tok", 1e-3),
    SettingRow("cost.out_token", r"(?:cost|price)_per_(?:1_?k|1000)_(?:output|completion)(?:_tokens?)?", 1e-6, 1, "money/tok", 1e-3),
    SettingRow("cost.in_token", r"(?:cost|price)_per_(?:1_?m|million)_(?:input|prompt)(?:_tokens?)?", 1e-3, 1_000, "money/tok", 1e-6),
    SettingRow("cost.out_token", r"(?:cost|price)_per_(?:1_?m|million)_(?:output|completion)(?:_tokens?)?", 1e-3, 1_000, "money/tok", 1e-6),
    SettingRow("model.decision_threshold", _T + r"(?:fraud|churn|prediction|decision|classification|classifier|model|proba(?:bility)?)_threshold", 0, 1),
)  # fmt: skip
"""Rows are tried in turn; the first that fits decides."""

IS_ASIDE = re.compile(
    r"(?i)title|summar|health|classif|rephrase|mock|mem0|_memory\.|trimmer|truncat|chunk|splitter|embed(?:d|[_./-])|rerank|extractor"
)
"""Files whose calls of a model are beside the answer: their limits are not those of the answer."""
PICKS = re.compile(r"(?:Tools?|Skills?|WebSearch)(?=[A-Z]|$)|^Web(?=[A-Z])")
"""Classes of settings of what picks tools or searches the web: how many it returns are no passages."""
_COMPILED = tuple((row, re.compile(row.pattern)) for row in ROWS)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT = re.compile(
    r"(?:^|_)(?:test|mock|history|lexical|bm25|sparse|fewshot|cache|log|judge|eval|summar\w*|title|train\w*|upload|ingest|download|sandbox|example|docs?_|web|osint|news|tavily|serper|serp_?api|searxng|duck_?duck_?go|ddgs|brave|exa|guard_?rails?|github|min|connect|health_?check\w*|heartbeat|probe|ping|readiness|liveness)(?:_|$)"
)
"""Parts of a name that make the value speak of something else."""
_RERANKS = re.compile(r"(?:^|_)rerank(?:er|ing)?(?:_|$)")
_RERANKED = "retrieval.reranked"
"""How many passages are left after ranking again: what the model sees. It is no fact by itself."""


def words_of(name: str) -> str:
    """Return a name in small letters with underscores: `maxTokens` and `max-tokens` become `max_tokens`."""
    return re.sub(r"[^a-z0-9]+", "_", _CAMEL.sub("_", name).lower()).strip("_")


def fact_of_setting(name: str, value: object) -> list[tuple[str, Quantity]]:
    """Return the facts that a setting states by its name, with the value in SI units; none when it does not fit."""
    number = _number(value)
    if number is None or len(name) > 80:
        return []
    row = _row_of(name)
    if row is None:
        return []
    fits = row.low <= number <= row.high and (row.unit != "1" or number == int(number) or row.high <= 1)
    return [(row.fact, Quantity(number * row.factor, row.unit))] if fits else []


@lru_cache(maxsize=16_384)
def _row_of(name: str) -> SettingRow | None:
    """Return the row that a setting's name fits, or None."""
    words = words_of(name)
    if _NOT.search(words):
        return None
    reranks = _RERANKS.search(words) is not None
    rows = (
        row
        for row, pattern in _COMPILED
        if (not reranks or row.fact == _RERANKED) and pattern.fullmatch(words)
    )
    return next(rows, None)


def _number(value: object) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(?:_\d{3})*(?:\.\d{1,6})?", value.strip()):
        return float(value.strip().replace("_", ""))
    return finite(value)
