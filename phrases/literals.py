"""Literals, the words that search words and cues are written with: `dusch*`, `*dusch`, `nedre tvätt`.

`*` stands for any letters, none included, once a word. Everything is lower case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")

MAX_GAP = 3
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
        self._lengths: dict[str, tuple[int, ...]] = _lengths(self._prefix)

    def fitting(self, word: str) -> Iterator[Item]:
        """The items whose first word fits this one."""
        yield from self._exact.get(word, ())
        for length in self._lengths.get(word[:1], self._lengths.get("", ())):
            if length <= len(word):
                for behind, item in self._prefix.get(word[:length], ()):
                    if word[length:].endswith(behind):
                        yield item


def _lengths(prefixes: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first letter (and "" for the others) the lengths of the prefixes that a word with it may have."""
    found: dict[str, set[int]] = defaultdict(set)
    for prefix in prefixes:
        found[prefix[:1]].add(len(prefix))
    always = found.get("", set())
    return {letter: tuple(sorted(lengths | always)) for letter, lengths in found.items()}
