"""The decision: when the service may start, where a key is looked for, how long it lasts, and how often it may call."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from phrases.errors import InputError
from service.access.hosts import is_loopback
from service.access.policy import check
from service.access.scopes import Scope
from service.app import create_app
from service.settings import Settings, read_settings
from tests.service.access.conftest import Opened, Site, bearer, tokens
from tests.service.access.issuer import token
from tests.service.conftest import SpySuggester

CODES = "/ordbro/v1/codes"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_on_its_own_machine_the_service_asks_nobody(host: str) -> None:
    assert is_loopback(host)
    check(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "192.168.1.2", "fe80::1", "ordbro.example.se", ""])
def test_for_others_it_does_not_start_without_access_control(host: str, site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_KEYS_FILE: .* ordbro keys create .* ORDBRO_TOKEN_ISSUER"):
        check(Settings(host=host))
    site.key(Scope.PHRASES)
    check(Settings(host=host, keys_file=site.path))
    check(Settings(host=host, **tokens(tmp_path)))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_file_of_keys_must_be_there_and_hold_a_valid_key(host: str, site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_KEYS_FILE: Nyckelfilen finns inte"):
        check(Settings(host=host, keys_file=site.path))
    site.revoke(site.key(Scope.PHRASES))
    with pytest.raises(InputError, match=r"^ORDBRO_KEYS_FILE: Nyckelfilen har ingen nyckel som gäller"):
        check(Settings(host=host, keys_file=site.path))
    check(Settings(host=host, keys_file=site.path, **tokens(tmp_path)))


def test_an_issuers_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_TOKEN_JWKS: Filen finns inte"):
        check(Settings(**{**tokens(tmp_path), "token_jwks": str(tmp_path / "nej.json")}))


def test_no_application_is_made_that_is_open_to_others() -> None:
    """However it is started: not only `ordbro serve` asks."""
    with pytest.raises(InputError, match="ORDBRO_KEYS_FILE"):
        create_app(Settings(host="0.0.0.0"))


def test_a_worker_that_is_replaced_starts_without_a_valid_key_and_lets_nobody_in(site: Site, opened: Opened) -> None:
    key = site.key(Scope.PHRASES)
    site.revoke(key)
    client = opened(keys_file=site.path)
    assert client.get("/readyz").status_code == 200
    assert client.get(CODES, headers=bearer(key)).status_code == 401


@pytest.mark.parametrize("left_out", ["token_issuer", "token_audience", "token_jwks"])
def test_an_issuer_is_named_whole(left_out: str, tmp_path: Path) -> None:
    whole = tokens(tmp_path)
    del whole[left_out]
    with pytest.raises(InputError, match=rf"^ORDBRO_{left_out.upper()}: Inställningen saknas"):
        check(Settings(**whole))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("token_jwks", "http://inloggning.example.se/jwks", "Adressen ska börja med https://"),
        ("token_jwks", "http://127.0.0.1.example.se/jwks", "Adressen ska börja med https://"),
        ("token_jwks", "https://", ""),
        ("token_algorithms", "HS256", "Välj ett av: RS256"),
        ("token_algorithms", "ES256, none", "Välj ett av: RS256"),
        ("allowed_origins", "*", "Skriv varje webbplats som https://"),
        ("allowed_origins", "https://kommun.example.se/", "Skriv varje webbplats som https://"),
        ("rate_limit", "-1", "Värdet ska vara minst 0."),
    ],
)
def test_a_setting_that_would_open_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"ORDBRO_{name.upper()}", value)
    with pytest.raises(InputError, match=rf"^ORDBRO_{name.upper()}: {told}"):
        read_settings()


def test_several_values_in_a_variable_have_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_TOKEN_ALGORITHMS", "ES256, PS256")
    monkeypatch.setenv("ORDBRO_ALLOWED_ORIGINS", "https://a.example.se,http://localhost:3000")
    monkeypatch.setenv("ORDBRO_TOKEN_JWKS", "http://127.0.0.1:8080/jwks")
    settings = read_settings()
    assert settings.token_algorithms == ("ES256", "PS256")
    assert settings.allowed_origins == ("https://a.example.se", "http://localhost:3000")


def test_where_a_key_is_looked_for(site: Site, opened: Opened) -> None:
    key = site.key(Scope.PHRASES)
    client = opened(keys_file=site.path)

    def status(headers: Mapping[str, str] | None = None, query: str = "") -> int:
        return int(client.get(CODES + query, headers=headers).status_code)

    good: list[dict[str, str]] = [
        {"Authorization": f"Bearer {key}"},
        {"Authorization": f"bearer  {key} "},
        {"X-API-Key": key},
        {"X-API-Key": key, "Authorization": "Basic YTpi"},
    ]
    assert [status(headers) for headers in good] == [200] * 4
    bad: list[dict[str, str]] = [
        {},
        {"Authorization": key},
        {"Authorization": f"Basic {key}"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {key} {key}"},
        {"X-API-Key": "", "Authorization": f"Bearer {key}"},
        {"Cookie": f"key={key}"},
    ]
    assert [status(headers) for headers in bad] == [401] * 7
    queries = ["?api_key=", "?key=", "?access_token=", "?X-API-Key=", "?authorization=Bearer%20"]
    assert [status(query=query + key) for query in queries] == [401] * 5


def test_only_what_is_configured_is_taken(site: Site, opened: Opened, tmp_path: Path) -> None:
    key = site.key(Scope.PHRASES)
    keys_only, tokens_only = opened(keys_file=site.path), opened(**tokens(tmp_path))
    assert [client.get(CODES, headers=bearer(key)).status_code for client in (keys_only, tokens_only)] == [200, 401]
    shown = bearer(token())
    assert [client.get(CODES, headers=shown).status_code for client in (keys_only, tokens_only)] == [401, 200]


def test_revoking_takes_effect_at_the_next_request_in_every_worker(site: Site, opened: Opened) -> None:
    first, second = site.key(Scope.PHRASES), site.key(Scope.PHRASES)
    workers = [opened(keys_file=site.path) for _ in range(2)]
    for key, expected in ((first, 200), (second, 200)):
        assert [worker.get(CODES, headers=bearer(key)).status_code for worker in workers] == [expected] * 2
    site.revoke(first)
    third = site.key(Scope.PHRASES)
    for key, expected in ((first, 401), (second, 200), (third, 200)):
        assert [worker.get(CODES, headers=bearer(key)).status_code for worker in workers] == [expected] * 2


def test_while_the_file_cannot_be_used_nobody_is_let_in(site: Site, opened: Opened) -> None:
    """Not even those who were: what was revoked by the change that went wrong must not live on."""
    key = site.key(Scope.PHRASES)
    whole = site.path.read_bytes()
    client = opened(keys_file=site.path)
    site.path.write_bytes(b"{")
    answer = client.get(CODES, headers=bearer(key))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert client.get("/healthz").status_code == 200
    site.path.write_bytes(whole)
    assert client.get(CODES, headers=bearer(key)).status_code == 200


def test_calls_are_counted_and_refused(site: Site, opened: Opened) -> None:
    one, other = bearer(site.key(Scope.PHRASES)), bearer(site.key(Scope.PHRASES))
    client = opened(keys_file=site.path, rate_limit=2)
    answers = [client.get(CODES, headers=one) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit"] for answer in answers] == [
        '"caller";r=1;t=30',
        '"caller";r=0;t=60',
        '"caller";r=0;t=60',
    ]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"caller";q=2;w=60'}
    assert answers[2].headers["Retry-After"] == "30"
    assert answers[2].json()["type"] == "urn:problem-type:ordbro:too-many-requests"
    assert client.get(CODES, headers=other).status_code == 200


def test_refusals_are_counted_too(site: Site, opened: Opened) -> None:
    """By address: a wrong key is nobody's, and cannot use up the calls of the key that it imitates."""
    key = site.key(Scope.PHRASES)
    client = opened(keys_file=site.path, rate_limit=3)
    wrong = [client.get(CODES, headers=bearer(f"{key[:-1]}!")) for _ in range(4)]
    assert [answer.status_code for answer in wrong] == [401, 401, 401, 429]
    assert '"caller";r=2;' in wrong[0].headers["RateLimit"]
    assert client.get("/ordbro/v1/api-info").status_code == 429
    assert client.get(CODES, headers=bearer(key)).status_code == 200


