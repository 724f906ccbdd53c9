"""What runs the pilot: one cloud service where the files agree, none where they name several or only hand out pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.facts.known.tables import find
from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.tables.deployment.services import service_of_resource

AZD = "name: a\nservices:\n  web:\n    project: ./{project}\n    language: py\n    host: {host}\n"
FUNCTION = (
    "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Answer:\n    Type: AWS::Serverless::Function\n    Properties:\n"
    "      Handler: a.b\n      Events:\n        Ask: {Type: Api, Properties: {Path: /, Method: POST}}\n"
)
HELPER = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Clean:\n    Type: AWS::Lambda::Function\n    Properties: {Handler: a.b}\n"

CASES = {
    "a project of azd": ({"azure.yaml": AZD.format(project="src", host="containerapp")}, "azure-container-apps"),
    "pages alone": ({"azure.yaml": AZD.format(project="frontend", host="appservice")}, None),
    "Bicep": ({"infra/main.bicep": "resource app 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'a'\n}\n"}, "azure-container-apps"),
    "Terraform": ({"infra/main.tf": 'resource "google_cloud_run_v2_service" "a" {\n  name = "a"\n}\n'}, "google-cloud-run"),
    "a function that answers": ({"template.yaml": FUNCTION}, "aws-lambda"),
    "a function that helps to deploy": ({"template.yaml": HELPER}, None),
    "a workflow that deploys": ({".github/workflows/ship.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: gcloud run deploy api --source .\n"}, "google-cloud-run"),
    "Render": ({"render.yaml": "services:\n  - type: web\n    name: api\n    runtime: docker\n"}, "render-web-service"),
    "Fly": ({"fly.toml": "app = 'a'\nprimary_region = 'fra'\n"}, "fly-machines"),
    "Vercel of the whole": ({"vercel.json": "{}\n"}, "vercel-functions"),
    "Vercel of the documentation": ({"docs-website/vercel.json": "{}\n"}, None),
    "two services": ({"a.tf": 'resource "aws_apprunner_service" "a" {\n}\nresource "aws_eks_cluster" "b" {\n}\n'}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_service_that_runs_it(name: str, tmp_path: Path) -> None:
    files, service = CASES[name]
    for path, text in {**files, "app.py": "import openai\nopenai.OpenAI()\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    reading = read_repository(tmp_path)
    found = {one.claim.fact: one.claim.value for one in reading.facts}
    assert found.get("target.service") == service
    assert not any("target.service" in one.message for one in reading.questions)
    assert service is None or find("platforms", service) is not None


@pytest.mark.parametrize("kind", ["aws_eks_cluster_auth", "google_cloud_run_v2_service_iam_member", "azurerm_container_app_environment"])  # fmt: skip
def test_what_goes_with_a_service_runs_nothing(kind: str) -> None:
    assert service_of_resource(kind) == ""


def test_a_name_that_only_holds_the_word_values_is_no_chart(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "fix-missing-values-1f2.yaml").write_text(
        "fixes:\n  - replicas: 3\nreplicaCount: 3\n"
    )
    facts = {one.claim.fact for one in read_repository(tmp_path).facts}
    assert facts.isdisjoint({"operations.infrastructure_as_code", "target.replicas"})


def test_a_weekly_scorecard_is_no_pipeline(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "scorecard.yml").write_text(
        "name: Scorecard\non:\n  schedule:\n    - cron: '0 6 * * 1'\njobs: {}\n"
    )
    assert "pipeline.refresh" not in {one.claim.fact for one in read_repository(tmp_path).facts}
