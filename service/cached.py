"""Answers that only change with a release (codes, API description): they carry an ETag, and 304 answers who has them."""

import hashlib
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from service.reading import write_json

CACHE_CONTROL: Final = "private, max-age=300"


def cached_json(request: Request, value: Any) -> Response:
    """`value` as JSON with an ETag of its content, or 304 when If-None-Match (RFC 9110) names it."""
    body = write_json(value)
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "application/json")


def _has(if_none_match: str, etag: str) -> bool:
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or etag in known
