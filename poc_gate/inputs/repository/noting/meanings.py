"""A setting whose name says what it is, and the file that it is in -> whether it speaks of something else after all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.signals import Scalar
from poc_gate.inputs.repository.noting.sizes import is_of_rows
from poc_gate.inputs.repository.tables.settings import IS_ASIDE, PICKS, words_of
from poc_gate.model.quantity import Quantity

RUNS_STATEMENTS = "runs whatever statement it is given"
"""What is said of a tool whose code hands what a model wrote to a database."""
LOOPS = "agent.loops"
"""Rounds of a loop, which are an agent's steps where the file is about agents."""


class SettingRead(NamedTuple):
    """A setting that a name makes a fact of."""

    fact: str
    name: str
    value: Scalar
    size: Quantity
    file: TextFile


def speaks_of_else(one: SettingRead) -> bool:
    """Say whether a setting speaks of something else than its name suggests, by its file or by its full name."""
    return any(one.fact.startswith(facts) and is_else(one) for facts, is_else in _ELSE)


_TOKENS, _CHARACTERS = re.compile(r"(?:^|_)tokens?(?:_|$)"), re.compile(r"(?:^|_)char(?:acter)?s?(?:_|$)")


def unit_of_passages(fact: str, name: str) -> str:
    """Return what the size of a passage is counted in, as far as a setting's name says it; empty for others."""
    if not fact.startswith("retrieval.chunk_"):
        return ""
    words = words_of(name)
    return "tokens" if _TOKENS.search(words) else "characters" if _CHARACTERS.search(words) else ""


_BATCHES = re.compile(r"(?i)embed\w*_chunk_?size$")
"""Texts that are embedded in one request, in most cases: a passage's own size stands before it."""
_BOUNDS = re.compile(r"(?i)(?:^|[_.-])(?:max|min)[_-]?chunk[_-]?size$")
"""The largest passage that is let through, beside the size that passages are cut to."""
_SIZE_ITSELF = re.compile(r"(?<![\w-])(?:self\.)?chunk_?[sS]ize[\"']?\s*[=:]")
"""A file that gives that size."""


def stands_beside(one: SettingRead) -> bool:
    """Say whether another setting stands before this one, which its name calls a bound or the size of a request."""
    if _BATCHES.match(one.name):
        return True
    if one.name == "maxDuration" and _IS_A_PAGE.search(one.file.path):
        return True
    return bool(_BOUNDS.search(one.name)) and one.file.shows(_SIZE_ITSELF)


_IS_A_PAGE = re.compile(r"(?:^|/)(?:page|layout)\.[jt]sx?$")
"""Pages of Next.js, whose time is given to what they do beside the routes that answer."""
_BARE_OVERLAP = re.compile(r"(?i)(?:^|[._])(?:text_?)?overlap(?:_?(?:tokens|chars|words))?$")
"""A name that says of nothing by how much it overlaps."""
_SIZED_PASSAGES = re.compile(
    r"(?i)(?<![\w-])(?:max_?)?chunk_?(?:size|length|chars|tokens|words)\w*[\"']?\s*[=:]"
)
_NO_TEXTS = re.compile(r"(?i)\baudio|\bsample_?rate\b|\bwaveform|\bbounding|\biou\b")
"""What a file speaks of whose parts are no passages of a text."""


def _is_of_no_text(one: SettingRead) -> bool:
    """Say whether an overlap is of something else than the passages of a text: no size of them stands beside it."""
    bare = (
        _BARE_OVERLAP.search(one.name) is not None
        and "chunk" not in one.name.lower()
        and "split" not in one.name.lower()
    )
    return bare and (not one.file.shows(_SIZED_PASSAGES) or one.file.shows(_NO_TEXTS))


_OF_STATEMENTS = re.compile(r"(?i)sql|quer(?:y|ies)|statement")
_LETS_READ = re.compile(
    r"(?i)[\"'](?:drop|delete|insert|update|alter|truncate)[\"']\s*,\s*[\"'](?:drop|delete|insert|update|alter|truncate)[\"']|\bmode=ro\b|\bread_?only\s*=\s*True\b|\bquery_only\b|transaction read only|startswith\(\s*\(?\s*[\"'](?:select|with)\b|\bonly[ -]select\b|\bselect[ -]only\b|only select (?:quer|statement)|[\"']readonly[\"']\s*:\s*[\"']?(?:[12]\b|\w*read_?only)"
)


