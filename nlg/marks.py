"""Marks that stand for free text while a phrase is made.

A phrase is made once for its codes and grammar and kept; names and other free text are put in afterwards. So nothing
personal is ever kept, and the same phrase for another person costs next to nothing. The marks are private-use
characters, which entries cannot hold (they take printable text alone).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAME: Final = "\ue000"
GENITIVE: Final = "\ue001"
PERFORMER: Final = "\ue002"
HOW: Final = "\ue003"

CAPITAL: Final[dict[str, str]] = {NAME: "\ue010", GENITIVE: "\ue011", PERFORMER: "\ue012", HOW: "\ue013"}
"""Each mark as it stands first in a sentence."""

_ENDS: Final = (".", "!", "?")


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each mark replaced by its value, which gets a capital where a sentence begins with it.

    A value that ends in a full stop of its own swallows the one that follows.
    """
    for mark, value in values.items():
        capital = CAPITAL[mark]
        if mark not in text and capital not in text:
            continue
        if value.endswith(_ENDS):
            text = text.replace(f"{mark}.", mark).replace(f"{capital}.", capital)
        text = text.replace(mark, value).replace(capital, value[:1].upper() + value[1:])
    return text
