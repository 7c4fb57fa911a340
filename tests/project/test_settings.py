"""Behind a proxy of one's own the desk speaks TLS only; without one it serves its own machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys

ASKED = """
import json
from sild.config import settings
names = "SECURE_PROXY_SSL_HEADER SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE ALLOWED_HOSTS"
print(json.dumps({name: getattr(settings, name) for name in [*names.split(), "ALLAUTH_TRUSTED_PROXY_COUNT"]}))
"""


def settings(**environment: str) -> dict[str, object]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SILD_")}
    told = subprocess.run([sys.executable, "-c", ASKED], env=kept | environment, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(told.stdout)
    return answer


def test_without_a_proxy_no_header_is_believed_and_only_this_machine_is_served() -> None:
    told = settings()
    assert (told["SECURE_PROXY_SSL_HEADER"], told["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (None, 0)
    assert told["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert [told[name] for name in told if name.endswith(("_SECURE", "_REDIRECT"))] == [False] * 4


def test_behind_a_proxy_cookies_travel_over_tls_alone_and_the_rest_is_sent_there() -> None:
    told = settings(SILD_PROXIES="1", SILD_HOSTS="desk.example.org, other.example.org,")
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert told["ALLOWED_HOSTS"] == ["desk.example.org", "other.example.org"]
    assert [told[name] for name in told if name.endswith(("_SECURE", "_REDIRECT"))] == [True] * 4
