"""From judged candidates to proposals: compose target, action and status, verify, fall back, merge.

Every step works on one value, `Proposal`, and is a function of its own; the order of the steps stands in `proposals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import exp
from typing import Final

from models.candidates import Candidate, Heads, log_odds
from models.model import Judged
from phrases.catalogue import Catalogue
from phrases.local import Selected

DONE, OTHER_WAY, NOT_DONE = "40", "45", "50"
UNSPECIFIED: Final = "SZ"
# An action this likely, measured against the likeliest, is a rival of it.
CLOSE_ACTION: Final = 0.5
# An action less likely than this, and hardly likelier than the next, is left unspecified where the target allows it.
SURE_ACTION: Final = 0.3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code with a status; `spans` are its evidence as offsets, `chance` the probability of its target.

    `rival` is the action that stays close to the chosen one ("" where the choice is clear).
    """

    code: str
    target: str
    status: str
    chance: float
    confidence: float
    spans: tuple[tuple[int, int], ...]
    rival: str = ""


@dataclass(frozen=True)
class Composer:
    """What composing needs to know: the catalogue, the selection (None: all codes), the names of the heads' classes
    and the calibration.
    """

    catalogue: Catalogue
    selection: Selected | None
    heads: Heads
    calibration: Sequence[float]

    def proposals(self, judged: Iterable[Judged]) -> list[Proposal]:
        """The proposals for a note, most likely first."""
        composed = [proposal for one in judged for proposal in self.compose(one)]
        return sorted(merged(composed), key=lambda p: (-p.confidence, p.spans, p.code))

    def compose(self, judged: Judged) -> list[Proposal]:
        """A candidate as a code with a status: none when no action of the target is allowed."""
        candidate = judged.candidate
        status = self.heads.status_names[int(candidate.statuses.argmax())]
        span = ((judged.start, judged.end),)
        if candidate.target not in self.catalogue.targets:
            if not self.permits(candidate.target):
                return []
            confidence = self.confidence(judged.probability, 1.0)
            return [Proposal(candidate.target, candidate.target, status, judged.probability, confidence, span)]
        shares = self._shares(candidate)
        if not shares:
            return []
        action = max(shares, key=lambda name: shares[name])
        if shares[action] < SURE_ACTION * sum(shares.values()) and UNSPECIFIED in shares:
            action = UNSPECIFIED
        # a share among the actions that exist, as the calibration was fitted on
        confidence = self.confidence(judged.probability, shares[action] / sum(shares.values()))
        code = f"{candidate.target}.{action}.ZZ"
        rival = _rival(shares, action)
        return [Proposal(code, candidate.target, status, judged.probability, confidence, span, rival)]

    def _shares(self, candidate: Candidate) -> dict[str, float]:
        """The actions that exist for the target and are permitted, with their shares.

        Support that a local choice leaves out is still support: its share goes to the unspecified action, where that is
        kept, else to the likeliest support.
        """
        existing = self.catalogue.actions_of(candidate.target)
        shares = {
            name: float(candidate.actions[place])
            for place, name in enumerate(self.heads.action_names)
            if name in existing
        }
        kept = {name: share for name, share in shares.items() if self.permits(f"{candidate.target}.{name}.ZZ")}
        support = [name for name in kept if not self.catalogue.actions[name].is_investigating]
        withheld = self.selection.withheld if self.selection else frozenset()
        if withheld and support:
            heir = UNSPECIFIED if UNSPECIFIED in support else max(support, key=lambda name: kept[name])
            kept[heir] += sum(share for name, share in shares.items() if f"{candidate.target}.{name}.ZZ" in withheld)
        return kept

    def permits(self, code: str) -> bool:
        """Whether a code may be proposed in the chosen selection."""
        return self.selection is None or code in self._permitted

    @cached_property
    def _permitted(self) -> frozenset[str]:
        codes, selection = self.catalogue, self.selection
        known = (*codes.activities, *codes.statistical)
        return frozenset(code for code in known if selection is None or selection.permits(code, codes))

    def confidence(self, target: float, action: float) -> float:
        """The probability that the whole code is right, from those of its target and its action."""
        constant, of_target, of_action = self.calibration
        return 1 / (1 + exp(-(constant + of_target * log_odds(target) + of_action * log_odds(action))))


def _rival(shares: Mapping[str, float], action: str) -> str:
    """The likeliest other action, if it is close to the chosen one."""
    others = {name: share for name, share in shares.items() if name != action}
    best = max(others, key=lambda name: others[name], default="")
    return best if best and others[best] >= CLOSE_ACTION * shares[action] else ""


def merged(found: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of one target put together: same code and status join, a refusal with another way of doing it is
    status 45.

    The evidence is gathered beside and put in at the end, so that time grows with the mentions and not with their
    square.
    """
    result: list[Proposal] = []
    evidence: list[set[tuple[int, int]]] = []
    for proposal in sorted(found, key=lambda p: p.spans):
        place = next((i for i, other in enumerate(result) if _belong(other, proposal)), -1)
        if place < 0:
            result.append(proposal)
            evidence.append(set(proposal.spans))
        else:
            result[place] = _joined(result[place], proposal)
            evidence[place].update(proposal.spans)
    return [replace(one, spans=tuple(sorted(spans))) for one, spans in zip(result, evidence, strict=True)]


def _belong(first: Proposal, second: Proposal) -> bool:
    return first.code == second.code or (first.target == second.target and _other_way(first, second))


def _other_way(first: Proposal, second: Proposal) -> bool:
    return first.status == NOT_DONE and second.status in (DONE, OTHER_WAY)


def _joined(first: Proposal, second: Proposal) -> Proposal:
    """Both as one, with the evidence of the surer."""
    surer = max(first, second, key=lambda p: p.chance)
    status = OTHER_WAY if _other_way(first, second) else surer.status
    code = second.code if _other_way(first, second) else surer.code
    return replace(surer, code=code, status=status, confidence=max(first.confidence, second.confidence))
