"""Commands in scripts that start an engine, by itself or in a container -> the model that it serves.

Sources of the commands: documentation of vLLM (`vllm serve`), SGLang, Text Generation Inference, llama.cpp, 2025.
"""

from __future__ import annotations

import re
import shlex

from poc_gate.inputs.repository.deployment.compose.serving import note_serving
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.images import engine_of_image

_FILE = re.compile(r"(?:^|/)(?:makefile|justfile|[\w.-]+\.(?:sh|bash|mk|service)|supervisord?[\w.-]*\.conf)$")
_STARTS = re.compile(
    r"(?m)^[^\n#]*?(?P<command>\b(?:docker|podman|nerdctl)\s+(?:container\s+)?run\b|\bvllm\s+serve\b|-m\s+vllm\.entrypoints\.\S+|-m\s+sglang\.launch_server\b|\btext-generation-launcher\b|\bllama-server\b)(?P<rest>(?:[^\n\\]|\\.|\\\n){0,4000})"
)
_GIVEN = re.compile(r"(?m)(?:^|[;'&])[ \t]*(?:export\s+|readonly\s+|local\s+)?(?P<name>[A-Z][A-Z0-9_]{1,40})=(?P<value>\"[^\"\n]*\"|'[^'\n]*'|\S*)")  # fmt: skip
_DEFAULT = re.compile(r"\$\{(?:\w+):?-(?P<value>[^{}$]*)\}")
_VARIABLE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)\}?")
_RUNS_A_CONTAINER = re.compile(r"(?:docker|podman|nerdctl)\b")
_IMAGE = re.compile(r"[a-z0-9][\w.-]*(?:[:/][\w.-]+)+(?:@sha256:[0-9a-f]+)?")
_IMAGES = {"vllm": "vllm", "sglang": "sglang", "llama-server": "ghcr.io/ggml-org/llama.cpp", "text-generation-launcher": "text-generation-inference"}  # fmt: skip
"""What a command begins with -> an image of the engine that it starts."""
_MOST = 20


_STEP = re.compile(r"(?m)^[ \t]*python3?[ \t]+(?:-\w+[ \t]+)*[\w./-]+(?:[^\n\\]|\\.|\\\n){0,2000}$")
_STAYS = re.compile(r"(?i)uvicorn|gunicorn|hypercorn|streamlit|flask|runserver|\bserv(?:e|er)\b|celery|worker|while true|tail -f|sleep infinity|\bexec\b|&[ \t]*$|\bwait\b|pip install", re.MULTILINE)  # fmt: skip
"""What a script says that keeps something running, or that only sets a machine up."""
_FEWEST_STEPS = 2


def _note_steps(file: TextFile, notes: Notes) -> None:
    """Note a script that runs programs of Python one after the other, all of which end."""
    steps = list(_STEP.finditer(file.text))
    if file.name.endswith((".sh", ".bash")) and len(steps) >= _FEWEST_STEPS and not file.shows(_STAYS):
        notes.technique("steps", "a container runs programs one after the other", file.at(steps[0].start()), weight=2)  # fmt: skip


def _read(file: TextFile, notes: Notes) -> None:
    _note_steps(file, notes)
    values = {one["name"]: _plain(one["value"].strip("\"'")) for one in _GIVEN.finditer(file.text)}
    kept = int(file.name.endswith((".conf", ".service")))  # it is kept running by what reads the file
    for match in list(_STARTS.finditer(file.text))[:_MOST]:
        place = file.at(match.start("command"))
        words = [_with_values(word, values) for word in _words(match["rest"])]
        command = match["command"]
        image = next((image for word, image in _IMAGES.items() if word in command), command)
        if _RUNS_A_CONTAINER.match(command):
            at = next((index for index, word in enumerate(words) if _IMAGE.fullmatch(word) and engine_of_image(word)), None)  # fmt: skip
            if at is None:
                continue
            image, words = words[at], words[at + 1 :]
        elif command.endswith("serve") and words and not words[0].startswith("-"):
            words = ["--model", *words]
        note_serving(
            image,
            place,
            [Node.word(file.path, place.line, word) for word in words],
            {},
            notes,
            weight=1 + kept,
        )


def _plain(text: str) -> str:
    """Return the value that a variable has where nothing else gives it one."""
    return _DEFAULT.sub(lambda match: match["value"].strip("\"'"), text)


def _with_values(word: str, values: dict[str, str]) -> str:
    """Return a word with the variables that the script itself gives a value; others stay as they are written."""
    return _VARIABLE.sub(lambda match: values.get(match["name"], match[0]), _plain(word))


def _words(text: str) -> list[str]:
    text = text.replace("\\\n", " ")
    for one in (text, text.rstrip().rstrip("'\"")):  # the quote that closes a whole command
        try:
            return shlex.split(one, comments=True)
        except ValueError:
            continue
    return []


READER = Reader(
    name="serve-command",
    summary="commands in scripts that start an engine: the model that it serves",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
