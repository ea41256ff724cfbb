"""W3C Trace Context: continue the caller's trace, or start one where the header is missing or malformed."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

_TRACEPARENT: Final = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?P<more>-.*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Our step in a trace: the id of the whole, the id of this step, and the caller's flags."""

    trace_id: str
    span_id: str
    flags: str

    @property
    def traceparent(self) -> str:
        """The header that tells others of this step."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


def follow(header: str) -> Trace:
    """The trace that a `traceparent` header belongs to, with a new step; a new trace unless the header is valid."""
    found = _TRACEPARENT.fullmatch(header.strip())
    if found is None or not _valid(found):
        return Trace(secrets.token_hex(16), secrets.token_hex(8), "00")
    # Only the flags that version 00 defines are passed on; later versions may put others there.
    return Trace(found["trace"], secrets.token_hex(8), f"{int(found['flags'], 16) & 1:02x}")


def _valid(found: re.Match[str]) -> bool:
    version = found["version"]
    return (
        version != "ff"
        and not (version == "00" and found["more"])
        and found["trace"].strip("0") != ""
        and found["parent"].strip("0") != ""
    )
