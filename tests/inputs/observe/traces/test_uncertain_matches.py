"""A system that could be a listed source is a question with its candidates; one that can be none of them was forgotten."""

from __future__ import annotations

from types import SimpleNamespace

from otlp_spans import Maker

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile

STORE = {"db__system__name": "mongodb", "server__address": "documents.internal", "db__namespace": "claims"}


def traces(product):
    make = Maker()
    for number in range(40):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, "find", number * 100 + 5, 10, **{**STORE, "db__system__name": product})
        make.span(
            trace,
            root,
            "POST",
            number * 100 + 20,
            10,
            http__request__method="POST",
            server__address="mail.example.net",
        )
        make.span(
            trace, root, "t", number * 100 + 40, 3, kind=1, gen_ai__operation__name="execute_tool", gen_ai__tool__name="lookup"
        )  # fmt: skip
    return make.lines()


def seen(tmp_path, values, *, sources=("policies",), egress=("smtp-relay",), product="mongodb"):
    path = tmp_path / "traces.jsonl"
    path.write_bytes(traces(product))
    items = {"sources": sources, "security.egress": egress}
    (found,) = read_results([NamedFile(path, path.name)], Declared(items, values), "")
    facts = {one.fact: one.value for one in found.observations}
    return SimpleNamespace(
        facts=facts, asked=[one.message for one in found.notices if one.kind == "question"]
    )


def test_a_store_that_could_be_a_source_is_asked_with_the_candidates(tmp_path):
    found = seen(tmp_path, {}, sources=("policies", "letters"))
    assert found.facts["observed.undeclared_stores"] == ("mongodb documents.internal/claims",)
    assert found.facts["observed.forgotten_stores"] == ()
    assert any(
        "mongodb documents.internal/claims is called and no source names it; it could be policies or letters"
        in one
        for one in found.asked
    )


def test_a_store_of_another_product_than_every_uncalled_source_was_forgotten(tmp_path):
    found = seen(tmp_path, {"sources[policies].system": "PostgreSQL"})
    assert found.facts["observed.forgotten_stores"] == ("mongodb documents.internal/claims",)
    assert not any("could be policies" in one for one in found.asked)


def test_a_product_under_its_own_name_may_speak_the_protocol_of_another(tmp_path):
    found = seen(tmp_path, {"sources[policies].system": "Aurora"}, product="postgresql")
    assert found.facts["observed.forgotten_stores"] == ()
    assert any("it could be policies" in one for one in found.asked)


def test_where_a_source_says_its_names_another_one_is_not_it(tmp_path):
    found = seen(tmp_path, {"sources[policies].seen_as": ("policies.internal",)})
    assert found.facts["observed.forgotten_stores"] == ("mongodb documents.internal/claims",)


def test_a_host_and_a_tool_under_other_names_are_asked(tmp_path):
    found = seen(tmp_path, {"agent.tools": ("search",)})
    assert any(
        "mail.example.net is called and `security.egress` lacks it; it could be smtp-relay" in one
        for one in found.asked
    )
    assert any(
        "the tool lookup is called and `agent.tools` lacks it; it could be search" in one
        for one in found.asked
    )
