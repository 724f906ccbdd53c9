"""The kernels compile without warnings and run clean under the sanitizers, with every compiler at hand."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "poc_gate" / "probe"
KERNELS = sorted(ROOM.glob("membench_*.c"))
CHECK = Path(__file__).with_name("kernels_check.c")
WARNINGS = ["-std=c11", "-O1", "-g", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-pthread"]
SANITIZERS = {
    "address and undefined": ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    "thread": ["-fsanitize=thread"],
}
# The undefined-behaviour checks take twenty seconds to compile: one compiler does them, both the rest.
PAIRS = [("gcc", "address and undefined"), ("gcc", "thread"), ("clang", "thread")]
COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]


def test_a_compiler_is_at_hand():
    assert COMPILERS, "no C compiler: the kernels cannot be checked; install gcc"


def _need_runtime(compiler: str, sanitizer: str, folder: Path) -> None:
    """Skip where a second compiler came without its sanitizer libraries; gcc brings its own."""
    empty = folder / "empty.c"
    empty.write_text("int main(void) { return 0; }\n", encoding="utf-8")
    command = [compiler, *SANITIZERS[sanitizer], str(empty), "-o", str(folder / "empty")]
    if compiler != "gcc" and subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(f"{compiler} has no runtime for the {sanitizer} sanitizer")


@pytest.mark.parametrize(
    ("compiler", "sanitizer"), [(c, s) for c, s in PAIRS if c in COMPILERS or COMPILERS == ["clang"]]
)
def test_every_variant_is_right_and_clean(compiler: str, sanitizer: str, tmp_path: Path):
    compiler = compiler if compiler in COMPILERS else COMPILERS[0]
    _need_runtime(compiler, sanitizer, tmp_path)
    binary = tmp_path / "kernels_check"
    command = [compiler, *WARNINGS, *SANITIZERS[sanitizer], "-I", str(ROOM), str(CHECK), *map(str, KERNELS)]
    built = subprocess.run([*command, "-o", str(binary)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    # Address-space randomisation of new kernels collides with the thread sanitizer's fixed shadow.
    wrapper = ["setarch", "-R"] if sanitizer == "thread" and shutil.which("setarch") else []
    ran = subprocess.run([*wrapper, str(binary)], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 failures" in ran.stdout


@pytest.mark.parametrize("compiler", COMPILERS)
def test_the_binding_compiles_without_warnings(compiler: str, tmp_path: Path):
    import sysconfig

    include = sysconfig.get_paths()["include"]
    if not (Path(include) / "Python.h").exists():
        pytest.skip(f"no Python.h in {include}")
    command = [compiler, "-std=c11", "-O2", "-Wall", "-Wextra", "-Wshadow", "-Werror", "-fPIC"]
    target = [
        "-DPy_LIMITED_API=0x030B0000",
        "-isystem",
        include,
        "-I",
        str(ROOM),
        "-c",
        str(ROOM / "_membench.c"),
    ]
    built = subprocess.run(
        [*command, *target, "-o", str(tmp_path / "o")], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
