"""`ordbro map`: a municipality's list of services to a review sheet, and the reviewed sheet to local names."""

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import typer

from coding_assist.service_names import Mapped, NameMapper
from phrases.local import data_directory, read_local, write_names
from phrases.search import Hit
from service import codebook
from service.language import Message
from service.reading import unreadable
from service.review_sheet import read_review, write_review
from service.service_list import Listed, read_list

_LOOKED_AT: Final = 60

_IS_THERE: Final = Message(
    "Granskningsbladet finns redan. Flytta det, eller ange en annan fil med --out.",
    "The review sheet is already there. Move it, or give another file with --out.",
)
_UNWRITABLE: Final = Message(
    "De lokala namnen går inte att spara. Kör kommandot som den användare som äger datakatalogen, eller ange en annan.",
    "The local names cannot be kept. Run the command as the user who owns the data directory, or name another.",
)

T = TypeVar("T")


def find(text: str, selection: str | None) -> Sequence[Hit]:
    """The KSI codes that a text finds."""
    return codebook.index().search(text, "ksi", selection, _LOOKED_AT)


def propose(path: Path, out: Path | None, column: str | None, sheet: str | None, selection: str | None) -> None:
    """Write the review sheet of a list beside it, or where `out` says, and tell what is in it."""
    target = out or path.with_name(f"{path.stem}-granska.xlsx")
    if target.exists():
        raise unreadable(_IS_THERE, "out")  # somebody's decisions may stand in it
    listed = read_list(path, column, sheet)
    mapper = NameMapper(find, selection)
    rows = [(one, _mapped(mapper, one)) for one in _watched(listed)]
    write_review(target, rows)
    found = sum(bool(mapped and mapped.matches) for _, mapped in rows)
    faulty = sum(bool(one.fault) for one in listed)
    typer.echo(
        f"{len(listed)} rader: {found} med förslag, {len(listed) - found - faulty} utan, {faulty} med fel i namnet."
    )
    typer.echo(f"Granska {target} och läs sedan tillbaka: ordbro map --read {shlex.quote(str(target))}")


def read(path: Path) -> bool:
    """Make the decisions of a reviewed sheet local names, beside those there are; False if any decision is wrong."""
    reviewed = read_review(path)
    known, faults = read_local(data_directory())
    if faults:
        typer.echo("\n".join(faults), err=True)
        typer.echo("Rätta de lokala filerna först, så att inget går förlorat.", err=True)
        return False
    decided = {name.casefold() for name in reviewed.names}
    kept = {name: codes for name, codes in known.names.items() if name.casefold() not in decided}
    for fault in reviewed.faults:
        typer.echo(fault, err=True)
    typer.echo(
        f"{len(reviewed.names)} namn med kod, {reviewed.without_code} utan kod som passar, "
        f"{reviewed.undecided} obestämda, {len(reviewed.faults)} fel."
    )
    if reviewed.names:
        typer.echo(f"De lokala namnen finns i {_written({**kept, **reviewed.names})}")
    return not reviewed.faults


def _written(names: Mapping[str, tuple[str, ...]]) -> Path:
    try:
        return write_names(data_directory(), names)
    except OSError:
        raise unreadable(_UNWRITABLE, "ORDBRO_DATA") from None


def _mapped(mapper: NameMapper, listed: Listed) -> Mapped | None:
    return None if listed.fault else mapper.map(listed.name)


def _watched(rows: Sequence[T]) -> Iterable[T]:
    """The rows, with a bar on standard error if somebody watches it."""
    return _with_bar(rows) if sys.stderr.isatty() else rows


def _with_bar(rows: Sequence[T]) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import track

    yield from track(rows, "Läser namnen", console=Console(stderr=True), transient=True)