def only_reads(name: str, why: str, file: TextFile) -> bool:
    """Say whether a tool that runs statements, by its name or by its code, lies in a file that lets through what reads."""
    runs = RUNS_STATEMENTS in why or (why.startswith("by its name") and bool(_OF_STATEMENTS.search(name)))
    return runs and file.shows(_LETS_READ)


_OF_MODELS = ("model.max_context", "model.call_timeout", "security.output_cap")
_OWN = re.compile(r"(?:^|_)(?:local|ollama|llama_?cpp|lm_?studio|vllm|tgi)_")


def is_of_own_engine(fact: str, name: str) -> bool:
    """Say whether a limit of a model has the name of an engine on machines of one's own, or one that only those have."""
    words = words_of(name)
    return fact in _OF_MODELS and (bool(_OWN.search(words)) or words.endswith(("n_ctx", "num_ctx")))


_SPEAKS = re.compile(r"(?i)(?:^|/)(?:tts|stt|speech)\w*/")
_TRAINS = re.compile(r"(?i)(?:^|[/_-])train(?:ing|er)?(?:[/_.-]|$)")
_IN_AGENT = re.compile(r"(?i)agent|tool_?calls?\b")
_IMPROVES = re.compile(
    r"(?i)optimi[sz](?:er|ation|ing)|hyperparam|(?:^|[/_])(?:tun(?:er|ing)|evals?)(?:[/_]|$)|(?:^|[/_])(?:wizard|onboarding)(?:[/_.]|$)"
)
"""Files that look for a better prompt or model, try one out, or lead people on: their rounds are not those of the agent."""
_WEB = re.compile(r"(?i)(?:^|[/_.-])(?:web(?:_?search|[-_]research)?[-_](?:search|research|agent)|web_?search|tavily|serp(?:er|api)?|duckduckgo|brave|google_?search)(?:[/_.-]|$)")  # fmt: skip
_MEASURES = re.compile(r"(?i)\bndcg\b")
"""What a file speaks of that measures rankings."""
_SEARCHES = re.compile(r"(?i)vector|embed|retriev|similar|passage")
_NEAREST = re.compile(r"(?i)\bknn\b|vector_?search|query_?vector|embedd|similarity")
_RESULTS = frozenset({"MAX_RESULTS", "max_results", "maxResults", "MaxResults"})
"""How many anything returns: of a search only in files that speak of one."""
_PAGED = re.compile(r"MaxResults|(?:list_params_)?maxResults|.*(?:page_size|per_page)")
"""How calls of AWS that list things are told the size of a page; those that search have a name of their own."""
_PAGES = frozenset({"100", "200", "250", "500", "1000"})
"""Sizes of pages, where the name may also be that of a search."""
_ROWS = re.compile(
    r"\b(?:create_sql_agent|SQLDatabaseToolkit|UPPER_LIMIT_QUERY|SQL_PREFIX)\b|\bSQLDatabase\b[\s\S]*\bdef create_sql\w*\("
)
"""What asks a database for rows: LangChain calls how many of them `top_k`."""
_BOUND = re.compile(
    r"(?i)(?:.*_)?max(?:imum)?_?(?:similarity_?)?top_?k|(?:.*_)?top_?k_?(?:max(?:imum)?|limit|cap)|(?:.*_)?max_k"
)
"""How many passages may be asked for at most, which is not how many are."""
_DRAWS = re.compile(r"(?i)\btypical_p\b[\"']?\s*[:=]|\brepetition_penalty\b[\"']?\s*[:=]")
"""How engines of one's own draw words, beside which `top_k` says from how many."""
_REMEMBERS = re.compile(r"(?i)(?:^|[/_.-])(?:feedbacks?|few_?shots?)(?:[/_.-]|$)")
"""Files that look for earlier answers as examples: how many they take are no passages."""
_CUTS = re.compile(
    r"(?i)\[:\s*(?:self\.)?max_input_length\]|max_input_length\b[^\n]{0,40}\.length\b|\.length\b[^\n]{0,10}max_?input_?length|len\(\w+\)\s*>=?\s*(?:self\.)?max_input_length|(?:slice|substring)\(0,\s*max_?input_?length\)"
)
"""How a text is cut after so many characters, which are no tokens."""
_STREAMS = re.compile(r"(?i)stream(?:ing|er)?[._]")
"""Sections on how an answer is sent in parts."""
_ENRICHES = re.compile(r"(?i)enrich")
_ANSWERS = re.compile(
    r"(?i)streamtext|generatetext|streamobject|generateobject|completion|\bllm|agent|answer|\bchat|message|prompt|openai|anthropic|gemini|bedrock|langchain|question"
)
_ASIDE = re.compile(r"(?m)^[ \t]*import\b[^;]*?from\s+[\"'][^\"']+[\"'];?|/\*.*?\*/|//[^\n]*", re.DOTALL)
"""Imports and remarks, which also speak of what a route's file only takes in."""


