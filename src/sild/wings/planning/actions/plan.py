"""Make a plan: pose the problem, solve it, have it explained and checked, and keep all of it as one record."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from sild.cores.allocation.answer import Answer, Ask, Change, Reason, Unmet
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, Progress, explain, solve, with_asks
from sild.cores.allocation.problem import Problem
from sild.cores.allocation.shape import answer_to_json
from sild.kernel.access import in_the_open
from sild.kernel.action import action, read
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.linkage.public import things
from sild.wings.planning.models import NEWEST_PLAN, Match, Outcome, Plan
from sild.wings.planning.reads import Posed, posed_problem
from sild.wings.planning.reads.outcomes import outcomes_of
from sild.wings.planning.reads.subjects import BY_TOPIC
from sild.wings.planning.reads.variants import side_by_side, variants
from sild.wings.planning.reads.weighing import chosen, countered, weighed
from sild.wings.planning.reads.wording import RESOURCE_WORDS, Said, in_english, said_of_change, said_supposition
from sild.wings.planning.rules import RESOURCES, Priority, month_at
from sild.wings.register.public import needs, offers

PLANNERS = frozenset({Role.SERVICE, Role.OFFICER})
NUMBER = re.compile(r"\b(?:need|offer)-\d{4,}\b")

FORM = "20"
"""Raised when the kept shape of plans changes, so that an older plan is made anew."""


TRIES = 3
"""How often a plan is begun anew because the register changed while it was made."""

SECONDS_FOR_ANOTHER = 3.0
"""How long a plan by other weights may take: it is there to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade:
    """A plan that was made or found unchanged; `answer` is the JSON of `--plan`."""

    id: UUID
    fresh: bool
    answer: dict[str, Any]
    summary: dict[str, Any]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A problem as the register poses it at one moment, and its fingerprint."""

    posed: Posed
    problem: dict[str, Any]
    meant: dict[str, str]
    digest: str


@action("planning.make-plan", roles=PLANNERS, stepwise=True)
def make_plan(
    actor: Actor,
    today: date,
    *,
    seconds: float = 10.0,
    report: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanMade:
    """Plan what the register holds and keep the plan with its reasons and its check. The newest plan's problem gives that plan.

    `report` is told of every better plan and bound; once `cancelled` says True the best plan so far is explained, checked and kept. The
    search holds no transaction, so that others work on; what they change meanwhile is planned anew. Raises Refused where that goes on.
    """
    for _try in range(TRIES):
        question = _pose(actor, today)
        kept = _kept(actor, question.digest)
        if kept is None:
            answer, told = _worked(question, today, Effort(seconds=seconds, report=report, cancelled=cancelled))
            kept = _keep_plan(actor, today, question.digest, answer, told)
        if kept is not None:
            return kept
    raise Refused(_("The register changed each time while it was planned. Make the plan anew in a moment."))


@read
def _pose(actor: Actor, today: date) -> _Question:
    # a plan is read by colleagues outside every compartment: nothing from inside goes into it
    posed = posed_problem(in_the_open(actor), today)
    problem = _plain(posed.problem)
    meant = {number: str(identity) for number, identity in posed.identities.items()}
    # who said what of a priority is printed with the plan, also where its worth stays the same
    printed = {number: priority.sentence() for number, priority in posed.priorities.items()}
    content = json.dumps([FORM, f"{today:%Y-%m}", problem, meant, printed, posed.only_endorsed], sort_keys=True)
    return _Question(posed=posed, problem=problem, meant=meant, digest=hashlib.sha256(content.encode()).hexdigest())


@read
def _kept(_actor: Actor, digest: str) -> PlanMade | None:
    """The newest plan, if it is of this problem. An older one (something was done and taken back) is made anew: people see the newest."""
    kept = Plan.objects.order_by(*NEWEST_PLAN).first()
    if kept is None or kept.problem_digest != digest:
        return None
    return PlanMade(id=kept.id, fresh=False, answer=kept.answer["plan"], summary=kept.summary, findings=tuple(kept.findings))


def _worked(question: _Question, today: date, effort: Effort) -> tuple[Answer, dict[str, Any]]:
    """The answer with reasons, asks and what stands beside it. Who cancels wants the plan: what only compares is then left out."""
    problem = question.posed.problem
    answer = explain(problem, solve(problem, effort))
    over = effort.cancelled is not None and effort.cancelled()
    if not over:
        answer = with_asks(problem, answer)
    others = [] if over else variants(problem, seconds=min(effort.seconds, SECONDS_FOR_ANOTHER), cancelled=effort.cancelled)
    faults = [*(str(finding) for finding in check(problem, answer)), *(fault for one in others for fault in one.findings)]
    beside = side_by_side(problem, answer, others, question.meant)
    return answer, {
        "plan": _told(question.posed, answer, today) | {"beside": beside, "ended_early": over},
        "core": answer_to_json(answer),
        "findings": faults,
    }


@action("planning.keep-plan", roles=PLANNERS)
def _keep_plan(actor: Actor, today: date, digest: str, answer: Answer, told: dict[str, Any]) -> PlanMade | None:
    """Keep the plan, if the register still poses the problem that it answers; None where it does not."""
    question = _pose(actor, today)
    if question.digest != digest:
        return None
    posed, findings = question.posed, told.pop("findings")
    asked = needs(actor)
    closed = {need.id: need.marking for need in asked} | {offer.id: offer.marking for offer in offers(actor)}
    plan = Plan(
        made_on=today,
        basis=answer.basis,
        problem_digest=digest,
        problem=question.problem,
        answer=told,
        summary=_summary(posed, answer),
        findings=findings,
        marking=max([*closed.values(), *posed.closed_by], default=int(Marking.AMBER)),
    )
    plan.save()
    made = _matches(plan, posed, answer, today, closed)
    Match.objects.bulk_create(made)
    Outcome.objects.bulk_create(outcomes_of(plan, asked, made, posed.arrived))
    return PlanMade(id=plan.id, fresh=True, answer=told["plan"], summary=plan.summary, findings=tuple(findings))


def _plain(problem: Problem) -> dict[str, Any]:
    """The problem as it was posed, in plain values that sort the same way each time."""
    fields = {name: getattr(problem, name) for name in ("basis", "period", "currency", "served_share", "licence_quantile", "stability")}
    plain: dict[str, Any] = json.loads(
        json.dumps(
            fields
            | {
                "needs": [asdict(need) for need in problem.needs],
                "offers": [asdict(offer) for offer in problem.offers],
                "budgets": dict(sorted(problem.budgets.items())),
                "absorption": sorted([body, str(period), pieces] for (body, period), pieces in problem.absorption.items()),
                "intake": sorted([body, resource, str(period), units] for (body, resource, period), units in problem.intake.items()),
                "lasting": sorted(problem.lasting),
                "bundles": [asdict(bundle) for bundle in problem.bundles],
                "fairness": [asdict(rule) for rule in problem.fairness],
                "hosting": sorted([site, start, units] for (site, start), units in problem.hosting.items()),
                "declined": sorted(problem.declined),
                "committed": [asdict(one) for one in problem.committed],
            },
            default=lambda value: sorted(value) if isinstance(value, frozenset) else str(value),
        )
    )
    return plain


def _matches(plan: Plan, posed: Posed, answer: Answer, today: date, closed: Mapping[UUID, int]) -> list[Match]:
    units = {need.id: need.unit or "" for need in posed.problem.needs}
    return [
        Match(
            plan=plan,
            need_id=posed.identities[shipment.need],
            offer_id=posed.identities[shipment.offer],
            quantity=Decimal(shipment.pieces),
            unit=units[shipment.need],
            month=month_at(today, shipment.period),
            marking=max(closed[posed.identities[shipment.need]], closed[posed.identities[shipment.offer]]),
        )
        for shipment in answer.shipments
    ]


def _told(posed: Posed, answer: Answer, today: date) -> dict[str, Any]:
    """The plan as `--plan` writes it: who gives what to whom, what stays unmet and why, what to ask for."""
    asked = {need.id: need.quantity for need in posed.problem.needs}
    meant = {number: str(identity) for number, identity in posed.identities.items()}
    supposed = [*posed.assumptions, *(said_supposition(words, posed.names, today) for words in answer.assumptions)]
    unmet: list[dict[str, Any]] = [
        {
            "need": meant[one.need],
            "title": posed.names[one.need],
            "quantity": one.missing,
            "share_missing": one.missing / asked[one.need],
            "reasons": [_reason(reason, posed, one, today) for reason in one.reasons],
        }
        for one in answer.unmet
    ]
    unmet += [
        {
            "need": str(need.id),
            "title": f"“{need.title}” for {need.beneficiary or 'nobody that could be told'}",
            "quantity": float(need.quantity) if need.quantity is not None else None,
            "share_missing": 1.0,
            "reasons": [
                {
                    "limit": limit,
                    "owner": owner,
                    "smallest_change": in_english(said),
                    "sentence": f"{owner}: {in_english(said)}",
                    "said": [said],
                }
            ],
        }
        for need, limit, owner, said in posed.left_out_needs
    ]
    return {
        "basis": answer.basis,
        "only_endorsed": posed.only_endorsed,
        "objective": float(answer.objective),
        "bound": answer.bound,
        "gap": answer.gap,
        "status": answer.status,
        "matches": [
            {
                "need": meant[shipment.need],
                "offer": meant[shipment.offer],
                "quantity": shipment.pieces,
                "month": f"{month_at(today, shipment.period):%Y-%m}",
                "need_title": posed.names[shipment.need],
                "offer_title": posed.names[shipment.offer],
            }
            for shipment in answer.shipments
        ],
        "unmet": unmet,
        "asks": [_ask(ask, posed, meant, today) for ask in answer.asks],
        "assumptions": [in_english(said) for said in supposed],
        "supposed": supposed,
        "offers_left_out": [
            {"offer": str(offer.id), "title": f"“{offer.title}”", "messages": list(offer.messages), "why": in_english(said), "said": [said]}
            for offer, said in posed.left_out_offers
        ],
        "priorities": {meant[need]: priority.sentence() for need, priority in posed.priorities.items()},
        "arithmetic": {meant[need]: _arithmetic(priority) for need, priority in posed.priorities.items()},
        "choices": chosen(posed.problem, answer, meant, posed.names),
        "counters": countered(posed.problem, answer, meant, posed.names, today),
        **weighed(posed.problem, answer, posed.names, today, minimum=posed.minimum),
        "weights": {meant[need.id]: float(need.weight) for need in posed.problem.needs},
    }


def _ask(ask: Ask, posed: Posed, meant: Mapping[str, str], today: date) -> dict[str, Any]:
    """One change that one party can make, with what the best plan would gain by it."""
    return {
        "limit": ask.change.limit,
        "owner": ask.change.owner,
        "smallest_change": _smallest(ask.change),
        "sentence": _in_plain_words(_named(ask.sentence, posed.names), ask.change.category or ""),
        "said": [_said(ask.change, posed, today, ask.pieces)],
        "category": ask.change.category or "",
        "gain": float(ask.gain),
        "quantity": ask.pieces,
        "exact": ask.exact,
        "reached": [meant[need] for need in ask.reached],
        "about": _about(ask.change, posed, today),
    }


def _smallest(change: Change) -> str:
    """The amount of a change with its unit, of a resource as people write it."""
    if change.resource is None:
        return f"{change.amount} {change.unit}"
    return f"{RESOURCES[change.resource].told(change.amount):f} {RESOURCE_WORDS[change.resource]}"


def _about(change: Change, posed: Posed, today: date) -> dict[str, str]:
    """The records that a change concerns, and how much, so that who can grant it finds where to say so. Empty where there is none."""
    resource = RESOURCES[change.resource] if change.resource is not None else None
    return {
        "offer": str(posed.identities[change.offer]) if change.offer in posed.identities else "",
        "need": str(posed.identities[change.need]) if change.need in posed.identities else "",
        "donor": change.donor or "",
        "body": change.body or "",
        "site": change.site or "",
        "month": f"{month_at(today, change.period):%Y-%m}" if change.period is not None else "",
        "amount": f"{change.amount if resource is None else resource.told(change.amount):f}",
        "unit": change.unit,
        "resource": change.resource or "",
    }


def _arithmetic(priority: Priority) -> dict[str, Any]:
    """A priority with its terms and what a person set over it, so that it can be printed in any language."""
    terms = [[term.criterion, str(term.weight), None if term.value is None else str(term.value), term.source] for term in priority.terms]
    one = priority.overridden
    over = {"value": str(one.value), "by": one.by, "on": one.on.isoformat(), "reason": one.reason} if one is not None else None
    return {
        "value": str(priority.value),
        "low": str(priority.low),
        "high": str(priority.high),
        "terms": terms,
        "stands": str(priority.stands),
        "overridden": over,
    }


def _named(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence of the core with the names of needs and offers in place of their ids."""
    told = NUMBER.sub(lambda found: names.get(found[0], found[0]), sentence)
    # lots are of one piece here; and a name such as "Kestrel Endpoint Inc." brings its own full stop
    return re.sub(r" lots? of offer ", " of ", told).replace("..", ".")


