"""A small file whose content is asked for again and again, and read only when it has changed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from phrases.errors import InputError

T = TypeVar("T")


class Watched(Generic[T]):
    """The content of `path`, as `read` understands it; up to date at every call, in every worker.

    A file that cannot be used gives no value, not the last good one: what was taken out of it must not live on.
    """

    def __init__(self, path: Path, read: Callable[[Path], T]) -> None:
        self._path = path
        self._read = read
        self._stamp: tuple[int, ...] | None = None
        self._value: T | InputError | None = None

    def value(self) -> T:
        """The content. InputError if the file cannot be used."""
        stamp = _stamp(self._path)
        if self._value is None or stamp != self._stamp:
            # Of two stamps around a change the older is kept, so that the next call reads again.
            self._stamp, self._value = stamp, self._fresh()
        if isinstance(self._value, InputError):
            raise self._value.with_traceback(None)  # else each call would add to the last one's
        return self._value

    def _fresh(self) -> T | InputError:
        try:
            return self._read(self._path)
        except InputError as fault:
            structlog.get_logger().error("unusable_file", setting=fault.field)
            return InputError(fault.field, fault.message, fault.message_en)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = os.stat(path)  # noqa: PTH116 (half the time of Path.stat, at every request)
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns
