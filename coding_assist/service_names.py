"""A municipality's names of its services mapped to KSI codes: "Städ varannan vecka", "Dusch 2 ggr/v", "Matlåda".

A name is no note. How often and when is set aside before it is read; status is not read; and since a name seldom says
how the staff act, the action is the unspecified one (SZ) unless the name itself says "träning", "samtal" or the like.
Two readers have their say, the learned model and the search among all that codes are called, and a service in official
statistics (YA) competes with targets on the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.model import Model, model
from phrases.catalogue import Catalogue, catalogue
from phrases.cues import Axis
from phrases.local import selected
from phrases.search import MAX_LENGTH, Hit

__all__ = ["MAX_NAME", "Certainty", "Find", "Mapped", "Match", "NameMapper", "set_aside"]

MAX_NAME: Final = MAX_LENGTH
"""A longer name is no name."""

Find = Callable[[str, str | None], Sequence[Hit]]
"""The type-ahead: the KSI codes that a text finds within a selection, best first."""

_FOUND: Final = 0.5
"""What the first code found is worth against a target that the model is sure of; the second half of it, and so on."""
_SURE: Final = 0.5
_LEAST: Final = 0.1
_LOOKED_AT: Final = 10

_TIMES: Final = r"(?:ggr?|gånger|gång|g|x|tim(?:mar|me)?|h|min(?:uter)?|st(?:ycken)?|dgr|dagar|besök|tillfällen|pass)"
_PERIOD: Final = r"(?:v(?:ecka|eckan)?|dag(?:en)?|dygn(?:et)?|mån(?:ad(?:en)?)?|år|natt|pass)"
_DAY: Final = r"(?:mån?|tis?|ons?|tors?|fre?|lör?|sön?)"
_SET_ASIDE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\(?\b\d+(?:[.,]\d+)?(?:\s*-\s*\d+)?\s*{_TIMES}?\s*(?:/|per|i|om)\s*(?:\d+\s*)?{_PERIOD}\b\.?\)?",
        rf"\b(?:varje|varannan|vartannat|var(?:t)?\s+(?:tredje|fjärde|femte|sjätte|\d:?e))\s+{_PERIOD}\b",
        rf"\b(?:en|två|tre|fyra|fem|sex|sju)\s+{_TIMES}\s*(?:/|per|i|om)\s*{_PERIOD}\b",
        rf"\b\d+(?:[.,]\d+)?\s*{_TIMES}\b\.?",
        rf"\b{_DAY}(?:[\s,/+&-]+(?:och\s+)?{_DAY})+\b",
        r"\b(?:dgl|dagl|dagligen|veckovis|månadsvis|dygnet runt|vid behov|vb|dag|dagtid|kväll|kvällstid|natt|nattetid|"
        r"morgon|fm|em|förmiddag|eftermiddag|vard|vardag|vardagar|helg|helger|helgdag(?:ar)?|måndag|tisdag|onsdag|"
        r"torsdag|fredag|lördag|söndag)\b\.?",
    )
)
"""How often, how long and when; what no code says."""
_EDGES: Final = " \t,;:/+-–—()."

_NAMED_ACTIONS: Final = frozenset(
    (
        "practised",
        "taught",
        "informed",
        "supportive_talk",
        "treatment",
        "followed_up",
        "assessed",
        "provided",
        "adjusted",
    )
)
"""Cues that say in a name how the staff act. "Hjälp" and "stöd" do not: every service is help."""
_USUAL_ACTIONS: Final = ("SZ", "RB", "RA", "RC", "PN", "PH", "PU", "PV", "PM", "RD", "SM")


class Certainty(StrEnum):
    """How far a proposal can be relied on. A word and no number: names are too few to calibrate a probability on."""

    HIGH = "hög"
    MEDIUM = "medel"
    LOW = "låg"


@dataclass(frozen=True, slots=True)
class Match:
    """A code proposed for a name, and the phrase that the search found it by ("" where the model alone did)."""

    code: str
    certainty: Certainty
    matched: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A name, what of it was read, what was set aside (how often and when), and the proposals, best first."""

    name: str
    read: str
    set_aside: tuple[str, ...]
    matches: tuple[Match, ...]


