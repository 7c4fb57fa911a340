"""What the words of money are called: states, pots, reasons for leaving a row out, verdicts. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

MONEY_LABELS: dict[str, dict[str, str]] = {
    "flow": {
        "indicated": noop("indicated"),
        "pledged": noop("pledged"),
        "committed": noop("committed"),
        "disbursed": noop("disbursed"),
        "spent": noop("spent"),
        "ended": noop("not kept"),
    },
    "pot": {
        "indicated": noop("Indicated"),
        "pledged": noop("Pledged"),
        "committed": noop("Committed"),
        "disbursed": noop("Disbursed"),
        "spent": noop("Spent"),
        "firm": noop("Committed or further"),
    },
    "left-out": {
        "inside": noop("lies inside another flow that is counted"),
        "no-rate": noop("no rate into this currency is known: not converted"),
        "not-told": noop("its amount is kept back from you"),
        "view": noop("a second view of money that other rows hold"),
        "reading": noop("another reading of a row that is counted"),
        "ended": noop("it was not kept"),
    },
    "verdict": {
        "agree": noop("they agree"),
        "rounding": noop("they agree within what was rounded"),
        "less-exact": noop("one says less exactly what the other says"),
        "other-unit": noop("told in different currencies: not compared"),
        "other-words": noop("the same number, meant differently"),
        "contradict": noop("they contradict each other"),
    },
    "flow-said": {
        "recorded": noop("written down"),
        "imported": noop("taken in from a public source"),
        "changed-at-source": noop("changed by its source"),
        "advanced": noop("moved on"),
        "split": noop("a part of it moved on; this is the rest"),
        "valued": noop("its worth was said"),
        "placed": noop("it was said out of which flow it came"),
        "shown": noop("how it is shown was changed"),
        "ended": noop("ended: it was not kept"),
    },
    "dimension": {
        "giver": noop("Who gives"),
        "through": noop("Through whom"),
        "body": noop("To whom"),
        "category": noop("Category"),
        "sector": noop("Sector of the source"),
        "year": noop("Year"),
        "month": noop("Month"),
        "currency": noop("Currency"),
        "state": noop("State"),
        "series": noop("Collection"),
        "source": noop("Source"),
        "in-kind": noop("In kind"),
    },
}
"""Kind -> value -> English words, which are also the message ids of the translations."""
