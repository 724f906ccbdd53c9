"""Result -> PDF: the leadership page as its style sheet prints it, by WeasyPrint where that is installed."""

from __future__ import annotations

from poc_gate.errors import UsageError
from poc_gate.model.verdict import Result
from poc_gate.report.html.html_page import page_of
from poc_gate.report.interface import Format, RenderOptions

_HOW = "run `pip install 'poc-gate[pdf]'`, or print the HTML report to PDF from a browser"


def render_pdf(result: Result, options: RenderOptions) -> bytes:
    """Return the PDF; raises UsageError that says how to get it when the engine is not there."""
    try:
        import weasyprint
    except ImportError as error:
        raise UsageError("PDF needs WeasyPrint, which is not installed", next_step=_HOW) from error
    except OSError as error:
        raise UsageError(f"WeasyPrint cannot load Pango: {error}", next_step=_HOW) from error
    page = page_of(result, options, paper=True).decode()
    document = weasyprint.HTML(string=page, url_fetcher=_refuse)
    content: bytes = document.write_pdf(
        pdf_identifier=result.manifest_sha256.encode(), pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return content + b"% poc-gate\n"  # a comment behind the end, by which such a file is known again


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    """Refuse every request: the page needs none, so one would come from hostile text."""
    raise UsageError(f"the page asked for {url}", next_step="report this as a bug")


FORMAT = Format(
    "pdf",
    "the first screen on one sheet, its pictures and steps behind (extra `pdf`)",
    ".pdf",
    render_pdf,
    mark=rb"\n% poc-gate\n\Z",
    shows_machines=True,
)
