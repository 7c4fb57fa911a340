"""What stops what was agreed from going out, in words: the failing conditions of its light, of licences and objections line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import Agreement, AgreementSide, sides_of
from sild.wings.clearance.public import Mover, Stop, StopWord, stops_of
from sild.wings.delivery.models import LetOn
from sild.wings.parties.public import desk_day
from sild.wings.planning.public import Against, Check, Leave, against_leaving_on

BY_LINE = frozenset({Check.LICENSED, Check.OBJECTIONS})
"""Conditions of which clearance says line by line what stands, as it stood on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What stands against leaving on a day, as the reader may know it: the conditions, and the sentences that say so."""

    against: tuple[Against, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of an officer that lets something go out: who said it when, and why."""

    id: UUID
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingOn:
    """What stands against an agreement's things today, and what officers said to it. `may`: the reader keeps it and may say such a word;
    `needed`: something stands against it for which no word was kept, and for which one can be."""

    agreement: UUID
    sentences: tuple[str, ...]
    words: tuple[Word, ...]
    may: bool
    needed: bool


def stopped(actor: Actor, agreement_id: UUID, subjects: tuple[UUID, UUID], day: date, *, went: bool = False) -> Stopped:
    """What stops anything of an agreement from going out on a day, as far as the actor sees it; `subjects` are its need and its offer.

    `went`: it went out on that day, so that only what is known of that day counts: licences, objections and decisions.
    """
    agreement = Agreement.objects.filter(id=agreement_id).first()
    need, offer = subjects
    stops = stops_of(actor, [need], [offer], day, lines=agreement.lines if agreement is not None else ())
    found = (against_leaving_on(actor, agreement_id, day) or ()) if agreement is not None else ()
    found = tuple(one for one in found if not went or one.condition.check in BY_LINE)
    told = [sentence_of(stop) for stop in stops]
    parted = next((one.condition.figures for one in found if one.condition.check in BY_LINE and one.condition.figures), ())
    if parted:
        stopping, lines = parted
        told.append(
            _("{stopping} of {lines} lines of the offer stop it; the others would go if they were split off.").format(
                stopping=int(stopping), lines=int(lines)
            )
        )
    told += [condition_sentence(one) for one in found if one.condition.check not in BY_LINE or not stops]
    return Stopped(against=found, sentences=tuple(told))


def words_kept(agreement_id: UUID) -> frozenset[str]:
    """The conditions for which officers' words were kept, by their keys. Needs an actor."""
    return frozenset(key for kept in LetOn.objects.filter(agreement_id=agreement_id).values_list("against", flat=True) for key in kept)


def still_against(found: Iterable[Against], kept: Collection[str], *, reasoned: bool) -> tuple[Against, ...]:
    """What stops an act by which something goes out. `kept`: for what a word was kept; `reasoned`: an officer goes on, with a reason."""
    return tuple(one for one in found if one.leave == Leave.NEVER or (one.key not in kept and not (reasoned and one.leave == Leave.REASON)))


@read
def letting_on(actor: Actor, agreement_id: UUID) -> LettingOn:
    """What stands against an agreement's things leaving today, and the words that were kept. Raises NotThere."""
    one: Agreement = Agreement.found(agreement_id)
    found = stopped(actor, one.id, (one.need_id, one.offer_id), desk_day(actor))
    rows = LetOn.objects.filter(agreement_id=one.id).order_by("created_at", "id")
    open_ones = [said for said in still_against(found.against, words_kept(one.id), reasoned=False) if said.leave != Leave.NEVER]
    return LettingOn(
        agreement=one.id,
        sentences=found.sentences,
        words=tuple(Word(id=row.id, by=row.said_by, on=row.said_on, reason=row.reason) for row in rows),
        may=AgreementSide.SECRETARIAT in sides_of(actor, one),
        needed=bool(open_ones),
    )


def condition_sentence(one: Against) -> str:
    """A condition that is not of one line, as a person reads it, with what to do next."""
    who = one.condition.who or _("a party of it")
    told = {
        (Check.CIVIL, "military"): _("What is asked for is ruled military. Hand it over to the other mechanism."),
        (Check.CIVIL, "mixed"): _("What is asked for is partly military."),
        (Check.CIVIL, "undetermined"): _("Nobody has ruled whether what is asked for is civil."),
        (Check.SCREENED, "confirmed"): _("{who}: a person confirmed a hit in the list.").format(who=who),
        (Check.SCREENED, "hits-open"): _("{who}: a hit in the list waits for a person.").format(who=who),
        (Check.CONDITIONS, "conditions-not-told"): _(
            "Conditions stand on it of which nobody said that they are met or carried on. Say it where its light is shown."
        ),
        (Check.ABSORPTION, "full"): _(
            "By the months of what is agreed and planned, more would arrive in its month than the body can take."
        ),
    }.get((one.condition.check, one.condition.code))
    if told is None:
        told = {
            Check.ENDORSED: _("The need is not endorsed now, or is closed."),
            Check.OFFERED: _("The offer was withdrawn or declined, or has ended."),
            Check.LICENSED: _("Its licence is missing, denied or over."),
            Check.OBJECTIONS: _("An objection blocks it, or it was decided that it is not given."),
            Check.ABSORPTION: _("More hours of people, places in training, rack units or power would be taken than the body has then."),
            Check.REQUESTER: _("Those who asked gave it free, or refused their consent."),
            Check.GIVER: _("The giver took its word back."),
        }.get(one.condition.check, _("A condition of its light fails."))
    if one.leave == Leave.NEVER:
        return told
    return " ".join((told, _("An officer may let it go out with a written word, which is kept.")))


def sentence_of(stop: Stop) -> str:
    """One stop as a person reads it, with what to do next."""
    told = {
        StopWord.DENIED: _("{item}: the licence was denied ({whose}). It does not go out."),
        StopWord.EXPIRED: _("{item}: the licence ran out on {day} ({whose}). It does not go out before a new one is granted."),
        StopWord.MISSING: _("{item}: the licence is not granted ({whose}). It does not go out before it is."),
        StopWord.UNKNOWN: _("{item}: nobody knows yet whether it needs a licence ({whose}). An officer may go on, with a reason."),
        StopWord.OBJECTION: _("{item}: {whose} objects, and the objection blocks it. It does not go out before that is closed."),
        StopWord.DECISION: _("{item}: {whose} decided that it is not given. It does not go out unless that is decided anew."),
    }[stop.word]
    whose = " · ".join(part for part in (stop.jurisdiction, stop.who) if part) or _("not known")
    day = date_format(stop.expired_on, "j M Y") if stop.expired_on is not None else ""
    movers = {
        Mover.LIAISON: _("The next move is the licence liaison's."),
        Mover.AUTHORITY: _("The next move is the authority's."),
        Mover.GIVER: _("The next move is the giver's."),
        Mover.NOBODY: "",
    }
    said = told.format(item=stop.item or _("without a title"), whose=whose, day=day)
    return f"{said} {movers[stop.mover]}".strip()
