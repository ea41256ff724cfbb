"""The log lines of a running service."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service import logs


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def lines(written: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.splitlines()]


def test_events_are_json_lines_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    structlog.get_logger().info("request", route="/ordbro/v1/codes/{code}", status=200)
    structlog.get_logger().debug("too much")
    out, err = capsys.readouterr()
    (line,) = lines(err)
    assert out == ""
    assert {**line, "timestamp": ""} == {
        "event": "request",
        "level": "info",
        "route": "/ordbro/v1/codes/{code}",
        "status": 200,
        "timestamp": "",
    }


def test_the_server_speaks_of_itself_and_the_access_log_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    logging.getLogger("uvicorn.error").info("Application startup complete.")
    logging.getLogger("uvicorn.access").info("GET /?q=hemligt")
    logging.getLogger("asyncio").warning("hemligt")
    told = [line.get("message") for line in lines(capsys.readouterr().err)]
    assert told == ["Application startup complete.", None]


def test_the_place_of_an_exception_is_its_innermost_frame() -> None:
    def inner() -> None:
        raise KeyError("hemligt")

    with pytest.raises(KeyError) as caught:
        inner()
    assert logs.place(caught.tb) == f"{__name__}:{inner.__code__.co_firstlineno + 1}"
    assert logs.place(None) == ""
