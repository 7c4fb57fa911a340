"""What people call the desk's states, roles, kinds and relations: one table from value to words, extracted for translation.

A value without words here is shown with spaces for its hyphens; a test compares the table with the rules of every wing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.web.agreement_labels import AGREEMENT_LABELS
from sild.web.attribution_labels import ATTRIBUTION_LABELS
from sild.web.clearance_labels import CLEARANCE_LABELS
from sild.web.continuity_labels import CONTINUITY_LABELS
from sild.web.delivery_labels import DELIVERY_LABELS
from sild.web.diplomacy_labels import DIPLOMACY_LABELS
from sild.web.disclosure_labels import DISCLOSURE_LABELS
from sild.web.draft_labels import DRAFT_LABELS
from sild.web.gate_labels import GATE_LABELS
from sild.web.limit_labels import LIMIT_LABELS
from sild.web.money_labels import MONEY_LABELS
from sild.web.outlook_labels import OUTLOOK_LABELS
from sild.web.response_labels import RESPONSE_LABELS
from sild.web.screening_labels import SCREENING_LABELS
from sild.web.signal_labels import SIGNAL_LABELS

LABELS: dict[str, dict[str, str]] = {
    "role": {
        "officer": noop("secretariat officer"),
        "technical-gate": noop("technical gate"),
        "interagency-gate": noop("inter-agency gate"),
        "recipient": noop("recipient's authority"),
        "donor": noop("donor's desk"),
        "company": noop("company"),
        "licence-liaison": noop("licence liaison"),
        "auditor": noop("auditor"),
        "service": noop("service of the desk"),
    },
    "office": {
        "secretariat": noop("secretariat"),
        "front-office": noop("front office"),
        "back-office": noop("back office"),
        "donor": noop("donor"),
        "recipient": noop("recipient"),
        "observer": noop("observer"),
        "company": noop("company"),
    },
    "line": {"draft": noop("draft"), "accepted": noop("accepted"), "rejected": noop("rejected")},
    "need": {
        "captured": noop("captured"),
        "clarifying": noop("being clarified"),
        "technical-review": noop("in technical review"),
        "interagency-review": noop("in inter-agency review"),
        "endorsed": noop("endorsed"),
        "not-endorsed": noop("not endorsed"),
        "withdrawn": noop("withdrawn"),
        "overtaken": noop("overtaken by events"),
        "handed-over": noop("handed over"),
        "closed": noop("closed"),
        "provisional": noop("provisional"),
    },
    "content": {
        "quantity": noop("the quantity"),
        "unit": noop("the unit"),
        "category": noop("the category"),
        "things": noop("the things asked for"),
        "beneficiary": noop("the body"),
    },
    "answer": {"open": noop("not answered yet"), "accepted": noop("accepted"), "declined": noop("declined")},
    "gate": {"technical-review": noop("technical review"), "interagency-review": noop("inter-agency review")},
    "ruling": {"passed": noop("passed"), "failed": noop("not passed"), "open": noop("not ruled yet"), "unknown": noop("not known")},
    "message": {
        "read": noop("read"),
        "noise": noop("nothing asked or offered"),
        "quarantined": noop("quarantined"),
        "arrived": noop("arrived"),
        "erased": noop("erased"),
    },
    "kind": {
        "request": noop("request"),
        "offer": noop("offer"),
        "update": noop("update"),
        "withdrawal": noop("withdrawal"),
        "question": noop("question"),
    },
    "record": {
        "agency input": noop("agency input"),
        "api token": noop("api token"),
        "attribution case": noop("attribution case"),
        "proposal to let evidence out": noop("proposal to let evidence out"),
        "slice of evidence": noop("slice of evidence"),
        "answer to a round": noop("answer to a round"),
        "invitation to a round": noop("invitation to a round"),
        "round of a case": noop("round of a case"),
        "co-attribution round": noop("co-attribution round"),
        "position of a body": noop("position of a body"),
        "opinion in a track": noop("opinion in a track"),
        "cited incident": noop("cited incident"),
        "decision on a case": noop("decision on a case"),
        "catalogue of actors": noop("catalogue of actors"),
        "compartment": noop("compartment"),
        "donation decision": noop("donation decision"),
        "gate ruling": noop("gate ruling"),
        "grant": noop("grant"),
        "hand-over": noop("hand-over"),
        "handling": noop("handling"),
        "invitation": noop("invitation"),
        "incident": noop("incident"),
        "tie between incidents": noop("tie between incidents"),
        "item of evidence": noop("item of evidence"),
        "trait that was seen": noop("trait that was seen"),
        "judgement": noop("judgement"),
        "limit": noop("limit"),
        "licence case": noop("licence case"),
        "licence paper": noop("licence paper"),
        "line": noop("line"),
        "link": noop("link"),
        "lowering": noop("lowering"),
        "mailbox": noop("mailbox"),
        "member": noop("member"),
        "message": noop("message"),
        "consignment": noop("consignment"),
        "contact point": noop("contact point"),
        "duty": noop("duty"),
        "offer draft": noop("offer draft"),
        "implementation entry": noop("implementation entry"),
        "position": noop("position"),
        "treaty act": noop("treaty act"),
        "need": noop("need"),
        "note": noop("note"),
        "objection": noop("objection"),
        "offer": noop("offer"),
        "offer answer": noop("offer answer"),
        "term": noop("term"),
        "screening": noop("screening"),
        "situation report": noop("situation report"),
        "screening hit": noop("screening hit"),
        "screening list": noop("screening list"),
        "organisation": noop("organisation"),
        "party": noop("party"),
        "plan": noop("plan"),
        "receipt": noop("receipt"),
        "reply": noop("reply"),
        "response": noop("response"),
        "system": noop("system"),
        "dataset": noop("dataset"),
        "service": noop("service"),
        "dependency": noop("dependency"),
        "host": noop("host"),
        "picked option": noop("picked option"),
        "complaint": noop("complaint"),
        "listing pack": noop("listing pack"),
        "word on one of the three things": noop("word on one of the three things"),
        "sealed identity": noop("sealed identity"),
        "sealed message": noop("sealed message"),
        "source of evidence": noop("source of evidence"),
    },
    "side": {"need": noop("need"), "offer": noop("offer")},
    "channel": {"civil": noop("civil"), "military": noop("military"), "mixed": noop("mixed"), "undetermined": noop("undetermined")},
    "urgency": {"low": noop("low"), "normal": noop("normal"), "high": noop("high"), "critical": noop("critical")},
    "relation": {
        "same-as": noop("the same as"),
        "supersedes": noop("replaces"),
        "escalates": noop("repeats with more urgency"),
        "part-of": noop("is part of"),
        "withdraws": noop("withdraws"),
        "second-batch": noop("is a second batch of"),
        "not-the-same": noop("is not the same as"),
        "look-alike": noop("looks alike"),
    },
    "limit": {
        "absorption": noop("absorption"),
        "budget": noop("budget"),
        "unit-cost": noop("unit cost"),
        "lead-time": noop("lead time"),
        "licence": noop("licence"),
        "earmark": noop("earmark"),
        "objection": noop("objection"),
        "consent": noop("consent"),
        "visibility": noop("visibility"),
        "bundle": noop("bundle"),
        "substitute": noop("substitute"),
        "region": noop("region"),
        "site": noop("site"),
        "hosting": noop("room at a site"),
        "footprint": noop("room that a piece takes up"),
        "absorption-people": noop("absorption: hours of people"),
        "absorption-training": noop("absorption: places in training"),
        "absorption-racks": noop("absorption: rack units"),
        "absorption-power": noop("absorption: power"),
        "use-people": noop("hours of people for a piece"),
        "use-training": noop("places in training for a piece"),
        "use-racks": noop("rack units for a piece"),
        "use-power": noop("power for a piece"),
        "minimum-order": noop("smallest order"),
        "re-export": noop("handing on allowed"),
        "hand-on": noop("hands it on"),
        "end-use": noop("allowed end uses"),
        "intended-use": noop("intended use"),
        "waiver": noop("waiver of conditions"),
    },
    "plan-part": {
        "value": noop("what needs get"),
        "stability": noop("what stays as it was"),
        "fairness": noop("evenness"),
    },
    "weights": {
        "as-weighed": noop("as the mechanism weighs"),
        "by-value": noop("by value alone"),
        "by-fairness": noop("by fairness"),
        "by-stability": noop("by stability"),
    },
    "moved": {
        "better": noop("the plan as a whole is worth more so"),
        "added": noop("new in this plan, or more of it is to be had"),
        "withdrawn": noop("the need or the offer is no longer there"),
        "arrival": noop("it can no longer arrive so early"),
        "quantity": noop("the need asks for less now"),
        "offer-lots": noop("less is offered"),
        "budget": noop("the budget no longer allows it"),
        "absorption": noop("the body can no longer take it then"),
        "hosting": noop("there is no longer room at the site"),
        "due-date": noop("it comes after the date of the need"),
        "licence": noop("its licence was denied"),
        "availability": noop("it is no longer available"),
        "licence-end": noop("its licence has ended by then"),
        "declined": noop("one side said no"),
        "civil-only": noop("it is for civil use only"),
        "region": noop("it is for another region"),
        "earmark": noop("it is meant for somebody else"),
        "re-export": noop("it may not be handed on"),
        "end-use": noop("it is not allowed for this use"),
        "minimum-order": noop("its smallest order is no longer reached"),
        "unit": noop("their units differ"),
        "fit": noop("they no longer fit"),
        "category": noop("they no longer fit"),
        "lot-size": noop("a lot is larger than the need"),
        "bundle": noop("the other parts of its bundle are missing"),
        "endorsement": noop("the need is not endorsed"),
        "channel": noop("whether it is civil or military is not ruled"),
        "minimum-share": noop("it would be less than is of use"),
    },
    "limit-state": {
        "not-needed": noop("not needed"),
        "granted": noop("granted"),
        "pending": noop("pending"),
        "denied": noop("denied"),
        "unknown": noop("not known"),
        "open": noop("open"),
        "lifted": noop("lifted"),
        "given": noop("given"),
        "refused": noop("refused"),
        "yes": noop("yes"),
        "no": noop("no"),
    },
    "shown-as": {
        "named": noop("named"),
        "amount-only": noop("amount only"),
        "anonymous": noop("anonymous"),
        "secret": noop("secret"),
    },
    "plan": {
        "provisional": noop("provisional"),
        "endorsed": noop("endorsed"),
        "optimal": noop("best that can be had"),
        "within-gap": noop("within the stated gap of the best"),
        "stopped": noop("stopped when the time was over"),
    },
    "coverage": {
        "covered": noop("covered"),
        "partly": noop("partly covered"),
        "unmet": noop("unmet"),
        "none": noop("unmet"),
        "not-plannable": noop("not plannable yet"),
    },
    "licence": {
        "not-assessed": noop("not assessed yet"),
        "likely-none": noop("likely needs none"),
        "candidate-controlled": noop("may be controlled"),
        "enquiry-sent": noop("enquiry sent"),
        "licence-required": noop("licence required"),
        "applied": noop("applied for"),
        "information-requested": noop("information requested"),
        "granted": noop("granted"),
        "denied": noop("denied"),
        "returned": noop("returned without a decision"),
        "set-aside": noop("set aside"),
    },
    "mover": {
        "licence-liaison": noop("the licence liaison"),
        "authority": noop("the authority"),
        "giver": noop("the giver"),
        "nobody": noop("nobody"),
    },
    "criterion": {
        "severity": noop("severity"),
        "essential_service": noop("essential service"),
        "people_affected": noop("people affected"),
        "spill_over": noop("harm that spreads to others"),
        "time_criticality": noop("pressure of time"),
        "own_measures": noop("what the body does itself"),
        "absorption": noop("readiness to take it in"),
        "unblocks_others": noop("opens the way for others"),
        "strategic_importance": noop("strategic importance"),
        "readiness": noop("readiness"),
    },
    "field": {
        "title": noop("Title"),
        "kind": noop("Kind"),
        "category": noop("Category"),
        "item": noop("Item"),
        "quantity": noop("Quantity"),
        "unit": noop("Unit"),
        "beneficiary": noop("Beneficiary"),
        "provider": noop("Provider"),
        "sent_by": noop("Sent by"),
        "relayed_by": noop("Relayed by"),
        "needed_by": noop("Needed by"),
        "available_from": noop("Available from"),
        "available_until": noop("Available until"),
        "value": noop("Value"),
        "value_amount": noop("Value"),
        "value_currency": noop("Currency"),
        "conditions": noop("Conditions"),
        "channel": noop("Civil or military"),
        "urgency": noop("Urgency"),
        "tlp": noop("Marking"),
        "marking": noop("Marking"),
        "language": noop("Language"),
        "reference": noop("Reference"),
        "changes": noop("Quantity before"),
        "earlier_day": noop("Day before"),
        "earlier_place": noop("Place in the earlier message"),
        "subject": noop("Subject"),
        "state": noop("State"),
        "note": noop("Note"),
        "text": noop("Text"),
        "reason": noop("Reason"),
        "assignee": noop("Assignee"),
        "next_step": noop("Next step"),
        "releasable_to": noop("Released to"),
        "compartment": noop("Compartment"),
        "embargo": noop("Embargo"),
        "evidence": noop("Words that show it"),
        "date": noop("Date"),
        "answer": noop("Answer"),
        "assignee_name": noop("Who has it"),
        "next_step_on": noop("Next step by"),
        "provisional": noop("Provisional"),
        "taken_back": noop("Taken back by a letter"),
        "endorsed_on": noop("Endorsed on"),
        "withdrawn": noop("Withdrawn"),
    },
    **AGREEMENT_LABELS,
    **CLEARANCE_LABELS,
    **GATE_LABELS,
    **LIMIT_LABELS,
    **DISCLOSURE_LABELS,
    **DELIVERY_LABELS,
    **OUTLOOK_LABELS,
    **SCREENING_LABELS,
    **MONEY_LABELS,
    **DIPLOMACY_LABELS,
    **ATTRIBUTION_LABELS,
    **RESPONSE_LABELS,
    **CONTINUITY_LABELS,
    **SIGNAL_LABELS,
    **DRAFT_LABELS,
}
"""Kind -> value -> English words, which are also the message ids of the translations."""

TINTS: dict[str, str] = {
    **{"confirmed": "red", "hits-open": "yellow", "not-screened": "grey", "no-hits": "green", "cleared": "green"},
    **dict.fromkeys(("endorsed", "accepted", "covered", "passed", "granted", "given", "lifted", "optimal", "read", "committed"), "green"),
    **dict.fromkeys(("rejected", "declined", "not-endorsed", "failed", "denied", "refused", "unmet", "none", "quarantined"), "red"),
    **dict.fromkeys(("clarifying", "pending", "partly", "provisional", "within-gap", "stopped", "undetermined"), "yellow"),
    **dict.fromkeys(("captured", "technical-review", "interagency-review", "draft", "open", "proposed", "internal-clearance"), "blue"),
    **dict.fromkeys(("military", "mixed"), "purple"),
    **dict.fromkeys(("candidate-controlled", "licence-required", "information-requested", "returned"), "yellow"),
    **dict.fromkeys(("enquiry-sent", "applied"), "blue"),
    **dict.fromkeys(("prepared", "under-way"), "blue"),
    **dict.fromkeys(("arrived", "handed-over"), "yellow"),
    **dict.fromkeys(("disputed", "lost"), "red"),
    **{"reported": "blue", "assessed": "yellow", "pursued": "green"},
    "cannot-help": "red",
    "pass": "green",
    "fail": "red",
    "unknown": "yellow",
    "critical": "red",
    "high": "orange",
    "late": "red",
    **dict.fromkeys(("delivered", "done", "agrees", "met", "approved", "said", "there"), "green"),
    **{"decided": "yellow", "not-met": "red", "not-done": "red", "in-part": "yellow", "missing": "red"},
    **dict.fromkeys(("overdue", "contradicts", "falls", "immovable"), "red"),
    **dict.fromkeys(("soon", "differs", "may-fall", "asked"), "yellow"),
    **{"lives": "green", "for-a-time": "yellow", "gone": "red", "holds": "yellow", "written": "yellow", "not-possible": "red"},
    **{"synchronous": "green", "waiting": "yellow", "refusing": "red", "alone": "red", "held": "yellow", "down": "red"},
}
"""The colour of a tag; the words say the same without it. What is not named is grey."""


def label_of(value: str, kind: str = "") -> str:
    """The words for a value in the active language. Without a kind the first table that knows the value answers."""
    tables = [LABELS[kind]] if kind in LABELS else [*LABELS.values()]
    for table in tables:
        if value in table:
            return _(table[value])
    return value.replace("-", " ").replace("_", " ")


def tint_of(value: str) -> str:
    """The colour of a value's tag."""
    return TINTS.get(value, "grey")


@cache
def _categories() -> dict[str, dict[str, str]]:
    path = Path(__file__).resolve().parent / "categories.yaml"
    return {row["id"]: row for row in yaml.safe_load(path.read_text(encoding="utf-8"))["categories"]}


def category_label(code: str, language: str) -> str:
    """The name of an assistance category in a language, in English where that language has none; an unknown code as it is."""
    row = _categories().get(code)
    return row.get(language.partition("-")[0], row["en"]) if row is not None else code.replace("-", " ")


def category_choices(language: str) -> list[tuple[str, str]]:
    """All categories as (code, name), in the order of the desk."""
    return [(code, category_label(code, language)) for code in _categories()]
