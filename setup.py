"""What pyproject.toml cannot say: packages by discovery, rules and templates from the top, the C kernels."""

from glob import glob

from setuptools import Extension, find_packages, setup

_KERNELS = "poc_gate/probe/memory"

setup(
    packages=[*find_packages(include=["poc_gate", "poc_gate.*"]), "poc_gate.rules", "poc_gate.templates"],
    package_dir={"poc_gate.rules": "rules", "poc_gate.templates": "templates"},
    ext_modules=[
        Extension(
            "poc_gate.probe.memory._membench",
            sources=sorted(glob(f"{_KERNELS}/*.c")),
            depends=sorted(glob(f"{_KERNELS}/*.h")),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_compile_args=["-std=c11", "-O3", "-pthread"],
            extra_link_args=["-pthread"],
            py_limited_api=True,
            optional=True,
        )
    ],
)
