"""The comparators of the benchmark: they must be as good as such retrievers are, or the comparison flatters us."""

from typing import Any

import pytest

from service.comparators import Ranker, char_tfidf_ranker, distinct_targets, found_at, rapidfuzz_ranker, titles


def test_titles_are_those_of_targets_and_services() -> None:
    assert len(titles()) == 140 + 85
    assert titles()["SMB"] == "Att tvätta sig"
    assert titles()["YAA.35.ZZ"] == "Trygghetslarm"


@pytest.mark.parametrize("ranker", [rapidfuzz_ranker(), char_tfidf_ranker()])
def test_a_title_finds_itself(ranker: Ranker) -> None:
    assert ranker("Trygghetslarm")[0] == "YAA.35.ZZ"
    assert "SNE" in ranker("hon behövde hjälp att handla")
    assert len(ranker("att")) == 5


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
