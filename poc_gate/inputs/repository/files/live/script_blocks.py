"""A file of JavaScript or TypeScript -> its functions, classes and values as blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from poc_gate.inputs.repository.files.live.blocks import (
    FOUND_BY_NAME,
    WORD,
    Block,
    Blocks,
    Import,
    blank,
)
from poc_gate.inputs.repository.files.text_file import line_at

ENDS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_ASIDE = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|/\*[\s\S]*?\*/|(?<![:\\])//[^\n]*"""
)
_DEFINED = re.compile(
    r"(?m)^(?:export[ \t]+)?(?P<default>default[ \t]+)?(?:declare[ \t]+)?(?:(?P<kind>(?:async[ \t]+)?function\*?|(?:abstract[ \t]+)?class|interface|type|enum|const enum)[ \t]+(?P<name>[\w$]+)|(?:const|let|var)[ \t]+(?P<value>[\w$]+)(?P<typed>[ \t]*:[^=\n]+)?[ \t]*=(?![=>])[ \t]*(?P<given>[^\n]*))"
)
_TAKES_IN = re.compile(
    r"""(?m)^[ \t]*(?P<how>import|export)\b(?P<names>[^;"'`()=]{0,1500}?)\bfrom[ \t\n]*["'](?P<module>[^"'\n]+)["']|^import[ \t]*["'](?P<alone>[^"'\n]+)["']|\b(?:import|require)\([ \t\n]*["'`](?P<called>[^"'`\n]+)["'`][ \t\n]*\)"""
)
_AT_ONCE = re.compile(r"(?:await[ \t]+)?(?:new[ \t]+)?[\w$]+(?:<[^>\n]*>)?\.[\w$.]+[ \t]*(?:<[^>\n]*>)?\(")
"""A method that is called while the file is loaded: it may register what it is given."""
_FOUND_FILE = re.compile(
    r"(?:^|/)(?:pages|api|routes?|functions|lambdas?|plugins|commands|workflows|jobs|hooks|middleware|triggers|cron|cloudfunctions|netlify|supabase|inngest|trigger|events|listeners|migrations|seeds?)/|(?:^|/)(?:main|index|handler|app|server|cli|worker|start|run|bot|middleware|instrumentation|page|layout|route|template|loading|error|not-found|[\w.-]*\.(?:config|controller|module|resolver|gateway|entity|command|job|d|route|routes|server|worker|function|handler|stories))\.[cm]?[jt]sx?$|(?:^|/)(?:\+|_)[\w.-]+\.[jt]sx?$"
)
"""Files that a framework or a person finds, with whatever they offer."""
_DECORATOR = re.compile(r"@[A-Z]\w*\(")


def script_blocks(path: str, text: str) -> Blocks:
    """Return what a file holds."""
    plain = _ASIDE.sub(lambda match: match[0] if match["text"] else blank(match), text)
    imports = tuple(_imports(plain))
    bare = _TAKES_IN.sub(lambda match: blank(match) if match["module"] or match["alone"] else match[0], plain)
    lines = bare.split("\n")
    found_file = _FOUND_FILE.search(path) is not None
    blocks = tuple(_blocks(bare, lines))
    inside = {line for block in blocks for line in range(block.first, block.last + 1)}
    rest = [line for number, line in enumerate(lines, 1) if number not in inside]
    runs = found_file or any(
        line[:1].strip() not in {"", "}", ")", "]", ";"} and "(" in line for line in rest
    )
    return Blocks(path, blocks, frozenset(WORD.findall("\n".join(rest))), imports, runs)


_REMARKS = re.compile(r"(?m)^[ \t]*(?://|\*|/\*)[^\n]*$")


def whole(path: str, text: str) -> Blocks:
    """Return a file that is alive as a whole where it is alive."""
    plain = _REMARKS.sub("", text)
    bare = _TAKES_IN.sub("", plain)
    return Blocks(
        path, (), frozenset(WORD.findall(bare)), tuple(_imports(plain)), _FOUND_FILE.search(path) is not None
    )


def _imports(text: str) -> Iterator[Import]:
    for match in _TAKES_IN.finditer(text):
        line = line_at(text, match.start())
        module = match["module"] or match["alone"] or match["called"]
        yield Import(line, module, tuple(_names(match["names"] or "")))


def _names(names: str) -> Iterator[tuple[str, str]]:
    """Yield names of an import with what they are called here: `a`, `b as c`; `default` for one without braces."""
    outside, _, rest = names.replace("type ", " ").partition("{")
    for one in outside.split(","):
        part = one.split()
        if part and part[0] != "*":
            yield "default", part[-1]
        elif part:
            yield "", part[-1]
    for one in rest.partition("}")[0].split(","):
        part = one.split()
        if part:
            yield part[0], part[-1]


def _blocks(text: str, lines: list[str]) -> Iterator[Block]:
    for match in _DEFINED.finditer(text):
        name, given = match["name"] or match["value"], match["given"] or ""
        if match["value"] and (_AT_ONCE.match(given) or not given):
            continue
        first = line_at(text, match.start())
        last = next((at for at in range(first, len(lines)) if _ends(lines[at])), len(lines))
        shape = match["kind"] in {"interface", "type"}
        words = Counter(WORD.findall("\n".join(lines[first - 1 : last])))
        words[name] -= 1
        marked = first > 1 and _DECORATOR.match(lines[first - 2].lstrip()) is not None
        found = marked or match["default"] is not None or FOUND_BY_NAME.match(name) is not None
        kept = frozenset() if shape else frozenset(word for word, count in words.items() if count > 0)
        yield Block(name, first, last, kept, found)


def _ends(line: str) -> bool:
    return line.strip() != "" and line[0] not in " \t})];`.?:|&<"
