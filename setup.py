"""What pyproject.toml cannot say: packages by discovery, rules and templates from the top, the C kernels.

The same files give the same bytes in every folder: no path, no time and no user of the machine that builds is kept.
"""

import gzip
import io
import os
import sys
import tarfile
from pathlib import Path

from setuptools import Extension, find_packages, setup
from setuptools.command.sdist import sdist

_KERNELS = Path("poc_gate/inputs/probe/memory/kernels")
_EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))  # 1980, the first day that archives know
_NO_PATHS = ["-g0", f"-ffile-prefix-map={Path.cwd()}=."]


class SameSdist(sdist):
    """A source archive whose entries are sorted, of one time, and of nobody."""

    def make_archive(
        self,
        base_name: str,
        format: str,  # noqa: A002 - so setuptools calls it
        root_dir: str | None = None,
        base_dir: str | None = None,
        owner: str | None = None,
        group: str | None = None,
    ) -> str:
        """Pack the folder of the release without what differs from build to build; other formats as setuptools does."""
        if format != "gztar" or base_dir is None:
            return str(super().make_archive(base_name, format, root_dir, base_dir, owner, group))
        top, path = Path(base_dir), Path(f"{base_name}.tar.gz")
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT, dereference=True) as archive:
            for found in sorted([top, *top.rglob("*")], key=Path.as_posix):
                member = archive.gettarinfo(found, found.as_posix())
                member.mtime, member.uid, member.gid, member.uname, member.gname = _EPOCH, 0, 0, "", ""
                member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
                archive.addfile(member, io.BytesIO(found.read_bytes()) if member.isfile() else None)
        with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=_EPOCH) as packed:
            packed.write(plain.getbuffer())
        return str(path)


setup(
    packages=[*find_packages(include=["poc_gate", "poc_gate.*"]), "poc_gate.rules", "poc_gate.templates"],
    package_dir={"poc_gate.rules": "rules", "poc_gate.templates": "templates"},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
    cmdclass={"sdist": SameSdist},
    ext_modules=[]
    if sys.platform == "win32"  # the kernels need POSIX threads; `poc-gate probe` says so there
    else [
        Extension(
            "poc_gate.inputs.probe.memory._membench",
            sources=sorted(map(str, _KERNELS.glob("*.c"))),
            depends=sorted(map(str, _KERNELS.glob("*.h"))),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_compile_args=["-std=c11", "-O3", "-pthread", *_NO_PATHS],
            extra_link_args=["-pthread"],
            py_limited_api=True,
            optional=True,
        )
    ],
)
