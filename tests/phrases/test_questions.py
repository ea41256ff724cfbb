import re

import pytest
import yaml

from phrases import outline
from phrases.catalogue import catalogue
from phrases.questions import Axis, Neighbour, Question, neighbours, questions
from phrases.resources import DATA

KNOWN = catalogue()
CODES: dict[Axis, set[str]] = {
    "action": {*KNOWN.actions},
    "target": {*KNOWN.targets, *KNOWN.statistical},
    "status": {*KNOWN.statuses},
}
ALL = [(axis, pair, question) for axis, pairs in questions().by_axis.items() for pair, question in pairs.items()]


# --- questions


@pytest.mark.parametrize(
    ("axis", "first", "second", "question"),
    [
        (
            "action",
            "RB",
            "RA",
            Question(
                "Gör personalen det åt personen, eller hjälps de åt?",
                {"RA": "Personalen gör det åt personen.", "RB": "De hjälps åt."},
            ),
        ),
        (
            "action",
            "PH",
            "RB",
            Question(
                "Övar personen för att lära sig, eller får personen hjälp?",
                {"PH": "Personen övar för att lära sig.", "RB": "Personen får hjälp att göra det nu."},
            ),
        ),
        (
            "target",
            "SMC",
            "SMB",
            Question(
                "Är det tvätt, eller hud, hår, naglar och tänder?",
                {
                    "SMB": "Att tvätta, duscha eller torka kroppen.",
                    "SMC": "Att smörja, kamma, raka, klippa naglar eller borsta tänder.",
                },
            ),
        ),
        (
            "target",
            "SGG",
            "YAA.35.ZZ",
            Question(
                "Handlar det om att använda larmet, eller att ha larm?",
                {
                    "SGG": "Att använda larmet, till exempel testa knappen.",
                    "YAA.35.ZZ": "Att ha eller få ett trygghetslarm.",
                },
            ),
        ),
        (
            "status",
            "45",
            "40",
            Question(
                "Blev det som det var planerat?",
                {"40": "Ja, det blev som planerat.", "45": "Nej, men det blev gjort på annat sätt."},
            ),
        ),
    ],
)
def test_the_question_between_two_codes(axis: Axis, first: str, second: str, question: Question) -> None:
    assert questions().between(axis, first, second) == question
    assert questions().between(axis, second, first) == question


@pytest.mark.parametrize(
    ("axis", "first", "second"),
    [("target", "SMB", "SVD"), ("target", "SMB", "SMB"), ("action", "SMB", "SMC"), ("status", "40", "99")],
)
def test_no_question_where_there_is_none(axis: Axis, first: str, second: str) -> None:
    assert questions().between(axis, first, second) is None


def test_there_are_questions_enough() -> None:
    counts = {axis: len(pairs) for axis, pairs in questions().by_axis.items()}
    assert counts["action"] >= 60
    assert counts["target"] >= 300
    assert counts["status"] >= 40


def test_codes_exist_and_every_answer_leads_to_one_of_the_two() -> None:
    assert [pair for axis, pair, _ in ALL if not {*pair} <= CODES[axis] or pair[0] >= pair[1]] == []
    assert [pair for _, pair, question in ALL if (*question.answers,) != pair] == []
    assert [pair for _, pair, question in ALL if len({*question.answers.values()}) != 2] == []


def test_questions_are_easy_to_read() -> None:
    code = re.compile(r"\b(?!LSS\b)[A-ZÅÄÖ]{2}|\bkod|\d")
    for _, pair, question in ALL:
        texts = [question.text, *question.answers.values()]
        assert re.fullmatch(r"[A-ZÅÄÖ][^.?!]+\?", question.text), pair
        assert all(re.fullmatch(r"[A-ZÅÄÖ][^.?!]+\.", answer) for answer in question.answers.values()), pair
        assert max(len(text.split()) for text in texts) <= 12, pair
        assert not any(code.search(text) for text in texts), pair


def test_the_actions_of_a_pair_exist_together() -> None:
    together = [{*KNOWN.actions_of(target)} for target in KNOWN.targets]
    pairs = questions().by_axis["action"]
    assert [pair for pair in pairs if not any({*pair} <= actions for actions in together)] == []


HARD = """SMB SMC, SMB SMD, SMC SMD, SMC SMH, SMI UAL, SOF SOG, SOD SOG, SOE SOL, SOG SOM, SMF SOA, SMF SMG, SND SNE,
SNE SOJ, SOJ SOK, SPA UAD, SHA SHG, SHA SHD, SJA SJG, SJA SJB, SJA SJD, SJG SKA, SXB SXC, SSG SSJ, TAP TAQ, TAQ TAY,
SDJ SDK, SDG SDJ, SEJ SFK, SGA SGG, SVA SVD, SVA SVG, SVD SVG, SBH SCL, SCJ SCL, UAD UAL, SME SMH, SKA YAA.25.ZZ"""


@pytest.mark.parametrize("pair", re.split(r",\s", HARD))
def test_the_hard_neighbours_of_the_annotation_guide_have_a_question(pair: str) -> None:
    assert questions().between("target", *pair.split()) is not None


def test_an_answer_for_another_code_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"question": "Blev det gjort?", "answers": {"40": "Ja.", "45": "Nej."}}
    monkeypatch.setattr(
        "phrases.questions.read_outline", lambda _: {"actions": {}, "targets": {}, "statuses": {"40 50": entry}}
    )
    with pytest.raises(ValueError, match="40 50"):
        questions.__wrapped__()


# --- neighbours


def test_the_neighbours_of_a_target() -> None:
    assert neighbours()["SOE"] == (
        Neighbour("SOL", "SOL är tvätt i maskin, inte för hand."),
        Neighbour("SPA", "SPA är att laga eller stryka kläder, inte att tvätta dem."),
        Neighbour("SOJ", "SOJ är att lägga undan rena kläder."),
    )


def test_every_target_has_neighbours() -> None:
    assert {*neighbours()} == {*KNOWN.targets}
    assert all(1 <= len(rows) <= 4 for rows in neighbours().values())


def test_a_neighbour_is_another_target_told_apart_in_one_easy_sentence() -> None:
    for target, rows in neighbours().items():
        for neighbour in rows:
            assert neighbour.code in KNOWN.targets
            assert neighbour.code != target
            assert re.fullmatch(rf"{neighbour.code} är [^.?!]+\.", neighbour.difference), neighbour
            assert len(neighbour.difference.split()) <= 20, neighbour


# --- the files


@pytest.mark.parametrize("name", ["questions.yaml", "neighbours.yaml"])
def test_a_yaml_parser_reads_the_same(name: str) -> None:
    assert outline.read_outline(name) == yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "depth"), [("questions.yaml", 2), ("neighbours.yaml", 0)])
def test_keys_are_sorted_and_none_stands_twice(name: str, depth: int) -> None:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    section, keys = 0, []
    for line in lines:
        if depth and re.match(r"\w", line):
            section += 1
        elif match := re.fullmatch(rf" {{{depth}}}(\w[\w. ]*):", line):
            keys.append((section, match[1]))
    assert len(keys) > 100
    assert keys == sorted({*keys})
