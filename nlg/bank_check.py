"""The lint of the phrase bank: what docs/writing-rules.md asks for, as far as a program can see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from nlg.levels import Level
from nlg.patterns import load
from nlg.slots import SlotKind
from nlg.verbs import split_phrase
from phrases.bank import Bank, KsiWording, bank
from phrases.catalogue import catalogue
from phrases.verbs import verbs

MAX_EASY_WORDS: Final = {"d": 8, "b": 7, "s": 5, "e": 7, "X": 9, "Y": 7}
"""By the first letter of a code: with more, a sentence at level easy would be longer than twelve words."""

_SLOT: Final = re.compile(r"\{([^{}]*)\}")
_FIELD: Final = re.compile(r"<(?:om )?(\w+)>")
_PRONOUNS: Final = "sig sin sitt sina dig din ditt dina hen hens han hans hon hennes henne honom NN man"
_BARE: Final = re.compile(rf"(?<![\w{{])(?<!god )(?:{'|'.join(_PRONOUNS.split())})(?![\w}}])")
"""Words that only the slots may say; a "god man" is somebody else."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the code it concerns, where in the entry, and what to do (Swedish, for the editor of the bank)."""

    code: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} {self.field}: {self.message}"


def check_bank(subject: Bank | None = None) -> list[Finding]:
    """Every fault of the bank, in the order of its entries; an empty list is what we want."""
    subject = subject or bank()
    return [*_check_icf(subject), *_check_targets(subject), *_check_glossary(subject), *_check_residue(subject)]


def _frame_faults(code: str, field: str, frame: str) -> Iterator[Finding]:
    kinds = {kind.value for kind in SlotKind}
    for name in _SLOT.findall(frame):
        if name not in kinds:
            yield Finding(code, field, f"Luckan {{{name}}} finns inte. Välj bland {', '.join(sorted(kinds))}.")
    if _SLOT.sub("", frame).count("{") or _SLOT.sub("", frame).count("}"):
        yield Finding(code, field, "En klammer är öppnad men inte stängd.")
    bare = _BARE.search(_SLOT.sub("", frame))
    if bare:
        yield Finding(code, field, f"Skriv en lucka i stället för ordet ”{bare[0]}”.")
    if "klarar att klara" in frame:
        yield Finding(code, field, "Skriv om: ”klarar att klara”.")
    if frame != " ".join(frame.split()) or frame.endswith((".", ",")):
        yield Finding(code, field, "Ta bort extra mellanslag och avslutande skiljetecken.")


def _too_long(code: str, easy: str) -> Iterator[Finding]:
    most = MAX_EASY_WORDS[code[0]]
    if len(easy.split()) > most:
        yield Finding(code, "easy", f"Högst {most} ord på den enkla nivån.")


def _check_icf(subject: Bank) -> Iterator[Finding]:
    for code, wording in subject.icf.items():
        if code not in catalogue().icf:
            yield Finding(code, "kod", "Koden finns inte i ICF 2025.")
            continue
        for level in Level:
            yield from _frame_faults(code, level.value, wording.at(level.value))
        yield from _too_long(code, wording.easy)


def _check_targets(subject: Bank) -> Iterator[Finding]:
    for code in catalogue().targets:
        if code not in subject.targets:
            yield Finding(code, "kod", "Inriktningen saknas i frasbanken.")
    for code, wording in subject.targets.items():
        if code not in catalogue().targets:
            yield Finding(code, "kod", "Inriktningen finns inte i KSI 2025.")
            continue
        yield from _frame_faults(code, "topic", wording.topic)
        for level in (Level.PLAIN, Level.EASY):
            yield from _check_parts(code, level, wording)


def _check_parts(code: str, level: Level, wording: KsiWording) -> Iterator[Finding]:
    parts: Mapping[str, str] = {Level.PLAIN: wording.plain, Level.EASY: wording.easy}[level]
    for field, frame in parts.items():
        yield from _frame_faults(code, f"{level.value}.{field}", frame)
    for action in catalogue().actions_of(code):
        template: str = load("activity")["actions"][action][level.value]
        for field in _FIELD.findall(template):
            if field not in parts:
                yield Finding(code, f"{level.value}.{field}", f"Fältet behövs för agerandet {action}.")
            elif template.startswith("<") and (head := split_phrase(parts[field])[0]) not in verbs():
                yield Finding(code, f"{level.value}.{field}", f"Verbet ”{head}” saknas i verbs.yaml.")


def _check_glossary(subject: Bank) -> Iterator[Finding]:
    terms = {code: wording.terms for code, wording in subject.icf.items()}
    terms |= {code: wording.terms for code, wording in subject.targets.items()}
    terms |= {code: item.terms for code, item in subject.items.items()}
    for code, listed in terms.items():
        for term in listed:
            if term not in subject.glossary:
                yield Finding(code, "terms", f"Ordet ”{term}” saknas i ordlistan.")


def _check_residue(subject: Bank) -> Iterator[Finding]:
    for code, item in subject.items.items():
        if code not in catalogue().administrative and code not in catalogue().statistical:
            yield Finding(code, "kod", "Koden finns inte i KSI 2025.")
        for field, text in (("journal", item.journal), ("plain", item.plain), ("easy", item.easy)):
            yield from _frame_faults(code, field, text)
            head = split_phrase(text)[0]
            if code.startswith("X") and head and head not in verbs():
                yield Finding(code, field, f"Verbet ”{head}” saknas i verbs.yaml.")
        yield from _frame_faults(code, "matter", item.matter)
        yield from _too_long(code, item.easy)
