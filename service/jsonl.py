"""The line protocol: one JSON object a line in, one a line out, in order, with the caller's `id` on each.

A line that cannot be answered gets {"id", "error": {"field", "message"}} in its place and the rest go on.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from phrases.errors import InputError
from service import limits
from service.language import Message
from service.reading import read_json, unreadable, write_json

WHOLE_LINE: Final = "line"
"""The field of an error that concerns the line as a whole."""

_TOO_LONG: Final = Message(
    f"Raden får ha högst {limits.BODY_BYTES} byte.", f"The line may have at most {limits.BODY_BYTES} bytes."
)
_BAD_ID: Final = Message("Fältet id ska vara text eller ett heltal.", "The field id must be text or a whole number.")
_INTERNAL: Final = Message("Internt fel: raden kunde inte besvaras.", "Internal error: the line could not be answered.")


def answer_lines(source: BinaryIO, target: BinaryIO, answer: Callable[[Any], dict[str, Any]]) -> bool:
    """Answer every line of `source` on `target`; True if all lines were good. Empty lines are passed over."""
    good = True
    for line in _lines(source):
        reply = _reply(line, answer)
        good = good and "error" not in reply
        target.write(write_json(reply) + b"\n")
        target.flush()
    return good


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines without their ends; None for one that is over the limit, of which the rest is read past."""
    while line := source.readline(limits.BODY_BYTES + 2):
        if len(line.rstrip(b"\r\n")) > limits.BODY_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.readline(limits.BODY_BYTES)
            yield None
        elif line.strip():
            yield line.strip()


def _reply(line: bytes | None, answer: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    identity: Any = None
    try:
        if line is None:
            raise unreadable(_TOO_LONG)
        value = read_json(line)
        identity = _identity(value)
        return {"id": identity, **answer(value)}
    except InputError as fault:
        return {"id": identity, "error": {**fault.as_dict(), "field": fault.field or WHOLE_LINE}}
    except Exception:
        # A fault of ours must not lose the caller's other lines, and its message may hold a note.
        return {"id": identity, "error": {"field": WHOLE_LINE, "message": _INTERNAL.sv}}


def _identity(value: Any) -> str | int | None:
    identity = value.get("id") if isinstance(value, dict) else None
    if identity is None or (isinstance(identity, str | int) and not isinstance(identity, bool)):
        return identity
    raise unreadable(_BAD_ID, "id")
