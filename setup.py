"""What pyproject.toml cannot say: packages by discovery, rules and templates from the top, the C kernels."""

import sys
from pathlib import Path

from setuptools import Extension, find_packages, setup

_KERNELS = Path("poc_gate/probe/memory")

setup(
    packages=[*find_packages(include=["poc_gate", "poc_gate.*"]), "poc_gate.rules", "poc_gate.templates"],
    package_dir={"poc_gate.rules": "rules", "poc_gate.templates": "templates"},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
    ext_modules=[]
    if sys.platform == "win32"  # the kernels need POSIX threads; `poc-gate probe` says so there
    else [
        Extension(
            "poc_gate.probe.memory._membench",
            sources=sorted(map(str, _KERNELS.glob("*.c"))),
            depends=sorted(map(str, _KERNELS.glob("*.h"))),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_compile_args=["-std=c11", "-O3", "-pthread"],
            extra_link_args=["-pthread"],
            py_limited_api=True,
            optional=True,
        )
    ],
)
