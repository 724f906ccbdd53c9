"""What is off, deployed on its own or only shown to others -> taken back before anything is concluded."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.aside.beside_server import beside_the_server, leave_users
from poc_gate.inputs.repository.conclude.aside.built_parts import leave_parts_without_models
from poc_gate.inputs.repository.conclude.aside.filled_in import level_with_examples
from poc_gate.inputs.repository.conclude.aside.guarded import leave_guarded
from poc_gate.inputs.repository.conclude.aside.models.switched_off import leave_what_is_not_chosen
from poc_gate.inputs.repository.conclude.aside.off.options_off import (
    leave_options_that_are_off,
    leave_stores_that_are_off,
)
from poc_gate.inputs.repository.conclude.aside.off.parts_off import leave_parts_off
from poc_gate.inputs.repository.conclude.aside.off.plugins_off import leave_plugins_that_nothing_names
from poc_gate.inputs.repository.conclude.aside.served_names import leave_served_names
from poc_gate.inputs.repository.conclude.aside.switches import leave_what_is_off
from poc_gate.inputs.repository.conclude.aside.unused.unused_modules import (
    handed_templates,
    leave_modules,
    leave_what_callers_give,
    other_deployments,
    other_environments,
    unused_modules,
)
from poc_gate.inputs.repository.conclude.aside.unused.unused_terraform import unused_terraform
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import (
    FileLeft,
)


def leave_aside(signals: Signals, paths: list[str]) -> list[str]:
    """Take back what files said that do not run with the pilot; return the paths of the others."""
    unused = unused_modules(signals, paths) | unused_terraform(signals, paths)
    leave_modules(signals, unused)
    leave_what_callers_give(signals)
    _say(signals, unused, "no file of the infrastructure takes it in")
    off = leave_what_is_off(signals, paths)
    leave_modules(signals, off)
    _say(signals, off, "it is deployed only if a switch that is off is turned on")
    leave_served_names(signals)
    leave_options_that_are_off(signals)
    leave_stores_that_are_off(signals)
    leave_what_is_not_chosen(signals)
    leave_guarded(signals)
    leave_plugins_that_nothing_names(signals, paths)
    leave_parts_off(signals)
    leave_parts_without_models(signals)
    level_with_examples(signals)
    return _leave_places(signals, paths, unused | off)


def _leave_places(signals: Signals, paths: list[str], unused: frozenset[str]) -> list[str]:
    """Take back what files say whose places show that they are of another deployment; return the paths of the pilot's own."""
    apart = other_deployments(paths)
    leave_modules(signals, apart)
    _say(signals, apart, "it is deployed on its own")
    handed = handed_templates(paths)
    leave_modules(signals, handed)
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in handed]
    _say(signals, handed, "a project that users are handed")
    elsewhere = other_environments(paths)
    leave_modules(signals, elsewhere)
    _say(signals, elsewhere, "infrastructure of another environment than production")
    beside = beside_the_server(signals, paths)
    leave_users(signals, beside)
    _say(signals, beside, "it shows how others use the server of tools")
    return [path for path in paths if path not in unused | apart | handed]


def _say(signals: Signals, left: frozenset[str], why: str) -> None:
    """Note that files are not used, and why."""
    signals.left += [FileLeft(path, f"not used: {why}") for path in sorted(left)]
