"""Command lines of model servers -> what they admit: context, concurrency, parallelism, precision."""

from __future__ import annotations

import re

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.model.engines.serving_engines import SERVING_ENGINES, serving_engine
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.quantities.plain_number import finite
from poc_gate.text.shell_words import MOST_WORDS, filled, read_script

_ENGINES = tuple((row.name, lazily(row.in_commands, re.IGNORECASE)) for row in SERVING_ENGINES if row.in_commands)  # fmt: skip
_OPTIONS_IN = lazily(r"(?i)(?:^|_)(?:ARGS|ARGUMENTS|OPTIONS|OPTS|FLAGS)$")
"""Names of variables that images hand on to the server as options."""
_KV_BITS = {
    "fp8": 8.0,
    "fp8_e4m3": 8.0,
    "fp8_e5m2": 8.0,
    "int8": 8.0,
    "q8_0": 8.0,
    "fp16": 16.0,
    "bf16": 16.0,
    "bfloat16": 16.0,
}
_DTYPES = {"bfloat16": "bf16", "float16": "fp16", "half": "fp16", "float32": "fp32", "float": "fp32"}

_QUANTISATIONS = {
    "awq_marlin": "awq", "gptq_marlin": "gptq", "gptq_marlin_24": "gptq", "bitsandbytes-nf4": "nf4", "bitsandbytes-fp4": "fp4",
    "eetq": "int8", "experts_int8": "int8", "fbgemm_fp8": "fp8", "ptpc_fp8": "fp8", "w8a8_int8": "w8a8", "w8a8_fp8": "fp8",
    "modelopt_fp4": "nvfp4", "petit_nvfp4": "nvfp4", "compressed-tensors": "", "modelopt": "", "torchao": "", "quark": "",
}  # fmt: skip
"""Names of kernels and loaders -> the precision they stand for; a loader of several says none."""

_BY_ROW = ("fbgemm_fp8", "ptpc_fp8")
"""Those of FP8 with a scale to each row, which the precision does not tell from one to each tensor."""

_OPTIONS: dict[str, tuple[str, str]] = {}
for _fact, _kind, _names in (
    ("model.max_context", "tokens", "max-model-len max-total-tokens context-length max-seq-len ctx-size c"),
    (
        "model.max_concurrency",
        "count",
        "max-num-seqs max-concurrent-requests max-running-requests parallel np max-batch-size",
    ),
    ("model.tensor_parallel", "count", "tensor-parallel-size tp tp-size num-shard tensor-parallel"),
    (
        "model.kv_utilisation",
        "share",
        "gpu-memory-utilization mem-fraction-static cuda-memory-fraction kv-cache-free-gpu-memory-fraction",
    ),
    ("model.kv_bits", "kv", "kv-cache-dtype"),
    ("model.precision", "quantisation", "quantization q quantize"),
    ("model.precision", "dtype", "dtype"),
    ("model.name", "name", "model model-id model-path m"),
    ("model.version", "text", "revision"),
    ("security.input_cap", "tokens", "max-input-tokens max-input-length"),
    ("model.eager", "switch", "enforce-eager disable-cuda-graph"),
    (
        "model.guessed_tokens",
        "count",
        "num-speculative-tokens speculative-num-steps speculate draft-max draft-n draft",
    ),
    ("model.guessed_tokens", "guesses", "speculative-config sc"),
):
    _OPTIONS |= dict.fromkeys(_names.split(), (_fact, _kind))
_GUESSES = lazily(r"num_speculative_tokens\W{1,6}([1-9]\d{0,2})\b")
"""Where the JSON of vLLM's `--speculative-config` says how many tokens are guessed."""
_JSON = lazily(r'(?:--?[\w-]+=)?\{\s*"')
"""A value in JSON, alone or behind its option, is one word whatever blanks it holds."""
_VARIABLES = {name: option for row in SERVING_ENGINES for name, option in row.variables.items()}
"""Environment variables that engines read in place of their options."""


class Argument(Struct, frozen=True):
    """One option of a command line."""

    name: str
    """Without dashes, underscores as hyphens."""
    value: str
    node: Node


_OF_A_PART = lazily(
    r"[\w./:-]+-(?:backend|frontend|ui|web|dashboard|console|controller|operator|optimi[sz]er|client)(?:[:@][\w.:-]+)?$"
)
"""How images of a pilot's own parts end, after whatever engine they are called: the engine itself runs elsewhere."""


_OPTION = lazily(r"--[\w-]+=\S*")
"""One option with its value, which names accounts and addresses as well."""


def find_engine(*texts: str) -> str:
    """Return the engine that an image name or command names, or an empty text."""
    shown = [text for text in texts if not (_OF_A_PART.match(text) or _OPTION.fullmatch(text))]
    for engine, pattern in _ENGINES:
        if any(pattern.search(text) for text in shown):
            return engine
    return ""


