"""Which addresses are this machine's own."""

from __future__ import annotations

import ipaddress

BIND = "SILD_BIND"
"""Environment variable in which the server tells the address that it listens on."""


def is_loopback(address: str) -> bool:
    """Whether an address, with or without its port, is this machine's own. What is no address is not."""
    host = address.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
