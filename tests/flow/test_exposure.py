"""Exposure: what can act, on whom, with which data; unknown counts as high and is named."""

from __future__ import annotations

import pytest
from flow_pilots import tree

from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.exposure.circle import circle_of
from poc_gate.model.claim import Value
from poc_gate.model.fact import Fact
from poc_gate.model.parts.exposure import FACETS, facet_fact
from poc_gate.model.quantity import Quantity

HARMLESS: dict[str, Value | float] = {
    "pilot.uses": ("llm", "retrieval"),
    "purpose.audience": "named-colleagues",
    "purpose.users": "40 named claims handlers",
    "purpose.decides": "nothing",
    "purpose.acts": "none",
    "oversight.review_share": 1.0,
    "model.hosting": "hosted",
    "sources[docs].personal_data": False,
    "sources[docs].classification": "internal",
    "sources[docs].untrusted": False,
    "security.egress[api].name": "api",
}
AGENT: dict[str, Value | float] = {
    **HARMLESS, "pilot.uses": ("llm", "agent"), "agent.tools": ("search", "draft"), "agent.high_impact_tools": (),
}  # fmt: skip


def exposed(values: dict[str, Value | float], *facets: str) -> list[Fact]:
    """Return the facets of a pilot with one source and one destination."""
    facts = tree(values, sources=("docs",), security__egress=("api",))
    derived = derive_facts(facts, wanted=frozenset(map(facet_fact, FACETS)))
    return [derived.get(facet_fact(facet)) for facet in facets]


def test_drafts_for_named_colleagues_are_low() -> None:
    (level,) = exposed(HARMLESS, "level")
    assert level.value == "low"
    assert level.formula.startswith("low: act none; trifecta no")


PEOPLE = ["purpose.users", "purpose.decides", "purpose.acts", "oversight.review_share", "pilot.uses"]


@pytest.mark.parametrize("name", PEOPLE)
def test_whatever_is_not_stated_counts_as_high_and_is_named(name: str) -> None:
    (level,) = exposed({key: value for key, value in HARMLESS.items() if key != name}, "level")
    assert level.value == "high"
    assert "unknown" in level.formula
    assert any("is unknown and counts as high" in text for text in level.assumptions)


def test_one_leg_that_is_known_to_be_absent_settles_that_the_three_do_not_meet() -> None:
    for lost in ("sources[docs].untrusted", "security.egress[api].name", "sources[docs].personal_data"):
        (level,) = exposed({key: value for key, value in HARMLESS.items() if key != lost}, "level")
        assert level.value == "low", lost
    fewer = {key: value for key, value in HARMLESS.items() if "untrusted" not in key} | {
        "model.hosting": "self"
    }
    (meets,) = exposed(fewer, "trifecta")
    assert meets.value is None
    assert meets.inputs == ("sources[docs].untrusted",)


@pytest.mark.parametrize(
    ("changes", "facet", "value", "level"),
    [
        ({"purpose.acts": "reversible"}, "act", "reversible", "medium"),
        ({"purpose.acts": "irreversible"}, "act", "irreversible", "high"),
        ({"purpose.audience": "customers"}, "audience", "customers", "high"),
        ({"purpose.users": "customers of the shop"}, "audience", "customers", "high"),
        ({"purpose.decides": "assists"}, "decides", "assists", "medium"),
        ({"purpose.annex_iii_point": "5(b)"}, "decides", "assists", "medium"),
        ({"purpose.clinical_decision_support": True}, "decides", "assists", "medium"),
        ({"purpose.decides": "decides"}, "decides", "decides", "high"),
        ({"oversight.review_share": 0.0}, "reliance", "unreviewed", "medium"),
        ({"oversight.review_share": 0.2}, "reliance", "sampled", "low"),
        ({"oversight.review_share": 0.0, "purpose.decides": "assists"}, "reliance", "unreviewed", "high"),
        ({"sources[docs].untrusted": True}, "trifecta", "no", "low"),
        ({"purpose.risk_tier": "high"}, "act", "none", "high"),
    ],
)
def test_each_facet_raises_the_level(
    changes: dict[str, Value | float], facet: str, value: str, level: str
) -> None:
    found, total = exposed({**HARMLESS, **changes}, facet, "level")
    assert (found.value, total.value) == (value, level)


