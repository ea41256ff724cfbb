"""A file that is read again when, and only when, it has changed."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from phrases.errors import InputError
from service.access.watched import Watched


class Reader:
    """Reads text, refuses "bad", and counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, path: Path) -> str:
        self.times += 1
        if not path.exists() or path.read_text(encoding="utf-8") == "bad":
            raise InputError("SETTING", "Fel.", "Wrong.")
        return path.read_text(encoding="utf-8")


def test_an_unchanged_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one", encoding="utf-8")
    reader = Reader()
    watched = Watched(tmp_path / "a", reader)
    assert [watched.value() for _ in range(5)] == ["one"] * 5
    assert reader.times == 1


def test_a_file_put_in_its_place_is_seen_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one", encoding="utf-8")
    watched = Watched(tmp_path / "a", Reader())
    assert watched.value() == "one"
    for text in ("two", "six", "ten"):  # of one length, and within one tick of a clock
        (tmp_path / "b").write_text(text, encoding="utf-8")
        (tmp_path / "b").replace(tmp_path / "a")
        assert watched.value() == text


def test_a_file_that_goes_bad_gives_nothing_and_says_so_once(
    tmp_path: Path, logged: list[MutableMapping[str, Any]]
) -> None:
    (tmp_path / "a").write_text("one", encoding="utf-8")
    reader = Reader()
    watched = Watched(tmp_path / "a", reader)
    assert watched.value() == "one"
    (tmp_path / "a").write_text("bad", encoding="utf-8")
    for _ in range(3):
        with pytest.raises(InputError, match="SETTING"):
            watched.value()
    assert reader.times == 2
    assert logged == [{"event": "unusable_file", "setting": "SETTING", "log_level": "error"}]
    (tmp_path / "a").unlink()
    with pytest.raises(InputError, match="SETTING"):
        watched.value()
    (tmp_path / "a").write_text("two", encoding="utf-8")
    assert watched.value() == "two"
