"""The one question that settles a suggestion, when two actions or two targets stay close.

The questions are curated (`phrases/data/questions.yaml`); here it is only decided when one is asked, and where each
answer leads. Whoever cannot tell falls back to what is sure: the target without its action (SZ), or, where both targets
stand under one block (or chapter), that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from coding_assist.compose import UNSPECIFIED, Proposal
from phrases.catalogue import catalogue
from phrases.questions import questions

CLOSE_TARGET: Final = 0.5
"""A target whose confidence is at least this share of the suggested one's, on the same words, is a rival of it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer in easy Swedish and the code it leads to."""

    text: str
    code: str

    def as_dict(self) -> dict[str, str]:
        """The answer as the contract names it."""
        return {"text": self.text, "code": self.code}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question about one axis ("action" or "target") with its answers."""

    axis: str
    text: str
    answers: tuple[Choice, ...]

    def as_dict(self) -> dict[str, object]:
        """The question as the contract names it."""
        return {"axis": self.axis, "text": self.text, "answers": [answer.as_dict() for answer in self.answers]}


def follow_up(proposal: Proposal, others: Sequence[Proposal], permits: Callable[[str], bool]) -> FollowUp | None:
    """The question for a proposal, or None: about its action first, else about its target.

    `others` are the note's proposals; only answers that lead to a code that exists and is permitted are offered.
    """
    return _about_action(proposal, permits) or _about_target(proposal, others, permits)


def _about_action(proposal: Proposal, permits: Callable[[str], bool]) -> FollowUp | None:
    if not proposal.rival:
        return None
    action = proposal.code.split(".")[1]
    codes = {name: f"{proposal.target}.{name}.ZZ" for name in (action, proposal.rival)}
    found = questions().between("action", action, proposal.rival)
    if found is None or not all(code in catalogue().activities and permits(code) for code in codes.values()):
        return None
    answers = [Choice(text, codes[name]) for name, text in found.answers.items()]
    return FollowUp("action", found.text, (*answers, *_unsure("action", _unspecified(proposal), answers, permits)))


def _about_target(proposal: Proposal, others: Sequence[Proposal], permits: Callable[[str], bool]) -> FollowUp | None:
    for rival in others:
        if rival.target == proposal.target or rival.confidence < CLOSE_TARGET * proposal.confidence:
            continue
        found = questions().between("target", proposal.target, rival.target)
        if found is not None and _same_words(rival, proposal):
            codes = {proposal.target: proposal.code, rival.target: rival.code}
            answers = [Choice(text, codes[name]) for name, text in found.answers.items()]
            wider = _block(proposal, rival)
            return FollowUp("target", found.text, (*answers, *_unsure("target", wider, answers, permits)))
    return None


def _unsure(
    axis: str, codes: Sequence[str], answers: Sequence[Choice], permits: Callable[[str], bool]
) -> Iterator[Choice]:
    """The answer of whoever cannot tell: the first of the wider codes that exists and is permitted, if any is new."""
    known = catalogue().activities
    code = next((code for code in codes if code in known and permits(code)), "")
    if code and code not in {answer.code for answer in answers}:
        yield Choice(questions().unsure[axis], code)


def _unspecified(proposal: Proposal) -> list[str]:
    """The target without its action; support and inquiry have one code each."""
    action = catalogue().actions[proposal.code.split(".")[1]]
    return [f"{proposal.target}.{'AZ' if action.is_investigating else UNSPECIFIED}.ZZ"]


def _block(proposal: Proposal, rival: Proposal) -> list[str]:
    """The block above both targets, with the action of the proposal, else without one; nothing where there is none."""
    known = catalogue()
    if proposal.target not in known.targets or rival.target not in known.targets:
        return []
    block = known.block_of(proposal.target)
    if block != known.block_of(rival.target):
        return []
    action = proposal.code.split(".")[1]
    return [f"{block}.{action}.ZZ", f"{block}.{UNSPECIFIED}.ZZ"]


def _same_words(first: Proposal, second: Proposal) -> bool:
    """Whether any of their spans overlap; both are in order, so one walk along the two settles it."""
    mine, theirs = iter(first.spans), iter(second.spans)
    try:
        a, b = next(mine), next(theirs)
        while not (a[0] < b[1] and b[0] < a[1]):
            if a[1] <= b[1]:
                a = next(mine)
            else:
                b = next(theirs)
    except StopIteration:
        return False
    return True
