"""The plain-language checker: each rule on text that breaks it and text that does not, and on our own phrases."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from nlg.entries import parse_entry, parse_person
from nlg.entries.goal_attainment import Attainment, AttainmentCause
from nlg.phrase import Phrase, render
from nlg.plain_language import check_text, domain_words, kelly_words, word_level
from nlg.readability import Readability, readability
from nlg.sampling import basics, draw_case
from nlg.text import compose
from phrases.bank import bank
from phrases.catalogue import catalogue

Raw = dict[str, Any]

EXAMPLES = Path(__file__).parents[2] / "examples"
WHO = {"name": "Anna", "pronoun": "hon"}
ANNA = parse_person(WHO)


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


def entries() -> Iterator[Raw]:
    """Every code, value and status that has words of its own."""
    known = catalogue()
    for code, status in product([*known.activities, *known.administrative, *known.statistical], ("10", "15", "40")):
        yield {"type": "activity", "ksi": code, "status": status}
    for code in known.icf:
        for grade in (0, 2, 4, 8, 9):
            if code[0] in "db":
                yield {"type": "functioning", "icf": code, "qualifier": grade, "source": "provider"}
            if code[0] in "bse":
                effect = {"effect": "barrier"} if code[0] == "e" else {}
                yield {"type": "related_factor", "icf": code, "qualifier": grade, "affects": "d510", **effect}
    for code, value, cause in product(("d510", "b140"), Attainment, AttainmentCause):
        yield {"type": "goal_attainment", "icf": code, "value": value.value, "cause": cause.value}
    yield from basics()


@lru_cache(maxsize=2)
def generated(level: str) -> list[tuple[Raw, Phrase]]:
    return [(raw, render(parse_entry(raw), ANNA, level)) for raw in entries()]


def official(raw: Raw, phrase: Phrase) -> str:
    """The official title of a code with those it lies under, and the words that the phrase explains."""
    known = catalogue()
    code = raw.get("icf", "")
    titles = [known.ksi(raw["ksi"]).title] if "ksi" in raw else []
    while code:
        titles.append(known.icf[code].term)
        code = known.icf[code].parent
    return " ".join([*titles, *(term.term for term in phrase.terms)]).casefold()


def test_the_plain_level_has_no_passive_and_no_nominalisation_outside_official_terms() -> None:
    unwanted = {"passive", "nominalisation", "abbreviation", "avoid", "man"}
    found = set()
    for raw, phrase in generated("plain"):
        for rule, word in rules(phrase.text):
            if rule in unwanted and word[:6].casefold() not in official(raw, phrase):
                found.add((rule, word))
    assert found == {("passive", "bli buren")}  # d4703 is about being carried


def test_nearly_every_easy_word_is_within_b1(shared: Path) -> None:
    words = kelly_words(shared / "reference" / "kelly_sv.json")
    explained = {form for term in bank().glossary for form in term.casefold().split()}
    running = hard = 0
    for _, phrase in generated("easy"):
        for word in re.findall(r"[^\W\d_]+", phrase.text):
            running += 1
            known = word.casefold() in domain_words() | explained or word in {"Anna", "Annas"}
            hard += not known and word_level(word, words) not in {"A1", "A2", "B1"}
    assert hard / running < 0.05


def written_cases() -> list[Raw]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]


def drawn_cases() -> list[Raw]:
    """Cases spread over all types of entry."""
    return [{"person": WHO, "entries": list(draw_case(seed))} for seed in range(40)]


def measured(case: Raw, level: str) -> Readability:
    told = compose([parse_entry(raw) for raw in case["entries"]], parse_person(case["person"]), level)
    return readability(" ".join(section.text for section in told.sections))


@pytest.mark.parametrize(("level", "limit"), [("plain", 35), ("easy", 25)])
@pytest.mark.parametrize("cases", [written_cases, drawn_cases])
def test_case_texts_are_easy_to_read(cases: Any, level: str, limit: int) -> None:
    assert median(measured(case, level).lix for case in cases()) <= limit


@pytest.mark.parametrize("cases", [written_cases, drawn_cases])
def test_no_sentence_of_a_case_is_long_at_level_easy(cases: Any) -> None:
    assert [case for case in cases() if measured(case, "easy").longest_sentence > 12] == []
