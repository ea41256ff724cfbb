"""Suggestions: codes that exist, evidence that is exact, the same answer every time, nothing of a note in an error."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding_assist.suggester import MAX_TEXT, Suggester, load
from phrases.catalogue import catalogue
from phrases.errors import InputError

NOTE = "mb 8. hjälpt m dusch, sen frukost serverad. Hon ville inte ha kräm på benen. Dottern tog med tvätten hem."


@lru_cache(maxsize=1)
def suggester() -> Suggester:
    return load()


def test_a_shower_is_found_with_its_evidence() -> None:
    answer = suggester().suggest("Jag hjälpte Karin att duscha i morse.", selection="ÄOU")
    first = answer.suggestions[0]
    assert first.code == "SMB.RB.ZZ"
    assert first.title == "Praktiskt stöd i att tvätta sig"
    assert (first.status, first.status_title) == ("40", "genomförd")
    assert first.selected
    assert "duscha" in first.evidence[0].text


def test_a_refusal_is_not_done() -> None:
    first = suggester().suggest("Erbjöd dusch men hon ville inte duscha idag.", selection="ÄOU").suggestions[0]
    assert (first.code[:3], first.status) == ("SMB", "50")


def test_a_plan_is_planned() -> None:
    text = "Personalen ska hjälpa mig att dammsuga och städa badrummet varannan fredag."
    first = suggester().suggest(text, selection="ÄOU").suggestions[0]
    assert (first.code[:3], first.status) == ("SOG", "55")


def test_weather_and_keys_are_no_activity() -> None:
    answer = suggester().suggest("Det regnade hela dagen. Bilen startade inte och nyckeln låg på kontoret.")
    assert not any(suggestion.selected for suggestion in answer.suggestions)


def test_the_shape_of_the_contract() -> None:
    answer = suggester().suggest(NOTE, selection="ÄOU")
    assert set(answer.as_dict()) == {"suggestions", "warnings", "versions"}
    keys = "code title plain status status_title confidence selected evidence question"
    assert set(answer.suggestions[0].as_dict()) == set(keys.split())


def test_the_same_note_gives_the_same_answer() -> None:
    assert suggester().suggest(NOTE, "ÄOU").as_dict() == load().suggest(NOTE, "ÄOU").as_dict()


def test_the_selection_bounds_the_codes() -> None:
    known = catalogue()
    for name, codes in known.selections.items():
        for suggestion in suggester().suggest(NOTE, name, limit=20).suggestions:
            assert suggestion.code in codes or suggestion.code in known.unplaced


@pytest.mark.parametrize(
    ("text", "selection", "limit", "field"),
    [
        ("", None, 8, "text"),
        ("   \n", None, 8, "text"),
        ("a" * (MAX_TEXT + 1), None, 8, "text"),
        (NOTE, "ÄOX", 8, "selection"),
        (NOTE, None, 0, "limit"),
        (NOTE, None, 51, "limit"),
    ],
)
def test_a_fault_names_its_field_and_nothing_of_the_note(
    text: str, selection: str | None, limit: int, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        suggester().suggest(text, selection, limit)
    assert caught.value.field == field
    assert "dusch" not in f"{caught.value} {caught.value.message_en}"


def test_numbers_that_should_not_stand_in_a_note_are_pointed_out() -> None:
    text = "Ring 070-123 45 67 om 640823-3234."
    found = suggester().suggest(text).warnings
    assert [(warning.code, text[warning.start : warning.end]) for warning in found] == [
        ("phone_number", "070-123 45 67"),
        ("personal_number", "640823-3234"),
    ]


def test_a_long_note_is_read_to_its_end() -> None:
    text = "Det var en lugn dag. " * 300 + "Jag hjälpte Karin att duscha."
    best = suggester().suggest(text, "ÄOU").suggestions[0]
    assert best.code[:3] == "SMB"
    assert best.evidence[0].end > 6000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300).filter(str.strip))
def test_any_text_gives_codes_that_exist_and_exact_evidence(text: str) -> None:
    known = catalogue()
    for suggestion in suggester().suggest(text).suggestions:
        assert suggestion.code in known.activities or suggestion.code in known.statistical
        assert suggestion.status in known.statuses
        assert 0 <= suggestion.confidence <= 1
        assert all(text[one.start : one.end] == one.text for one in suggestion.evidence)
