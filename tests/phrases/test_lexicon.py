"""Search words: their matching, and that every file keeps to the format."""

from pathlib import Path

import pytest

from phrases.catalogue import catalogue
from phrases.lexicon import Lexicon, Strength, lexicon, load
from phrases.resources import DataError


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    (tmp_path / "a.yaml").write_text(
        'SMB: {words: [dusch*, "nedre tvätt"], weak: [vatten], not: [duschdraperi*]}\nSME: {words: [strumpor]}\n',
        encoding="utf-8",
    )
    return load(tmp_path)


def found(words: Lexicon, clause: str) -> list[tuple[str, str, Strength]]:
    return [(hit.target, hit.pattern.written, hit.strength) for hit in words.hits(clause.split())]


@pytest.mark.parametrize(
    ("clause", "hits"),
    [
        ("hjälpte henne duscha", [("SMB", "dusch*", Strength.WORD)]),
        ("nedre del av tvätt", [("SMB", "nedre tvätt", Strength.WORD)]),
        ("nedre delen blev ren och sedan en tvätt", []),
        ("tvätt nedre", []),
        ("glas vatten", [("SMB", "vatten", Strength.WEAK)]),
        ("duschdraperiet hängdes upp", []),
        ("duschdraperiet hängdes upp före duschen", [("SMB", "dusch*", Strength.WORD)]),
        ("strumporna", []),
    ],
)
def test_hits(small: Lexicon, clause: str, hits: list[tuple[str, str, Strength]]) -> None:
    assert found(small, clause) == hits


def test_positions_count_from_where_the_clause_begins(small: Lexicon) -> None:
    assert [hit.positions for hit in small.hits(["nedre", "och", "tvätt"], at=7)] == [(7, 9)]


@pytest.mark.parametrize(
    "content",
    [
        "[dusch]",
        "SMB: {word: [dusch]}",
        "SMB: {words: ['*']}",
        "SMB: {words: [7]}",
        "SMB: {words: ['d*s*']}",
        "SMB: {words: [a",
    ],
)
def test_a_broken_file_says_which(tmp_path: Path, content: str) -> None:
    (tmp_path / "broken.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"^broken\.yaml"):
        load(tmp_path)


def test_every_target_has_search_words_and_only_targets_do() -> None:
    codes = catalogue()
    targets = {pattern.target for pattern in lexicon().patterns}
    assert targets <= codes.targets.keys() | codes.statistical.keys()
    assert codes.targets.keys() <= targets


def test_the_version_follows_the_content(tmp_path: Path, small: Lexicon) -> None:
    (tmp_path / "a.yaml").write_text("SMB: {words: [bad]}", encoding="utf-8")
    assert load(tmp_path).version != small.version
