"""From words to clauses: the pieces in which a note tells one thing after another.

Signs end a clause, and so do the joining words of Swedish (och, men, sen ...); in dictated notes without signs a
clause also begins where a subject with its verb stands after at least three words. An enumeration ("dusch,
tandborstning och påklädning") falls into its members on purpose: each names an activity of its own. What a member
lacks, the verb, its neighbours say; so models look at a clause together with the ones beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.normalise import Word, wordset

ENDS: Final = frozenset(".!?;\n…")
BREAKS: Final = frozenset(",:()-–—/+&•*")
JOINERS: Final = wordset(
    "och samt men sen sedan därefter därpå efteråt eller medan eftersom innan fast utan so then and"
)
SPOKEN_AND: Final = frozenset(("å", "o"))
SUBJECTS: Final = wordset("jag vi han hon hen ni dom de")
_VERBS: Final = wordset(
    """
    gick fick åt tog låg satt drack var är ville kunde ska skall vill kan har hade gav gör gjorde sa säger kom
    ser såg stod sov la lade höll skrev bad sprang bar band bröt drog for hann lät slog sjöng vek
    """
)
_VERB_ENDINGS: Final = ("ade", "dde", "tte", "nde", "lde", "rde", "gde", "pte", "kte", "ste", "ar", "er", "år")
MIN_SPOKEN: Final = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """The words `first`..`last` (both included) of a note, in the sentence with that number; `start`, `end` are
    offsets in the text.
    """

    first: int
    last: int
    sentence: int
    start: int
    end: int


def clauses(words: Sequence[Word], text: str) -> list[Clause]:
    """The clauses of a note, in order; each holds at least one word of letters and neither begins nor ends with a
    sign.
    """
    found: list[Clause] = []
    sentence = 0
    begin = 0
    for index, word in enumerate(words):
        newline = index > 0 and "\n" in text[words[index - 1].end : word.start]
        ends = word.raw in ENDS or newline
        if ends or word.raw in BREAKS or _opens(words, begin, index):
            _close(words, begin, index, sentence, found)
            begin = index if (newline or word.letters) and word.raw not in ENDS else index + 1
            sentence += ends
    _close(words, begin, len(words), sentence, found)
    return found


def _opens(words: Sequence[Word], begin: int, index: int) -> bool:
    """Whether the word at `index` begins a new clause though no sign stands before it."""
    word = words[index]
    if index == begin:
        return False
    if word.norm in JOINERS or word.raw.lower() in SPOKEN_AND:
        return True
    return (
        word.norm in SUBJECTS
        and index - begin >= MIN_SPOKEN
        and index + 1 < len(words)
        and looks_like_verb(words[index + 1].norm)
        and not looks_like_verb(words[index - 1].norm)
    )


def looks_like_verb(word: str) -> bool:
    """Whether a word has the look of a Swedish finite verb (an ending, or one of the common irregular ones)."""
    return word in _VERBS or (len(word) > 3 and word.endswith(_VERB_ENDINGS))


def _close(words: Sequence[Word], begin: int, stop: int, sentence: int, found: list[Clause]) -> None:
    while begin < stop and not (words[begin].letters or words[begin].norm[0].isdigit()):
        begin += 1
    while stop > begin and not (words[stop - 1].letters or words[stop - 1].norm[0].isdigit()):
        stop -= 1
    if any(word.letters for word in words[begin:stop]):
        found.append(Clause(begin, stop - 1, sentence, words[begin].start, words[stop - 1].end))
