"""A few kills while feedback is written, on each database; docs/operations.md has the figures of a thousand."""

from tests.service import kill_feedback


def test_acknowledged_feedback_outlives_the_process(feedback_url: str) -> None:
    figures = kill_feedback.run(feedback_url, kills=10, seed=1, seconds=60)
    assert figures["kills"] == 10
    assert figures["acknowledged"] > 10
    assert figures["connections_cut"] > 0
    assert kill_feedback.sound(figures), figures
