"""Names of constants, of files of code and of adapters -> how often the rest of a checkout writes them, by plain words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from poc_gate.inputs.repository.files.files_at_hand import FilesAtHand
from poc_gate.inputs.repository.files.names.started import defines, starts
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.text.plain_words import PlainWords

_CODE = (
    ".py", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".go", ".java", ".kt", ".scala", ".cs", ".rs", ".rb", ".php", ".svelte", ".vue",
)  # fmt: skip
_RUNS = re.compile(
    r"(?i)\.(?:toml|ya?ml|json|cfg|ini|sh|ps1|bat|cmd|tf|bicep|mk|service|conf)$|(?:^|/)(?:[\w.-]*dockerfile[\w.-]*|procfile|makefile|justfile)$"
)
"""Files beside code that say what is started."""
_LARGEST = 512 << 10
_MOST_BYTES = 24 << 20
"""Of text that is looked through for names; beyond it every name counts as used."""
_REMARKS = re.compile(r"(?m)^[ \t]*#.*$")
"""Lines of Python that are commented out, imports among them."""
_FINDS = re.compile(r"import_module|iter_modules|__import__\((?!\s*[\"'])|import_string|autodiscover|load_module|spec_from_file_location|exec_module")  # fmt: skip
"""What finds modules by names that no file spells out."""


def names_read(files: Sequence[WalkedFile], names: Collection[str]) -> frozenset[str]:
    """Return the names of settings that code writes in any spelling: `MAX_TOKENS`, `max_tokens`, `maxTokens`, `Llm:MaxTokens`."""
    if not names:
        return frozenset()
    texts = [text for _, text in texts_beside(files, names, code_alone=True)]
    before = {prefix.upper() for text in texts for prefix in _PREFIX.findall(text)}
    plain = [letters_of(text) for text in texts]

    def is_read(name: str) -> bool:
        rests = [name[len(prefix) :] for prefix in before if name.upper().startswith(prefix)]
        return any(letters_of(one) in text for one in (name, *rests) if one for text in plain)

    return frozenset(name for name in names if is_read(name))


_RECORDS = r"(?:self|cls|this|row|record|body|payload|data|obj|instance|item|request|model|update|user)"
"""Owners of a field of the same name that are no settings."""


def fields_read(files: Sequence[WalkedFile], fields: Mapping[str, str]) -> frozenset[str]:
    """Return the fields of settings that code reads as an attribute, or whose variable it looks up itself."""
    if not fields:
        return frozenset()
    texts = [(path, text) for path, text in texts_beside(files, list(fields), code_alone=True)]
    if any(not path for path, _ in texts):
        return frozenset(fields)

    def is_read(field: str) -> bool:
        small, name = re.escape(field), re.escape(fields[field])
        beside = [text for _, text in texts if field in text or fields[field] in text]
        given = re.compile(rf"(?m)^[ \t]+{small}\s*:")
        used = re.compile(rf"[\"']{name}[\"']|\benv\.{name}\b|getattr\([^)\n]*[\"']{small}[\"']|(?<!\w)(?!{_RECORDS}\.)[\w)\]]+\.{small}\b(?!\s*=[^=])")  # fmt: skip
        own = re.compile(rf"\b(?:self|cls)\.{small}\b")
        return any(used.search(text) or (given.search(text) and "Settings" in text and own.search(text)) for text in beside)  # fmt: skip

    return frozenset(field for field in fields if is_read(field))


_PREFIX = re.compile(r"env_prefix[\"']?\s*[=:]\s*[\"'](\w+)[\"']")
"""What a class of settings puts before the names of its fields."""
_APART = b"_-.:[]'\""


def letters_of(text: str) -> bytes:
    """Return a text without what spellings of one name differ in, as bytes, which are rid of it many times faster."""
    return text.lower().encode(errors="replace").translate(None, _APART)


def packages_taken_in(files: Sequence[WalkedFile], names: Collection[str]) -> frozenset[str]:
    """Return those of some packages of JavaScript that any file takes in: `from "@google/genai"`, `require("openai")`."""
    if not names:
        return frozenset()
    read = texts_beside(files, names, code_alone=True)
    if any(not path for path, _ in read):
        return frozenset(names)  # there is too much to look through
    texts = [text for path, text in read if path.endswith(_SCRIPTS)]
    return frozenset(
        name for name in names if any(f"{sign}{name}" in text for text in texts for sign in "\"'`")
    )


def packages_of_examples(files: Sequence[WalkedFile], names: Collection[str]) -> frozenset[str]:
    """Return those of some packages of Python that examples take in, and no code of the service: `from pydantic_ai import Agent`."""
    shown = [
        file for file in files if file.path.endswith(".py") and standing_of(file.path) is Standing.EXAMPLE
    ]
    if not names or not shown:
        return frozenset()
    marks = {name: re.compile(rf"(?m)^[ \t]*(?:from|import)[ \t]+{module_of(name)}\b") for name in names}
    beside = [TextFile(file.path, file.full, largest=_LARGEST).text for file in shown[:_MOST_EXAMPLES] if file.size <= _LARGEST]  # fmt: skip
    taken = {name for name, mark in marks.items() if any(map(mark.search, beside))}
    if not taken:
        return frozenset()
    texts = [text for path, text in texts_beside(files, taken, code_alone=False) if path]
    own = "\n".join(texts)
    return frozenset(name for name in taken if texts and not re.search(rf"\b{module_of(name)}\b(?!-)", own))


_MOST_EXAMPLES = 100
_PARTNER = re.compile(r"langchain-(?!core$|community$|text-splitters$|experimental$|mcp-adapters$)[\w-]+")
"""Packages with which LangChain asks one provider each."""
_TAKES_BY_NAME = re.compile(r"\b(?:init_chat_model|init_embeddings|import_module|__import__)\b")
"""What loads the package of a provider that only a setting or a model's name gives."""


