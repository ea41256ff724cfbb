"""Basic information: every item and value in words, and faults for all else."""

from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.entries.basic_information import items
from nlg.phrase import render
from phrases.errors import InputError

ANNA = {"name": "Anna", "pronoun": "hon"}
YOU = {**ANNA, "address": "second"}

EXAMPLES: dict[str, Any] = {"date": "2026-03-03", "age": 82, "person_id": "640823-3234", "service": "YAA.35.ZZ"}


def say(item: str, value: object, level: str = "journal", person: dict[str, str] = ANNA, **fields: Any) -> str:
    entry = {"type": "basic_information", "item": item, "value": value, **fields}
    return render(parse_entry(entry), parse_person(person), level).text


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("ålder", 82, "Anna är 82 år."),
        ("ursprung", "Född utanför Europa", "Anna är född utanför Europa."),
        ("ursprung", "Vet inte", "Det är inte känt var Anna är född."),
        ("datum för aktualisering", "2026-03-03", "Ärendet aktualiserades den 3 mars 2026."),
        ("aktualiseringstyp", "Ansökan", "Ärendet aktualiserades genom en ansökan."),
        (
            "Aktualiseringsorsak",
            ["Behov av omsorg", "Fysisk funktionsnedsättning"],
            "Orsaken till aktualiseringen är behov av omsorg och fysisk funktionsnedsättning.",
        ),
        ("tidigare_kontakt", "Nej", "Anna har inte haft kontakt med socialtjänsten tidigare."),
        (
            "tidigare kontakt",
            "Ja, för mindre än 2 år sedan",
            "Anna hade kontakt med socialtjänsten för mindre än två år sedan.",
        ),
        ("orsak till avslut", "Brukaren har flyttat", "Orsaken till att insatsen är avslutad är att Anna har flyttat."),
        ("måluppfyllelse per insats", "Delvis", "Målet med insatsen är delvis uppfyllt."),
    ],
)
def test_items_in_the_journal(item: str, value: object, expected: str) -> None:
    assert say(item, value) == expected


def test_the_date_of_a_referral() -> None:
    assert say("aktualiseringstyp", "Ansökan", date="2026-03-03") == (
        "Ärendet aktualiserades genom en ansökan den 3 mars 2026."
    )


def test_the_second_person() -> None:
    assert say("problematik", "Ej självförsörjande", "plain", YOU) == (
        "Orsaken till beslutet är att du inte kan försörja dig."
    )


def test_a_coordination_number_is_told_to_be_one() -> None:
    assert say("person-id", "640883-3231", "plain") == (
        "Annas personnummer är 640883-3231. Numret är ett samordningsnummer."
    )


def test_there_are_seventeen_items_and_every_value_becomes_a_sentence() -> None:
    assert len(items()) == 17
    for item, row in items().items():
        for value in row.get("values", [EXAMPLES.get(row["kind"])]):
            for level in ("journal", "plain", "easy"):
                for person in (ANNA, YOU):
                    text = say(item, value, level, person)
                    assert text[0].isupper()
                    assert text.endswith(".")
                    assert "{" not in text
                    assert "  " not in text


@pytest.mark.parametrize(
    ("item", "value", "field"),
    [
        ("skostorlek", "40", "item"),
        (7, "40", "item"),
        ("aktualiseringstyp", "ansökan om något", "value"),
        ("aktualiseringstyp", ["Ansökan", "Anmälan"], "value"),
        ("aktualiseringsorsak", [], "value"),
        ("ålder", "82", "value"),
        ("ålder", 200, "value"),
        ("datum för beslut", "i går", "value"),
        ("insats", "SMB.RB.ZZ", "value"),
        ("insats", 5, "value"),
        ("person-id", "640823-3235", "value"),
        ("person-id", "641323-3234", "value"),
        ("person-id", 640823, "value"),
    ],
)
def test_a_value_outside_the_list_is_an_error(item: object, value: object, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_entry({"type": "basic_information", "item": item, "value": value})
    assert caught.value.field == field


def test_a_date_belongs_to_the_kind_of_referral_alone() -> None:
    with pytest.raises(InputError) as caught:
        say("ålder", 82, date="2026-03-03")
    assert caught.value.field == "date"
