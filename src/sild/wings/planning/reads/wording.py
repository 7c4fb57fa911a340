"""What a plan says, in the reader's language: each sentence is kept as a pattern with its values, and put into words when it is read.

`Said` is {"text": pattern, "with": {name: value}}. Values are names, codes, numbers as text and months as 2026-03.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.cores.allocation.answer import Change
from sild.cores.allocation.method import Counter, Instead
from sild.wings.planning.rules import RESOURCES, month_at

Said = dict[str, Any]

CHANGES = {
    "offer-lots": noop("{offer}: {amount} more"),
    "budget": noop("{amount} {currency} more in the budget of {donor}"),
    "absorption": noop("{body}: room for {amount} more in {month}"),
    "absorption-people": noop("{body}: {amount} more hours of people in {month}"),
    "absorption-training": noop("{body}: {amount} more places in training in {month}"),
    "absorption-racks": noop("{body}: {amount} more rack units, from now on"),
    "absorption-power": noop("{body}: {amount} more watts of power, from now on"),
    "due-date": noop("{need}: a due date later by months: {amount}"),
    "lead-time": noop("{offer}: delivery sooner by months: {amount}"),
    "licence": noop("{offer}: the licence sooner by months: {amount}"),
    "licence-denied": noop("{offer}: a licence, which was denied"),
    "availability": noop("{offer}: kept open longer by months: {amount}"),
    "licence-end": noop("{offer}: the licence held longer by months: {amount}"),
    "declined": noop("{offer} for {need}: a new word from the side that said no"),
    "civil-only": noop("{offer}: a waiver of the condition that it is for civil use only"),
    "region": noop("{offer}: a waiver of the condition on the region"),
    "earmark": noop("{offer}: a waiver of the earmark"),
    "unit": noop("{offer}: a ruling on how its unit converts"),
    "fit": noop("{offer}: a ruling that it fits {need}"),
    "lot-size": noop("{offer}: one lot sent in part, {amount} of its pieces"),
    "minimum-share": noop("{need}: a minimum of {amount} accepted"),
    "no-offer": noop("Nobody offers it. One more offer of {amount} would start it, {missing} would cover it"),
    "no-offer-asked": noop("One more offer of {amount}"),
    "no-offer-left": noop(
        "What is offered of it goes where it is worth more, or does not fit."
        " One more offer of {amount} would start it, {missing} would cover it"
    ),
    "hosting": noop("{site}: room for {amount} more units of hosting"),
    "re-export": noop("{offer}: leave to hand it on"),
    "end-use": noop("{offer}: leave for another end use than those that it allows"),
    "minimum-order": noop("{offer}: given below its smallest order"),
    "bundle": noop("{need}: the other parts of its bundle, or the need accepted without them"),
    "endorsement": noop("{need}: its endorsement"),
    "channel": noop("{need}: a ruling whether it is civil or military"),
}
"""The smallest change that lets more be delivered, by the limit that it lifts."""

LEFT_OUT = {
    "military": noop("hand the need over to {other}"),
    "category-unknown": noop("read the line and give it a category"),
    "out-of-scope": noop("{what} is not in the mechanism's scope; refer the asker elsewhere"),
    "beneficiary-unknown": noop("ask the sender for whom it is"),
    "quantity-unknown": noop("state how many"),
    "quantity-implausible": noop("confirm {amount} or state how many"),
    "endorsement": noop("rule on it: this plan takes in endorsed needs alone"),
    "consent": noop("give its consent, or withdraw what it asked for"),
    "taken-back": noop("a letter takes the need back: withdraw it, or reject the line that says so"),
    "objection": noop("ease the objection of {who}, or write down how it ended"),
    "provider-unknown": noop("the provider is unknown: ask the sender who gives"),
    "offer-category-unknown": noop("the category is unknown: read the line and give it one"),
    "ended": noop("it ended on {day}: ask {donor} to extend it"),
    "offer-implausible": noop("{amount} is more than anybody gives: ask {donor} to confirm it"),
    "offer-quantity-unknown": noop("no quantity is stated: ask {donor} what and how many it covers"),
}
"""Why a need or an offer cannot enter a plan yet, and what to do."""

SUPPOSED = {
    "endorsed-alone": noop("Endorsed needs alone are planned here; needs that wait for their gates: {amount}."),
    "provisional": noop("Nothing here is endorsed: the plan supposes that every line is accepted and every need endorsed."),
    "contradiction": noop("Contradiction: {what}."),
    "budgets": noop("Budgets unknown in {currency}, so not a limit here: {names}."),
    "absorption": noop("Absorption unknown, so not a limit here: {names}."),
    "untold-months": noop(
        "Of some months nobody said what these can take in; each is counted as the best month of which they did: {names}."
    ),
    "use": noop("What a piece of {offer} takes of {resource} is not known; the plan supposes that it is no obstacle."),
    "resource": noop("What {body} has of {resource} in {month} is not known; the plan supposes that it suffices."),
    "licences": noop("Whether a licence is needed was not assessed for offers of: {names}."),
    "budget": noop("The budget of {names} is not known; the plan supposes that it suffices."),
    "room": noop("What {body} can take in {month} is not known; the plan supposes that it suffices."),
    "bundle": noop("{body}: a bundle is not planned, for its needs of {category} are {count} where one was meant."),
    "commitment": noop("What was committed for {what} is not in this plan, for its need or its offer is not."),
    "substitute": noop("{need} is served with a substitute by {offer}, of which a piece counts {quality}."),
    "point": noop("Not known where {offer} serves {need}: {what}. The plan supposes that it is no obstacle."),
}
"""What a plan supposes."""

OBJECTIVE = {
    "worth": noop(
        "A need is worth its priority times the square root of its quantity."
        " {share} of that is earned once {least} of the quantity is there, the rest piece by piece."
    ),
    "quantile": noop("A licence that is pending is expected to take as long as {share} of like ones took at most."),
    "stability": noop("What stays as the plan before had it earns {share} of its worth on top."),
    "floor": noop("Fairness ({groups}{among}): what each gets counts {times} times until {share} of what it asked is reached."),
    "max-min": noop("Fairness ({groups}{among}): the smallest share of all earns {times} times what all of them asked."),
}
"""What a plan weighs."""

INSTEAD = {
    "taken": noop("{offer}: all of it goes where a piece is worth more"),
    "spoken-for": noop("{offer}: all of it goes elsewhere in this plan"),
    "budget": noop("{offer}: its giver has no money left"),
    "quality": noop("{offer}: a piece of it counts less for this need"),
    "later": noop("{offer}: it comes later, by months: {amount}"),
    "as-good": noop("{offer}: it would do as well, and stays free for others"),
    "misfit": noop("{offer}: {misfits}"),
}
"""Why a need is served with an offer and not with another."""

MISFITS = {
    "unit": noop("their units differ"),
    "civil-only": noop("it is for civil use only"),
    "region": noop("it is for another region"),
    "earmark": noop("it is meant for somebody else"),
    "re-export": noop("it may not be handed on"),
    "end-use": noop("it is not allowed for this use"),
    "licence": noop("its licence was denied"),
    "availability": noop("it is no longer available"),
    "licence-end": noop("its licence has ended by then"),
    "declined": noop("one side said no"),
    "due-date": noop("it comes after the date of the need"),
    "lot-size": noop("a lot is larger than the need"),
    "minimum-order": noop("its smallest order is no longer reached"),
}
"""What keeps an offer from a need, as the core names it."""

COUNTER = noop("{offer} could serve {need} with {amount}, if:")

GROUPS = {"region": noop("regions"), "sector": noop("sectors"), "body": noop("bodies")}
"""Between whom a rule of fairness evens out."""

OWNERS = {
    "secretariat": noop("secretariat"),
    "secretariat, to find a giver": noop("secretariat, to find a giver"),
    "licence liaison": noop("licence liaison"),
}
"""Whose move it is, where it is no named body."""
_NAMED_OWNER = re.compile(r"(?P<kind>donor|recipient|host|licence authority|endorsing gates of) (?P<name>.+)")
_OWNER_KINDS = {
    "donor": noop("donor {name}"),
    "recipient": noop("recipient {name}"),
    "host": noop("host of {name}"),
    "licence authority": noop("licence authority {name}"),
    "endorsing gates of": noop("endorsing gates of {name}"),
}

# the core's own sentences about what a shipment supposes (cores.allocation.method.explain)
POINTS = {
    "unit": noop("unit"),
    "region": noop("region"),
    "sector": noop("sector"),
    "onward transfer": noop("whether it is handed on"),
    "end use": noop("what it is for"),
    "licence": noop("licence"),
    "hosting site": noop("where it would stand"),
    "unit cost": noop("unit cost"),
}
"""What may not be known where an offer serves a need, as the core names it."""

_RECORD = re.compile(r"“(?P<title>.*)”(?: (?P<how>by|for) (?P<who>.+))?", re.DOTALL)
_RECORDS = {"by": noop("“{title}” by {who}"), "for": noop("“{title}” for {who}"), "": noop("“{title}”")}
"""How plans name an offer, a need, and either where nobody is told with it."""

RESOURCE_WORDS = {
    "people": noop("hours of people"),
    "training": noop("places in training"),
    "racks": noop("rack units"),
    "power": noop("watts of power"),
}
"""What a body takes things in with, as a sentence names it."""

_FROM_CORE = (
    (re.compile(r"The use of (?P<resource>\S+) by offer (?P<offer>\S+) is not known; .+"), "use"),
    (re.compile(r"What (?P<body>.+) has of (?P<resource>\S+) in month (?P<month>\d+) is not known; .+"), "resource"),
    (re.compile(r"The budget of (?P<names>.+) is not known; .+"), "budget"),
    (re.compile(r"What (?P<body>.+) can take in month (?P<month>\d+) is not known; .+"), "room"),
    (
        re.compile(r"Need (?P<need>\S+) is served with a substitute by offer (?P<offer>\S+), of which a piece counts (?P<quality>\S+)\."),
        "substitute",
    ),
    (re.compile(r"The (?P<what>.+) is not known where offer (?P<offer>\S+) serves need (?P<need>\S+); .+"), "point"),
)


def said_of_change(
    change: Change, names: Mapping[str, str], today: date, *, currency: str, missing: int, offered: Collection[str] = ()
) -> Said:
    """One change of a reason or an ask, with the names of the records that it concerns; `offered`: the categories that somebody offers."""
    limit = "licence-denied" if change.limit == "licence" and change.unit == "decision" else change.limit
    if limit == "no-offer":
        # an ask is for a category, a reason for a need
        limit = "no-offer-asked" if change.need is None else "no-offer-left" if change.category in offered else limit
    amount = change.amount
    if change.resource is not None:
        limit, amount = RESOURCES[change.resource].capacity, RESOURCES[change.resource].told(amount)
    values = {
        "amount": f"{amount:f}",
        "offer": names.get(change.offer or "", ""),
        "need": names.get(change.need or "", ""),
        "donor": change.donor or "",
        "body": change.body or "",
        "site": change.site or "",
        "currency": currency,
        "missing": str(missing),
        "month": f"{month_at(today, change.period or 0):%Y-%m}",
    }
    return _kept(CHANGES[limit], values)


def said_supposition(sentence: str, names: Mapping[str, str], today: date) -> Said:
    """A supposition of the core, kept as a pattern; one of an unknown form is kept as it stands."""
    for form, key in _FROM_CORE:
        found = form.fullmatch(sentence)
        if found is not None:
            values = {name: names.get(value, value) for name, value in found.groupdict().items()}
            if "month" in values:
                values["month"] = f"{month_at(today, int(values['month'])):%Y-%m}"
            return _kept(SUPPOSED[key], values)
    return {"text": "{sentence}", "with": {"sentence": sentence}}


def said_left_out(limit: str, **values: str) -> Said:
    """Why a need or an offer is left out of a plan."""
    return _kept(LEFT_OUT[limit], values)


def said_of_objective(key: str, **values: str) -> Said:
    """What a plan weighs, in words and numbers."""
    return _kept(OBJECTIVE[key], values)


def said_instead(other: Instead, names: Mapping[str, str]) -> Said:
    """Why an offer that a need could have been served with was not chosen."""
    why = other.why[0] if other.why[0] in INSTEAD else "misfit"
    if why == "taken" and other.worth < other.here:
        # a minimum, a date or another limit speaks for where it goes, not the worth of a piece
        why = "spoken-for"
    values = {"offer": names.get(other.offer, ""), "amount": str(other.periods), "misfits": ", ".join(other.why)}
    return _kept(INSTEAD[why], values)


def said_counter(counter: Counter, names: Mapping[str, str], today: date, *, currency: str) -> list[Said]:
    """The nearest variation of an offer that would serve somebody: what it would bring, then each change."""
    values = {"offer": names.get(counter.offer, ""), "need": names.get(counter.need, ""), "amount": str(counter.pieces)}
    changes = [said_of_change(change, names, today, currency=currency, missing=counter.pieces) for change in counter.changes]
    return [_kept(COUNTER, values), *changes]


def said_supposed(key: str, **values: str) -> Said:
    """What the whole plan supposes."""
    return _kept(SUPPOSED[key], values)


def _kept(text: str, values: Mapping[str, str]) -> Said:
    return {"text": text, "with": {name: value for name, value in values.items() if f"{{{name}}}" in text}}


def in_english(said: Said) -> str:
    """The sentence as files and the command line have it, without a full stop."""
    with override("en"):
        words = in_words(said)
    return words.removesuffix(".")


def in_words(said: Said | Sequence[Said]) -> str:
    """The sentence, or several joined, in the language of the reader, closed with a full stop."""
    if not isinstance(said, dict):
        return " ".join(in_words(one) for one in said)
    values = {name: _value(name, value) for name, value in said["with"].items()}
    text = _(said["text"]).format(**values).strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…", "!", "?", ":")) else f"{text}."


def owner_in_words(owner: str) -> str:
    """Whose move it is, in the language of the reader; the name of a body stays as it is."""
    parts = []
    for part in owner.split(" + "):
        named = _NAMED_OWNER.fullmatch(part)
        if part in OWNERS:
            parts.append(_(OWNERS[part]))
        elif named is not None:
            parts.append(_(_OWNER_KINDS[named["kind"]]).format(name=named["name"]))
        else:
            parts.append(part)
    return " + ".join(parts)


def record_in_words(name: str) -> str:
    """A need or an offer as plans keep its name, “laptops” by Sweden, joined and quoted as the reader's language does; other names stay."""
    told = _RECORD.fullmatch(name)
    if told is None:
        return name
    pattern = _RECORDS[told["how"] or ""]
    return _(pattern).format(title=told["title"], who=told["who"])


def _value(name: str, value: str) -> str:
    locale = Locale.parse((get_language() or "en").replace("-", "_"))
    if name == "misfits":
        return ", ".join(_(MISFITS[one]) if one in MISFITS else one for one in value.split(", "))
    if name == "resource" and value in RESOURCE_WORDS:
        return _(RESOURCE_WORDS[value])
    if name == "groups" and value in GROUPS:
        return _(GROUPS[value])
    if name in ("share", "least"):
        return str(format_percent(Decimal(value), "#,##0.#%", locale=locale))
    if name == "what" and value in POINTS:
        return _(POINTS[value])
    if name == "month":
        return str(format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=locale))
    if name == "day":
        return str(format_skeleton("yMMMd", date.fromisoformat(value), locale=locale))
    if name in ("amount", "missing", "quality", "times"):
        try:
            return str(format_decimal(Decimal(value), "#,##0.###", locale=locale))
        except InvalidOperation:
            return value
    return record_in_words(value)
