"""Which release this is; the package, the API and the command line all say it from here."""

from typing import Final

__version__ = "0.1.0"
RELEASED: Final = "2026-11-22"
"""The day of the release, as api-info gives it (RFC 3339)."""

STATUS: Final = "alpha"
"""The API's life stage, as DIGG's profile names them: alpha, beta, active, deprecated, retired."""

ROOT: Final = "/ordbro/v1"
"""The path that every resource of the API stands under."""
