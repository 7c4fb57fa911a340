"""What the words of outlook are called: what lapses, where a dependence was read. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

OUTLOOK_LABELS: dict[str, dict[str, str]] = {
    "lapse": {
        "licence": noop("licence"),
        "maintenance": noop("maintenance"),
        "warranty": noop("warranty"),
        "hosting": noop("hosting"),
        "service": noop("service"),
        "goods": noop("goods"),
        "licences": noop("licences"),
        "services": noop("services"),
    },
    "dependence": {"giver": noop("who gives"), "vendor": noop("who makes or runs it")},
    "dependence-source": {"planned": noop("planned"), "agreed": noop("agreed"), "running": noop("in use")},
}
