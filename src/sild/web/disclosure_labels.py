"""What the words of disclosure are called: states of reports, audiences. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

DISCLOSURE_LABELS: dict[str, dict[str, str]] = {
    "report": {"draft": noop("draft"), "issued": noop("issued"), "recalled": noop("recalled")},
    "report-audience": {
        "own": noop("those who make it"),
        "organisation": noop("one organisation"),
        "mechanism": noop("the offices and donors of the mechanism"),
    },
}
