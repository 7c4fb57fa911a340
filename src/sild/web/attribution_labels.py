"""What the words of attribution are called: where cases and inputs stand. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

ATTRIBUTION_LABELS: dict[str, dict[str, str]] = {
    "attribution": {"open": noop("open case"), "closed": noop("closed case"), "not-pursued": noop("not pursued")},
    "agency-input": {
        "waiting": noop("input awaited"),
        "late": noop("late"),
        "delivered": noop("input delivered"),
        "waived": noop("not asked for any more"),
    },
}
