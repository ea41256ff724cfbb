"""What can be asked of the service: each call as a value, made by a pure function; who sends it is another matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote
from uuid import uuid4

from pydantic import BaseModel

from service import limits, schemas
from service.choices import LevelName, TrackName
from service.requests import SuggestionVersions

T = TypeVar("T", bound=BaseModel)

Entry = Mapping[str, Any]
"""An entry as the contract has it (`Entry` in docs/openapi.json); the service reads it and points at what is wrong."""

Person = Mapping[str, str]
"""`name`, `pronoun` (hen, hon, han) and `address` (third, second, first); each may be left out."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call: where, with what, and the shape of its answer.

    `repeatable` tells that the service ends up the same whether it is received once or twice. The body and the query
    are not shown by `repr`: they may hold a note.
    """

    answer: type[T]
    method: Literal["GET", "POST"]
    path: str
    query: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False


def phrases(
    entries: Sequence[Entry], *, person: Person | None = None, level: LevelName = "journal"
) -> Call[schemas.Phrases]:
    """A phrase for each entry, in their order; a faulty entry gets a `FailedEntry` in its place."""
    return Call(schemas.Phrases, "POST", "/phrases", body=_about(entries, person, level))


def text(
    entries: Sequence[Entry],
    *,
    person: Person | None = None,
    level: LevelName = "journal",
    track: TrackName = "life_area",
) -> Call[schemas.Text]:
    """All entries as one flowing text with headings. ServiceError, kind invalid-request, points at faulty entries."""
    return Call(schemas.Text, "POST", "/texts", body={**_about(entries, person, level), "track": track})


def suggestions(
    note: str, *, selection: str | None = None, limit: int = limits.SUGGESTIONS_DEFAULT
) -> Call[schemas.Suggestions]:
    """The KSI activities that may be in a note, the most probable first; a person confirms every code."""
    return Call(
        schemas.Suggestions, "POST", "/suggestions", body={"text": note, "selection": selection, "limit": limit}
    )


def feedback(
    offered: schemas.Suggestions,
    chosen: Sequence[tuple[str, str]],
    *,
    selection: str | None = None,
    key: str | None = None,
) -> Call[schemas.FeedbackKept]:
    """Which codes the user was shown and which they settled on, each with its status; none says that nothing fitted.

    Codes, figures and versions alone are sent. It may be sent again without being kept twice, by an idempotency key:
    `key`, or a new one.
    """
    shown = [
        {"rank": rank, **one.model_dump(include={"code", "status", "confidence", "selected"})}
        for rank, one in enumerate(offered.suggestions, 1)
    ]
    body = {
        "offered": shown,
        "chosen": [{"code": code, "status": status} for code, status in chosen],
        "none_fits": not chosen,
        "selection": selection,
        "versions": {
            name: offered.versions[name] for name in SuggestionVersions.model_fields.keys() & offered.versions
        },
    }
    headers = {"Idempotency-Key": key or str(uuid4())}
    return Call(schemas.FeedbackKept, "POST", "/feedback", body=body, headers=headers, repeatable=True)


def answer_options(code: str, *, level: LevelName = "easy") -> Call[schemas.AnswerOptions]:
    """Ready sentences to pick, one for each outcome of a planned activity. ServiceError, kind unknown-code."""
    return _get(schemas.AnswerOptions, "/answer-options", code=code, level=level)


def codes(
    words: str = "",
    *,
    system: Literal["ksi", "icf"] | None = None,
    selection: str | None = None,
    limit: int = limits.PAGE_DEFAULT,
    page: int = 1,
) -> Call[schemas.Codes]:
    """One page of the codes that words, beginnings of words or a code find. The words stand in the address: write
    nothing about a person.
    """
    return _get(schemas.Codes, "/codes", q=words, system=system, selection=selection, limit=limit, page=page)


def code(code: str) -> Call[schemas.Code]:
    """What a code means and what it hangs together with. ServiceError, kind unknown-code."""
    return _get(schemas.Code, f"/codes/{quote(code, safe='')}")


def api_info() -> Call[schemas.ApiInfo]:
    """Which API answers: its version, status and the versions of what answers are made from."""
    return _get(schemas.ApiInfo, "/api-info")


def _about(entries: Sequence[Entry], person: Person | None, level: LevelName) -> dict[str, Any]:
    told = {} if person is None else {"person": dict(person)}
    return {**told, "level": level, "entries": [dict(entry) for entry in entries]}


def _get(answer: type[T], path: str, **query: str | int | None) -> Call[T]:
    given = {name: value for name, value in query.items() if value is not None}
    return Call(answer, "GET", path, query=given, repeatable=True)
