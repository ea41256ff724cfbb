"""The comparators of the benchmark: they must be as good as such retrievers are, or the comparison flatters us."""

from typing import Any

import pytest

from service.comparators import bm25_ranker, distinct_targets, found_at, rankers, search_words, titles


def test_titles_are_those_of_targets_and_services() -> None:
    assert len(titles()) == 140 + 85
    assert titles()["SMB"] == "Att tvätta sig"
    assert titles()["YAA.35.ZZ"] == "Trygghetslarm"


def test_search_words_stand_beside_the_title() -> None:
    assert search_words()["SMB"].startswith("Att tvätta sig dusch ")


@pytest.mark.parametrize("name", rankers())
def test_a_title_finds_itself(name: str) -> None:
    ranker = rankers()[name]
    assert ranker("Trygghetslarm")[0] == "YAA.35.ZZ"
    assert "SNE" in ranker("hon behövde hjälp att handla varor i affären")
    assert len(ranker("att")) == 5


def test_bm25_by_hand() -> None:
    rank = bm25_ranker({"a": "kaffe te", "b": "kaffe kaffe kaffe", "c": "te te saft"}, limit=3)
    assert rank("kaffe") == ["b", "a", "c"]
    assert rank("saft") == ["c", "a", "b"]


def test_found_counts_activities_and_takes_defensible_targets() -> None:
    notes: list[dict[str, Any]] = [
        {"text": "a", "gold": [{"target": "SMB", "alt_targets": ["SMD"]}, {"target": "SOG"}]},
        {"text": "b", "gold": [{"code": "YAA.35.ZZ"}, {"target": "SMF", "alt_targets": []}]},
        {"text": "c", "gold": []},
    ]
    answers = {"a": ["SMD"], "b": ["YAA.35.ZZ", "SOG"], "c": ["SMB"]}
    assert found_at(answers.__getitem__, notes) == 0.5
    assert found_at(answers.__getitem__, []) == 0.0


def test_suggested_codes_become_distinct_targets() -> None:
    codes = ["SMB.RB.ZZ", "SMB.RA.ZZ", "YAA.35.ZZ", "YAA.40.ZZ", "SOG.RA.ZZ"]
    assert distinct_targets(codes, 3) == ["SMB", "YAA.35.ZZ", "YAA.40.ZZ"]
