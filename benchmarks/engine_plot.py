"""Series of points -> an SVG with a line for each, written by hand so that no plotting library is needed."""

from __future__ import annotations

from html import escape

WIDTH, HEIGHT, MARGIN = 640, 360, 56
COLOURS = ("#1f5fa8", "#b3541e", "#3c7a3c", "#7a3c7a")

Series = dict[str, list[tuple[float, float]]]


def line_plot(series: Series, *, title: str, x_label: str, y_label: str) -> str:
    """Return the SVG of several series over one pair of axes that begin at zero."""
    right = max(x for points in series.values() for x, _ in points)
    top = max(y for points in series.values() for _, y in points) * 1.05
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<text x="{WIDTH / 2}" y="20" text-anchor="middle" font-size="14">{escape(title)}</text>',
    ]
    for step in range(5):
        x, y = right * step / 4, top * step / 4
        parts += [
            f'<line x1="{_x(0, right)}" x2="{_x(right, right)}" y1="{_y(y, top)}" y2="{_y(y, top)}" stroke="#ddd"/>',
            f'<text x="{MARGIN - 6}" y="{_y(y, top) + 4}" text-anchor="end">{y:.3g}</text>',
            f'<text x="{_x(x, right)}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{x:.3g}</text>',
        ]
    parts += [
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>',
        f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 {HEIGHT / 2})">{escape(y_label)}</text>',
    ]
    for index, (name, points) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        path = " ".join(f"{_x(x, right):.1f},{_y(y, top):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{_x(x, right):.1f}" cy="{_y(y, top):.1f}" r="3" fill="{colour}"/>'
            for x, y in points
        ]
        parts.append(f'<text x="{MARGIN + 8}" y="{44 + 16 * index}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(value: float, right: float) -> float:
    return MARGIN + value / right * (WIDTH - 2 * MARGIN)


def _y(value: float, top: float) -> float:
    return HEIGHT - MARGIN - value / top * (HEIGHT - 2 * MARGIN)
