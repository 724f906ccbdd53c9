"""What a choice in Bicep comes to when nothing but the defaults of parameters is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.deployment.iac.bicep_choices import chosen, stated_parameters

PARAMETERS = """
param version string = ''
param capacity int = 0
param host string = 'azure'
param large bool = false
param safe bool = true // on
param named string
@allowed(['a', 'b'])
param kind string = 'a'
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'gpt-4o'", "gpt-4o"),
        ("40,", 40.0),
        ("host", "azure"),
        ("!empty(version) ? version : '0125'", "0125"),
        ("empty(version) ? '0125' : version", "0125"),
        ("capacity != 0 ? capacity : 40", 40.0),
        ("capacity == 0 ? 40 : capacity", 40.0),
        ("large ? 'gpt-4' : 'gpt-4o-mini'", "gpt-4o-mini"),
        ("!large && safe ? 2 : 1", 2.0),
        ("(large || kind == 'a') ? 3 : 1", 3.0),
        ("startsWith(host, 'azure') ? 'gpt-35-turbo' : 'gpt-3.5-turbo'", "gpt-35-turbo"),
        ("large ? 1 : !empty(version) ? 2 : (safe ? 3 : 4)", 3.0),
        ("large ? (safe ? 1 : 2) : 5", 5.0),
        ("kind == 'b' ? 'a: ? b' : 'c ? d : e'", "c ? d : e"),
        ("large && named == 'x' ? 1 : 2", 2.0),  # one part that does not hold decides
        # Decided elsewhere: a parameter without a default, a function, an operator that is not a choice.
        ("!empty(named) ? named : 'x'", None),
        ("named == 'x' ? 1 : 2", None),
        ("safe && named == 'x' ? 1 : 2", None),
        ("toLower(host)", None),
        ("safe", None),
        ("settings.?version ?? '1'", None),
        ("large ? 1", None),
        ("(((", None),
        ("", None),
    ],
)
def test_a_choice_comes_to_what_holds_by_default(text: str, value: str | float | None) -> None:
    assert chosen(text, stated_parameters(PARAMETERS)) == value


def test_a_deployment_takes_what_holds_where_its_parameters_are_empty(tmp_path: Path) -> None:
    """A capacity of 0 says that another value counts: it is neither a quota of nothing nor a version that can move."""
    (tmp_path / "app.py").write_text("from openai import AzureOpenAI\nclient = AzureOpenAI()\n")
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.bicep").write_text(
        "param chatModelVersion string = ''\nparam chatDeploymentCapacity int = 0\n"
        "var chat = {\n  model: 'gpt-4o'\n"
        "  version: !empty(chatModelVersion) ? chatModelVersion : '2024-11-20'\n"
        "  capacity: chatDeploymentCapacity != 0 ? chatDeploymentCapacity : 30\n}\n"
        "module ai 'core/ai/openai.bicep' = {\n  params: {\n    deployments: [\n      {\n        name: 'chat'\n"
        "        capacity: chat.capacity\n        model: {\n          name: chat.model\n          version: chat.version\n"
        "        }\n      }\n    ]\n  }\n}\n"
    )
    found = {one.claim.fact: one.claim.value for one in inspect_repository(tmp_path).facts}
    assert found["model.version"] == "2024-11-20"
    assert found.get("model.alias_floating") is not True
    assert found["model.quota_tokens"].value == pytest.approx(500)  # 30,000 tokens a minute
