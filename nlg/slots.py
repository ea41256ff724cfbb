"""Frames with slots for the person, and their realisation.

A frame is a stretch of Swedish such as `klä på {sig}` or `uppmuntra {person} att klä på {sig}`. Whether a slot is
reflexive follows from who is subject where it stands, and is settled when the frame is parsed:

- in a frame that the person governs (`bound`), every slot is reflexive: "NN har svårt att städa *sin* bostad";
- in a frame that someone else governs it is not: "Personalen städar *NN:s* bostad";
- after `{hen}` the person is subject: "bedömer hur NN klarar att städa *sin* bostad";
- after `{person} att` the person is the understood subject: "hjälper NN att städa *sin* bostad".

Only the first free mention shows the name; the later ones are pronouns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from nlg.person import Person, Possessive


class SlotKind(StrEnum):
    """What a slot asks for; the names are the slots of docs/writing-rules.md."""

    REFLEXIVE = "sig"
    OWN_COMMON = "sin"
    OWN_NEUTER = "sitt"
    OWN_PLURAL = "sina"
    SUBJECT = "hen"
    OBJECT = "person"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot; `bound` means that the person is subject where it stands."""

    kind: SlotKind
    bound: bool


Frame = tuple[str | Slot, ...]

_SLOT: Final = re.compile(r"\{(\w+)\}")
_AGREEMENT: Final[dict[SlotKind, Callable[[Possessive], str]]] = {
    SlotKind.OWN_COMMON: lambda p: p.common,
    SlotKind.OWN_NEUTER: lambda p: p.neuter,
    SlotKind.OWN_PLURAL: lambda p: p.plural,
}


@lru_cache(maxsize=16384)
def parse_frame(text: str, bound: bool) -> Frame:
    """The frame behind `text`; `bound` says whether the person governs it from the start.

    ValueError for a slot that does not exist: a fault of the phrase bank, not of a user.
    """
    parts: list[str | Slot] = []
    position = 0
    for match in _SLOT.finditer(text):
        literal = text[position : match.start()]
        if literal:
            bound = bound or _hands_over(parts, literal)
            parts.append(literal)
        kind = SlotKind(match[1])
        if kind is SlotKind.SUBJECT:
            parts.append(Slot(kind, bound))
            bound = True
        else:
            parts.append(Slot(kind, bound))
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts)


def _hands_over(before: list[str | Slot], literal: str) -> bool:
    """True where an infinitive begins whose understood subject is the person."""
    if " förmåga att " in literal:
        return True
    after_object = bool(before) and isinstance(before[-1], Slot) and before[-1].kind is SlotKind.OBJECT
    return after_object and " att " in literal


def realise(frame: Frame, person: Person, *, mentioned: bool = False) -> str:
    """The frame in words for one person; `mentioned` says that the name already stands in the sentence."""
    words: list[str] = []
    for part in frame:
        if isinstance(part, str):
            words.append(part)
            continue
        words.append(_fill(part, person, mentioned))
        mentioned = mentioned or not part.bound or part.kind is SlotKind.SUBJECT
    return "".join(words)


def _fill(slot: Slot, person: Person, mentioned: bool) -> str:
    kind = slot.kind
    if kind is SlotKind.SUBJECT:
        return person.subject(mentioned=mentioned)
    if kind is SlotKind.OBJECT:
        return person.object(mentioned=mentioned)
    if kind is SlotKind.REFLEXIVE:
        return person.forms.reflexive if slot.bound else person.object(mentioned=mentioned)
    return _AGREEMENT[kind](person.forms.own if slot.bound else person.possessive(mentioned=mentioned))


def mentions_person(text: str) -> bool:
    """True if the frame holds any slot at all."""
    return _SLOT.search(text) is not None
