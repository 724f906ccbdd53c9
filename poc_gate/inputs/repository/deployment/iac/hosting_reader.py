"""Files that only one hosting service reads -> that the service runs the pilot: fly.toml, vercel.json, netlify.toml, wrangler, Procfile."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.services import PAGES, is_of_databricks

_SERVICES = {
    "fly.toml": "fly-machines",
    "vercel.json": "vercel-functions",
    "netlify.toml": "netlify-functions",
    "wrangler.toml": "cloudflare-workers",
    "wrangler.json": "cloudflare-workers",
    "wrangler.jsonc": "cloudflare-workers",
    "railway.json": "railway",
    "railway.toml": "railway",
    "apprunner.yaml": "aws-app-runner",
    "zappa_settings.json": "aws-lambda",
    "dockerrun.aws.json": "aws-elastic-beanstalk",
}
_APP = re.compile(r"(?:^|/)app(?:[._-](?:flex\w*|prod\w*|standard))?\.ya?ml$")
_RUNTIME = re.compile(r"(?m)^runtime:\s*[\"']?(?:python|nodejs|java|go|php|ruby|custom|dotnet)\w*")
"""What App Engine is told in its file; files of the same name that other platforms and tools read have no runtime at the margin."""
_LEAST, _MOST = (re.compile(rf"(?m)^[ \t]+{end}_(?:num_)?instances:\s*(\d+)") for end in ("min", "max"))
_READY = re.compile(r"(?m)^readiness_check:")
_GIB = re.compile(
    r"(?m)^resources:[ \t]*\n(?:[ \t]+[\w.]+:[^\n]*\n){0,4}?[ \t]+memory_gb:[ \t]*(\d{1,3}(?:\.\d{1,2})?)"
)
"""What the flexible environment of App Engine is told."""
_FILE = re.compile(rf"(?:^|/)(?:{'|'.join(map(re.escape, _SERVICES))})$")
_ABOUT_GIT = re.compile(r'"(?:git|github)"\s*:')
_BUILDS = re.compile(
    r'"(?:builds?|buildCommand|functions|routes|rewrites|redirects|headers|crons|regions|framework|outputDirectory|installCommand|ignoreCommand|env|cleanUrls|trailingSlash|services|bunVersion|fluid)"\s*:'
)
"""What `vercel.json` says where something is built there; remarks on pull requests can be switched off alone."""
_SWITCHED_OFF = re.compile(
    r'"(?:deploymentEnabled|enabled)"\s*:\s*(?:false|\{\s*"(?:main|master|production)"\s*:\s*false)'
)
"""In `vercel.json`: what is merged is not deployed."""
_MEMORY = re.compile(r"(?mi)^[ \t]*memory(?:_mb)?\s*=\s*[\"']?(\d+)\s*(gb|mb)?[\"']?\s*$")
_RUNNING = re.compile(r"(?m)^[ \t]*min_machines_running\s*=\s*(\d+)")
_SIZES = re.compile(r'"memory"\s*:\s*(\d{3,5})\b')
_LASTS = re.compile(r'"maxDuration"\s*:\s*(\d{1,4})\b')
_REGION = re.compile(r"(?m)^[ \t]*primary_region\s*=\s*[\"']([a-z]{3})[\"']")


def _read(file: TextFile, notes: Notes) -> None:
    """Note the service; where a project has its pages alone there it says nothing about the pilot."""
    if _APP.search(file.path.lower()):
        _note_app_engine(file, notes)
        return
    if PAGES.search(file.folder) or (file.name.lower() == "vercel.json" and _is_aside(file.text)):
        return
    notes.fact("target.service", _SERVICES[file.name.lower()], file.place(1), weight=1, sure=INFERRED)
    if file.name.lower() == "fly.toml":
        _note_machines(file, notes)
    elif file.name.lower() == "vercel.json":
        _note_time(file, notes)


def _note_app_engine(file: TextFile, notes: Notes) -> None:
    """Note that App Engine runs the program, and how many of it at least and at most."""
    runtime = _RUNTIME.search(file.text)
    if runtime is None or PAGES.search(file.folder) or is_of_databricks(file.text):
        return
    notes.fact("target.service", "google-app-engine", file.at(runtime.start()), weight=1, sure=INFERRED)
    if ready := _READY.search(file.text):
        notes.flag(
            "operations.readiness_probe", file.at(ready.start()), sure=INFERRED, note="App Engine asks it"
        )
    if size := _GIB.search(file.text):
        notes.number("target.memory_limit", float(size[1]) * 2**30, file.at(size.start(1)), unit="B")
    for pattern, fact in ((_LEAST, "target.replicas"), (_MOST, "target.replicas_max")):
        if (given := pattern.search(file.text)) and int(given[1]):
            notes.number(fact, int(given[1]), file.at(given.start(1)))


def _note_machines(file: TextFile, notes: Notes) -> None:
    """Note region, memory and the least number of machines that Fly is told."""
    if region := _REGION.search(file.text):
        notes.fact("target.region", region[1], file.at(region.start(1)), weight=3)
    if memory := _MEMORY.search(file.text):
        unit = 2**30 if (memory[2] or "mb").lower() == "gb" else 2**20
        notes.number("target.memory_limit", int(memory[1]) * unit, file.at(memory.start(1)), unit="B")
    if running := _RUNNING.search(file.text):
        note = "the least number of machines"
        notes.number("target.replicas", int(running[1]), file.at(running.start(1)), note=note)


def _note_time(file: TextFile, notes: Notes) -> None:
    """Note how long a function of Vercel may take and with how much memory, where all of them are given the same."""
    sizes = list(_SIZES.finditer(file.text))
    if sizes and len({one[1] for one in sizes}) == 1:
        notes.number("target.memory_limit", int(sizes[0][1]) * 2**20, file.at(sizes[0].start(1)), unit="B")
    found = list(_LASTS.finditer(file.text))
    if found and len({one[1] for one in found}) == 1:
        notes.number("operations.request_deadline", int(found[0][1]), file.at(found[0].start(1)), unit="s")


_ONE_PAGE = re.compile(r'"destination"\s*:\s*"/(?:index\.html)?"')
"""In `vercel.json`: whatever is asked for, the one page of an application in the browser answers."""
_ANSWERS = re.compile(r'"(?:functions|builds|crons|services)"\s*:|/api\b')


def _is_aside(text: str) -> bool:
    """Say whether a file of Vercel only turns something off that Vercel does to a repository, or serves one page."""
    if _ONE_PAGE.search(text) and not _ANSWERS.search(text):
        return True
    return bool(_SWITCHED_OFF.search(text)) or bool(_ABOUT_GIT.search(text) and not _BUILDS.search(text))


READER = Reader(
    name="hosting",
    summary="files of hosting services: Fly, Vercel, Netlify, Cloudflare Workers, Railway, App Engine, App Runner",
    wants=lambda path: bool(_FILE.search(path) or _APP.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
