"""Search words: the everyday words that staff write for each KSI target (`phrases/data/lexicon/*.yaml`), and their
matcher.

One entry a target, in files that a development lead can read and correct:

    SMB: {words: [dusch, dusch*, "nedre tvätt"], weak: [vatten], not: ["duschkräm"]}

`words` speak for the target, `weak` only hint, `not` look like a hit and take it away where they stand. `*` stands
for any letters (an ending, or the rest of a compound); several words are these words in this order within one
clause, with at most `MAX_GAP` other words between two of them. Everything is lower case; spelling is corrected
before the matching, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from phrases.literals import MAX_GAP, FirstWords, first_fit
from phrases.resources import DATA, DataError, hash_of, parse_yaml, yaml_files

LEXICON: Final = DATA / "lexicon"


class Strength(StrEnum):
    """How far a search word speaks for its target; the values are the keys of the files."""

    WORD = "words"
    WEAK = "weak"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One search word: its parts in order, each an exact word or one with a `*`; `whole` are the exact ones behind
    the first.
    """

    target: str
    strength: Strength
    parts: tuple[str, ...]
    whole: frozenset[str] = frozenset()

    @property
    def written(self) -> str:
        """The search word as it stands in the file."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Hit:
    """A search word found in a row of words, and the positions of its parts there."""

    pattern: Pattern
    positions: tuple[int, ...]

    @property
    def target(self) -> str:
        return self.pattern.target

    @property
    def strength(self) -> Strength:
        return self.pattern.strength


class Lexicon:
    """All search words, indexed by their first word."""

    def __init__(self, patterns: Iterable[Pattern], version: str) -> None:
        self.patterns: tuple[Pattern, ...] = tuple(patterns)
        self.version = version
        self._first = FirstWords((pattern.parts[0], pattern) for pattern in self.patterns)

    def starting_with(self, word: str) -> list[Pattern]:
        """The search words whose first part fits this word (lower case)."""
        return self._first.fitting(word)

    def hits(self, words: Sequence[str], at: int = 0) -> list[Hit]:
        """Search words found in one clause (lower-case words); positions count from `at`.

        A `not` entry takes away the hits of its target that stand wholly on its own words.
        """
        found: list[tuple[Pattern, tuple[int, ...]]] = []
        barred: dict[str, frozenset[int]] = {}
        present = frozenset(words)
        for first, word in enumerate(words):
            for pattern in self.starting_with(word):
                if pattern.whole and not pattern.whole <= present:
                    continue  # a cheap look before the search for the order of the words
                positions = (first,) if len(pattern.parts) == 1 else _rest(pattern.parts, words, first)
                if not positions:
                    continue
                if pattern.strength is Strength.NOT:
                    barred[pattern.target] = barred.get(pattern.target, frozenset()) | frozenset(positions)
                else:
                    found.append((pattern, positions))
        return [
            Hit(pattern, tuple(at + position for position in positions))
            for pattern, positions in found
            if not barred.get(pattern.target, frozenset()).issuperset(positions)
        ]

    def vocabulary(self) -> frozenset[str]:
        """Every word written out in full, and the stems that stand before a `*` and are a word by themselves."""
        return frozenset(
            part.rstrip("*") for pattern in self.patterns for part in pattern.parts if "*" not in part.rstrip("*")
        )


def _rest(parts: Sequence[str], words: Sequence[str], first: int) -> tuple[int, ...]:
    positions = [first]
    for part in parts[1:]:
        found = first_fit(part, words, positions[-1] + 1, MAX_GAP)
        if found < 0:
            return ()
        positions.append(found)
    return tuple(positions)


def _patterns(name: str, content: object) -> Iterator[Pattern]:
    if not isinstance(content, Mapping):
        raise DataError(f"{name}: a mapping from target to search words is wanted")
    for target, entry in content.items():
        if not isinstance(entry, Mapping) or not set(entry) <= set(Strength):
            raise DataError(f"{name}: {target}: only the keys {', '.join(Strength)} are allowed")
        for strength in Strength:
            for written in entry.get(strength) or ():
                parts = tuple(written.lower().split()) if isinstance(written, str) else ()
                if not parts or any(part.count("*") > 1 or part == "*" for part in parts):
                    raise DataError(f"{name}: {target}: {written!r} is no search word (text, at most one * a word)")
                whole = frozenset(part for part in parts[1:] if "*" not in part)
                yield Pattern(str(target), strength, parts, whole)


def load(folder: Path = LEXICON) -> Lexicon:
    """Read every lexicon file of a folder, in order of name. Raises DataError with file, target and search word."""
    paths = yaml_files(folder)
    patterns = dict.fromkeys(pattern for path in paths for pattern in _patterns(path.name, parse_yaml(path)))
    return Lexicon(patterns, hash_of(paths, folder))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with Ordbro, read once."""
    return load()
