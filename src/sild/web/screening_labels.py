"""What the words of screening are called: where parties and hits stand, what may be ruled. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

SCREENING_LABELS: dict[str, dict[str, str]] = {
    "screening": {
        "not-screened": noop("not screened"),
        "no-hits": noop("no hits"),
        "hits-open": noop("hits to rule"),
        "cleared": noop("hits cleared"),
        "confirmed": noop("on the list: confirmed"),
    },
    "screening-hit": {
        "open": noop("to be ruled"),
        "cleared": noop("cleared: not the same"),
        "confirmed": noop("confirmed: the same"),
        "gone": noop("not found any more"),
    },
    "screening-ruling": {
        "cleared": noop("Clear: it is somebody else"),
        "confirmed": noop("Confirm: it is the one on the list"),
        "open": noop("Open it again"),
    },
    "screening-kind": {
        "any": noop("not said"),
        "person": noop("person"),
        "organisation": noop("organisation"),
        "thing": noop("ship, aircraft or vehicle"),
    },
}
