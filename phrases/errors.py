"""The one error that bad input gives, in every room of the house."""

from collections.abc import Sequence

__all__ = ["InputError"]


class InputError(ValueError):
    """Input that cannot be used, told so that its writer can mend it.

    `field` names the part of the input, `message` and `message_en` say what is wrong in Swedish and English, `allowed`
    lists what may stand there (empty when that is no short list). None of them ever holds the offending value: it may
    be a name.
    """

    def __init__(self, field: str, message: str, message_en: str, allowed: Sequence[str] = ()) -> None:
        self.field = field
        self.message = message
        self.message_en = message_en
        self.allowed = tuple(allowed)
        super().__init__(f"{field}: {self.text}")

    @property
    def text(self) -> str:
        """The Swedish message, with what is allowed after it unless it says so itself."""
        return _with_allowed(self.message, "Tillåtet", self.allowed)

    @property
    def text_en(self) -> str:
        """The English message, with what is allowed after it unless it says so itself."""
        return _with_allowed(self.message_en, "Allowed", self.allowed)

    def as_dict(self) -> dict[str, str]:
        """The error as command line and HTTP give it: {"field", "message"}."""
        return {"field": self.field, "message": self.text}

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str, str, tuple[str, ...]]]:
        """Travel whole between processes; ValueError by itself would carry only its one text."""
        return type(self), (self.field, self.message, self.message_en, self.allowed)


def _with_allowed(message: str, label: str, allowed: Sequence[str]) -> str:
    if all(value in message for value in allowed):
        return message
    return f"{message} {label}: {', '.join(allowed)}."
