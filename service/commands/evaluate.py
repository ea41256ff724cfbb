"""`ordbro evaluate`: figures on labelled notes."""

from typing import Any

import typer

from models.evaluation import by_target, evaluate, robustness
from phrases.errors import InputError
from service import answers
from service.commands.sources import read_bytes
from service.language import Message
from service.reading import read_json, unreadable, write_json

_NOT_A_NOTE = Message(
    "Varje rad ska vara en märkt anteckning: ett objekt med id, text och gold.",
    "Each line must be a labelled note: an object with id, text and gold.",
)


def run(source: str, *, targets: bool, noise: bool) -> None:
    """Print the figures of the suggester on the notes in a file of JSONL, as one JSON object.

    `targets` adds the figures of each target, `noise` those with a growing share of changed words.
    """
    notes, suggester = labelled_notes(source), answers.load_suggester()
    figures: dict[str, Any] = dict(evaluate(notes, suggester))
    if targets:
        figures["by_target"] = by_target(notes, suggester)
    if noise:
        figures["noised"] = robustness(notes, suggester)
    typer.echo(write_json(figures).decode())


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
