"""The HTTP API, version 1: both main jobs, the codes, and the API about itself."""

from functools import partial
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Header, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from nlg.entries import parse_person
from nlg.levels import Level
from nlg.person import Person
from nlg.phrase import versions
from nlg.text import compose
from phrases.errors import InputError
from service import answers, codebook, examples, limits, problems, schemas
from service.access.route import caller_of
from service.cached import cached_json
from service.choices import LEVELS, LevelName
from service.feedback.errors import KeyReused, StoreUnavailable
from service.feedback.record import key_digest
from service.feedback.record import read as read_feedback
from service.feedback.recorder import RETRY_SECONDS
from service.language import Language, preferred
from service.reading import write_json
from service.release import RELEASED, ROOT, STATUS, __version__
from service.requests import FeedbackRequest, PhrasesRequest, SuggestionsRequest, TextsRequest
from service.state import state_of
from service.strict import StrictRoute

router = APIRouter(prefix=ROOT, route_class=StrictRoute)

Responses = dict[int | str, dict[str, Any]]


def _ok(description: str, status: int = 200, **named: Any) -> Responses:
    shown = {name: {"value": value} for name, value in named.items()}
    return {status: {"description": description, "content": {"application/json": {"examples": shown}}}}


def refused(*kinds: problems.Kind) -> Responses:
    """The documentation of problem answers; `openapi` adds the component they refer to."""
    by_status: dict[int, list[problems.Kind]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {
        status: {
            "description": " ".join(f"{kind.title.sv}. {kind.title.en}." for kind in same),
            "content": {
                problems.MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "examples": {kind.name: {"value": examples.problem(kind)} for kind in same},
                }
            },
        }
        for status, same in by_status.items()
    }


_ANY: Final = (problems.METHOD_NOT_ALLOWED, problems.URL_TOO_LONG, problems.MISDIRECTED, problems.INTERNAL)
_BODY: Final = (
    problems.INVALID_JSON,
    problems.TOO_LARGE,
    problems.UNSUPPORTED_MEDIA_TYPE,
    problems.INVALID_REQUEST,
    problems.TIMEOUT,
    problems.UNAVAILABLE,
    problems.BUSY,
    *_ANY,
)


def _asked(example: Any, **more: Any) -> dict[str, Any]:
    shown = {name: {"value": value} for name, value in {"exempel": example, **more}.items()}
    return {"requestBody": {"content": {"application/json": {"examples": shown}}}}


def language_of(request: Request) -> Language:
    """The language that the caller reads messages in."""
    return preferred(request.headers.get("accept-language", ""))


def _fresh(value: Any) -> Response:
    """An answer made from what was sent; the gate marks it no-store."""
    return Response(write_json(value), media_type="application/json")


def _told(raw: Any, person: Person, level: Level, language: Language) -> dict[str, Any]:
    try:
        return answers.phrase(raw, person, level)
    except InputError as fault:
        return {"error": {"field": fault.field, "message": problems.said(fault, language)}}


@router.post(
    "/phrases",
    operation_id="createPhrases",
    tags=["Fraser"],
    summary="En fras för varje uppgift",
    response_model=schemas.Phrases,
    responses={**_ok("En fras, eller ett fel, för varje uppgift.", exempel=examples.PHRASES), **refused(*_BODY)},
    openapi_extra=_asked(examples.PHRASES_REQUEST),
)
async def phrases(body: PhrasesRequest, request: Request) -> Response:
    """Gör varje uppgift (ICF eller KSI) till en fras på vald nivå. En felaktig uppgift får ett fel på sin plats, och de
    andra besvaras ändå.

    Turns each entry (ICF or KSI) into a phrase at the chosen level. A faulty entry gets an error in its place, and the
    others are answered.
    """
    person = parse_person(body.person)  # a fault in the person concerns the whole request
    level, language = Level(body.level), language_of(request)
    return _fresh({"phrases": [_told(raw, person, level, language) for raw in body.entries]})


@router.post(
    "/texts",
    operation_id="createText",
    tags=["Fraser"],
    summary="En sammanhängande text av många uppgifter",
    response_model=schemas.Text,
    responses={**_ok("Texten, hel och i avsnitt.", exempel=examples.TEXT), **refused(*_BODY)},
    openapi_extra=_asked(examples.TEXT_REQUEST),
)
async def texts(body: TextsRequest) -> Response:
    """Skriver många uppgifter om samma person som en sammanhängande text med rubriker: efter livsområde eller
    aktivitet.

    Writes many entries about one person as one flowing text with headings, by life area or by activity.
    """
    person = parse_person(body.person)
    entries, faults = answers.read_entries(body.entries)
    if faults:
        raise problems.Problem(problems.INVALID_REQUEST, faults)
    return _fresh(compose(entries, person, Level(body.level), body.track).as_dict())


