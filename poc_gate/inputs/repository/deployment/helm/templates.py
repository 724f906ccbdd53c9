"""A template of Helm or Jinja -> YAML that can be read: plain values of its chart are put in, the rest is left out; nothing is run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from poc_gate.inputs.repository.deployment.helm.parts import values_of_chart
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.text_file import TextFile

_ONLY = re.compile(r"^\s*\{\{-?.*?-?\}\}\s*$|^\s*\{%-?.*?-?%\}\s*$")
_INLINE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_UNFINISHED = re.compile(r"^\s*\{\{-?(?!.*\}\})")


def is_template(text: str) -> bool:
    """Say whether a text has marks of a template outside quotes that matter."""
    return "{{" in text or "{%" in text


def values_of(file: TextFile) -> dict[str, str]:
    """Return the plain values of the chart that a template lies in, by the keys that lead to them: `image.tag`."""
    if file.folder.rpartition("/")[2] != "templates":
        return {}
    beside = file.above("values.yaml") or file.above("values.yml")
    try:
        values = values_of_chart(beside) if beside is not None else None
    except (OSError, ValueError):
        return {}
    found = ((".".join(path), _text(node)) for path, node in values.walk()) if values is not None else ()
    return {path: text for path, text in found if _PLAIN.fullmatch(text)}


def _text(node: Node) -> str:
    return str(node.value).lower() if isinstance(node.value, bool) else node.text()


def read_around(text: str, values: Mapping[str, str] | None = None) -> str:
    """Return the text with lines of control left out, and what the template puts in left empty unless `values` say it.

    Lines keep their numbers.
    """
    given = values or {}
    lines: list[str] = []
    open_mark = False
    for line in text.split("\n"):
        if open_mark:
            open_mark = "}}" not in line
            lines.append("")
        elif _UNFINISHED.match(line):
            open_mark = True
            lines.append("")
        elif _ONLY.match(line):
            lines.append("")
        else:
            lines.append(_INLINE.sub(lambda mark: _put_in(mark[0], given), line) if "{" in line else line)
    return "\n".join(lines)


_CONTROL = re.compile(r"\{\{-?\s*(?P<word>if|else|end|range|with|define|block)\b(?P<rest>[^}]*?)-?\}\}")
_SWITCH = re.compile(r"\s*(?:and\s+)?\.Values\.[\w.]+(?:\s+\.Values\.[\w.]+)*\s*")
_KEY = re.compile(r"\.Values\.([\w.]+)")
_OFF = frozenset({"false", "0"})
_FURTHER = re.compile(r"(?:[\w-]+/)?(?:values[._-][\w.-]+|[\w.-]+[._-]values|prod\w*|staging)\.ya?ml")


def _further_values(file: TextFile, paths: Collection[str]) -> list[dict[str, str]] | None:
    """Return the plain values of each file that a chart keeps beside its own, by their keys; None where one cannot be read."""
    chart = file.folder.rpartition("/")[0].lower()
    beside = (path.removeprefix(f"{chart}/") for path in paths if path.startswith(chart))
    found: list[dict[str, str]] = []
    for name in sorted(one for one in beside if _FURTHER.fullmatch(one)):
        given = file.above(name)
        try:
            documents = read_documents(given)[:1] if given is not None else []
        except (OSError, ValueError):
            return None
        if not documents:
            return None
        found.append({".".join(path): _text(node) for path, node in documents[0].walk()})
    return found


def lines_left_out(file: TextFile, paths: Collection[str]) -> frozenset[int]:
    """Return the lines of a chart's template that its values leave out: `{{ if .Values.autoscaling.enabled }}` with `false`.

    Where a chart has further values beside its own, which of them are in effect is not known: what one of them turns on stays.
    """
    further = _further_values(file, paths) if file.shows(".Values.") else None
    if further is None:
        return frozenset()
    values = values_of(file)
    on = {key for given in further for key, text in given.items() if text.lower() not in _OFF}
    left: set[int] = set()
    open_since: list[int] = []
    for mark in _CONTROL.finditer(file.text):
        line = file.at(mark.start()).line
        if mark["word"] in {"else", "end"} and open_since:
            began = open_since.pop()
            left.update(range(began, line) if began else ())
            if mark["word"] == "else":
                open_since.append(0)
        elif mark["word"] not in {"else", "end"}:
            switch = _SWITCH.fullmatch(mark["rest"]) if mark["word"] == "if" else None
            off = switch and any(values.get(key, "").lower() in _OFF and key not in on for key in _KEY.findall(mark["rest"]))  # fmt: skip
            open_since.append(line if off else 0)
    return frozenset(left)


_Arm = list[tuple[int, str, str]]
"""The lines of one arm of a choice that give a key a value: number, key and value."""
_KEYED = re.compile(r"\s*(?P<key>[\w.-]+):\s*(?P<value>\S.*)")


def lines_of_a_choice(file: TextFile) -> frozenset[int]:
    """Return the lines of a template that give a key a plain value in one arm of a choice, while another arm gives it another.

    Which arm is taken is decided by whoever installs the chart: `{{ if eq .Values.mode "a" }} DIM: {{ .Values.dim }} {{ else }} DIM: "768" {{ end }}`.
    """
    open_choices: list[list[_Arm]] = []
    unsure: set[int] = set()
    marks: dict[int, list[str]] = {}
    for mark in _CONTROL.finditer(file.text):
        marks.setdefault(file.at(mark.start()).line, []).append(mark["word"])
    for number, line in enumerate(file.lines, start=1):
        for word in marks.get(number, ()):
            if word == "end" and open_choices:
                unsure |= _unlike(open_choices.pop())
            elif word == "else" and open_choices:
                open_choices[-1].append([])
            elif word not in {"end", "else"}:
                open_choices.append([[]])
        if (found := _KEYED.fullmatch(line)) is not None:
            for arms in open_choices:
                arms[-1].append((number, found["key"], found["value"]))
    return frozenset(unsure)


def _unlike(arms: list[_Arm]) -> set[int]:
    """Return the lines with plain values of keys that several arms of a choice give different values."""
    values: dict[str, set[str]] = defaultdict(set)
    of_arms: dict[str, set[int]] = defaultdict(set)
    for number, arm in enumerate(arms):
        for _, key, value in arm:
            values[key].add(value)
            of_arms[key].add(number)
    return {line for arm in arms for line, key, value in arm if len(values[key]) > 1 and len(of_arms[key]) > 1 and "{{" not in value}  # fmt: skip


_PLAIN = re.compile(r"[\w./:@+-]{1,200}")
_VALUE = re.compile(
    r"\{\{-?\s*\.Values\.([\w.]+)\s*(?:\|\s*default\s+[\w.\"-]{1,80}\s*)?(?:\|\s*(?:quote|toString|int)\s*)?-?\}\}"
)


def _put_in(mark: str, values: Mapping[str, str]) -> str:
    """Return what a mark stands for where it is one value of the chart; an empty text for anything else."""
    match = _VALUE.fullmatch(mark)
    return values.get(match[1], "") if match else ""
