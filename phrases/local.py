"""What a municipality has chosen itself: names of its services, and how it uses the action types in each process step.

Both stand in YAML files in the data directory, which a development lead can read and correct:

    # local_names.yaml: a name of the municipality's own, and the KSI codes that it means
    Trygghetslarm GSM: YAA.35.ZZ
    Städ varannan vecka: [SOG.SZ.ZZ, YAA.05.25]

    # action_types.yaml: one of three ways for each process step, and the action types that are relevant in it
    planering: {way: 2, actions: [RB, RA, RC, PH, PN]}

The three ways are those of Socialstyrelsen's report on KSI in IBIC, on local choices: 1, relevant specified action
types where there is a reason, else the unspecified one (SZ); 2, always a relevant specified one; 3, always the
unspecified one. The report recommends 2 for planning and doing. All are about support: inquiries are never left out.

A step with a choice is a selection: "planering", or within an official one "ÄOU/planering".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from phrases.catalogue import Catalogue, catalogue
from phrases.errors import InputError
from phrases.resources import DataError, parse_yaml

__all__ = [
    "ACTION_TYPES",
    "LOCAL_NAMES",
    "STEPS",
    "Choice",
    "Local",
    "Selected",
    "applied",
    "data_directory",
    "local",
    "read_local",
    "selected",
    "selection_names",
    "write_names",
]

LOCAL_NAMES: Final = "local_names.yaml"
ACTION_TYPES: Final = "action_types.yaml"
STEPS: Final = ("utredning", "uppdrag", "planering", "genomförande")
"""The process steps in which supporting activities are named: proposed in the investigation (bedöma behov), ordered
(utforma uppdrag), planned (planera genomförande), done (genomföra uppdrag).
"""
WAYS: Final = (1, 2, 3)
UNSPECIFIED: Final = "SZ"
MAX_NAME: Final = 200
MAX_NAMES: Final = 20_000
_WITHIN: Final = "/"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Choice:
    """How a process step uses the action types: the way (1, 2 or 3), and the supporting ones that are relevant."""

    way: int
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Local:
    """What is chosen locally: names with their codes, in canonical writing, and choices by process step."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    steps: Mapping[str, Choice] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection as it is used: the official one in it, if any, and what a local choice adds to it and leaves out."""

    name: str
    official: str | None
    added: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()

    def permits(self, code: str, known: Catalogue) -> bool:
        """Whether a KSI code is in it, or in none because the official selections say nothing of it."""
        if code in self.withheld:
            return False
        inside = self.official is None or code in known.selections[self.official] or code in self.added
        return inside or code in known.unplaced


def data_directory() -> Path:
    """Where this site keeps its own data: ORDBRO_DATA, else the user's data directory (XDG)."""
    chosen = os.environ.get("ORDBRO_DATA")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ordbro"


@lru_cache(maxsize=4)
def local(directory: Path | None = None) -> Local:
    """The local choices of this site, read once; empty where there are none. InputError (field "local") when the files
    hold a fault; `ordbro check` shows each.
    """
    found, faults = read_local(data_directory() if directory is None else directory)
    if faults:
        raise InputError(
            "local",
            "De lokala filerna har fel. Kör ordbro check för att se vilka, och rätta dem.",
            "There are faults in the local files. Run ordbro check to see them, and correct them.",
        )
    return found


def read_local(directory: Path) -> tuple[Local, list[str]]:
    """The local files of a directory: what is good in them, and what is wrong, with file and key, in Swedish."""
    faults: list[str] = []
    names = dict(_names(_mapping(directory / LOCAL_NAMES, faults), faults))
    steps = dict(_steps(_mapping(directory / ACTION_TYPES, faults), faults))
    return Local(MappingProxyType(names), MappingProxyType(steps)), faults


def write_names(directory: Path, names: Mapping[str, tuple[str, ...]]) -> Path:
    """Write the table of local names, whole or not at all; gives its path."""
    import yaml

    rows = {name: codes[0] if len(codes) == 1 else list(codes) for name, codes in sorted(names.items())}
    head = "# Lokala namn på insatser och KSI-koderna de betyder. Rätta gärna för hand; granska med: ordbro check\n"
    body = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120) if rows else ""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / LOCAL_NAMES
    draft = path.with_suffix(".draft")
    draft.write_text(head + body, encoding="utf-8")
    draft.replace(path)
    return path


def selection_names(chosen: Local | None = None, known: Catalogue | None = None) -> tuple[str, ...]:
    """Every selection there is: the official ones, the steps with a local choice, and these within the former."""
    official = tuple((known or catalogue()).selections)
    steps = tuple((local() if chosen is None else chosen).steps)
    return (*official, *steps, *(f"{name}{_WITHIN}{step}" for name in official for step in steps))


