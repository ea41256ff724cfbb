"""The words of a search: how a text falls into words, how they fold, and which of many sets have them.

A set is the bits of a whole number; what a bit stands for (a code, a phrase) is for the one who made the sets to know.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Final, TypeAlias

__all__ = ["OpenWords", "Sets", "Vocabulary", "fold", "is_small", "open_words", "telling", "with_folded", "words"]

Sets: TypeAlias = defaultdict[str, int]

SMALL_WORDS: Final = frozenset(
    {
        "att", "av", "avseende", "behöver", "beteenden", "en", "ett", "få", "får", "för", "hjälp", "hjälpa", "hjälper",
        "hjälpt", "hjälpte", "i", "med", "och", "om", "på", "som", "sig", "sin", "sitt", "sina", "till", "vanor", "vid",
    }
)  # fmt: skip
"""Words that tell no code from another where everyday words are matched; titles are matched with them."""
_FOLDED: Final = str.maketrans("åäöéèüæø", "aaoeeuao")
_SMALL_ALIKE: Final = SMALL_WORDS | {word.translate(_FOLDED) for word in SMALL_WORDS}
_WORD: Final = re.compile(r"\w+")
_OPEN: Final = re.compile(r"(\w+)\*")
_SHORTEST_INSIDE: Final = 4
_SHORTEST_OPEN: Final = 3
_SHORTEST_MISSPELT: Final = 4
_LAST: Final = "\U0010ffff"
_LONG: Final = 6


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def telling(found: Sequence[str]) -> Sequence[str]:
    """The words without the small ones; if there are only small ones, all."""
    return [word for word in found if not is_small(word)] or found


def is_small(word: str) -> bool:
    """Whether a word tells no code from another, with or without its å ä ö."""
    return word in _SMALL_ALIKE


def open_words(text: str) -> list[str]:
    """The beginnings of words that a `*` leaves open."""
    return _OPEN.findall(text.lower())


def fold(word: str) -> str:
    """The word with å ä ö and accents folded away."""
    return word.translate(_FOLDED)


def with_folded(*tables: Sets) -> Sets:
    """The tables as one, their words folded."""
    folded: Sets = defaultdict(int)
    for table in tables:
        for word, members in table.items():
            folded[fold(word)] |= members
    return folded


class OpenWords:
    """Beginnings of words that any ending may follow ("dusch*"), and the words that only look as if one did."""

    def __init__(self) -> None:
        self._open: Sets = defaultdict(int)
        self._never: Sets = defaultdict(int)
        self._never_open: Sets = defaultdict(int)

    def add(self, text: str, members: int) -> None:
        """Every open beginning in a text, for these members."""
        for start in open_words(text):
            self._open[start] |= members

    def bar(self, word: str, members: int) -> None:
        """A word, or a beginning with a `*`, that is none of these members' words."""
        (self._never_open if word.endswith("*") else self._never)[word.rstrip("*").lower()] |= members

    def folded(self) -> "OpenWords":
        """The same with å ä ö folded."""
        same = OpenWords()
        same._open, same._never, same._never_open = map(with_folded, (self._open, self._never, self._never_open))
        return same

    def continued(self, word: str) -> list[tuple[int, int]]:
        """Length and members of each beginning that `word` continues, the longest first."""
        found = list(_beginnings(self._open, word))
        if not found:
            return found
        barred = reduce(or_, (members for _, members in _beginnings(self._never_open, word)), self._never.get(word, 0))
        return [(length, members & ~barred) for length, members in found]

    def members(self, word: str) -> int:
        """All members with a beginning that `word` continues."""
        return reduce(or_, (members for _, members in self.continued(word)), 0)


def _beginnings(table: Mapping[str, int], word: str) -> Iterator[tuple[int, int]]:
    for length in range(len(word), _SHORTEST_OPEN - 1, -1):
        if word[:length] in table:
            yield length, table[word[:length]]


class Vocabulary:
    """Words and the set that has each."""

    def __init__(self, sets: Mapping[str, int]) -> None:
        self._words = sorted(sets)
        self._sets = [sets[word] for word in self._words]
        # All words in one text, to find a part of any of them in one go.
        self._text = "\n".join(self._words)
        self._places = [0, *accumulate(len(word) + 1 for word in self._words)]

    def __contains__(self, part: str) -> bool:
        """Whether any word has this part."""
        return part in self._text

    def whole(self, word: str) -> int:
        """The members that have this very word."""
        place = bisect_left(self._words, word)
        return self._sets[place] if place < len(self._words) and self._words[place] == word else 0

    def beginning(self, start: str) -> int:
        """The members that have a word beginning with `start`."""
        first = bisect_left(self._words, start)
        return reduce(or_, self._sets[first : bisect_left(self._words, start + _LAST, first)], 0)

    def inside(self, part: str) -> int:
        """The members that have `part` anywhere in a word, for parts that say something."""
        found = 0
        at = self._text.find(part) if len(part) >= _SHORTEST_INSIDE else -1
        while at >= 0:
            place = bisect_right(self._places, at) - 1
            found |= self._sets[place]
            at = self._text.find(part, self._places[place + 1])
        return found

    def closest(self, word: str) -> tuple[str, ...]:
        """The words that `word` may be a slip for: one slip, two in a long word; the nearest only, whole before begun.

        One of the first two letters must be right: learners of Swedish miss the first letter in 4 % of their slips.
        """
        if len(word) < _SHORTEST_MISSPELT:
            return ()
        from rapidfuzz import process  # needed for misspelt words only
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < _LONG else 2
        known = [
            candidate
            for letter in {word[0], word[1]}
            for candidate in self._words[bisect_left(self._words, letter) : bisect_left(self._words, letter + _LAST)]
        ]
        whole = [len(candidate) <= len(word) + slips for candidate in known]
        compared = [candidate if kept else candidate[: len(word)] for candidate, kept in zip(known, whole, strict=True)]
        near = process.extract(word, compared, scorer=OSA.distance, score_cutoff=slips, limit=None)
        least = min(((distance, not whole[place]) for _, distance, place in near), default=None)
        return tuple(sorted(known[place] for _, distance, place in near if (distance, not whole[place]) == least))
