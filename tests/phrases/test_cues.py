"""Context cues: the engine on small rules, and the rules that come with Ordbro on real Swedish."""

from pathlib import Path

import pytest

from phrases.catalogue import catalogue
from phrases.cues import Axis, Cues, cues, load
from phrases.resources import DataError

RULES = """
refused:
  axis: status
  values: ["50"]
  direction: forward
  scope: 3
  literals: [ville inte, {literal: ville inte sluta, direction: pseudo}, {literal: sa .. nej, direction: backward}]
gone:
  axis: status
  values: ["50"]
  literals: [{literal: hemma, targets: [SXC]}, {literal: men, direction: terminate}]
"""


@pytest.fixture
def small(tmp_path: Path) -> Cues:
    (tmp_path / "a.yaml").write_text(RULES, encoding="utf-8")
    return load(tmp_path)


def names(sentence: str) -> set[str]:
    return {mark.category.name for mark in cues().marks(sentence.split())}


def test_a_cue_speaks_about_the_words_in_its_scope(small: Cues) -> None:
    (mark,) = small.marks(["hon", "ville", "inte", "duscha", "i", "dag", "alls", "igen"])
    assert (mark.first, mark.last, mark.reach_first, mark.reach_last) == (1, 2, 1, 5)
    assert mark.reaches(3, 3)
    assert not mark.reaches(0, 0)
    assert not mark.reaches(6, 7)


def test_a_pseudo_cue_is_none(small: Cues) -> None:
    assert small.marks(["hon", "ville", "inte", "sluta", "duscha"]) == []


def test_a_terminating_cue_cuts_the_scope(small: Cues) -> None:
    (mark,) = small.marks(["ville", "inte", "duscha", "men", "åt"])
    assert mark.reach_last == 2


def test_words_may_stand_in_a_gap_and_scope_goes_backward(small: Cues) -> None:
    (mark,) = small.marks(["till", "dusch", "sa", "hon", "bestämt", "nej"])
    assert (mark.rule.literal, mark.first, mark.last, mark.reach_first) == ("sa .. nej", 2, 5, 0)
    assert small.marks(["sa", "att", "hon", "i", "dag", "helst", "nej"]) == []


def test_targets_limit_a_cue(small: Cues) -> None:
    (mark,) = small.marks(["stannade", "hemma"])
    assert mark.reaches(0, 1, "SXC")
    assert not mark.reaches(0, 1, "SMB")


def test_positions_count_from_where_the_sentence_begins(small: Cues) -> None:
    (mark,) = small.marks(["ville", "inte"], at=10)
    assert (mark.first, mark.last) == (10, 11)


@pytest.mark.parametrize(
    "content",
    [
        "[refused]",
        "x: {axis: mood, values: [1], literals: [a]}",
        "x: {axis: status, literals: [a]}",
        "x: {axis: status, values: [1], literals: ['..']}",
        "x: {axis: status, values: [1], literals: ['*a']}",
        "x: {axis: status, values: [1], literals: [{literal: a, direction: up}]}",
        "x: {axis: status, values: [1], literals: [{literal: a, targets: SMB}]}",
        "x: [",
    ],
)
def test_a_broken_file_says_which(tmp_path: Path, content: str) -> None:
    (tmp_path / "broken.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"^broken\.yaml"):
        load(tmp_path)


def test_values_are_codes_of_their_axis() -> None:
    known = {Axis.ACTION: catalogue().actions.keys(), Axis.STATUS: catalogue().statuses.keys()}
    for category in cues().categories.values():
        assert category.values
        assert set(category.values) <= known.get(category.axis, set(category.values))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("hon ville inte duscha", "refused"),
        ("promenaden blev inte av", "not_done"),
        ("tvättade henne vid handfatet istället", "other_way"),
        ("städar varannan vecka", "standing"),
        ("ansökan om hemtjänst", "applied"),
        ("beviljas trygghetslarm", "granted"),
        ("klarade det själv", "by_person"),
        ("dottern handlade", "by_relative"),
        ("påminde om medicinen", "reminded"),
        ("tränade på att knäppa knappar", "practised"),
    ],
)
def test_cues_of_ordbro(sentence: str, name: str) -> None:
    assert name in names(sentence)


def test_not_managing_alone_is_not_managing_alone() -> None:
    assert "by_person" in names("hon klarar det själv")
    assert "by_person" not in names("hon klarar inte själv")
