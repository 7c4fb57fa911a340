"""How a line stands to an earlier one of its cluster, and which pairs the lines themselves forbid to join."""

from __future__ import annotations

from collections.abc import Mapping

from sild.cores.linkage.method.lexicon import in_common_unit
from sild.cores.linkage.method.reading import Reading
from sild.cores.linkage.problem import Relation

FAR = 4  # quantities of one unit that differ by more than this factor are not one need told twice


def relation(early: Reading, late: Reading, levels: Mapping[str, str]) -> Relation:
    """What `late` does to `early`, both of one cluster. Its own kind speaks first, then its words, then its quantity."""
    if late.line.kind == "withdrawal":
        return Relation.WITHDRAWS
    if late.line.kind == "update":
        return Relation.SUPERSEDES
    worse = "worse" in late.cues and late.side == "need" and "worse" not in early.cues
    own_voice = early.line.sent_by is not None and early.line.sent_by == late.line.sent_by
    if worse and own_voice:
        return Relation.ESCALATES
    amount = levels.get("quantity")
    smaller = late.line.quantity is not None and early.line.quantity is not None and late.line.quantity < early.line.quantity
    if (amount == "a-share" and smaller) or ("part" in late.cues and smaller and levels.get("body") not in ("same", "alike")):
        return Relation.PART_OF
    if amount in ("replaces", "total-of") or (amount in ("changed-by-cue", "differs", "differs-some") and late.cues & {"changed", "total"}):
        return Relation.SUPERSEDES
    return Relation.SAME_AS


def forbidden(early: Reading, late: Reading, levels: Mapping[str, str]) -> str | None:
    """Why two lines may never stand in one cluster unless people rule so; None where nothing forbids it."""
    own_words = early.line.sent_by is not None and early.line.sent_by == late.line.sent_by
    if own_words and (why := _sets_apart(late, levels)):
        return why
    if levels["batch"] == "later-is-additional" and levels["message"] != "resend" and (late.line.additional or own_words):
        return "the later line calls itself a further batch"
    if levels["batch"] == "both-additional" and own_words and levels["message"] != "resend" and "again" not in late.cues:
        return "each of the two lines calls itself a further batch"
    if levels["batch"] == "as-many-too" and own_words and levels["message"] != "resend":
        return "one sender, and the later line says that another need has that number too"
    if levels["aside"] == "names-the-other-as-another" and own_words and not late.amends:
        return "one line names what the other asks for as something else"
    if levels["aside"] == "names-the-other-s-body" and not late.amends:
        return "one line says that the other's body asks for itself"
    if levels.get("body") == "superior-for-itself" and not late.amends:
        return "one of the two bodies stands above the other, but asks for itself"
    if levels["item"] == "same-activity-other-subject":
        return "two courses, audits or their like on different subjects"
    if levels["message"] == "one-message":
        return "two lines of one message that do not say the same"
    if levels["channel"] == "other":
        return "one is a civil line, the other a military one; the two mechanisms are kept apart"
    if levels["quantity"] == "differs" and early.line.kind == late.line.kind and _far(early, late):
        return "the two quantities are far apart and neither line says that it changes the other"
    return None


def _sets_apart(late: Reading, levels: Mapping[str, str]) -> str | None:
    """Why a sender who speaks twice means two things: it says so, or names other hands, places or systems and changes nothing."""
    if levels["batch"] == "later-sets-itself-apart":
        return "one sender, and the later line sets itself apart"
    if levels["purpose"] == "clash" and not late.amends and levels["message"] != "resend":
        return "one sender asks for different hands, places or systems"
    return None


def alike(levels: Mapping[str, str]) -> bool:
    """Whether two lines ask for, or offer, the same thing for or from the same body, whatever else tells them apart."""
    owner = levels.get("body") or levels.get("provider")
    one_thing = levels["item"] == "same" or (levels["item"] in ("unknown", "named-beside") and levels["category"] == "same")
    return one_thing and owner in ("same", "alike", "sender")


def _far(early: Reading, late: Reading) -> bool:
    a, b = early.line.quantity, late.line.quantity
    if a is None or b is None:
        return False
    one, other = in_common_unit(a, early.line.unit), in_common_unit(b, late.line.unit)
    return max(one, other) > FAR * min(one, other)
