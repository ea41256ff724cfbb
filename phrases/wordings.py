"""What codes are called, as phrases in one order: the phrase that says most of its code stands first.

The order is made once. A query finds the phrases that fit it, and walks them in that order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, itemgetter, or_
from typing import Final, Literal

from phrases.search_words import OpenWords, Sets, Vocabulary, fold, open_words, telling, with_folded, words

__all__ = ["Called", "Phrase", "Phrases", "Terms", "Via", "Wording", "distance", "distance_of_word"]

Via = Literal["code", "title", "plain", "word", "local"]
"""What kind of phrase a code was found by: the code itself, official title, plain wording, search word, local name."""

Terms = Sequence[tuple[str, ...]]
"""The words asked for, each with what may stand in its place (a misspelt word has several)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code is called beside its title: a plain wording; search words ("nedre tvätt", "dusch*"), the most telling
    first; side words, that only hint; words that look like one of them but are none; names that a municipality uses.
    """

    plain: str = ""
    words: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    local: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something a code is called, with the stars of its open words."""

    via: Via
    text: str

    @property
    def shown(self) -> str:
        """The phrase as people see it: "klipp… nagl…" where a word may end in any way."""
        return self.text.replace("*", "…")

    def count(self, terms: Terms) -> int:
        """How many of the asked words the phrase has."""
        folded, starts = _looked_in(self.text)
        return sum(any(word in folded or word.startswith(starts) for word in one) for one in terms)


@lru_cache(maxsize=4096)
def _looked_in(text: str) -> tuple[str, tuple[str, ...]]:
    """A phrase folded, and its open beginnings folded."""
    return " ".join(map(fold, words(text))), tuple(map(fold, open_words(text)))


@dataclass(frozen=True, slots=True)
class Called:
    """A phrase, the set of codes that are called so, and how far it is from saying just that (0 is nearest)."""

    phrase: Phrase
    codes: int
    distance: float


_KINDS: Final = ("local", "title", "plain", "word")
"""Of phrases equally near, which kind stands first."""
_SIDE: Final = 1.0
_LATER: Final = 0.6
_WIDE: Final = 0.5
_SMALL: Final = 0.3
"""How far a side word, the last search word of a target, a block and a small word are behind, against 1 for every
further word in a phrase.
"""
_REST: Final = 3
"""The letters that each part of a compound has at least."""
_SHORTEST_HEAD: Final = 4
"""The letters of a word that a compound may be known by its end by ("inköp" in "matinköp")."""


