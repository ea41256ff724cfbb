"""Goal attainment word for word."""

from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.entries.goal_attainment import Attainment
from nlg.phrase import render
from phrases.errors import InputError

ANNA = {"name": "Anna", "pronoun": "hon"}
YOU = {**ANNA, "address": "second"}


def say(person: dict[str, str], level: str, **fields: Any) -> str:
    entry = {"type": "goal_attainment", "icf": "d6402", "value": "yes", **fields}
    return render(parse_entry(entry), parse_person(person), level).text


@pytest.mark.parametrize(
    ("value", "journal", "plain"),
    [
        (
            "yes",
            "Annas mål när det gäller att städa sin bostad är uppfyllt.",
            "Anna har nått målet när det gäller att städa sin bostad.",
        ),
        (
            "no",
            "Annas mål när det gäller att städa sin bostad är inte uppfyllt.",
            "Anna har inte nått målet när det gäller att städa sin bostad.",
        ),
        (
            "partly",
            "Annas mål när det gäller att städa sin bostad är delvis uppfyllt.",
            "Anna har delvis nått målet när det gäller att städa sin bostad.",
        ),
        (
            "improved_not_met",
            "Annas situation när det gäller att städa sin bostad har förändrats positivt, men målet är inte uppfyllt.",
            "Det går bättre för Anna när det gäller att städa sin bostad. Hon har inte nått målet.",
        ),
        (
            "cannot_assess",
            "Det går inte att bedöma om Annas mål när det gäller att städa sin bostad är uppfyllt.",
            "Det går inte att bedöma om Anna har nått målet när det gäller att städa sin bostad.",
        ),
        (
            "exceeded",
            "Annas mål när det gäller att städa sin bostad är mer än uppfyllt.",
            "Anna har nått längre än målet när det gäller att städa sin bostad.",
        ),
    ],
)
def test_values(value: str, journal: str, plain: str) -> None:
    assert [say(ANNA, level, value=value) for level in ("journal", "plain")] == [journal, plain]


def test_the_easy_level_has_one_thought_a_sentence() -> None:
    text = say(YOU, "easy", value="partly", source="caseworker", cause="way_of_working", reason="Vi kom oftare")
    assert text == (
        "Ditt mål gällde att städa hemma. Du har nått en del av målet. Det säger handläggaren. "
        "Orsaken är hur vi har arbetat. Så här: Vi kom oftare."
    )


def test_no_two_values_are_told_alike() -> None:
    for level in ("journal", "plain", "easy"):
        told = [say(ANNA, level, value=value.value) for value in Attainment]
        assert len(set(told)) == len(Attainment)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "almost"}, "value"),
        ({"icf": "e115"}, "icf"),
        ({"cause": "weather"}, "cause"),
        ({"reason": ""}, "reason"),
        ({"qualifier": 2}, "entry"),
    ],
)
def test_faults_name_their_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        say(ANNA, "plain", **fields)
    assert caught.value.field == field