def split_arguments(container: Node) -> list[Argument]:
    """Return the options of a container's command and args, shell strings split, variables filled in from `env`.

    Options behind `#` are comments; of a script only the commands that start a known server count. Variables
    that carry options, such as `VLLM_ADDITIONAL_ARGS`, are read as options too.
    """
    given = [entry for entry in container.at("env").elements() if entry.at("value").text()]
    known = {entry.at("name").text(): entry.at("value").text() for entry in given}
    words: list[tuple[str, Node]] = []
    for node in [*container.at("command").elements(), *container.at("args").elements()]:
        words += [(word, node) for word in _words(node.text(), known)[: MOST_WORDS - len(words)]]
    found = _options(words)
    for entry in given:
        value = entry.at("value")
        if _OPTIONS_IN.search(entry.at("name").text()) and value.text().startswith("-"):
            found += _options([(word, value) for word in _words(value.text(), known)])
    return found


def _words(text: str, known: dict[str, str]) -> list[str]:
    """Return the words of one element of a command line: itself, or those of the servers that a script starts."""
    if len(text.split()) < 2 or _JSON.match(text):
        return [filled(text.strip("\"'"), known)]
    commands = read_script(text, known).commands
    servers = [
        command for command in commands if find_engine(" ".join(command[:8])) or "serve" in command[:8]
    ]
    return [word for command in servers or commands for word in command]


def _options(words: list[tuple[str, Node]]) -> list[Argument]:
    found: list[Argument] = []
    for at, (word, node) in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ("", node)
        if not word.startswith("-") or word.strip("-") == "":
            if word == "serve" and following[0] and not following[0].startswith("-"):
                found.append(Argument("model", following[0], following[1]))
            continue
        name, sign, value = word.lstrip("-").partition("=")
        if not sign and not following[0].startswith("--"):
            value = following[0]
        found.append(Argument(name.replace("_", "-"), value.strip("\"'"), node))
    return found


def claim_arguments(container: Node, engine: str) -> None:
    """State what the options of a model server say."""
    row = serving_engine(engine)
    arguments = split_arguments(container)
    for entry in container.at("env").elements():
        name = _VARIABLES.get(entry.at("name").text())
        if name and entry.at("value").text():
            arguments.append(Argument(name, entry.at("value").text(), entry.at("value")))
    slots = (
        next((a.value for a in arguments if a.name in ("parallel", "np")), "") if row.divides_context else ""
    )
    given: set[str] = set()
    for argument in arguments:
        fact, kind = _OPTIONS.get(argument.name, ("", ""))
        if len(argument.name) == 1 and argument.name not in row.letters:
            continue
        if fact and _claim_one(argument, fact, kind, slots):
            given.add(fact)
    if {"model.max_context", "model.max_concurrency"} <= given and row.refuses:
        note = f"{engine} refuses longer prompts and queues what is over its limit"
        container.reading.state("model.context_enforced", value=True, place=container.place(), note=note)


def _claim_one(argument: Argument, fact: str, kind: str, slots: str) -> bool:
    if "$" in argument.value or "{{" in argument.value:
        argument.node.use()
        argument.node.reading.note(
            "question", f"`{argument.name}` comes from a variable whose value is not in this file", argument.node.place(),
            f"write `{fact}` in the manifest",
        )  # fmt: skip
        return False
    note = f"from `{argument.name}`"
    if kind == "switch":
        off = argument.value.lower() in {"false", "0", "no"}
        argument.node.claim(fact, value=not off, note=note)
        return not off
    if kind == "tokens":
        tokens = _tokens(argument.value)
        shared = _number(slots) or 1
        if tokens and shared > 1 and argument.name in ("c", "ctx-size"):
            tokens, note = tokens / shared, f"{note}, shared by {slots} slots"
        argument.node.claim(fact, tokens, unit="tok", note=note)
        return tokens is not None
    if kind == "share":
        share = _number(argument.value)
        valid = share is not None and 0 < share <= 1
        argument.node.claim(fact, share if valid else None, note=note)
        return valid
    if kind in {"count", "guesses"}:
        guesses = _GUESSES.search(argument.value) if kind == "guesses" else None
        count = _number(guesses[1] if guesses else argument.value)
        argument.node.claim(fact, count if count and count == int(count) else None, note=note)
        return bool(count)
    return _claim_word(argument, fact, kind, note)


def _claim_word(argument: Argument, fact: str, kind: str, note: str) -> bool:
    value = argument.value
    if kind == "kv":
        argument.node.claim(fact, _KV_BITS.get(value.lower()), note=note)
    elif kind == "dtype":
        argument.node.claim(fact, _DTYPES.get(value.lower()), note=note)
    elif kind == "name":
        argument.node.claim(fact, "" if value.startswith(("-", "/")) else value, note=note)
    elif value and not value.startswith("-"):
        word = _QUANTISATIONS.get(value.lower(), value.lower()) if kind == "quantisation" else value
        if kind == "quantisation" and value.lower() in _BY_ROW:
            argument.node.claim("model.quantised_by", value.lower(), note=note)
        argument.node.claim(fact, word, note=note)
    return bool(value)


def _tokens(text: str) -> float | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([kKmM]?)", text)
    if not match:
        return None
    factor = {"": 1, "k": 1000, "K": 1024, "m": 1e6, "M": 2**20}[match[2]]
    return finite(float(match[1]) * factor) or None


def _number(text: str) -> float | None:
    return finite(float(text)) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+", text) else None
