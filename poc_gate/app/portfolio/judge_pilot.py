"""One job -> the pilot's row: the record that is kept, where nothing changed, else a new one."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

import msgspec
from msgspec.structs import replace

from poc_gate.app.ground.files.write_file import write_file
from poc_gate.app.portfolio.job import Done, Job
from poc_gate.app.portfolio.pilot_key import key_of
from poc_gate.errors import InternalError, InvalidInputError, InvalidPackError, PocGateError
from poc_gate.many.portfolio.rows import Judged, row_of
from poc_gate.model.many.record import Record
from poc_gate.text.documents.typed_json import decode_typed

RECORDS, KEYS, PAGES = "records", "keys", "pages"
_LARGEST = 8 << 20


class Kept(msgspec.Struct, frozen=True):
    """What is known of the record that lies in the folder of the results."""

    key: str
    sha256: str
    day: str
    """ISO date on which it was judged: it says nothing about earlier ones."""


def judge_pilot(job: Job) -> Done:
    """Return what came of one pilot; an input that is wrong is its failure, a place without room is everybody's."""
    try:
        key = key_of(job)
        held = None if job.again else _kept(job, key)
        if held is not None:
            return Done(_row(job, held), reused=True)
        record = _judge(job)
        if key_of(job) != key:
            return Done(failed="its files changed while it was judged: run again")
    except PocGateError as error:
        return _why_not(error)
    try:
        _keep(job, key, record)
    except PocGateError as error:
        return Done(stop=error.message, next_step=error.next_step)
    return Done(_row(job, record))


def _why_not(error: PocGateError) -> Done:
    """Return why a pilot could not be judged; a broken pack is everybody's, a bug of ours is called one."""
    if isinstance(error, InvalidPackError):
        return Done(stop=str(error))
    if isinstance(error, InvalidInputError):
        more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        return Done(failed=f"{error.faults[0]._replace(next_step='')}{more}")
    own = "an internal error of poc-gate: " if isinstance(error, InternalError) else ""
    return Done(failed=f"{own}{error.message}")


def record_path(results: Path, name: str) -> Path:
    """Return where a pilot's record is kept."""
    return results / RECORDS / f"{name}.json.gz"


def read_kept(path: Path) -> Record:
    """Return a record that is kept; raises OSError, EOFError or ValueError for what is none."""
    from poc_gate.report.result.record_file import MOST_BYTES

    try:
        with gzip.open(path) as file:
            return decode_typed(file.read(MOST_BYTES), Record)
    except zlib.error as error:
        raise ValueError(str(error)) from None


def _row(job: Job, record: Record) -> Judged:
    page = f"{PAGES}/{job.name}.html" if job.page else ""
    return row_of(job.path, record, f"{RECORDS}/{job.name}.json.gz", page)


def _judge(job: Job) -> Record:
    from poc_gate.app.assess.assess import sum_up
    from poc_gate.app.assess.judge_case import judge_case
    from poc_gate.app.assess.reading.case import CaseRequest, read_case
    from poc_gate.app.assess.turning_days import unchanged_until
    from poc_gate.report.result.record_of import record_of

    request = CaseRequest(
        path=Path(job.path),
        today=job.day,
        now=f"{job.day}T00:00:00+00:00",
        machine=job.machine,
        packs=job.packs,
        stage=job.stage,
        sources=job.sources,
        only=job.only,
        unprobed=not job.machine,
    )
    case = read_case(request)
    judged = judge_case(case, in_full=job.page)
    result = sum_up(case, judged, way_out=None if job.page else (), levers=job.page, machines=job.page)
    if job.page:
        from poc_gate.report.html.html_page import render_html
        from poc_gate.report.interface import RenderOptions

        write_file(Path(job.results, PAGES, f"{job.name}.html"), render_html(result, RenderOptions()))
    return replace(record_of(result), day="", unchanged_until=unchanged_until(case, judged))


def _kept(job: Job, key: str) -> Record | None:
    """Return the record that is kept, where it is of the same inputs and still of the day."""
    path = record_path(Path(job.results), job.name)
    try:
        held = decode_typed(Path(job.results, KEYS, f"{job.name}.json").read_bytes(), Kept)
        if (
            held.key != key
            or job.day < held.day
            or (job.page and not Path(job.results, PAGES, f"{job.name}.html").is_file())
        ):
            return None
        if path.stat().st_size > _LARGEST or hashlib.sha256(path.read_bytes()).hexdigest() != held.sha256:
            return None
        record = read_kept(path)
    except (OSError, EOFError, ValueError):
        return None
    return record if record.unchanged_until == "" or job.day < record.unchanged_until else None


def _keep(job: Job, key: str, record: Record) -> None:
    """Write the record first and what it is of last: what is cut off in between is judged again."""
    from poc_gate.report.result.record_file import write_record

    content = gzip.compress(write_record(record), compresslevel=6, mtime=0)
    write_file(record_path(Path(job.results), job.name), content)
    kept = Kept(key, hashlib.sha256(content).hexdigest(), job.day)
    write_file(Path(job.results, KEYS, f"{job.name}.json"), msgspec.json.encode(kept))
