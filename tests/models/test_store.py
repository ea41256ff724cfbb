"""The stored model: made from what stands here now, small, and data only."""

import json
from pathlib import Path

import pytest

from models import store
from models.store import StoreError
from models.training import sources


def test_the_stored_model_is_not_stale() -> None:
    manifest = store.read_manifest()
    assert manifest["sources"] == sources(), "the notes, search words or cues have changed: python -m models.training"


def test_the_manifest_says_what_the_model_is() -> None:
    manifest = store.read_manifest()
    assert set(manifest) >= {
        "made_by",
        "notes",
        "labels",
        "features",
        "thresholds",
        "calibration",
        "versions",
        "sha256",
    }
    assert set(manifest["thresholds"]) == {"presence", "activity"}
    assert all(0 < value < 1 for value in manifest["thresholds"].values())


def test_it_is_at_most_fifteen_megabytes() -> None:
    assert (store.STORED / "model.npz").stat().st_size <= 15_000_000


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(b"something else")
    (tmp_path / "manifest.json").write_text(json.dumps({"sha256": "0"}), encoding="utf-8")
    with pytest.raises(StoreError, match="not the one"):
        store.load(tmp_path)


def test_a_missing_model_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"python -m models\.training"):
        store.load(tmp_path)


def test_saving_what_was_loaded_gives_the_same_bytes(tmp_path: Path) -> None:
    digest = store.save(store.load(), tmp_path)
    assert digest == store.read_manifest()["sha256"]
    assert (tmp_path / "model.npz").read_bytes() == (store.STORED / "model.npz").read_bytes()
