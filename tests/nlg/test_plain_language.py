"""The plain-language checker: each rule on text that breaks it and text that does not, and on our own phrases."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.phrase import render
from nlg.plain_language import check_text, domain_words, kelly_words, word_level
from nlg.readability import readability
from phrases.catalogue import catalogue

ANNA = parse_person({"name": "Anna", "pronoun": "hon"})


def rules(text: str, level: str = "plain", words: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(remark.rule, text[remark.start : remark.end]) for remark in check_text(text, level, words).remarks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bostaden städades i går.", [("passive", "städades")]),
        ("Personalen städade bostaden.", []),
        ("Hon trivs och hoppas att det syns.", []),
        ("Insatsen ska utföras i dag.", [("passive", "utföras")]),
        ("Vi prövar om genomförandet går bra.", [("nominalisation", "genomförandet")]),
        ("NN får hjälp p.g.a. yrsel.", [("abbreviation", "p.g.a.")]),
        ("NN erhåller hjälp.", [("avoid", "erhåller")]),
        ("Hon brukar gå ut.", []),
        ("Man ska äta.", [("man", "Man")]),
        ("Personalen kom. Utföraren gick.", [("terms", "Utföraren")]),
    ],
)
def test_rules(text: str, found: list[tuple[str, str]]) -> None:
    assert rules(text) == found


def test_long_sentences_by_level() -> None:
    text = "Anna går ut med hunden varje dag och sedan handlar hon mat i affären."
    assert [rule for rule, _ in rules(text, "easy")] == ["sentence_length"]
    assert rules(text) == []


def test_word_levels_come_from_a_list() -> None:
    words = {"hund": "A1", "gå": "A1", "med": "A1", "hon": "A1", "ut": "A1", "och": "A1", "konfirmera": "C1"}
    assert rules("hon går ut med hunden", "easy", words) == []
    assert rules("hon konfirmerar", "easy", words) == [("word_level", "konfirmerar")]
    assert word_level("hundarna", words) == "A1"
    assert word_level("zebra", words) == ""


def test_an_unknown_level_and_too_much_text_are_refused() -> None:
    with pytest.raises(ValueError, match="plain and easy"):
        check_text("Hej.", "journal")
    with pytest.raises(ValueError, match="100000"):
        check_text("a" * 100_001)


def test_readability_of_a_known_text() -> None:
    assert readability("Anna städar. Hon behöver hjälp med handlingen.").as_dict() == {
        "lix": 32,
        "words": 7,
        "longest_sentence": 5,
    }
    assert readability("").words == 0


def generated(level: str) -> list[str]:
    """One phrase of each activity and each category of d."""
    entries: list[dict[str, Any]] = [
        {"type": "activity", "ksi": code, "status": status}
        for code, status in product(catalogue().activities, ("10", "40", "50"))
    ]
    entries += [
        {"type": "functioning", "icf": code, "qualifier": qualifier}
        for code in catalogue().icf
        if code[0] == "d"
        for qualifier in (0, 2, 4, 8, 9)
    ]
    return [render(parse_entry(entry), ANNA, level).text for entry in entries]


def test_no_easy_sentence_of_an_activity_or_functioning_is_over_twelve_words() -> None:
    long = [text for text in generated("easy") if readability(text).longest_sentence > 12]
    assert long == []


def test_the_plain_level_has_no_passive_and_no_nominalisation() -> None:
    found = [
        (rule, word)
        for text in generated("plain")
        for rule, word in rules(text)
        if rule in {"passive", "nominalisation", "abbreviation", "man"} and word != "bli buren"
    ]
    assert sorted(set(found)) == []


def test_nearly_every_easy_word_is_within_b1(shared: Path) -> None:
    words = kelly_words(shared / "reference" / "kelly_sv.json")
    running = hard = 0
    for text in generated("easy"):
        for word in text.replace(".", " ").replace(",", " ").split():
            running += 1
            known = word.casefold() in domain_words() or word in {"Anna", "Annas"}
            hard += not known and word_level(word, words) not in {"A1", "A2", "B1"}
    assert hard / running < 0.05
