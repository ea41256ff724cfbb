"""What a running application holds: settings, figures and, once loaded, the reader of notes."""

from dataclasses import dataclass, field

import anyio
from starlette.requests import Request

from service import problems
from service.answers import Suggester
from service.feedback.recorder import Recorder
from service.metrics import Metrics
from service.settings import Settings


def _one_at_a_time() -> anyio.CapacityLimiter:
    # A thread keeps the event loop free for other requests. A second would gain nothing: Python runs one at a time.
    return anyio.CapacityLimiter(1)


@dataclass(slots=True)
class State:
    """The state of one application."""

    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    readers: anyio.CapacityLimiter = field(default_factory=_one_at_a_time)
    loaded: Suggester | None = None
    feedback: Recorder = field(init=False)

    def __post_init__(self) -> None:
        url = self.settings.feedback_url
        self.feedback = Recorder(None if url is None else url.get_secret_value())

    @property
    def suggester(self) -> Suggester:
        """The reader of notes. Problem 503 before it is loaded."""
        if self.loaded is None:
            raise problems.Problem(problems.UNAVAILABLE, headers={"Retry-After": "2"})
        return self.loaded

    def load(self, suggester: Suggester | None) -> None:
        """Take the reader into use, or out of it (None)."""
        self.loaded = suggester
        self.metrics.ready(suggester is not None)


def state_of(request: Request) -> State:
    """The state of the application that a request came to."""
    state: State = request.app.state.ordbro
    return state
