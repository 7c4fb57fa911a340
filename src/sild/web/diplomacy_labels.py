"""What the words of diplomacy are called: clocks, contact points, progress, stances compared. Joined in web/labels.py."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

DIPLOMACY_LABELS: dict[str, dict[str, str]] = {
    "forum": {"OSCE": noop("OSCE"), "UN": noop("United Nations")},
    "progress": {
        "planned": noop("planned"),
        "under-way": noop("under way"),
        "done": noop("done"),
        "stopped": noop("stopped"),
    },
    "duty": {
        "overdue": noop("overdue"),
        "soon": noop("due within thirty days"),
        "later": noop("due later"),
        "ended": noop("ended"),
    },
    "contact-kind": {
        "diplomatic": noop("diplomatic contact"),
        "technical": noop("technical contact"),
        "round-the-clock": noop("round the clock"),
    },
    "agreement-of-positions": {
        "same": noop("reads it the same"),
        "differs": noop("reads it otherwise"),
        "unknown": noop("cannot be compared"),
    },
    "draft-finding": {
        "contradicts": noop("seems to say the opposite"),
        "agrees": noop("seems to say the same"),
        "speaks": noop("speaks of the topic: compare"),
        "no-position": noop("no position is known"),
    },
    "treaty-act": {
        "signed": noop("signed"),
        "ratified": noop("ratified"),
        "in-force": noop("bound"),
        "denounced": noop("denounced"),
    },
}
