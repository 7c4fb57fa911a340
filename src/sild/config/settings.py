"""Settings of the framework. The connections are filled in when the house is opened (kernel.house), once the server runs."""

from __future__ import annotations

from typing import Any

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

INSTALLED_APPS = [
    "sild.kernel",
    "sild.wings.parties",
    "sild.wings.register",
    "sild.wings.linkage",
    "sild.wings.planning",
    "sild.wings.intake",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_UNOPENED: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": "sild", "HOST": "/nonexistent", "CONN_MAX_AGE": None}

DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(_UNOPENED),  # role sild_app: reads and writes under the policies
    "migrate": dict(_UNOPENED),  # role sild_migrate: the migrate step of `sild init` alone
    "sequencer": dict(_UNOPENED),  # role sild_sequencer: the ledger's outbox alone
}
