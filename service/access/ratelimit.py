"""How often a caller may call: a token bucket for each, in the memory of this process alone.

With several workers each has buckets of its own, so that a caller may get through as many times more as there are
workers. That is enough to keep one caller from crowding out the others, and needs no shared store.
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

WINDOW: Final = 60
"""Seconds in which a quota is earned anew."""

_BUCKETS: Final = 10_000
"""Buckets kept at most, some 3 MB; whose bucket was used longest ago starts anew, with a full one."""

_IPV6_NETWORK: Final = 64
"""A subscriber has a whole network of IPv6 addresses (RFC 6177), and shares one bucket."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left for a caller: whether this call is granted, calls left, and seconds until more and until all."""

    quota: int
    granted: bool
    left: int
    seconds_to_full: int
    seconds_to_next: int

    @property
    def headers(self) -> dict[str, str]:
        """RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10)."""
        return {
            "RateLimit-Policy": f'"caller";q={self.quota};w={WINDOW}',
            "RateLimit": f'"caller";r={self.left};t={self.seconds_to_full}',
        }


class Buckets:
    """A bucket for each name. It holds `quota` calls and fills evenly in `WINDOW` seconds."""

    def __init__(self, quota: int, clock: Callable[[], float] = time.monotonic, most: int = _BUCKETS) -> None:
        self._quota = quota
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> Allowance:
        """Take one call from the bucket of `name`, if there is one in it."""
        now = self._clock()
        level, then = self._kept.pop(name, (float(self._quota), now))
        level = min(float(self._quota), level + (now - then) * self._quota / WINDOW)
        granted = level >= 1
        level -= granted
        self._kept[name] = level, now
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return Allowance(
            self._quota,
            granted,
            int(level),
            math.ceil((self._quota - level) * WINDOW / self._quota),
            max(1, math.ceil((1 - level) * WINDOW / self._quota)),
        )

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._kept)


def network_of(address: str) -> str:
    """The name of the bucket for calls from `address`: itself, or for IPv6 its network; "" for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.ipv4_mapped:
        return address
    return str(ipaddress.IPv6Network((int(parsed), _IPV6_NETWORK), strict=False))
