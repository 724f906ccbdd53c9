"""What a tracker recorded of runs is not what answers."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.inspect.inspect import inspect_repository

_RUN = "artifact_path: model\nflavors:\n  sklearn:\n    pickled_model: model.pkl\n    serialization_format: cloudpickle\nmlflow_version: 2.14.3\nmodel_size_bytes: 5596836\nmodel_uuid: 14a3625ed33f4fd0a135d97e7ef752eb\n"


def test_runs_below_mlruns_give_no_version_and_no_size(tmp_path: Path) -> None:
    run = tmp_path / "mlruns/1/aa/artifacts/model"
    run.mkdir(parents=True)
    (run / "MLmodel").write_text(_RUN)
    assert inspect_repository(tmp_path).fact("model.version") is None


def test_a_model_that_was_exported_gives_both(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model/MLmodel").write_text(_RUN)
    found = inspect_repository(tmp_path).fact("model.version")
    assert found is not None
    assert found.claim.value == "14a3625ed33f4fd0a135d97e7ef752eb"
