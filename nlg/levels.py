"""The three levels of language an entry can be told at."""

from __future__ import annotations

from enum import StrEnum

from phrases.errors import InputError


class Level(StrEnum):
    """journal: complete, official terms; plain: klarspråk; easy: short sentences, everyday words ("enkel")."""

    JOURNAL = "journal"
    PLAIN = "plain"
    EASY = "easy"


LEVELS: tuple[str, ...] = tuple(level.value for level in Level)


def parse_level(value: object) -> Level:
    """A level by its name; InputError on field `level` for anything else."""
    if isinstance(value, str) and value in LEVELS:
        return Level(value)
    raise InputError("level", "Nivån ska vara journal, plain eller easy.", "The level must be one of these.", LEVELS)
