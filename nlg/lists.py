"""Enumerations."""

from __future__ import annotations

from collections.abc import Sequence


def enumerate_items(items: Sequence[str], conjunction: str = "och") -> str:
    """a · a och b · a, b och c; `samt` before the last where an item itself holds the conjunction."""
    if not items:
        raise ValueError("nothing to enumerate")
    if len(items) == 1:
        return items[0]
    if conjunction == "och" and any(" och " in item for item in items):
        conjunction = "samt"
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"
