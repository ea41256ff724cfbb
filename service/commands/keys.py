"""`ordbro keys`: make, list and revoke API keys."""

from collections.abc import Sequence
from pathlib import Path

import typer
from pydantic import ValidationError

from phrases.errors import InputError
from phrases.local import selected
from service.access import keyfile
from service.access.scopes import Scope
from service.reading import write_json
from service.requests import faults
from service.settings import read_settings


def create(name: str, scopes: Sequence[Scope], profile: str, selection: str | None, file: Path | None) -> None:
    """Make a key and print it, the only time that it is shown: the key alone on standard output, the rest beside it."""
    if selection is not None:
        selected(selection)
    with keyfile.changing(_file(file)) as change:
        try:
            keys, key, shown = change.keys.created(name, scopes, profile, selection)
        except ValidationError as error:
            raise faults(error.errors(include_input=False, include_url=False))[0] from None
        change.write(keys)
    typer.echo(
        f"Nyckel {key.id} för {key.name} (profil {key.profile}) ger: {', '.join(key.scopes)}.\n"
        "Den visas bara nu. Lämna den till systemet som ska använda den, och spara den inte någon annanstans.",
        err=True,
    )
    typer.echo(shown)


def list_keys(file: Path | None, *, as_json: bool) -> None:
    """Print the keys, without what they are checked with."""
    rows = keyfile.read_keys(_file(file)).as_rows()
    if as_json:
        typer.echo(write_json({"keys": rows}).decode())
        return
    for row in rows:
        state = f"spärrad {row['revoked']}" if row["revoked"] else "gäller"
        scopes = ", ".join(row["scopes"])
        typer.echo(f"{row['id']}  {row['name']}  {scopes}  profil {row['profile']}  skapad {row['created']}  {state}")
    if not rows:
        typer.echo("Det finns inga nycklar.", err=True)


def revoke(id_: str, file: Path | None) -> None:
    """Revoke a key, from the next request on in every worker."""
    with keyfile.changing(_file(file)) as change:
        change.write(change.keys.without(id_))
    typer.echo("Nyckeln är spärrad och gäller inte från och med nästa anrop.", err=True)


def _file(given: Path | None) -> Path:
    chosen = given or read_settings().keys_file
    if chosen is None:
        raise InputError(
            keyfile.FIELD,
            "Inställningen saknas. Ange var nycklarna ska finnas: --file FIL, eller keys_file i inställningarna.",
            "The setting is missing. Say where the keys are to be: --file FILE, or keys_file in the settings.",
        )
    return chosen
