"""The web pages: a start page to try both jobs on, and the API described for people. All files are our own."""

import json
import shlex
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from nlg.entries import QUALIFIERS
from phrases.catalogue import catalogue
from service import examples, limits, problems
from service.access.route import GuardedRoute
from service.cached import cached
from service.release import ROOT, __version__
from service.state import state_of

router = APIRouter(include_in_schema=False, route_class=GuardedRoute)

_HERE: Final = Path(__file__).parent
_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HEADERS: Final = {
    # form-action: without script, a form must send a note nowhere, least of all into an address.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
_GRADES: Final = {
    0: "ingen svårighet",
    1: "lätt svårighet",
    2: "måttlig svårighet",
    3: "stor svårighet",
    4: "total svårighet",
    8: "ej specificerad",
    9: "ej tillämpbar",
}


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(request: Request, template: str, **values: Any) -> Response:
    public_url = str(state_of(request).settings.public_url).rstrip("/")
    html = _templates().get_template(template).render(root=ROOT, version=__version__, public_url=public_url, **values)
    return cached(request, html.encode(), "text/html; charset=utf-8", {**_HEADERS, "Cache-Control": "no-cache"})


def example_call(public_url: str, *, with_key: bool = False) -> str:
    """One call that can be pasted into a shell, where ORDBRO_KEY holds the key if one is needed."""
    body = json.dumps({"entries": [examples.FUNCTIONING]}, ensure_ascii=False)
    key = '-H "Authorization: Bearer $ORDBRO_KEY" ' if with_key else ""
    return f"curl -s {key}-H 'Content-Type: application/json' -d {shlex.quote(body)} \\\n  {public_url}{ROOT}/phrases"


@router.get("/")
async def start(request: Request) -> Response:
    """The start page: both jobs to try by hand, and where the API is."""
    known = catalogue()
    access = state_of(request).access
    return _page(
        request,
        "start.html",
        grades=[(qualifier, _GRADES[qualifier]) for qualifier in QUALIFIERS],
        statuses=known.statuses.values(),
        selections=known.selection_titles,
        note=examples.SUGGESTIONS_REQUEST["text"],
        longest=limits.NOTE_CHARACTERS,
        asks_for_key=access.on,
        call=example_call(str(state_of(request).settings.public_url).rstrip("/"), with_key=access.on),
    )


@router.get("/api")
async def api_page(request: Request) -> Response:
    """The API for people: each call with its example, made from the same description as openapi.json."""
    described = request.app.openapi()
    operations = [
        {"method": method.upper(), "path": path, **_shown(operation)}
        for path, item in described["paths"].items()
        for method, operation in item.items()
    ]
    return _page(request, "api.html", info=described["info"], operations=operations, kinds=problems.KINDS)


def _shown(operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody")
    return {
        "id": operation["operationId"],
        "summary": operation["summary"],
        "description": operation["description"].split("\n\n")[0],
        "scope": _scope(operation),
        "parameters": [parameter for parameter in operation["parameters"] if "$ref" not in parameter],
        "request": _example(body["content"]) if body else "",
        "answer": _example(_answered(operation)["content"]),
        "statuses": sorted(operation["responses"]),
    }


def _scope(operation: dict[str, Any]) -> str:
    """What a key must give for the operation; "" where it is open."""
    return next((scope for way in operation["security"] for scopes in way.values() for scope in scopes), "")


def _answered(operation: dict[str, Any]) -> dict[str, Any]:
    """The answer when all is well."""
    return next(answer for status, answer in operation["responses"].items() if status.startswith("2"))


def _example(content: dict[str, Any]) -> str:
    first = next(iter(content["application/json"]["examples"].values()))
    return json.dumps(first["value"], ensure_ascii=False, indent=2)


@lru_cache(maxsize=1)
def _static() -> dict[str, tuple[bytes, str]]:
    files = sorted((_HERE / "static").iterdir())
    return {file.name: (file.read_bytes(), _MEDIA_TYPES[file.suffix]) for file in files}


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """A stylesheet, script or image of the pages; only the files that are there, by name."""
    if name not in _static():
        raise problems.Problem(problems.NOT_FOUND)
    body, media_type = _static()[name]
    return cached(request, body, media_type)
