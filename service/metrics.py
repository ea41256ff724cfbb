"""What is counted: requests by route, method and status, and their time. Labels never come from a request."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("ordbro_http_requests", "Answered requests.", labels, registry=self._registry)
        self._seconds = Histogram(
            "ordbro_http_request_seconds", "Time to answer.", labels[:2], buckets=_SECONDS, registry=self._registry
        )
        self._ready = Gauge("ordbro_ready", "1 when model and phrase bank are loaded.", registry=self._registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def ready(self, state: bool) -> None:
        """Say whether the service is ready."""
        self._ready.set(1 if state else 0)

    def page(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self._registry)