def _in_plain_words(sentence: str, subject: str) -> str:
    """A sentence of the core with a category and its things in words, where it names some by their codes."""
    category, _sign, topic = subject.partition(" (")
    with override("en"):
        told = things(topic.removesuffix(")")) if topic else ""
    words = category.replace("-", " ") + (f" ({told})" if told else "")
    return sentence.replace(subject, words) if subject else sentence


def _said(change: Change, posed: Posed, today: date, missing: int) -> Said:
    offered = {category for offer in posed.problem.offers for category in offer.categories}
    return said_of_change(change, posed.names, today, currency=posed.problem.currency, missing=missing, offered=offered)


def _reason(reason: Reason, posed: Posed, unmet: Unmet, today: date) -> dict[str, Any]:
    sentence = _named(reason.sentence, posed.names)
    if reason.limit == "no-offer":
        least = f"{reason.changes[0].amount:,}"
        start = (
            f"{least} would start it, {unmet.missing:,} would cover it"
            if reason.changes[0].amount < unmet.missing
            else f"{least} would cover it"
        )
        of_it = any(reason.changes[0].category in offer.categories for offer in posed.problem.offers)
        head = "What is offered of it goes where it is worth more, or does not fit" if of_it else "Nobody offers it"
        sentence = f"{head}: {start}.{_set_aside(posed, unmet.need)}"
    return {
        "limit": reason.limit,
        "owner": reason.owner,
        "smallest_change": "; ".join(f"{change.amount} {change.unit}" for change in reason.changes),
        "sentence": sentence,
        "said": [_said(change, posed, today, unmet.missing) for change in reason.changes],
        "quantity": reason.pieces,
        "smallest": reason.smallest,
    }


