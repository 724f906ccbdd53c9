"""The kernels compile without warnings and run clean under the sanitizers, with every compiler at hand."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[3] / "poc_gate" / "inputs" / "probe" / "memory" / "kernels"
KERNELS = sorted(ROOM.glob("membench_*.c"))
KEPT = Path(__file__).parents[3] / ".cache" / "kernels"
CHECK = Path(__file__).with_name("kernels_check.c")
WARNINGS = ["-std=c11", "-g", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-pthread"]
SANITIZERS = {
    # Optimised, these checks take ten times as long to compile; not optimised none of them is optimised away.
    "address and undefined": ["-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    "thread": ["-O0", "-fsanitize=thread"],
}
PAIRS = [("gcc", "address and undefined"), ("gcc", "thread"), ("clang", "thread")]
COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]


def test_a_compiler_is_at_hand():
    assert COMPILERS, "no C compiler: the kernels cannot be checked; install gcc"


def compiled(command: list[str]) -> Path:
    """Return what a command compiles without a warning; the same compiler, words and sources are compiled once.

    What was compiled is kept in the checkout's cache: compiling takes most of a minute, running it a second.
    """
    version = subprocess.run([command[0], "--version"], capture_output=True, check=True).stdout
    sources = [path.read_bytes() for path in sorted([CHECK, *ROOM.glob("*.[ch]")])]
    digest = hashlib.sha256(b"\0".join([version, *map(str.encode, command), *sources])).hexdigest()
    binary = KEPT / f"kernels_check-{digest[:24]}"
    if not binary.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = binary.with_suffix(f".{os.getpid()}")
        built = subprocess.run([*command, "-o", str(fresh)], capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stderr
        fresh.replace(binary)
    return binary


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
    binary = compiled(
        [compiler, *WARNINGS, *SANITIZERS[sanitizer], "-I", str(ROOM), str(CHECK), *map(str, KERNELS)]
    )
    # Address-space randomisation of new kernels collides with the thread sanitizer's fixed shadow.
    wrapper = ["setarch", "-R"] if sanitizer == "thread" and shutil.which("setarch") else []
    ran = subprocess.run([*wrapper, str(binary)], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 failures" in ran.stdout


ARM = "aarch64-linux-gnu"
ARM_COMPILERS = {
    "gcc": [f"{ARM}-gcc"],
    "clang": ["clang", f"--target={ARM}", "-isystem", f"/usr/{ARM}/include"],
}
ARM_CPUS = {
    "cortex-a72": {"scalar", "libc", "neon"},
    "max,sve-default-vector-length=16": {"scalar", "libc", "neon", "sve"},
    "max,sve-default-vector-length=-1": {"scalar", "libc", "neon", "sve"},
}
"""Emulated processors: one without SVE, one with the shortest vectors (16 bytes) and one with the longest (256)."""
ARM_TOOLS = (f"{ARM}-gcc", "qemu-aarch64")


def _arm_binary(compiler: str, optimised: str) -> Path:
    command = [*ARM_COMPILERS[compiler], *WARNINGS, optimised, "-static", "-I", str(ROOM)]
    return compiled([*command, str(CHECK), *map(str, KERNELS)])


@pytest.mark.skipif(not all(map(shutil.which, ARM_TOOLS)), reason="no cross compiler or emulator for aarch64")
def test_arm_variants_are_right_with_and_without_sve():
    binary = _arm_binary("gcc", "-O0")
    for cpu, sets in ARM_CPUS.items():
        command = ["qemu-aarch64", "-cpu", cpu, str(binary)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert " 0 failures" in ran.stdout
        assert set(ran.stdout.partition(" of ")[2].split()) == sets


@pytest.mark.skipif(not all(map(shutil.which, ("clang", *ARM_TOOLS))), reason="no clang, linker or emulator")
def test_arm_variants_are_right_with_a_second_compiler():
    command = ["qemu-aarch64", "-cpu", "max", str(_arm_binary("clang", "-O1"))]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 failures" in ran.stdout
    assert "neon" in ran.stdout


SCALAR_ONLY = re.compile(r"^[0-9a-f]+ <(\w+_scalar)>:$")
VECTOR = re.compile(
    r"\b(v?p(add|mul)[bwdq]|v?(add|mul)pd|v?mov(ups|upd|dqa|dqu)\w*)\b|[yz]mm\d|\bv\d+\.\d|\bq\d+\b"
)


@pytest.mark.parametrize("compiler", COMPILERS)
def test_scalar_variants_hold_no_vector_instruction(compiler: str):
    """A compiler that turned the loops into vector ones would make the instruction set's name a lie."""
    source = str(ROOM / "membench_variants.c")
    objects = str(compiled([compiler, "-std=c11", "-O3", "-I", str(ROOM), "-c", source]))
    text = subprocess.run(["objdump", "-d", objects], capture_output=True, text=True, check=True).stdout
    name, seen, wrong = "", set(), []
    for line in text.splitlines():
        if line.endswith(">:"):
            found = SCALAR_ONLY.match(line)
            name = found[1] if found else ""
            seen.add(name)
        elif name and VECTOR.search(line):
            wrong.append(f"{name}: {line.strip()}")
    assert len(seen - {""}) >= 30
    assert wrong == []


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


def headers_of_any_system(folder: Path) -> Path:
    """Return Python's headers; those of Debian choose the settings by the Linux they are compiled for and refuse others."""
    include = Path(sysconfig.get_path("include"))
    settings = include.parent / str(sysconfig.get_config_var("MULTIARCH")) / include.name / "pyconfig.h"
    if not settings.exists():
        return include
    copy = folder / "headers"
    copy.mkdir()
    for entry in include.iterdir():
        (copy / entry.name).symlink_to(settings if entry.name == "pyconfig.h" else entry)
    return copy


@pytest.mark.parametrize("target", ["aarch64-macos", "x86_64-macos"])
def test_the_kernels_compile_for_macos_without_a_warning(target: str, tmp_path: Path):
    """Zig ships clang with the headers of macOS; the module itself needs Python's headers alone."""
    include = headers_of_any_system(tmp_path)
    zig = [
        sys.executable,
        "-m",
        "ziglang",
        "cc",
        "-target",
        target,
        "-std=c11",
        "-O1",
        "-Wall",
        "-Werror",
        "-pthread",
    ]
    environment = {
        **os.environ,
        "ZIG_GLOBAL_CACHE_DIR": str(KEPT / "zig"),
        "ZIG_LOCAL_CACHE_DIR": str(KEPT / "zig"),
    }
    for source in sorted(ROOM.glob("*.c")):
        out = tmp_path / f"{source.stem}.o"
        command = [*zig, "-DPy_LIMITED_API=0x030B0000", f"-I{include}", "-c", str(source), "-o", str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
        assert out.read_bytes()[:4] == b"\xcf\xfa\xed\xfe"  # Mach-O, 64 bits
