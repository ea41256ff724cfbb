"""Life areas (livsområden): where an ICF category or a KSI code belongs in a person's documentation.

The areas are those of IBIC: the nine chapters of ICF d and four more (Socialstyrelsen, KSI in IBIC); what none of them
holds has headings of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from phrases.catalogue import Item, catalogue
from phrases.resources import read_yaml


@dataclass(frozen=True, slots=True)
class LifeArea:
    """One heading; `order` is its place in a text."""

    order: int
    heading: str


@lru_cache(maxsize=1)
def _areas() -> tuple[dict[str, LifeArea], dict[str, LifeArea]]:
    by_icf: dict[str, LifeArea] = {}
    by_ksi: dict[str, LifeArea] = {}
    for order, row in enumerate(read_yaml("life_areas.yaml")):
        area = LifeArea(order, row["heading"])
        by_icf |= dict.fromkeys(row.get("icf", ()), area)
        by_ksi |= dict.fromkeys(row.get("ksi", ()), area)
    return by_icf, by_ksi


@lru_cache(maxsize=4096)
def area_of_icf(code: str) -> LifeArea:
    """The area of a category: its own, its chapter's or its component's. KeyError for component s, which has none."""
    by_icf, _ = _areas()
    for start in (code, code[:2], code[:1]):
        if start in by_icf:
            return by_icf[start]
    raise KeyError(code)


@lru_cache(maxsize=4096)
def area_of_ksi(code: str) -> LifeArea:
    """The area of a KSI code: through the ICF category of its target, else through its chapter."""
    _, by_ksi = _areas()
    found = catalogue().ksi(code)
    if isinstance(found, Item):
        return by_ksi[found.parent[:2]]
    target = catalogue().targets[found.target]
    return by_ksi[target.chapter] if target.chapter in by_ksi else area_of_icf(target.icf[0])


def related_factors_area() -> LifeArea:
    """The heading for factors that are not said to concern any one area; it comes first."""
    return LifeArea(-1, "Relaterade faktorer")


def basic_information_area() -> LifeArea:
    """The heading for basic information; it opens a text."""
    return LifeArea(-2, "Basinformation")
