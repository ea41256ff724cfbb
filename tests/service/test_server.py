"""What `serve` settles before it serves."""

import socket

import pytest

from phrases.errors import InputError
from service import server
from service.settings import Settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ORDBRO_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("host", "public_url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123/"),
        ("::1", "http://[::1]:8123/"),
        ("0.0.0.0", "http://127.0.0.1:8123/"),
        ("::", "http://[::1]:8123/"),
    ],
)
def test_the_public_address_is_the_local_one_unless_chosen(host: str, public_url: str) -> None:
    assert str(server.reachable(Settings(host=host), 8123).public_url) == public_url


def test_a_chosen_public_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_PUBLIC_URL", "https://ordbro.kommunen.example")
    assert str(server.reachable(Settings(), 8123).public_url) == "https://ordbro.kommunen.example/"


def test_a_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError) as caught:
        server.listen("127.0.0.1", taken.getsockname()[1])
    assert caught.value.field == "port"


def test_answers_do_not_wait_for_the_callers_acknowledgement() -> None:
    """asyncio sets TCP_NODELAY on connections whose listener is TCP by name; else each answer takes 40 ms."""
    with server.listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)


def test_the_welcome_has_the_address_and_a_call() -> None:
    welcome = server.welcome("http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000/ " in welcome
    assert "curl -s -H 'Content-Type: application/json'" in welcome
    assert "http://127.0.0.1:8000/ordbro/v1/phrases" in welcome
