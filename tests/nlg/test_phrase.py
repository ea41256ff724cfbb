"""Phrases word for word, at the three levels and in the three addresses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlg.entries import parse_entry, parse_person
from nlg.phrase import render
from phrases.errors import InputError

NN: dict[str, str] = {}
ANNA = {"name": "Anna", "pronoun": "hon"}
YOU = {**ANNA, "address": "second"}
ME = {**ANNA, "address": "first"}


def say(entry: dict[str, Any], person: dict[str, str], level: str) -> str:
    return render(parse_entry(entry), parse_person(person), level).text


def cleaning(**fields: Any) -> dict[str, Any]:
    return {"type": "functioning", "icf": "d6402", "qualifier": 2, **fields}


def test_the_example_of_the_user_to_the_letter() -> None:
    entry = cleaning(moment="assessed", source="caseworker")
    assert say(entry, NN, "journal") == "NN har enligt handläggaren en måttlig svårighet att städa sin bostad."


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (0, "NN kan utan svårighet städa sin bostad."),
        (1, "NN har en lätt svårighet att städa sin bostad."),
        (2, "NN har en måttlig svårighet att städa sin bostad."),
        (3, "NN har en stor svårighet att städa sin bostad."),
        (4, "NN har en total svårighet att städa sin bostad."),
        (8, "Det är inte angivet hur stor svårighet NN har att städa sin bostad."),
        (9, "Det är inte aktuellt för NN att städa sin bostad."),
    ],
)
def test_journal_grades(qualifier: int, expected: str) -> None:
    assert say(cleaning(qualifier=qualifier), NN, "journal") == expected


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (0, "Du klarar bra att städa din bostad."),
        (1, "Du har lite svårt att städa din bostad."),
        (2, "Du har ganska svårt att städa din bostad."),
        (3, "Du har mycket svårt att städa din bostad."),
        (4, "Du kan inte alls städa din bostad."),
        (8, "Det är inte angivet hur svårt du har att städa din bostad."),
        (9, "Det är inte aktuellt för dig att städa din bostad."),
    ],
)
def test_plain_grades_in_the_second_person(qualifier: int, expected: str) -> None:
    assert say(cleaning(qualifier=qualifier), YOU, "plain") == expected


@pytest.mark.parametrize(
    ("source", "journal", "plain", "easy"),
    [
        (
            "caseworker",
            "Anna har enligt handläggaren en måttlig svårighet att städa sin bostad.",
            "Handläggaren bedömer att Anna har ganska svårt att städa sin bostad.",
            "Anna har ganska svårt att städa hemma. Det säger handläggaren.",
        ),
        (
            "person",
            "Anna har enligt egen uppgift en måttlig svårighet att städa sin bostad.",
            "Anna säger att hon har ganska svårt att städa sin bostad.",
            "Anna har ganska svårt att städa hemma. Det säger Anna själv.",
        ),
        (
            "relative",
            "Anna har enligt en närstående en måttlig svårighet att städa sin bostad.",
            "En närstående säger att Anna har ganska svårt att städa sin bostad.",
            "Anna har ganska svårt att städa hemma. Det säger en närstående.",
        ),
        (
            "provider",
            "Anna har enligt utföraren en måttlig svårighet att städa sin bostad.",
            "Utföraren bedömer att Anna har ganska svårt att städa sin bostad.",
            "Anna har ganska svårt att städa hemma. Det säger utföraren.",
        ),
        (
            "professional",
            "Anna har enligt en professionell bedömare en måttlig svårighet att städa sin bostad.",
            "En professionell bedömare anser att Anna har ganska svårt att städa sin bostad.",
            "Anna har ganska svårt att städa hemma. Det säger en professionell bedömare.",
        ),
    ],
)
def test_who_says_so(source: str, journal: str, plain: str, easy: str) -> None:
    entry = cleaning(source=source)
    assert [say(entry, ANNA, level) for level in ("journal", "plain", "easy")] == [journal, plain, easy]


def test_the_person_speaks() -> None:
    assert say(cleaning(source="person"), ME, "plain") == "Jag säger att jag har ganska svårt att städa min bostad."


def test_negation_in_a_reported_clause() -> None:
    text = say(cleaning(qualifier=4, source="caseworker"), ANNA, "plain")
    assert text == "Handläggaren bedömer att Anna inte alls kan städa sin bostad."


@pytest.mark.parametrize(
    ("fields", "level", "expected"),
    [
        (
            {"moment": "follow_up", "source": "provider"},
            "journal",
            "Vid uppföljningen hade Anna enligt utföraren en måttlig svårighet att städa sin bostad.",
        ),
        (
            {"moment": "follow_up", "source": "provider"},
            "plain",
            "Vid uppföljningen bedömde utföraren att Anna hade ganska svårt att städa sin bostad.",
        ),
        (
            {"moment": "intended", "by": "2026-09-01", "qualifier": 1},
            "journal",
            "Målet är att Anna senast den 1 september 2026 som mest har en lätt svårighet att städa sin bostad.",
        ),
        (
            {"moment": "intended", "by": "2026-09-01", "qualifier": 1},
            "plain",
            "Målet är att Anna senast den 1 september 2026 bara har lite svårt att städa sin bostad.",
        ),
        (
            {"moment": "intended", "goal": "keep"},
            "journal",
            "Målet är att Anna fortfarande har en måttlig svårighet att städa sin bostad.",
        ),
        (
            {"moment": "intended", "goal": "keep", "by": "2026-09-01"},
            "plain",
            "Målet är att läget ska vara som nu till och med den 1 september 2026. "
            "Nu har Anna ganska svårt att städa sin bostad.",
        ),
        (
            {"moment": "intended", "qualifier": 8},
            "plain",
            "Det är inte angivet vilket mål Anna har när det gäller att städa sin bostad.",
        ),
        (
            {"construct": "capacity", "source": "caseworker"},
            "journal",
            "Utan hjälp och hjälpmedel har Anna enligt handläggaren en måttlig svårighet att städa sin bostad.",
        ),
        (
            {"construct": "capacity", "source": "caseworker"},
            "plain",
            "Handläggaren bedömer att Anna utan hjälp och hjälpmedel har ganska svårt att städa sin bostad.",
        ),
    ],
)
def test_moment_and_construct(fields: dict[str, Any], level: str, expected: str) -> None:
    assert say(cleaning(**fields), ANNA, level) == expected


def test_a_notation_with_two_grades_gives_two_sentences() -> None:
    text = say({"type": "functioning", "icf": "d6402.13"}, ANNA, "journal")
    assert text == (
        "Anna har en lätt svårighet att städa sin bostad. "
        "Utan hjälp och hjälpmedel har hon en stor svårighet att städa sin bostad."
    )


def test_residual_categories_take_the_wording_of_what_they_belong_to() -> None:
    text = say({"type": "functioning", "icf": "d5408.2"}, NN, "journal")
    assert (
        text
        == "NN har en måttlig svårighet att klä sig. Det gäller en annan del än de som klassifikationen räknar upp."
    )


@pytest.mark.parametrize(
    ("status", "journal", "plain"),
    [
        (
            "10",
            "Anna har ansökt om praktiskt stöd i att tvätta sig.",
            "Anna har ansökt om att personalen ska hjälpa henne att tvätta sig.",
        ),
        (
            "15",
            "Anna skulle få praktiskt stöd i att tvätta sig, men aktiviteten avbröts.",
            "Personalen skulle hjälpa Anna att tvätta sig, men fick avbryta det.",
        ),
        (
            "20",
            "Anna har fått avslag på sin ansökan om praktiskt stöd i att tvätta sig.",
            "Anna har fått nej till att personalen ska hjälpa henne att tvätta sig.",
        ),
        (
            "25",
            "Anna har fått praktiskt stöd i att tvätta sig, och aktiviteten är nu avslutad.",
            "Personalen har slutat hjälpa Anna att tvätta sig.",
        ),
        (
            "30",
            "Anna har beviljats praktiskt stöd i att tvätta sig.",
            "Anna har fått ja till att personalen ska hjälpa henne att tvätta sig.",
        ),
        (
            "35",
            "Det har föreslagits att Anna ska få praktiskt stöd i att tvätta sig.",
            "Förslaget är att personalen ska hjälpa Anna att tvätta sig.",
        ),
        ("40", "Anna har fått praktiskt stöd i att tvätta sig.", "Personalen har hjälpt Anna att tvätta sig."),
        (
            "45",
            "Anna har fått praktiskt stöd i att tvätta sig, men inte som planerat.",
            "Personalen har hjälpt Anna att tvätta sig, men inte som planerat.",
        ),
        (
            "50",
            "Anna har inte fått praktiskt stöd i att tvätta sig.",
            "Personalen har inte hjälpt Anna att tvätta sig.",
        ),
        (
            "55",
            "Anna ska enligt planeringen få praktiskt stöd i att tvätta sig.",
            "Personalen ska hjälpa Anna att tvätta sig.",
        ),
        (
            "60",
            "Anna har börjat få praktiskt stöd i att tvätta sig.",
            "Personalen har börjat hjälpa Anna att tvätta sig.",
        ),
        ("65", "Anna får för närvarande praktiskt stöd i att tvätta sig.", "Personalen hjälper Anna att tvätta sig."),
    ],
)
def test_every_status(status: str, journal: str, plain: str) -> None:
    entry = {"type": "activity", "ksi": "SMB.RB.ZZ", "status": status}
    assert [say(entry, ANNA, level) for level in ("journal", "plain")] == [journal, plain]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SMB.RA", "Vi ska tvätta dig."),
        ("SMB.RB", "Vi ska hjälpa dig att tvätta dig."),
        ("SMB.RC", "Vi ska uppmuntra dig att tvätta dig."),
        ("SMB.PH", "Vi ska öva med dig på att tvätta dig."),
        ("SMB.SZ", "Vi ska ge dig stöd med att tvätta dig."),
        ("SMB.AA", "Vi ska bedöma hur du klarar att tvätta dig."),
        ("SMB.AT", "Vi ska fråga vården eller en annan verksamhet hur du klarar att tvätta dig."),
        ("SME.RA", "Vi ska klä på och av dig."),
    ],
)
def test_actions_in_plain_words(code: str, expected: str) -> None:
    assert say({"type": "activity", "ksi": code, "status": "55"}, YOU, "plain") == expected


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("SMB.AA", "55", "En bedömning av Annas förmåga att tvätta sig är planerad."),
        ("SMB.AS", "55", "Ett utredande samtal med Anna om att tvätta sig är planerat."),
        ("SMB.AA", "10", "Anna har ansökt om en bedömning av sin förmåga att tvätta sig."),
        ("XAD.01.ZZ", "40", "Socialtjänsten har utformat ett uppdrag för en utförare."),
        ("YAA.35.ZZ", "30", "Anna har beviljats trygghetslarm."),
    ],
)
def test_journal_titles(code: str, status: str, expected: str) -> None:
    assert say({"type": "activity", "ksi": code, "status": status}, ANNA, "journal") == expected


def test_planning_details_each_have_their_sentence() -> None:
    entry = {
        "type": "activity",
        "ksi": "SMB.RB.ZZ",
        "status": "55",
        "frequency": {"times": 2, "per": "week"},
        "weekdays": ["mon", "thu"],
        "part_of_day": "morning",
        "minutes": 30,
        "performer": "hemtjänsten",
        "how": "Börja med håret",
    }
    assert say(entry, ANNA, "plain") == (
        "Hemtjänsten ska hjälpa Anna att tvätta sig. Det ska ske två gånger i veckan, på måndagar och torsdagar, "
        "på morgonen. Det ska ta 30 minuter varje gång. Så här: Börja med håret."
    )
    assert "Utförare är hemtjänsten." in say(entry, ANNA, "journal")


def test_why_it_was_not_done() -> None:
    entry = {"type": "activity", "ksi": "SMB.RB.ZZ", "status": "50", "not_done_because": "person"}
    assert (
        say(entry, ANNA, "plain") == "Personalen har inte hjälpt Anna att tvätta sig. Hon kunde inte eller ville inte."
    )


def test_a_phrase_tells_where_it_comes_from() -> None:
    phrase = render(parse_entry(cleaning()), parse_person(None), "journal").as_dict()
    assert phrase["phrase_id"] == "functioning/journal/d6402/assessed/performance:2/unsaid"
    assert set(phrase["versions"]) == {"catalogue", "bank", "patterns"}
    assert phrase["readability"] == {"lix": 31, "words": 9, "longest_sentence": 9}
    assert phrase["level"] == "journal"


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(InputError) as caught:
        render(parse_entry(cleaning()), parse_person(None), "simple")
    assert caught.value.field == "level"


names = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(
    lambda name: name.split() != [] and name.isprintable()
)


@given(names)
def test_a_name_stands_in_the_text_as_it_is(name: str) -> None:
    text = say(cleaning(), {"name": name}, "journal")
    clean = " ".join(name.split())
    assert text == f"{clean[:1].upper()}{clean[1:]} har en måttlig svårighet att städa sin bostad."


@given(names)
def test_names_are_not_kept_and_do_not_mix(name: str) -> None:
    entry = {"type": "activity", "ksi": "SOG.RA.ZZ", "status": "40", "performer": name}
    first, second = say(entry, {"name": "Anna"}, "plain"), say(entry, {"name": "Bo"}, "plain")
    assert "Anna" in first
    assert "Bo" in second
    assert first.replace("Anna", "Bo") == second or "Anna" in name
