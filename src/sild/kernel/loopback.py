"""Which addresses are this machine's own, and whether demo people are let in: only from there, by the browser and by a token alike."""

from __future__ import annotations

import ipaddress
import os

from django.http import HttpRequest

from sild.kernel.identity import exercises_alone

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


def demo_may_enter(request: HttpRequest) -> bool:
    """Whether demo people are let in by this request. Nothing said of where the server listens means no."""
    relayed = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
    here = is_loopback(str(request.META.get("REMOTE_ADDR", "")))
    return here and not relayed and is_loopback(os.environ.get(BIND, "")) and exercises_alone()
