"""`serve` with two workers, as processes: figures of all in one page, a killed worker replaced, an orderly end."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from service.access import keyfile
from service.access.scopes import Scope

ENTRY = {"type": "functioning", "icf": "d6402.2"}


class Answer(NamedTuple):
    """An answer that has been read."""

    status: int
    connection: str | None
    text: str


def answer_of(connection: http.client.HTTPConnection) -> Answer:
    with connection.getresponse() as answer:
        return Answer(answer.status, answer.headers["Connection"], answer.read().decode())


class Served:
    """A running service with two workers."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, key: str) -> None:
        self.process = process
        self.port = port
        self._key = {"Authorization": f"Bearer {key}"} if key else {}

    def ask(self, method: str, path: str, body: object = None, **other: str) -> Answer:
        """The answer, over a connection of its own."""
        headers = {"Content-Type": "application/json", **self._key, **other}
        content = None if body is None else json.dumps(body)
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, content, headers)
            return answer_of(connection)

    def figure(self, name: str) -> float:
        """A figure of /metrics, 0 where it is not told."""
        lines = self.ask("GET", "/metrics").text.splitlines()
        return next((float(line.removeprefix(name)) for line in lines if line.startswith(name + " ")), 0.0)

    def workers(self) -> list[int]:
        """The processes of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text(encoding="utf-8").split()]


@contextmanager
def serving(key: str = "", **environment: str) -> Iterator[Served]:
    """A service with two workers on a free port, and the key that it is asked with."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ORDBRO_")}
    command = [sys.executable, "-P", "-m", "service", "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**clean, **environment}
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert found is not None
            yield Served(process, int(found[1]), key)
        finally:
            process.terminate()
            process.wait(timeout=60)


def new_key(file: Path, *scopes: Scope) -> tuple[str, str]:
    """A key in the file: its id, and itself."""
    with keyfile.changing(file) as change:
        keys, key, shown = change.keys.created("Systemet", scopes, "standard")
        change.write(keys)
    return key.id, shown


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site") / "nycklar.json"


@pytest.fixture(scope="module")
def served(key_file: Path) -> Iterator[Served]:
    _, shown = new_key(key_file, Scope.ADMIN, Scope.PHRASES)
    with serving(shown, ORDBRO_KEYS_FILE=str(key_file)) as running:
        yield running


def soon(what: Callable[[], bool]) -> bool:
    """Whether it comes true within half a minute."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        if what():
            return True
        time.sleep(0.1)
    return False


def test_the_figures_are_those_of_all_workers(served: Served) -> None:
    counted = 'ordbro_http_requests_total{method="GET",route="/ordbro/v1/api-info",status="200"}'
    timed = 'ordbro_http_request_seconds_count{method="GET",route="/ordbro/v1/api-info"}'
    before = served.figure(counted)
    for _ in range(20):
        assert served.ask("GET", "/ordbro/v1/api-info").status == 200
    # An answer is counted when it has been sent.
    assert soon(lambda: served.figure(counted) == served.figure(timed) == before + 20)
    assert served.figure("ordbro_ready") == 2


@pytest.mark.skipif(
    not Path(f"/proc/self/task/{os.getpid()}/children").exists(), reason="this system does not list children in /proc"
)
def test_a_killed_worker_is_replaced_and_what_it_counted_is_kept(served: Served) -> None:
    counted = 'ordbro_http_requests_total{method="GET",route="/healthz",status="200"}'
    before = served.figure(counted) + 1
    assert served.ask("GET", "/healthz").status == 200
    assert soon(lambda: served.figure(counted) == before)
    victim = served.workers()[0]
    os.kill(victim, signal.SIGKILL)
    assert soon(lambda: len(served.workers()) == 2 and victim not in served.workers())
    assert soon(lambda: served.figure("ordbro_ready") == 2)
    assert served.ask("POST", "/ordbro/v1/phrases", {"entries": [ENTRY]}).status == 200
    assert served.figure(counted) == before


def test_a_service_told_to_stop_says_so_answers_on_and_finishes_what_it_has_begun() -> None:
    with serving(ORDBRO_DRAIN_SECONDS="3") as running:
        body = json.dumps({"entries": [ENTRY]}).encode()
        begun = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
        begun.putrequest("POST", "/ordbro/v1/phrases")
        begun.putheader("Content-Type", "application/json")
        begun.putheader("Content-Length", str(len(body)))
        begun.endheaders(body[:10])
        running.process.send_signal(signal.SIGTERM)
        assert soon(lambda: running.ask("GET", "/readyz").status == 503)
        meanwhile = running.ask("POST", "/ordbro/v1/phrases", {"entries": [ENTRY]})
        assert (meanwhile.status, meanwhile.connection) == (200, "close")
        time.sleep(3)
        begun.send(body[10:])
        finished = answer_of(begun)
        begun.close()
        assert (finished.status, len(json.loads(finished.text)["phrases"])) == (200, 1)
        assert running.process.wait(timeout=60) == 0


def test_a_revoked_key_is_refused_by_every_worker_at_once(served: Served, key_file: Path) -> None:
    number, shown = new_key(key_file, Scope.PHRASES)

    def statuses() -> set[int]:
        asked = {"Authorization": f"Bearer {shown}"}
        return {served.ask("GET", "/ordbro/v1/codes", None, **asked).status for _ in range(20)}

    assert statuses() == {200}
    with keyfile.changing(key_file) as change:
        change.write(change.keys.without(number))
    assert statuses() == {401}
