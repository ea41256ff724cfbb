"""The person an entry is about."""

from __future__ import annotations

from typing import Final

from nlg.entries.reading import MAX_NAME, choice, mapping, only_known, text
from nlg.person import Address, Person, Pronoun

_PERSON_FIELDS: Final = frozenset({"name", "pronoun", "address"})
DEFAULT_PERSON: Final = Person()


def parse_person(raw: object) -> Person:
    """The person from {"name", "pronoun", "address"}, all optional; None gives NN, hen, third person."""
    if raw is None:
        return DEFAULT_PERSON
    fields = mapping("person", raw)
    only_known("person", fields, _PERSON_FIELDS)
    return Person(
        text("person.name", fields["name"], MAX_NAME) if "name" in fields else DEFAULT_PERSON.name,
        choice("person.pronoun", fields.get("pronoun", "hen"), Pronoun),
        choice("person.address", fields.get("address", "third"), Address),
    )
