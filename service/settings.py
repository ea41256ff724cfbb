"""What the one who runs the service decides, from the environment (ORDBRO_HOST, ORDBRO_PUBLIC_URL ...)."""

from typing import Annotated, Literal

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one running service; every one has a default that works on one's own machine."""

    model_config = SettingsConfigDict(env_prefix="ORDBRO_", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    public_url: HttpUrl = HttpUrl("https://ordbro.example.se")
    """Where callers reach the service, as the API description and api-info give it."""
    contact_name: str = "Den som driver tjänsten"
    contact_url: HttpUrl = HttpUrl("https://ordbro.example.se")
    contact_email: str = "ordbro@example.se"
