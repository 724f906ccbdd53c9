"""JSON-LD as people write it -> the one dataset in it: a mapping, a list of them, or a graph whose nodes refer to each other."""

from __future__ import annotations

from poc_gate.artifacts.reading import Node, Reading

_PREFIXES = (
    "", "sc:", "schema:", "https://schema.org/", "http://schema.org/", "cr:", "http://mlcommons.org/croissant/", "dct:",
    "http://purl.org/dc/terms/",
)  # fmt: skip
"""How a term is written: bare by the context, with the prefix of its vocabulary, or in full."""
_MOST = 20_000
_DATASET = "Dataset"


def term(node: Node, name: str) -> Node:
    """Return the value of a term by any of its spellings; an absent one is a node that is false."""
    return next((node.at(prefix + name) for prefix in _PREFIXES if node.at(prefix + name)), node.at(name))


def first_text(node: Node) -> str:
    """Return the text of a value, of its `@value`, `@id`, `name` or `url`, or of the first element of a list."""
    for candidate in [node, *node.elements()]:
        found = (
            candidate.text() or candidate.at("@value").text() or candidate.first("@id", "name", "url").text()
        )
        found = candidate.at("name").text() or found if candidate.entries() else found
        if found:
            return found
    return ""


def is_croissant(data: object) -> bool:
    """Say whether parsed JSON describes a dataset in Croissant's terms, or one with files, as its own standard does."""
    for mapping in _mappings(data)[:200]:
        named = " ".join(str(mapping.get(prefix + "conformsTo", ""))[:400] for prefix in _PREFIXES)
        if "croissant" in f"{named} {str(mapping.get('@context', ''))[:4000]}".lower():
            return True
        files = any(
            prefix + name in mapping for prefix in _PREFIXES for name in ("distribution", "recordSet")
        )
        if _is_dataset(mapping.get("@type")) and files:
            return True
    return False


def _mappings(data: object) -> list[dict[str, object]]:
    """Return the nodes on top of a file: itself, the elements of a list, and those of a graph."""
    listed = data if isinstance(data, list) else [data]
    found: list[dict[str, object]] = []
    for element in listed[:_MOST]:
        if isinstance(element, dict):
            graph = element.get("@graph")
            found += [
                element,
                *(
                    node
                    for node in (graph if isinstance(graph, list) else [])[:_MOST]
                    if isinstance(node, dict)
                ),
            ]
    return found


def _is_dataset(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(one).rsplit(":", 1)[-1].rsplit("/", 1)[-1] == _DATASET for one in kinds[:20])


def find_dataset(reading: Reading) -> Node | None:
    """Return the dataset that a file describes; none or several of them are a question."""
    top = reading.root()
    nodes = [node for owner in (top.elements() or [top]) for node in (*owner.at("@graph").elements(), owner)]
    datasets = [node for node in nodes if _is_dataset(node.at("@type").value)]
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
    """Return what a node refers to, where it holds nothing but an `@id` and the file describes that elsewhere."""
    if list(dict(node.entries())) != ["@id"]:
        return node
    wanted, root = node.at("@id").text(), top.reading.root()
    for owner in root.elements() or [root]:
        for other in owner.at("@graph").elements()[:_MOST]:
            if other.at("@id").text() == wanted and len(other.entries()) > 1:
                return other
    return node
