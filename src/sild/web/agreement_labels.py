"""What the words of agreements are called: states, sides, what may be said and what was. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

AGREEMENT_LABELS: dict[str, dict[str, str]] = {
    "agreement": {
        "proposed": noop("proposed"),
        "accepted": noop("accepted by those who asked"),
        "committed": noop("committed"),
        "declined": noop("declined"),
        "cannot-help": noop("giver cannot help"),
        "recalled": noop("recalled"),
        "released": noop("given free"),
    },
    "contribution-shown": {
        "named": noop("who gives, how much of what"),
        "amount-only": noop("how much of what, not who gives"),
        "anonymous": noop("that something is given, no more"),
        "secret": noop("nothing at all"),
    },
    "no-help": {
        "no-stock": noop("nothing in stock"),
        "no-budget": noop("no money for it"),
        "no-licence": noop("no licence to be had"),
        "not-ours": noop("not what we give"),
        "later": noop("not now, perhaps later"),
        "other": noop("another reason"),
    },
    "agreement-side": {
        "secretariat": noop("the secretariat"),
        "requester": noop("those who asked"),
        "giver": noop("the giver"),
    },
    "agreement-word": {
        "acknowledge": noop("Received: nothing is promised yet"),
        "accept": noop("Accepted by those who asked"),
        "decline": noop("Declined by those who asked"),
        "commit": noop("Committed by the giver: it is theirs"),
        "cannot-help": noop("The giver cannot help"),
        "recall": noop("Recalled"),
        "release": noop("Given free: it is not needed any more"),
    },
    "agreement-said": {
        "propose": noop("proposed"),
        "acknowledge": noop("received"),
        "accept": noop("accepted"),
        "decline": noop("declined"),
        "commit": noop("committed"),
        "cannot-help": noop("cannot help"),
        "recall": noop("recalled"),
        "release": noop("gave it free"),
    },
}
