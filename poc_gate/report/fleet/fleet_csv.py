"""A fleet -> CSV, one node per row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from poc_gate.model.many.fleet import Fleet
from poc_gate.report.lines.sheet_cells import cell

COLUMNS = ("node", "state", "reason", "group", "remarks", "largest_loss", "said")


def render_csv(fleet: Fleet) -> bytes:
    """Return UTF-8 with a byte-order mark, which spreadsheets need to read it as such, and CRLF (RFC 4180)."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for node in fleet.nodes:
        loss = max((remark.loss for remark in node.remarks), default=0.0)
        texts = "; ".join(remark.text for remark in node.remarks)
        row = (
            node.node,
            node.state,
            node.reason,
            node.group,
            texts,
            f"{loss:.4f}" if loss else "",
            node.said,
        )
        writer.writerow([cell(text) for text in row])
    return sheet.getvalue().encode("utf-8-sig", errors="replace")
