"""Related factors: body functions, structures, environment and personal factors that help or hinder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from nlg.entries.functioning import Source, contradiction, read_category, read_qualifier, read_source
from nlg.entries.reading import MAX_FREE_TEXT, choice, code, fault, only_known, required, text
from phrases.catalogue import Category, catalogue
from phrases.codes import IcfReference, parse_icf


class Effect(StrEnum):
    """Whether a factor hinders or helps."""

    BARRIER = "barrier"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class RelatedFactor:
    """A factor and its grade; `affects` is the category that it helps or hinders.

    `nature` and `location` are the second and third qualifier of a structure (ICF 2025), if given.
    """

    category: Category
    qualifier: int
    effect: Effect | None = None
    nature: int | None = None
    location: int | None = None
    source: Source | None = None
    affects: Category | None = None


@dataclass(frozen=True, slots=True)
class PersonalFactor:
    """A personal factor in the writer's own words: ICF has no codes for them."""

    description: str
    effect: Effect
    affects: Category | None = None


_FIELDS: Final = frozenset({"type", "icf", "qualifier", "effect", "source", "affects", "personal_factor"})
_SIGNS: Final = {".": Effect.BARRIER, "+": Effect.FACILITATOR}


@lru_cache(maxsize=8192)
def _reference(notation: str) -> tuple[IcfReference, Category]:
    reference = parse_icf(notation)
    return reference, catalogue().icf_category(reference.code)


def read_related_factor(raw: Mapping[str, Any]) -> RelatedFactor | PersonalFactor:
    """A factor from its JSON object: by `icf`, or by `personal_factor` in words. InputError names the field."""
    only_known("entry", raw, _FIELDS)
    affects = read_category(raw["affects"], field="affects") if "affects" in raw else None
    if "personal_factor" in raw:
        description = text("personal_factor", raw["personal_factor"], MAX_FREE_TEXT)
        return PersonalFactor(description, choice("effect", required(raw, "effect"), Effect), affects)
    reference, category = _reference(code("ICF", required(raw, "icf"), "e1151", field="icf"))
    if reference.component == "d":
        raise fault(
            "icf",
            "En relaterad faktor anges med en kod som börjar på b, s eller e.",
            "A related factor takes a code of component b, s or e.",
            ("b...", "s...", "e..."),
        )
    return RelatedFactor(
        category,
        _graded(reference, raw),
        _effect(reference, raw),
        reference.nature,
        reference.location,
        read_source(raw),
        affects,
    )


def _graded(reference: IcfReference, raw: Mapping[str, Any]) -> int:
    if "qualifier" not in raw:
        if reference.performance is None:
            raise fault("qualifier", "Graden saknas.", "The qualifier is missing.")
        return reference.performance
    said = read_qualifier(raw["qualifier"])
    if reference.performance not in {None, said}:
        raise contradiction()
    return said


def _effect(reference: IcfReference, raw: Mapping[str, Any]) -> Effect | None:
    """Environment helps or hinders, said by the field or by the sign; functions and structures do neither."""
    said = choice("effect", raw["effect"], Effect) if "effect" in raw else None
    if reference.component != "e":
        if said is not None:
            raise fault("effect", "Fältet hör till omgivning (e).", "The field belongs to environment (e).")
        return None
    noted = _SIGNS.get(reference.sign)
    if said is not None and noted not in {None, said}:
        raise fault("effect", "Fältet motsäger tecknet i koden.", "The field contradicts the sign in the code.")
    found = said or noted
    if found is None:
        raise fault(
            "effect",
            "Ange om faktorn hindrar eller underlättar.",
            "Say whether the factor hinders or helps.",
            tuple(effect.value for effect in Effect),
        )
    return found
