"""Questions across walls: who may ask about what, what was answered, what waits for a coordinator."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.kernel import clock, home
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.grants import MOST_RELEASED
from sild.kernel.home import kept_secret
from sild.kernel.identity import Member, Organisation
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.subjects import model_named
from sild.wings.linkage.models import OverlapConsent, OverlapQuestion, OverlapWord
from sild.wings.linkage.rules.overlap import SIDE_OF_KIND, Generalised, Side, day_of, generalised, house_of, next_day
from sild.wings.parties.public import OverlapTerms, above, overlap_terms

KEY = "overlap.key"
ASKERS = frozenset({Role.OFFICER, Role.DONOR})
SUBJECTS = ("register.Need", "register.Offer", "register.Line")
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is asked about: its title, what is left of it, and how closed it is."""

    model: str
    id: UUID
    title: str
    record: Generalised
    marking: int
    compartment: UUID | None
    embargo: datetime | None
    told: bool
    """Whether the secretariat is shown the question: it is about its own record, or one that the asker's organisation released to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordView:
    """What a coordinator told those who asked."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question across walls: who asked, about what, and the one bit that was answered. `title` is empty where the record went."""

    id: UUID
    subject_model: str
    subject_id: UUID
    title: str
    who: str
    organisation: str
    at: datetime
    possible: bool
    own: bool
    words: tuple[WordView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What stands on the page of a question: its subject, what was answered to one's own organisation, how many one may ask today.

    `refusal` says in words why one cannot ask now, empty where one can; `today`: it was answered today already. `coordinators` are the
    names of the seats to turn to.
    """

    subject: Subject
    answers: tuple[QuestionView, ...]
    left: int
    refusal: str
    today: bool
    coordinators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """Whether the members of a compartment let what lies in it be compared; `by` and `at` tell who said so last."""

    compartment: UUID
    name: str
    given: bool
    by: str = ""
    at: datetime | None = None


def keyed(values: Iterable[str]) -> list[UUID]:
    """Values under the home's key (HMAC-SHA-256, the first 128 bits): equal values give equal identifiers, and these tell nothing."""
    key = bytes.fromhex(kept_secret(home.current(), KEY))
    return [UUID(bytes=hmac.new(key, value.encode(), hashlib.sha256).digest()[:16]) for value in values]


def houses(terms: OverlapTerms, bodies: Collection[str]) -> Mapping[str, str]:
    """The house of each body, by the secretariat's register of parties: whoever asks may not see all of it."""
    with on_behalf_of(terms.secretariat) as keeper:
        parents, kinds = above(keeper, bodies)
    return {body: house_of(body, parents, kinds) if body else "" for body in bodies}


def asking_terms(actor: Actor) -> OverlapTerms:
    """The terms on which the actor may ask. Raises Refused where nobody may, or where their organisation is left out."""
    terms = overlap_terms(actor)
    if terms is None:
        raise Refused(_("In this mechanism nobody asks across walls: its file does not say “overlap”. Ask the secretariat."))
    if actor.organisation in terms.left_out:
        raise Refused(_("Your organisation is left out of questions across walls by the mechanism's file. Ask the secretariat."))
    return terms


def subject_of(actor: Actor, terms: OverlapTerms, model: str, key: UUID) -> Subject:
    """What is asked about, as the actor sees it. Raises NotThere; Refused where it says too little to be compared."""
    if model not in SUBJECTS:
        raise NotThere(_("There is no such record."))
    found: Any = model_named(model).found(key)
    # whoever gives asks whether others give the same: the needs of others are not theirs to feel for
    side = Side.OFFER if Role.OFFICER not in actor.roles else _side(model, found)
    record = generalised(
        side or Side.NEED,
        category=found.category,
        house=houses(terms, [found.beneficiary])[found.beneficiary],
        quantity=found.quantity,
        told_at=_told_at(model, found),
    )
    if side is None or (model == "register.Line" and found.state == "rejected"):
        raise Refused(_("Only a line that asks or offers, and that nobody rejected, is compared. Ask about its need or its offer."))
    if not record.comparable:
        raise Refused(_("It says too little to be compared: its category is needed, and for a need its beneficiary. Mend it first."))
    return Subject(
        model=model,
        id=key,
        title=found.item if model == "register.Line" else found.title,
        record=record,
        marking=found.marking,
        compartment=found.compartment_id,
        embargo=found.embargo_until,
        told=_told(actor, terms, found),
    )


def _told(actor: Actor, terms: OverlapTerms, found: Any) -> bool:
    """Nothing is asked of others' releases: whom they let see a record besides oneself is theirs to know."""
    if found.compartment_id is not None or (found.embargo_until is not None and found.embargo_until > clock.now()):
        return False
    if actor.organisation == terms.secretariat or found.marking > MOST_RELEASED:
        return actor.organisation == terms.secretariat
    return found.owner_id == terms.secretariat or (found.owner_id == actor.organisation and terms.secretariat in found.releasable_to)


def _side(model: str, found: Any) -> Side | None:
    if model == "register.Line":
        return SIDE_OF_KIND.get(found.kind)
    return Side.NEED if model == "register.Need" else Side.OFFER


def _told_at(model: str, found: Any) -> datetime:
    told: datetime | None = {
        "register.Need": lambda: found.first_asked,
        "register.Offer": lambda: found.first_offered,
        "register.Line": lambda: found.sent_at,
    }[model]()
    return told or found.created_at


def refusal_of_limits(actor: Actor, terms: OverlapTerms) -> tuple[str, int]:
    """Why the actor cannot ask any more today, empty where they can, and how many questions are left. Counts what the actor may see."""
    now = clock.now()
    today = OverlapQuestion.objects.filter(owner_id=actor.organisation, asked_at__gte=day_of(now))
    mine, ours = today.filter(asked_by=actor.person).count(), today.count()
    left = min(terms.person_per_day - mine, terms.organisation_per_day - ours)
    if left > 0:
        return "", left
    when = date_format(next_day(now), "j M Y H:i e")
    if mine >= terms.person_per_day:
        told = ngettext(
            "You asked {count} question across walls today, the most for one person. Ask again from {when}.",
            "You asked {count} questions across walls today, the most for one person. Ask again from {when}.",
            mine,
        )
        return told.format(count=mine, when=when), 0
    told = ngettext(
        "Your organisation asked {count} question across walls today, the most for one organisation. Ask again from {when}.",
        "Your organisation asked {count} questions across walls today, the most for one organisation. Ask again from {when}.",
        ours,
    )
    return told.format(count=ours, when=when), 0


def asked_today(actor: Actor, model: str, key: UUID) -> OverlapQuestion | None:
    """The question of this very day about a record by one's own organisation: its answer stands until midnight."""
    asked = OverlapQuestion.objects.filter(owner_id=actor.organisation, subject_model=model, subject_id=key)
    return asked.filter(asked_at__gte=day_of(clock.now()), possible__isnull=False).order_by("-asked_at", "-id").first()


@read
def ask_page(actor: Actor, model: str, key: UUID) -> AskPage:
    """What somebody reads before they ask, and after it. Raises NotThere, Refused."""
    model_named(model).found(key)
    terms = asking_terms(actor)
    subject = subject_of(actor, terms, model, key)
    refusal, left = refusal_of_limits(actor, terms)
    asked = OverlapQuestion.objects.filter(owner_id=actor.organisation, subject_model=model, subject_id=key, possible__isnull=False)
    return AskPage(
        subject=subject,
        answers=tuple(_views(actor, asked.order_by("-asked_at", "-id")[:MOST])),
        left=left,
        refusal=refusal,
        today=asked_today(actor, model, key) is not None,
        coordinators=coordinator_names(terms),
    )


def coordinator_names(terms: OverlapTerms) -> tuple[str, ...]:
    """The seats that people turn to: those that the file names, else every officer of the secretariat."""
    with on_behalf_of(terms.secretariat):
        seats = Member.objects.filter(organisation_id=terms.secretariat, roles__contains=[Role.OFFICER.value])
        named = seats.filter(slug__in=terms.coordinators) if terms.coordinators else seats
        return tuple(named.order_by("name").values_list("name", flat=True))


@read
def overlap_questions(actor: Actor, *, waiting: bool = False, most: int = MOST) -> list[QuestionView]:
    """Questions across walls that the actor may see, newest first; `waiting`: possible overlaps to which no coordinator said a word yet.

    Only a coordinator is asked to look: for anybody else nothing waits.
    """
    terms = overlap_terms(actor)
    if terms is None or (waiting and not coordinates(actor, terms)):
        return []
    asked = OverlapQuestion.objects.filter(possible__isnull=False)
    if waiting:
        asked = asked.filter(possible=True, compartment_id__isnull=True).exclude(id__in=OverlapWord.objects.values("question_id"))
    return _views(actor, asked.order_by("-asked_at", "-id")[:most])


def coordinates(actor: Actor, terms: OverlapTerms) -> bool:
    """Whether the actor is a coordinator of the mechanism."""
    if actor.organisation != terms.secretariat or Role.OFFICER not in actor.roles:
        return False
    return not terms.coordinators or Member.objects.filter(id=actor.person, slug__in=terms.coordinators).exists()


@read
def may_answer(actor: Actor) -> bool:
    """Whether the actor is a coordinator, who tells those who asked what they may know."""
    terms = overlap_terms(actor)
    return terms is not None and coordinates(actor, terms)


@read
def consent_of(actor: Actor, compartment: UUID) -> ConsentView:
    """Whether a compartment that the actor is in lets itself be compared. Raises NotThere."""
    room = own_compartment(actor, compartment)
    last = OverlapConsent.objects.filter(compartment_id=compartment).order_by("-created_at", "-id").first()
    if last is None:
        return ConsentView(compartment=compartment, name=room.name, given=False)
    return ConsentView(compartment=compartment, name=room.name, given=not last.withdrawn, by=last.given_by_name, at=last.created_at)


def _views(actor: Actor, asked: Iterable[OverlapQuestion]) -> list[QuestionView]:
    questions = list(asked)
    names = dict(Organisation.objects.filter(id__in={one.owner_id for one in questions}).values_list("id", "name"))
    titles = _titles(questions)
    words: dict[UUID, list[WordView]] = {}
    for word in OverlapWord.objects.filter(question_id__in=[one.id for one in questions]).order_by("said_at", "id"):
        words.setdefault(word.question_id, []).append(WordView(text=word.text, who=word.said_by_name, at=word.said_at))
    return [
        QuestionView(
            id=one.id,
            subject_model=one.subject_model,
            subject_id=one.subject_id,
            title=titles.get(one.subject_id, ""),
            who=one.asked_by_name,
            organisation=names.get(one.owner_id, ""),
            at=one.asked_at,
            possible=bool(one.possible),
            own=one.owner_id == actor.organisation,
            words=tuple(words.get(one.id, ())),
        )
        for one in questions
    ]


def _titles(questions: Iterable[OverlapQuestion]) -> dict[UUID, str]:
    """What the records are called that the reader sees."""
    by_model: dict[str, list[UUID]] = {}
    for one in questions:
        by_model.setdefault(one.subject_model, []).append(one.subject_id)
    found: dict[UUID, str] = {}
    for model in set(by_model) & set(SUBJECTS):
        there: Any = model_named(model)._default_manager
        column = "item" if model == "register.Line" else "title"
        found |= dict(there.filter(id__in=by_model[model]).values_list("id", column))
    return found
