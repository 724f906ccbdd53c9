"""JSON-LD as people write it -> the one dataset in it: a mapping, a list of them, or a graph whose nodes refer to each other."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.artifacts.file_reading import Node, Reading

_VOCABULARIES = (
    "https://schema.org/", "http://schema.org/", "http://mlcommons.org/croissant/", "http://purl.org/dc/terms/",
    "http://www.w3.org/ns/dcat#",
)  # fmt: skip
_SHORT = ("sc", "schema", "cr", "dct", "dcterms", "dcat")
_PREFIXES = ("", *(f"{short}:" for short in _SHORT), *_VOCABULARIES)
"""How a term is written: bare by the context, with the prefix of its vocabulary, or in full."""
_MOST = 20_000
_MOST_SPELLINGS = 2_000
_DEEPEST = 4
"""Graphs, catalogues and pages inside each other that are opened."""
_DATASET = "Dataset"
_HOLDERS = ("@graph", "mainEntity", "dataset", "schema:dataset", "sc:dataset", "dcat:dataset")
"""Keys under which a node holds datasets."""


def read_spellings(reading: Reading) -> None:
    """Keep the prefixes and other names that the file's own `@context` gives to terms of known vocabularies."""
    root = reading.root()
    names: dict[str, str] = {}
    for owner in root.elements() or [root]:
        for context in owner.at("@context").elements() or [owner.at("@context")]:
            for key, node in context.entries()[:_MOST_SPELLINGS]:
                names.setdefault(key, node.text() or node.at("@id").text())
    prefixes = [key for key, meaning in names.items() if meaning in _VOCABULARIES]
    reading.prefixes = tuple(f"{key}:" for key in prefixes if key != "@vocab")
    known = (*_VOCABULARIES, *(f"{key}:" for key in (*prefixes, *_SHORT)))
    for key, meaning in names.items():
        head = next((one for one in known if meaning.startswith(one) and meaning != one), "")
        if head or meaning.startswith("@"):
            reading.spellings[meaning.removeprefix(head)] = key


def term(node: Node, name: str) -> Node:
    """Return the value of a term by any of its spellings; an absent one is per node that is false."""
    own = node.reading.spellings.get(name, name)
    keys = (own, *(prefix + name for prefix in (*_PREFIXES, *node.reading.prefixes)))
    return next((node.at(key) for key in keys if node.at(key)), node.at(name))


def each(node: Node) -> list[Node]:
    """Return the elements of a list, those of `@set` or `@list`, or the one value itself."""
    inner = node.first("@set", "@list") if node.entries() else node
    node = inner or node
    return node.elements() or ([node] if node else [])


def first_text(node: Node) -> str:
    """Return the text of a value, of its `@value`, `@id`, `name` or `url`, or of the first element of a list."""
    for candidate in [node, *each(node)]:
        found = (
            candidate.text() or candidate.at("@value").text() or candidate.first("@id", "name", "url").text()
        )
        found = candidate.at("name").text() or found if candidate.entries() else found
        if found:
            return found
    return ""


def is_croissant(data: object) -> bool:
    """Say whether parsed JSON describes a dataset in Croissant's terms, or one with files, as its own standard does."""
    for mapping in _mappings(data, _DEEPEST):
        named = " ".join(str(mapping.get(prefix + "conformsTo", ""))[:400] for prefix in _PREFIXES)
        if "croissant" in f"{named} {str(mapping.get('@context', ''))[:4000]}".lower():
            return True
        files = any(str(key).endswith(("distribution", "recordSet")) for key in list(mapping)[:500])
        if _is_dataset(mapping.get("@type")) and files:
            return True
    return False


def _mappings(data: object, depth: int) -> Iterator[dict[str, object]]:
    """Yield the nodes of a file: itself, the elements of a list, and those that they hold."""
    for element in (data if isinstance(data, list) else [data])[:200]:
        if isinstance(element, dict):
            yield element
            for key in _HOLDERS:
                if depth and key in element:
                    yield from _mappings(element[key], depth - 1)


def _is_dataset(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(one).rsplit(":", 1)[-1].rsplit("/", 1)[-1] == _DATASET for one in kinds[:20])


def _nodes(owner: Node, depth: int) -> Iterator[Node]:
    """Yield a node and those that it holds, to a depth."""
    for node in each(owner)[:_MOST]:
        yield node
        for key in _HOLDERS if depth else ():
            yield from _nodes(node.at(key), depth - 1) if node.at(key) else ()


def find_dataset(reading: Reading) -> Node | None:
    """Return the dataset that a file describes; none or several of them are a question."""
    read_spellings(reading)
    nodes = list(_nodes(reading.root(), _DEEPEST))
    datasets = [node for node in nodes if _is_dataset(term(node, "@type").value)]
    whole = [
        node
        for node in datasets
        if term(node, "distribution") or term(node, "conformsTo") or term(node, "license")
    ]
    candidates = whole or datasets or [node for node in nodes if node.entries() and not node.at("@graph")][:1]
    if len(candidates) == 1:
        return candidates[0]
    names = ", ".join(first_text(term(node, "name"))[:60] or "(unnamed)" for node in candidates[:8])
    what = (
        f"the file describes {len(candidates)} datasets: {names}"
        if candidates
        else "the file describes no dataset"
    )
    reading.note(
        "question",
        what,
        next_step="keep the description of the dataset that the pilot reads in a file of its own",
    )
    return None


def linked(top: Node, node: Node) -> Node:
    """Return what a node refers to, where it is nothing but an `@id` and the file describes that elsewhere."""
    wanted = node.text() or (node.at("@id").text() if list(dict(node.entries())) == ["@id"] else "")
    if not wanted:
        return node
    root = top.reading.root()
    for owner in root.elements() or [root]:
        for other in each(owner.at("@graph"))[:_MOST]:
            if other.at("@id").text() == wanted and len(other.entries()) > 1:
                return other
    return node
