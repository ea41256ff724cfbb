"""The learned model in use: a text in, judged candidates out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from models import candidates
from models.candidates import Candidate
from models.normalise import Normaliser, Vocabulary
from models.reading import Reader, Reading
from models.store import Stored, stored
from models.vocabulary import names
from phrases.cues import cues
from phrases.lexicon import lexicon

PIECE: Final = 1_500
_ENDS: Final = ".!?\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the probability that its target is right in those clauses, which are `start`..`end` in the
    text.
    """

    candidate: Candidate
    probability: float
    start: int
    end: int

    @property
    def target(self) -> str:
        return self.candidate.target


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model makes of a text: its candidates in order of place, and the probability, 0..1, that the text tells
    of any activity at all.
    """

    found: Sequence[Judged]
    presence: float


class Model:
    """Reader, heads and ranker put together. Pure: the same text and selection give the same answer."""

    def __init__(self, parts: Stored) -> None:
        self.reader = Reader(Normaliser(Vocabulary(parts.words), names()), lexicon(), cues())
        self.heads = parts.heads
        self.ranker = parts.ranker
        self.manifest: Mapping[str, Any] = parts.manifest

    def judge(self, text: str, selection: str | None) -> Verdict:
        """The candidates in a text; long texts are read in pieces, so that time grows with length only."""
        judged: list[Judged] = []
        quiet = 1.0
        for offset, piece in pieces(text):
            reading = self.reader.read(piece)
            found = candidates.find(reading, self.heads, selection)
            judged += self._judge(reading, found.candidates, offset)
            quiet *= 1 - found.presence
        return Verdict(judged, 1 - quiet)

    def _judge(self, reading: Reading, found: Sequence[Candidate], offset: int) -> list[Judged]:
        if not found:
            return []
        chances = candidates.sigmoid(self.ranker.scores(np.stack([candidate.inputs for candidate in found])))
        return [
            Judged(
                candidate,
                float(chance),
                offset + reading.clauses[candidate.first].start,
                offset + reading.clauses[candidate.last].end,
            )
            for candidate, chance in zip(found, chances, strict=True)
        ]


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces of about `PIECE` characters, cut behind a sentence (or a space, or anywhere), with their
    offsets.
    """
    begin = 0
    while len(text) - begin > PIECE * 1.5:
        window = text[begin : begin + PIECE]
        cut = max(window.rfind(sign) for sign in _ENDS)
        cut = cut if cut > PIECE // 3 else window.rfind(" ")
        end = begin + (cut + 1 if cut > 0 else PIECE)
        yield begin, text[begin:end]
        begin = end
    yield begin, text[begin:]


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that comes with Ordbro, loaded once. Raises StoreError when it is missing or damaged.

    It stays until the process ends, so the collector of garbage neither walks it while it is made nor ever after.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Model(stored())
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