def partners_left_out(files: Sequence[WalkedFile], names: Collection[str]) -> frozenset[str]:
    """Return those of some packages of LangChain for one provider that no code takes in, where code takes in another."""
    partners = {name for name in names if _PARTNER.fullmatch(name)}
    if len(partners) < 2:
        return frozenset()
    texts = texts_beside(files, partners, code_alone=True)
    if any(not path or _TAKES_BY_NAME.search(text) for path, text in texts):
        return frozenset()
    own = [text for path, text in texts if path.endswith(".py")]
    left = {name for name in partners if not is_word_of(module_of(name), own)}
    return frozenset(left) if len(left) < len(partners) else frozenset()


def is_word_of(name: str, texts: Sequence[str]) -> bool:
    """Say whether any of some texts writes a name as a word of its own."""
    word = re.compile(rf"\b{name}\b")
    return any(name.replace("\\", "") in text and word.search(text) for text in texts)


def module_of(name: str) -> str:
    """Return the module that a package of Python brings, by its name."""
    if name.lower() == "pyjwt":
        return "jwt"
    return re.escape(name.partition("[")[0].lower().replace("-", "_").removesuffix("_slim"))


_SCRIPTS = (".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs", ".svelte", ".vue")


def unreached_modules(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of Python that no other file writes the name of, and that nothing starts.

    None where the code finds modules by itself, as plug-ins are found.
    """
    stems = {path: path.rpartition("/")[2].removesuffix(".py") for path in paths}
    if not stems:
        return frozenset()
    words = PlainWords(stems.values())
    called: dict[str, set[str]] = defaultdict(set)
    for one, stem in stems.items():
        called[stem].add(one)
    used: set[str] = set()
    started: set[str] = set()
    for path, text in texts_beside(files, stems.values(), code_alone=False):
        if path.endswith(".py") and _FINDS.search(text):
            return frozenset()
        own = stems.get(path, "")
        if own and (starts(text) or not defines(text)):
            started.add(path)
        said = _REMARKS.sub("", text) if path.endswith(".py") else text
        names = {name for name, _ in written(words, said)} - {own}
        for name in names:
            used |= called.pop(name, set())
    left = frozenset(stems) - used - started
    enough = len(used) >= _FEWEST_USED and len(left) <= len(used)
    return left if enough else frozenset(path for path in left if _stands_in_for(path, used))


def _stands_in_for(path: str, used: Collection[str]) -> bool:
    """Say whether a file is called after a maker as one beside it is that others take in: `acme_tts.py` beside `other_tts.py`."""
    folder, words = _words(path)
    if not any(map(maker_named, words)):
        return False
    rest = [word for word in words if not maker_named(word)]
    return any(
        folder == home and rest == [word for word in others if not maker_named(word)] and others != words
        for home, others in map(_words, used)
    )


def _words(path: str) -> tuple[str, list[str]]:
    """Return a file's folder, and the words of its name."""
    folder, _, name = path.rpartition("/")
    return folder, name.rpartition(".")[0].lower().split("_")


def written(words: PlainWords[str], text: str) -> Iterator[tuple[str, int]]:
    """Yield each name that a text writes as a word of its own, with its place."""
    for name, at in words.places_in(text):
        end = at + len(name)
        if not (at and _in_word(text[at - 1])) and not (end < len(text) and _in_word(text[end])):
            yield name, at


def _in_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


_FEWEST_USED = 3
"""Files that others name, from which on it is clear that files name those that they use."""


def unreached_adapters(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of JavaScript that are adapters which nothing takes in, beside others that are taken in.

    An adapter is a file or a folder below `adapters`, `providers` and the like; what lies in it names itself.
    """
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in paths:
        if match := _adapter(path):
            homes[match[1], match[2]].add(path)
    bases = {base for base, _ in homes}
    beside = {(match[1], match[2]) for file in files if (match := _adapter(file.path)) and match[1] in bases}
    if len(beside) < _FEWEST_BESIDE:
        return frozenset()
    names = "|".join(sorted({re.escape(name) for _, name in beside}))
    ends = rf"/({names})(?:\.[cm]?[jt]sx?)?[\"'`/]"
    pattern, anywhere = re.compile(rf"(?:{_HOLDERS}|\.){ends}"), re.compile(ends)
    packages = {file.path for file in files if file.path.endswith("/package.json")}
    used = {
        (base, name) for base, name in beside if name == "index" or f"{base}{name}/package.json" in packages
    }
    for path, text in texts_beside(files, [name for _, name in beside], code_alone=False):
        if not path or (path.endswith(_JAVASCRIPT) and _LOADS.search(text)):
            return frozenset()
        taken, spoken = (set(one.findall(text)) if path.endswith(_JAVASCRIPT) else set() for one in (pattern, anywhere))  # fmt: skip
        used |= {(base, name) for base, name in beside if name in (taken if _HOLDS.search(base) else spoken) and not path.startswith((f"{base}{name}/", f"{base}{name}."))}  # fmt: skip
    wired = {base for base, _ in used}
    return frozenset(
        path for home, within in homes.items() if home not in used and home[0] in wired for path in within
    )


_JAVASCRIPT = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs")
_HOLDERS = r"(?:adapters?|providers?|clients?|drivers?|backends?|connectors?)"
_ADAPTER = re.compile(rf"((?:.*/)?{_HOLDERS}/)([\w-]+)(?:/.*)?\.[cm]?[jt]sx?$")
"""The folder that holds adapters, and the name of one: its folder, or its file."""
_OF_A_MAKER = re.compile(r"((?:.*/)?)([\w-]+)/[^/]+\.[cm]?[jt]sx?$")
"""The folder around one that is called after a maker, and its name."""
_FOUND_BY_FOLDER = re.compile(
    r"(?:^|/)(?:pages|api|app|routes?|functions|lambdas?|plugins|commands|handlers?)/"
)
"""Folders in which a framework finds files by itself."""


def _adapter(path: str) -> re.Match[str] | None:
    """Return the folder that holds adapters and the name of the one that a file is of; None for other files."""
    found = _ADAPTER.match(path)
    if found is None and (other := _OF_A_MAKER.match(path)) and maker_named(other[2]):
        return None if _FOUND_BY_FOLDER.search(path) else other
    return found


_HOLDS = re.compile(rf"(?:^|/){_HOLDERS}/$")
_FEWEST_BESIDE = 2
_LOADS = re.compile(r"\b(?:import|require)\(\s*(?![\s\"'])|import\.meta\.glob")
"""What finds modules by names that no file spells out, in JavaScript."""


def texts_beside(
    files: Sequence[WalkedFile],
    names: Collection[str],
    *,
    code_alone: bool,
    worst: Standing = Standing.SUPPORT,
) -> list[tuple[str, str]]:
    """Return the texts to look through; where they are too many, one text that writes every name."""
    wanted = [
        file
        for file in files
        if standing_of(file.path) <= worst
        and (file.path.lower().endswith(_CODE) or (not code_alone and _RUNS.search(file.path)))
        and file.size <= _LARGEST
    ]
    if sum(file.size for file in wanted) > _MOST_BYTES:
        return [("", "\n".join(names))]
    kept = files.texts if isinstance(files, FilesAtHand) else {}
    texts: list[tuple[str, str]] = []
    for file in wanted:
        try:
            if file.path not in kept:
                read = TextFile(file.path, file.full, largest=_LARGEST)
                kept[file.path] = "" if read.is_bundled else read.text
        except OSError:
            continue  # it cannot be read, which the reading itself says
        texts.append((file.path, kept[file.path]))
    return texts
