"""Constructs of the CDK that stand only under a switch which the context turns off -> their files, and those of the functions that they alone deploy."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from poc_gate.inputs.repository.files.off.asked_constructs import asked_of_what_is_off
from poc_gate.inputs.repository.files.off.off import Off, whole
from poc_gate.inputs.repository.files.text_file import line_at

_CONTEXT = re.compile(r"(?:^|/)cdk(?:\.context)?\.json$")
_STEP = re.compile(r"[{}]|\bnew (?:\w+\.)?(?P<name>[A-Z]\w+)\(")
"""What a branch begins and ends with, and a construct that is made."""
_BRANCH = re.compile(r"\bif\s*\((?P<test>[^{};]{1,300})\)\s*$")
_DECLARED = re.compile(r"(?m)^export (?:default )?class (?P<name>[A-Z]\w+)\b")
_CONDITION = re.compile(r"(?P<no>!?)\s*(?:\w+\.)*(?P<name>[a-z]\w+)")
_TAKES_IN = re.compile(r"\bfrom\s+[\"']")
_PATH = re.compile(r"[\"'`](?:\.{1,2}/)*(?P<path>[\w-]+(?:/[\w.-]+)*)[\"'`]")


def constructs_off(texts: Sequence[tuple[str, str]], paths: Collection[str]) -> list[Off]:
    """Return the files of constructs that only a switch makes which the context leaves off, and of what they deploy; keys of the context that they alone read."""
    found: list[Off] = []
    for context, text in texts:
        if _CONTEXT.search(context) and '"context"' in text:
            switches = _switches(text)
            home = context.rpartition("/")[0]
            code = {
                path: said
                for path, said in texts
                if path.endswith((".ts", ".js"))
                and (not home or path.startswith(f"{home}/"))
                and "aws-cdk" in said
            }
            asking = [(path, said) for path, said in texts if path not in code and (not home or path.startswith(f"{home}/"))]  # fmt: skip
            found += _of_context(context, text, switches, code, paths, asking)
    return found


def _switches(text: str) -> dict[str, bool]:
    """Return the switches of a context that are off for certain, all others being left out."""
    try:
        said = json.loads(text).get("context", {})
    except ValueError:
        return {}
    return {name: False for name, value in said.items() if value is False}


def _of_context(
    context: str,
    text: str,
    switches: Mapping[str, bool],
    code: Mapping[str, str],
    paths: Collection[str],
    asking: Sequence[tuple[str, str]],
) -> Iterator[Off]:
    homes = {match["name"]: path for path, said in code.items() for match in _DECLARED.finditer(said)}
    made: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, said in code.items():
        for name, switch in _made(said, homes, switches):
            made[name].append((path, switch))
    off: dict[str, str] = {}
    for _ in range(4):  # what is made in a file that is off is off as well
        for name, places in made.items():
            switch = next((said or off.get(path, "") for path, said in places), "")
            if homes[name] not in off and all(said or path in off for path, said in places):
                off[homes[name]] = switch
    on = "\n".join(said for path, said in code.items() if path not in off)
    named = "\n".join(line for line in on.split("\n") if not _TAKES_IN.search(line))
    for path, switch in off.items():
        why = f"the context of the CDK leaves {switch} off ({context})"
        yield whole(path, why)
        for match in _PATH.finditer(code[path]):
            if match["path"] not in named:
                yield from (whole(one, why) for one in _deployed(match["path"], context, paths))
    yield from _keys(context, text, off, code, on)
    for path, switch in off.items():
        yield from asked_of_what_is_off(code[path], on, f"{switch} is off in the context of the CDK, which makes what is asked there", asking)  # fmt: skip


_IN_SCHEMA = re.compile(r"\s*\w+\??:\s*(?:z\.|string|number|boolean)")
"""A line of a schema of the context, which reads no value."""


def _keys(context: str, text: str, off: Mapping[str, str], code: Mapping[str, str], on: str) -> Iterator[Off]:
    """Yield the values of a context that only constructs read which are off."""
    if not off:
        return
    rest = "\n".join(line for line in on.split("\n") if not _IN_SCHEMA.match(line))
    for match in re.finditer(r"(?m)^[ \t]*\"(?P<key>[a-z]\w+)\"\s*:\s*[\"\[]", text):
        key = re.compile(rf"\b{match['key']}\b")
        readers = [path for path in off if key.search(code[path])]
        if readers and not key.search(rest):
            yield Off(context, line_at(text, match.end()), line_at(text, match.end()), f"only {readers[0]} reads {match['key']}, and {off[readers[0]]} is off")  # fmt: skip


def _deployed(path: str, context: str, paths: Collection[str]) -> Iterator[str]:
    """Yield the files that a construct names by their path, or by the folder that they are in."""
    home = context.rpartition("/")[0]
    wanted = f"{home}/{path}" if home else path
    stem = wanted.rpartition(".")[0] if wanted.endswith((".ts", ".js", ".py")) else wanted
    for one in paths:
        if one == wanted or one.startswith(f"{stem}/") or one.rpartition(".")[0] == stem:
            yield one


def _made(text: str, homes: Collection[str], switches: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """Yield the name of each construct that is made, and the switch that is off and that it waits for."""
    around: list[str] = []  # for each brace that is open, the switch that keeps its branch from running
    for step in _STEP.finditer(text):
        if step[0] == "{":
            test = _BRANCH.search(text[max(0, step.start() - 400) : step.start()])
            around.append(_denied(test["test"], switches) if test else "")
        elif step[0] == "}":
            del around[-1:]
        elif step["name"] in homes:
            off = next(filter(None, reversed(around)), "")
            yield step["name"], _of_choice(text, step.start(), switches) or off


def _of_choice(text: str, at: int, switches: Mapping[str, bool]) -> str:
    """Return the switch that is off in the choice right before a place."""
    before = text[max(0, at - 600) : at].rstrip()
    before = re.sub(r"(?:const|let|return)?\s*\w*\s*=?\s*$", "", before) if before.endswith("=") else before
    choice = re.search(r"(?P<test>[\w.!&\s]+?)\s*\?\s*$", before[-300:])
    return _denied(choice["test"], switches) if choice else ""


def _denied(test: str, switches: Mapping[str, bool]) -> str:
    """Return the switch that keeps a condition from holding; empty where none does for certain."""
    if "||" in test or "?" in test:
        return ""
    for part in test.split("&&"):
        match = _CONDITION.fullmatch(part.strip().split("\n")[-1].strip())
        if match and not match["no"] and match["name"] in switches:
            return match["name"]
    return ""