def set_aside(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without how often and when, and what was taken away; a name that is nothing else stays whole."""
    read, taken = name, list[str]()
    for pattern in _SET_ASIDE:
        taken += [found.group().strip(_EDGES) for found in pattern.finditer(read)]
        read = pattern.sub(" ", read)
    read = " ".join(read.split()).strip(_EDGES)
    if not any(letter.isalpha() for letter in read):
        return name.strip(), ()
    return read, tuple(taken)


class NameMapper:
    """Maps names to codes. `find` is the type-ahead; `selection` ("ÄOU", "ÄOU/planering") bounds the codes. InputError
    for an unknown selection.
    """

    def __init__(
        self,
        find: Find,
        selection: str | None = None,
        learned: Model | None = None,
        known: Catalogue | None = None,
    ) -> None:
        self._find = find
        self._model = learned or model()
        self._known = known or catalogue()
        self._selection = None if selection is None else selected(selection, known=self._known)

    def map(self, name: str, limit: int = 3) -> Mapped:
        """The `limit` likeliest codes for a name of at most `MAX_NAME` characters; none if nothing speaks for any."""
        read, taken = set_aside(name)
        chances = self._chances(read)
        found = self._found(read)
        order = list(found)
        scores = {unit: chances.get(unit, 0.0) + _worth(unit, order) for unit in {*chances, *order[:_LOOKED_AT]}}
        ranked = sorted(scores, key=lambda unit: (-scores[unit], unit))
        action = self._action(read)
        matches: list[Match] = []
        for unit in ranked:
            code = self._code(unit, action)
            if code and len(matches) < limit:
                certainty = _certainty(chances.get(unit, 0.0), unit == order[0] if order else False, unit == ranked[0])
                hit = found.get(unit)
                matches.append(Match(code, certainty, hit.matched if hit else ""))
        decided = self._decided(name, read)
        if decided:
            matches = [*decided, *(match for match in matches if match.code not in {one.code for one in decided})]
        return Mapped(name, read, taken, tuple(matches[:limit]))

    def _chances(self, read: str) -> dict[str, float]:
        """The probability that the model gives each target and service."""
        chances: dict[str, float] = {}
        official = self._selection.official if self._selection else None
        for judged in self._model.judge(read, official).found:
            chances[judged.target] = max(chances.get(judged.target, 0.0), judged.probability)
        return {unit: chance for unit, chance in chances.items() if chance >= _LEAST}

    def _found(self, read: str) -> dict[str, Hit]:
        """The first hit for each target and service in the order found; word by word where the whole finds nothing."""
        hits = self._hits(read)
        if not hits:
            words = sorted(re.findall(r"\w{4,}", read), key=len, reverse=True)
            hits = next((one for one in map(self._hits, words) if one), [])
        found: dict[str, Hit] = {}
        for hit in hits:
            found.setdefault(self._unit(hit.code), hit)
        return found

    def _hits(self, text: str) -> Sequence[Hit]:
        hits = self._find(text, self._selection.name if self._selection else None)
        return [hit for hit in hits if hit.code not in self._known.administrative]

    def _unit(self, code: str) -> str:
        return self._known.activities[code].target if code in self._known.activities else code

    def _decided(self, name: str, read: str) -> list[Match]:
        """The codes that an earlier decision gave this very name."""
        hits = [hit for text in dict.fromkeys((name, read)) for hit in self._hits(text)]
        same = [
            hit for hit in hits if hit.via == "local" and hit.matched.casefold() in (name.casefold(), read.casefold())
        ]
        return [Match(code, Certainty.HIGH, name) for code in dict.fromkeys(hit.code for hit in same)]

    def _action(self, read: str) -> str:
        """The action that the name says, or ""."""
        for marks in self._model.reader.read(read).marks:
            for mark in marks:
                if mark.category.axis is Axis.ACTION and mark.category.name in _NAMED_ACTIONS:
                    return mark.category.values[0]
        return ""

    def _code(self, unit: str, action: str) -> str:
        """A target as a code: with the action that the name says, else the first usual one that exists; "" for none."""
        if unit not in self._known.targets:
            return unit if self._permits(unit) else ""
        existing = self._known.actions_of(unit)
        codes: Iterable[str] = (f"{unit}.{one}.ZZ" for one in (action, *_USUAL_ACTIONS) if one in existing)
        return next((code for code in codes if self._permits(code)), "")

    def _permits(self, code: str) -> bool:
        return self._selection is None or self._selection.permits(code, self._known)


def _worth(unit: str, order: Sequence[str]) -> float:
    return _FOUND / (1 + order.index(unit)) if unit in order else 0.0


def _certainty(chance: float, found_first: bool, best: bool) -> Certainty:
    """High where both readers agree and the model is sure; medium where one of them speaks clearly for it."""
    if best and found_first and chance >= _SURE:
        return Certainty.HIGH
    return Certainty.MEDIUM if found_first or chance >= _SURE else Certainty.LOW
