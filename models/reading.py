"""One pass over a note: words, clauses, search words found, cues found. Everything after it works on this value."""

from __future__ import annotations

from dataclasses import dataclass

from models.normalise import Normaliser, Word
from models.segment import Clause, clauses
from phrases.cues import Cues, Mark
from phrases.lexicon import Hit, Lexicon


@dataclass(frozen=True, slots=True)
class Reading:
    """A note as the models see it.

    `terms` are the words of letters and numbers with abbreviations written out, lower case and corrected;
    `of_word[i]` is the word that term i comes from. `spans` gives each clause's first and last term; the positions
    in `hits` and `marks` are those of terms.
    """

    text: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    terms: tuple[str, ...]
    of_word: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    hits: tuple[tuple[Hit, ...], ...]
    marks: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads notes with one vocabulary, lexicon and set of cues."""

    normaliser: Normaliser
    lexicon: Lexicon
    cues: Cues

    def read(self, text: str) -> Reading:
        """The reading of a note; `hits[i]` and `marks[i]` belong to clause i."""
        words = tuple(self.normaliser.words(text))
        found = tuple(clauses(words, text))
        terms: list[str] = []
        of_word: list[int] = []
        first_term: list[int] = []
        for index, word in enumerate(words):
            first_term.append(len(terms))
            if word.norm[0].isalnum():
                parts = word.norm.split(" ")
                terms += parts
                of_word += [index] * len(parts)
        first_term.append(len(terms))
        spans = tuple((first_term[clause.first], first_term[clause.last + 1] - 1) for clause in found)
        hits = tuple(tuple(self.lexicon.hits(terms[first : last + 1], first)) for first, last in spans)
        return Reading(text, words, found, tuple(terms), tuple(of_word), spans, hits, self._marks(terms, found, spans))

    def _marks(
        self, terms: list[str], found: tuple[Clause, ...], spans: tuple[tuple[int, int], ...]
    ) -> tuple[tuple[Mark, ...], ...]:
        """Cues are looked for in whole sentences, for they reach over commas; each clause gets those that reach it."""
        marks: list[tuple[Mark, ...]] = []
        index = 0
        while index < len(found):
            stop = index
            while stop < len(found) and found[stop].sentence == found[index].sentence:
                stop += 1
            begin = spans[index][0]
            sentence = self.cues.marks(terms[begin : spans[stop - 1][1] + 1], begin)
            for first, last in spans[index:stop]:
                marks.append(tuple(mark for mark in sentence if mark.reaches(first, last)))
            index = stop
        return tuple(marks)