def test_outsiders_with_private_data_make_all_three_meet() -> None:
    (meets,) = exposed({**HARMLESS, "purpose.audience": "public"}, "trifecta")
    assert (meets.value, meets.formula) == (
        "yes",
        "docs holds private data; public write to it; answers reach public",
    )
    (none,) = exposed(
        {**HARMLESS, "purpose.audience": "public", "sources[docs].classification": "public"}, "trifecta"
    )
    assert none.value == "no"


def test_what_reads_no_text_follows_no_orders_in_text() -> None:
    (meets,) = exposed({"pilot.uses": ("classic-ml",)}, "trifecta")
    assert meets.value == "no"


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, "reversible"),
        ({"agent.effects": ("search=read", "draft=read")}, "none"),
        ({"agent.effects": ("search=read", "draft=irreversible")}, "irreversible"),
        ({"agent.high_impact_tools": ("draft",)}, "irreversible"),
        ({"purpose.acts": "irreversible"}, "irreversible"),
        ({"agent.tools": ()}, "none"),
        ({"agent.tools": ("search", "refund-customer")}, None),
        ({"agent.tools": ("search", "deleteAccount")}, None),
        ({"agent.tools": ("search", "refund"), "agent.effects": ("refund=reversible",)}, "reversible"),
        ({"pilot.uses": ("llm",), "agent.high_impact_tools": ("pay",)}, "irreversible"),
    ],
)
def test_tools_decide_what_an_agent_can_do(changes: dict[str, Value | float], value: str | None) -> None:
    (act,) = exposed({**AGENT, **changes}, "act")
    assert act.value == value


def test_a_grave_name_without_an_effect_is_asked_for() -> None:
    (act,) = exposed({**AGENT, "agent.tools": ("search", "refund-customer")}, "act")
    assert act.inputs == ("agent.effects",)
    assert "refund-customer" in act.why_unknown


@pytest.mark.parametrize(
    ("users", "circle"),
    [
        ("40 named handlers", "named-colleagues"),
        ("customer service staff", "employees"),
        ("nurses and physicians", "employees"),
        ("customers of the airline", "customers"),
        ("the public", "public"),
        ("staff and their customers", "customers"),
        ("merchants", "customers"),
        ("whoever it may concern", ""),
    ],
)
def test_the_words_about_users_name_a_circle(users: str, circle: str) -> None:
    assert circle_of(users) == circle


def test_a_contract_that_nobody_mentions_is_unknown_and_none_is_none() -> None:
    def share(*contracts: str) -> Fact:
        ids = tuple(f"s{number}" for number in range(len(contracts)))
        pairs = zip(ids, contracts, strict=True)
        facts = tree({f"sources[{one}].contract": text for one, text in pairs if text}, sources=ids)
        return derive_facts(facts, wanted=frozenset({"flow.contracts.coverage"})).get(
            "flow.contracts.coverage"
        )

    assert share("a.yaml", "").value is None
    assert share("a.yaml", "").inputs == ("sources[s1].contract",)
    assert share("a.yaml", "none").value == Quantity(0.5, "1")


def test_where_no_person_decides_about_those_affected_the_pilot_does() -> None:
    silent = {key: value for key, value in HARMLESS.items() if key != "purpose.decides"}
    alone = {"oversight.person_decides": False}
    (of,) = exposed({**silent, **alone, "purpose.affected_people": "claimants"}, "decides")
    assert of.value == "decides"
    (of,) = exposed({**silent, **alone}, "decides")
    assert of.value is None
    (of,) = exposed({**HARMLESS, **alone, "purpose.affected_people": "claimants"}, "decides")
    assert of.value == "nothing"


def changed(base: dict[str, Value | float], **more: Value | float | None) -> dict[str, Value | float]:
    """Return the facts with some changed; None leaves one out."""
    stated = {**base, **{name.replace("__", "."): value for name, value in more.items()}}
    return {name: value for name, value in stated.items() if value is not None}


