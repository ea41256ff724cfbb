"""The two languages of messages, and which one a caller reads."""

from typing import Final, Literal, NamedTuple

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "sv")


class Message(NamedTuple):
    """A sentence in both languages."""

    sv: str
    en: str

    def within(self, language: Language) -> str:
        """The sentence in one language."""
        return self.sv if language == "sv" else self.en


def preferred(accept_language: str) -> Language:
    """The language that an Accept-Language header (RFC 9110) prefers; English where it names neither."""
    best: tuple[float, Language] = (0.0, "en")
    for part in accept_language.split(","):
        tag, _, parameter = part.partition(";")
        primary = tag.strip().lower().split("-")[0]
        weight = _weight(parameter)
        for language in LANGUAGES:
            if primary == language and weight > best[0]:
                best = (weight, language)
    return best[1]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
