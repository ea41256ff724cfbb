"""One piece of feedback, known to hold codes and figures alone: what a request may say, held against the catalogue."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.local import selected
from service.language import Message
from service.reading import write_json
from service.requests import CodeWithStatus, FeedbackRequest, SuggestionVersions

_TWICE: Final = Message("Koden står här två gånger med samma status.", "The code stands here twice, same status.")
_SAME_RANK: Final = Message("Två förslag har samma plats.", "Two suggestions have the same rank.")
_CHOOSE: Final = Message(
    "Ange antingen valda koder (chosen) eller att inget förslag passade (none_fits).",
    "Give either the chosen codes (chosen) or that no suggestion fits (none_fits).",
)
_NOT_A_VERSION: Final = Message(
    "Ange versionen som den står i svaret med förslag.", "Give the version as the answer with suggestions has it."
)
_KEY_FORM: Final = Message(
    "Ange en slumpad nyckel, helst en UUID: 16 till 64 tecken av a-z, A-Z, 0-9, - och _.",
    "Give a random key, preferably a UUID: 16 to 64 characters of a-z, A-Z, 0-9, - and _.",
)
# The draft (draft-ietf-httpapi-idempotency-key-header) writes the key as a quoted string; many clients leave that out.
_KEY: Final = re.compile(r'[A-Za-z0-9_-]{16,64}|"[A-Za-z0-9_-]{16,64}"')
_SHORT: Final = re.compile(r"[0-9a-f]{12}")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "catalogue": re.compile(r"KSI \d{4} v\d\.\d, ICF \d{4} v\d\.\d, [0-9a-f]{12}"),
    "lexicon": _SHORT,
    "cues": _SHORT,
    "model": _SHORT,
    "model_hash": re.compile(r"[0-9a-f]{64}"),
}
# Twelve digits can be a personal number: year, month, day (of a samordningsnummer, plus 60), four more. A short digest
# looks like that once in some hundred thousand.
_PERSONAL_NUMBER: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-36-9]\d{5}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A code that the user settled on."""

    code: str
    status: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A code that the user was shown, and how."""

    rank: int
    code: str
    status: str
    confidence: float
    selected: bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """What was offered for one note and what was chosen. An empty `chosen` says that nothing fitted."""

    offered: tuple[Offered, ...]
    chosen: tuple[Chosen, ...]
    selection: str | None
    versions: Mapping[str, str]

    @property
    def digest(self) -> bytes:
        """The same for the same content, and for nothing else."""
        return hashlib.sha256(write_json(asdict(self))).digest()


def read(request: FeedbackRequest) -> tuple[Record, list[InputError]]:
    """The record of a request, and every fault in it: it may be kept only if there is none."""
    faults: list[InputError] = []
    offered = [
        Offered(one.rank, *_coded(one, f"offered.{place}", faults), round(one.confidence, 3), one.selected)
        for place, one in enumerate(request.offered)
    ]
    chosen = [Chosen(*_coded(one, f"chosen.{place}", faults)) for place, one in enumerate(request.chosen)]
    faults += _repeated("offered", "rank", [one.rank for one in offered], _SAME_RANK)
    faults += _repeated("offered", "code", [(one.code, one.status) for one in offered], _TWICE)
    faults += _repeated("chosen", "code", [(one.code, one.status) for one in chosen], _TWICE)
    if bool(chosen) == request.none_fits:
        faults.append(InputError("chosen", _CHOOSE.sv, _CHOOSE.en))
    selection = None if request.selection is None else _selection(request.selection, faults)
    faults += _version_faults(request.versions)
    ranked = sorted(offered, key=lambda one: one.rank)
    return Record(tuple(ranked), tuple(chosen), selection, request.versions.model_dump()), faults


def _coded(one: CodeWithStatus, field: str, faults: list[InputError]) -> tuple[str, str]:
    """Code and status in canonical writing."""
    try:
        code = catalogue().ksi(one.code, field=f"{field}.code").code
    except InputError as fault:
        faults.append(fault)
        code = ""
    statuses = catalogue().statuses
    if one.status not in statuses:
        faults.append(
            InputError(f"{field}.status", "Statusen finns inte i KSI.", "There is no such status in KSI.", [*statuses])
        )
    return code, one.status


def _repeated(of: str, field: str, values: Sequence[Any], message: Message) -> Iterable[InputError]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield InputError(f"{of}.{place}.{field}", message.sv, message.en)


def _selection(name: str, faults: list[InputError]) -> str | None:
    """The selection in canonical writing."""
    try:
        return selected(name).name
    except InputError as fault:
        faults.append(fault)
        return None


def _version_faults(versions: SuggestionVersions) -> Iterable[InputError]:
    for name, version in versions.model_dump().items():
        if not _FORMS[name].fullmatch(version) or _PERSONAL_NUMBER.search(version):
            yield InputError(f"versions.{name}", _NOT_A_VERSION.sv, _NOT_A_VERSION.en)


def key_digest(key: str, caller: str) -> bytes:
    """An Idempotency-Key as it is kept: nothing that a caller wrote can be read out of it. InputError for another form.

    Quoted or not, the same key gives the same digest; of two callers it gives each their own.
    """
    if not _KEY.fullmatch(key):
        raise InputError("Idempotency-Key", _KEY_FORM.sv, _KEY_FORM.en)
    return hashlib.sha256(write_json([caller, key.strip('"')])).digest()
