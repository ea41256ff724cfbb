"""API keys: how they are made, what is kept of them, and whether one that is shown is one of ours.

A key is `ordbro_<id>_<secret>`. The id is public and finds the record; the secret is 256 random bits, so that one pass
of HMAC-SHA-256 with a salt of its own keeps it: slow hashes are for passwords, which can be guessed. The prefix lets
scanners of source code find keys that were committed.
"""

import hmac
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

from phrases.errors import InputError
from service.access.caller import Caller
from service.access.scopes import Scope

PREFIX: Final = "ordbro_"
_SECRET_BYTES: Final = 32
_SALT_BYTES: Final = 16

KeyId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
Label = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Profile(_Record):
    """What a local profile decides: the selection of codes, where a request to suggestions names none."""

    selection: str | None = None


class Key(_Record):
    """What is kept of a key: all but the key."""

    id: KeyId
    name: Label
    scopes: Annotated[list[Scope], Field(min_length=1)]
    profile: Label
    created: datetime
    revoked: datetime | None = None
    salt: Annotated[str, Field(pattern=rf"^[0-9a-f]{{{2 * _SALT_BYTES}}}$")]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @field_serializer("scopes")
    def _in_order(self, scopes: Iterable[Scope]) -> list[str]:
        return [scope for scope in Scope if scope in scopes]


class Keys(_Record):
    """All keys of a site and the profiles they are bound to: what the file of keys holds."""

    format: Literal[1] = 1
    profiles: dict[Label, Profile] = {}
    keys: list[Key] = []

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len({key.id for key in self.keys}) < len(self.keys):
            raise ValueError("two keys have the same id")
        if not {key.profile for key in self.keys} <= self.profiles.keys():
            raise ValueError("a key is bound to a profile that is not there")
        return self

    @cached_property
    def _by_id(self) -> dict[str, Key]:
        return {key.id: key for key in self.keys}

    @property
    def usable(self) -> bool:
        """Whether any key is still valid."""
        return any(key.revoked is None for key in self.keys)

    def caller(self, shown: str) -> Caller | None:
        """The caller who shows a key; None if it is none of ours, or revoked. As slow for a wrong id as for a right."""
        key = self._by_id.get(shown.removeprefix(PREFIX).partition("_")[0], _NOBODYS)
        fits = hmac.compare_digest(_digest(key.salt, shown), bytes.fromhex(key.hash))
        if not fits or key is _NOBODYS or key.revoked is not None:
            return None
        selection = self.profiles[key.profile].selection
        return Caller(f"key {key.id}", frozenset(key.scopes), key.profile, selection)

    def created(
        self, name: str, scopes: Iterable[Scope], profile: str, selection: str | None = None
    ) -> "tuple[Keys, Key, str]":
        """The keys with a new one, its record, and the key itself, which is in no record.

        InputError on field `selection` if the profile exists and chooses another: the profile is not this key's alone.
        """
        known = self.profiles.get(profile)
        if known is not None and selection not in (None, known.selection):
            raise InputError(
                "selection",
                "Profilen finns redan, med ett annat urval. Välj en annan profil, eller ändra urvalet i nyckelfilen.",
                "The profile exists with another selection. Choose another profile, or change it in the file of keys.",
            )
        taken = self._by_id.keys()
        id_ = next(id_ for id_ in iter(lambda: secrets.token_hex(4), None) if id_ not in taken)
        shown = f"{PREFIX}{id_}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        salt = secrets.token_hex(_SALT_BYTES)
        key = Key(
            id=id_,
            name=name,
            scopes=[scope for scope in Scope if scope in set(scopes)],
            profile=profile,
            created=_now(),
            salt=salt,
            hash=_digest(salt, shown).hex(),
        )
        profiles = self.profiles if known else {**self.profiles, profile: Profile(selection=selection)}
        return Keys(profiles=profiles, keys=[*self.keys, key]), key, shown

    def without(self, id_: str) -> "Keys":
        """The keys with that one revoked, if it was not already. InputError on field `id` if there is none."""
        if id_ not in self._by_id:
            raise InputError(
                "id",
                "Det finns ingen nyckel med det numret. Se dem med: ordbro keys list",
                "There is no key with that id. See them with: ordbro keys list",
            )
        revoked = {"revoked": _now()}
        return Keys(
            profiles=self.profiles,
            keys=[
                key.model_copy(update=revoked) if key.id == id_ and key.revoked is None else key for key in self.keys
            ],
        )

    def as_rows(self) -> list[dict[str, Any]]:
        """The keys as they are listed: without salt and hash."""
        return [key.model_dump(mode="json", exclude={"salt", "hash"}) for key in self.keys]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _digest(salt: str, shown: str) -> bytes:
    return hmac.digest(bytes.fromhex(salt), shown.encode("utf-8", "surrogatepass"), "sha256")


_NOBODYS: Final = Key(
    id="0" * 8,
    name="nobody",
    scopes=[Scope.PHRASES],
    profile="none",
    created=datetime(2026, 1, 1, tzinfo=UTC),
    salt="0" * 2 * _SALT_BYTES,
    hash="0" * 64,
)
"""What a key with an unknown id is held against."""
