"""Sentences that an editor changed in the grammar, word for word (docs/editor-reading.md)."""

from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.phrase import render

ANNA = {"name": "Anna", "pronoun": "hon"}
JAG = {"address": "first"}


def say(person: dict[str, str], level: str, **fields: Any) -> str:
    return render(parse_entry(fields), parse_person(person), level).text


def functioning(level: str, icf: str, qualifier: int, **fields: Any) -> str:
    return say(ANNA, level, type="functioning", icf=icf, qualifier=qualifier, **fields)


@pytest.mark.parametrize(
    ("fields", "level", "expected"),
    [
        (
            {"construct": "capacity", "source": "relative", "qualifier": 8},
            "journal",
            "En närstående har inte angett hur stor svårighet Anna utan hjälp och hjälpmedel har att städa sin bostad.",
        ),
        (
            {"construct": "capacity", "source": "provider", "qualifier": 9},
            "plain",
            "Det är enligt utföraren inte aktuellt för Anna att utan hjälp och hjälpmedel städa sin bostad.",
        ),
        (
            {"moment": "follow_up", "source": "provider", "qualifier": 8},
            "plain",
            "Vid uppföljningen hade utföraren inte angett hur svårt Anna hade att städa sin bostad.",
        ),
        (
            {"moment": "follow_up", "source": "provider", "qualifier": 8, "construct": "capacity"},
            "easy",
            "Vid uppföljningen var det så här. Utföraren hade inte sagt hur svårt det var för Anna. "
            "Det handlade om att städa hemma. Det gällde hur det var utan hjälp och hjälpmedel.",
        ),
        (
            {"source": "provider", "qualifier": 9},
            "easy",
            "Frågan är inte aktuell för Anna. Det handlar om att städa hemma. Det säger utföraren.",
        ),
        (
            {"source": "provider", "qualifier": 2, "construct": "capacity"},
            "easy",
            "Anna har ganska svårt att städa hemma. Så är det utan hjälp och hjälpmedel. Det säger utföraren.",
        ),
        (
            {"moment": "intended", "qualifier": 4, "by": "2027-03-01"},
            "plain",
            "Målet tillåter att Anna den 1 mars 2027 inte alls kan städa sin bostad.",
        ),
        (
            {"moment": "intended", "qualifier": 4},
            "easy",
            "Målet tillåter det här. Anna kan inte alls städa hemma.",
        ),
        (
            {"moment": "intended", "qualifier": 3, "by": "2027-03-01"},
            "journal",
            "Målet är att Anna senast den 1 mars 2027 som mest har en stor svårighet att städa sin bostad.",
        ),
    ],
)
def test_functioning(fields: dict[str, Any], level: str, expected: str) -> None:
    assert functioning(level, "d6402", **fields) == expected


def test_a_reported_clause_has_inte_before_its_verb() -> None:
    told = functioning("plain", "b16700", 0, source="caseworker")
    assert told == "Handläggaren bedömer att Anna inte har några problem med att förstå talat språk."


def test_klara_is_not_said_twice() -> None:
    assert functioning("plain", "d8", 0) == "Anna kan utan problem klara utbildning, arbete och ekonomi."


def test_the_name_stands_before_the_pronoun() -> None:
    told = functioning("plain", "b455", 9, source="provider")
    assert told == "Frågan om Annas kondition och fysiska uthållighet är inte aktuell för henne enligt utföraren."
    factor = say(ANNA, "plain", type="related_factor", icf="b455", qualifier=9)
    assert factor == "Frågan om Annas kondition och fysiska uthållighet är inte aktuell för henne."


def test_a_residual_category_is_told_behind_what_it_concerns() -> None:
    told = functioning("easy", "d9108", 2, source="person")
    assert told == (
        "Anna har ganska svårt att vara med i grupper och föreningar. "
        "Det gäller en del som inte har någon egen kod. Det säger Anna själv."
    )
    factor = say(ANNA, "journal", type="related_factor", icf="b1349", qualifier=2)
    assert (
        factor == "Anna har ett måttligt problem med sömnfunktionerna. Det är inte specificerat vilken del det gäller."
    )


@pytest.mark.parametrize(
    ("ksi", "status", "level", "expected"),
    [
        ("SR1.SX.ZZ", "40", "journal", "Anna har fått en annan specificerad individstödjande aktivitet inom "),
        ("UAD.RD.ZZ", "40", "plain", "Personalen har gett Anna hjälpmedel"),
        ("UA1.RD.ZZ", "40", "journal", "Tillhandahållande av produkter och teknik till Anna har genomförts."),
        ("TAQ.AS.ZZ", "40", "journal", "Ett utredande samtal med Anna om känsla av otrygghet har genomförts."),
        ("VEA.AA.ZZ", "40", "journal", "En bedömning av Annas beteenden och vanor avseende mat, kost och diet har "),
        ("TAQ.AA.ZZ", "40", "journal", "En bedömning av känsla av otrygghet hos Anna har genomförts."),
        ("XAH.01.ZZ", "60", "easy", "Arbetet har börjat. Socialtjänsten ska rätta ett litet fel i ett beslut."),
    ],
)
def test_activities(ksi: str, status: str, level: str, expected: str) -> None:
    assert say(ANNA, level, type="activity", ksi=ksi, status=status).startswith(expected)


