"""What is counted: requests by route, method and status, and their time. Labels never come from a request."""

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"


def share(folder: str, number: int) -> None:
    """Count in files of a folder from now on, so that the page of any worker has the figures of all.

    `number` is this worker's, and that of the one that takes its place: what was counted is then counted on.
    """
    os.environ[_FOLDER] = folder
    values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]


def forget(folder: str, number: int) -> None:
    """Leave out of the sums what a worker that has ended said of itself: ready, waiting."""
    mark_process_dead(number, folder)  # type: ignore[no-untyped-call]


class Metrics:
    """The figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        self._shared = _FOLDER in os.environ
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("ordbro_http_requests", "Answered requests.", labels, registry=self._registry)
        self._seconds = Histogram(
            "ordbro_http_request_seconds", "Time to answer.", labels[:2], buckets=_SECONDS, registry=self._registry
        )
        self._reading = Histogram(
            "ordbro_reading_seconds", "Time to read a note, without waiting.", buckets=_SECONDS, registry=self._registry
        )
        self._waiting = Gauge(
            "ordbro_waiting_notes",
            "Places taken in the queue of notes.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._ready = Gauge(
            "ordbro_ready",
            "Processes that are ready for requests.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def read(self, seconds: float) -> None:
        """Count one note that has been read."""
        self._reading.observe(seconds)

    def waiting(self, places: int) -> None:
        """Say how many places in the queue of notes are taken."""
        self._waiting.set(places)

    def ready(self, state: bool) -> None:
        """Say whether the service is ready."""
        self._ready.set(1 if state else 0)

    def page(self) -> bytes:
        """The page that Prometheus reads."""
        if not self._shared:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
        return generate_latest(everybody)
