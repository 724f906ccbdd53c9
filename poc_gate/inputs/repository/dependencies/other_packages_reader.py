"""Dependency files of JavaScript, Java, Go, .NET, Rust, Ruby and PHP -> packages."""

from __future__ import annotations

import re
from collections.abc import Callable

from poc_gate.inputs.repository.files.foreign_yaml import read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.packages import package_named

_BROUGHT = (
    r"""^(?!\s*(?://|\*|/\*)).*?(?:implementation|api|compile|runtimeOnly)\s*\(?\s*["'][\w.-]+:([\w.-]+)"""
)
"""A package that a build with Gradle takes in, unless the line is commented out."""
_LINES = (
    ("pom.xml", "java", re.compile(r"<artifactId>\s*([\w.-]+)\s*</artifactId>")),
    ("build.gradle", "java", re.compile(_BROUGHT)),
    ("build.gradle.kts", "java", re.compile(_BROUGHT)),
    ("go.mod", "go", re.compile(r"^\s*(?:require\s+)?([\w.-]+\.[a-z]{2,}/[\w./-]+)\s+v\d")),
    (".csproj", "dotnet", re.compile(r"""<PackageReference[^>]*\bInclude\s*=\s*["']([\w.-]+)""")),
    ("directory.packages.props", "dotnet", re.compile(r"""<PackageVersion[^>]*\bInclude\s*=\s*["']([\w.-]+)""")),
    ("cargo.toml", "rust", re.compile(r"^([a-z0-9_-]+)\s*=\s*[{\"]")),
    (".gemspec", "ruby", re.compile(r"""\.add_(?:runtime_)?dependency\s*\(?\s*["']([\w-]+)""")),
    ("gemfile", "ruby", re.compile(r"""^\s*gem\s+["']([\w-]+)""")),
)  # fmt: skip


_OFFERS = re.compile(r"<!--|-->|</?(?:dependencyManagement|parent|plugins|exclusions)\b")
"""Parts of a Maven file that bring nothing along: remarks, versions for whoever asks, tools of the build."""
_DEPENDENCY = re.compile(r"</?dependency\b")
_PROFILES = re.compile(r"</?profile\b(?!s)")
_BY_DEFAULT = re.compile(r"<activeByDefault>\s*true\s*<")
_FOR_TESTS = re.compile(r"<scope>\s*test\s*</scope>")


def _without_offers(text: str) -> str:
    """Return a Maven file with blanks for what it only offers and for what its tests need; lines and columns stay."""
    text = _blanked(text, _OFFERS, lambda _: True)
    if _BY_DEFAULT.search(text):  # one of several builds is made unless another is asked for
        text = _blanked(text, _PROFILES, lambda part: not _BY_DEFAULT.search(part))
    return _blanked(text, _DEPENDENCY, lambda part: bool(_FOR_TESTS.search(part)))


def _blanked(text: str, marks: re.Pattern[str], wanted: Callable[[str], bool]) -> str:
    """Return the text with blanks for every wanted part between an opening mark and the closing one that belongs to it."""
    kept, done, start, closing = [], 0, 0, ""
    for mark in marks.finditer(text):
        if closing and mark[0] == closing:
            part = text[start : mark.end()]
            if wanted(part):
                kept += [text[done:start], re.sub(r"[^\n]", " ", part)]
                done = mark.end()
            closing = ""
        elif not closing and mark[0][1] != "/" and mark[0] != "-->":
            start, closing = mark.start(), "-->" if mark[0] == "<!--" else f"</{mark[0][1:]}"
    return "".join([*kept, text[done:]])


_KITS = {"cdktf": "Terraform's kit", "aws-cdk-lib": "AWS CDK", "@pulumi/pulumi": "Pulumi", "sst": "SST"}
"""Kits with which infrastructure is written as a program."""


_BUNDLERS = ("@sveltejs/kit", "astro", "nuxt")
"""Frameworks that pack what they need when they build: their projects list everything under development."""


_OF_PARTS = {
    "package.json": ("javascript", ("dependencies", "peerDependencies", "devDependencies")),
    "composer.json": ("php", ("require", "require-dev")),
}
"""Files with one part for what runs and others beside it -> whose packages they list, and the parts."""


def _wants(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name in _OF_PARTS or any(name.endswith(ending) for ending, _, _ in _LINES)


def _read(file: TextFile, notes: Notes) -> None:
    if file.name in _OF_PARTS:
        _read_package(file, notes, *_OF_PARTS[file.name])
        return
    for ending, ecosystem, pattern in _LINES:
        if not file.name.endswith(ending):
            continue
        lines = _without_offers(file.text).split("\n") if file.name == "pom.xml" else file.lines
        for number, line in enumerate(lines, start=1):
            match = pattern.search(line) if len(line) < 2_000 else None
            if match:
                row = package_named(match[1]) if match[1].startswith("spring-ai-") else None
                if row is not None and row.system:
                    notes.system(
                        row.system,
                        file.place(number, match.start(1) + 1),
                        note=f"Spring connects it by {match[1]}",
                    )
                notes.package(
                    match[1],
                    ecosystem,
                    file.place(number, match.start(1) + 1),
                    optional="// indirect" in line,
                )
        return


def _read_package(file: TextFile, notes: Notes, ecosystem: str, parts: tuple[str, ...]) -> None:
    documents = read_documents(file)
    bundled = bool(documents) and any(documents[0].at("devDependencies", kit).value for kit in _BUNDLERS)
    for group in parts:
        for name, version in documents[0].at(group).entries().items() if documents else ():
            optional = group != parts[0] and not bundled
            notes.package(name, ecosystem, version.place, optional=optional)
            if name in _KITS and notes.standing <= Standing.SUPPORT:
                notes.flag(
                    "operations.infrastructure_as_code", version.place, note=_KITS[name], sure=INFERRED
                )


READER = Reader(
    name="other-packages",
    summary="dependency files of JavaScript, Java, Go, .NET, Rust, Ruby and PHP",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