@pytest.mark.parametrize(
    ("more", "value", "formula"),
    [
        ({}, "reversible", "most serious effect of 2 tools = reversible"),
        ({"pilot__uses": ("llm",)}, "reversible", "most serious effect of 2 tools = reversible"),
        ({"pilot__uses": ("llm",), "agent__tools": (), "agent__high_impact_tools": ("pay",)}, "irreversible", "tools that are hard to undo: pay"),
        ({"agent__effects": ("search=read", "draft=read"), "purpose__acts": None}, "none", "most serious effect of 2 tools = none"),
        ({"agent__effects": ("search=read", "draft=reversible"), "purpose__acts": "reversible"}, "reversible", "most serious effect of 2 tools = reversible"),
        ({"agent__effects": ("search=read", "draft=irreversible")}, "irreversible", "most serious effect of 2 tools = irreversible"),
        ({"agent__effects": ("search=read", "draft=read"), "purpose__acts": "irreversible"}, "irreversible", "stated"),
        ({"agent__effects": ("search=read", "draft=read"), "agent__high_impact_tools": None}, "none", "most serious effect of 2 tools = none"),
        ({"agent__effects": ("search=read", "draft=read", "more=irreversible")}, "irreversible", "most serious effect of 2 tools = irreversible"),
        ({"agent__tools": (), "pilot__uses": ("agent",)}, "none", "most serious effect of 0 tools = none"),
        ({"pilot__uses": ("llm",), "agent__tools": None, "agent__high_impact_tools": None, "purpose__acts": "reversible"}, "reversible", "stated; it has no tools"),
    ],
)  # fmt: skip
def test_what_a_pilot_can_do_is_the_gravest_of_tools_and_statement(more, value, formula) -> None:
    (found,) = exposed(changed(AGENT, **more), "act")
    assert (found.value, found.formula) == (value, formula)


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"agent__effects": ("search=read",), "agent__high_impact_tools": None}, "agent.high_impact_tools"),
        ({"agent__high_impact_tools": None}, "agent.high_impact_tools"),
        ({"agent__tools": ("refundCustomer",)}, "agent.effects"),
        ({"agent__tools": None}, "agent.tools"),
    ],
)
def test_tools_of_which_nobody_says_what_they_do_are_asked_about(more, missing) -> None:
    (found,) = exposed(changed(AGENT, **more), "act")
    assert (found.value, found.inputs) == (None, (missing,))


@pytest.mark.parametrize(
    ("share", "value"),
    [(1.0, "reviewed"), (0.999, "reviewed"), (0.998, "sampled"), (0.01, "sampled"), (0.0, "unreviewed")],
)
def test_who_reviews_its_decisions(share: float, value: str) -> None:
    (found,) = exposed(changed(HARMLESS, oversight__review_share=share), "reliance")
    assert found.value == value


@pytest.mark.parametrize(
    ("more", "value", "formula"),
    [
        ({}, "named-colleagues", "stated"),
        (
            {"purpose__audience": None, "purpose__users": "our customers"},
            "customers",
            "the users are 'our customers'",
        ),
        ({"purpose__users": "our customers"}, "customers", "the users are 'our customers'"),
        ({"purpose__audience": "public", "purpose__users": "our customers"}, "public", "stated"),
        ({"purpose__audience": "customers", "purpose__users": "our customers"}, "customers", "stated"),
    ],
)
def test_the_widest_circle_of_users_counts(more, value, formula) -> None:
    (found,) = exposed(changed(HARMLESS, **more), "audience")
    assert (found.value, found.formula) == (value, formula)


def test_an_audience_that_nobody_states_is_asked_for() -> None:
    for more, missing in (
        ({"purpose__users": None}, ("purpose.users",)),
        ({"purpose__users": None, "purpose__audience": None}, ("purpose.users", "purpose.audience")),
        ({"purpose__users": "somebody", "purpose__audience": None}, ("purpose.audience",)),
    ):
        (found,) = exposed(changed(HARMLESS, **more), "audience")
        assert (found.value, found.inputs) == (None, missing)


