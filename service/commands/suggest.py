"""`ordbro suggest`: a note in, KSI codes out."""

import sys
from typing import Any

import typer

from service import answers
from service.answers import Suggester
from service.commands.sources import opened, place, read_text
from service.jsonl import answer_lines
from service.reading import write_json
from service.requests import SuggestionLine, read_line


def lines(source: str, selection: str | None, top: int) -> bool:
    """Answer each line of `source` on standard output; `selection` is for lines that name none. True if all good."""
    suggester = answers.load_suggester()
    with opened(source) as stream:
        return answer_lines(stream, sys.stdout.buffer, lambda line: answer(suggester, line, selection, top))


def answer(suggester: Suggester, line: Any, selection: str | None, top: int) -> dict[str, Any]:
    """The answer to one line."""
    asked = read_line(SuggestionLine, line)
    return suggester.suggest(asked.text, asked.selection or selection, top).as_dict()


def note(text: str | None, source: str, selection: str | None, top: int, *, as_json: bool) -> None:
    """Print what is found in one note: `text`, or what the source holds."""
    read = {"text": read_text(source).strip() if text is None else text}
    found = answer(answers.load_suggester(), read, selection, top)
    typer.echo(write_json(found).decode() if as_json else _for_people(found, read["text"]))


def _for_people(found: dict[str, Any], text: str) -> str:
    blocks = [_suggestion(suggestion) for suggestion in found["suggestions"]]
    blocks += [f"Obs! {place(text, warning['start'])} {warning['message']}" for warning in found["warnings"]]
    return "\n\n".join(blocks) if blocks else "Ingen aktivitet hittades i anteckningen."


def _suggestion(suggestion: dict[str, Any]) -> str:
    mark = "✓" if suggestion["selected"] else " "
    percent = f"{round(suggestion['confidence'] * 100)} %"
    title = typer.style(f"{suggestion['code']}  {suggestion['title']}", bold=suggestion["selected"])
    words = " … ".join(f"”{part['text']}”" for part in suggestion["evidence"])
    lines = [
        f"{mark} {title}",
        f"  {suggestion['plain']}" if suggestion["plain"] != suggestion["title"] else "",
        f"  {suggestion['status']} {suggestion['status_title']}, {percent}: {words}",
        f"  {suggestion['question']['text']}" if suggestion["question"] else "",
    ]
    return "\n".join(line for line in lines if line.strip())
