"""The reports of all examples: the page in a real browser, and the files that code hosts read."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import jsonschema
import pytest
from accessible import violations
from jenkins_junit import junit_faults
from junitparser import JUnitXml
from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from running_the_gate import EXAMPLES, ROOT, Gate, assess_arguments

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/pilot.yaml"))
LARGEST = 512 * 1024
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
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def looking(playwright: Playwright) -> Iterator[BrowserContext]:
    """Yield one context for all pages that are only looked at: one of its own takes as long as the page."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield chromium.new_context(viewport={"width": 1280, "height": 900})
    chromium.close()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_silent_small_accessible_and_prints_on_few_sheets(
    name: str, reports: dict[str, Path], looking: BrowserContext
) -> None:
    page_file = reports[name] / "report.html"
    said: list[str] = []
    asked: list[str] = []
    page = looking.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    broken = violations(page)
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))
    page.set_viewport_size({"width": 380, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert (said, asked) == ([], [page_file.as_uri()])
    assert broken == []
    assert 2 <= sheets <= 4
    assert width <= 380
    assert page_file.stat().st_size < LARGEST


PICTURES = ROOT / "docs" / "pictures"
REWRITE = bool(os.environ.get("POC_GATE_REWRITE_GOLDEN"))
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 380, "height": 800}
PICTURED: dict[str, dict[str, Any]] = {
    "report-light.png": {"viewport": DESK},
    "report-dark.png": {"viewport": DESK, "color_scheme": "dark"},
    "report-phone.png": {"viewport": PHONE, "device_scale_factor": 2},
}
ONE_FONT = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
<alias><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


@pytest.fixture(scope="module")
def plain_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a browser that knows one family of fonts, so that lines break alike on all machines."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(ONE_FONT.format(cache=folder))
    chromium = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=list(FLAGS),
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def plain_page(reports: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of one example without the commit: the picture does not change with every commit."""
    folder = tmp_path_factory.mktemp("plain")
    result = json.loads((reports["claims-copilot"] / "json").read_text(encoding="utf-8"))
    (folder / "result.json").write_text(json.dumps(result | {"commit": ""}), encoding="utf-8")
    done = Gate(folder)("report", "result.json", "--format", "html=report.html")
    assert done.code == 0, done.err
    return folder / "report.html"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("name", PICTURED)
def test_the_page_looks_as_pictured(name: str, plain_page: Path, plain_browser: Browser) -> None:
    """Compare with the docs' picture, blurred: layout and colours must stay, single letters may move."""
    context = plain_browser.new_context(**PICTURED[name])
    page = context.new_page()
    page.goto(plain_page.as_uri())
    content = page.screenshot()
    context.close()
    if REWRITE:
        Image.open(io.BytesIO(content)).convert("P", palette=Image.Palette.ADAPTIVE).save(
            PICTURES / name, optimize=True
        )
    found = Image.open(io.BytesIO(content)).convert("RGB").resize((64, 48), Image.Resampling.BOX)
    expected = Image.open(PICTURES / name).convert("RGB").resize((64, 48), Image.Resampling.BOX)
    histogram = ImageChops.difference(found, expected).convert("L").histogram()
    mean = sum(level * count for level, count in enumerate(histogram)) / (64 * 48)
    assert mean < 6.0


@pytest.mark.parametrize("name", NAMES)
def test_the_files_for_code_hosts_are_valid_and_agree(name: str, reports: dict[str, Path]) -> None:
    folder = reports[name]
    result = json.loads((folder / "json").read_text())
    sarif = json.loads((folder / "sarif").read_text())
    jsonschema.Draft7Validator(SARIF).validate(sarif)
    assert junit_faults(fromstring((folder / "junit").read_text())) == []
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
