"""Every route with every role: the whole table of who may call what."""

import time
from typing import Any, Final

import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from service import examples
from service.access.route import GuardedRoute
from service.access.scopes import ROUTES, Scope
from service.app import create_app
from service.release import ROOT
from service.settings import Settings
from tests.service.access.conftest import Opened, Site, bearer, tokens
from tests.service.access.issuer import ISSUER, signed, token
from tests.service.conftest import LOCAL, SpySuggester

CALLS: Final[dict[str, tuple[str, str, Any]]] = {
    f"{ROOT}/phrases": ("POST", f"{ROOT}/phrases", examples.PHRASES_REQUEST),
    f"{ROOT}/texts": ("POST", f"{ROOT}/texts", examples.TEXT_REQUEST),
    f"{ROOT}/suggestions": ("POST", f"{ROOT}/suggestions", examples.SUGGESTIONS_REQUEST),
    f"{ROOT}/feedback": ("POST", f"{ROOT}/feedback", examples.FEEDBACK_REQUEST),
    f"{ROOT}/answer-options": ("GET", f"{ROOT}/answer-options?code=SMB.RB.ZZ", None),
    f"{ROOT}/codes": ("GET", f"{ROOT}/codes?q=dusch", None),
    f"{ROOT}/codes/{{code}}": ("GET", f"{ROOT}/codes/SOG", None),
    f"{ROOT}/api-info": ("GET", f"{ROOT}/api-info", None),
    f"{ROOT}/openapi.json": ("GET", f"{ROOT}/openapi.json", None),
    "/metrics": ("GET", "/metrics", None),
    "/healthz": ("GET", "/healthz", None),
    "/readyz": ("GET", "/readyz", None),
    "/": ("GET", "/", None),
    "/api": ("GET", "/api", None),
    "/static/{name}": ("GET", "/static/ordbro.css", None),
}
"""One good call of each route."""


def unsigned() -> str:
    """A token that says that it needs no signature."""
    claims = {"iss": ISSUER, "aud": "ordbro", "exp": int(time.time()) + 300, "scope": " ".join(Scope)}
    return signed({"alg": "none"}, claims, lambda _: b"")


ALL: Final = " ".join(Scope)
TOKENS: Final[dict[str, Any]] = {
    "expired token": lambda: token(ALL, exp=int(time.time()) - 60),
    "token of tomorrow": lambda: token(ALL, nbf=int(time.time()) + 86_400),
    "foreign token": lambda: token(ALL, kid="foreign", header={"kid": "ec"}),
    "token of an unknown key": lambda: token(ALL, kid="foreign"),
    "unsigned token": unsigned,
    "token for another audience": lambda: token(ALL, aud="annan"),
    "token of another issuer": lambda: token(ALL, iss="https://inloggning.example.se"),
}
"""Every token that gives nothing, whatever it says of scopes."""

ROLES: Final[dict[str, frozenset[Scope]]] = {
    "nobody": frozenset(),
    "wrong key": frozenset(),
    "unknown key": frozenset(),
    "revoked key": frozenset(),
    **dict.fromkeys(TOKENS, frozenset[Scope]()),
    **{f"key for {scope}": frozenset({scope}) for scope in Scope},
    **{f"token for {scope}": frozenset({scope}) for scope in Scope},
    "token for nothing": frozenset(),
}
"""Each role, and the scopes that it has. Of these, only the last kinds are somebody: who lacks a scope is told so."""


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, str]], TestClient]:
    """The headers that each role sends, and the service that it sends them to."""
    home = tmp_path_factory.mktemp("site")
    site = Site(home / "nycklar.json")
    good = site.key(*Scope)
    revoked = site.key(*Scope)
    site.revoke(revoked)
    shown = {
        "wrong key": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "unknown key": "ordbro_ffffffff_" + good.rpartition("_")[2],
        "revoked key": revoked,
        **{name: make() for name, make in TOKENS.items()},
        **{f"key for {scope}": site.key(scope) for scope in Scope},
        **{f"token for {scope}": token(str(scope)) for scope in Scope},
        "token for nothing": token(None),
    }
    app = create_app(Settings(keys_file=site.path, rate_limit=0, **tokens(home)), load=SpySuggester)
    client = TestClient(app, raise_server_exceptions=False, base_url=LOCAL)
    return {"nobody": {}, **{name: bearer(value) for name, value in shown.items()}}, client


