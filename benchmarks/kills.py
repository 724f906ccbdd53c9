"""End a run that writes reports and a bundle at random moments: `python benchmarks/kills.py [COUNT]`.

Each run gets SIGINT, SIGTERM or SIGKILL after a random time. Afterwards each output must be the one from before or a
whole new one, and nothing else may lie in the folder, except that SIGKILL between the two calls that name a file and put
it in its place leaves a whole one, which the next run that ends by itself removes: at most one a kill, none at the end.
Exits 1 when one is torn, lost, or left over.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = {
    "out.json": lambda content: json.loads(content)["schema"].startswith("poc-gate.result/"),
    "out.html": lambda content: content.rstrip().endswith(b"</html>"),
    "out.md": lambda content: content.startswith(b"## ") and content.rstrip().endswith(b"</details>"),
}
"""Output -> whether its bytes are a whole one."""


def command(folder: Path) -> list[str]:
    """Return a run that writes all outputs."""
    formats = [
        f"{name}={folder / 'out.'}{ending}"
        for name, ending in (("json", "json"), ("html", "html"), ("markdown", "md"))
    ]
    words = [
        sys.executable,
        "-m",
        "poc_gate",
        "assess",
        str(ROOT / "examples/support-assistant"),
        "--machine",
        "l4-24gb",
    ]
    return [
        *words,
        *(word for one in formats for word in ("--format", one)),
        "--bundle",
        str(folder / "out.zip"),
    ]


def faults(folder: Path, *, killed: bool) -> list[str]:
    """Return what is torn, lost or left over; `killed` where a whole file may wait for the next run."""
    found = [
        name
        for name, whole in WHOLE.items()
        if not (folder / name).is_file() or not whole((folder / name).read_bytes())
    ]
    if not zipfile.is_zipfile(folder / "out.zip"):
        found.append("out.zip")
    return found + [one for one in left_over(folder) if not (killed and one.endswith(".whole.part"))]


def left_over(folder: Path) -> list[str]:
    """Return what lies in the folder beside the outputs."""
    return [one.name for one in folder.iterdir() if one.name not in {*WHOLE, "out.zip"}]


def main() -> int:
    """Run, kill, look, and print the counts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance, seen, bad = random.Random(7), Counter[str](), 0  # noqa: S311 - moments, no secrets
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        subprocess.run(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        usual = time.monotonic() - begun
        parts: set[str] = set()
        killed = False
        for number in range(count):
            with_signal = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL))
            process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # Most of the writing is done near the end, so that most moments lie there.
            time.sleep(usual * (chance.random() ** 0.5) * 1.1)
            ended = process.poll() is not None
            process.send_signal(with_signal)
            process.wait()
            seen["had ended before" if ended else with_signal.name] += 1
            killed = killed or with_signal is signal.SIGKILL
            parts |= set(left_over(folder))
            wrong = faults(folder, killed=killed)
            if wrong:
                bad += 1
                print(f"run {number}, {with_signal.name}: {', '.join(wrong)}")
        subprocess.run(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        bad += bool(faults(folder, killed=False))
    print(f"{len(parts)} whole files waited for the next run and were removed by it")
    print(f"{count} runs: {dict(seen)}; {bad} with something torn, lost or left over")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
