"""What the words of response are called: where options stand, the toolbox's columns, the three things. Joined in web/labels.py."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

RESPONSE_LABELS: dict[str, dict[str, str]] = {
    "response": {"open": noop("open response"), "closed": noop("closed response")},
    "option": {
        "proposed": noop("option proposed"),
        "decided": noop("option decided"),
        "done": noop("option carried out"),
        "dropped": noop("option dropped"),
    },
    "precondition": {"met": noop("it is met"), "not-met": noop("it is not met"), "unknown": noop("unknown whether it is met")},
    "delivery-level": {
        "unknown": noop("level not said"),
        "working-level": noop("working level"),
        "ambassador": noop("ambassador"),
        "minister": noop("minister"),
        "government": noop("head of government or State"),
        "union": noop("the Union or an alliance"),
    },
    "essential": {
        "signal": noop("Signal that it is significant"),
        "ask": noop("Ask for help"),
        "condemn": noop("Condemn"),
    },
    "essential-stand": {
        "done": noop("was done"),
        "under-way": noop("is being done"),
        "not-done": noop("was not done"),
        "not-wanted": noop("was decided against"),
        "unknown": noop("unknown: nobody said"),
    },
    "toolbox-category": {
        "preventive": noop("preventive"),
        "cooperative": noop("cooperative"),
        "stability": noop("stability"),
        "restrictive": noop("restrictive"),
        "support": noop("support to Member States"),
        "process": noop("process"),
    },
    "escalation": {
        "none": noop("no escalation"),
        "low": noop("low escalation"),
        "medium": noop("medium escalation"),
        "high": noop("high escalation"),
        "very-high": noop("very high escalation"),
    },
    "reversibility": {
        "high": noop("easily taken back"),
        "medium": noop("can be taken back with effort"),
        "low": noop("hardly taken back"),
        "depends": noop("depends on what is done"),
    },
    "attribution-needed": {
        "false": noop("no attribution needed"),
        "true": noop("attribution needed"),
        "usually": noop("attribution usually needed"),
        "n/a": noop("does not apply"),
        "responsibility of persons, not of a state": noop("responsibility of persons, not of a State"),
        "responsibility of persons or entities, not of a state": noop("responsibility of persons or entities, not of a State"),
        "link to russia": noop("a link to Russia"),
        "yes for countermeasures": noop("needed for countermeasures"),
    },
}
