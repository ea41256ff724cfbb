"""Telling systemd that the service is ready, by its own protocol (sd_notify(3)), where systemd started it."""

import os
import socket


def notify(state: str) -> None:
    """Send a state such as "READY=1" to the socket that systemd waits at."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
