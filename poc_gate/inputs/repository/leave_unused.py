"""What nothing uses, reads or reaches -> taken back before anything is concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.inputs.repository.code.python.callers.overridden_defaults import overridden_defaults
from poc_gate.inputs.repository.conclude.aside.followed_tools import follow_tools, names_to_follow
from poc_gate.inputs.repository.conclude.aside.named_by_key import held_tools, name_by_keys
from poc_gate.inputs.repository.conclude.aside.off.idle_tool_files import leave_idle_tool_files
from poc_gate.inputs.repository.conclude.aside.off.leave_off import leave_off, lines_of_tools
from poc_gate.inputs.repository.conclude.aside.registered_tools import leave_lines, note_registers
from poc_gate.inputs.repository.conclude.aside.switches import Switches
from poc_gate.inputs.repository.conclude.aside.unused.given_by_examples import (
    put_examples_before_defaults,
)
from poc_gate.inputs.repository.conclude.aside.unused.given_otherwise import (
    leave_given_otherwise,
    places_in_python,
)
from poc_gate.inputs.repository.conclude.aside.unused.uncalled import leave_uncalled, lines_with_models
from poc_gate.inputs.repository.conclude.aside.unused.unchosen_adapters import leave_unchosen_adapters
from poc_gate.inputs.repository.conclude.aside.unused.ungiven import functions_of_tools, leave_ungiven
from poc_gate.inputs.repository.conclude.aside.unused.unreached import files_that_say, leave_unreached
from poc_gate.inputs.repository.conclude.aside.unused.unread_examples import (
    leave_unread_examples,
    names_of_examples,
)
from poc_gate.inputs.repository.conclude.aside.unused.unread_keys import keys_to_look_for, leave_unread_keys
from poc_gate.inputs.repository.conclude.aside.unused.unread_settings import (
    leave_unread_models,
    leave_unread_settings,
    settings_to_look_for,
)
from poc_gate.inputs.repository.conclude.aside.unused.unread_variables import (
    leave_arms_not_taken,
    leave_models_of,
    leave_unread_variables,
    variables_to_look_for,
)
from poc_gate.inputs.repository.conclude.aside.unused.unstarted import leave_unstarted, packages_listed
from poc_gate.inputs.repository.conclude.aside.unused.untaken import (
    leave_unapplied,
    leave_uncopied,
    manifests_with_limits,
    settings_with_models,
)
from poc_gate.inputs.repository.conclude.aside.unused.unused_code import (
    leave_skipped,
    leave_unreached_modules,
    leave_unused_constants,
    leave_unused_packages,
    looked_for,
    packages_of_models,
    packages_that_act,
)
from poc_gate.inputs.repository.conclude.aside.unused.unused_modules import leave_modules
from poc_gate.inputs.repository.conclude.written_stores import note_writes
from poc_gate.inputs.repository.files.files_at_hand import FilesAtHand
from poc_gate.inputs.repository.files.live.unreached import unreached
from poc_gate.inputs.repository.files.names.arms_not_taken import handed_to, in_arms_not_taken
from poc_gate.inputs.repository.files.names.bound_sections import unbound_sections
from poc_gate.inputs.repository.files.names.names_beside import unasked_routes, unread_variables
from poc_gate.inputs.repository.files.names.names_written import names_written
from poc_gate.inputs.repository.files.names.uses_of_constants import uses_of_constants
from poc_gate.inputs.repository.files.names.uses_of_names import (
    fields_read,
    names_read,
    packages_of_examples,
    packages_taken_in,
    partners_left_out,
    texts_beside,
    unreached_adapters,
    unreached_modules,
)
from poc_gate.inputs.repository.files.off.find_off import find_off
from poc_gate.inputs.repository.files.reach.chosen_adapters import unchosen_adapters
from poc_gate.inputs.repository.files.reach.clients_of_own_server import clients_of_own_server
from poc_gate.inputs.repository.files.reach.go_packages import unreached_packages
from poc_gate.inputs.repository.files.reach.idle_fields import in_idle_fields
from poc_gate.inputs.repository.files.reach.imported_packages import packages_imported
from poc_gate.inputs.repository.files.reach.keys_of_tools import keys_of_tools
from poc_gate.inputs.repository.files.reach.named_by_path import offered_beside, taken_in_vain, unlisted_tools
from poc_gate.inputs.repository.files.reach.registers_of_tools import registers_of_tools
from poc_gate.inputs.repository.files.reach.skipped_plugins import skipped_plugins
from poc_gate.inputs.repository.files.reach.uncalled_functions import uncalled_functions
from poc_gate.inputs.repository.files.reach.uncalled_methods import in_uncalled_methods
from poc_gate.inputs.repository.files.reach.ungiven_tools import ungiven_tools
from poc_gate.inputs.repository.files.reach.unmade_classes import made_classes
from poc_gate.inputs.repository.files.reach.unnamed_classes import (
    unloaded_prompts,
    unnamed_boxes,
    unnamed_classes,
)
from poc_gate.inputs.repository.files.reach.unstarted_agents import unstarted_agents
from poc_gate.inputs.repository.files.reach.unstarted_programs import unstarted_programs
from poc_gate.inputs.repository.files.reach.untaken_files import unapplied_manifests, uncopied_settings
from poc_gate.inputs.repository.files.reach.unused_plugins import unused_plugins
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.inputs.repository.noting.marks import OF_A_CLASS
from poc_gate.inputs.repository.noting.signals import Signals


def leave_unused(signals: Signals, walked: Sequence[WalkedFile]) -> None:
    """Take back what constants that no code uses, packages that none takes in and files that nothing reaches say."""
    files = FilesAtHand(walked)
    _leave_packages(signals, files)
    variables, switches = variables_to_look_for(signals), Switches(signals)
    leave_unread_variables(signals, unread_variables(files, variables, switches.is_off))
    idle = in_arms_not_taken(files, variables, switches.settled)
    leave_arms_not_taken(signals, idle, handed_to(files, {name for _, name in idle}))
    answering = {one.place.file for one in signals.models if one.standing is Standing.SERVICE and one.role in {"", "chat"}}  # fmt: skip
    leave_models_of(signals, unasked_routes(files, answering))
    _leave_sections(signals, files)
    leave_unread_keys(signals, fields_read(files, keys_to_look_for(signals)))
    nameless = unnamed_classes(files, {one.place.file for one in signals.tools})
    signals.tools[:] = [one for one in signals.tools if one.place.file not in nameless]
    leave_modules(signals, unloaded_prompts(files))
    leave_unchosen_adapters(signals, unchosen_adapters(files))
    _leave_code(signals, files)
    beside = [one for one in texts_beside(files, (), code_alone=False) if one[0]]
    texts = {path: text for path, text in beside if path.endswith(".py")}
    idle_boxes = unnamed_boxes(texts, {one.place.file for one in signals.tools if one.reader == "python"})
    signals.tools[:] = [one for one in signals.tools if one.place.file not in idle_boxes]
    leave_lines(signals, unused_plugins(beside, lines_of_tools(signals)))
    leave_unreached_modules(signals, unstarted_agents(beside))
    leave_unreached_modules(
        signals, clients_of_own_server(beside), "it asks the server that this repository is"
    )
    leave_skipped(signals, skipped_plugins(files, {one.place.file for one in signals.tools}))
    note_registers(signals, registers_of_tools(files))
    leave_ungiven(signals, ungiven_tools(files, functions_of_tools(signals)))
    unloaded = leave_idle_tool_files(signals, texts)
    leave_off(signals, [*find_off(beside, files, lines_of_tools(signals)), *unloaded])
    leave_uncalled(signals, uncalled_functions(files, lines_with_models(signals)))
    _leave_embedding(signals, texts)
    held = in_idle_fields(texts, frozenset(one.place for one in signals.models if one.reader == "python"))
    signals.models[:] = [one for one in signals.models if one.place not in held]
    _leave_unmade(signals, texts)
    leave_unreached(signals, unreached(files, files_that_say(signals)))
    note_writes(signals, beside)
    leave_given_otherwise(signals, overridden_defaults(texts, places_in_python(signals)))
    read = names_read(files, settings_to_look_for(signals))
    leave_unread_models(signals, read)
    written = names_written(files, names_of_examples(signals))
    leave_unread_examples(signals, written.by_any, written.by_code)
    signals.questions += leave_unread_settings(signals, read)
    put_examples_before_defaults(signals)
    signals.questions += leave_uncopied(signals, uncopied_settings(files, settings_with_models(signals)))
    signals.questions += leave_unapplied(signals, unapplied_manifests(files, manifests_with_limits(signals)))


def _leave_embedding(signals: Signals, texts: Mapping[str, str]) -> None:
    """Take back that texts are embedded, and the models for it, where that stands in methods alone which nothing calls."""
    models = [one.place for one in signals.models if one.role == "embedding" and one.reader == "python"]
    lines: dict[str, list[int]] = {}
    for place in [*(one.place for one in signals.techniques if one.name == "embeds"), *models]:
        if place.file in texts:
            lines.setdefault(place.file, []).append(place.line)
    idle = in_uncalled_methods(texts, lines)
    signals.techniques[:] = [one for one in signals.techniques if one.name != "embeds" or (one.place.file, one.place.line) not in idle]  # fmt: skip
    signals.models[:] = [one for one in signals.models if one.place not in models or (one.place.file, one.place.line) not in idle]  # fmt: skip


def _leave_unmade(signals: Signals, texts: Mapping[str, str]) -> None:
    """Take back the models that only objects of classes ask which no code makes."""
    classes = {one.note.removeprefix(OF_A_CLASS) for one in signals.models if one.note.startswith(OF_A_CLASS)}
    idle = classes - made_classes(texts, classes)
    signals.models[:] = [one for one in signals.models if one.note.removeprefix(OF_A_CLASS) not in idle or not one.note]  # fmt: skip


def _leave_sections(signals: Signals, files: Sequence[WalkedFile]) -> None:
    """Take back the destinations in sections of the settings of .NET that no code reads."""
    hosts = {one.place for one in signals.hosts}
    placed = {place: section for place, section in signals.sections if place in hosts}
    unbound = unbound_sections(files, frozenset(placed.values()))
    signals.hosts[:] = [one for one in signals.hosts if placed.get(one.place) not in unbound]


def _leave_packages(signals: Signals, files: Sequence[WalkedFile]) -> None:
    """Let packages count no more that no code takes in, or only code that does not run with the pilot."""
    listed = packages_of_models(signals)
    leave_unused_packages(signals, listed - packages_taken_in(files, listed))
    of_python = packages_of_models(signals, "python")
    acting = packages_that_act(signals)
    aside = packages_of_examples(files, of_python) | partners_left_out(files, of_python)
    leave_unused_packages(signals, aside | (acting - packages_imported(files, acting)))


def _leave_code(signals: Signals, files: Sequence[WalkedFile]) -> None:
    """Take back what files of code say that nothing reaches, and constants that nothing uses."""
    names = looked_for(signals)
    leave_unreached_modules(signals, unreached_modules(files, names.modules))
    leave_unstarted(signals, unstarted_programs(files, names.modules, packages_listed(signals)))
    offered = offered_beside(files, names.modules)
    leave_unreached_modules(signals, offered | taken_in_vain(files, names.python))
    signals.paths -= {path.lower() for path in offered}  # where one is chosen, the others are no choice
    leave_unreached_modules(signals, unlisted_tools(files, {one.place.file for one in signals.tools}))
    leave_unreached_modules(signals, unreached_adapters(files, names.adapters))
    leave_unreached_modules(signals, unreached_packages(files, names.packages))
    signals.questions += leave_unused_constants(signals, uses_of_constants(files, names.constants))
    name_by_keys(signals, keys_of_tools(files, held_tools(signals)))
    if asked := names_to_follow(signals):
        follow_tools(signals, texts_beside(files, asked, code_alone=True, worst=Standing.NOTEBOOK))
