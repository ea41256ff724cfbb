"""The stored model: `models/data/stored/model.npz` (arrays only) and `manifest.json` beside it, which says what
they are.

Nothing in the file is executed on loading (`allow_pickle` is off), and its SHA-256 is compared with the manifest
first. Weights are kept as small whole numbers with one scale a class: a quarter of the memory, no loss that the figures
show.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from models.candidates import Heads, Network
from models.features import Index
from models.trees import Trees

STORED: Final = Path(__file__).parent / "data" / "stored"
_NETWORKS: Final = ("targets", "actions", "statuses", "kinds")
_NETWORK: Final = ("inner", "scale", "inner_bias", "outer", "outer_bias")
_TREES: Final = ("inputs", "thresholds", "left", "right", "values")


class StoreError(RuntimeError):
    """The stored model is missing, or is not the one that its manifest describes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """All that training leaves: the heads, the ranker, the words of the domain with their counts, and the manifest."""

    heads: Heads
    ranker: Trees
    words: Mapping[str, int]
    manifest: Mapping[str, Any]


def save(stored: Stored, folder: Path = STORED) -> str:
    """Write both files; returns the SHA-256 of the arrays. The same model gives the same bytes."""
    heads, ranker = stored.heads, stored.ranker
    arrays: dict[str, npt.NDArray[Any]] = {
        "features": _packed(heads.index.names),
        "words": _packed(list(stored.words)),
        "word_counts": np.array(list(stored.words.values()), np.int32),
        "ranker_shape": np.array([ranker.depth], np.int32),
        "ranker_base": np.array([ranker.base], np.float32),
    }
    for name in _NETWORKS:
        arrays |= {f"{name}_{part}": getattr(getattr(heads, name), part) for part in _NETWORK}
    arrays |= {"target_names": _packed(heads.target_names), "action_names": _packed(heads.action_names)}
    arrays |= {"status_names": _packed(heads.status_names), "kind_names": _packed(heads.kind_names)}
    arrays |= {"kind_statuses": heads.kind_statuses}
    arrays |= {f"ranker_{name}": getattr(ranker, name) for name in _TREES}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.npz").write_bytes(content)
    manifest = {**stored.manifest, "sha256": digest}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return digest


def load(folder: Path = STORED) -> Stored:
    """Read both files. Raises StoreError when one is missing or the arrays are not those of the manifest."""
    try:
        content = (folder / "model.npz").read_bytes()
        manifest = read_manifest(folder)
    except OSError:
        raise StoreError("no stored model; make it with: python -m models.training") from None
    if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
        raise StoreError("the stored model is not the one that its manifest describes")
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays: dict[str, npt.NDArray[Any]] = {name: file[name] for name in file.files}
    heads = Heads(
        Index(_unpacked(arrays["features"])),
        _network(arrays, "targets"),
        _unpacked(arrays["target_names"]),
        _network(arrays, "actions"),
        _unpacked(arrays["action_names"]),
        _network(arrays, "statuses"),
        _unpacked(arrays["status_names"]),
        _network(arrays, "kinds"),
        _unpacked(arrays["kind_names"]),
        arrays["kind_statuses"],
    )
    ranker = Trees(
        inputs=arrays["ranker_inputs"],
        thresholds=arrays["ranker_thresholds"],
        left=arrays["ranker_left"],
        right=arrays["ranker_right"],
        values=arrays["ranker_values"],
        base=float(arrays["ranker_base"][0]),
        depth=int(arrays["ranker_shape"][0]),
    )
    words = dict(zip(_unpacked(arrays["words"]), arrays["word_counts"].tolist(), strict=True))
    return Stored(heads, ranker, words, manifest)


@lru_cache(maxsize=1)
def stored() -> Stored:
    """The model that comes with Ordbro, read once."""
    return load()


def read_manifest(folder: Path = STORED) -> dict[str, Any]:
    """The manifest alone. Raises OSError when there is none."""
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def _network(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Network:
    return Network(**{part: arrays[f"{name}_{part}"] for part in _NETWORK})


def _packed(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(packed: npt.NDArray[Any]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n"))