class Phrases:
    """Every phrase in its order, and which of them have a word."""

    def __init__(self, said: Iterable[tuple[str, Via, str, int, float]], never: Iterable[tuple[str, str]]) -> None:
        """`said`: key of a wording, kind, text, codes, distance; `never`: key and a word that is not one of its own."""
        ordered = sorted(said, key=lambda row: (row[4], _KINDS.index(row[1]), len(row[2]), row[2]))
        self._called = tuple(Called(Phrase(via, text), codes, far) for _, via, text, codes, far in ordered)
        whole: Sets = defaultdict(int)
        open_ones = OpenWords()
        self._of_length: defaultdict[int, int] = defaultdict(int)
        own: defaultdict[str, int] = defaultdict(int)
        for place, (key, _, text, _, _far) in enumerate(ordered):
            bit = 1 << place
            found = telling(words(text))
            for word in found:
                whole[word] |= bit
            open_ones.add(text, bit)
            own[key] |= bit
            self._of_length[len(found)] |= bit
        for key, word in never:
            open_ones.bar(word, own[key])
        self._exact = _Likeness(whole, open_ones)
        self._folded = _Likeness(with_folded(whole), open_ones.folded())

    def complete(self, exact: Terms, folded: Terms) -> Iterator[Called]:
        """The phrases that have every word asked for and no other: as they stand, begun, with another ending, and, for
        a compound, its parts.

        Whoever types no å ä ö may lack the keys, so that whole folded words come second; who types them means them.
        """
        length = self._of_length[len(exact)]
        whole_folded = (self._folded, _Likeness.whole, folded)
        means_it = exact != folded
        for likeness, level, terms in (
            (self._exact, _Likeness.whole, exact),
            *(() if means_it else (whole_folded,)),
            (self._exact, _Likeness.begun, exact),
            (self._exact, _Likeness.ended, exact),
            (self._exact, _Likeness.compounded, exact),
            whole_folded,
            (self._folded, _Likeness.compounded, folded),
            (self._folded, _Likeness.begun, folded),
            (self._folded, _Likeness.ended, folded),
        ):
            for found in _combined([level(likeness, alternatives) for alternatives in terms]):
                yield from self._each(found & length)

    def within(self, terms: Terms, *, folded: bool = False) -> Iterator[Called]:
        """The phrases that have every word asked for among others: as it stands, with another ending, then begun."""
        likeness = self._folded if folded else self._exact
        ended = [_any(likeness.whole(word) + likeness.ended(word)) for word in terms]
        for level in (
            [_any(likeness.whole(word)) for word in terms],
            ended,
            [_any(likeness.begun(word)) | other for word, other in zip(terms, ended, strict=True)],
        ):
            yield from self._each(_all(level))

    def _each(self, found: int) -> Iterator[Called]:
        while found:
            lowest = found & -found
            found ^= lowest
            yield self._called[lowest.bit_length() - 1]


class _Likeness:
    """Which phrases have a word: as it stands, with another ending, or begun."""

    def __init__(self, whole: Sets, open_ones: OpenWords) -> None:
        self._words = Vocabulary(whole)
        self._open = open_ones

    def whole(self, alternatives: Sequence[str]) -> list[int]:
        return [_any(map(self._words.whole, alternatives))]

    def ended(self, alternatives: Sequence[str]) -> list[int]:
        """Open words that a word continues and, for a compound, the words that it ends with; the longest part first."""
        found: list[tuple[int, int]] = []
        for word in alternatives:
            found += self._open.continued(word)
            for start in range(_REST, len(word) - _SHORTEST_HEAD + 1):
                head = self._words.whole(word[start:])
                if head and self._known(word[:start]):
                    found.append((len(word) - start, head))
        return [phrases for _, phrases in sorted(found, key=itemgetter(0), reverse=True) if phrases]

    def _known(self, first: str) -> bool:
        """Whether the first part of a compound is a word, with or without the s that joins it."""
        return bool(self._words.whole(first) or (first.endswith("s") and self._words.whole(first[:-1])))

    def begun(self, alternatives: Sequence[str]) -> list[int]:
        return [_any(map(self._words.beginning, alternatives))]

    def compounded(self, alternatives: Sequence[str]) -> list[int]:
        parts = (
            (word[:length], word[length:])
            for word in alternatives
            for length in range(len(word) - _REST, _REST - 1, -1)
        )
        return [found for first, last in parts if (found := self._words.whole(first)) and self._words.whole(last)]


def _combined(levels: Sequence[list[int]]) -> list[int]:
    """What one word is found in, set by set; for several words what all are found in, in any of the sets of each."""
    return levels[0] if len(levels) == 1 else [_all(map(_any, levels))]


def distance(text: str, *, wide: bool = False) -> float:
    """How far a name is from saying just its code: each further word, and a block or chapter, where a category may be
    meant.
    """
    return len(telling(words(text))) - 1 + _WIDE * wide


def distance_of_word(text: str, *, later: float = 0.0, side: bool = False, wide: bool = False) -> float:
    """The same for a search word, for which its place in the list (0..1) and small words count too."""
    found = words(text)
    small = len(found) - len(telling(found))
    return distance(text, wide=wide) + _SMALL * small + _LATER * later + _SIDE * side


def _any(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _all(sets: Iterable[int]) -> int:
    return reduce(and_, sets)
