"""Checks of health that Docker makes: in a compose file, or written into an image -> that the service is asked whether it is ready."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import ASKED_BY_DOCKER
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.services import PAGES
from poc_gate.inputs.repository.tables.deployment.workload_names import helper_of, other_product_of

_FACT = "operations.readiness_probe"
_CHECKS = re.compile(r"(?m)^[ \t]*HEALTHCHECK[ \t]+(?!NONE\b)")
_FROM = re.compile(r"(?mi)^[ \t]*FROM[ \t]")


def note_health(service: Node, notes: Notes) -> None:
    """Note that a compose file has a container of the pilot's own asked for its health."""
    check = service.at("healthcheck")
    test = check.at("test")
    first = test.items()[0].text() if test.items() else test.text()
    if first and first != "NONE" and check.at("disable").value is not True:
        notes.flag(_FACT, check.place, weight=1, sure=INFERRED, note=ASKED_BY_DOCKER)


def note_health_of_image(file: TextFile, notes: Notes) -> None:
    """Note that the last stage of an image says how its health is asked for; what hands out pages or stores says nothing of the pilot."""
    check = _CHECKS.search(file.text)
    if check is None or any(one.start() > check.start() for one in _FROM.finditer(file.text)):
        return
    if PAGES.search(file.folder) or other_product_of(file.path) or helper_of(file.path):
        return
    notes.flag(_FACT, file.at(check.start()), weight=1, sure=INFERRED, note=ASKED_BY_DOCKER)
