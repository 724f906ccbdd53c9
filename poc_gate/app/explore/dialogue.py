"""A manifest in the making and a person -> the next question that matters, what each answer moved, and the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.look.first_look import first_look, stopping_questions
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.assess.reading.unknown_regimes import REGIMES, Regimes, known_regimes
from poc_gate.app.authoring.init import Known, NewManifest
from poc_gate.app.explore.moved_answers import moved_answers
from poc_gate.app.explore.question_order import CLASS, ONE_MORE, OWN_MACHINE, basic_questions, unanswered
from poc_gate.app.explore.seen_answers import Seen, seen_answers
from poc_gate.app.ground.files.read_inputs import MANIFEST, read_file
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.fields.plain_questions import plain_question
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.inputs.manifest.reading.read_value import ValueFault, shown_text
from poc_gate.inputs.manifest.writing.edit_manifest import CannotEditError, with_item, with_value
from poc_gate.inputs.manifest.writing.typed_answers import as_written, read_typed
from poc_gate.inputs.manifest.writing.value_text import value_text
from poc_gate.model.claim import Claim
from poc_gate.model.fact import generic_name
from poc_gate.model.finding import State
from poc_gate.model.parts.first_look import FirstLook, PlainQuestion
from poc_gate.text.quantities.quantity_text import currency_of

SITTING = 12
"""Questions of one sitting; `poc-gate ask` goes on where it stopped."""

TAKES_SEEN = "ok"
"""What a person types to take the answer that a file suggests."""


class _Standing(Struct, frozen=True):
    """What the present answers come to."""

    look: FirstLook
    order: tuple[str, ...]
    """Manifest keys still to be asked, the most useful first."""
    open_rules: int
    regimes: Regimes
    """What the loaded packs judge."""


class _Step(Struct, frozen=True):
    text: str
    skipped: frozenset[str]
    asked: int
    answered: dict[str, str]


class Dialogue:
    """Asks, keeps answers, says what each of them moved, and saves; nothing is written before `save`."""

    def __init__(
        self,
        folder: Path,
        *,
        today: str,
        now: str,
        name: str = "",
        known: Known | None = None,
        anew: bool = False,
    ) -> None:
        """Go on with the manifest of a folder, or begin one with what files say; `anew` replaces one.

        What files of the team only suggest, or say where a manifest goes on, is offered with its question.
        """
        self._seen = seen_answers(known)
        self.target = folder if folder.suffix in {".yaml", ".yml"} else folder / MANIFEST
        self.is_new = anew or not self.target.exists()
        self._text = _begun(self.target, name, known) if self.is_new else _read(self.target)
        self._first = self._text
        self._today, self._now = today, now
        self._skipped: frozenset[str] = frozenset()
        self._asked = 0
        self._before: list[_Step] = []
        self._question: PlainQuestion | None = None
        self._answered: dict[str, str] = {}
        self._state = self._judged()

    @property
    def text(self) -> str:
        """The manifest as it would be saved."""
        return self._text

    @property
    def look(self) -> FirstLook:
        """What can be said with the present answers."""
        return self._state.look

    def next_question(self) -> PlainQuestion | None:
        """Return the next question, or None at the end of the sitting."""
        self._question = None
        if self._asked >= SITTING:
            return None
        name = next((name for name in self._state.order if name not in self._skipped), "")
        self._question = plain_question(name) if name else None
        return self._question

    def seen(self) -> Seen | None:
        """Return the answer that a file suggests to the question put last, or None."""
        return self._seen.get(self._question.fact) if self._question is not None else None

    def progress(self) -> tuple[int, int]:
        """Return the number of the present question and about how many there are in this sitting."""
        left = sum(name not in self._skipped for name in self._state.order)
        return self._asked + 1, min(SITTING, self._asked + left)

    def answer(self, typed: str) -> str:
        """Keep an answer to the question put last; return what is wrong with it, or an empty text."""
        question, seen = self._question, self.seen()
        assert question is not None
        if typed.strip().lower() == TAKES_SEEN:
            if seen is None:
                return "no file suggests an answer here\n-> type one, or skip with Enter"
            typed = seen.text
        try:
            text = self._with(question.fact, typed)
        except ValueFault as fault:
            what = f"{shown_text(typed)} is not one of the choices" if question.choices else fault.what
            return f"{what}\n-> {fault.next_step}"
        except CannotEditError as error:
            return f"pilot.yaml cannot be edited here: {error}\n-> add `{question.line}` by hand, or skip with Enter"
        try:
            reading = read_manifest(text.encode(), self.target.as_posix())
        except InvalidInputError as error:
            return f"{error.faults[0].what}\n-> {error.faults[0].next_step}"
        if strange := _names_nothing(question.fact, reading.claims, self._state.regimes):
            return strange
        self._before.append(_Step(self._text, self._skipped, self._asked, dict(self._answered)))
        self._answered[question.fact] = typed.strip()
        self._text, self._asked = text, self._asked + 1
        return ""

    def moved(self) -> str:
        """Return in one line what the last answer moved: the limit, the memory, how much is no longer asked."""
        old, self._state = self._state, self._judged()
        parts = list(moved_answers(old.look, self._state.look))
        fewer = old.open_rules - self._state.open_rules
        if fewer > 0:
            parts.append(f"{fewer} open rule{'s' if fewer != 1 else ''} decided or no longer asked")
        return "; ".join(parts)

    def skip(self) -> None:
        """Leave the question put last open."""
        if self._question is not None:
            self._before.append(_Step(self._text, self._skipped, self._asked, dict(self._answered)))
            self._skipped |= {self._question.fact}
            self._asked += 1

    def back(self) -> bool:
        """Take the last answer or skip back; False where there is none."""
        if not self._before:
            return False
        step = self._before.pop()
        self._text, self._skipped, self._asked = step.text, step.skipped, step.asked
        self._answered = step.answered
        self._state = self._judged()
        return True

    def review(self) -> tuple[tuple[str, str], ...]:
        """Return the keys answered in this sitting with what was typed, in order."""
        return tuple(self._answered.items())

    def ask_again(self, key: str) -> PlainQuestion | None:
        """Put a question of this sitting once more."""
        self._question = plain_question(key)
        return self._question

    @property
    def changed(self) -> bool:
        """Whether saving would write anything."""
        return self.is_new or self._text != self._first

    def save(self) -> None:
        """Write the manifest, whole or not at all."""
        make_folder(self.target.parent)
        write_file(self.target, self._text.encode())

    def _with(self, fact: str, typed: str) -> str:
        if fact == ONE_MORE:
            return self._with_sources(typed)
        leaf = _leaf(fact)
        value = read_typed(leaf, typed)
        currency = currency_of(as_written(leaf, typed)) if "money" in leaf.unit else ""
        return with_value(
            self._text, fact, value_text(leaf, value, currency=currency) if value != () else "[]"
        )

    def _with_sources(self, typed: str) -> str:
        """Return the manifest with the sources that were named; `none` states that there is none."""
        leaf = _leaf("sources[].id")
        if typed.strip().lower() in {"none", "no", "-"}:
            return (
                with_value(self._text, "sources", "[]")
                if "\nsources:" in self._text
                else f"{self._text.rstrip()}\n\nsources: []\n"
            )
        text = self._text
        for name in filter(None, (part.strip() for part in typed.split(","))):
            read_typed(leaf, name)
            text = with_item(text, "sources", "id", name)
        return text

    def _judged(self) -> _Standing:
        request = CaseRequest(
            path=self.target,
            content=self._text.encode(),
            today=self._today,
            now=self._now,
            unprobed=True,
        )
        case = read_case(request)
        judged = judge_case(case)
        look = first_look(case, judged)
        known = {claim.fact for claim in case.reading.claims} | {
            name for name, fact in case.tree.facts.items() if fact.value is not None
        }
        names = [*basic_questions(known, case.reading.items, case.tree.get("model.hosting").value)]
        names += [question.fact for question in look.questions]
        names.append(CLASS)
        names += stopping_questions(case, judged)
        order = unanswered(names, known, case.reading.items)
        undecided = sum(f.state in (State.UNKNOWN, State.ERROR) for f in judged.findings)
        return _Standing(look, tuple(order), undecided, known_regimes(case.packs))


def _names_nothing(fact: str, claims: Sequence[Claim], regimes: Regimes) -> str:
    """Return what is wrong with an answer that names a regime or a device, where it can be neither."""
    value = next((claim.value for claim in claims if claim.fact == fact), None)
    if fact == REGIMES and isinstance(value, tuple):
        strange = [name for name in value if regimes.as_known(name) not in regimes]
        if strange:
            return f"no rules here are about {shown_text(strange[0])}\n-> one of {', '.join(regimes.names)}; or none"
    if fact in OWN_MACHINE and isinstance(value, str) and not any(letter.isalpha() for letter in value):
        return f"{shown_text(value)} names no device\n-> such as l4-24gb; `poc-gate probe list` shows what is known"
    return ""


def _leaf(name: str) -> Leaf:
    generic = generic_name(name)
    leaf = next((one for one in manifest_tree().leaves() if one.path == generic), None)
    assert leaf is not None, name
    return leaf


def _begun(target: Path, name: str, known: Known | None) -> str:
    return NewManifest(target, name=name, force=True, known=known).text()


def _read(target: Path) -> str:
    content = read_file(target)
    read_manifest(content, target.as_posix())
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{target} is not UTF-8", next_step="save it as UTF-8") from None
