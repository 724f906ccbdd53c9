"""What flips when facts change, as text on stdout and as a page in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from poc_gate.app.assess.reading.case import CaseRequest, Progress
from poc_gate.app.explore.what_if import what_if, what_if_text
from poc_gate.app.ground.files.outputs import Output, put_out, wanted_outputs
from poc_gate.app.ground.files.write_file import refuse_inputs

if TYPE_CHECKING:
    from poc_gate.model.what_if import WhatIf
    from poc_gate.report.interface import RenderOptions

FORMATS = ("terminal", "html")


def what_if_reports(
    request: CaseRequest,
    changes: Sequence[str],
    formats: Sequence[str],
    options: RenderOptions,
    progress: Progress = lambda _what, _share: None,
) -> bytes:
    """Write the files that were asked for and return what belongs on stdout: the text, unless a format has its place.

    Raises what `what_if` raises, and as `wanted_outputs` does.
    """
    outputs = wanted_outputs(formats, FORMATS, always_text=True)
    manifest = request.path / "pilot.yaml" if request.path.is_dir() else request.path
    refuse_inputs([output.path for output in outputs if output.path], [str(manifest), request.machine])
    found = what_if(request, changes, progress, pictures=any(one.format == "html" for one in outputs))
    return put_out((output, _render(found, output, options)) for output in outputs)


def _render(found: WhatIf, output: Output, options: RenderOptions) -> bytes:
    if output.format == "html":
        from poc_gate.report.html.html_what_if import what_if_page

        return what_if_page(found)
    width = 80 if output.path else options.width
    encoding = "utf-8" if output.path else options.encoding
    return what_if_text(found, width=width).encode(encoding, errors="backslashreplace")
