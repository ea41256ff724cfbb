"""Requests as models, and pydantic's errors in our own words."""

from typing import Any

import pytest
from pydantic import ValidationError

from phrases.errors import InputError
from service import limits
from service.requests import PhraseLine, SuggestionLine, SuggestionsRequest, faults, read_line


def test_a_line_may_carry_fields_of_its_own() -> None:
    line: dict[str, Any] = {"id": "A-1", "text": "dusch", "gold": [], "profile": "L2", "selection": None}
    assert read_line(SuggestionLine, line).text == "dusch"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": "\t "}, "text"),
        ({"text": "a" * (limits.NOTE_CHARACTERS + 1)}, "text"),
        ({"text": "a", "selection": 1}, "selection"),
        ([], ""),
        ("text", ""),
    ],
)
def test_a_bad_line_names_its_field(line: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        read_line(SuggestionLine, line)
    assert caught.value.field == field
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_entries_in_a_line_are_counted() -> None:
    with pytest.raises(InputError, match=rf"entries: Listan får ha högst {limits.ENTRIES} poster\."):
        read_line(PhraseLine, {"entries": [{}] * (limits.ENTRIES + 1)})
    with pytest.raises(InputError, match="entries: Listan ska ha minst 1 post"):
        read_line(PhraseLine, {"entries": []})


def test_every_kind_of_error_has_words_of_ours() -> None:
    """Whatever pydantic says of these models is in our table; what is not gets a sentence that says nothing wrong."""
    with pytest.raises(ValidationError) as caught:
        SuggestionsRequest.model_validate({"text": 1, "limit": 1.5, "selection": "a" * 41, "extra": 1})
    told = {fault.field: fault.message for fault in faults(caught.value.errors())}
    assert told == {
        "text": "Fältet ska vara text.",
        "limit": "Fältet ska vara ett heltal.",
        "selection": "Texten får ha högst 40 tecken.",
        "": "Här finns ett fält som inte är känt.",
    }
    (unknown,) = faults([{"type": "made_up", "loc": ("a", 0), "msg": "hemlig", "input": "hemlig"}])
    assert (unknown.field, unknown.message) == ("a.0", "Värdet kan inte användas här.")


def test_choices_are_listed_without_english() -> None:
    with pytest.raises(InputError, match=r"level: Välj ett av: journal, plain, easy\."):
        read_line(PhraseLine, {"level": "x"})
