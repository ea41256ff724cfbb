"""When a question is asked, and where its answers lead."""

import itertools
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coding_assist.compose import Proposal
from coding_assist.questions import _same_words, follow_up
from phrases.catalogue import catalogue

SHOWER = Proposal("SMB.RB.ZZ", "SMB", "40", 0.8, 0.7, ((0, 20),), rival="RA")


def anything(code: str) -> bool:
    return True


def test_two_close_actions_are_settled_by_a_question() -> None:
    asked = follow_up(SHOWER, [SHOWER], anything)
    assert asked is not None
    assert asked.axis == "action"
    assert asked.text.endswith("?")
    assert [answer.code for answer in asked.answers] == ["SMB.RA.ZZ", "SMB.RB.ZZ", "SMB.SZ.ZZ"]


def test_whoever_cannot_tell_falls_back_to_what_is_sure() -> None:
    def answers(first: Proposal, second: Proposal) -> list[str]:
        asked = follow_up(first, [first, second], anything)
        return [answer.code for answer in asked.answers] if asked else []

    clear = replace(SHOWER, rival="")
    cleaning = replace(clear, code="SOG.RB.ZZ", target="SOG")
    assert answers(cleaning, replace(clear, code="SOF.RB.ZZ", target="SOF")) == ["SOF.RB.ZZ", "SOG.RB.ZZ", "SO2.RB.ZZ"]
    assert answers(clear, replace(clear, code="SMC.RB.ZZ", target="SMC"))[2:] == ["SM1.RB.ZZ"]
    walking = replace(clear, code="SJA.RB.ZZ", target="SJA")
    assert len(answers(walking, replace(clear, code="SXC.RB.ZZ", target="SXC"))) == 2  # no block holds both


def test_what_is_unspecified_already_is_offered_once() -> None:
    unspecified = replace(SHOWER, code="SMB.SZ.ZZ", rival="RB")
    asked = follow_up(unspecified, [unspecified], anything)
    assert asked is not None
    assert [answer.code for answer in asked.answers] == ["SMB.RB.ZZ", "SMB.SZ.ZZ"]


def test_an_inquiry_falls_back_to_an_inquiry() -> None:
    asking = replace(SHOWER, code="SMB.AA.ZZ", rival="AS")
    asked = follow_up(asking, [asking], anything)
    assert asked is not None
    assert [answer.code.split(".")[1] for answer in asked.answers] == ["AA", "AS"]  # SMB has no AZ


def test_a_clear_choice_asks_nothing() -> None:
    assert follow_up(replace(SHOWER, rival=""), [SHOWER], anything) is None


def test_two_targets_on_the_same_words() -> None:
    clear = replace(SHOWER, rival="")
    cream = Proposal("SMC.RB.ZZ", "SMC", "40", 0.6, 0.5, ((10, 30),))
    asked = follow_up(clear, [clear, cream], anything)
    assert asked is not None
    assert asked.axis == "target"
    assert [answer.code for answer in asked.answers] == ["SMB.RB.ZZ", "SMC.RB.ZZ", "SM1.RB.ZZ"]
    elsewhere = replace(cream, spans=((40, 50),))
    assert follow_up(clear, [clear, elsewhere], anything) is None
    weak = replace(cream, confidence=0.1)
    assert follow_up(clear, [clear, weak], anything) is None


def test_only_codes_that_are_permitted_are_offered() -> None:
    assert follow_up(SHOWER, [SHOWER], lambda code: code != "SMB.RA.ZZ") is None
    eating = Proposal("SMF.RB.ZZ", "SMF", "40", 0.8, 0.7, ((0, 20),), rival="RA")
    assert "SMF.RA.ZZ" not in catalogue().activities
    assert follow_up(eating, [eating], anything) is None


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Spans in order that do not overlap one another, as the clauses of one target are."""
    ends = sorted(draw(st.sets(st.integers(0, 40), max_size=10)))
    return tuple(itertools.pairwise(ends))[::2]


@given(spans(), spans())
def test_words_are_shared_where_any_two_spans_overlap(first: Any, second: Any) -> None:
    shared = any(a < d and c < b for a, b in first for c, d in second)
    assert _same_words(replace(SHOWER, spans=first), replace(SHOWER, spans=second)) is shared
