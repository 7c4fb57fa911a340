"""Reasons and asks in one plain sentence each: a number, a unit, and who can move."""

from __future__ import annotations

from collections.abc import Sequence

from sild.cores.allocation.answer import Change
from sild.cores.allocation.problem import Problem


def sentence_of(change: Change, problem: Problem) -> str:
    """The change as an imperative a person can act on, without the final stop."""
    amount, offer, need = (
        f"{change.amount:,f}".rstrip("0").rstrip(".") if "." in f"{change.amount:f}" else f"{change.amount:,f}",
        change.offer,
        change.need,
    )
    span = f"{amount} {problem.period}{'' if change.amount == 1 else 's'}"
    for_need = "" if need is None else f" for need {need}"
    when = "" if change.period is None else f" in {problem.period} {change.period}"
    said = {
        "offer-lots": f"{amount} more {_plural(change, 'lot')} of offer {offer}",
        "budget": f"{amount} {problem.currency or 'more'} {'more ' if problem.currency else ''}in the budget of {change.donor}",
        "absorption": f"{amount} more {_plural(change, 'unit')} of {change.resource} at {change.body}{when}"
        if change.resource is not None
        else f"room for {amount} more {_plural(change, 'piece')} at {change.body}{when}",
        "hosting": f"room for {amount} more {_plural(change, 'unit')} at the site {change.site}",
        "due-date": f"a due date {span} later for need {need}",
        "lead-time": f"delivery of offer {offer} {span} sooner",
        "licence": f"the licence for offer {offer} {span} sooner"
        if change.unit != "decision"
        else f"a licence for offer {offer}, which was denied",
        "availability": f"offer {offer} kept open {span} longer",
        "licence-end": f"the licence for offer {offer} held {span} longer",
        "civil-only": f"a waiver of the civil-only condition of offer {offer}{for_need}",
        "region": f"a waiver of the regional condition of offer {offer}{for_need}",
        "earmark": f"a waiver of the earmark of offer {offer}{for_need}",
        "re-export": f"leave to hand on what offer {offer} gives{for_need}",
        "end-use": f"a waiver of the end-use condition of offer {offer}{for_need}",
        "minimum-order": f"offer {offer} given{for_need} below its smallest order",
        "unit": f"a ruling on how the unit of offer {offer} converts{for_need}",
        "fit": f"a ruling that offer {offer} fits need {need}",
        "declined": f"a new word on offer {offer} for need {need}, which was declined",
        "lot-size": f"one lot of offer {offer} sent in part: {amount} of its pieces",
        "minimum-share": f"a minimum of {amount} {_plural(change, 'piece')} accepted for need {need}",
        "no-offer": f"one more offer of {amount} {_plural(change, 'piece')} of {change.category}",
        "bundle": f"the other parts of its bundle with need {need}, or need {need} accepted without them",
        "endorsement": f"endorsement of need {need}",
        "channel": f"a ruling whether need {need} is civil or military",
    }
    return said[change.limit]


def sentence_for(changes: Sequence[Change], problem: Problem) -> str:
    """All changes of one reason, with the first letter raised."""
    text = ", together with ".join(sentence_of(change, problem) for change in changes)
    return text[0].upper() + text[1:] + "."


def _plural(change: Change, word: str) -> str:
    return word if change.amount == 1 else word + "s"
