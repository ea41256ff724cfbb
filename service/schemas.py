"""The answers as pydantic models: they describe the API, the client gives them to its users, and the tests hold every
real answer against them.
"""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.choices import LevelName


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(_Answer):
    """What is wrong with one entry: the field, and what is allowed there."""

    field: str
    message: str


class Readability(_Answer):
    """Measures of the text: LIX (read it over a document), words, words of the longest sentence."""

    lix: int
    words: int
    longest_sentence: int


class Term(_Answer):
    """A word that a reader may need explained."""

    term: str
    explanation: str


class Phrase(_Answer):
    """One entry in words."""

    text: str
    level: LevelName
    phrase_id: str
    versions: dict[str, str]
    readability: Readability
    terms: tuple[Term, ...]


class FailedEntry(_Answer):
    """The place of an entry that could not be told."""

    error: Fault


class Phrases(_Answer):
    """One phrase, or one error, for each entry, in their order."""

    phrases: tuple[Phrase | FailedEntry, ...]


class Section(_Answer):
    """A part of a flowing text."""

    heading: str
    text: str


class Text(Phrase):
    """Many entries as one flowing text."""

    sections: tuple[Section, ...]


class Evidence(_Answer):
    """The words in the note that speak for a suggestion; offsets count Unicode characters from 0."""

    start: int
    end: int
    text: str


class QuestionAnswer(_Answer):
    """What one may answer, and the code that it leads to."""

    text: str
    code: str


class Question(_Answer):
    """The one question that settles two codes that stay close."""

    axis: Literal["action", "target"]
    text: str
    answers: tuple[QuestionAnswer, ...]


class Suggestion(_Answer):
    """An activity that may be in the note."""

    code: str
    title: str
    plain: str
    status: str
    status_title: str
    confidence: Annotated[
        float, Field(ge=0, le=1, description="Kalibrerad sannolikhet att aktiviteten finns i anteckningen.")
    ]
    selected: Annotated[bool, Field(description="Föreslås som förval. En människa bekräftar varje kod.")]
    evidence: tuple[Evidence, ...]
    question: Question | None


class Warning(_Answer):
    """Something in the note that points at somebody; offsets count Unicode characters from 0."""

    code: Annotated[
        str,
        Field(
            description="personal_number, phone_number eller street_address; fler kan komma. More may come.",
            examples=["phone_number"],
        ),
    ]
    message: Annotated[str, Field(description="Vad det är och vad man bör göra, på svenska. Aldrig det som står där.")]
    start: int
    end: int


class Suggestions(_Answer):
    """The activities found in a note, the most probable first, and what should not stand in it."""

    suggestions: tuple[Suggestion, ...]
    warnings: tuple[Warning, ...]
    versions: dict[str, str]


class AnswerOption(_Answer):
    """A sentence to pick instead of writing, and the entry that it stands for (none where the staff did nothing)."""

    outcome: Literal[
        "done", "done_differently", "declined_by_person", "not_done_by_provider", "done_by_person", "other_action"
    ]
    text: str
    entry: dict[str, str] | None


class AnswerOptions(_Answer):
    """The options for one planned activity, in the order they are offered."""

    options: tuple[AnswerOption, ...]


class Named(_Answer):
    """A code and what it is called."""

    code: str
    title: str


class Neighbour(Named):
    """A target that another is easily confused with, and how they differ."""

    difference: str


class Official(_Answer):
    """Socialstyrelsen's own sentences, where the official files have been imported at this site."""

    description: str
    includes: str
    excludes: str
    remark: str


class Code(_Answer):
    """What a code means and what it hangs together with. Which fields are there depends on `kind`."""

    code: str
    system: Literal["ksi", "icf"]
    kind: Literal["activity", "target", "administrative", "statistical", "category"]
    title: str
    explanation: str
    official: Official | None
    parent: Named | None
    plain: str = ""
    target: Named | None = None
    action: Named | None = None
    activities: tuple[Named, ...] = ()
    icf: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    members: tuple[Named, ...] = ()
    selections: tuple[str, ...] = ()


class Hit(_Answer):
    """A code that a search found, and the words that matched."""

    code: str
    title: str
    plain: str
    matched: str
    via: Annotated[
        Literal["code", "title", "plain", "word", "local"],
        Field(description="Vad som träffade: kod, officiell titel, klarspråk, sökord, lokalt namn."),
    ]
    system: Literal["ksi", "icf"]


class Codes(_Answer):
    """One page of hits."""

    codes: tuple[Hit, ...]
    page: int
    limit: int


class FeedbackKept(_Answer):
    """The feedback is kept."""

    id: UUID


class ApiInfo(_Answer):
    """The API itself (DIGG's REST API-profil, VER.06)."""

    api_name: str
    api_version: str
    api_released: date
    api_documentation: str
    api_status: Literal["alpha", "beta", "active", "deprecated", "retired"]
    versions: dict[str, str]


class ProblemFault(_Answer):
    """A fault in the request: `pointer` for a field of the body, `parameter` for one of path, query or headers."""

    pointer: Annotated[str, Field(description="Fältet, som JSON Pointer (RFC 6901); tomt för hela anropet.")] = ""
    parameter: str = ""
    detail: str


PROBLEM_TYPE: Final = "urn:problem-type:ordbro:"
"""What the `type` of every problem begins with; the kind of problem follows."""


class ProblemDetails(_Answer):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[ProblemFault, ...] = ()