_PROBES = r"/(?:api/(?:tags|version|ps)|health\w*|ready\w*|ping|v1/models)\b[^\n]{0,40}timeout\s*=\s*"
"""What asks an engine whether it is there, and which models it has, before a limit of time that is given by name."""


def _is_of_a_probe(one: SettingRead) -> bool:
    """Say whether a limit of time is given to what asks an engine whether it is there, and not to a question."""
    return one.file.shows(re.compile(f"{_PROBES}{re.escape(one.name)}\\b"))


_PER_PASSAGE = re.compile(r"(?:^|_)max_(?:\w+_)?per_chunk$")
_CUTS_TEXTS = re.compile(r"(?i)chunk_?overlap|splitter|split_text|chunk_text|chunker|chunking")


def _is_a_cap_on_passages(one: SettingRead) -> bool:
    """Say whether a size is how much of each passage a model is shown, by its name, where nothing in the file cuts texts."""
    capped = _PER_PASSAGE.search(words_of(one.name)) is not None
    return capped and not _CUTS_TEXTS.search(one.file.path) and not one.file.shows(_CUTS_TEXTS)


def _is_of_a_page(one: SettingRead) -> bool:
    return bool(_PAGED.fullmatch(one.name)) and (one.name == "MaxResults" or str(one.value) in _PAGES)


def _is_of_another_route(one: SettingRead) -> bool:
    """Say whether a route speaks of nothing that answers people: how long it may take is not how long an answer may."""
    if one.name != "maxDuration" or _ANSWERS.search(one.file.path):
        return False
    return not _ANSWERS.search(_ASIDE.sub("", one.file.text))


_OF_BATCHES = re.compile(r"\bBatch(?:Get|Write)(?:Item)?(?:Command|Request)?\b|\bbatch_(?:get|write)_item\b|\bbatch_writer\(|\bbulkWrite\(")  # fmt: skip
"""How a store is asked for many rows at once, so many in each request."""
_DIVIDES = re.compile(r"(?i)chunk_?overlap|splitter|split_text|chunk_text|\bembed")
_OF_PAGES = (".tsx", ".jsx", ".vue", ".svelte")


def _is_of_a_list(one: SettingRead) -> bool:
    """Say whether a size is of parts of a list, which a store or a page takes one after the other."""
    return (one.file.name.endswith(_OF_PAGES) or one.file.shows(_OF_BATCHES)) and not one.file.shows(_DIVIDES)


_PARTS = re.compile(r"(?P<name>\w+)\s*(?::[^=\n]{1,60})?=\s*(?:await\s+)?[\w.]*[sS]plitter\w*\.(?:split|create)_?(?:[dD]ocuments|[tT]exts?)\(")  # fmt: skip


def _is_of_a_summary(one: SettingRead) -> bool:
    """Say whether all that a splitter makes in a file is given to what sums it up."""
    if not one.file.shows("ummar") or not one.file.shows("plitter"):
        return False
    made = [match["name"] for match in _PARTS.finditer(one.file.text)]
    return bool(made) and all(_only_summed_up(name, one.file.text) for name in made)


def _only_summed_up(name: str, text: str) -> bool:
    used = len(re.findall(rf"(?<![\w.]){name}\b(?!\s*(?::[^=\n]{{1,60}})?=[^=])", text))
    summed = len(
        re.findall(
            rf"(?i)\b\w{{0,60}}summar\w{{0,60}}(?:\.\w+)*\([^()\n]{{0,400}}(?-i:(?<![\w.]){name}\b)", text
        )
    )
    return 0 < used == summed


_ASKS_A_SUMMARY = re.compile(r"[\"'](?:summary|summari[sz]ation)_(?:type|method|strategy)[\"']\s*:")
"""What a service is told that sums texts up, with the size of the parts in which it reads them."""
_BY_SIMILARITY = re.compile(
    r"(?i)\bsearch_?type\b[^\n=:]{0,4}(?::\s*[\w\[\], ]{1,40})?[=:]\s*[\"']similarity[\"']"
)
"""The usual way to search: how many passages are fetched to choose different ones from plays no part in it."""
_SPLITS = re.compile(r"(?i)split|chunk(?:er|ing)")
"""Sections of settings in which a number of chunks is how many a text is divided into."""
_AS_DRAWN = re.compile(r"(?i)(?:^|[_.])(?:top_?k)$")
_DRAWN_BESIDE = re.compile(r"(?i)\btop_?p\b")


