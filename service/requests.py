"""What may be asked, as pydantic models: the same for command line and HTTP, and the source of the API description.

The models check shape and size. What an entry and a person may hold is known by `nlg`, which reads them afterwards, so
that one bad entry never loses the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from phrases.errors import InputError
from service import limits
from service.choices import LEVELS, TRACKS, LevelName, TrackName
from service.language import Message

NoteText = Annotated[str, Field(min_length=1, max_length=limits.NOTE_CHARACTERS, pattern=r"\S")]


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 8.0 is a whole number there."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Left to `nlg` to read; the description gets its words from `service.entry_schema`.
PersonIn = Any
EntryIn = Any

Entries = Annotated[list[EntryIn], Field(min_length=1, max_length=limits.ENTRIES)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PhrasesRequest(_Request):
    """Entries to be told, all about one person and at one level."""

    person: PersonIn = None
    level: Annotated[LevelName, Field(description=f"Hur texten ska låta: {LEVELS}.")] = "journal"
    entries: Entries


class TextsRequest(PhrasesRequest):
    """Entries to be told as one text, divided by life area or by activity."""

    track: Annotated[TrackName, Field(description=f"Hur texten delas in: {TRACKS}.")] = "life_area"


class SuggestionsRequest(_Request):
    """A note to be read."""

    text: Annotated[NoteText, Field(description="Anteckningen. Den sparas inte och loggas inte.")]
    selection: Annotated[str | None, Field(max_length=40, description="Urval som koderna ska finnas i, t.ex. ÄOU.")] = (
        None
    )
    limit: Annotated[
        int, Field(ge=1, le=limits.SUGGESTIONS, description="Högst så många förslag."), BeforeValidator(_whole)
    ] = limits.SUGGESTIONS_DEFAULT


class CodeWithStatus(_Request):
    """A KSI activity with its status."""

    code: Annotated[str, Field(max_length=40, description="KSI-kod som finns i katalogen.", examples=["SMB.RB.ZZ"])]
    status: Annotated[str, Field(max_length=2, description="Aktivitetsstatus.", examples=["40"])]


class OfferedSuggestion(CodeWithStatus):
    """A suggestion that the user was shown, as `createSuggestions` gave it."""

    rank: Annotated[
        int,
        Field(ge=1, le=limits.SUGGESTIONS, description="Plats bland förslagen, från 1."),
        BeforeValidator(_whole),
    ]
    confidence: Annotated[float, Field(ge=0, le=1, description="Sannolikheten som förslaget hade.")]
    selected: Annotated[bool | None, Field(description="Om förslaget var förvalt.")] = None


class SuggestionVersions(_Request):
    """What the suggestions were made with: `versions` of their answer, unchanged."""

    catalogue: Annotated[str, Field(max_length=60)]
    lexicon: Annotated[str, Field(max_length=12)]
    cues: Annotated[str, Field(max_length=12)]
    model: Annotated[str, Field(max_length=12)]
    model_hash: Annotated[str, Field(max_length=64)]


class FeedbackRequest(_Request):
    """What was offered for one note and what the user chose, in codes; no field takes text."""

    offered: Annotated[
        list[OfferedSuggestion],
        Field(max_length=limits.SUGGESTIONS, description="Förslagen som användaren såg; tom om det inte fanns något."),
    ]
    chosen: Annotated[
        list[CodeWithStatus],
        Field(max_length=limits.SUGGESTIONS, description="Koderna som användaren bestämde sig för, även egna."),
    ] = []
    none_fits: Annotated[bool, Field(description="Sant om inget förslag passade och ingen kod valdes.")] = False
    selection: Annotated[str | None, Field(max_length=40, description="Urvalet som förslagen gjordes i.")] = None
    versions: SuggestionVersions


class PhraseLine(_Request):
    """A line of `ordbro phrase --jsonl`: one entry for a phrase, or many for one flowing text."""

    person: PersonIn = None
    level: LevelName | None = None
    track: TrackName | None = None
    entry: EntryIn = None
    entries: Annotated[list[EntryIn] | None, Field(min_length=1, max_length=limits.ENTRIES)] = None


class SuggestionLine(_Request):
    """A line of `ordbro suggest --jsonl`."""

    text: NoteText
    selection: Annotated[str | None, Field(max_length=40)] = None


M = TypeVar("M", bound=BaseModel)


def read_line(model: type[M], line: Any) -> M:
    """A line of JSONL as `model`; fields that it does not know are the caller's own. InputError at the first fault."""
    if not isinstance(line, Mapping):
        message = _MESSAGES["model_type"]({})
        raise InputError("", message.sv, message.en)
    try:
        return model.model_validate(line, extra="ignore")
    except ValidationError as error:
        raise faults(error.errors(include_url=False, include_input=False))[0] from None


