"""Answers that change with a release alone (codes, API description): with an ETag, and 304 for who has them."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from service.reading import write_json

CACHE_CONTROL: Final = "private, max-age=300"


def cached_json(request: Request, value: Any) -> Response:
    """`value` as JSON, or 304 for a caller who has it."""
    return cached(request, write_json(value), "application/json")


def cached(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """`body` with an ETag of its content, or 304 when If-None-Match (RFC 9110) names it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    told = {"ETag": etag, "Cache-Control": CACHE_CONTROL, **(headers or {})}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=told)
    return Response(body, 200, told, media_type)


def _has(if_none_match: str, etag: str) -> bool:
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or etag in known