@router.post(
    "/suggestions",
    operation_id="createSuggestions",
    tags=["Förslag"],
    summary="KSI-koder för det som står i en anteckning",
    response_model=schemas.Suggestions,
    responses={**_ok("Förslagen, det troligaste först.", exempel=examples.SUGGESTIONS), **refused(*_BODY)},
    openapi_extra=_asked(examples.SUGGESTIONS_REQUEST),
)
async def suggestions(body: SuggestionsRequest, request: Request) -> Response:
    """Läser en anteckning och föreslår KSI-aktiviteter med status och de ord som talar för dem. En människa bekräftar
    varje kod. Anteckningen sparas inte och loggas inte.

    Reads a note and suggests KSI activities with status and the words that speak for them. A person confirms every
    code. The note is neither stored nor logged.
    """
    state = state_of(request)
    chosen = body.selection if "selection" in body.model_fields_set else caller_of(request).selection
    read = partial(state.suggester.suggest, body.text, chosen, body.limit)
    found = await state.queue.read(read, len(body.text))
    return _fresh(found.as_dict())


@router.post(
    "/feedback",
    operation_id="createFeedback",
    tags=["Återkoppling"],
    summary="Vad som valdes bland förslagen",
    status_code=201,
    response_model=schemas.FeedbackKept,
    responses={
        **_ok("Återkopplingen är sparad, och finns kvar även om servern stannar.", 201, exempel=examples.FEEDBACK_KEPT),
        **refused(*_BODY, problems.KEY_REUSED, problems.FEEDBACK_UNAVAILABLE),
    },
    openapi_extra=_asked(examples.FEEDBACK_REQUEST, inget_passade=examples.NOTHING_FITS_REQUEST),
)
async def feedback(
    body: FeedbackRequest,
    request: Request,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Slumpad nyckel, helst en UUID. Samma nyckel med samma innehåll ger samma svar och sparas en "
            "gång. A random key, preferably a UUID: with the same content it gives the same answer and is kept once.",
            examples=["8e03978e-40d5-43e8-bc93-6894a57f9324"],
        ),
    ] = None,
) -> Response:
    """Sparar vilka koder som visades för en anteckning och vilka som valdes, som underlag för att förbättra förslagen.
    Bara koder, tal och versioner tas emot: ingen text, inget om personen och inget om den som valde.

    Keeps which codes were offered for a note and which were chosen, to make the suggestions better. Takes codes,
    numbers and versions only: no text, nothing about the person, and nothing about who chose.
    """
    record, faults = read_feedback(body)
    if faults:
        raise problems.Problem(problems.INVALID_REQUEST, faults)
    try:
        digest = None if key is None else key_digest(key, caller_of(request).name)
    except InputError as fault:
        raise problems.Problem(problems.INVALID_REQUEST, [fault], place="parameter") from None
    try:
        kept = await state_of(request).feedback.save(record, digest)
    except KeyReused:
        raise problems.Problem(problems.KEY_REUSED) from None
    except StoreUnavailable:
        wait = {"Retry-After": str(RETRY_SECONDS)}
        raise problems.Problem(problems.FEEDBACK_UNAVAILABLE, headers=wait) from None
    return Response(write_json({"id": str(kept)}), 201, media_type="application/json")


@router.get(
    "/answer-options",
    operation_id="getAnswerOptions",
    tags=["Fraser"],
    summary="Färdiga svar för en planerad aktivitet",
    response_model=schemas.AnswerOptions,
    responses={
        **_ok("Ett svar för varje utfall, med uppgiften som det står för.", exempel=examples.ANSWER_OPTIONS),
        304: {"description": "Oförändrat. Not modified."},
        **refused(problems.UNKNOWN_CODE, problems.INVALID_REQUEST, *_ANY),
    },
)
async def answer_options(
    request: Request,
    code: Annotated[
        str, Query(max_length=40, description="KSI-kod med inriktning och agerande.", examples=["SMB.RB.ZZ"])
    ] = "",
    level: Annotated[LevelName, Query(description=f"Hur svaren ska låta: {LEVELS}.")] = "easy",
) -> Response:
    """Färdiga meningar att välja i stället för att skriva, en för varje utfall av en planerad aktivitet. Personen
    kallas NN: namn hör inte hemma i en adress.

    Ready sentences to pick instead of writing, one for each outcome of a planned activity. The person is called NN:
    names do not belong in an address.
    """
    try:
        return cached_json(request, answers.options(code, Level(level)))
    except InputError as fault:
        raise problems.Problem(problems.UNKNOWN_CODE, [fault], place="parameter") from None


