"""What cannot run is found without a file that cannot be read, and imports of a folder lead nowhere wrong."""

from __future__ import annotations

from pathlib import Path

from poc_gate.inputs.repository.files.live.unreached import unreached
from poc_gate.inputs.repository.files.walk import WalkedFile

_CALLS = "\n".join(f"one_{number}()" for number in range(9))
_MAKES = "\n\n\n".join(f"def one_{number}():\n    return {number}" for number in range(9))


def test_an_environment_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(f"from made import *\n\n{_CALLS}\n")
    (tmp_path / "made.py").write_text(f"{_MAKES}\n\n\ndef left():\n    return 0\n")
    files = [WalkedFile(name, tmp_path / name, 10) for name in ("run.py", "made.py", ".env.example")]
    found = unreached(files, ["made.py"])
    assert found.files == frozenset()
    assert [block.name for block in found.blocks["made.py"]] == ["left"]
    assert found.holds("made.py", found.blocks["made.py"][0].first)
    assert not found.holds("made.py", 1)
