"""Readability of a text: LIX, words, the longest sentence.

LIX = words per sentence + 100 x words of more than six letters per word (Björnsson 1968). It jumps on single
sentences; read it over a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[:’'-][^\W_]+)*")
_STOP: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Readability:
    """The measures of one text; `longest_sentence` counts words."""

    lix: int
    words: int
    longest_sentence: int

    def as_dict(self) -> dict[str, int]:
        """The measures as the contract names them."""
        return {"lix": self.lix, "words": self.words, "longest_sentence": self.longest_sentence}


def readability(text: str) -> Readability:
    """The measures of a text of whole sentences; all 0 for a text without words."""
    sentences = [words for words in map(_WORD.findall, _STOP.split(text)) if words]
    counts = [len(words) for words in sentences]
    long = len([1 for words in sentences for word in words if len(word) > _LONG])
    total = sum(counts)
    if not total:
        return Readability(0, 0, 0)
    return Readability(round(total / len(counts) + 100 * long / total), total, max(counts))
