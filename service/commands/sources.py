"""Where commands read from: a file, or standard input; never more than the limit."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import typer

from service import limits
from service.language import Message
from service.reading import NOT_UTF8, unreadable

STANDARD_INPUT: Final = "-"
_TOO_LARGE: Final = Message(
    f"Filen får vara högst {limits.FILE_BYTES} byte.", f"The file may be at most {limits.FILE_BYTES} bytes."
)
_NO_FILE: Final = Message("Filen finns inte, eller går inte att läsa.", "The file does not exist, or cannot be read.")


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for "-". InputError on field `file` if it cannot be read."""
    if source == STANDARD_INPUT:
        if sys.stdin.isatty():
            typer.echo("Skriv eller klistra in, och avsluta med Ctrl+D på en tom rad.", err=True)
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 (closed below)
    except OSError:
        raise unreadable(_NO_FILE, "file") from None
    with file:
        yield file


def read_bytes(source: str) -> bytes:
    """Everything in the source. InputError on field `file` above the limit."""
    with opened(source) as stream:
        try:
            raw = stream.read(limits.FILE_BYTES + 1)
        except OSError:  # a directory opens, but does not read
            raise unreadable(_NO_FILE, "file") from None
    if len(raw) > limits.FILE_BYTES:
        raise unreadable(_TOO_LARGE, "file")
    return raw


def read_text(source: str) -> str:
    """Everything in the source as text. InputError on field `file` unless it is UTF-8."""
    try:
        return read_bytes(source).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(NOT_UTF8, "file") from None


def place(text: str, offset: int) -> str:
    """Where an offset is, as "line:column", both from 1."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return f"{line}:{column}"
