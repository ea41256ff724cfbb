"""What the models look at: a clause (or a run of clauses) of a reading, as numbered features in blocks.

A block is a set of features of one kind (letters of the own words, words before, search words ...). Every feature
of a block weighs the same, and `WEIGHTS` says how much a block weighs: long clauses weigh no more than short ones.
Names of features are readable ("w:duschade", "L:SMB"), so that what a model has learnt can be read too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from models.normalise import fold, wordset
from models.reading import Reading
from phrases.lexicon import Strength

Ids: TypeAlias = npt.NDArray[np.int32]
Values: TypeAlias = npt.NDArray[np.float32]
# A block's name, its features' numbers, and the count by which its weight is evened out.
Block: TypeAlias = tuple[str, list[int], int]

WEIGHTS: Final[Mapping[str, float]] = {
    "w": 1.0,  # the clause's own words, corrected
    "c": 1.0,  # letters of the own words, 3 to 5 in a row, corrected and as written, folded
    "b": 0.7,  # pairs of neighbouring own words
    "p": 0.5,  # words of the clause before, in the same sentence
    "n": 0.4,  # words of the clause after, in the same sentence
    "s": 0.3,  # words of the clauses around in other sentences
    "L": 1.2,  # search words in the clause
    "N": 0.5,  # search words in the neighbouring clauses
    "D": 0.4,  # search words elsewhere in the note
    "K": 0.8,  # cues
    "Q": 0.5,  # cues anywhere in the note
    "t": 0.7,  # tenses of the clause, and of the note
    "d": 0.6,  # words of the whole note
    "m": 0.3,  # selection, place in the note
}

_PAST: Final = wordset("gick fick åt tog låg satt drack var ville kunde hade gav sa kom såg stod sov la höll skrev bad")
_PRESENT: Final = wordset(
    """
    är ska skall vill kan har gör går får äter tar ligger sitter dricker ger säger kommer ser står sover
    """
)
_ENDINGS: Final = (
    ("past", ("ade", "dde", "tte", "pte", "kte", "ste", "lde", "nde", "rde", "gde", "vde")),
    ("present", ("ar", "er")),
    ("supine", ("at", "it", "tt", "ats", "its", "ades", "des", "tes")),
)


def tense(term: str) -> str:
    """A guess at a word's tense by its ending: past, present, supine or none."""
    if term in _PAST:
        return "past"
    if term in _PRESENT:
        return "present"
    if len(term) > 4:
        return next((name for name, endings in _ENDINGS if term.endswith(endings)), "none")
    return "none"


def grams(word: str) -> list[str]:
    """The letter groups of a word, 3 to 5 long, its ends marked: `grams("gå")` gives `<ga`, `ga>`, `<ga>`."""
    marked = f"<{fold(word)}>"
    return [marked[i : i + size] for size in (3, 4, 5) for i in range(len(marked) - size + 1)]


class Index:
    """The features that a model knows, numbered; what it does not know has no number (-1)."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names: tuple[str, ...] = tuple(names)
        self.ids: dict[str, int] = {name: number for number, name in enumerate(self.names)}
        self._letters: dict[str, tuple[int, ...]] = {}

    def number(self, name: str) -> int:
        """The number of a feature, or -1."""
        return self.ids.get(name, -1)

    def numbers(self, names: Iterable[str]) -> list[int]:
        """The numbers of the features that are known, each once, in order."""
        get = self.ids.get
        found = {get(name, -1) for name in names}
        found.discard(-1)
        return sorted(found)

    def letters(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's letter groups."""
        found = self._letters.get(word)
        if found is None:
            found = tuple(number for gram in grams(word) if (number := self.number(f"c:{gram}")) >= 0)
            if self.number(f"w:{word}") >= 0:  # a word of our own notes; nothing of a user's note is kept
                self._letters[word] = found
        return found


class GrowingIndex(Index):
    """An index that gives every feature it is asked for a number: for counting them before training."""

    def __init__(self) -> None:
        super().__init__(())

    def number(self, name: str) -> int:
        return self.ids.setdefault(name, len(self.ids))

    def numbers(self, names: Iterable[str]) -> list[int]:
        return sorted({self.number(name) for name in names})


def _flat(blocks: Iterable[Block]) -> tuple[Ids, Values]:
    """The numbers and weights of blocks, one after another."""
    ids: list[int] = []
    values: list[float] = []
    for block, numbers, count in blocks:
        if numbers:
            ids += numbers
            values += [WEIGHTS[block] / count**0.5] * len(numbers)
    return np.array(ids, dtype=np.int32), np.array(values, dtype=np.float32)


