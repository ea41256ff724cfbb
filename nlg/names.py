"""Names are opaque text: they are set as they are and take no form but the genitive."""

from __future__ import annotations

from nlg.marks import GENITIVE, NAME

_SIBILANTS = frozenset("sxzSXZß")


def genitive(name: str) -> str:
    """The genitive of a name: Anna -> Annas, Lars -> Lars, NN -> NN:s, brukare 2 -> brukare 2:s.

    Initials, abbreviations and figures take a colon; names that end in s, x or z stay as they are
    (Språkrådet, Svenska skrivregler).
    """
    if name == NAME:
        return GENITIVE
    last = name.split()[-1] if name.split() else name
    letters = [c for c in last if c.isalpha()]
    if not last[-1:].isalpha() or (letters and all(c.isupper() for c in letters)):
        return name + ":s"
    if name[-1] in _SIBILANTS:
        return name
    return name + "s"
