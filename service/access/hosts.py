"""The names that the service answers to where it asks nobody who they are.

A web page can let its own name point at 127.0.0.1 (DNS rebinding): the browser of someone who has the service on their
machine then takes the service for a part of that page, and lets the page read its answers. Only the Host header tells.
"""

import ipaddress
import re
from typing import Final

from service.settings import Settings

_HOST: Final = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]]+))(?::\d*)?")


class Hosts:
    """The names of this machine, which no page can have, and the host of `public_url` where one was chosen."""

    def __init__(self, settings: Settings) -> None:
        chosen = settings.public_url.host if "public_url" in settings.model_fields_set else None
        self._chosen = (chosen or "").strip("[]")

    def know(self, header: str) -> bool:
        """Whether a Host header names one of them, at whatever port. Only what is no browser sends none."""
        if not header:
            return True
        parts = _HOST.fullmatch(header.strip().lower())
        name = (parts[1] or parts[2]) if parts else ""
        return is_loopback(name) or (name != "" and name == self._chosen)


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach a service at `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
