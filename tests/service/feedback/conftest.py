"""Fixtures of the feedback store."""

from collections.abc import Iterator

import pytest

from service.feedback.store import Store


@pytest.fixture
def store(feedback_url: str) -> Iterator[Store]:
    """An empty store of each kind, ready for use."""
    store = Store(feedback_url)
    store.migrate()
    yield store
    store.close()
