"""Agreement of article and adjective with an indefinite noun."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Gender(StrEnum):
    """Grammatical gender of a noun: en svårighet, ett problem."""

    COMMON = "en"
    NEUTER = "ett"


@dataclass(frozen=True, slots=True)
class Adjective:
    """The indefinite forms of an adjective or participle."""

    common: str
    neuter: str
    plural: str


ADJECTIVES: Final[dict[str, Adjective]] = {
    "lätt": Adjective("lätt", "lätt", "lätta"),
    "måttlig": Adjective("måttlig", "måttligt", "måttliga"),
    "stor": Adjective("stor", "stort", "stora"),
    "svår": Adjective("svår", "svårt", "svåra"),
    "total": Adjective("total", "totalt", "totala"),
    "planerad": Adjective("planerad", "planerat", "planerade"),
}


def agree(adjective: str, gender: Gender) -> str:
    """The indefinite singular form: (måttlig, ett) -> måttligt. KeyError for an adjective that is not listed."""
    forms = ADJECTIVES[adjective]
    return {Gender.COMMON: forms.common, Gender.NEUTER: forms.neuter}[gender]


def indefinite(noun: str, gender: Gender, adjective: str) -> str:
    """An indefinite noun phrase: (svårighet, en, måttlig) -> "en måttlig svårighet"."""
    return f"{gender.value} {agree(adjective, gender)} {noun}"
