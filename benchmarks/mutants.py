"""Changes a source file one operator, comparison or number at a time and shows which changes no test notices.

    python benchmarks/mutants.py poc_gate/flow/formulas/footprints.py tests/flow/test_formula_tables.py

The tests are collected and run once, in this process, to see which of them run which lines. For every change the process is
copied (fork), the copy's functions and constants are replaced in place, and the tests that run the line are run, the shortest
first, until one fails. A change of a class or of what the file does when it is imported is tried in a copy that imports
everything anew. Programs that tests start see none of it. Exits 1 where the tests fail without any change.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import importlib.machinery
import os
import resource
import signal
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mutant_changes import Change, changes

ROOT = Path(__file__).resolve().parents[1]
LONGEST = float(os.environ.get("MUTANT_SECONDS", "20"))
"""Seconds of the processor, beyond twice what its tests take, after which a changed copy counts as noticed: it does not end."""
EXAMPLES = 20
"""Examples of each property: what is noticed by a hundred only is not held."""

ALIVE, KILLED, ANEW = 0, 1, 3


class Runs:
    """A plug-in of pytest that runs the collected tests once as they are and then once for every change."""

    def __init__(self, source: Path, out: int) -> None:
        """Take the changed file and where to print."""
        self.source, self.out = source, out
        self.tree = ast.parse(source.read_text(encoding="utf-8"))
        self.failed = self.anew_works = False
        self.ran: dict[str, set[int]] = {}
        self.fixtures: dict[str, set[int]] = defaultdict(set)
        self.seconds: dict[str, float] = {}
        self._lines: set[int] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a failure."""
        self.failed |= report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Keep the lines that a fixture shared by several tests ran."""
        before, self._lines = self._lines, set()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self.fixtures[fixturedef.argname] |= self._lines
            self._lines |= before

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything."""
        _hurry(session.items)
        gc.unfreeze()
        self._run_once(session)
        gc.collect()  # what has threads, such as a database in this process, cannot be freed in a copy
        if self.failed:
            self._say("the tests fail without any change")
            os._exit(1)
        self.functions = _functions(self.source)
        counts = {ALIVE: 0, KILLED: 0}
        found = changes(self.tree)
        for change in found:
            end = self._try(change, session)
            counts[end] += 1
            if end == ALIVE:
                self._say(f"{self.source.relative_to(ROOT)}:{change.place}: {change.words}")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._say(
            f"{self.source.relative_to(ROOT)}: {len(found)} mutants, {counts[KILLED]} killed, {counts[ALIVE]} alive, "
            f"{used.ru_utime + used.ru_stime:.0f} s"
        )
        os._exit(0)

    def _say(self, line: str) -> None:
        os.write(self.out, f"{line}\n".encode())

    def _run_once(self, session: pytest.Session) -> None:
        name = str(self.source)

        def line_of(frame: types.FrameType, event: str, _: Any) -> Any:
            if event == "line":
                self._lines.add(frame.f_lineno)
            return line_of

        def called(frame: types.FrameType, *_: Any) -> Any:
            return line_of if frame.f_code.co_filename == name else None

        following = [*session.items[1:], None]
        for item, after in zip(session.items, following, strict=True):
            _clear_caches(self.source)
            self._lines = set()
            began = time.process_time()
            sys.settrace(called)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - began
            self.ran[item.nodeid] = self._lines
        for item in session.items:
            self.ran[item.nodeid] |= set().union(
                *(self.fixtures[n] for n in getattr(item, "fixturenames", ()))
            )

    def _try(self, change: Change, session: pytest.Session) -> int:
        with change.made():
            code = compile(self.tree, str(self.source), "exec")
        lines = change.lines if change.around.in_function else self._lines_with(change.around.names)
        chosen = [item for item in session.items if self.ran[item.nodeid] & lines]
        chosen.sort(key=lambda item: self.seconds[item.nodeid])
        end = ANEW
        if chosen:
            allowed = LONGEST + 2.0 * sum(self.seconds[item.nodeid] for item in chosen)
            end = _in_copy(lambda: self._changed(code, change, chosen), allowed)
        if end == ANEW or (
            end == ALIVE and not change.around.in_function and self._is_imported(change.around.names)
        ):
            end = self._in_anew_copy(code, session)
        return end

    def _is_imported(self, names: frozenset[str]) -> bool:
        """Whether another module may have made something of its own of what a statement assigns."""
        others = (
            m
            for m in list(sys.modules.values())
            if getattr(m, "__file__", None) not in (None, str(self.source))
        )
        return any(names & vars(module).keys() for module in others if module.__name__.startswith("poc_gate"))

    def _in_anew_copy(self, code: types.CodeType, session: pytest.Session) -> int:
        allowed = LONGEST + 2.0 * sum(self.seconds.values())
        if not self.anew_works:
            unchanged = compile(self.tree, str(self.source), "exec")
            if _in_copy(lambda: self._anew(unchanged, session), allowed) != ALIVE:
                self._say("the tests fail in a copy that imports everything anew, without any change")
                os._exit(1)
            self.anew_works = True
        return _in_copy(lambda: self._anew(code, session), allowed)

    def _lines_with(self, names: frozenset[str]) -> set[int]:
        used = (n for n in ast.walk(self.tree) if isinstance(n, ast.Name | ast.FunctionDef))
        lines = set()
        for node in used:
            if isinstance(node, ast.FunctionDef) and node.name in names:
                lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            elif isinstance(node, ast.Name) and node.id in names:
                lines.add(node.lineno)
        return lines

    def _changed(self, code: types.CodeType, change: Change, chosen: list[pytest.Item]) -> int:
        put = _put_in_place(code, self.functions) if change.around.in_function else _rebind(code, self.source)
        if not put:
            return ANEW
        _clear_caches(self.source)
        self.failed = False
        for item, after in zip(chosen, [*chosen[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                return KILLED
        return ALIVE

    def _anew(self, code: types.CodeType, session: pytest.Session) -> int:
        loaded = importlib.machinery.SourceFileLoader.get_code

        def changed_code(loader: Any, name: str) -> Any:
            return code if loader.path == str(self.source) else loaded(loader, name)

        importlib.machinery.SourceFileLoader.get_code = changed_code  # type: ignore[method-assign]
        for name, module in list(sys.modules.items()):
            kept = getattr(module, "__file__", None) or ""
            if name.partition(".")[0] in ("poc_gate", "tests", "conftest") or kept.startswith(
                f"{ROOT}/tests/"
            ):
                del sys.modules[name]
        ended = pytest.main([*session.config.invocation_params.args, "-x"])
        return ALIVE if ended == pytest.ExitCode.OK else KILLED


def _hurry(items: list[pytest.Item]) -> None:
    """Let properties be tried with few examples, and none be made smaller once it fails."""
    from hypothesis import Phase, settings

    for item in items:
        tried = getattr(item, "function", None)
        held = getattr(tried, "_hypothesis_internal_use_settings", None)
        if held is not None:
            few = settings(
                held, max_examples=min(held.max_examples, EXAMPLES), phases=[Phase.explicit, Phase.generate]
            )
            tried._hypothesis_internal_use_settings = few  # noqa: SLF001 - set by hypothesis, read when the test runs


def _in_copy(task: Callable[[], int], seconds: float) -> int:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, 60.0 + 10.0 * seconds)
        end = KILLED
        with contextlib.suppress(BaseException):
            end = task()
        os._exit(end)
    _, status = os.waitpid(pid, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else KILLED


def _key(code: types.CodeType) -> tuple[Any, ...]:
    return code.co_qualname, code.co_firstlineno, next(iter(code.co_positions()), None)


def _functions(source: Path) -> list[types.FunctionType]:
    found = (o for o in gc.get_objects() if isinstance(o, types.FunctionType))
    return [function for function in found if function.__code__.co_filename == str(source)]


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield inner
            yield from _codes(inner)


def _put_in_place(code: types.CodeType, functions: list[types.FunctionType]) -> bool:
    """Give the functions of a file their changed code; False where one of them has none."""
    new = {_key(inner): inner for inner in _codes(code)}
    for function in functions:
        made = new.get(_key(function.__code__))
        if made is None or made.co_freevars != function.__code__.co_freevars:
            return False
        function.__code__ = made
    return bool(functions)


def _rebind(code: types.CodeType, source: Path) -> bool:
    """Give every module the changed constants and defaults of a file; False where none of them is another."""
    old = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(source))
    fresh: dict[str, Any] = {
        "__name__": old.__name__,
        "__file__": str(source),
        "__package__": old.__package__,
    }
    exec(code, fresh)  # noqa: S102 - the file under test, changed
    touched = False
    for name, value in fresh.items():
        before = vars(old).get(name)
        if isinstance(value, types.FunctionType) and isinstance(before, types.FunctionType):
            given = value.__defaults__, value.__kwdefaults__
            touched |= given != (before.__defaults__, before.__kwdefaults__)
            before.__defaults__, before.__kwdefaults__ = given
        elif isinstance(value, int | float | tuple | dict | frozenset | set | list) and value != before:
            touched = True
            for module in list(sys.modules.values()):
                if vars(module).get(name) is before:
                    setattr(module, name, value)
    return touched


def _clear_caches(source: Path) -> None:
    """Forget what functions of the same room, of the rooms above it and of the tests have kept."""
    room = source.relative_to(ROOT).parts[1]
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper):  # noqa: SLF001 - there is no public name
            module = getattr(kept, "__module__", None) or ""
            if module.startswith(("tests", "rule_texts", "six_results", f"poc_gate.{room}", "poc_gate.flow")):
                kept.cache_clear()


_OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir", str(ROOT)]
_OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]


def main() -> None:
    """Try every change of one file."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    out, quiet = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    if not os.environ.get("MUTANT_LOUD"):
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
    source, *tests = sys.argv[1:]
    ended = pytest.main([*_OPTIONS, *tests], plugins=[Runs(ROOT / source, out)])
    os.write(out, f"no test was run: pytest ended with {ended}\n".encode())
    sys.exit(1)


if __name__ == "__main__":
    main()
