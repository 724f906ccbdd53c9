"""Names and folders of rule packs -> loaded packs; the shipped ones, and those a user adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.base.shipped_files import pack_names, shipped_packs
from poc_gate.errors import Fault, InvalidInputError, InvalidPackError, UsageError
from poc_gate.text.lazy_pattern import lazily

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet
    from poc_gate.model.fact import Catalogue

ENTRY_POINT_GROUP = "poc_gate.packs"
LARGEST_FILE = 1 << 17
MOST_FILES = 1000
_PIN = lazily(r"(?P<name>.+?)@sha256:(?P<digest>[0-9a-f]{64})")


class PackSource(Struct, frozen=True):
    """One pack as found: where its files come from, and their bytes."""

    name: str
    files: Mapping[str, bytes]


def load_rule_packs(
    added: Sequence[str] = (), *, catalogue: Catalogue | None = None, shipped: bool = True
) -> PackSet:
    """Return the shipped packs and the added ones, checked together.

    `added` names folders, shipped packs or installed packages, each with an optional pinned digest
    `@sha256:<64 hex digits>`. Raises InvalidPackError with every fault, UsageError for a name that
    leads nowhere.
    """
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.app.ground.packs.pack_cache import load_packs_cached
    from poc_gate.judge.packs.pack_digest import pack_digest

    catalogue = catalogue or full_catalogue()
    folders = {f"rules/{name}": files for name, files in shipped_packs().items()} if shipped else {}
    known = load_packs_cached(folders, catalogue) if folders else None
    held = {pack_digest(files) for files in folders.values()} if added else set()
    for name in added:
        source = find_pack(name)
        if pack_digest(source.files) not in held:
            folders[source.name] = source.files
    if known is not None and len(folders) == len(known.packs):
        return known
    return load_packs_cached(folders, catalogue, known)


def find_pack(name: str) -> PackSource:
    """Return one pack by folder, shipped name or installed package, its pinned digest checked."""
    from poc_gate.judge.packs.pack_digest import pack_digest

    pin = _PIN.fullmatch(name)
    wanted = pin["name"] if pin else name
    source = _find(wanted)
    if pin and pack_digest(source.files) != pin["digest"]:
        found = f"{wanted}@sha256:{pack_digest(source.files)}"
        what = "the pack is not the one that was pinned"
        raise InvalidPackError([Fault(source.name, 0, 0, what, f"check it, then pin {found}")])
    return source


def packs_under(target: str) -> tuple[PackSource, ...]:
    """Return the pack that `target` names, or all packs of a folder of packs."""
    folder = Path(target)
    if not folder.is_dir() or (folder / "pack.yaml").exists():
        return (find_pack(target),)
    inside = [entry for entry in sorted(folder.iterdir()) if (entry / "pack.yaml").is_file()]
    if not inside:
        raise UsageError(
            f"{target} contains no rule pack", next_step="give a folder that contains a pack.yaml"
        )
    return tuple(read_pack_folder(entry) for entry in inside)


def read_pack_folder(folder: Path) -> PackSource:
    """Return the pack of a folder; symbolic links, large files and other kinds of files are refused."""
    inside = list(islice(folder.iterdir(), MOST_FILES + 1))
    if len(inside) > MOST_FILES:
        what = f"holds more than {MOST_FILES:,} files"
        raise InvalidPackError([Fault(folder.as_posix(), 0, 0, what, "split the pack")])
    found = {entry.name: entry for entry in sorted(inside) if entry.suffix in {".yaml", ".yml"}}
    return PackSource(folder.as_posix().rstrip("/"), _contents(found))


def _contents(found: Mapping[str, Path]) -> dict[str, bytes]:
    """Return the bytes of each file; raises InvalidPackError for what is not a plain, small file."""
    faults: list[Fault] = []
    files: dict[str, bytes] = {}
    for name, entry in found.items():
        if entry.is_symlink() or not entry.is_file():
            faults.append(Fault(entry.as_posix(), 0, 0, "is not a regular file", "put the file itself there"))
        elif entry.stat().st_size > LARGEST_FILE:
            faults.append(Fault(entry.as_posix(), 0, 0, f"is over {LARGEST_FILE:,} bytes", "split the rule"))
        else:
            files[name] = entry.read_bytes()
    if faults:
        raise InvalidPackError(faults)
    return files


def _find(name: str) -> PackSource:
    if Path(name).is_dir():
        return read_pack_folder(Path(name))
    if name in pack_names():
        return PackSource(f"rules/{name}", shipped_packs()[name])
    installed = _installed(name)
    if installed is not None:
        return installed
    known = ", ".join(pack_names())
    raise UsageError(
        f"unknown rule pack {name!r}",
        next_step=f"give a folder that contains a pack.yaml, an installed pack, or one of {known}",
    )


def _installed(name: str) -> PackSource | None:
    """Return a pack of an installed package, found through its metadata; none of its code is imported.

    The entry point `name = package.sub:folder` of the group names a folder beside the package's own
    files: the part before the colon is the package, the part after it a folder inside, or empty.
    """
    try:
        return _from_metadata(name)
    except (AttributeError, TypeError, ValueError, OSError) as error:
        what = f"the metadata of an installed package is broken ({type(error).__name__}: {error})"
        step = f"repair the environment, or name the folder of {name!r}"
        raise InvalidInputError([Fault(name, 0, 0, what, step)]) from None


def _from_metadata(name: str) -> PackSource | None:
    from importlib.metadata import entry_points

    for entry in entry_points(group=ENTRY_POINT_GROUP, name=name):
        if entry.dist is None:
            continue
        package = entry.module.replace(".", "/")
        folder = f"{package}/{entry.attr}" if entry.attr else package
        if not all(part.strip(".") for part in folder.split("/")):
            what = f"the package {entry.dist.name} names {entry.value!r} as pack {name}, which is not a folder of that package"
            raise InvalidInputError([Fault(name, 0, 0, what, "ask its authors for `package:folder`")])
        found = [file for file in entry.dist.files or () if file.parent.as_posix() == folder]
        located = {file.name: Path(str(file.locate())) for file in found if file.suffix in {".yaml", ".yml"}}
        if not located:
            what = f"the package {entry.dist.name} names {folder} as pack {name}, but lists no rules there"
            raise InvalidInputError([Fault(folder, 0, 0, what, "ask its authors to ship the YAML files")])
        return PackSource(f"{entry.dist.name}:{name}", _contents(located))
    return None
