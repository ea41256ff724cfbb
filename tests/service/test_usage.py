"""Nothing that is written to the command line comes back in an error: it may be a note, without quotation marks."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from service import cli
from tests.service.conftest import Run, SpySuggester

MARKER = "Qvxz"

WRONG: dict[str, list[tuple[list[str], str]]] = {
    "phrase": [
        ([MARKER], ""),
        (["-", MARKER], ""),
        (["--level", MARKER], ""),
        ([], MARKER),
        ([], f'{{"type": "{MARKER}"}}'),
        ([], f'{{"person": {{"name": "{MARKER}", "pronoun": "{MARKER}"}}, "entries": [{{"{MARKER}": 1}}]}}'),
        (["--jsonl"], f'{MARKER}\n{{"entry": {{"type": "{MARKER}"}}}}\n{{"entries": "{MARKER}"}}\n'),
    ],
    "options": [([MARKER], ""), (["SMB.RB", "--pronoun", MARKER], ""), (["SMB.RB", MARKER], "")],
    "suggest": [
        (["Föll", MARKER], ""),
        (["--file", MARKER], ""),
        (["text", "--selection", MARKER], ""),
        (["text", "--top", MARKER], ""),
        (["--jsonl"], f'{MARKER}\n{{"text": ["{MARKER}"]}}\n'),
    ],
    "map": [([MARKER], ""), (["-"], f'"{MARKER}')],
    "codes search": [([MARKER], ""), (["dusch", "--system", MARKER], "")],
    "codes show": [([MARKER], "")],
    "import": [([MARKER], "")],
    "check": [(["--text", MARKER], ""), (["--text", "-", "--level", MARKER], "")],
    "evaluate": [([MARKER], ""), (["-"], f'{{"id": 1, "text": "{MARKER}", "gold": "{MARKER}"}}\n')],
    "feedback report": [(["--since", MARKER], "")],
    "feedback export": [(["--since", MARKER], "")],
}
OPERATE = {"audit", "benchmark", "feedback migrate", "keys create", "keys list", "keys revoke", "sbom", "serve", "test"}
"""Commands that read no note and no name of somebody who gets help."""


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


COMMANDS = sorted(commands(typer.main.get_command(cli.app)))


def test_every_command_is_tried() -> None:
    assert sorted({*WRONG, *OPERATE}) == COMMANDS


@pytest.mark.parametrize(
    ("command", "arguments", "given"), [(name, *wrong) for name, tries in WRONG.items() for wrong in tries]
)
def test_nothing_that_was_written_comes_back(
    ordbro: Run, notes: SpySuggester, command: str, arguments: list[str], given: str
) -> None:
    assert ordbro(*command.split(), *arguments, given=given) in {1, 2}
    assert MARKER not in ordbro.out + ordbro.err
    assert ordbro.out + ordbro.err != ""


@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"test"}))
def test_an_unknown_option_is_one_sentence_that_points_to_the_help(ordbro: Run, command: str) -> None:
    assert ordbro(*command.split(), f"--{MARKER}") == 2
    assert ordbro.err == f"ordbro: Alternativet finns inte. Hjälp: ordbro {command} --help\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([MARKER], "Kommandot finns inte, eller så är orden för många."),
        (["codes", MARKER], "Kommandot finns inte, eller så är orden för många."),
        (["options"], "KOD saknas. Hjälp: ordbro options --help"),
        (["suggest", "--top", "99", "x"], "--top: värdet kan inte användas. Hjälp: ordbro suggest --help"),
        (["phrase", "--level"], "--level: värdet saknas, eller hör inte dit."),
        (["suggest", "x", "--file", "y"], "Ange antingen TEXT eller --file;"),
    ],
)
def test_a_wrong_call_is_told_in_swedish(ordbro: Run, arguments: list[str], told: str) -> None:
    assert ordbro(*arguments) == 2
    assert ordbro.err.startswith(f"ordbro: {told}")


@pytest.mark.parametrize("group", [[], ["codes"], ["feedback"]])
def test_a_call_with_nothing_shows_the_help(ordbro: Run, group: list[str]) -> None:
    assert ordbro(*group) == 2
    assert ordbro.err.startswith(f"Usage: {' '.join(['ordbro', *group])}")
