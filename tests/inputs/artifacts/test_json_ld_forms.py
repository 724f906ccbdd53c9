"""Datasets in JSON-LD as strangers write it: graphs, own prefixes and names, sets, catalogues, licences in odd places."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from stated_facts import messages, value

from poc_gate.inputs.artifacts.read_artifact import read_artifact

_RIGHTS = "https://creativecommons.org/licenses/by/4.0/"
_FILE: dict[str, object] = {
    "@type": "cr:FileObject",
    "contentUrl": "https://h/a.csv",
    "contentSize": "1500000 B",
}
_CONTEXT: dict[str, object] = {
    "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
}  # fmt: skip
_DATASET: dict[str, object] = {
    "@type": "Dataset", "name": "d", "dct:conformsTo": "http://mlcommons.org/croissant/1.0", "license": _RIGHTS, "distribution": [_FILE],
}  # fmt: skip
Data = dict[str, object] | list[object]


def _whole(**changes: object) -> dict[str, object]:
    return {"@context": _CONTEXT, **_DATASET, **changes}


def _prefixed() -> Data:
    return {
        "@context": {"s": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
        "@type": "s:Dataset",
        "s:license": _RIGHTS,
        "s:distribution": [
            {"@type": "cr:FileObject", "s:contentUrl": "https://h/a", "s:contentSize": "1500000 B"}
        ],
    }


def _renamed(meaning: object) -> Data:
    data = _whole(lizenz=_RIGHTS, **{"@context": {**_CONTEXT, "lizenz": meaning}})
    del data["license"]
    return data


_FORMS: dict[str, Callable[[], Data]] = {
    "a graph that is one mapping": lambda: {"@context": _CONTEXT, "@graph": _DATASET},
    "graphs inside each other": lambda: {"@graph": [{"@id": "g", "@graph": [_DATASET]}]},
    "a prefix of its own": _prefixed,
    "a term of its own name": lambda: _renamed("https://schema.org/license"),
    "a term defined at length": lambda: _renamed({"@id": "schema:license", "@type": "@id"}),
    "a set of licences": lambda: _whole(license={"@set": [_RIGHTS]}),
    "a list of licences": lambda: _whole(license={"@list": [_RIGHTS]}),
    "one file, no list": lambda: _whole(distribution=_FILE),
    "a set of files": lambda: _whole(distribution={"@set": [_FILE]}),
    "a file by its id alone": lambda: {
        "@graph": [{**_DATASET, "distribution": "#f"}, {"@id": "#f", **_FILE}]
    },
    "a catalogue of one": lambda: {
        "@type": "DataCatalog",
        "license": "https://other/",
        "dataset": [_DATASET],
    },
    "a page about one": lambda: {"@type": "WebPage", "mainEntity": _DATASET},
    "DCAT": lambda: {
        "@type": "dcat:Dataset",
        "dcat:distribution": [
            {"dct:license": {"@id": _RIGHTS}, "dcat:downloadURL": "https://h/a", "dcat:byteSize": "1500000 B"}
        ],
    },
}


@pytest.mark.parametrize("form", _FORMS)
def test_every_form_of_one_dataset_says_the_same(form: str) -> None:
    result = read_artifact(json.dumps(_FORMS[form]()).encode(), "a.json", prefix="sources[x]")
    assert value(result, "sources[x].rights") == _RIGHTS
    assert value(result, "sources[x].volume") == 1_500_000
    assert not any("licence" in message for message in messages(result, "warning"))


@pytest.mark.parametrize("words", ["No license", "unspecified", "not specified", "unknown", "See the paper"])
def test_words_for_no_licence_are_none(words: str) -> None:
    result = read_artifact(json.dumps(_whole(license=words)).encode(), "a.json", prefix="sources[x]")
    assert value(result, "sources[x].rights") is None
    assert "the dataset has no licence" in messages(result, "warning")


@pytest.mark.parametrize(
    ("address", "interface"),
    [
        ("git+https://h/r", "http"),
        ("abfss://c@a/x", "object-store"),
        ("ipfs://x", None),
        ("data/a.csv", "file"),
    ],
)
def test_the_way_to_a_file_follows_its_scheme(address: str, interface: str | None) -> None:
    data = _whole(distribution=[{**_FILE, "contentUrl": address}])
    result = read_artifact(json.dumps(data).encode(), "a.json", prefix="sources[x]")
    assert value(result, "sources[x].interface") == interface


@pytest.mark.parametrize(
    ("said", "personal"),
    [
        ("All personal data was removed before publication", None),
        ("Any personally identifiable information has been fully redacted", None),
        ("Personal data of the patients was collected with consent", True),
    ],
)
def test_what_was_taken_out_is_a_question(said: str, personal: bool | None) -> None:
    data = _whole(**{"rai:personalSensitiveInformation": said})
    result = read_artifact(json.dumps(data).encode(), "a.json", prefix="sources[x]")
    assert value(result, "sources[x].personal_data") is personal
    assert bool(messages(result, "question")) is (personal is None)


def test_the_version_of_the_standard_is_found_behind_another_one() -> None:
    both = ["http://mlcommons.org/croissant/RAI/1.0", "http://mlcommons.org/croissant/1.1"]
    result = read_artifact(
        json.dumps(_whole(**{"dct:conformsTo": both})).encode(), "a.json", prefix="sources[x]"
    )
    assert value(result, "sources[x].contract_standard") == "Croissant 1.1"
