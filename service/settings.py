"""What the one who runs the service decides.

On the command line (--port), in the environment (ORDBRO_PORT), or in a TOML file (port): the first that names a setting
decides it. docs/operations.md lists every setting, which a test holds.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from phrases.errors import InputError
from service.access.algorithms import Algorithm
from service.language import Message
from service.requests import faults

PREFIX: Final = "ORDBRO_"

T = TypeVar("T")


def _parts(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Listed = Annotated[tuple[T, ...], NoDecode, BeforeValidator(_parts)]
"""Several values in one variable of the environment, with commas between."""


def _of_a_known_database(url: SecretStr) -> SecretStr:
    if not re.fullmatch(r"sqlite:///[^?]+|postgresql://.*", url.get_secret_value()):
        raise PydanticCustomError("database_url", "no database")
    return url


FeedbackUrl = Annotated[SecretStr, AfterValidator(_of_a_known_database)]


def _origin(site: str) -> str:
    if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", site):
        raise PydanticCustomError("web_origin", "no origin")
    return site


def _not_to_be_changed_on_the_way(jwks: str) -> str:
    """Keys come from this machine or over TLS: whoever can change them on the way can sign tokens."""
    if jwks.startswith(("https://", "http://")):
        HttpUrl(jwks)
    if re.match(r"http://(?!(127\.0\.0\.1|\[::1\]|localhost)[:/])", jwks):
        raise PydanticCustomError("not_encrypted", "not https")
    return jwks


class Settings(BaseSettings):
    """Settings of one running service; every one has a default that works on one's own machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    config: Path | None = None
    """The file of settings; it cannot stand in the file itself."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that answer; each reads one note at a time."""
    waiting_notes: Annotated[int, Field(ge=1, le=1000)] = 32
    """Notes that may wait in a process for those before them; one more is answered 503 at once."""
    drain_seconds: Annotated[float, Field(ge=0, le=300)] = 0
    """How long a service told to stop answers on, /readyz saying 503, so that a load balancer has time to see it."""
    grace_seconds: Annotated[float, Field(ge=1, le=300)] = 30
    """How long requests in flight may take to finish after that."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    public_url: HttpUrl = HttpUrl("https://ordbro.example.se")
    """Where callers reach the service, as the API description and api-info give it."""
    feedback_url: FeedbackUrl | None = None
    """Where feedback is kept; by default a SQLite file in the data directory. Secret, since it may hold a password."""
    contact_name: str = "Den som driver tjänsten"
    contact_url: HttpUrl = HttpUrl("https://ordbro.example.se")
    contact_email: str = "ordbro@example.se"

    keys_file: Path | None = None
    """The file of API keys that `ordbro keys` writes. With it, or with an issuer, callers must show who they are."""
    token_issuer: str = ""
    """The issuer (`iss`) of OAuth 2 access tokens that are taken, besides keys."""
    token_audience: str = ""
    """What `aud` of a token must name: this service, as the issuer knows it."""
    token_jwks: Annotated[str, AfterValidator(_not_to_be_changed_on_the_way)] = ""
    """The issuer's public keys (JWKS): a local file, or the one address that they are fetched from."""
    token_algorithms: Listed[Algorithm] = ("RS256", "PS256", "ES256", "EdDSA")
    rate_limit: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    """Calls a minute for each caller in each worker. 0: no limit; not set: 6,000 where access is on, else no limit."""
    allowed_origins: Listed[Annotated[str, AfterValidator(_origin)]] = ()
    """Web sites whose pages may call the API from a browser (CORS), "https://min.kommun.se, ..."."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in the call, then the environment, then the file that either of them names."""
        file = _file(init_settings().get("config"))
        return init_settings, env_settings, InitSettingsSource(settings_cls, _in_file(file) if file else {})


_NO_FILE: Final = Message(
    "Filen med inställningar finns inte, eller går inte att läsa.",
    "The file of settings does not exist, or cannot be read.",
)
_UNKNOWN: Final = Message("Inställningen finns inte.", "There is no such setting.")


def read_settings(**given: Any) -> Settings:
    """The settings; `given` (None means not given) goes before environment and file.

    InputError names the setting that is wrong as its writer wrote it: --port, ORDBRO_PORT, or port and the file.
    """
    given = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        fault = faults([first])[0]
        name = str(first["loc"][0])  # a fault deep in a list or table concerns the setting it stands in
        if name not in Settings.model_fields:
            raise _fault(name, given, _like(name)) from None
        raise _fault(name, given, Message(fault.message, fault.message_en)) from None
    except SettingsError as error:
        found = re.search(r'field "(\w+)"', str(error))
        told = Message("Inställningen ska vara giltig JSON.", "The setting must be valid JSON.")
        raise _fault(found[1] if found else "", given, told) from None


def _like(name: str) -> Message:
    close = difflib.get_close_matches(name, Settings.model_fields, n=1)
    if not close:
        return _UNKNOWN
    return Message(f"{_UNKNOWN.sv} Menas {close[0]}?", f"{_UNKNOWN.en} Is {close[0]} meant?")


def _fault(name: str, given: Mapping[str, Any], told: Message) -> InputError:
    variable = PREFIX + name.upper()
    file = _file(given.get("config"))
    if name in given:
        written = "--" + name.replace("_", "-")
    elif os.environ.get(variable) or file is None:
        written = variable
    else:
        written = f"{name} ({file.name})"
    return InputError(written, told.sv, told.en)


def _file(given: object) -> Path | None:
    named = given or os.environ.get(PREFIX + "CONFIG")
    return Path(str(named)) if named else None


def _in_file(file: Path) -> dict[str, Any]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise InputError(f"config ({file.name})", _NO_FILE.sv, _NO_FILE.en) from None
    except ValueError as error:  # not UTF-8, or not TOML
        line = re.search(r"at line (\d+)", str(error))
        place_sv, place_en = (f", rad {line[1]}", f", line {line[1]}") if line else ("", "")
        raise InputError(
            f"config ({file.name})",
            f"Filen är inte giltig TOML i UTF-8{place_sv}.",
            f"The file is not valid TOML in UTF-8{place_en}.",
        ) from None
    if "config" in read:
        raise InputError(f"config ({file.name})", _UNKNOWN.sv, _UNKNOWN.en)
    return read
