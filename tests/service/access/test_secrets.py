"""Nothing of a key or token stands in an answer, a log line or a figure, whoever sent it and wherever they put it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.access.scopes import Scope
from tests.service.access.conftest import Opened, Site, bearer, tokens
from tests.service.access.issuer import token
from tests.service.access.test_route import CALLS
from tests.service.conftest import SpySuggester
from tests.service.test_pages import Page
from tests.service.test_privacy import everything_logged

MARKER = "Qvxz"
NOTE = "/ordbro/v1/suggestions"


def parts(shown: str) -> set[str]:
    """What would tell something of a key or token: its id, secret, header, claims and signature, and their ends."""
    cut = {part for whole in shown.split(".") for part in (whole, *whole.split("_", 2)[1:]) if len(part) > 7}
    return cut | {part[:12] for part in cut} | {part[-12:] for part in cut}


def headers(shown: str) -> Iterator[dict[str, str]]:
    """Where people put keys, rightly and wrongly."""
    yield bearer(shown)
    yield {"X-API-Key": shown}
    yield {"Authorization": shown}
    yield {"Authorization": f"Basic {shown}"}
    yield {"Cookie": f"key={shown}", "User-Agent": shown, "Origin": f"https://{shown}", "traceparent": shown}


def test_no_key_is_told(site: Site, opened: Opened, tmp_path: Path, suggester: SpySuggester) -> None:
    key, revoked = site.key(*Scope, profile=MARKER), site.key(*Scope)
    site.revoke(revoked)
    shown = [
        key,
        revoked,
        f"{key[:-1]}!",
        token(" ".join(Scope), client_id=MARKER, sub=MARKER),
        token(MARKER, header={"kid": MARKER}),
        token(MARKER, iss=MARKER, aud=MARKER),
        MARKER * 2000,
    ]
    told: list[str] = []
    with everything_logged() as written:
        client = opened(keys_file=site.path, rate_limit=0, allowed_origins=("https://a.example",), **tokens(tmp_path))

        def call(method: str, path: str, **sent: Any) -> None:
            answer = client.request(method, path, **sent)
            told.append(f"{answer.headers} {answer.text}")

        for secret in shown:
            for method, path, body in CALLS.values():
                for sent in headers(secret):
                    call(method, path, json=body, headers=sent)
            call("GET", f"/ordbro/v1/codes?key={secret[:1500]}")
            call("GET", f"/{secret[:1500]}")
        suggester.fails = True
        call("POST", NOTE, json={"text": "dusch"}, headers=bearer(key))
        site.path.write_bytes(b"{" + key.encode())
        call("POST", NOTE, json={"text": "dusch"}, headers=bearer(key))
    text = "\n".join((*told, written.getvalue()))
    assert '"event": "failed"' in text and '"event": "unusable_file"' in text
    assert "ordbro_http_requests_total" in text
    assert [part for secret in shown for part in (*parts(secret), MARKER) if part in text] == []


def test_no_setting_is_told_by_the_pages(site: Site, opened: Opened, tmp_path: Path) -> None:
    site.key(Scope.PHRASES)
    client: TestClient = opened(keys_file=site.path, **tokens(tmp_path))
    for path in ("/", "/api", "/ordbro/v1/openapi.json", "/ordbro/v1/api-info", "/readyz"):
        text = client.get(path).text
        assert [value for value in (str(tmp_path), "inloggning.example.se", "nycklar.json") if value in text] == []


@pytest.mark.parametrize("on", [True, False])
def test_the_start_page_asks_for_a_key_where_one_is_needed(site: Site, opened: Opened, on: bool) -> None:
    site.key(Scope.PHRASES)
    page = opened(**({"keys_file": site.path} if on else {})).get("/").text
    assert ('id="nyckel" type="password" autocomplete="off"' in page) is on
    assert ("Authorization: Bearer $ORDBRO_KEY" in page) is on
    labelled = {label["for"] for label in Page(page).all("label")}
    assert ("nyckel" in labelled) is on


def test_the_api_page_says_what_each_call_needs(opened: Opened) -> None:
    page = opened().get("/api").text
    for scope in (Scope.PHRASES, Scope.SUGGESTIONS, Scope.FEEDBACK):
        assert f"<p>Behörighet: <code>{scope}</code></p>" in page
    for kind in ("unauthorized", "forbidden", "too-many-requests"):
        assert f"urn:problem-type:ordbro:{kind}" in page
