"""`ordbro options`: ready answers for a planned activity."""

import typer

from nlg.entries import parse_person
from nlg.levels import Level
from service import answers
from service.reading import write_json


def show(code: str, level: str, name: str | None, pronoun: str, *, as_json: bool) -> None:
    """Print the answers to pick from, one a line, or as JSON with the entries that they stand for."""
    person = parse_person({"pronoun": pronoun, **({"name": name} if name else {})})
    found = answers.options(code, Level(level), person)
    if as_json:
        typer.echo(write_json(found).decode())
        return
    for option in found["options"]:
        typer.echo(f"- {option['text']}")
