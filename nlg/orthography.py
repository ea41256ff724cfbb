"""Capital, full stop and spaces: the last stage before a sentence is a sentence."""

from __future__ import annotations

from nlg.marks import CAPITAL

_END = frozenset(".!?")
_CLOSERS = "\"'”’)"


def sentence(text: str) -> str:
    """`text` as one sentence: single spaces, a capital first, exactly one mark at the end."""
    words = " ".join(text.split()).replace(" ,", ",")
    if not words:
        raise ValueError("an empty sentence")
    first = next((i for i, c in enumerate(words) if c.isalnum() or c in CAPITAL), 0)
    letter = words[first]
    words = words[:first] + CAPITAL.get(letter, letter.upper()) + words[first + 1 :]
    return words if words.rstrip(_CLOSERS)[-1:] in _END else words + "."
