"""What the words of a giver's own drafts of offers are called: stages, steps, buttons. Joined in web/labels.py."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

DRAFT_LABELS: dict[str, dict[str, str]] = {
    "draft-stage": {
        "draft": noop("draft of the house"),
        "internal-clearance": noop("at internal clearance"),
        "cleared": noop("cleared, may be offered"),
        "offered": noop("offered"),
        "dropped": noop("dropped"),
    },
    "draft-step": {
        "written": noop("wrote it"),
        "changed": noop("changed it"),
        "sent-to-clearance": noop("sent it to internal clearance"),
        "cleared": noop("cleared it"),
        "sent-back": noop("sent it back"),
        "dropped": noop("dropped it"),
        "taken-up": noop("took it up again"),
        "offered": noop("offered it"),
    },
    "draft-button": {
        "sent-to-clearance": noop("Send it to internal clearance"),
        "cleared": noop("Clear it"),
        "sent-back": noop("Send it back"),
        "dropped": noop("Drop the draft"),
        "taken-up": noop("Take it up again"),
    },
    "draft-words": {
        "cleared": noop("With what words it is cleared"),
        "sent-back": noop("What has to change first"),
        "dropped": noop("Why it is not offered"),
    },
}