@router.get(
    "/codes",
    operation_id="searchCodes",
    tags=["Koder"],
    summary="Sök bland koderna medan du skriver",
    response_model=schemas.Codes,
    responses={
        **_ok("En sida träffar.", exempel=examples.CODES),
        304: {"description": "Oförändrat. Not modified."},
        **refused(problems.INVALID_REQUEST, *_ANY),
    },
)
async def codes(
    request: Request,
    q: Annotated[str, Query(max_length=limits.QUERY_CHARACTERS, description="Ord, början av ord eller en kod.")] = "",
    system: Annotated[Literal["ksi", "icf"] | None, Query(description="Bara det ena kodsystemet.")] = None,
    selection: Annotated[str | None, Query(max_length=40, description="Urval, t.ex. ÄOU.")] = None,
    limit: Annotated[int, Query(ge=1, le=limits.PAGE, description="Träffar på en sida.")] = limits.PAGE_DEFAULT,
    page: Annotated[int, Query(ge=1, le=1000, description="Sida, från 1.")] = 1,
) -> Response:
    """Söker bland KSI- och ICF-koder, officiella termer och vardagsord. Skriv inget om en person i adressen.

    Searches KSI and ICF codes, official terms and everyday words. Write nothing about a person in the address.
    """
    found = codebook.search(q, system, selection, limit, page)
    return cached_json(request, {"codes": found, "page": page, "limit": limit})


@router.get(
    "/codes/{code}",
    operation_id="getCode",
    tags=["Koder"],
    summary="Vad en kod betyder",
    response_model=schemas.Code,
    response_model_exclude_unset=True,
    responses={
        **_ok("Koden, förklaring och samband.", exempel=examples.CODE),
        304: {"description": "Oförändrat. Not modified."},
        **refused(problems.UNKNOWN_CODE, problems.INVALID_REQUEST, *_ANY),
    },
)
async def code(
    request: Request,
    code: Annotated[str, Path(max_length=40, description="KSI- eller ICF-kod.", examples=["SOG.RB.ZZ"])],
) -> Response:
    """Vad en KSI- eller ICF-kod betyder: förklaring, vilka ageranden som finns, hur KSI och ICF hör ihop, och vilka
    koder den lätt förväxlas med.

    What a KSI or ICF code means: explanation, actions that exist, how KSI and ICF belong together, and the codes that
    it is easily confused with.
    """
    try:
        return cached_json(request, codebook.describe(code))
    except InputError as fault:
        raise problems.Problem(problems.UNKNOWN_CODE, [fault], place="parameter") from None


@router.get(
    "/api-info",
    operation_id="getApiInfo",
    tags=["Om API:et"],
    summary="API:ets namn, version och status",
    response_model=schemas.ApiInfo,
    responses={
        **_ok("Om API:et.", exempel=examples.API_INFO),
        304: {"description": "Oförändrat. Not modified."},
        **refused(*_ANY),
    },
)
async def api_info(request: Request) -> Response:
    """API:ets namn, version, utgivningsdag, dokumentation och status, och versionerna av det som svaren byggs av.

    Name, version, release date, documentation and status of the API, and the versions of what answers are made from.
    """
    return cached_json(
        request,
        {
            "api_name": "Ordbro",
            "api_version": __version__,
            "api_released": RELEASED,
            "api_documentation": f"{str(state_of(request).settings.public_url).rstrip('/')}/api",
            "api_status": STATUS,
            "versions": versions(),
        },
    )


@router.get(
    "/openapi.json",
    operation_id="getOpenapi",
    tags=["Om API:et"],
    summary="API-beskrivningen (OpenAPI 3.1)",
    responses={
        200: {
            "description": "Beskrivningen.",
            "content": {"application/json": {"examples": {"början": {"value": {"openapi": "3.1.0"}}}}},
        },
        304: {"description": "Oförändrat. Not modified."},
        **refused(*_ANY),
    },
)
async def openapi_document(request: Request) -> Response:
    """Denna beskrivning av API:et.

    This description of the API.
    """
    return cached_json(request, request.app.openapi())