def _set_aside(posed: Posed, need: str) -> str:
    """What is offered of a need's category and cannot be planned yet: the first thing to clear up."""
    category = next(one.category for one in posed.problem.needs if one.id == need).split(" (")[0]
    if category in BY_TOPIC:
        # an offer about another topic is no help, and the topic of one that cannot be planned was not worked out
        return ""
    near = [f"“{offer.title}”: {in_english(said)}" for offer, said in posed.left_out_offers if offer.category == category]
    return f" In the register and not plannable yet: {near[0]}." if near else ""


def _summary(posed: Posed, answer: Answer) -> dict[str, Any]:
    """Counts for the one-screen summary, each from rows that the plan lists."""
    missing = {one.need: one.missing for one in answer.unmet}
    asked = {need.id: need.quantity for need in posed.problem.needs}
    covered = [need for need in asked if missing.get(need, 0) == 0]
    untouched = [need for need in asked if missing.get(need, 0) == asked[need]]
    return {
        "needs_planned": len(asked),
        "covered": len(covered),
        "partly": len(asked) - len(covered) - len(untouched),
        "untouched": len(untouched),
        "needs_left_out": len(posed.left_out_needs),
        "offers_planned": len(posed.problem.offers),
        "offers_used": len({shipment.offer for shipment in answer.shipments}),
        "offers_left_out": len(posed.left_out_offers),
        "weight_served": float(dict(answer.parts).get("value", answer.objective)),
        "weight_asked": float(sum(need.weight for need in posed.problem.needs)),
    }
