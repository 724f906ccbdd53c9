"""The reports of all examples: the page in a real browser, and the files that code hosts read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from axe_playwright_python.sync_playwright import Axe
from junitparser import JUnitXml
from playwright.sync_api import Browser, sync_playwright
from running_the_gate import EXAMPLES, ROOT, Gate, assess_arguments

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/pilot.yaml"))
LARGEST = 400 * 1024
SARIF = json.loads((ROOT / "tests/report/schemas/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a folder per example with its reports, written by the program itself."""
    made = {}
    for name in NAMES:
        folder = tmp_path_factory.mktemp(name)
        outputs = [
            f"--format={kind}={folder / kind}" for kind in ("json", "html", "sarif", "junit", "markdown")
        ]
        done = Gate(folder)(*assess_arguments(name), *outputs, "--quiet")
        assert done.code in (0, 10, 11, 12), done.err
        (folder / "html").rename(folder / "report.html")
        made[name] = folder
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_silent_small_accessible_and_prints_on_two_sheets(
    name: str, reports: dict[str, Path], browser: Browser
) -> None:
    page_file = reports[name] / "report.html"
    said: list[str] = []
    asked: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    violations = Axe().run(page).response["violations"]
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))
    page.set_viewport_size({"width": 380, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert (said, asked) == ([], [page_file.as_uri()])
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in violations] == []
    assert sheets == 2
    assert width <= 380
    assert page_file.stat().st_size < LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_the_files_for_code_hosts_are_valid_and_agree(name: str, reports: dict[str, Path]) -> None:
    folder = reports[name]
    result = json.loads((folder / "json").read_text())
    sarif = json.loads((folder / "sarif").read_text())
    jsonschema.Draft7Validator(SARIF).validate(sarif)
    cases = [case for suite in JUnitXml.fromfile(str(folder / "junit")) for case in suite]
    assert len({(case.classname, case.name) for case in cases}) == len(result["findings"])
    assert {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]} == {
        finding["rule"] for finding in result["findings"]
    }
    assert (folder / "markdown").stat().st_size < 65_536


@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_rendered_again_elsewhere_to_the_same_bytes(name: str, reports: dict[str, Path]) -> None:
    folder = reports[name]
    again = Gate(folder)("report", "json", "--format=html=again.html", "--format=json=again.json", "--quiet")
    assert again.code == 0
    assert (folder / "again.html").read_bytes() == (folder / "report.html").read_bytes()
    assert (folder / "again.json").read_bytes() == (folder / "json").read_bytes()
