"""Fixtures of the service: an application with a reader of notes that the test can see into."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
import pytest
import structlog
from starlette.testclient import TestClient

from phrases.local import selected
from service import cli, examples
from service.app import create_app
from service.settings import Settings

LOCAL: Final = "http://localhost"
"""Where a client calls a service that asks for no key: it answers to no other name."""


@dataclass
class FixedSuggestions:
    """An answer that is what it is."""

    answer: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return self.answer


@dataclass
class SpySuggester:
    """Answers every note alike and remembers what it was asked; or fails as a bug would, quoting the note."""

    asked: list[tuple[str, str | None, int]] = field(default_factory=list)
    fails: bool = False

    def suggest(self, text: str, selection: str | None = None, limit: int = 8) -> FixedSuggestions:
        if selection is not None:
            selected(selection)
        self.asked.append((text, selection, limit))
        if self.fails:
            raise RuntimeError(f"cannot read: {text}")
        return FixedSuggestions(examples.SUGGESTIONS)


@pytest.fixture(scope="session", autouse=True)
def _data_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a service under test keeps (feedback) is not put into the data directory of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORDBRO_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("ORDBRO_FEEDBACK_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def _running() -> Iterator[tuple[TestClient, SpySuggester]]:
    spy = SpySuggester()
    with TestClient(create_app(Settings(), load=lambda: spy), raise_server_exceptions=False, base_url=LOCAL) as client:
        yield client, spy


@pytest.fixture
def client(_running: tuple[TestClient, SpySuggester]) -> TestClient:
    """A client of a running service whose reader of notes is `suggester`."""
    return _running[0]


@pytest.fixture
def suggester(_running: tuple[TestClient, SpySuggester]) -> Iterator[SpySuggester]:
    """The reader of notes behind `client`, as new."""
    spy = _running[1]
    spy.asked.clear()
    yield spy
    spy.fails = False


@pytest.fixture(scope="session")
def _postgresql() -> str:
    """A PostgreSQL database to test with: where ORDBRO_TEST_POSTGRESQL says, or `test` on this machine."""
    told = os.environ.get("ORDBRO_TEST_POSTGRESQL")
    for url in [told] if told else ["postgresql://postgres@127.0.0.1:5432/test", "postgresql://127.0.0.1:5432/test"]:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return url
    pytest.skip("no PostgreSQL with a database `test` on 127.0.0.1:5432: start one or set ORDBRO_TEST_POSTGRESQL")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path / 'feedback.db'}"


@pytest.fixture
def postgresql_url(_postgresql: str) -> Iterator[str]:
    """An empty schema that no other test sees."""
    schema = f"ordbro_{uuid4().hex}"
    with psycopg.connect(_postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        yield f"{_postgresql}?options=-csearch_path%3D{schema}"
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite_url", "postgresql_url"])
def feedback_url(request: pytest.FixtureRequest) -> str:
    """An empty database, of each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """The events that are logged during the test."""
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, str]]:
    """A real server on a free port: its address, and what it wrote before it was ready."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "service", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("ORDBRO_")},
    ) as server:
        assert server.stdout is not None
        welcome = "".join(server.stdout.readline() for _ in range(5))
        found = re.search(r"http://127\.0\.0\.1:\d+", welcome)
        assert found is not None, welcome
        yield found[0], welcome
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0


class Run:
    """Runs `ordbro` with arguments and standard input; remembers what it wrote."""

    def __init__(self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capfd = capfd
        self._monkeypatch = monkeypatch
        self.out = self.err = ""

    def __call__(self, *arguments: str, given: str | bytes = b"") -> int:
        raw = given.encode() if isinstance(given, str) else given
        self._monkeypatch.setattr(sys, "argv", ["ordbro", *arguments])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            cli.main()
        self.out, self.err = self._capfd.readouterr()
        return int(left.value.code or 0)

    @property
    def lines(self) -> list[Any]:
        """What was written, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def ordbro(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(capfd, monkeypatch)


@pytest.fixture
def notes(suggester: SpySuggester, monkeypatch: pytest.MonkeyPatch) -> SpySuggester:
    """A reader of notes that the test can see into, in place of the project's own."""
    monkeypatch.setattr("service.answers.load_suggester", lambda: suggester)
    return suggester
