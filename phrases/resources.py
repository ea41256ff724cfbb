"""The one way in to data files: YAML that people read, and the hash that says which version was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataError(ValueError):
    """A data file breaks its format; the message names file and place (our own data, never a note)."""


def parse_yaml(path: Path) -> Any:
    """The content of a YAML file. DataError with the file's name if it is no YAML."""
    try:
        return yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 (a safe loader either way)
    except yaml.YAMLError as error:
        raise DataError(f"{path.name}: no valid YAML: {error}") from None


def read_yaml(relative: str) -> Any:
    """The content of one YAML file below `phrases/data`."""
    return parse_yaml(DATA / relative)


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder, in order of name."""
    return sorted(folder.glob("*.yaml"))


def files(folder: str) -> list[str]:
    """The YAML files of a folder below `phrases/data`, as `read_yaml` takes them, in order of name."""
    return [path.relative_to(DATA).as_posix() for path in yaml_files(DATA / folder)]


def hash_of(paths: Iterable[Path], root: Path) -> str:
    """A short content hash of files, names below `root` included: the same data gives the same version everywhere."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=8)
def version_of(*folders: str) -> str:
    """The hash of all YAML files in and below these folders of `phrases/data`."""
    return hash_of((path for folder in folders for path in sorted((DATA / folder).rglob("*.yaml"))), DATA)
