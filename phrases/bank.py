"""The phrase bank: the project's own wording for every ICF category and KSI code, with explanations and glossary.

The files below `data/bank` follow docs/writing-rules.md. The bank knows nothing of grammar: a wording is a frame with
slots that `nlg` fills. What the files leave out (residual categories, codes without curated wording) is made by `nlg`
from the official term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from phrases.resources import files, read_yaml, version_of


@dataclass(frozen=True, slots=True)
class IcfWording:
    """A category at the three levels: a verb phrase (d) or a noun phrase (b, s, e), with slots."""

    code: str
    journal: str
    plain: str
    easy: str
    explain: str
    terms: tuple[str, ...]

    def at(self, level: str) -> str:
        """The frame at a level ("journal", "plain" or "easy")."""
        return {"journal": self.journal, "plain": self.plain, "easy": self.easy}[level]


@dataclass(frozen=True, slots=True)
class KsiWording:
    """A KSI target: the topic of the official titles with slots, and the parts of the staff's verb phrases.

    `parts[level][field]` is filled for plain and easy; the meaning of each field stands in docs/writing-rules.md.
    """

    code: str
    topic: str
    ability: bool
    plain: Mapping[str, str]
    easy: Mapping[str, str]
    explain: str
    terms: tuple[str, ...]

    def part(self, level: str, name: str) -> str:
        """One field at plain or easy, with its default; KeyError if the target cannot have it."""
        parts = {"plain": self.plain, "easy": self.easy}[level]
        return parts[name]


@dataclass(frozen=True, slots=True)
class ItemWording:
    """An administrative or statistical code: a verb phrase (XA) or a noun phrase (YA) at plain and easy.

    `matter` is what the easy wording leaves to a sentence of its own ("Det gäller ..."); "" where it says all.
    """

    code: str
    journal: str
    plain: str
    easy: str
    matter: str
    explain: str
    terms: tuple[str, ...]

    def at(self, level: str) -> str:
        """The frame at a level; "" at level journal where the official title serves."""
        return {"journal": self.journal, "plain": self.plain, "easy": self.easy}[level]


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything the bank holds, by code."""

    icf: Mapping[str, IcfWording]
    targets: Mapping[str, KsiWording]
    items: Mapping[str, ItemWording]
    actions: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, Mapping[str, str]]
    glossary: Mapping[str, str]
    version: str


@lru_cache(maxsize=1)
def bank() -> Bank:
    """The bank, read once."""
    return Bank(
        icf={code: _icf(code, raw) for code, raw in _merged("bank/icf").items()},
        targets={code: _target(code, raw) for code, raw in _merged("bank/ksi", skip=_SINGLE).items()},
        items={code: _item(code, raw) for code, raw in _merged("bank/items").items()},
        actions=_single("actions"),
        statuses={str(code): raw for code, raw in _single("statuses").items()},
        glossary=_merged("glossary"),
        version=version_of("bank", "glossary"),
    )


_SINGLE: Final = frozenset({"bank/ksi/actions.yaml", "bank/ksi/statuses.yaml"})


def _single(name: str) -> Any:
    return read_yaml(f"bank/ksi/{name}.yaml")


def _merged(folder: str, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for relative in files(folder):
        if relative not in skip:
            merged.update(read_yaml(relative) or {})
    return merged


def _terms(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(raw.get("terms") or ())


def _icf(code: str, raw: Mapping[str, Any]) -> IcfWording:
    journal = raw["journal"]
    plain = raw.get("plain", journal)
    return IcfWording(code, journal, plain, raw.get("easy", plain), raw.get("explain", ""), _terms(raw))


def _target(code: str, raw: Mapping[str, Any]) -> KsiWording:
    plain = _with_defaults(raw["plain"])
    easy = _with_defaults({**raw["plain"], **(raw.get("easy") or {})})
    return KsiWording(code, raw["topic"], bool(raw["ability"]), plain, easy, raw.get("explain", ""), _terms(raw))


def _with_defaults(parts: Mapping[str, str]) -> dict[str, str]:
    """The fields with their defaults, all drawn from `does` of the same level."""
    full = dict(parts)
    does = full.get("does")
    if does is not None:
        full.setdefault("for", does)
        full.setdefault("about", f"att {does}")
        full.setdefault("assess", f"hur {{hen}} klarar att {does}")
        full.setdefault("encourage", f"uppmuntra {{person}} att {does}")
    return full


def _item(code: str, raw: Mapping[str, Any]) -> ItemWording:
    plain, easy = raw["plain"], raw.get("easy", raw["plain"])
    return ItemWording(
        code, raw.get("journal", ""), plain, easy, raw.get("matter", ""), raw.get("explain", ""), _terms(raw)
    )
