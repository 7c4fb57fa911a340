"""Codes of second factors open once: one that was used is refused for as long as it could still be the right one."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache

from sild.kernel.identity import digest_of_secret

CODE_LIVES_S = 120


def first_use(account: UUID, code: str) -> bool:
    """Whether the code opens for the first time; remembers it where every server process sees it."""
    return bool(cache.add(f"factor-used:{account}:{digest_of_secret(''.join(code.split()))}", True, timeout=CODE_LIVES_S))