class Rows:
    """The rows of features of one reading; what clauses share is worked out once."""

    def __init__(self, index: Index, reading: Reading, selection: str | None) -> None:
        self._index = index
        self._reading = reading
        self._terms = tuple("#" if term[0].isdigit() else term for term in reading.terms)
        self._tenses = tuple(tense(term) for term in reading.terms)
        self._numbers = index.numbers
        self._search = tuple(
            frozenset(f"{'w' if hit.strength is Strength.WEAK else ''}:{hit.target}" for hit in hits)
            for hits in reading.hits
        )
        self._note = _flat(self._whole(selection))
        self._made: dict[tuple[int, int], tuple[Ids, Values]] = {}

    def row(self, first: int, last: int, extras: Iterable[str] = ()) -> tuple[Ids, Values]:
        """Numbers and weights of the features of clauses first..last; `extras` are features of weight 1."""
        made = self._made.get((first, last))
        if made is None:
            made = self._made[first, last] = self._row(first, last)
        more = [number for name in extras if (number := self._index.number(name)) >= 0]
        if not more:
            return made
        return (
            np.concatenate([made[0], np.array(more, np.int32)]),
            np.concatenate([made[1], np.ones(len(more), np.float32)]),
        )

    def _row(self, first: int, last: int) -> tuple[Ids, Values]:
        ids, values = _flat((*self._own(first, last), *self._around(first, last)))
        return np.concatenate([ids, self._note[0]]), np.concatenate([values, self._note[1]])

    def _own(self, first: int, last: int) -> list[Block]:
        reading = self._reading
        begin, end = reading.spans[first][0], reading.spans[last][1]
        terms = self._terms[begin : end + 1]
        letters: set[int] = set()
        count = 0
        for place in range(begin, end + 1):
            term = reading.terms[place]
            if term[0].isalpha():
                raw = reading.words[reading.of_word[place]].raw.lower()
                letters.update(self._index.letters(term))
                count += 3 * len(term)
                if raw != term:
                    letters.update(self._index.letters(raw))
                    count += 3 * len(raw)
        tenses = {f"t:{tense}" for tense in self._tenses[begin : end + 1]}
        cues = {
            f"{'K' if begin <= mark.first and mark.last <= end else 'KR'}:{mark.category.name}"
            for marks in reading.marks[first : last + 1]
            for mark in marks
        }
        hits = self._hits("L", first, last)
        return [
            ("w", self._numbers(f"w:{term}" for term in terms), len(terms)),
            ("c", sorted(letters), max(count, 1)),
            (
                "b",
                self._numbers(f"b:{a} {b}" for a, b in zip(("<", *terms), (*terms, ">"), strict=True)),
                len(terms) + 1,
            ),
            ("L", self._numbers(hits), max(len(hits), 1)),
            ("K", self._numbers(cues), max(len(cues), 1)),
            ("t", self._numbers(tenses), len(tenses)),
            ("m", self._numbers((f"m:start {first == 0}",)), 2),
        ]

    def _around(self, first: int, last: int) -> list[Block]:
        """What stands in the clauses beside: their words, in or out of the sentence, and their search words."""
        found: dict[str, list[str]] = {"p": [], "n": [], "s": []}
        clauses = self._reading.clauses
        for place, edge, block in ((first - 1, first, "p"), (last + 1, last, "n")):
            if 0 <= place < len(clauses):
                begin, end = self._reading.spans[place]
                inside = clauses[place].sentence == clauses[edge].sentence
                prefix = block if inside else f"s{block}"
                found[block if inside else "s"] += [f"{prefix}:{term}" for term in self._terms[begin : end + 1]]
        near = self._hits("N", first - 1, first - 1) | self._hits("N", last + 1, last + 1)
        return [
            *((block, self._numbers(names), max(len(names), 1)) for block, names in found.items()),
            ("N", self._numbers(near), max(len(near), 1)),
        ]

    def _hits(self, prefix: str, first: int, last: int) -> set[str]:
        return {prefix + name for names in self._search[max(first, 0) : last + 1] for name in names}

    def _whole(self, selection: str | None) -> list[Block]:
        """What holds for every clause of the note."""
        hits = self._hits("D", 0, len(self._reading.hits))
        cues = {f"Q:{mark.category.name}" for marks in self._reading.marks for mark in marks}
        words = {f"d:{term}" for term in self._terms}
        count = Counter(self._tenses)
        past, present = count["past"], count["present"]
        time = "past" if past > present else "present" if present > past else "none"
        chosen = [f"m:{selection}", f"m:side {selection[-1]}"] if selection else []
        return [
            ("D", self._numbers(hits), max(len(hits), 1)),
            ("Q", self._numbers(cues), max(len(cues), 1)),
            ("d", self._numbers(words), max(len(words), 1)),
            ("t", self._numbers((f"t:note {time}",)), 2),
            ("m", self._numbers((*chosen, f"m:one {len(self._reading.clauses) == 1}")), 2),
        ]
