"""A store that settings only show to be read counts as written too where something that runs puts data there."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.repository.read_repository import read_repository

_REMOTE = "[core]\n    remote = shelf\n['remote \"shelf\"']\n    url = s3://shop-shelf/data\n"
_TRAIN = "import joblib\nfrom sklearn.linear_model import LogisticRegression\n\njoblib.dump(LogisticRegression().fit([[0], [1]], [0, 1]), 'model.joblib')\n"
_PUSHED = {"requirements.txt": "scikit-learn==1.5\ndvc==3.5\n", "train.py": _TRAIN, ".dvc/config": _REMOTE}
_FEATURES = {
    "requirements.txt": "feast==0.40\nredis==5.0\nscikit-learn==1.5\njoblib==1.4\n",
    "features/feature_store.yaml": "project: orders\nprovider: local\nregistry: data/registry.db\nonline_store:\n  type: redis\n  connection_string: cache:6379\n",
    "app/main.py": "import joblib\nfrom feast import FeatureStore\n\nstore = FeatureStore(repo_path='features')\nmodel = joblib.load('model.joblib')\n\n\ndef score(order):\n    return model.predict([store.get_online_features(features=['orders:total'], entity_rows=[order]).to_dict()])\n",
}
_BUILT = {
    "requirements.txt": "dbt-bigquery==1.9\nfeast==0.40\nscikit-learn==1.5\n",
    "train.py": _TRAIN,
    "features/orders.py": "from feast import BigQuerySource\n\nsource = BigQuerySource(table='shop.orders')\n",
}
_SINK = "import redis\n\nclient = redis.Redis(host='cache')\n\n\ndef write(key, values):\n    client.{0}\n"


def _direction(root: Path, files: dict[str, str], system: str) -> str:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {one.system: one.direction for one in read_repository(root).sources}[system]


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("dvc push --jobs 4", "both"),
        ("dvc pull", "read"),
        ("# dvc push", "read"),
        ("echo run dvc push yourself", "read"),
    ],
)
def test_data_is_pushed_to_a_remote(tmp_path: Path, line: str, direction: str) -> None:
    assert _direction(tmp_path, {**_PUSHED, "run.sh": f"python train.py\n{line}\n"}, "s3") == direction


@pytest.mark.parametrize(
    ("files", "direction"),
    [
        ({}, "read"),
        ({"fill.sh": "feast materialize-incremental 2030-01-01\n"}, "both"),
        ({"app/fill.py": "from app.main import store\n\nstore.materialize_incremental(None)\n"}, "both"),
        ({"app/sink.py": _SINK.format("hset(key, mapping=values)")}, "both"),
        ({"app/sink.py": _SINK.format("hgetall(key)")}, "read"),
    ],
)
def test_features_are_filled_into_a_store(tmp_path: Path, files: dict[str, str], direction: str) -> None:
    assert _direction(tmp_path, {**_FEATURES, **files}, "redis") == direction


def test_tables_are_built_in_a_database(tmp_path: Path) -> None:
    assert _direction(tmp_path / "read", _BUILT, "bigquery") == "read"
    built = {**_BUILT, "dbt/dbt_project.yml": "name: shop\n", "dbt/models/orders.sql": "select 1\n"}
    assert _direction(tmp_path / "built", built, "bigquery") == "both"