def _is_drawn(one: SettingRead) -> bool:
    """Say whether words are drawn from so many, in a file that speaks of drawing them and of no search."""
    drawn = _AS_DRAWN.search(one.name) is not None and one.file.shows(_DRAWN_BESIDE)
    return drawn and one.file.shows("temperature") and not one.file.shows(_SEARCHES)


_LEARNS = re.compile(
    r"(?im)^[ \t]*[\"']?(?:optimizer|lr_scheduler|learning_rate|num_(?:train_)?epochs|train_dataset)[\"']?[ \t]*[:=]"
)
"""Settings with which a model is trained: over how many devices its parts lie then says nothing of serving it."""


_GUARDS = re.compile(r"(?i)guard_?rail")
"""Files of what lets questions through or not: the vectors that it compares them with are not what is searched."""
_ELSE: tuple[tuple[str | tuple[str, ...], Callable[[SettingRead], object]], ...] = (
    (("security.output_cap", "security.input_cap"), lambda one: IS_ASIDE.search(one.file.path)),
    ("retrieval.chunk_size", lambda one: is_of_rows(one.name, one.size, one.file)),
    ("retrieval.chunk_size", _is_a_cap_on_passages),
    ("retrieval.chunk_size", _is_of_a_list),
    ("retrieval.chunk_overlap", _is_of_no_text),
    ("retrieval.chunk", _is_of_a_summary),
    ("retrieval.chunk", lambda one: one.file.shows(_ASKS_A_SUMMARY) and not one.file.shows(_DIVIDES)),
    ("retrieval.chunk", lambda one: _STREAMS.match(one.name)),
    ("retrieval.chunk", lambda one: words_of(one.name).startswith(("prompt_", "context_"))),
    (("security.", "model.", "retrieval.", "agent."), lambda one: one.file.shows("@Entity")),
    (
        "retrieval.candidates",
        lambda one: words_of(one.name) == "num_candidates" and not one.file.shows(_NEAREST),
    ),
    (
        "retrieval.candidates",
        lambda one: words_of(one.name).endswith("fetch_k") and one.file.shows(_BY_SIMILARITY),
    ),
    ("retrieval.dims", lambda one: _GUARDS.search(one.file.path)),
    ("retrieval.top_k", _is_drawn),
    ("retrieval.top_k", lambda one: _SPLITS.search(one.name.rpartition(".")[0])),
    ("retrieval.top_k", lambda one: PICKS.search(one.name.rpartition(".")[0])),
    ("retrieval.top_k", lambda one: _is_of_a_page(one) or _TRAINS.search(one.file.path)),
    ("retrieval.top_k", lambda one: _BOUND.fullmatch(one.name)),
    ("retrieval.top_k", lambda one: one.file.shows(_ROWS)),
    ("retrieval.top_k", lambda one: one.name.lower() == "top_k" and one.file.shows(_DRAWS)),
    ("retrieval.top_k", lambda one: _REMEMBERS.search(one.file.path)),
    ("retrieval.top_k", lambda one: one.name.endswith("n_chunks") and one.file.shows(_ENRICHES)),
    ("retrieval.top_k", lambda one: _WEB.search(one.file.path) or one.file.shows(_MEASURES)),
    ("retrieval.top_k", lambda one: one.name in _RESULTS and not one.file.shows(_SEARCHES)),
    ("operations.request_deadline", _is_of_another_route),
    ("model.call_timeout", _is_of_a_probe),
    (
        ("model.max_context", "model.call_timeout", "path.stages[model]"),
        lambda one: "embed" in one.name.lower(),
    ),
    (
        "model.max_context",
        lambda one: one.name.lower().endswith("max_input_length") and one.file.shows(_CUTS),
    ),
    ("model.tensor_parallel", lambda one: one.file.shows(_LEARNS)),
    (("model.max_context", "security.output_cap"), lambda one: _TRAINS.search(one.file.path)),
    (("model.", "retrieval."), lambda one: _SPEAKS.search(one.file.path)),
    (LOOPS, lambda one: _IMPROVES.search(one.file.path) or not one.file.shows(_IN_AGENT)),
)
"""Facts, and when a setting that its name makes one of them is of something else: pages, rows, a search of the web, training."""
