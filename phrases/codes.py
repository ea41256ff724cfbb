"""How codes are written: KSI and ICF codes in any customary writing, and the official notation of ICF qualifiers.

Nothing here knows which codes exist; the catalogue does.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from phrases.errors import InputError

__all__ = ["CONSTRUCTS", "Construct", "IcfReference", "QUALIFIERS", "parse_icf", "parse_ksi", "tidy"]

Construct = Literal["performance", "capacity", "capacity_with_assistance", "performance_without_assistance"]

CONSTRUCTS: Final[tuple[Construct, ...]] = (
    "performance",
    "capacity",
    "capacity_with_assistance",
    "performance_without_assistance",
)
"""What the four positions after a d code say, in the order of the official notation (ICF 2025)."""

QUALIFIERS: Final = (0, 1, 2, 3, 4, 8, 9)
"""The generic scale: 0 none to 4 complete, 8 not specified, 9 not applicable (ICF 2025)."""

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES: Final = str.maketrans("‐‑‒–—−", "------")


def tidy(text: str) -> str:
    """`text` without invisible characters, every kind of space as one plain space, every dash as a hyphen."""
    return " ".join(text.translate(_INVISIBLE).translate(_DASHES).split())


_SEPARATOR: Final = r"[ .\-/_]*"
_KSI: Final = re.compile(
    rf"(?P<first>[STUVWXY][A-Z][A-Z0-9])(?:{_SEPARATOR}(?P<second>[A-Z0-9]{{2}})(?:{_SEPARATOR}(?P<third>[A-Z0-9]{{2}}))?)?",
    re.ASCII,
)
_KSI_CANONICAL: Final = re.compile(
    r"[STUVW][A-Z][A-Z0-9]\.[A-Z]{2}\.ZZ|[XY]A[A-Z]\.\d{2}\.(?:\d{2}|ZZ)|[STUVW][A-Z][A-Z0-9]|[XY]A[A-Z]", re.ASCII
)


def parse_ksi(text: str, *, allow_target: bool = False, field: str = "ksi") -> str:
    """The canonical writing of a KSI code: "SME.RB.ZZ", "YAA.35.ZZ", "XAD.01.ZZ".

    Takes lower case, spaces (also no-break), hyphens or nothing between the parts, and a missing last part (method,
    always ZZ in KSI 2025). With `allow_target` a target (or a group of XA and YA codes) may stand alone: "SME".
    Raises InputError for anything else.
    """
    found = _KSI.fullmatch(tidy(text).upper().strip(" .-/_"))
    first, second, third = found.group("first", "second", "third") if found else ("", None, None)
    code = f"{first}.{second}.{third or 'ZZ'}" if second else first
    if not _KSI_CANONICAL.fullmatch(code):
        raise InputError(
            field,
            "Det är ingen KSI-kod. En KSI-kod skrivs som SME.RB.ZZ, XAD.01.ZZ eller YAA.35.ZZ.",
            "This is no KSI code. A KSI code is written like SME.RB.ZZ, XAD.01.ZZ or YAA.35.ZZ.",
        )
    if not second and not allow_target:
        raise InputError(
            field,
            "Koden anger bara inriktning. Ange också agerande, till exempel SME.RB.ZZ.",
            "The code gives the target only. Give the action too, for example SME.RB.ZZ.",
        )
    return code


@dataclass(frozen=True, slots=True)
class IcfReference:
    """An ICF code with its qualifiers, as the official notation gives them (ICF 2025).

    `performance` is the first position: in d what the person does, in b, s and e the extent of the problem. `capacity`,
    `capacity_with_assistance` and `performance_without_assistance` belong to d, `nature` and `location` to s. `sign`
    belongs to e: "." hinders, "+" helps; "" where nothing is said.
    """

    code: str
    performance: int | None = None
    capacity: int | None = None
    capacity_with_assistance: int | None = None
    performance_without_assistance: int | None = None
    nature: int | None = None
    location: int | None = None
    sign: Literal["", ".", "+"] = ""

    @property
    def component(self) -> str:
        """The component: b, s, d or e."""
        return self.code[0]

    @property
    def positions(self) -> tuple[int | None, ...]:
        """The qualifiers in the order they are written, without empty ones at the end."""
        values = [getattr(self, name) for name in _POSITIONS[self.component]]
        while values and values[-1] is None:
            values.pop()
        return tuple(values)

    def __str__(self) -> str:
        """The official notation; parse_icf reads it back."""
        positions = self.positions
        if not positions:
            return self.code
        return f"{self.code}{self.sign or '.'}{''.join('_' if value is None else str(value) for value in positions)}"


_POSITIONS: Final = {
    "b": ("performance",),
    "s": ("performance", "nature", "location"),
    "d": CONSTRUCTS,
    "e": ("performance",),
}
# The nature and the location of a change in structure have scales of their own, where every digit means something.
_ALLOWED: Final = {"nature": tuple(range(10)), "location": tuple(range(10))}

_ICF: Final = re.compile(
    r"(?P<letter>[bsde]) ?(?:(?P<first>\d{3}) ?- ?(?P=letter)?(?P<last>\d{3})|(?P<rest>\d|\d{3,5}[a-z]?))"
    r"(?: ?(?P<sign>[.,]? ?\+|[.,])(?P<marks>[ _\d]*))?",
    re.ASCII | re.IGNORECASE,
)


def parse_icf(text: str, *, field: str = "icf") -> IcfReference:
    """The code and qualifiers of an ICF category: "d6402", "d6402.2", "d6402._2", "e115+3", "s110.321", "b1528C.2".

    An underscore is a position left empty, and may have spaces around it; a comma does for the point; blocks
    ("d630-d649") carry no qualifiers. Raises InputError where a code, a grade or the number of positions is impossible.
    """
    found = _ICF.fullmatch(tidy(text))
    if not found:
        raise InputError(
            field,
            "Det är ingen ICF-kod. En ICF-kod skrivs som d6402, b1528C eller e115, med grad som d6402.2 eller e115+3.",
            "This is no ICF code. ICF codes are written like d6402, b1528C or e115, with grades d6402.2 or e115+3.",
        )
    letter = found["letter"].lower()
    code = letter + (found["rest"].upper() if found["rest"] else f"{found['first']}-{letter}{found['last']}")
    sign = "+" if "+" in (found["sign"] or "") else "."
    marks = (found["marks"] or "").replace(" ", "")
    _check_marks(code, sign, found["sign"] is not None, marks, field)
    values = {name: _grade(name, mark, field) for name, mark in zip(_POSITIONS[letter], marks, strict=False)}
    graded = any(value is not None for value in values.values())
    return IcfReference(code, sign=_sign(letter, sign) if graded else "", **values)


def _check_marks(code: str, sign: str, signed: bool, marks: str, field: str) -> None:
    room = 0 if "-" in code else len(_POSITIONS[code[0]])
    if sign == "+" and code[0] != "e":
        raise InputError(
            field,
            "Plustecken hör bara till omgivningsfaktorer (e), till exempel e115+3.",
            "A plus sign belongs to environmental factors (e) only, for example e115+3.",
        )
    if signed and not marks.strip("_"):
        raise InputError(
            field,
            "Efter tecknet ska en grad stå, till exempel d6402.2.",
            "A grade must follow the sign, for example d6402.2.",
        )
    if len(marks) > room:
        raise InputError(
            field,
            f"Koden har för många positioner efter tecknet. Här får högst {room} stå.",
            f"The code has too many positions after the sign. At most {room} may stand here.",
        )


def _grade(name: str, mark: str, field: str) -> int | None:
    if mark == "_":
        return None
    allowed = _ALLOWED.get(name, QUALIFIERS)
    if int(mark) not in allowed:
        raise InputError(
            field,
            "Graden finns inte i ICF.",
            "There is no such grade in ICF.",
            [str(value) for value in allowed],
        )
    return int(mark)


def _sign(letter: str, sign: str) -> Literal["", ".", "+"]:
    if letter != "e":
        return ""
    return "+" if sign == "+" else "."
