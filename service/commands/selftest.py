"""`ordbro test`: what everyone runs before a change is shared, and what continuous integration runs."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import typer

from phrases.errors import InputError

CHECKOUT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("phrases", "nlg", "models", "coding_assist", "service")
_SOURCES: Final = (*ROOMS, "tests")

_TOOLS: Final = Path(sys.executable).parent
_STEPS: Final[tuple[tuple[str, ...], ...]] = (
    ("ruff", "check", "--quiet", *_SOURCES),
    ("ruff", "format", "--check", "--quiet", *_SOURCES),
    ("mypy", "--no-error-summary"),
    ("lint-imports", "--no-logo"),
)


def run(arguments: list[str]) -> int:
    """Run style, types, imports and tests; pytest last, so that its summary ends the output. Status 0 if all passed."""
    if not (CHECKOUT / "tests").is_dir():
        raise InputError(
            "test",
            "Testerna finns bara i en utcheckning av projektet, inte i det installerade paketet.",
            "The tests are only in a checkout of the project, not in the installed package.",
        )
    failed = [" ".join(step[:2]) for step in _STEPS if _call(*step) != 0]
    if failed:
        typer.echo(f"Underkänt före testerna: {', '.join(failed)}")
    status = _call("pytest", *arguments)
    return status or int(bool(failed))


def _call(tool: str, *arguments: str) -> int:
    typer.echo(f"--- {' '.join((tool, *arguments))}")
    sys.stdout.flush()
    return subprocess.run([_TOOLS / tool, *arguments], cwd=CHECKOUT, check=False).returncode  # noqa: S603 (our own tools)
