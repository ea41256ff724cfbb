"""Related factors word for word, and every carried category of b, s and e."""

from itertools import product
from typing import Any

import pytest

from nlg.entries import QUALIFIERS, parse_entry, parse_person
from nlg.phrase import render
from phrases.catalogue import catalogue
from phrases.errors import InputError

ANNA = {"name": "Anna", "pronoun": "hon"}


def say(person: dict[str, str], level: str, **fields: Any) -> str:
    return render(parse_entry({"type": "related_factor", **fields}), parse_person(person), level).text


@pytest.mark.parametrize(
    ("fields", "level", "expected"),
    [
        (
            {"personal_factor": "van att bo ensam", "effect": "facilitator", "affects": "d6402"},
            "plain",
            "Det här hjälper Anna när det gäller att städa sin bostad: van att bo ensam.",
        ),
        (
            {"personal_factor": "van att bo ensam", "effect": "barrier"},
            "journal",
            "För Anna är det här hindrande: van att bo ensam.",
        ),
    ],
)
def test_personal_factors(fields: dict[str, Any], level: str, expected: str) -> None:
    assert say(ANNA, level, **fields) == expected


def test_the_sign_of_the_notation_says_what_the_factor_does() -> None:
    assert say(ANNA, "journal", icf="e310+2") == say(ANNA, "journal", icf="e310", qualifier=2, effect="facilitator")
    assert say(ANNA, "journal", icf="e310.2") == say(ANNA, "journal", icf="e310", qualifier=2, effect="barrier")


def test_grades_of_help_and_hindrance() -> None:
    assert "i hög grad underlättande för Anna" in say(ANNA, "journal", icf="e310+3")
    assert "ett svårt hinder för Anna" in say(ANNA, "journal", icf="e310.3")
    assert "hjälper henne ganska mycket" in say(ANNA, "plain", icf="e310+2")
    assert "hindrar henne helt och hållet" in say(ANNA, "plain", icf="e310.4")


def test_what_a_function_affects() -> None:
    text = say(ANNA, "plain", icf="b144.2", affects="d6402")
    assert text.endswith("Det påverkar hennes möjlighet att städa sin bostad.")


def test_nature_and_location_of_a_structure() -> None:
    assert say(ANNA, "journal", icf="s750.212").endswith("Strukturen saknas helt, på vänster sida.")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"icf": "d6402.2"}, "icf"),
        ({"icf": "e310"}, "qualifier"),
        ({"icf": "e310", "qualifier": 2}, "effect"),
        ({"icf": "e310+2", "effect": "barrier"}, "effect"),
        ({"icf": "e310+2", "qualifier": 3}, "qualifier"),
        ({"icf": "b144.2", "effect": "barrier"}, "effect"),
        ({"personal_factor": "van"}, "effect"),
        ({"icf": "b144.2", "affects": "e310"}, "affects"),
    ],
)
def test_faults_name_their_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        say(ANNA, "plain", **fields)
    assert caught.value.field == field


@pytest.mark.parametrize("level", ["journal", "plain", "easy"])
def test_every_category_of_b_s_and_e_with_every_grade(level: str) -> None:
    codes = [code for code in catalogue().icf if code[0] in "bse"]
    for code, qualifier in product(codes, QUALIFIERS):
        effects = ("barrier", "facilitator") if code[0] == "e" else (None,)
        for effect in effects:
            fields = {"icf": code, "qualifier": qualifier} | ({"effect": effect} if effect else {})
            text = say(ANNA, level, **fields)
            assert text.endswith(".")
            assert "{" not in text
            assert "  " not in text
            assert text[0].isupper()
