"""`ordbro evaluate`: figures on labelled notes."""

from typing import Any

import typer

from models.evaluation import evaluate
from phrases.errors import InputError
from service import answers
from service.commands.sources import read_bytes
from service.language import Message
from service.reading import read_json, unreadable, write_json

_NOT_A_NOTE = Message(
    "Varje rad ska vara en märkt anteckning: ett objekt med id, text och gold.",
    "Each line must be a labelled note: an object with id, text and gold.",
)


def run(source: str) -> None:
    """Print the figures of the suggester on the notes in a file of JSONL, as one JSON object."""
    typer.echo(write_json(evaluate(labelled_notes(source), answers.load_suggester())).decode())


def labelled_notes(source: str) -> list[dict[str, Any]]:
    """The notes in a file. InputError that names the line for anything that is no labelled note."""
    return [_note(number, line) for number, line in enumerate(read_bytes(source).splitlines(), 1) if line.strip()]


def _note(number: int, line: bytes) -> dict[str, Any]:
    field = f"line {number}"
    try:
        note = read_json(line)
    except InputError as fault:
        raise InputError(field, fault.message, fault.message_en) from None
    if isinstance(note, dict) and isinstance(note.get("text"), str) and isinstance(note.get("gold"), list):
        return note
    raise unreadable(_NOT_A_NOTE, field)
