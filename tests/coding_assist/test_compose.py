"""Composing by axis: verified, merged, calibrated. Judged candidates are made by hand."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from coding_assist.compose import Composer, Proposal, merged
from models.candidates import Candidate, Heads
from models.model import Judged
from phrases.catalogue import catalogue
from phrases.local import Selected

ACTIONS = tuple(catalogue().actions)
STATUSES = tuple(catalogue().statuses)
HEADS = cast(Heads, SimpleNamespace(action_names=ACTIONS, status_names=STATUSES))


def composer(selection: Selected | None = None) -> Composer:
    return Composer(catalogue(), selection, HEADS, (0.0, 1.0, 0.0))


ELDERLY = Selected("ÄOU", "ÄOU")


def judged(target: str, actions: dict[str, float], status: str = "40", chance: float = 0.8) -> Judged:
    candidate = Candidate(
        target,
        0,
        0,
        chance,
        np.array([actions.get(name, 0.0) for name in ACTIONS], np.float32),
        np.array([float(name == status) for name in STATUSES], np.float32),
        np.zeros(1, np.float32),
    )
    return Judged(candidate, chance, 3, 9)


def proposal(code: str, status: str, start: int, chance: float = 0.8) -> Proposal:
    return Proposal(code, code.partition(".")[0], status, chance, chance, ((start, start + 5),))


def test_the_likeliest_action_that_exists() -> None:
    # KSI has no RA for SMF, att äta
    (found,) = composer().proposals([judged("SMF", {"RA": 0.7, "RB": 0.2, "SZ": 0.1})])
    assert (found.code, found.status, found.spans) == ("SMF.RB.ZZ", "40", ((3, 9),))


def test_only_what_the_selection_holds() -> None:
    # ÄOU has neither SMB.PU nor anything of VAB
    assert [p.code for p in composer(ELDERLY).proposals([judged("SMB", {"PU": 0.9, "RB": 0.1})])] == ["SMB.RB.ZZ"]
    assert composer(ELDERLY).proposals([judged("VAB", {"AS": 0.9})]) == []


@pytest.mark.parametrize(
    ("withheld", "code"),
    [
        ("RA RB RC PH PN PU", "SMB.SZ.ZZ"),  # way 3: support is left unspecified, and is no inquiry
        ("RA SZ", "SMB.RB.ZZ"),  # way 2, where RA is not relevant
    ],
)
def test_support_that_a_local_choice_leaves_out_is_still_support(withheld: str, code: str) -> None:
    left_out = frozenset(f"SMB.{action}.ZZ" for action in withheld.split())
    found = composer(Selected("planering", None, withheld=left_out)).proposals(
        [judged("SMB", {"RA": 0.6, "RB": 0.15, "AV": 0.25})]
    )
    assert [p.code for p in found] == [code]


def test_services_stand_in_no_selection_and_are_offered_in_each() -> None:
    assert [p.code for p in composer(ELDERLY).proposals([judged("YAA.35.ZZ", {})])] == ["YAA.35.ZZ"]


def test_no_sure_action_falls_back_to_unspecified() -> None:
    even = dict.fromkeys(("RA", "RB", "RC", "PH", "SZ"), 0.2)
    assert composer().proposals([judged("SMB", {**even, "RA": 0.21})])[0].code == "SMB.SZ.ZZ"


def test_confidence_is_the_calibrated_chance() -> None:
    assert composer().proposals([judged("SMB", {"RA": 1.0}, chance=0.7)])[0].confidence == pytest.approx(0.7)


def test_likelier_first() -> None:
    found = composer().proposals([judged("SMC", {"RA": 1.0}, chance=0.3), judged("SMB", {"RA": 1.0}, chance=0.6)])
    assert [p.target for p in found] == ["SMB", "SMC"]


def test_the_same_code_is_one_proposal_with_all_its_evidence() -> None:
    (one,) = merged([proposal("SMB.RB.ZZ", "40", 0, 0.5), proposal("SMB.RB.ZZ", "40", 20, 0.9)])
    assert (one.chance, one.spans) == (0.9, ((0, 5), (20, 25)))


def test_a_refusal_and_then_another_way_is_done_in_another_way() -> None:
    (one,) = merged([proposal("SMB.RA.ZZ", "50", 0, 0.9), proposal("SMB.RB.ZZ", "40", 20, 0.6)])
    assert (one.code, one.status, one.spans) == ("SMB.RB.ZZ", "45", ((0, 5), (20, 25)))


def test_done_first_and_refused_later_stay_two() -> None:
    found = merged([proposal("SMB.RB.ZZ", "40", 0), proposal("SMB.RA.ZZ", "50", 20)])
    assert [(p.code, p.status) for p in found] == [("SMB.RB.ZZ", "40"), ("SMB.RA.ZZ", "50")]


def test_two_actions_on_one_target_stay_two() -> None:
    assert len(merged([proposal("SMB.RB.ZZ", "40", 0), proposal("SMB.PH.ZZ", "40", 20)])) == 2
