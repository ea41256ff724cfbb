"""The examples in the API description: whole requests and answers, held true by the tests."""

from typing import Any, Final

from service import problems

REQUEST_ID: Final = "3f0c0a52-6a0f-4a57-9d0e-2a4c7d1b8e11"


def problem(kind: problems.Kind) -> dict[str, Any]:
    """An example of one kind of problem."""
    return problems.document(problems.Problem(kind), "sv", REQUEST_ID)


PERSON: Final = {"name": "NN", "pronoun": "hen", "address": "third"}
FUNCTIONING: Final = {
    "type": "functioning",
    "icf": "d6402",
    "qualifier": 2,
    "moment": "assessed",
    "source": "caseworker",
}
ACTIVITY: Final = {
    "type": "activity",
    "ksi": "SOG.RB.ZZ",
    "status": "55",
    "frequency": {"times": 1, "per": "week"},
    "weekdays": ["mon"],
    "part_of_day": "morning",
    "minutes": 30,
}
PHRASES_REQUEST: Final = {
    "person": PERSON,
    "level": "journal",
    "entries": [FUNCTIONING, {"type": "functioning", "icf": "d6402"}],
}
TEXT_REQUEST: Final = {"person": PERSON, "level": "plain", "track": "life_area", "entries": [FUNCTIONING, ACTIVITY]}
SUGGESTIONS_REQUEST: Final[dict[str, Any]] = {
    "text": "Hjälpte NN att duscha och tvätta håret. Hen ville inte följa med till affären.",
    "selection": "ÄOU",
    "limit": 8,
}
VERSIONS: Final = {
    "catalogue": "KSI 2025 v1.0, ICF 2025 v1.1, 0123456789ab",
    "bank": "0123456789ab",
    "patterns": "0123456789ab",
}
SUGGESTION_VERSIONS: Final = {
    "catalogue": VERSIONS["catalogue"],
    "lexicon": "0123456789ab",
    "cues": "0123456789ab",
    "model": "0123456789ab",
    "model_hash": "0123456789abcdef" * 4,
}
PHRASE: Final = {
    "text": "NN har enligt handläggaren en måttlig svårighet att städa sin bostad.",
    "level": "journal",
    "phrase_id": "functioning/journal/d6402/assessed/performance:2/caseworker",
    "versions": VERSIONS,
    "readability": {"lix": 38, "words": 11, "longest_sentence": 11},
    "terms": [],
}
PHRASES: Final = {
    "phrases": [
        PHRASE,
        {"error": {"field": "qualifier", "message": "Graden saknas. Tillåtet: 0, 1, 2, 3, 4, 8, 9."}},
    ]
}
_SECTION: Final = (
    "Handläggaren bedömer att NN har ganska svårt att städa sin bostad. "
    "Personalen ska hjälpa hen att städa sin bostad. "
    "Det ska ske en gång i veckan, på måndagar, på morgonen. Det ska ta 30 minuter varje gång."
)
TEXT: Final = {
    "text": f"Hemliv\n{_SECTION}",
    "level": "plain",
    "phrase_id": "functioning/plain/d6402/assessed/performance:2/caseworker+activity/plain/SOG.RB.ZZ/55",
    "versions": VERSIONS,
    "readability": {"lix": 25, "words": 37, "longest_sentence": 11},
    "terms": [],
    "sections": [{"heading": "Hemliv", "text": _SECTION}],
}
SUGGESTIONS: Final[dict[str, Any]] = {
    "suggestions": [
        {
            "code": "SMB.RB.ZZ",
            "title": "Praktiskt stöd i att tvätta sig",
            "plain": "Personalen ska hjälpa NN att tvätta sig.",
            "status": "40",
            "status_title": "genomförd",
            "confidence": 0.93,
            "selected": True,
            "evidence": [{"start": 0, "end": 21, "text": "Hjälpte NN att duscha"}],
            "question": None,
        }
    ],
    "warnings": [],
    "versions": SUGGESTION_VERSIONS,
}
FEEDBACK_REQUEST: Final[dict[str, Any]] = {
    "offered": [
        {"rank": 1, "code": "SMB.RB.ZZ", "status": "40", "confidence": 0.93, "selected": True},
        {"rank": 2, "code": "SMB.RC.ZZ", "status": "40", "confidence": 0.21, "selected": False},
    ],
    "chosen": [{"code": "SMB.RB.ZZ", "status": "40"}],
    "none_fits": False,
    "selection": "ÄOU",
    "versions": SUGGESTION_VERSIONS,
}
NOTHING_FITS_REQUEST: Final[dict[str, Any]] = {
    "offered": [{"rank": 1, "code": "SMB.RB.ZZ", "status": "40", "confidence": 0.31, "selected": False}],
    "none_fits": True,
    "selection": "ÄOU",
    "versions": SUGGESTION_VERSIONS,
}
FEEDBACK_KEPT: Final = {"id": "9b2f6a54-0f0e-4c53-8d43-6f1c2f6f7a10"}
ANSWER_OPTIONS: Final[dict[str, Any]] = {
    "options": [
        {
            "outcome": "done",
            "text": "Personalen har hjälpt NN att tvätta sig.",
            "entry": {"type": "activity", "ksi": "SMB.RB.ZZ", "status": "40"},
        },
        {"outcome": "done_by_person", "text": "NN klarade det själv.", "entry": None},
    ]
}
CODES: Final = {
    "codes": [
        {
            "code": "d6402",
            "title": "Att städa bostaden",
            "plain": "städa sin bostad",
            "matched": "Att städa bostaden",
            "via": "title",
            "system": "icf",
        }
    ],
    "page": 1,
    "limit": 20,
}
CODE: Final[dict[str, Any]] = {
    "code": "YAA.35.ZZ",
    "system": "ksi",
    "kind": "statistical",
    "title": "Trygghetslarm",
    "plain": "NN ska få trygghetslarm.",
    "explanation": "",
    "parent": {"code": "YAA", "title": "Insatser till äldre personer och personer med funktionsnedsättning enligt SoL"},
    "members": [],
    "selections": [],
    "official": None,
}
API_INFO: Final = {
    "api_name": "Ordbro",
    "api_version": "0.1.0",
    "api_released": "2026-11-22",
    "api_documentation": "https://ordbro.example.se/api",
    "api_status": "alpha",
    "versions": VERSIONS,
}
