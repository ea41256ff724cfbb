"""Fixtures that every room shares."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official files and development notes: beside the checkout, or where ORDBRO_SHARED says.

    They may not be copied into the repository, so a checkout without them skips what compares with them.
    """
    folder = Path(os.environ.get("ORDBRO_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "official" / "ksi.tsv").is_file():
        pytest.skip(f"no official files in {folder}: put them there or set ORDBRO_SHARED")
    return folder
