"""The description of the API (OpenAPI 3.1): what FastAPI makes of the routes, completed as DIGG's REST API-profil asks.

`python -m service.openapi` prints it; docs/openapi.json is that, and a test says when it is out of date.
"""

import json
import sys
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from phrases.catalogue import catalogue
from phrases.local import selection_names
from service import api, limits, schemas
from service.access import described as access
from service.entry_schema import entry_schema, person_schema
from service.release import ROOT, __version__
from service.requests import (
    CodeWithStatus,
    FeedbackRequest,
    OfferedSuggestion,
    PhrasesRequest,
    SuggestionsRequest,
    TextsRequest,
)
from service.settings import Settings

_SUMMARY: Final = "Från ICF och KSI till vanlig svenska, och från anteckning till KSI-kod"
_DESCRIPTION: Final = """\
Ordbro gör strukturerade uppgifter i ICF och KSI till svenska meningar på tre nivåer, och föreslår KSI-koder för det som
står i en anteckning. Tjänsten körs i kommunens egen miljö, skickar inget vidare, sparar inga anteckningar och loggar
dem inte. Den bedömer inte behov eller personer, och en människa bekräftar varje kod.

Ordbro turns structured ICF and KSI entries into Swedish sentences at three levels, and suggests KSI codes for what is
said in a note. The service runs in the municipality's own environment, sends nothing on, and neither stores nor logs
notes. It does not assess needs or persons, and a person confirms every code.
"""
_LIMITATIONS: Final = (
    f"En anteckning får ha högst {limits.NOTE_CHARACTERS} tecken, ett anrop högst {limits.ENTRIES} uppgifter och "
    f"{limits.BODY_BYTES} byte. Hur ofta ett system får anropa bestämmer den som driver tjänsten. "
    "Förslagen är mätta på anteckningar skrivna för ändamålet, inte på verkliga.\n\n"
    f"A note may have at most {limits.NOTE_CHARACTERS} characters, a request at most {limits.ENTRIES} entries and "
    f"{limits.BODY_BYTES} bytes. How often a system may call is decided by the one who runs the service. "
    "The suggestions are measured on notes written for the purpose, not on real ones."
)
_SLA: Final = {
    "availability": "Bestäms av den som driver tjänsten. Decided by the one who runs the service.",
    "responseTime": "Fraser och förslag besvaras på millisekunder (ordbro benchmark). Answers take milliseconds.",
    "support": "Se contact. See contact.",
}
_EXCEPTIONS: Final = {
    "SAK.01, UFN.02": "TLS på port 443 avslutas i kommunens proxy framför tjänsten. "
    "TLS on port 443 ends in the municipality's proxy in front of the service.",
    "SAK.10, SAK.18": "Bärartoken (OAuth 2) tas emot, och därtill nycklar, som verksamhetssystem kan skicka. "
    "Bearer tokens (OAuth 2) are taken, and keys beside them, since case systems can send those.",
    "ARQ.03": "Svaret är JSON vad Accept än säger, och Date och Cookie läses inte: inget beror på dem. "
    "The answer is JSON whatever Accept says, and Date and Cookie are not read: nothing depends on them.",
    "MOG.02": "Svaren har inga länkar: anropare genererar sin kod ur den här beskrivningen. "
    "Answers hold no links: callers generate their code from this description.",
}
"""The rules of DIGG's REST API-profil that are not followed to the letter, with the reason."""

_TRACEPARENT: Final = {
    "name": "traceparent",
    "in": "header",
    "required": False,
    "description": "Spårning enligt W3C Trace Context. Tracing as in W3C Trace Context.",
    "schema": {"type": "string"},
}
_ACCEPT_LANGUAGE: Final = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "Språk för felmeddelanden: sv eller en. The language of error messages.",
    "schema": {"type": "string", "default": "en"},
}
_ANSWER_HEADERS: Final = {
    "traceparent": {"description": "Svarets steg i spåret. This step of the trace.", "schema": {"type": "string"}},
    "X-Request-Id": {
        "description": "Anropets nummer, samma som i instance. The request's id, the same as in instance.",
        "schema": {"type": "string", "format": "uuid"},
    },
}


