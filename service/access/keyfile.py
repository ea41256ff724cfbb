"""The file of keys: JSON that a person can read, changed whole or not at all, by one command at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from phrases.errors import InputError
from phrases.local import selected
from service.access.keys import Keys

FIELD: Final = "ORDBRO_KEYS_FILE"
_BYTES: Final = 4_000_000
"""Some ten thousand keys."""


def read_keys(path: Path) -> Keys:
    """The keys in `path`. InputError, naming the setting, if the file is not there or cannot be used."""
    try:
        with path.open("rb") as file:
            raw = file.read(_BYTES + 1)
    except OSError:
        raise InputError(
            FIELD,
            "Nyckelfilen finns inte eller går inte att läsa. Gör en nyckel med: ordbro keys create",
            "The file of keys is not there or cannot be read. Make a key with: ordbro keys create",
        ) from None
    try:
        keys = Keys.model_validate_json(raw if len(raw) <= _BYTES else b"")
        for profile in keys.profiles.values():
            if profile.selection is not None:
                selected(profile.selection)
    except (ValidationError, InputError):  # their words could quote the file
        raise InputError(
            FIELD,
            "Nyckelfilen är skadad. Hämta den från säkerhetskopian, eller rätta den senaste ändringen.",
            "The file of keys is damaged. Restore it from backup, or mend the last change.",
        ) from None
    return keys


@contextmanager
def changing(path: Path) -> Iterator["Change"]:
    """The keys in `path`, held for one change; none where there is no file yet. InputError as from `read_keys`."""
    target = path.resolve()  # the place of a link stays a link
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        directory = os.open(target.parent, os.O_RDONLY)
    except OSError:
        raise _unwritable() from None
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield Change(target, directory, read_keys(target) if target.exists() else Keys())
    finally:
        os.close(directory)


class Change:
    """One change of the file, while nobody else makes one."""

    def __init__(self, path: Path, directory: int, keys: Keys) -> None:
        self._path = path
        self._directory = directory
        self.keys = keys

    def write(self, keys: Keys) -> None:
        """Put `keys` in the place of what was there: whole, on the disk, and readable by those who could read it."""
        try:
            handle, draft = tempfile.mkstemp(dir=self._path.parent, prefix=".ordbro-keys-")
        except OSError:
            raise _unwritable() from None
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(keys.model_dump_json(indent=2).encode() + b"\n")
                if self._path.exists():
                    before = self._path.stat()
                    os.fchown(handle, before.st_uid, before.st_gid)
                    os.fchmod(handle, before.st_mode & 0o777)
                file.flush()
                os.fsync(handle)
            Path(draft).replace(self._path)
            os.fsync(self._directory)
        except OSError:
            with suppress(FileNotFoundError):
                Path(draft).unlink()
            raise _unwritable() from None


def _unwritable() -> InputError:
    return InputError(
        FIELD,
        "Nyckelfilen går inte att skriva. Kör kommandot som den användare som äger filen.",
        "The file of keys cannot be written. Run the command as the user who owns the file.",
    )