@pytest.fixture(scope="module", autouse=True)
def _ready(roles: tuple[dict[str, dict[str, str]], TestClient]) -> Any:
    with roles[1]:
        yield


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", CALLS)
def test_every_route_with_every_role(
    roles: tuple[dict[str, dict[str, str]], TestClient], route: str, role: str
) -> None:
    headers, client = roles
    method, path, body = CALLS[route]
    answer = client.request(method, path, json=body, headers=headers[role])
    scope = ROUTES[route]
    known = " for " in role and role not in TOKENS
    if scope is None or scope in ROLES[role]:
        assert answer.is_success
    elif known:
        assert answer.status_code == 403
        assert answer.headers["WWW-Authenticate"] == (
            f'Bearer realm="ordbro", error="insufficient_scope", scope="{scope}"'
        )
    else:
        assert answer.status_code == 401
        shown = "" if role == "nobody" else ', error="invalid_token"'
        assert answer.headers["WWW-Authenticate"] == f'Bearer realm="ordbro"{shown}'


def test_every_route_is_guarded_and_called_above() -> None:
    contexts = list(iter_route_contexts(create_app(Settings()).routes))
    assert all(isinstance(context.original_route, GuardedRoute) for context in contexts)
    paths = {str(context.path) for context in contexts}
    assert paths == CALLS.keys()
    assert paths <= ROUTES.keys()


def test_a_route_that_the_table_lacks_cannot_be_made() -> None:
    with pytest.raises(LookupError, match="/glömd"):
        GuardedRoute("/glömd", lambda: None)


def test_a_refusal_is_a_problem_in_the_callers_language(roles: tuple[dict[str, dict[str, str]], TestClient]) -> None:
    headers, client = roles
    told = {"Accept-Language": "sv"}
    nobody = client.get(f"{ROOT}/codes", headers=told)
    lacking = client.get(f"{ROOT}/codes", headers={**told, **headers["key for feedback"]})
    for answer, type_, title in (
        (nobody, "unauthorized", "Behörighet saknas"),
        (lacking, "forbidden", "Behörigheten räcker inte"),
    ):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert (answer.json()["type"], answer.json()["title"]) == (f"urn:problem-type:ordbro:{type_}", title)


def test_who_is_not_let_in_has_no_body_read(roles: tuple[dict[str, dict[str, str]], TestClient]) -> None:
    """Neither the content type nor the JSON of a stranger is looked at."""
    _, client = roles
    assert client.post(f"{ROOT}/phrases", content=b"{", headers={"Content-Type": "text/plain"}).status_code == 401


def test_head_is_asked_as_get_is(roles: tuple[dict[str, dict[str, str]], TestClient]) -> None:
    headers, client = roles
    assert client.head(f"{ROOT}/codes").status_code == 401
    assert client.head(f"{ROOT}/codes", headers=headers["key for phrases"]).status_code == 200


def test_a_profile_chooses_the_selection_where_a_request_does_not(
    site: Site, opened: Opened, suggester: SpySuggester
) -> None:
    headers = bearer(site.key(Scope.SUGGESTIONS, profile="hemtjänst", selection="ÄOU"))
    client = opened(keys_file=site.path)
    for body in ({}, {"selection": "FunkU"}, {"selection": None}):
        assert client.post(f"{ROOT}/suggestions", json={"text": "dusch", **body}, headers=headers).status_code == 200
    assert [selection for _, selection, _ in suggester.asked] == ["ÄOU", "FunkU", None]


def test_an_idempotency_key_is_its_callers_own(site: Site, opened: Opened) -> None:
    """Two systems that send the same key each get an answer about what they sent themselves."""
    callers = [bearer(site.key(Scope.FEEDBACK)) for _ in range(2)]
    client = opened(keys_file=site.path, feedback_url=f"sqlite:///{site.path.with_name('feedback.db')}")

    def kept(caller: dict[str, str], body: Any) -> Any:
        headers = {**caller, "Idempotency-Key": "8e03978e-40d5-43e8-bc93-6894a57f9324"}
        answer = client.post(f"{ROOT}/feedback", json=body, headers=headers)
        assert answer.status_code == 201
        return answer.json()["id"]

    first, second = kept(callers[0], examples.FEEDBACK_REQUEST), kept(callers[1], examples.NOTHING_FITS_REQUEST)
    assert first != second
    assert kept(callers[0], examples.FEEDBACK_REQUEST) == first
