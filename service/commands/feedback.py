"""`ordbro feedback`: the report on what was chosen among the suggestions, the records themselves, and the tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import typer

from phrases.errors import InputError
from service.feedback.errors import StoreUnavailable
from service.feedback.report import NEAR_THE_TOP, figures, rows
from service.feedback.store import Store
from service.language import Message
from service.reading import write_json
from service.settings import read_settings

_PATIENCE: Final = 600
"""Seconds that a statement may take: years of feedback are counted by one."""

_SHOWN: Final = 20


def report(since: str | None, *, as_json: bool, everything: bool) -> None:
    """Print the report, for people or as one JSON object."""
    with _store() as store, store.reading() as connection:
        found = figures(connection, _day(since))
    typer.echo(write_json(found).decode() if as_json else _for_people(found, None if everything else _SHOWN))


def export(since: str | None) -> None:
    """Print every record, one JSON object a line."""
    with _store() as store, store.reading() as connection:
        for row in rows(connection, _day(since)):
            typer.echo(write_json(row).decode())


def migrate() -> None:
    """Make the tables, or bring them up to date."""
    with _store(prepare=Store.migrate):
        typer.echo("Tabellerna för återkoppling är på plats.")


@contextmanager
def _store(prepare: Callable[[Store], None] = Store.check) -> Iterator[Store]:
    """The store of the settings. InputError that says what to do when it cannot be used."""
    chosen = read_settings().feedback_url
    try:
        store = Store(None if chosen is None else chosen.get_secret_value(), _PATIENCE)
        try:
            prepare(store)
            yield store
        finally:
            store.close()
    except StoreUnavailable as fault:
        sv, en = _ADVICE.get(fault.reason, _GENERAL_ADVICE)
        raise InputError("ORDBRO_FEEDBACK_URL", f"{sv} ({fault.reason})", f"{en} ({fault.reason})") from None


_ADVICE: Final = {
    "no_file": Message(
        "Ingen återkoppling har kommit än, eller så har tjänsten en annan datakatalog (ORDBRO_DATA).",
        "No feedback has come yet, or the service has another data directory (ORDBRO_DATA).",
    ),
    "newer": Message(
        "Databasens tabeller hör till en nyare version av Ordbro. Använd den.",
        "The database's tables belong to a newer version of Ordbro. Use that.",
    ),
    "not_migrated": Message(
        "Databasens tabeller saknas, eller hör till en annan version. Kör: ordbro feedback migrate",
        "The database's tables are missing, or belong to another version. Run: ordbro feedback migrate",
    ),
}
_GENERAL_ADVICE: Final = Message(
    "Återkopplingen kan inte nås. Kontrollera adressen, att databasen är igång och att disken inte är full.",
    "The feedback cannot be reached. Check the address, that the database runs and that the disk is not full.",
)


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError("--since", "Skriv dagen som 2026-11-30.", "Write the day as 2026-11-30.") from None


# --- for people ----------------------------------------------------------------------------------------------------


def _for_people(found: Mapping[str, Any], most: int | None) -> str:
    if not found["records"]:
        return "Ingen återkoppling finns."
    period = f"{found['first_day']} till {found['last_day']}"
    parts = [
        f"{found['records']} återkopplingar, {period}. I {found['none_fits']} passade inget förslag.",
        "De valda kodernas plats bland förslagen\n" + _placing(found["rank"]),
        "Modeller\n" + _table(_MODEL, [_model(model) for model in found["models"]]),
        _kinds("Ageranden", found["actions"], most),
        _kinds("Inriktningar", found["targets"], most),
        _EXPLAINED,
    ]
    return "\n\n".join(parts)


_EXPLAINED: Final = """\
Visade: förslag som användaren såg. Valda: de av dem som blev valda. Förvalda: visade som var förvalda.
Saknade: valda koder som inte fanns bland förslagen."""
_MODEL: Final = ("Modell", "Antal", "Inget passade", "Först", "Bland 3", "Bland 5", "Ej visad")
_KIND: Final = ("Kod", "Visade", "Valda", "", "Förvalda", "Valda", "", "Saknade", "Namn")


def _placing(placing: Mapping[str, Any]) -> str:
    shares = placing["shares"]
    lines = [
        *((_TOP[rank], f"top_{rank}") for rank in NEAR_THE_TOP),
        ("Visad, på någon plats", "offered"),
        ("Inte bland förslagen", "not_offered"),
    ]
    told = [(name, _percent(shares[key]), str(placing[key])) for name, key in lines]
    told.append(("Samma status som i förslaget", _percent(placing["same_status_share"]), str(placing["same_status"])))
    return _table((f"{placing['chosen']} valda koder", "", ""), told)


_TOP: Final = {1: "Först", 3: "Bland de tre första", 5: "Bland de fem första"}


def _model(model: Mapping[str, Any]) -> Sequence[str]:
    shares = model["rank"]["shares"]
    return (
        f"{model['model']} {model['model_hash'][:8]}",  # made from the same data, two models may still differ
        str(model["records"]),
        str(model["none_fits"]),
        *(_percent(shares[f"top_{rank}"]) for rank in NEAR_THE_TOP),
        _percent(shares["not_offered"]),
    )


def _kinds(heading: str, kinds: Sequence[Mapping[str, Any]], most: int | None) -> str:
    shown = kinds[:most]
    lines = [
        (
            kind["code"],
            str(kind["offered"]),
            str(kind["accepted"]),
            _percent(kind["acceptance"]),
            str(kind["selected"]),
            str(kind["selected_accepted"]),
            _percent(kind["selected_acceptance"]),
            str(kind["missed"]),
            kind["title"],
        )
        for kind in shown
    ]
    left = len(kinds) - len(shown)
    return f"{heading}\n{_table(_KIND, lines)}" + (f"\n... och {left} till (visa alla med --all)" if left else "")


def _percent(share: float | None) -> str:
    """A share in whole percent, as Swedish writes it."""
    return "–" if share is None else f"{share:.0%}".replace("%", " %")


def _table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Columns under their headings: the first and a last one of words to the left, figures to the right."""
    whole = [tuple(headings), *map(tuple, lines)]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    words = {0, len(widths) - 1} if headings[-1] == "Namn" else {0}
    return "\n".join(
        "  "
        + "  ".join(
            cell.ljust(width) if place in words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in whole
    )
