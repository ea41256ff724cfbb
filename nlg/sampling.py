"""Random phrases, spread over entry types, levels and addresses, for an editor to read, and random whole cases.

`python -m nlg.sampling --seed 7 --size 300` prints phrases, one a line; `--kind detailed` those of one kind alone. The
same seed gives the same sample as long as the bank and the patterns stand still.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product
from typing import Any, Final

from nlg.entries import parse_entry, parse_person
from nlg.entries.basic_information import items
from nlg.entries.functioning import QUALIFIERS, Construct, Moment, Source
from nlg.entries.goal_attainment import Attainment, AttainmentCause
from nlg.levels import LEVELS
from nlg.person import Address
from nlg.phrase import render
from phrases.catalogue import catalogue

RawEntry = dict[str, Any]

_PEOPLE: Final = (("Anna", "hon"), ("Lars", "han"), ("NN", "hen"))


@dataclass(frozen=True, slots=True)
class Sample:
    """One phrase to read, and what it was made from."""

    kind: str
    level: str
    address: str
    text: str
    phrase_id: str


def _codes(components: str) -> list[str]:
    return [code for code in catalogue().icf if code[0] in components]


def _assessed(chance: random.Random) -> RawEntry:
    code = chance.choice(_codes("db"))
    constructs = [Construct.PERFORMANCE] * 3 + list(Construct)
    return {
        "type": "functioning",
        "icf": code,
        "qualifier": chance.choice(QUALIFIERS),
        "moment": chance.choice([Moment.ASSESSED.value, Moment.FOLLOW_UP.value]),
        "source": chance.choice([source.value for source in Source]),
        **({"construct": chance.choice(constructs).value} if code[0] == "d" else {}),
    }


def _goal(chance: random.Random) -> RawEntry:
    return {
        "type": "functioning",
        "icf": chance.choice(_codes("d")),
        "qualifier": chance.choice(QUALIFIERS),
        "moment": "intended",
        "goal": chance.choice(["change", "keep"]),
        "by": chance.choice(["2027-03-01", "2027-11-15"]),
    }


def _activity(chance: random.Random) -> RawEntry:
    status = chance.choice(list(catalogue().statuses))
    return {"type": "activity", "ksi": chance.choice(list(catalogue().activities)), "status": status}


def _planned(chance: random.Random) -> RawEntry:
    days = chance.sample(["mon", "tue", "wed", "thu"], chance.randint(1, 3))
    return {
        **_activity(chance),
        "status": "55",
        "frequency": {"times": len(days), "per": "week"},
        "weekdays": days,
        "part_of_day": chance.choice(["morning", "lunch", "evening"]),
        "minutes": chance.choice([15, 30, 60]),
    }


_HOWS: Final = ("Börja med köket.", "Ställ fram det som behövs.", "Var två.", "Ring innan du kommer.")
_PERFORMERS: Final = ("hemtjänsten", "boendestödet", "nattpatrullen", "Maria")


def _detailed(chance: random.Random) -> RawEntry:
    """An activity in any status with some of the planning details, as they go together in real plans and journals."""
    entry = _activity(chance)
    status = entry["status"]
    if status in {"40", "45", "50"}:
        entry["date"] = chance.choice(["2027-03-01", "2027-11-15"])
    else:
        days = chance.sample(["mon", "wed", "fri", "sun"], chance.randint(1, 3))
        often = {"frequency": {"times": len(days), "per": "week"}}
        parity = {"weeks": chance.choice(["odd", "even"])}
        entry |= chance.choice([{}, often, {"weekdays": days}, often | {"weekdays": days}, parity | {"weekdays": days}])
    entry |= chance.choice([{}, {"part_of_day": chance.choice(["morning", "forenoon", "afternoon", "night"])}])
    entry |= chance.choice([{}, {"minutes": chance.choice([10, 45, 90])}])
    entry |= chance.choice([{}, {"performer": chance.choice(_PERFORMERS)}])
    entry |= chance.choice([{}, {"how": chance.choice(_HOWS)}])
    if status in {"15", "45", "50"}:
        entry |= chance.choice([{}, {"not_done_because": chance.choice(["person", "provider"])}])
    return entry


def _item(chance: random.Random) -> RawEntry:
    code = chance.choice([*catalogue().administrative, *catalogue().statistical])
    return {"type": "activity", "ksi": code, "status": chance.choice(list(catalogue().statuses))}


def _attainment(chance: random.Random) -> RawEntry:
    entry = {"type": "goal_attainment", "icf": chance.choice(_codes("db"))}
    entry["value"] = chance.choice([value.value for value in Attainment])
    entry |= chance.choice([{}, {"source": chance.choice([source.value for source in Source])}])
    return entry | chance.choice([{}, {"cause": chance.choice([cause.value for cause in AttainmentCause])}])


def _environment(chance: random.Random) -> RawEntry:
    effect = chance.choice(["barrier", "facilitator"])
    code, qualifier = chance.choice(_codes("e")), chance.choice(QUALIFIERS)
    return {"type": "related_factor", "icf": code, "qualifier": qualifier, "effect": effect, "affects": "d6402"}


def _body(chance: random.Random) -> RawEntry:
    return {"type": "related_factor", "icf": chance.choice(_codes("bs")), "qualifier": chance.choice(QUALIFIERS)}


def basics() -> Iterator[RawEntry]:
    """Basic information: every value of the items that have a list, and a date for those that take one."""
    for item, row in items().items():
        for value in {"choice": list(row.get("values", ())), "date": ["2027-03-01"]}.get(row["kind"], []):
            yield {"type": "basic_information", "item": item, "value": value}


def _basic(chance: random.Random) -> RawEntry:
    return chance.choice(list(basics()))


_KINDS: Final[dict[str, Callable[[random.Random], RawEntry]]] = {
    "assessed": _assessed,
    "goal": _goal,
    "activity": _activity,
    "planned": _planned,
    "detailed": _detailed,
    "item": _item,
    "attainment": _attainment,
    "environment": _environment,
    "body": _body,
    "basic": _basic,
}


def draw_case(seed: int) -> Iterator[RawEntry]:
    """Two entries of each kind, as a case to make a whole text of."""
    chance = random.Random(seed)
    for draw in _KINDS.values():
        yield from (draw(chance), draw(chance))


def sample(seed: int, size: int, kinds: Collection[str] = tuple(_KINDS)) -> Iterator[Sample]:
    """`size` phrases in turn over every kind, level and address; the seed decides all the rest."""
    chance = random.Random(seed)
    strata = list(product(kinds, LEVELS, [address.value for address in Address]))
    chance.shuffle(strata)
    for kind, level, address in islice(cycle(strata), size):
        name, pronoun = chance.choice(_PEOPLE)
        person = parse_person({"name": name, "pronoun": pronoun, "address": address})
        phrase = render(parse_entry(_KINDS[kind](chance)), person, level)
        yield Sample(kind, level, address, phrase.text, phrase.phrase_id)


def main() -> None:
    """Print a sample."""
    parser = argparse.ArgumentParser(description="Print random phrases for an editor to read.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--kind", choices=_KINDS, action="append", help="only this kind (may be repeated)")
    chosen = parser.parse_args()
    for number, drawn in enumerate(sample(chosen.seed, chosen.size, chosen.kind or tuple(_KINDS)), 1):
        print(f"{number}\t{drawn.kind}\t{drawn.level}\t{drawn.address}\t{drawn.text}\t{drawn.phrase_id}")


if __name__ == "__main__":
    main()
