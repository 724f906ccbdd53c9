"""The documents lead somewhere and speak of poc-gate alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _pages() -> list[str]:
    """Return every page that is tracked; in an unpacked source distribution every page there is."""
    if (ROOT / ".git").exists():
        tracked = ["git", "ls-files", "-z", "*.md"]
        done = subprocess.run(tracked, cwd=ROOT, capture_output=True, check=True, text=True)
        names = [name for name in done.stdout.split("\0") if name]
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.md")]
    return sorted(name for name in names if not name.startswith(("tests/", ".")))


PAGES = _pages()
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_of_a_page_exists(page: str):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [first or second for first, second in LINK.findall(text)]
    local = [t.split("#")[0] for t in targets if not t.startswith(("http:", "https:", "mailto:", "#"))]
    missing = [t for t in local if t and not ((ROOT / page).parent / t).exists()]
    assert not missing


def test_every_page_below_docs_is_reached_from_the_readme():
    seen: set[str] = set()
    todo = ["README.md", "CONTRIBUTING.md"]
    while todo:
        page = todo.pop()
        if page in seen or not (ROOT / page).is_file():
            continue
        seen.add(page)
        for first, second in LINK.findall((ROOT / page).read_text(encoding="utf-8")):
            target = (first or second).split("#")[0]
            found = (ROOT / page).parent / target
            if target.startswith("http") or not target:
                continue
            below = sorted(found.rglob("*.md")) if found.is_dir() else [found]
            todo += [
                p.resolve().relative_to(ROOT).as_posix() for p in below if p.suffix == ".md" and p.exists()
            ]
    pages = {page for page in PAGES if page.startswith("docs/")}
    assert pages <= seen
