"""Deployments of models on Azure: what a choice in Bicep comes to, and versions and quotas in Bicep and Terraform."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_choices import chosen, stated_parameters

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


TERRAFORM = 'resource "azurerm_cognitive_deployment" "chat" {\n  name = "chat"\n  model {\n    format  = "OpenAI"\n    name    = %s\n    version = %s\n  }\n  sku {\n    name     = "Standard"\n    capacity = %s\n  }\n}\n'  # fmt: skip
VARIABLES = "".join(
    f'variable "gpt_model_{part}" {{\n  type    = {kind}\n  default = {default}\n}}\n\n'
    for part, kind, default in (("name", "string", '"gpt-4o"'), ("version", "string", '"2024-08-06"'), ("capacity", "number", "60"))
)  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": TERRAFORM % ('"gpt-4o"', '"2024-08-06"', "60")},
        {
            "main.tf": TERRAFORM % ("var.gpt_model_name", "var.gpt_model_version", "var.gpt_model_capacity"),
            "variables.tf": VARIABLES,
        },
    ],
    ids=["plain", "by variables"],
)
def test_a_deployment_in_terraform_has_its_version_and_its_quota(
    files: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text("from openai import AzureOpenAI\nclient = AzureOpenAI()\n")
    (tmp_path / "infra").mkdir()
    for name, text in files.items():
        (tmp_path / "infra" / name).write_text(text)
    found = {one.claim.fact: one.claim.value for one in inspect_repository(tmp_path).facts}
    assert found["model.name"] == "gpt-4o"
    assert found["model.version"] == "2024-08-06"
    assert found["model.quota_tokens"].value == pytest.approx(1000)  # 60,000 tokens a minute
    assert found.get("model.alias_floating") is not True


def test_a_variable_for_a_version_alone_says_nothing_of_a_model(tmp_path: Path) -> None:
    (tmp_path / "variables.tf").write_text('variable "model_version" {\n  default = "2024-08-06"\n}\n')
    assert "model.version" not in {one.claim.fact for one in inspect_repository(tmp_path).facts}


def test_a_deployment_that_code_only_names_can_hold_any_version(tmp_path: Path) -> None:
    """OpenAI itself moves `gpt-4o` to newer versions; what a deployment of that name holds is said where it is made."""
    for client, moves in (("AzureOpenAI", None), ("OpenAI", True)):
        (tmp_path / "app.py").write_text(
            f"from openai import {client}\n\nclient = {client}()\nclient.chat.completions.create(model='gpt-4o', messages=[])\n"
        )
        found = {one.claim.fact: one.claim.value for one in inspect_repository(tmp_path).facts}
        assert found["model.name"] == "gpt-4o"
        assert found.get("model.alias_floating") is moves
