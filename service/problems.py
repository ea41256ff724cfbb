"""Problem details (RFC 9457): every answer from 400 up. They name fields and limits and hold nothing of the request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from starlette.exceptions import HTTPException
from starlette.responses import Response

from phrases.errors import InputError
from service import limits
from service.language import Language, Message
from service.reading import write_json
from service.schemas import PROBLEM_TYPE

MEDIA_TYPE: Final = "application/problem+json"


Place = Literal["pointer", "parameter"]
"""Whether a fault's field is told as a JSON Pointer into the body, or as the name of a parameter."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the stable end of its `type`, its status, and what it is called."""

    name: str
    status: int
    title: Message
    detail: Message

    @property
    def uri(self) -> str:
        """The `type` of RFC 9457."""
        return PROBLEM_TYPE + self.name


INVALID_JSON: Final = Kind(
    "invalid-json",
    400,
    Message("Anropet kan inte läsas", "The request cannot be read"),
    Message("Anropet ska vara JSON i UTF-8.", "The body must be JSON in UTF-8."),
)
BAD_REQUEST: Final = Kind(
    "bad-request",
    400,
    Message("Felaktigt anrop", "Bad request"),
    Message(
        "Anropet går inte att tolka. Jämför det med exemplen på sidan /api.",
        "The request cannot be understood. Compare it with the examples on the page /api.",
    ),
)
UNAUTHORIZED: Final = Kind(
    "unauthorized",
    401,
    Message("Behörighet saknas", "Not authorised"),
    Message(
        "Skicka en nyckel eller token som gäller: Authorization: Bearer <nyckel>.",
        "Send a key or token that is valid: Authorization: Bearer <key>.",
    ),
)
FORBIDDEN: Final = Kind(
    "forbidden",
    403,
    Message("Behörigheten räcker inte", "Not allowed"),
    Message(
        "Nyckeln saknar den behörighet som anropet kräver. Vilken det är står i WWW-Authenticate, efter scope.",
        "The key lacks the scope that the request needs. WWW-Authenticate of the answer names it.",
    ),
)
NOT_FOUND: Final = Kind(
    "not-found",
    404,
    Message("Finns inte", "Not found"),
    Message("Det finns inget på den adressen.", "There is nothing at this address."),
)
UNKNOWN_CODE: Final = Kind(
    "unknown-code",
    404,
    Message("Koden finns inte", "No such code"),
    Message("Koden finns inte i KSI 2025 eller ICF 2025.", "There is no such code in KSI 2025 or ICF 2025."),
)
METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed",
    405,
    Message("Metoden kan inte användas här", "Method not allowed"),
    Message("Adressen tar emot de metoder som står i Allow.", "The address takes the methods named in Allow."),
)
TIMEOUT: Final = Kind(
    "request-timeout",
    408,
    Message("Anropet kom inte fram i tid", "The request did not arrive in time"),
    Message(
        f"Hela anropet ska komma inom {limits.BODY_SECONDS:.0f} sekunder.",
        f"The whole request must arrive within {limits.BODY_SECONDS:.0f} seconds.",
    ),
)
TOO_LARGE: Final = Kind(
    "content-too-large",
    413,
    Message("Anropet är för stort", "The request is too large"),
    Message(
        f"Anropets innehåll får vara högst {limits.BODY_BYTES} byte.",
        f"The body may be at most {limits.BODY_BYTES} bytes.",
    ),
)
URL_TOO_LONG: Final = Kind(
    "uri-too-long",
    414,
    Message("Adressen är för lång", "The address is too long"),
    Message(
        f"Adressen får ha högst {limits.URL_CHARACTERS} tecken.",
        f"The address may have at most {limits.URL_CHARACTERS} characters.",
    ),
)
UNSUPPORTED_MEDIA_TYPE: Final = Kind(
    "unsupported-media-type",
    415,
    Message("Innehållstypen kan inte tas emot", "Unsupported content type"),
    Message(
        "Skicka Content-Type: application/json, i UTF-8.",
        "Send Content-Type: application/json, in UTF-8.",
    ),
)
MISDIRECTED: Final = Kind(
    "misdirected-request",
    421,
    Message("Tjänsten svarar inte på det värdnamnet", "The service does not answer to this host name"),
    Message(
        "Utan behörighetskontroll svarar tjänsten bara på localhost, 127.0.0.1, [::1] och värdnamnet i "
        "ORDBRO_PUBLIC_URL. Använd ett av dem, eller kräv nycklar (ORDBRO_KEYS_FILE).",
        "Without access control the service answers only to localhost, 127.0.0.1, [::1] and the host name in "
        "ORDBRO_PUBLIC_URL. Use one of them, or ask for keys (ORDBRO_KEYS_FILE).",
    ),
)
INVALID_REQUEST: Final = Kind(
    "invalid-request",
    422,
    Message("Något i anropet är fel", "Something in the request is wrong"),
    Message(
        "Varje fel står under errors, med fältet det gäller.",
        "Each fault stands under errors, with the field it concerns.",
    ),
)
KEY_REUSED: Final = Kind(
    "idempotency-key-reused",
    422,
    Message("Nyckeln är redan använd", "The key has been used already"),
    Message(
        "Samma Idempotency-Key har kommit med ett annat innehåll. Ge varje ny återkoppling en ny nyckel.",
        "The same Idempotency-Key came with other content. Give each new piece of feedback a new key.",
    ),
)
TOO_MANY_REQUESTS: Final = Kind(
    "too-many-requests",
    429,
    Message("För många anrop", "Too many requests"),
    Message(
        "Vänta så många sekunder som Retry-After säger.",
        "Wait as many seconds as Retry-After says.",
    ),
)
INTERNAL: Final = Kind(
    "internal-error",
    500,
    Message("Internt fel", "Internal error"),
    Message(
        "Felet är vårt. Uppge instance när du frågar om det.",
        "The fault is ours. Name instance when you ask about it.",
    ),
)
UNAVAILABLE: Final = Kind(
    "unavailable",
    503,
    Message("Tjänsten är inte redo", "The service is not ready"),
    Message("Försök igen om en stund.", "Try again in a moment."),
)
FEEDBACK_UNAVAILABLE: Final = Kind(
    "feedback-unavailable",
    503,
    Message("Återkopplingen kan inte sparas just nu", "Feedback cannot be kept just now"),
    Message(
        "Försök igen om en stund, med samma Idempotency-Key. Fraser och förslag fungerar som vanligt.",
        "Try again in a moment, with the same Idempotency-Key. Phrases and suggestions work as usual.",
    ),
)
BUSY: Final = Kind(
    "busy",
    503,
    Message("Tjänsten har fullt", "The service is busy"),
    Message(
        "Fler anrop väntar än som får vänta. Försök igen efter den tid som står i Retry-After.",
        "More requests are waiting than may wait. Try again after the time given in Retry-After.",
    ),
)