def build(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """The description of `app`, with server and contact from the settings."""
    public_url = str(settings.public_url).rstrip("/")
    described = get_openapi(
        title="Ordbro",
        version=__version__,
        openapi_version="3.1.0",
        summary=_SUMMARY,
        description=_DESCRIPTION,
        routes=app.routes,
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/sv/"},
        servers=[{"url": public_url + ROOT}],
        external_docs={"description": "Dokumentation och exempel", "url": f"{public_url}/api"},
    )
    _restore_examples(described)
    described["info"] |= {
        # Put in here, since FastAPI wants one more package to look at an address.
        "contact": {
            "name": settings.contact_name,
            "url": str(settings.contact_url),
            "email": settings.contact_email,
        },
        "x-sla": _SLA,
        "x-limitations": _LIMITATIONS,
        "x-rest-api-profil-exceptions": _EXCEPTIONS,
    }
    described["paths"] = {path.removeprefix(ROOT): item for path, item in described["paths"].items()}
    components = described["components"]
    components["schemas"] |= {**_problem_schemas(), "Person": person_schema(), "Entry": entry_schema()}
    for model in (PhrasesRequest, TextsRequest):
        asked = components["schemas"][model.__name__]["properties"]
        asked["person"] = {"$ref": "#/components/schemas/Person"}
        asked["entries"]["items"] = {"$ref": "#/components/schemas/Entry"}
    selections = {"type": "string", "enum": list(selection_names())}
    noted = components["schemas"][SuggestionsRequest.__name__]["properties"]["selection"]
    told = components["schemas"][FeedbackRequest.__name__]["properties"]["selection"]
    for described_selection in (noted, told, _parameter(described, "/codes", "selection")["schema"]):
        described_selection["anyOf"] = [selections, {"type": "null"}]
    components["schemas"][CodeWithStatus.__name__]["properties"]["status"]["enum"] = [*catalogue().statuses]
    components["schemas"][OfferedSuggestion.__name__]["properties"]["status"]["enum"] = [*catalogue().statuses]
    components["parameters"] = {"Traceparent": _TRACEPARENT, "AcceptLanguage": _ACCEPT_LANGUAGE}
    components["headers"] = {
        "Traceparent": _ANSWER_HEADERS["traceparent"],
        "RequestId": _ANSWER_HEADERS["X-Request-Id"],
        **access.HEADERS,
    }
    components["securitySchemes"] = access.SCHEMES
    for path, item in described["paths"].items():
        for operation in item.values():
            _complete(operation, ROOT + path)
    return described


def _restore_examples(described: dict[str, Any]) -> None:
    """Put the examples in as the routes have them: FastAPI leaves out null, and some answers have it."""
    for route in api.router.routes:
        assert isinstance(route, APIRoute)
        for method in route.methods or ():
            operation = described["paths"][route.path][method.lower()]
            pairs = [((route.openapi_extra or {}).get("requestBody", {}), operation.get("requestBody", {}))]
            pairs += [(answer, operation["responses"][str(status)]) for status, answer in route.responses.items()]
            for written, shown in pairs:
                for media_type, content in written.get("content", {}).items():
                    shown["content"][media_type]["examples"] = content["examples"]


def _parameter(described: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = described["paths"][path]["get"]["parameters"]
    return next(parameter for parameter in parameters if parameter.get("name") == name)


def _problem_schemas() -> dict[str, Any]:
    schema = schemas.ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    parts: dict[str, Any] = schema.pop("$defs", {})
    return {**parts, "ProblemDetails": schema}


def _complete(operation: dict[str, Any], route: str) -> None:
    operation["security"] = access.security(route)
    operation["responses"] |= {str(status): answer for status, answer in api.refused(*access.refusals(route)).items()}
    operation.setdefault("parameters", []).extend(
        [{"$ref": "#/components/parameters/Traceparent"}, {"$ref": "#/components/parameters/AcceptLanguage"}]
    )
    for status, response in operation["responses"].items():
        response["headers"] = {
            "traceparent": {"$ref": "#/components/headers/Traceparent"},
            "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
            **access.headers(status),
        }


def document_text(settings: Settings) -> str:
    """The description as it stands in docs/openapi.json."""
    from service.app import create_app

    return json.dumps(create_app(settings).openapi(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document_text(Settings()))