# --- faults --------------------------------------------------------------------------------------------------------


def faults(errors: Sequence[ErrorDetails | Mapping[str, Any]], skip: int = 0) -> list[InputError]:
    """pydantic's errors as ours, without its words: those can quote the input. `skip` leaves out leading path parts."""
    return [_fault(error, skip) for error in errors]


def _fault(error: ErrorDetails | Mapping[str, Any], skip: int) -> InputError:
    kind = str(error["type"])
    path = list(error["loc"])[skip:]
    if kind == "extra_forbidden":
        path = path[:-1]  # the name of an unknown field is the caller's own text
    message = _MESSAGES.get(kind, _GENERAL)(error.get("ctx") or {})
    return InputError(".".join(str(part) for part in path), message.sv, message.en)


def _fixed(sv: str, en: str) -> Callable[[Mapping[str, Any]], Message]:
    return lambda _: Message(sv, en)


_GENERAL: Final = _fixed("Värdet kan inte användas här.", "The value cannot be used here.")
_NUMBER: Final = _fixed("Fältet ska vara ett tal.", "The field must be a number.")
_YES_OR_NO: Final = _fixed("Fältet ska vara true eller false.", "The field must be true or false.")
_ADDRESS: Final = _fixed("Fältet ska vara en hel webbadress.", "The field must be a whole web address.")
_WHOLE_NUMBER: Final = _fixed("Fältet ska vara ett heltal.", "The field must be a whole number.")
_MESSAGES: Final[Mapping[str, Callable[[Mapping[str, Any]], Message]]] = {
    "missing": _fixed("Fältet saknas.", "The field is missing."),
    "extra_forbidden": _fixed("Här finns ett fält som inte är känt.", "There is a field here that is not known."),
    "string_pattern_mismatch": _fixed("Texten är tom.", "The text is empty."),
    "string_type": _fixed("Fältet ska vara text.", "The field must be text."),
    "string_too_short": _fixed("Texten är tom.", "The text is empty."),
    "string_too_long": lambda ctx: Message(
        f"Texten får ha högst {ctx['max_length']} tecken.", f"The text may have at most {ctx['max_length']} characters."
    ),
    "list_type": _fixed("Fältet ska vara en lista.", "The field must be a list."),
    "too_short": lambda ctx: Message(
        f"Listan ska ha minst {ctx['min_length']} post.", f"The list must have at least {ctx['min_length']} item."
    ),
    "too_long": lambda ctx: Message(
        f"Listan får ha högst {ctx['max_length']} poster.", f"The list may have at most {ctx['max_length']} items."
    ),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "not_encrypted": _fixed(
        "Adressen ska börja med https://, utom på den egna datorn.",
        "The address must begin with https://, except on the same machine.",
    ),
    "web_origin": _fixed(
        "Skriv varje webbplats som https://värd, med port om den behövs och utan snedstreck sist.",
        "Write each site as https://host, with a port where one is needed and no slash at the end.",
    ),
    "database_url": _fixed(
        "Ange sqlite:///FIL eller postgresql://ANVÄNDARE@SERVER/DATABAS.",
        "Give sqlite:///FILE or postgresql://USER@SERVER/DATABASE.",
    ),
    "url_parsing": _ADDRESS,
    "url_scheme": _ADDRESS,
    "greater_than_equal": lambda ctx: Message(
        f"Värdet ska vara minst {ctx['ge']}.", f"The value must be at least {ctx['ge']}."
    ),
    "less_than_equal": lambda ctx: Message(
        f"Värdet får vara högst {ctx['le']}.", f"The value may be at most {ctx['le']}."
    ),
    "literal_error": lambda ctx: Message(f"Välj ett av: {_listed(ctx)}.", f"Choose one of: {_listed(ctx)}."),
    "model_type": _fixed("Här ska det vara ett JSON-objekt.", "A JSON object belongs here."),
    "model_attributes_type": _fixed("Här ska det vara ett JSON-objekt.", "A JSON object belongs here."),
}


def _listed(ctx: Mapping[str, Any]) -> str:
    """pydantic writes the choices as "'journal', 'plain' or 'easy'": ours have no quotes and no English word."""
    return str(ctx["expected"]).replace(" or ", ", ").replace("'", "")
