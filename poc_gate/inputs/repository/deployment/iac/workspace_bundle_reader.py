"""`databricks.yml` of a bundle -> the workspace that it is deployed to, and that its jobs and apps ask.

Source: Databricks documentation, "Declarative Automation Bundles configuration": `workspace.host`, of the bundle or of a target.
"""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.egress import host_of, of_any_account

_WORKSPACES = ("*.cloud.databricks.com", "*.azuredatabricks.net", "*.databricks.com")


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        targets = document.at("targets").entries().values() if document.at("bundle") else ()
        for part in (document, *targets):
            address = part.at("workspace", "host")
            host = of_any_account(host_of(address.text()))
            if host in _WORKSPACES:
                notes.host(host, "the workspace of the bundle is reached there", address.place)


READER = Reader(
    name="workspace-bundle",
    summary="databricks.yml: the workspace of a bundle",
    wants=lambda path: path.rpartition("/")[2] in {"databricks.yml", "databricks.yaml"},
    read=_read,
    worst=Standing.SERVICE,
)
