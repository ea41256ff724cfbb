"""`ordbro phrase`: entries in, Swedish out."""

import sys
from collections.abc import Mapping
from typing import Any

import typer

from nlg.entries import parse_person
from nlg.levels import Level
from nlg.text import Track
from service import answers
from service.commands.sources import opened, read_bytes
from service.jsonl import answer_lines
from service.language import Message
from service.reading import read_json, unreadable, write_json
from service.requests import PhraseLine, read_line

_ONE_OF_TWO = Message(
    "Ange antingen entry (en uppgift) eller entries (flera), inte båda.",
    "Give either entry (one) or entries (many), not both.",
)


def lines(source: str, level: str | None, track: str | None = None) -> bool:
    """Answer each line of `source` on standard output; level and track are for lines that name none. True if all
    were good.
    """
    with opened(source) as stream:
        return answer_lines(stream, sys.stdout.buffer, lambda line: answer(line, level, track))


def answer(line: Any, default: str | None = None, track: str | None = None) -> dict[str, Any]:
    """The answer to one line: a phrase for `entry`, a flowing text for `entries`."""
    asked = read_line(PhraseLine, line)
    level = Level(asked.level or default or Level.JOURNAL)
    person = parse_person(asked.person)
    if (asked.entry is None) == (asked.entries is None):
        raise unreadable(_ONE_OF_TWO, "entry")
    if asked.entries is None:
        return answers.phrase(asked.entry, person, level)
    return answers.text(asked.entries, person, level, asked.track or track or Track.LIFE_AREA)


def file(source: str, level: str | None, track: str | None = None, *, as_json: bool) -> None:
    """Print what a JSON file says: an entry, a list, or a whole case. A given level or track goes before the file's."""
    told = answer(_asked(read_json(read_bytes(source)), {"level": level, "track": track}))
    if as_json:
        typer.echo(write_json(told).decode())
    elif "sections" in told:
        typer.echo("\n\n".join(_section(section) for section in told["sections"]))
    else:
        typer.echo(told["text"])


def _asked(value: Any, chosen: Mapping[str, str | None]) -> Any:
    """The content of a file in the shape of a line: people write an entry, or a list of them, as it is."""
    if isinstance(value, list):
        value = {"entries": value}
    elif isinstance(value, Mapping) and "type" in value:
        value = {"entry": value}
    given = {name: text for name, text in chosen.items() if text}
    return {**value, **given} if isinstance(value, Mapping) else value


def _section(section: Mapping[str, str]) -> str:
    heading = section["heading"]
    return f"{typer.style(heading, bold=True)}\n{section['text']}" if heading else section["text"]