def test_a_fault_in_the_request_has_the_headers_too(site: Site, opened: Opened) -> None:
    headers = bearer(site.key(Scope.PHRASES))
    answer = opened(keys_file=site.path).get(f"{CODES}?limit=0", headers=headers)
    assert (answer.status_code, answer.headers["RateLimit"]) == (422, '"caller";r=5999;t=1')


def test_the_watchers_are_never_counted(opened: Opened) -> None:
    client = opened(rate_limit=1)
    for path in ("/healthz", "/readyz"):
        answers = [client.get(path) for _ in range(3)]
        assert {answer.status_code for answer in answers} == {200}
        assert not [answer for answer in answers if "RateLimit" in answer.headers]


@pytest.mark.parametrize(("settings", "limited"), [({}, False), ({"rate_limit": 0}, False), ({"rate_limit": 5}, True)])
def test_on_its_own_machine_only_a_limit_that_was_set_applies(
    opened: Opened, settings: dict[str, Any], limited: bool
) -> None:
    assert ("RateLimit" in opened(**settings).get(CODES).headers) is limited


def test_tokens_of_one_client_share_a_bucket(opened: Opened, tmp_path: Path) -> None:
    client = opened(rate_limit=1, **tokens(tmp_path))
    shown = [token(jti="a"), token(jti="b"), token(jti="c", client_id="annan")]
    assert [client.get(CODES, headers=bearer(one)).status_code for one in shown] == [200, 429, 200]


def test_a_token_of_the_issuer_has_no_profile(opened: Opened, tmp_path: Path, suggester: SpySuggester) -> None:
    client = opened(**tokens(tmp_path))
    client.post("/ordbro/v1/suggestions", json={"text": "dusch"}, headers=bearer(token("suggestions")))
    assert suggester.asked == [("dusch", None, 8)]
