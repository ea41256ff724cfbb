"""The one way in to the data files of this room."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(relative: str) -> Any:
    """The content of one YAML file below `phrases/data`."""
    return yaml.load((DATA / relative).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (a safe loader)


def files(folder: str, pattern: str = "*.yaml") -> list[str]:
    """The data files of a folder, relative to `phrases/data`, in a fixed order."""
    return sorted(str(path.relative_to(DATA)) for path in (DATA / folder).glob(pattern))


@lru_cache(maxsize=8)
def version_of(*folders: str) -> str:
    """A short content hash of the YAML files in these folders: the same data gives the same version everywhere."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((DATA / folder).rglob("*.yaml")):
            digest.update(path.relative_to(DATA).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
