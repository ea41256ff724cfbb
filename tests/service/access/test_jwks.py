"""The issuer's public keys: which are used, and how they are fetched without anybody waiting."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import pytest

from phrases.errors import InputError
from service.access.jwks import KeysAtAddress, KeysInFile, NotFetched, Pace, Unknown, read_key_set
from tests.service.access import issuer
from tests.service.access.conftest import Opened, bearer
from tests.service.access.issuer import token

ALL = ("RS256", "PS256", "ES256", "EdDSA")


def jwks(*keys: Any) -> bytes:
    return json.dumps({"keys": keys}).encode()


def test_each_key_signs_with_what_it_can() -> None:
    found = read_key_set(issuer.jwks("ec", "rsa", "ed"), ALL)
    assert set(found.keys) == {("ec", "ES256"), ("rsa", "RS256"), ("rsa", "PS256"), ("ed", "EdDSA")}


def test_a_key_that_names_its_algorithm_signs_with_no_other() -> None:
    found = read_key_set(jwks(issuer.public("rsa", alg="PS256")), ALL)
    assert set(found.keys) == {("rsa", "PS256")}


def test_without_a_name_there_must_be_no_choice() -> None:
    one = read_key_set(issuer.jwks("ec", "rsa"), ALL)
    assert one.find(None, "ES256") is one.find("ec", "ES256")
    two = read_key_set(issuer.jwks("ec", "foreign"), ALL)
    with pytest.raises(Unknown):
        two.find(None, "ES256")
    with pytest.raises(Unknown):
        two.find("rsa", "ES256")


SECRET = {"kty": "oct", "k": "c2VjcmV0", "kid": "s", "alg": "HS256"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b'{"keys": {}}',
        b'{"keys": [17]}',
        b'{"keys": []}',
        b"[" * 100_000,
        jwks(SECRET),
        jwks(issuer.public("ec", use="enc")),
        jwks(issuer.public("ec", alg="HS256")),
        jwks(issuer.public("ec", crv="P-384")),
        jwks({"kty": "RSA", "n": "!", "e": "AQAB"}),
    ],
)
def test_a_set_without_a_usable_key_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_TOKEN_JWKS: Utfärdarens nycklar"):
        read_key_set(raw, ALL)


def test_secret_and_foreign_kinds_are_passed_over() -> None:
    assert set(read_key_set(jwks(SECRET, issuer.public("ec"), {"kty": "NY"}), ALL).keys) == {("ec", "ES256")}


def test_a_file_is_followed(tmp_path: Path) -> None:
    file = issuer.write_jwks(tmp_path / "jwks.json", "ec")
    keys = KeysInFile(file, ALL)
    keys.find("ec", "ES256")
    issuer.write_jwks(tmp_path / "ny.json", "rsa").replace(file)
    with pytest.raises(Unknown):
        keys.find("ec", "ES256")
    keys.find("rsa", "RS256")
    file.unlink()
    with pytest.raises(NotFetched):
        keys.find("rsa", "RS256")


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_TOKEN_JWKS: Filen finns inte"):
        KeysInFile(tmp_path / "nej.json", ALL).check()


class Issuer(ThreadingHTTPServer):
    """Answers /jwks with `content`, and counts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = 200
        self.content = issuer.jwks("ec")
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.hold = threading.Event()
        self.hold.set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/jwks"


class Answer(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.hold.wait(30)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[Issuer]:
    with Issuer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.hold.set()
        server.shutdown()
        thread.join()


def fetch(keys: KeysAtAddress) -> bool:
    return anyio.run(keys.fetch)


def test_keys_are_fetched(served: Issuer) -> None:
    keys = KeysAtAddress(served.address, ALL)
    with pytest.raises(NotFetched):
        keys.find("ec", "ES256")
    assert fetch(keys)
    keys.find("ec", "ES256")
    assert served.asked == ["/jwks"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": 404},
        {"status": 302, "headers": {"Location": "/annan"}},
        {"content": b"{}"},
        {"content": jwks(issuer.public("ec"), {"kty": " " * 300_000})},
    ],
)
def test_an_answer_that_is_not_used_leaves_the_keys_as_they_were(served: Issuer, wrong: dict[str, Any]) -> None:
    keys = KeysAtAddress(served.address, ALL)
    assert fetch(keys)
    for name, value in wrong.items():
        setattr(served, name, value)
    assert not fetch(keys)
    keys.find("ec", "ES256")
    assert set(served.asked) == {"/jwks"}


def test_an_issuer_that_does_not_answer_is_given_up(served: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.access.jwks._FETCH_SECONDS", 0.05)
    served.hold.clear()
    assert not fetch(KeysAtAddress(served.address, ALL))


def test_nobody_at_the_address() -> None:
    assert not fetch(KeysAtAddress("http://127.0.0.1:1/jwks", ALL))


def test_keys_that_were_fetched_long_ago_are_good_no_more(served: Issuer) -> None:
    now = [0.0]
    keys = KeysAtAddress(served.address, ALL, clock=lambda: now[0])
    assert fetch(keys)
    now[0] = 86_000
    keys.find("ec", "ES256")
    now[0] = 87_000
    with pytest.raises(NotFetched):
        keys.find("ec", "ES256")


def test_a_key_that_is_not_known_is_asked_for_soon(served: Issuer) -> None:
    """The issuer has changed keys: the first token is refused, and what follows is not."""
    keys = KeysAtAddress(served.address, ALL, Pace(rule=3600, least=0))

    async def rotated() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(keys.keep_fresh)
            await until(lambda: keys.find("ec", "ES256"))
            served.content = issuer.jwks("rsa")
            await until(lambda: keys.find("rsa", "RS256"))
            tasks.cancel_scope.cancel()

    anyio.run(rotated)
    assert len(served.asked) == 2


async def until(found: Any) -> None:
    with anyio.fail_after(20):
        while True:
            try:
                found()
            except (Unknown, NotFetched):
                await anyio.sleep(0.01)
            else:
                return


def test_requests_do_not_wait_for_the_issuer(served: Issuer, opened: Opened) -> None:
    """While the issuer is silent, tokens are answered 503 at once, and everything else as ever."""
    served.hold.clear()
    settings = {"token_issuer": issuer.ISSUER, "token_audience": issuer.AUDIENCE, "token_jwks": served.address}
    client = opened(**settings)

    def ask() -> Any:
        return client.get("/ordbro/v1/codes", headers=bearer(token()))

    refused = ask()
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert client.get("/readyz").status_code == 200
    served.hold.set()
    for _ in range(2000):
        if (answer := ask()).status_code == 200:
            break
        threading.Event().wait(0.01)
    assert answer.status_code == 200
