"""What a running application holds: settings, figures and, once loaded, the reader of notes."""

from dataclasses import dataclass, field

from starlette.requests import Request

from service import problems
from service.access.policy import Access
from service.answers import Suggester
from service.feedback.recorder import Recorder
from service.metrics import Metrics
from service.reading_queue import ReadingQueue
from service.settings import Settings


@dataclass(slots=True)
class State:
    """The state of one application."""

    settings: Settings
    access: Access = field(init=False)
    metrics: Metrics = field(default_factory=Metrics)
    queue: ReadingQueue = field(init=False)
    loaded: Suggester | None = None
    feedback: Recorder = field(init=False)
    stopping: bool = False

    def __post_init__(self) -> None:
        self.access = Access(self.settings)
        self.queue = ReadingQueue(self.settings.waiting_notes, self.metrics)
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
        self.metrics.ready(self.ready)

    def stop(self) -> None:
        """Answer on, but tell those who ask that the service is about to end."""
        self.stopping = True
        self.metrics.ready(self.ready)

    @property
    def ready(self) -> bool:
        """Whether new requests should be sent here."""
        return self.loaded is not None and not self.stopping


def state_of(request: Request) -> State:
    """The state of the application that a request came to."""
    state: State = request.app.state.ordbro
    return state
