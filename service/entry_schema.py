"""How entries and persons look in the API description: JSON Schema drawn from the values that `nlg` reads."""

from enum import StrEnum
from typing import Any, Final

from nlg.entries import QUALIFIERS
from nlg.entries.activity import Cause, PartOfDay, Period, Weekday, WeekParity
from nlg.entries.basic_information import MAX_VALUES, items
from nlg.entries.functioning import Construct, Goal, Moment, Source
from nlg.entries.goal_attainment import Attainment, AttainmentCause
from nlg.entries.reading import MAX_FREE_TEXT, MAX_NAME, MAX_PERFORMER
from nlg.entries.related_factor import Effect
from nlg.person import Address, Pronoun
from phrases.catalogue import catalogue

Schema = dict[str, Any]


def _choice(kind: type[StrEnum], description: str, default: StrEnum | None = None) -> Schema:
    schema: Schema = {"type": "string", "enum": [member.value for member in kind], "description": description}
    return schema if default is None else {**schema, "default": default.value}


def _text(most: int, description: str) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": most, "description": description}


def _object(description: str, properties: dict[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def person_schema() -> Schema:
    """The person an entry is about."""
    properties = {
        "name": _text(MAX_NAME, "Namn eller initialer, som de ska stå. Utan namn: NN."),
        "pronoun": _choice(Pronoun, "Pronomen i tredje person.", Pronoun.HEN),
        "address": _choice(
            Address, "third: om personen, second: till personen (du), first: personen talar (jag).", Address.THIRD
        ),
    }
    return {"anyOf": [_object("Vem texten handlar om.", properties), {"type": "null"}]}


def entry_schema() -> Schema:
    """Any entry; `type` says which."""
    return {"oneOf": [{**schema, "title": kind} for kind, schema in by_type().items()]}


def by_type() -> dict[str, Schema]:
    """The schema of each type of entry."""
    return {
        "functioning": _functioning(),
        "activity": _activity(),
        "goal_attainment": _goal_attainment(),
        "related_factor": _related_factor(),
        "basic_information": _basic_information(),
    }


def _type(name: str) -> Schema:
    return {"type": "string", "const": name}


_QUALIFIER: Final[Schema] = {
    "type": "integer",
    "enum": list(QUALIFIERS),
    "description": "Grad; kan också stå i icf.",
}


def _functioning() -> Schema:
    return _object(
        "Funktionstillstånd: hur det är, vad målet är, eller hur det var vid uppföljningen.",
        {
            "type": _type("functioning"),
            "icf": {
                "type": "string",
                "description": "ICF-kod (d eller b), också med officiell notation: d6402, d6402.2, d6402._2.",
                "examples": ["d6402"],
            },
            "qualifier": _QUALIFIER,
            "construct": _choice(Construct, "Vad graden gäller: genomförande eller kapacitet, med eller utan stöd."),
            "moment": _choice(
                Moment, "assessed: bedömt, intended: avsett (målet), follow_up: vid uppföljning.", Moment.ASSESSED
            ),
            "source": _choice(Source, "Vem som säger det."),
            "goal": _choice(Goal, "Förändringsmål eller bibehållandemål; bara när moment är intended."),
            "by": {
                "type": "string",
                "format": "date",
                "description": "När målet ska vara nått; bara när moment är intended.",
            },
        },
        "type",
        "icf",
    )


_FREQUENCY: Final = _object(
    "Hur ofta.",
    {
        "times": {"type": "integer", "minimum": 1, "maximum": 99, "description": "Antal gånger."},
        "per": _choice(Period, "Under denna tid."),
    },
    "times",
    "per",
)


def _activity() -> Schema:
    return _object(
        "En KSI-aktivitet med status och planering.",
        {
            "type": _type("activity"),
            "ksi": {
                "type": "string",
                "description": "KSI-kod: inriktning och agerande, XA eller YA, i vilket skrivsätt som helst.",
                "examples": ["SOG.RB.ZZ"],
            },
            "status": {"type": "string", "enum": list(catalogue().statuses), "description": "Aktivitetsstatus."},
            "performer": _text(MAX_PERFORMER, "Vem som utför."),
            "frequency": _FREQUENCY,
            "weekdays": {
                "type": "array",
                "description": "Veckodagar.",
                "items": {"type": "string", "enum": [day.value for day in Weekday]},
                "minItems": 1,
                "maxItems": len(Weekday),
            },
            "weeks": _choice(WeekParity, "Udda eller jämna veckor."),
            "part_of_day": _choice(PartOfDay, "Del av dagen."),
            "minutes": {"type": "integer", "minimum": 1, "maximum": 1440, "description": "Minuter varje gång."},
            "how": _text(MAX_FREE_TEXT, "Hur det ska göras, med korta och enkla ord."),
            "not_done_because": _choice(Cause, "Vem som inte kunde; bara vid status 15, 45 eller 50."),
            "date": {"type": "string", "format": "date", "description": "Dagen det gäller."},
        },
        "type",
        "ksi",
        "status",
    )


def _goal_attainment() -> Schema:
    return _object(
        "Måluppfyllelse för en kategori, med IBIC:s och BBIC:s värden.",
        {
            "type": _type("goal_attainment"),
            "icf": {"type": "string", "description": "ICF-kod (d eller b).", "examples": ["d6402"]},
            "value": _choice(Attainment, "Om målet är uppfyllt."),
            "source": _choice(Source, "Vem som säger det."),
            "cause": _choice(AttainmentCause, "Ändrade omständigheter eller arbetssättet."),
            "reason": _text(MAX_FREE_TEXT, "Orsaken, i egna ord."),
        },
        "type",
        "icf",
        "value",
    )


def _related_factor() -> Schema:
    shared = {
        "type": _type("related_factor"),
        "affects": {"type": "string", "description": "ICF-kod för det som faktorn påverkar.", "examples": ["d450"]},
    }
    effect = _choice(Effect, "Hinder eller underlättande; kan också stå som tecken i icf (e115.3, e115+3).")
    coded = _object(
        "En relaterad faktor i ICF: kroppsfunktion, kroppsstruktur eller omgivning.",
        {
            **shared,
            "icf": {
                "type": "string",
                "description": "ICF-kod (b, s eller e), också med notation.",
                "examples": ["e1151"],
            },
            "qualifier": _QUALIFIER,
            "effect": effect,
            "source": _choice(Source, "Vem som säger det."),
        },
        "type",
        "icf",
    )
    personal = _object(
        "En personfaktor, som ICF saknar koder för.",
        {**shared, "personal_factor": _text(MAX_FREE_TEXT, "Faktorn, i egna ord."), "effect": effect},
        "type",
        "personal_factor",
        "effect",
    )
    return {"anyOf": [coded, personal]}


def _basic_information() -> Schema:
    value = {"type": ["string", "integer"], "description": "Värdet, enligt uppgiftens värdemängd (SKR)."}
    return _object(
        "En uppgift ur Basinformation i socialtjänsten (SKR).",
        {
            "type": _type("basic_information"),
            "item": {"type": "string", "description": "Uppgiften.", "enum": list(items())},
            "value": {"anyOf": [value, {"type": "array", "items": value, "minItems": 1, "maxItems": MAX_VALUES}]},
            "date": {"type": "string", "format": "date", "description": "Datum för aktualiseringen."},
        },
        "type",
        "item",
        "value",
    )
