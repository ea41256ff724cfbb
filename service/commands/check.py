"""`ordbro check`: the phrase bank, lexicon, cues and local files against their own rules, and the bank's phrases."""

import re
from collections.abc import Iterator
from typing import Any, Final

import typer

from nlg.bank_check import check_bank
from nlg.entries import parse_entry
from nlg.levels import LEVELS
from nlg.person import Person
from nlg.phrase import render
from phrases.catalogue import catalogue
from phrases.cues import cues
from phrases.lexicon import lexicon
from phrases.local import data_directory, read_local
from phrases.resources import DataError

_UNFINISHED: Final = re.compile(r"[{}]|\s\s|\s[.,]|\.\.|^[a-zåäö]|[^.!?]$")
"""What no finished text holds: an open slot, doubled spaces or stops, a small first letter, no end."""


def run() -> bool:
    """Print every finding, or that there is none; True if there is none."""
    findings = list(findings_in_files()) or list(unfinished_phrases())
    for finding in findings:
        typer.echo(finding)
    typer.echo(
        f"{len(findings)} anmärkningar." if findings else "Filerna följer skrivreglerna, och alla fraser blir hela."
    )
    return not findings


def findings_in_files() -> Iterator[str]:
    """What is wrong in the files of bank, lexicon and cues, and in this site's local files."""
    for read in (lexicon, cues):
        try:
            read()
        except DataError as error:
            yield str(error)
    try:
        yield from map(str, check_bank())
    except DataError as error:
        yield f"frasbanken är inte giltig YAML: {error}"
    yield from read_local(data_directory())[1]


def unfinished_phrases() -> Iterator[str]:
    """Phrases that did not become whole sentences; every wording of the bank is used at least once."""
    for raw in _an_entry_of_each():
        entry = parse_entry(raw)
        for level in LEVELS:
            text = render(entry, Person(), level).text
            if _UNFINISHED.search(text):
                yield f"{raw.get('icf') or raw.get('ksi')} {level}: meningen blev inte hel: {text}"


def _an_entry_of_each() -> Iterator[dict[str, Any]]:
    known = catalogue()
    for code in known.icf:
        if code.startswith("d"):
            yield {"type": "functioning", "icf": code, "qualifier": 2}
    for codes in (known.activities, known.administrative, known.statistical):
        for code in codes:
            yield {"type": "activity", "ksi": code, "status": "55"}
