"""Token buckets, by a clock of the test's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.access.ratelimit import WINDOW, Buckets, network_of


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills() -> None:
    clock = Clock()
    buckets = Buckets(3, clock)
    assert [buckets.take("a").granted for _ in range(4)] == [True, True, True, False]
    clock.now += WINDOW / 3
    assert [buckets.take("a").granted for _ in range(2)] == [True, False]
    clock.now += 10 * WINDOW
    assert [buckets.take("a").granted for _ in range(4)] == [True, True, True, False]


def test_the_headers_say_what_is_left() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert buckets.take("a").headers == {
        "RateLimit-Policy": '"caller";q=60;w=60',
        "RateLimit": '"caller";r=59;t=1',
    }
    for _ in range(59):
        last = buckets.take("a")
    assert last.headers["RateLimit"] == '"caller";r=0;t=60'
    refused = buckets.take("a")
    assert (refused.granted, refused.left, refused.seconds_to_next) == (False, 0, 1)


def test_who_waits_as_told_is_granted() -> None:
    clock = Clock()
    buckets = Buckets(7, clock)
    while (refused := buckets.take("a")).granted:
        pass
    clock.now += refused.seconds_to_next
    assert buckets.take("a").granted


def test_callers_do_not_share() -> None:
    buckets = Buckets(1, Clock())
    assert [buckets.take(name).granted for name in ("a", "b", "a")] == [True, True, False]


def test_memory_is_bounded_and_the_longest_unused_goes_first() -> None:
    buckets = Buckets(1, Clock(), most=3)
    for name in ("a", "b", "c", "a", "d"):
        buckets.take(name)
    assert len(buckets) == 3
    assert not buckets.take("a").granted
    assert buckets.take("b").granted


@given(st.integers(1, 100), st.lists(st.floats(0, 200), max_size=60))
def test_never_more_than_the_quota_and_what_time_has_earned(quota: int, pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(quota, clock)
    granted = 0
    for pause in pauses:
        clock.now += pause
        granted += buckets.take("a").granted
        assert granted <= quota + (clock.now - Clock.now) * quota / WINDOW + 1e-6


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("testclient", ""),
        ("", ""),
    ],
)
def test_an_ipv6_network_is_one_caller(address: str, name: str) -> None:
    assert network_of(address) == name
