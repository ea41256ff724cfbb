"""What can go wrong when feedback is kept; here by itself, so that nobody imports the database to catch it."""


class StoreUnavailable(Exception):
    """The store cannot be reached, is full, or is not migrated; `reason` is a word of its own, never of a request."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class KeyReused(Exception):
    """An Idempotency-Key that was used before, with other content."""
