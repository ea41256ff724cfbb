"""`ordbro import`: the official files, read at this site."""

from pathlib import Path

import typer

from phrases.importer import import_official
from phrases.local import data_directory

_SHOWN = 20


def run(files: list[Path], *, everything: bool) -> None:
    """Import the files and print what was found in them."""
    report = import_official(files, data_directory())
    shown = report.findings if everything else report.findings[:_SHOWN]
    for finding in shown:
        typer.echo(str(finding))
    if len(shown) < len(report.findings):
        typer.echo(f"... och {len(report.findings) - len(shown)} till (visa alla med --all)")
    typer.echo(
        f"\n{len(report.files)} filer, {report.rows} rader med kod, {len(report.findings)} anmärkningar, "
        f"{report.descriptions} koder med beskrivning.\nBeskrivningarna finns nu i {report.written}."
    )
