"""W3C Trace Context."""

import pytest

from service.tracing import follow

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.mark.parametrize(
    ("header", "flags"),
    [
        (f"00-{TRACE}-{PARENT}-01", "01"),
        (f"00-{TRACE}-{PARENT}-00", "00"),
        (f"00-{TRACE}-{PARENT}-ff", "01"),
        (f"  00-{TRACE}-{PARENT}-01 ", "01"),
        (f"42-{TRACE}-{PARENT}-01-what-comes-later", "01"),
    ],
)
def test_a_valid_trace_is_followed_with_a_step_of_our_own(header: str, flags: str) -> None:
    trace = follow(header)
    assert (trace.trace_id, trace.flags) == (TRACE, flags)
    assert trace.span_id != PARENT
    assert trace.traceparent == f"00-{TRACE}-{trace.span_id}-{flags}"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "hej",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01-more",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE[:-1]}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}",
        f"00-{'٣' * 32}-{PARENT}-01",
    ],
)
def test_a_new_trace_is_started_for_anything_else(header: str) -> None:
    first, second = follow(header), follow(header)
    assert TRACE not in first.traceparent
    assert first.trace_id != second.trace_id
    assert len(first.traceparent) == 55