def test_what_an_activity_is_about_is_not_told_as_a_command() -> None:
    told = say(JAG, "easy", type="activity", ksi="SOG.PH.ZZ", status="55")
    assert told == "Personalen ska öva med mig. Det handlar om att städa hemma."


@pytest.mark.parametrize(
    ("fields", "level", "expected"),
    [
        (
            {"type": "goal_attainment", "icf": "d510", "value": "not_specified", "source": "person"},
            "plain",
            "Anna har inte angett om hon har nått målet när det gäller att tvätta sig.",
        ),
        (
            {"type": "goal_attainment", "icf": "d5108", "value": "yes"},
            "journal",
            "Annas mål när det gäller att tvätta sig är uppfyllt. "
            "Det gäller en annan del än de som klassifikationen räknar upp.",
        ),
        (
            {"type": "related_factor", "icf": "b280", "qualifier": 8, "source": "relative"},
            "easy",
            "En närstående har inte sagt hur stora problem Anna har. Det handlar om värk i kroppen.",
        ),
        (
            {"type": "related_factor", "icf": "s250", "qualifier": 3},
            "easy",
            "Anna har en stor skada eller förändring. Den finns i den mellersta delen av örat.",
        ),
        (
            {"type": "related_factor", "icf": "e1201", "qualifier": 9, "effect": "facilitator", "affects": "d6402"},
            "plain",
            "Det är inte aktuellt att ange om rullstol, rollator och andra hjälpmedel för förflyttning hjälper Anna "
            "när det gäller att städa sin bostad.",
        ),
        (
            {"type": "functioning", "icf": "d1310", "qualifier": 2, "moment": "intended"},
            "easy",
            "Det här är målet. Det är som mest ganska svårt för Anna. "
            "Det handlar om att lära sig genom att prova en sak.",
        ),
        (
            {"type": "activity", "ksi": "YAD.40.12", "status": "20"},
            "easy",
            "Anna har sökt frivillig vård på en institution. "
            "Det gäller en institution som ett företag eller en förening driver. Svaret blev nej.",
        ),
        (
            {"type": "basic_information", "item": "insats", "value": ["YAA.05.15", "YAA.35.ZZ"]},
            "easy",
            "Anna har beslut om hjälp från hemtjänsten. Det gäller hjälp med till exempel dusch och kläder. "
            "Anna har beslut om ett trygghetslarm att ropa på hjälp med.",
        ),
    ],
)
def test_what_one_sentence_cannot_hold_has_its_own(fields: dict[str, Any], level: str, expected: str) -> None:
    assert say(ANNA, level, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"status": "45", "not_done_because": "provider"},
            "Personalen har hjälpt Anna att städa sin bostad, men inte som planerat. "
            "Personalen kunde inte följa planen.",
        ),
        (
            {"status": "25", "frequency": {"times": 2, "per": "week"}},
            "Personalen har slutat hjälpa Anna att städa sin bostad. Det brukade ske två gånger i veckan.",
        ),
        (
            {"status": "20", "how": "Börja med köket."},
            "Anna har fått nej till att personalen ska hjälpa henne att städa sin bostad. "
            "Så var det tänkt: Börja med köket.",
        ),
    ],
)
def test_details_follow_the_status(fields: dict[str, Any], expected: str) -> None:
    assert say(ANNA, "plain", type="activity", ksi="SOG.RB.ZZ", **fields) == expected


def test_a_long_plan_is_told_in_parts_at_level_easy() -> None:
    plan = {"weekdays": ["mon", "wed", "sun"], "weeks": "odd", "part_of_day": "afternoon"}
    assert say(ANNA, "easy", type="activity", ksi="SOG.RB.ZZ", status="55", **plan) == (
        "Personalen ska hjälpa Anna att städa hemma. Det ska ske på måndagar, onsdagar och söndagar. "
        "Det ska ske i udda veckor. Det ska ske på eftermiddagen."
    )


def test_an_administrative_code_explains_its_terms() -> None:
    phrase = render(parse_entry({"type": "activity", "ksi": "XAC.06.ZZ", "status": "40"}), parse_person(ANNA), "plain")
    assert [term.term for term in phrase.terms] == ["omhändertagande", "LVU", "tvångsvård"]