KINDS: Final = (
    INVALID_JSON,
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    UNKNOWN_CODE,
    METHOD_NOT_ALLOWED,
    TIMEOUT,
    TOO_LARGE,
    URL_TOO_LONG,
    UNSUPPORTED_MEDIA_TYPE,
    MISDIRECTED,
    INVALID_REQUEST,
    KEY_REUSED,
    TOO_MANY_REQUESTS,
    INTERNAL,
    UNAVAILABLE,
    FEEDBACK_UNAVAILABLE,
    BUSY,
)
_OF_STATUS: Final[Mapping[int, Kind]] = {404: NOT_FOUND, 405: METHOD_NOT_ALLOWED}


class Problem(HTTPException):
    """A refusal with its kind and faults; FastAPI lets it through where it would hide other exceptions."""

    def __init__(
        self,
        kind: Kind,
        faults: Sequence[InputError] = (),
        *,
        place: Place = "pointer",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.status, headers=dict(headers or {}))
        self.kind = kind
        self.faults = tuple(faults)
        self.place = place


def from_http(error: HTTPException) -> Problem:
    """The framework's own refusals (no such route, wrong method) as problems; its words are left behind."""
    return Problem(_OF_STATUS.get(error.status_code, BAD_REQUEST), headers=error.headers)


def said(fault: InputError, language: Language) -> str:
    """What is wrong and what is allowed, in one language."""
    return fault.text if language == "sv" else fault.text_en


def pointer(field: str) -> str:
    """A field path "entries.0.icf" as JSON Pointer (RFC 6901) "/entries/0/icf"; "" is the whole document."""
    return "".join(f"/{part}" for part in field.split(".")) if field else ""


def document(problem: Problem, language: Language, request_id: str) -> dict[str, Any]:
    """The body of a problem answer."""
    kind = problem.kind
    body: dict[str, Any] = {
        "type": kind.uri,
        "title": kind.title.within(language),
        "status": kind.status,
        "detail": kind.detail.within(language),
        "instance": f"urn:uuid:{request_id}",
    }
    if problem.faults:
        body["errors"] = [
            {
                problem.place: pointer(fault.field) if problem.place == "pointer" else fault.field,
                "detail": said(fault, language),
            }
            for fault in problem.faults
        ]
    return body


def response(problem: Problem, language: Language, request_id: str) -> Response:
    """The whole answer, in the caller's language."""
    headers = {**(problem.headers or {}), "Content-Language": language, "Vary": "Accept-Language"}
    return Response(write_json(document(problem, language, request_id)), problem.kind.status, headers, MEDIA_TYPE)
