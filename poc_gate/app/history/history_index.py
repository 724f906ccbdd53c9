"""The files of a history -> an index in SQLite; it holds nothing that the files do not, and is made anew when in doubt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from poc_gate.app.history.keep_run import SUFFIX, read_run
from poc_gate.errors import UsageError
from poc_gate.many.history.changes import changes
from poc_gate.many.history.course import Step, proven, ruler
from poc_gate.model.many.run_history import Change, Kept, Point

INDEX = ".index.sqlite"
VERSION = 1
"""Of the tables; an index of another version is made anew."""
_HEAD, _OWN = 65_536, b"CREATE TABLE runs (file TEXT PRIMARY KEY)"
"""The first page of a database holds the texts of its tables."""
_TABLES = """
CREATE TABLE runs (file TEXT PRIMARY KEY);
CREATE TABLE records (day TEXT, at TEXT, path TEXT, pilot TEXT, word TEXT, proven REAL, ruler TEXT);
CREATE INDEX records_by_path ON records (path, day, at);
CREATE TABLE changes (day TEXT, at TEXT, path TEXT, pilot TEXT, kind TEXT, what TEXT, before TEXT, now TEXT,
                      cause TEXT, better INTEGER);
CREATE INDEX changes_by_day ON changes (day, kind);
CREATE TABLE figures (day TEXT, path TEXT, fact TEXT, unit TEXT, value REAL, machine TEXT, ruler TEXT);
CREATE INDEX figures_by_fact ON figures (fact, path);
CREATE TABLE latest (path TEXT PRIMARY KEY, day TEXT, at TEXT, kept BLOB);
"""


class HistoryIndex:
    """What a history holds, asked through SQL."""

    def __init__(self, history: Path) -> None:
        """Open the index of a folder and bring it up to its files.

        Raises UsageError where there is no folder, InvalidInputError for a file that is damaged. Where the index
        cannot be kept beside the files it lives in memory.
        """
        if not history.is_dir():
            raise UsageError(
                f"{history} is not a history folder",
                next_step="give the folder that `--history` wrote to",
            )
        self.history = history
        self.files = sorted(path.name for path in history.iterdir() if path.name.endswith(SUFFIX))
        self.database = _opened(history / INDEX)
        self._last: dict[str, Kept] = {}
        try:
            self._bring_up()
        except BaseException:
            self.database.close()
            raise

    def close(self) -> None:
        """Close the index."""
        self.database.close()

    def paths(self) -> list[tuple[str, str]]:
        """Return path and name of every pilot, sorted by path."""
        return self._all("SELECT path, max(pilot) FROM records GROUP BY path ORDER BY path")

    def steps(self, path: str) -> list[tuple[str, str, float | None, str]]:
        """Return day, word, proven share and ruler of every record of a pilot, oldest first."""
        return self._all("SELECT day, word, proven, ruler FROM records WHERE path = ? ORDER BY day, at", path)

    def lines(self) -> dict[str, list[Step]]:
        """Return the steps of every pilot."""
        found: dict[str, list[Step]] = {}
        for path, day, value, held in self._all(
            "SELECT path, day, proven, ruler FROM records ORDER BY path, day, at"
        ):
            found.setdefault(path, []).append((day, value, held))
        return found

    def words_on(self, day: str) -> dict[str, str]:
        """Return the word that each pilot had at the end of a day."""
        rows = self._all("SELECT path, word FROM records WHERE day <= ? ORDER BY day, at", day)
        return dict(rows)

    def only_before(self, day: str, since: str) -> list[str]:
        """Return the pilots that were judged on the day `since` and not on `day`."""
        query = (
            "SELECT DISTINCT path FROM records WHERE day = ? AND path NOT IN "
            "(SELECT path FROM records WHERE day = ?) ORDER BY path"
        )
        return [path for (path,) in self._all(query, since, day)]

    def days(self) -> list[str]:
        """Return every day of a run, oldest first."""
        return [day for (day,) in self._all("SELECT DISTINCT day FROM records ORDER BY day")]

    def changes(self, since: str = "", kind: str = "") -> list[Change]:
        """Return the changes after a day, oldest first."""
        rows = self._all(
            "SELECT day, path, pilot, kind, what, before, now, cause, better FROM changes "
            "WHERE day > ? AND (? = '' OR kind = ?) ORDER BY day, at, path, kind, what", since, kind, kind,
        )  # fmt: skip
        return [_change(row) for row in rows]

    def series(self) -> dict[tuple[str, str, str], list[Point]]:
        """Return the points by whose they are, fact and unit; a machine is watched once, not once for each pilot."""
        found: dict[tuple[str, str, str], list[Point]] = {}
        rows = self._all("SELECT day, path, fact, unit, value, machine, ruler FROM figures ORDER BY day")
        for day, path, fact, unit, value, machine, held in rows:
            whose = f"machine {machine}" if fact.startswith("machine.") and machine else path
            found.setdefault((whose, fact, unit), []).append(Point(day, value, f"{held} {machine}"))
        return found

    def _all(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        return self.database.execute(query, values).fetchall()

    def _bring_up(self) -> None:
        """Read the files that are new; where one is gone or older than what was read, read all anew."""
        known = {file for (file,) in self._all("SELECT file FROM runs")}
        new = [name for name in self.files if name not in known]
        newest = max(known, default="")
        if known - set(self.files) or any(name[:10] <= newest[:10] for name in new if known):
            for table in ("runs", "records", "changes", "figures", "latest"):
                self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            new = self.files
        for day in sorted({name[:10] for name in new}):
            self._add([name for name in new if name[:10] == day])
        rows = [(path, one.day, one.at, msgspec.msgpack.encode(one)) for path, one in self._last.items()]
        self.database.executemany("INSERT OR REPLACE INTO latest VALUES (?, ?, ?, ?)", rows)
        self.database.commit()

    def _add(self, names: Sequence[str]) -> None:
        """Add the runs of one day, in the order of their time."""
        kept = [one for name in names for one in read_run(self.history / name)]
        for one in sorted(kept, key=lambda one: (one.at, one.path)):
            self._add_record(one)
        self.database.executemany("INSERT INTO runs VALUES (?)", [(name,) for name in names])

    def _add_record(self, kept: Kept) -> None:
        record = kept.record
        held = ruler(record)
        self.database.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kept.day, kept.at, kept.path, record.pilot, record.word, proven(record), held),
        )
        before = self._latest(kept.path)
        if before is not None:
            self.database.executemany(
                "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(before, kept)
            )
        self.database.executemany(
            "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    kept.day,
                    kept.path,
                    figure.fact,
                    figure.unit,
                    figure.value,
                    record.machine.fingerprint,
                    record.tool,
                )
                for figure in record.figures
            ],
        )
        self._last[kept.path] = kept

    def _latest(self, path: str) -> Kept | None:
        """Return the newest record of a pilot that was read so far."""
        if path not in self._last:
            held = self._all("SELECT kept FROM latest WHERE path = ?", path)
            if not held:
                return None
            self._last[path] = msgspec.msgpack.decode(held[0][0], type=Kept)
        return self._last[path]


def _change(row: tuple) -> Change:  # type: ignore[type-arg]
    day, path, pilot, kind, what, before, now, cause, better = row
    told = None if better is None else bool(better)
    return Change(day, path, pilot, kind, what, before, now, cause, told)


def _rows(before: Kept, now: Kept) -> Iterator[tuple[object, ...]]:
    for one in changes(before, now):
        better = None if one.better is None else int(one.better)
        yield one.day, now.at, one.path, one.pilot, one.kind, one.what, one.before, one.now, one.cause, better


def _is_own(path: Path) -> bool:
    """Say whether a file of the index's name is one of ours: another one is neither emptied nor removed."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return not head or _OWN in head or (head.startswith(b"SQLite format 3\0") and b"CREATE " not in head)


def _opened(path: Path) -> sqlite3.Connection:
    """Return the index that is there, a new one in its place, or one in memory where nothing can be written."""
    for _ in range(2):
        if not _is_own(path):
            break
        try:
            database = sqlite3.connect(path, timeout=30)
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute("BEGIN IMMEDIATE")
            if version != VERSION:
                tables = [
                    name
                    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                ]
                for name in tables:
                    database.execute(f"DROP TABLE {name}")
                for statement in filter(str.strip, _TABLES.split(";")):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {VERSION}")
        except sqlite3.OperationalError:
            break
        except sqlite3.DatabaseError:  # no database at all: it holds nothing that the files do not
            database.close()
            with suppress(OSError):
                path.unlink()
        else:
            return database
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    return database