@pytest.mark.parametrize(
    ("more", "value", "formula"),
    [
        ({}, "nothing", "stated"),
        ({"purpose__annex_iii_point": "5b"}, "assists", "it is an Annex III point"),
        ({"purpose__clinical_decision_support": True, "purpose__medical_device": True}, "assists", "it is clinical decision support and a medical device"),
        ({"purpose__fundamental_rights_due": True, "purpose__decides": None}, "assists", "it is a fundamental-rights assessment"),
        ({"purpose__medical_device": True, "purpose__decides": "assists"}, "assists", "stated"),
        ({"purpose__medical_device": True, "purpose__decides": "decides"}, "decides", "stated"),
        ({"purpose__medical_device": False}, "nothing", "stated"),
        ({"purpose__decides": None, "purpose__affected_people": "applicants", "oversight__person_decides": False}, "decides", "no person decides about those affected"),
    ],
)  # fmt: skip
def test_what_it_decides_about_people(more, value, formula) -> None:
    (found,) = exposed(changed(HARMLESS, **more), "decides")
    assert (found.value, found.formula) == (value, formula)


OPEN: dict[str, Value | float] = {**HARMLESS, "sources[docs].untrusted": True, "purpose.audience": "employees", "purpose.users": "all employees",
                                  "model.hosting": "self"}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "value", "formula"),
    [
        ({}, "yes", "docs holds private data; outsiders can write into docs; it sends data to api"),
        ({"sources[docs]__classification": "Public "}, "no", "no private data"),
        ({"sources[docs]__classification": None}, "no", "no private data"),
        ({"sources[docs]__classification": None, "sources[docs]__personal_data": True}, "yes", "docs holds private data; outsiders can write into docs; it sends data to api"),
        ({"sources[docs]__classification": "public", "security__prompts_personal": True}, "yes",
         "prompts or answers hold personal data; outsiders can write into docs; it sends data to api"),
        ({"sources[docs]__untrusted": False}, "no", "no untrusted content"),
        ({"model__hosting": "hosted"}, "no", "no way out"),
        ({"purpose__users": "our customers", "sources[docs]__untrusted": False}, "yes", "docs holds private data; customers write to it; answers reach customers"),
        ({"model__hosting": "hosted", "agent__high_impact_tools": ("pay",), "pilot__uses": ("agent",)}, "yes",
         "docs holds private data; outsiders can write into docs; its tools reach outsiders or cannot be undone"),
        ({"pilot__uses": ("classic-ml",)}, "no", "nothing in it follows orders written in text"),
    ],
)  # fmt: skip
def test_whether_private_data_untrusted_text_and_a_way_out_meet(more, value, formula) -> None:
    (found,) = exposed(changed(OPEN, **more), "trifecta")
    assert (found.value, found.formula) == (value, formula)


def test_legs_that_nobody_states_are_asked_for() -> None:
    (found,) = exposed(
        changed(OPEN, **{"sources[docs]__classification": None, "sources[docs]__personal_data": None}),
        "trifecta",
    )
    assert (found.value, found.inputs) == (None, ("sources[docs].personal_data",))
    (found,) = exposed(changed(OPEN, pilot__uses=None), "trifecta")
    assert (found.value, found.inputs) == (None, ("pilot.uses",))
    bare = derive_facts(tree(OPEN), wanted=frozenset({"exposure.trifecta"})).get("exposure.trifecta")
    assert (bare.value, bare.inputs) == (None, ("sources", "security.egress"))
    prompts = derive_facts(
        tree({**OPEN, "security.prompts_personal": True}), wanted=frozenset({"exposure.trifecta"})
    ).get("exposure.trifecta")
    assert prompts.inputs == ("sources", "security.egress")


def test_the_first_destination_of_a_hosted_model_is_that_model() -> None:
    hosted = {**OPEN, "model.hosting": "hosted", "security.egress[crm].name": "crm"}
    facts = tree(hosted, sources=("docs",), security__egress=("api", "crm"))
    found = derive_facts(facts, wanted=frozenset({"exposure.trifecta"})).get("exposure.trifecta")
    assert (found.value, found.formula.endswith("it sends data to api, crm")) == ("yes", True)
