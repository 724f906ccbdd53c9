"""Which files hold settings, which of several of one kind is not the one that is active, and how much one of them weighs."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.inputs.repository.tables.systems import system_named

_FILE = re.compile(
    r"(?:^|/)(?:prefect|[\w.-]*(?:settings|config|conf|application|params|parameters|options|constants|hyperparam\w*|models?|cluster\w*|\w*compute|llm|rag|crawler|ingest\w*|indexer|retriev\w*|chunk\w*|agent|prompt\w*|pipeline|appsettings|langgraph)[\w.-]*)\.(?:ya?ml|toml|json|properties|ini|cfg)$"
)
_FOLDER = re.compile(
    r"(?:^|/)(?:config|configs|conf|settings|configuration)/[\w./-]+\.(?:ya?ml|toml|json|properties)$|(?:^|/)src/main/resources/[\w.-]+\.ya?ml$"
)
"""The last is where Spring finds what `spring.config.import` names."""
_NOT = re.compile(
    r"(?:^|/)(?:package|package-lock|tsconfig[\w.-]*|components|manifest|angular|composer|renovate|turbo|jest[\w.-]*|babel[\w.-]*|\.eslintrc|tslint|launch|tasks|docker-compose[\w.-]*|compose[\w.-]*|mkdocs|_config|vercel|main\.parameters|[\w.-]*\.parameters|azuredeploy[\w.-]*|pyproject|cargo|codecov|\.pre-commit-config|dependabot|values[\w.-]*|chart|kustomization|[\w-]*\.lock|tokenizer_config|generation_config|special_tokens_map|preprocessor_config|devcontainer|cdk|openapi|swagger|dvc|feature_store|serverless|render)\.(?:ya?ml|toml|json|cfg|ini)$|\.config\.json$|(?:^|/)\.[\w-]+/|alertmanager|prometheus|grafana|dashboard|schema|locale|i18n|package\.json|/configs?/crd|(?:^|/)crd|kubernetes|k8s|helm|searxng|/templates/"
)
_PROFILE = re.compile(r"(?i)^application-([\w-]+)\.(?:ya?ml|properties)$")
_OF_DEVELOPERS = re.compile(
    r"(?i)^(?:appsettings\.(?:development|local|staging|test)\.json|application-(?:dev\w*|local|stag(?:e|ing)|test|qa|uat|it|ci)\.(?:ya?ml|properties)|(?:config|settings)[._-](?:dev|development|local|staging|test)\.(?:ya?ml|json|toml))$"
)
"""Settings for the machines of those who write or try the program: what is deployed stands before them."""
_OF_DATA = re.compile(r"(?i)(?:^|/)(?:data|sample_?data|datasets?)/")


def is_settings(path: str) -> bool:
    """Say whether a file is named as settings are."""
    return bool(_FILE.search(path) or _FOLDER.search(path)) and not _NOT.search(path)


def is_of_a_choice(file: TextFile, notes: Notes) -> bool:
    """Say whether a file is Spring's profile for one of several providers of models, and not the one that is active."""
    profile = _PROFILE.match(file.name)
    if profile is None or not _maker_of(profile[1]):
        return False
    folder = file.folder.lower()
    beside = [path.rpartition("/")[2] for path in notes.signals.paths if path.rpartition("/")[0] == folder]
    makers = {_maker_of(found[1]) for name in beside if (found := _PROFILE.match(name))} - {""}
    if len(makers) < 2:
        return False
    active = re.compile(rf"(?i)active\s*[=:][^\n]*\b{re.escape(profile[1])}\b")
    usual = [
        one
        for name in ("application.properties", "application.yml", "application.yaml")
        if (one := file.beside(name))
    ]
    return not any(one.shows(active) for one in usual)


def _maker_of(profile: str) -> str:
    """Return the provider that a profile is called after, or an empty text."""
    return maker_named(profile) or next(
        (maker for word in profile.split("-") if (maker := maker_named(word))), ""
    )


def usual_weight(notes: Notes, weight: int) -> int:
    """Return how much a file's settings weigh: nothing in a profile for one of several stores, little for developers."""
    profile = _PROFILE.match(notes.file.name)
    if profile and system_named(profile[1]):
        folder = notes.file.folder.lower()
        beside = (
            path.rpartition("/")[2] for path in notes.signals.paths if path.rpartition("/")[0] == folder
        )
        stores = {system_named(found[1]) for name in beside if (found := _PROFILE.match(name))}
        return 0 if len(stores - {""}) > 1 else weight
    return 1 if _OF_DEVELOPERS.search(notes.file.name) or _OF_DATA.search(notes.file.path) else weight
