"""Logging: one JSON object a line on standard error, about requests and never with anything from them."""

import logging
import sys
from types import TracebackType
from typing import Any, Final

import structlog

# Their messages are about the server itself. What other libraries say may quote what they were given.
_SPEAKS_OF_ITSELF: Final = ("uvicorn.error",)


def configure(level: str = "INFO") -> None:
    """Send structlog's events and the standard library's records as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Forward()], level=level, force=True)
    logging.getLogger("uvicorn.access").disabled = True


class _Forward(logging.Handler):
    """Passes records of the standard library on, without tracebacks: their last line holds what the code worked on."""

    def emit(self, record: logging.LogRecord) -> None:
        event: dict[str, Any] = {"logger": record.name}
        if record.name in _SPEAKS_OF_ITSELF and record.exc_info is None:
            event["message"] = record.getMessage()
        if record.exc_info is not None and record.exc_info[0] is not None:
            event["error"] = record.exc_info[0].__name__
            event["where"] = place(record.exc_info[2])
        structlog.get_logger().log(record.levelno, "library", **event)


def place(traceback: TracebackType | None) -> str:
    """Where an exception was raised, as "module:line" of the innermost frame."""
    if traceback is None:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}"
