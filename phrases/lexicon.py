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

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

LEXICON: Final = Path(__file__).parent / "data" / "lexicon"
MAX_GAP: Final = 3


class Strength(StrEnum):
    """How far a search word speaks for its target; the values are the keys of the files."""

    WORD = "words"
    WEAK = "weak"
    NOT = "not"


class LexiconError(ValueError):
    """A lexicon file breaks the format; the message names file, target and search word (our own data, no note)."""


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
    """All search words, indexed so that one word is looked up in a few dictionary reads.

    A part with a `*` is found through the letters before it; the letters behind it are then compared.
    """

    def __init__(self, patterns: Iterable[Pattern], version: str) -> None:
        self.patterns: tuple[Pattern, ...] = tuple(patterns)
        self.version = version
        self._exact: dict[str, list[Pattern]] = defaultdict(list)
        self._prefix: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        for pattern in self.patterns:
            before, star, behind = pattern.parts[0].partition("*")
            if star:
                self._prefix[before].append((behind, pattern))
            else:
                self._exact[before].append(pattern)
        self._longest = max((len(prefix) for prefix in self._prefix), default=0)
        self._starting: dict[str, tuple[Pattern, ...]] = {}

    def starting_with(self, word: str) -> tuple[Pattern, ...]:
        """The search words whose first part fits this word (lower case)."""
        known = self._starting.get(word)
        if known is None:
            known = tuple(self._find(word))
            if len(self._starting) < 50_000:
                self._starting[word] = known
        return known

    def _find(self, word: str) -> Iterator[Pattern]:
        yield from self._exact.get(word, ())
        for length in range(min(len(word), self._longest) + 1):
            for behind, pattern in self._prefix.get(word[:length], ()):
                if word[length:].endswith(behind):
                    yield pattern

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


def fits(part: str, word: str) -> bool:
    """Whether a word fits one part of a search word (`*` = any letters, none included)."""
    before, star, behind = part.partition("*")
    if not star:
        return word == before
    return len(word) >= len(before) + len(behind) and word.startswith(before) and word.endswith(behind)


def _rest(parts: Sequence[str], words: Sequence[str], first: int) -> tuple[int, ...]:
    positions = [first]
    for part in parts[1:]:
        at = positions[-1] + 1
        found = next((i for i in range(at, min(at + MAX_GAP + 1, len(words))) if fits(part, words[i])), None)
        if found is None:
            return ()
        positions.append(found)
    return tuple(positions)


def _patterns(name: str, content: object) -> Iterator[Pattern]:
    if not isinstance(content, Mapping):
        raise LexiconError(f"{name}: a mapping from target to search words is wanted")
    for target, entry in content.items():
        if not isinstance(entry, Mapping) or not set(entry) <= set(Strength):
            raise LexiconError(f"{name}: {target}: only the keys {', '.join(Strength)} are allowed")
        for strength in Strength:
            for written in entry.get(strength) or ():
                parts = tuple(written.lower().split()) if isinstance(written, str) else ()
                if not parts or any(part.count("*") > 1 or part == "*" for part in parts):
                    raise LexiconError(f"{name}: {target}: {written!r} is no search word (text, at most one * a word)")
                whole = frozenset(part for part in parts[1:] if "*" not in part)
                yield Pattern(str(target), strength, parts, whole)


def load(folder: Path = LEXICON) -> Lexicon:
    """Read every lexicon file of a folder, in order of name. Raises LexiconError with file and target."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    digest = hashlib.sha256()
    patterns: dict[Pattern, None] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = path.read_bytes()
        digest.update(content)
        try:
            tree = yaml.load(content, Loader=loader)  # noqa: S506 - a safe loader either way
        except yaml.YAMLError as error:
            raise LexiconError(f"{path.name}: no valid YAML: {error}") from None
        patterns.update(dict.fromkeys(_patterns(path.name, tree)))
    return Lexicon(patterns, digest.hexdigest()[:12])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with Ordbro, read once."""
    return load()
