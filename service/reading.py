"""Reading JSON from outside: strictly UTF-8, strictly JSON, and with errors that hold nothing of what was read."""

import json
from typing import Any, Final, NoReturn

from phrases.errors import InputError
from service.language import Message

NOT_UTF8: Final = Message("Texten ska vara UTF-8.", "The text must be UTF-8.")
NOT_JSON: Final = Message("Texten är inte giltig JSON.", "The text is not valid JSON.")
TOO_DEEP: Final = Message("JSON-texten har för många nivåer.", "The JSON text is nested too deeply.")
NOT_TEXT: Final = Message(
    "Texten har ett halvt Unicode-tecken (ett ensamt surrogat).",
    "The text has half a Unicode character (a lone surrogate).",
)


def unreadable(message: Message, field: str = "") -> InputError:
    """The error for input that cannot be read at all; `field` is empty, since no field was reached."""
    return InputError(field, message.sv, message.en)


def _reject_constant(_: str) -> NoReturn:
    raise ValueError


def read_json(raw: bytes) -> Any:
    """The value in `raw`. InputError unless it is UTF-8 and JSON (RFC 8259, so no NaN) without lone surrogates."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(NOT_UTF8) from None
    try:
        value = json.loads(text, parse_constant=_reject_constant)
        if "\\u" in text:  # the only way in for a lone surrogate
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise unreadable(NOT_TEXT) from None
    except ValueError:
        raise unreadable(NOT_JSON) from None
    except RecursionError:
        raise unreadable(TOO_DEEP) from None
    return value


_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_json(value: Any) -> bytes:
    """`value` as compact UTF-8 JSON, the same bytes for the same value."""
    return _COMPACT.encode(value).encode()