def selected(name: str, chosen: Local | None = None, known: Catalogue | None = None) -> Selected:
    """The selection with this name, in any case: official ("ÄOU"), a step ("planering"), or one within the other
    ("ÄOU/planering"). InputError (field "selection") if there is none.
    """
    codes = known or catalogue()
    here = local() if chosen is None else chosen
    first, within, last = (part.strip() for part in name.partition(_WITHIN))
    official = next((one for one in codes.selections if one.casefold() == first.casefold()), None)
    step = next((one for one in here.steps if one.casefold() == (last if within else first).casefold()), None)
    if (within and (official is None or step is None)) or (official is None and step is None):
        allowed = (*codes.selections, *here.steps)
        raise InputError("selection", "Urvalet finns inte.", "There is no such selection.", allowed)
    if step is None:
        return Selected(str(official), official)
    canonical = f"{official}{_WITHIN}{step}" if official else step
    return Selected(canonical, official, *applied(here.steps[step], codes, official))


@lru_cache(maxsize=64)
def applied(choice: Choice, known: Catalogue, official: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """The activities that a choice adds to an official selection (or to all codes), and those that it leaves out.

    The unspecified action is added where the selection has support for the target: the official selections lack it. No
    target is lost: where nothing would be left, its support stays.
    """
    within = None if official is None else known.selections[official] | known.unplaced
    added: set[str] = set()
    left_out: set[str] = set()
    for target in known.targets:
        support = {action for action in known.actions_of(target) if not known.actions[action].is_investigating}
        usual = {action for action in support if within is None or f"{target}.{action}.ZZ" in within}
        if usual:
            specified = usual & choice.actions - {UNSPECIFIED}
            unspecified = support & {UNSPECIFIED}
            kept = {1: specified | unspecified, 2: specified or unspecified, 3: unspecified or specified}[choice.way]
            added |= {f"{target}.{action}.ZZ" for action in kept - usual}
            left_out |= {f"{target}.{action}.ZZ" for action in support - (kept or usual)}
    return frozenset(added), frozenset(left_out)


def _mapping(path: Path, faults: list[str]) -> Mapping[Any, Any]:
    if not path.is_file():
        return {}
    try:
        content = parse_yaml(path)
    except (DataError, OSError):
        faults.append(f"{path.name}: filen är inte giltig YAML i UTF-8")
        return {}
    if content is None:
        return {}
    if not isinstance(content, Mapping):
        faults.append(f"{path.name}: filen ska ha rader med nyckel, kolon och värde")
        return {}
    if len(content) > MAX_NAMES:
        faults.append(f"{path.name}: högst {MAX_NAMES} rader")
        return {}
    return content


def _names(content: Mapping[Any, Any], faults: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    seen: set[str] = set()
    for name, value in content.items():
        written = value if isinstance(value, list) else [value]
        shown = str(name)[:MAX_NAME]
        fault = _fault_in_name(name, seen)
        if fault or not written:
            faults.append(f"{LOCAL_NAMES}: {shown}: {fault or 'minst en kod ska stå'}")
            continue
        seen.add(shown.casefold())
        try:
            codes = tuple(dict.fromkeys(catalogue().ksi(str(code)).code for code in written))
        except InputError as error:
            faults.append(f"{LOCAL_NAMES}: {shown}: {error.message}")
            continue
        yield shown, codes


def _fault_in_name(name: object, seen: set[str]) -> str:
    if not isinstance(name, str) or not any(letter.isalpha() for letter in name):
        return "namnet ska vara text"
    if len(name) > MAX_NAME:
        return f"namnet får ha högst {MAX_NAME} tecken"
    if _CONTROL.search(name):
        return "namnet ska stå på en rad"
    return "namnet står två gånger" if name.casefold() in seen else ""


def _steps(content: Mapping[Any, Any], faults: list[str]) -> Iterator[tuple[str, Choice]]:
    supporting = [code for code, action in catalogue().actions.items() if not action.is_investigating]
    for step, value in content.items():
        if step not in STEPS:
            faults.append(f"{ACTION_TYPES}: {step}: processteget ska vara ett av {', '.join(STEPS)}")
        elif not isinstance(value, Mapping) or set(value) - {"way", "actions"} or value.get("way") not in WAYS:
            faults.append(f"{ACTION_TYPES}: {step}: way ska vara 1, 2 eller 3, och actions en lista med agerandetyper")
        else:
            actions = value.get("actions", supporting)
            wrong = [str(one) for one in actions if one not in supporting] if isinstance(actions, list) else ["?"]
            if wrong or not actions:
                faults.append(
                    f"{ACTION_TYPES}: {step}: actions ska vara individstödjande agerandetyper: {', '.join(supporting)}"
                )
            else:
                yield step, Choice(value["way"], frozenset(actions))
