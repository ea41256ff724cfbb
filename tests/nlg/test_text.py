"""Flowing text of many entries."""

from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.text import Text, compose
from phrases.errors import InputError

ANNA = {"name": "Anna", "pronoun": "hon"}


def text(entries: list[dict[str, Any]], level: str = "journal") -> Text:
    return compose([parse_entry(entry) for entry in entries], parse_person(ANNA), level)


def graded(icf: str, qualifier: int, **fields: Any) -> dict[str, Any]:
    return {"type": "functioning", "icf": icf, "qualifier": qualifier, **fields}


def test_sections_come_in_the_order_of_the_life_areas() -> None:
    told = text([graded("b1528C", 2), graded("d6402", 1), graded("d510", 3)])
    assert [section.heading for section in told.sections] == ["Personlig vård", "Hemliv", "Känsla av otrygghet"]


def test_now_goal_activity_follow_up() -> None:
    told = text(
        [
            graded("d510", 1, moment="follow_up"),
            {"type": "activity", "ksi": "SMB.RB.ZZ", "status": "55"},
            graded("d510", 1, moment="intended"),
            graded("d510", 3),
        ]
    )
    assert told.sections[0].text == (
        "Anna har en stor svårighet att tvätta sig. Målet är att hon som mest har en lätt svårighet att tvätta sig. "
        "Hon ska enligt planeringen få praktiskt stöd i att tvätta sig. "
        "Vid uppföljningen hade hon en lätt svårighet att tvätta sig."
    )


def test_equal_statements_are_joined() -> None:
    told = text([graded("d510", 2), graded("d540", 2), graded("d550", 2)])
    assert told.sections[0].text == "Anna har en måttlig svårighet att tvätta sig, att klä sig och att äta."


def test_grades_sources_and_moments_are_never_merged() -> None:
    told = text([graded("d510", 2), graded("d540", 3), graded("d550", 3, source="person")])
    assert told.sections[0].text == (
        "Anna har en måttlig svårighet att tvätta sig. Hon har en stor svårighet att klä sig. "
        "Hon har enligt egen uppgift en stor svårighet att äta."
    )


def test_at_level_easy_each_thought_has_its_sentence_and_the_name() -> None:
    told = text([graded("d510", 2), graded("d550", 2)], "easy")
    assert told.sections[0].text == "Anna har ganska svårt att tvätta sig. Anna har ganska svårt att äta."


def test_a_text_has_the_shape_of_the_contract() -> None:
    told = text([graded("d510", 2)]).as_dict()
    assert told["text"] == "Personlig vård\nAnna har en måttlig svårighet att tvätta sig."
    assert told["sections"] == [{"heading": "Personlig vård", "text": "Anna har en måttlig svårighet att tvätta sig."}]
    assert told["readability"]["longest_sentence"] == 8


def test_a_text_needs_an_entry() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compose([], parse_person(None), "plain")


def test_the_second_track_is_divided_by_activity() -> None:
    entries = [
        parse_entry(raw)
        for raw in (
            {"type": "activity", "ksi": "SOG.RA.ZZ", "status": "55"},
            graded("d510", 3),
            graded("d6402", 1),
            {"type": "activity", "ksi": "SMB.RB.ZZ", "status": "55"},
            {"type": "activity", "ksi": "YAA.35.ZZ", "status": "30"},
        )
    ]
    told = compose(entries, parse_person(ANNA), "plain", "activity")
    assert [(section.heading, section.text) for section in told.sections] == [
        ("Tvätta sig", "Anna har mycket svårt att tvätta sig. Personalen ska hjälpa henne att tvätta sig."),
        ("Städa bostaden", "Anna har lite svårt att städa sin bostad. Personalen ska städa hennes bostad."),
        ("Insatser", "Anna har fått ja till trygghetslarm."),
    ]


def test_an_unknown_track_is_named() -> None:
    with pytest.raises(InputError) as caught:
        compose([parse_entry(graded("d510", 2))], parse_person(ANNA), "plain", "chapter")
    assert caught.value.field == "track"


def test_two_activities_on_one_category_are_kept_apart_by_part_of_day() -> None:
    told = text(
        [
            {"type": "activity", "ksi": "SOA.RA.ZZ", "status": "55", "part_of_day": "lunch"},
            {"type": "activity", "ksi": "SOA.RB.ZZ", "status": "55", "part_of_day": "morning"},
        ],
        "plain",
    )
    assert told.sections[0].text.index("på morgonen") < told.sections[0].text.index("vid lunch")


def test_dated_occasions_are_summed_up_by_month() -> None:
    statuses = {"2026-03-02": "40", "2026-03-09": "45", "2026-03-16": "50", "2026-03-23": "40", "2026-04-06": "40"}
    entries = [
        {"type": "activity", "ksi": "SMB.RB.ZZ", "status": status, "date": day} for day, status in statuses.items()
    ]
    assert text(entries, "plain").sections[0].text == (
        "Personalen har hjälpt Anna att tvätta sig. Det skedde 3 av 4 gånger i mars 2026. "
        "En av gångerna blev det inte som planerat. "
        "Personalen har hjälpt henne att tvätta sig. Det skedde den 6 april 2026."
    )
    assert "Anna har fått praktiskt stöd i att tvätta sig 3 av 4 gånger i mars 2026." in text(entries).sections[0].text
