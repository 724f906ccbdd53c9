"""`feature_store.yaml` -> the online and offline stores of a feature store, and its registry."""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.systems import system_named


def _wants(path: str) -> bool:
    return path.rpartition("/")[2] in {"feature_store.yaml", "feature_store.yml"}


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        for key, direction in (("online_store", "read"), ("offline_store", "read")):
            store = document.at(key)
            _note_store(store, key, direction, notes)
        registry = document.at("registry")
        path = (registry.at("path") if registry.entries() else registry).text()
        if path.startswith("s3://"):
            notes.system("s3", registry.place, how="selected", note="registry of the feature store")
        notes.technique("classic-ml", "a feature store", document.place, weight=1)


def _note_store(store: Node, key: str, direction: str, notes: Notes) -> None:
    kind = (store.at("type") if store.entries() else store).text()
    provider = notes.file.text
    system = {"file": "", "sqlite": "", "bigquery": "bigquery", "datastore": "firestore"}.get(
        kind, system_named(kind.rpartition(".")[2])
    )
    if not kind and key == "online_store" and "provider: aws" in provider:
        system = "dynamodb"
    for staged, place_of_files in (("s3", "s3_staging_location"), ("gcs", "gcs_staging_location")):
        if (where := store.at(place_of_files)).place.line:
            notes.system(
                staged,
                where.place,
                how="deployed",
                direction="both",
                note="files on their way to the offline store",
            )
    if system:
        region = store.at("region").text()
        notes.system(
            system,
            store.place,
            how="deployed",
            direction=direction,
            region=region,
            note=key.replace("_", " "),
        )


READER = Reader(
    name="feature-store",
    summary="feature_store.yaml: online and offline stores",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
