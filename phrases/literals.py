"""Literals, the words that search words and cues are written with: `dusch*`, `*dusch`, `nedre tvätt`.

`*` stands for any letters, none included, once a word. Everything is lower case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

_KEY: Final = 3
"""By so many letters the lengths of longer prefixes are known: most words have none or one to try."""

MAX_GAP: Final = 3
"""How many other words may stand between two words of a literal, where it allows any."""


def fits(part: str, word: str) -> bool:
    """Whether a word fits one word of a literal."""
    before, star, behind = part.partition("*")
    if not star:
        return word == before
    return len(word) >= len(before) + len(behind) and word.startswith(before) and word.endswith(behind)


def first_fit(part: str, words: Sequence[str], at: int, gap: int) -> int:
    """The position from `at` on, behind at most `gap` other words, of the first word that fits; -1 where none does."""
    for position in range(at, min(at + gap + 1, len(words))):
        if fits(part, words[position]):
            return position
    return -1


class FirstWords(Generic[Item]):
    """Items found by the first word of their literal, in a few dictionary reads a word.

    Keeps nothing of what is looked up: the words of a note are gone when the answer is.
    """

    def __init__(self, items: Iterable[tuple[str, Item]]) -> None:
        self._exact: dict[str, list[Item]] = defaultdict(list)
        self._prefix: dict[str, list[tuple[str, Item]]] = defaultdict(list)
        for part, item in items:
            before, star, behind = part.partition("*")
            if star:
                self._prefix[before].append((behind, item))
            else:
                self._exact[before].append(item)
        self._short = tuple(sorted({len(prefix) for prefix in self._prefix if len(prefix) < _KEY}))
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for prefix in sorted(self._prefix, key=len):
            if len(prefix) >= _KEY and len(prefix) not in self._lengths[prefix[:_KEY]]:
                self._lengths[prefix[:_KEY]].append(len(prefix))

    def fitting(self, word: str) -> list[Item]:
        """The items whose first word fits this one: exact ones first, then the shorter prefix before the longer."""
        found = list(self._exact.get(word, ()))
        for length in (*self._short, *self._lengths.get(word[:_KEY], ())):
            for behind, item in self._prefix.get(word[:length], ()):
                if len(word) >= length and word[length:].endswith(behind):
                    found.append(item)
        return found
