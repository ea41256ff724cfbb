"""`ordbro codes`: search among the codes, and all about one of them."""

from typing import Any

import typer

from service import codebook
from service.reading import write_json

_VIA = {"plain": "klarspråk", "word": "sökord", "local": "lokalt namn"}
"""What matched, where the line does not show it already."""


def search(words: str, system: str | None, selection: str | None, limit: int, *, as_json: bool) -> bool:
    """Print the codes that match; False if none does."""
    hits = codebook.search(words, system, selection, limit)
    if as_json:
        typer.echo(write_json({"codes": hits}).decode())
    elif hits:
        width = max(len(hit["code"]) for hit in hits)
        for hit in hits:
            found = f"  ({_VIA[hit['via']]}: {hit['matched']})" if hit["via"] in _VIA else ""
            typer.echo(f"{typer.style(hit['code'].ljust(width), bold=True)}  {hit['title']}{found}")
    else:
        typer.echo("Ingen kod hittades.", err=True)
    return bool(hits)


def show(code: str, *, as_json: bool) -> None:
    """Print all about one code."""
    described = codebook.describe(code)
    typer.echo(write_json(described).decode() if as_json else _for_people(described))


_LISTS = {
    "activities": "Aktiviteter med inriktningen",
    "icf": "Hör ihop med i ICF",
    "targets": "Hör ihop med i KSI",
    "members": "Innehåller",
}
_OFFICIAL = {"description": "Beskrivning", "includes": "Innefattar", "excludes": "Utesluter", "remark": "Anmärkning"}


def _for_people(described: dict[str, Any]) -> str:
    parts = [typer.style(f"{described['code']}  {described['title']}", bold=True)]
    parts += [described[name] for name in ("plain", "explanation") if described.get(name)]
    if described["parent"]:
        parts.append(f"Ingår i: {described['parent']['code']} {described['parent']['title']}")
    for name, label in _LISTS.items():
        if described.get(name):
            parts.append(f"{label}:\n" + "\n".join(f"  {row['code']}  {row['title']}" for row in described[name]))
    if described.get("neighbours"):
        rows = (f"  {row['code']}  {row['title']}: {row['difference']}" for row in described["neighbours"])
        parts.append("Förväxlas lätt med:\n" + "\n".join(rows))
    if described.get("selections"):
        parts.append(f"Urval: {', '.join(described['selections'])}")
    official = described["official"] or {}
    parts += [f"{label} (Socialstyrelsen): {official[name]}" for name, label in _OFFICIAL.items() if official.get(name)]
    return "\n\n".join(parts)
