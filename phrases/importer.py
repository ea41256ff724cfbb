"""Imports the official files: compares them with the catalogue and stores Socialstyrelsen's sentences for the user.

The catalogue already holds codes, terms and relations. What an import adds are the descriptions and what a code
includes and excludes, which may not stand in this repository: they are written to the user's data directory. On the way
every row is compared with the catalogue, so that a new edition, or a fault in the old one, comes to light.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from phrases.catalogue import Catalogue, catalogue
from phrases.codes import tidy
from phrases.errors import InputError
from phrases.official import Description, Finding, Kind, Row, corrections, left_out, our_title, read_rows

__all__ = ["Description", "Finding", "ImportReport", "import_official", "read_descriptions"]

FILE: Final = "descriptions.json"
"""The name of the file of descriptions in the user's data directory."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: names of the files, rows with a code, findings, codes described, where that was written."""

    files: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]
    descriptions: int
    written: Path

    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind, the most common first."""
        return dict(Counter(finding.kind for finding in self.findings).most_common())


# --- comparing -----------------------------------------------------------------------------------------------------


def _compared(row: Row, known: Catalogue) -> Iterator[tuple[Kind, str]]:
    """What differs between a row and the catalogue."""
    ours = our_title(row.system, row.code)
    if ours is None:
        if not left_out(row):
            yield "unknown", "koden finns inte i katalogen"
        return
    slip = corrections().get(row.system, {}).get(row.code)
    if slip is not None and row.title == slip.official:
        yield "title", "ett känt skrivfel i titeln rättades"
    elif row.title and tidy(row.title) != tidy(ours):
        yield "title", f"titeln lyder ”{row.title}”, i katalogen ”{ours}”"
    yield from _compared_selections(row, known)
    target = known.targets.get(row.code)
    if target is not None and row.relation is not None and row.relation != "".join(target.icf):
        yield "relation", f"relaterar till {row.relation or 'ingen kod'}, i katalogen {''.join(target.icf) or 'ingen'}"


def _compared_selections(row: Row, known: Catalogue) -> Iterator[tuple[Kind, str]]:
    for name, inside in row.selections.items():
        if bool(inside) != (row.code in known.selections[name]):
            yield "selection", f"urvalet {name} är ett annat i katalogen"


# --- descriptions --------------------------------------------------------------------------------------------------


def _shared(rows: Sequence[Row]) -> set[str]:
    """Targets that stand with another target's description.

    Of targets with the same description only those whose term shares a word's beginning with it keep it.
    """
    known = catalogue().targets
    by_text: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.system == "ksi" and row.code in known and row.texts.description:
            by_text[row.texts.description].add(row.code)
    return {
        code
        for text, codes in by_text.items()
        if len(codes) > 1
        for code in codes
        if not _beginnings(known[code].term) & _beginnings(text)
    }


def _beginnings(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{5,}", text.lower())}


def _described(rows: Iterable[Row], note: Callable[[Row, Kind, str], None]) -> dict[str, Description]:
    """The sentences for each code we carry: those of the first file, completed by later ones."""
    described: dict[str, Description] = {}
    differing: dict[str, tuple[Row, int]] = {}
    for row in rows:
        if row.texts == Description() or our_title(row.system, row.code) is None:
            continue
        key = row.code if row.system in ("ksi", "icf") else f"{row.system}:{row.code}"
        before = described.get(key, Description())
        described[key] = Description(
            before.description or row.texts.description,
            before.includes or row.texts.includes,
            before.excludes or row.texts.excludes,
            before.remark or row.texts.remark,
        )
        if before.description and row.texts.description and before.description != row.texts.description:
            first, count = differing.get(row.file, (row, 0))
            differing[row.file] = first, count + 1
    for first, count in differing.values():
        note(
            first, "description", f"här börjar {count} beskrivningar som lyder annorlunda i en tidigare fil; den gäller"
        )
    return described


def import_official(paths: Iterable[Path], directory: Path) -> ImportReport:
    """Read official files, compare them with the catalogue, and write the descriptions below `directory`.

    The files may be the lists and workbooks of KSI and ICF in any order; where two describe a code, the first one given
    counts, and what earlier imports left stays where these say nothing. InputError (field "file") for a file that
    cannot be read: then nothing is written.
    """
    known = catalogue()
    findings: list[Finding] = []
    files = [Path(path) for path in paths]
    rows = [row for path in files for row in read_rows(path, findings)]

    def note(row: Row, kind: Kind, message: str) -> None:
        findings.append(Finding(row.file, row.place, kind, row.code, message))

    borrowed = _shared(rows)
    kept = []
    for row in rows:
        for kind, message in _compared(row, known):
            note(row, kind, message)
        if row.code in borrowed and row.texts.description:
            note(row, "description", "har en annan inriktnings beskrivning, som inte togs med")
            kept.append(replace(row, texts=replace(row.texts, description="")))
        else:
            kept.append(row)
    described = _described(kept, note)
    written = _write({**_earlier(directory), **described}, directory)
    return ImportReport(tuple(path.name for path in files), len(rows), tuple(findings), len(described), written)


def _earlier(directory: Path) -> Mapping[str, Description]:
    """What an earlier import left, so that files can be imported one at a time; nothing if it is damaged."""
    try:
        return read_descriptions(directory)
    except InputError:
        return {}


def _write(described: Mapping[str, Description], directory: Path) -> Path:
    """Write the descriptions whole or not at all: a reader never sees half a file."""
    directory.mkdir(parents=True, exist_ok=True)
    data = {
        code: {name: text for name, text in asdict(description).items() if text}
        for code, description in sorted(described.items())
    }
    path = directory / FILE
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)
    return path


def read_descriptions(directory: Path) -> Mapping[str, Description]:
    """The descriptions that imports left in `directory`, by code; empty when there was none.

    KSI and ICF codes stand as they are ("SOG.RB.ZZ", "d6402"), the others with their kind: "action:RB", "status:40".
    InputError (field "file") for a damaged file.
    """
    path = directory / FILE
    if not path.is_file():
        return MappingProxyType({})
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return MappingProxyType({code: Description(**texts) for code, texts in data.items()})
    except (ValueError, TypeError, AttributeError):
        raise InputError(
            "file",
            "Filen med beskrivningar är skadad. Importera de officiella filerna på nytt.",
            "The file of descriptions is damaged. Import the official files again.",
        ) from None
