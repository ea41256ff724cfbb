"""The load driver against services that are what they are; no test looks at a speed."""

import socketserver
import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from phrases.errors import InputError
from service import load
from service.commands import load as command
from service.reading import read_json

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\ncontent-length: 0\r\n\r\n"


class Canned(socketserver.ThreadingTCPServer):
    """Answers each call with the next of some answers, the last again and again; an empty one ends the connection."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    answers: list[bytes]
    turn = threading.Lock()

    def next(self) -> bytes:
        with self.turn:
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(socketserver.StreamRequestHandler):
    server: Canned

    def handle(self) -> None:
        while line := self.rfile.readline():
            if line == b"\r\n":
                answer = self.server.next()
                if not answer:
                    return
                self.wfile.write(answer)


@pytest.fixture
def canned() -> Iterator[Canned]:
    with Canned(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def address(server: Canned) -> tuple[str, int]:
    return "127.0.0.1", server.server_address[1]


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1:8000",
        "http://ordbro.example.se:8000",
        "http://0.0.0.0:8000",
        "https://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://127.0.0.1.example.se:80",
        "127.0.0.1:8000",
        "http://127.0.0.1:port",
    ],
)
def test_load_is_run_against_this_machine_alone(url: str) -> None:
    with pytest.raises(InputError, match="url: Belastning körs bara mot den egna datorn"):
        command.run(url, 2, 0)


@pytest.mark.parametrize(
    ("url", "host"),
    [("http://127.0.0.1:81", "127.0.0.1"), ("http://localhost:81/", "127.0.0.1"), ("http://[::1]:81", "::1")],
)
def test_addresses_of_this_machine(url: str, host: str) -> None:
    assert load.local_address(url) == (host, 81)


def test_as_many_calls_as_were_asked_for_are_answered_and_compared(canned: Canned) -> None:
    canned.answers = [OK, OK.replace(b"ok", b"ko"), FULL, OK]
    call = load.get("a", "/")
    call.expected = b"ok"
    outcome = load.drive(address(canned), [call], connections=3, count=40)
    assert outcome.statuses("a") == {200: 39, 503: 1}
    assert (outcome.wrong, outcome.unhinted, outcome.broken) == (1, 0, 0)
    assert outcome.percentiles("a").keys() == {"p50_ms", "p95_ms", "p99_ms"}
    assert outcome.percentiles("a", 404) == {}


def test_a_refusal_that_does_not_say_when_to_come_back_is_counted(canned: Canned) -> None:
    canned.answers = [FULL.replace(b"Retry-After: 1\r\n", b""), FULL]
    assert load.drive(address(canned), [load.get("a", "/")], connections=1, count=5).unhinted == 1


def test_a_connection_that_ends_is_counted_and_made_anew(canned: Canned) -> None:
    canned.answers = [OK, b"", OK]
    outcome = load.drive(address(canned), [load.get("a", "/")], connections=1, count=10)
    assert (outcome.broken, outcome.statuses("a")[200]) == (1, 9)


def test_a_run_at_a_pace_sends_what_is_due_and_no_more(canned: Canned) -> None:
    canned.answers = [OK]
    outcome = load.drive(address(canned), [load.get("a", "/")], connections=4, seconds=0.5, rate=100)
    assert 1 <= outcome.answered <= 51


def test_times_count_from_when_a_call_was_due_or_from_when_it_was_sent(canned: Canned) -> None:
    """All are due at once and answered one by one: the last has waited for those before it."""
    canned.answers = [OK]
    due, sent = (
        load.drive(address(canned), [load.get("a", "/")], connections=1, count=50, rate=1e9, from_due=from_due)
        for from_due in (True, False)
    )
    assert due.percentiles("a")["p95_ms"] > sent.percentiles("a")["p50_ms"] * 5


def test_the_right_answer_is_learnt_and_a_refusal_is_none(canned: Canned) -> None:
    canned.answers = [OK, FULL]
    calls = [load.get("a", "/"), load.get("b", "/")]
    with pytest.raises(InputError, match=r"url: Tjänsten svarade 503\."):
        load.learn(address(canned), calls)
    assert calls[0].expected == b"ok"


def test_a_post_says_how_long_it_is() -> None:
    head, _, body = load.post("a", "/b", {"å": 1}).request.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert body == '{"å":1}'.encode()


def test_a_service_is_started_measured_and_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole command on a small scale, with one worker."""
    for name, value in {"_SECONDS": 0.3, "_RUNS": 1, "_NOTES": 5, "_CROWD": 8, "_CONNECTIONS": 2}.items():
        monkeypatch.setattr(command, name, value)
    monkeypatch.setattr(command, "reading", lambda: 2.0)
    command.run(None, 1, 20)
    figures: dict[str, Any] = read_json(capsys.readouterr().out.encode())
    assert figures["suggestions"]["held_per_second"] > 0
    for kind in ("suggestions", "phrases"):
        assert figures[kind]["wrong"] == figures[kind]["overload"]["wrong"] == 0
        assert figures[kind]["broken"] == figures[kind]["overload"]["broken"] == 0
    assert figures["soak"]["answered"] == 20
    assert len(figures["soak"]["megabytes"]) == 11


def test_the_memory_of_a_service_that_is_not_ours_is_not_guessed() -> None:
    with pytest.raises(InputError, match="soak: Minnet kan bara följas"):
        command.run("http://127.0.0.1:8000", 2, 100)


def test_made_up_words_are_all_different() -> None:
    words = list(islice(command._made_up_words(), 100_000))
    assert len(set(words)) == len(words) == 100_000
