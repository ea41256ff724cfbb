"""The words of the domain: from the training notes, the lexicon, the cues and a list of given names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from models.annotation import Note
from models.normalise import abbreviations
from phrases.cues import Cues
from phrases.lexicon import Lexicon

NAMES: Final = Path(__file__).parent / "data" / "names.txt"
# Profiles whose spelling is trusted, and how often a word must come in the others before it is.
TRUSTED: Final = frozenset(("clean", "hasty"))
MIN_ELSEWHERE: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Given names, lower case."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def count_words(notes: Iterable[Note], lexicon: Lexicon, cues: Cues) -> Mapping[str, int]:
    """Known words and how common they are. A word that only second-language or dictated notes hold must come often."""
    counts: Counter[str] = Counter(lexicon.vocabulary())
    counts.update(cues.vocabulary())
    counts.update(word for words in abbreviations().values() for word in words.split())
    elsewhere: Counter[str] = Counter()
    for note in notes:
        found = [match.group() for match in _WORD.finditer(note.text)]
        found = [word.lower() for word in found if not (word[0].isupper() and word.lower() in names())]
        (counts if note.profile in TRUSTED else elsewhere).update(found)
    for word, count in elsewhere.items():
        if word in counts or count >= MIN_ELSEWHERE:
            counts[word] += count
    return dict(sorted(counts.items()))
