"""The verb table: infinitive, present, past and supine of every verb that Ordbro inflects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from phrases.resources import read_yaml


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The forms of one verb, each written out."""

    infinitive: str
    present: str
    past: str
    supine: str


@lru_cache(maxsize=1)
def verbs() -> dict[str, VerbForms]:
    """Every verb by its infinitive, from `data/verbs.yaml` ("städa: städar städade städat")."""
    table: dict[str, VerbForms] = {}
    for infinitive, forms in read_yaml("verbs.yaml").items():
        present, past, supine = forms.split()
        table[infinitive] = VerbForms(infinitive, present, past, supine)
    return table


def verb_forms(infinitive: str) -> VerbForms:
    """The forms of one verb; KeyError if the table lacks it (a fault of the bank, found by `ordbro check`)."""
    return verbs()[infinitive]
