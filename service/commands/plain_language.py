"""`ordbro check --text`: what makes a text hard to read."""

from pathlib import Path

import typer

from nlg.plain_language import MAX_TEXT, check_text, kelly_words
from phrases.errors import InputError
from service.commands.sources import place, read_bytes


def run(source: str, level: str, words: Path | None) -> bool:
    """Print every remark with line and column; True if there is none. `words` is a Kelly list in JSON."""
    text = _text(source)
    report = check_text(text, level, _levels(words))
    for remark in report.remarks:
        quoted = " ".join(text[remark.start : remark.end].split())
        shown = quoted if len(quoted) <= 40 else f"{quoted[:37]}..."
        typer.echo(f"{place(text, remark.start)} ”{shown}”: {remark.message}")
    measured = report.readability
    typer.echo(f"LIX {measured.lix}, {measured.words} ord, längsta meningen {measured.longest_sentence} ord.")
    return not report.remarks


def _text(source: str) -> str:
    try:
        text = read_bytes(source).decode()
    except UnicodeDecodeError:
        raise InputError("text", "Texten ska vara UTF-8.", "The text must be UTF-8.") from None
    if len(text) > MAX_TEXT:
        raise InputError("text", f"Högst {MAX_TEXT} tecken.", f"At most {MAX_TEXT} characters.")
    return text


def _levels(words: Path | None) -> dict[str, str] | None:
    if words is None:
        return None
    try:
        return dict(kelly_words(words))
    except (OSError, ValueError):
        raise InputError(
            "words",
            "Ordlistan går inte att läsa. Ange en Kelly-lista i JSON.",
            "The word list cannot be read. Give a Kelly list in JSON.",
        ) from None
