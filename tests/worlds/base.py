"""The base world: a mechanism of many organisations, messages read, lines accepted, needs endorsed, a plan shared.

A mechanism of strangers stands beside it.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connections, models

from sild import sample
from sild.formats.sandbox import Sandbox
from sild.kernel.accounts import Account, ApiToken
from sild.kernel.actor import Actor, acting
from sild.kernel.casework import WORKERS, add_note
from sild.kernel.grants import release_to
from sild.kernel.home import Home
from sild.kernel.identity import Compartment, Member, Organisation, actor_named, digest_of_secret, founder
from sild.values.marking import Marking
from sild.wings.agreements.actions import SAYING
from sild.wings.agreements.public import AgreementState, Proposal, Word, agreed_quantities, propose_agreement
from sild.wings.clearance.public import (
    CaseState,
    Closing,
    DonationState,
    Ground,
    Move,
    ObjectionState,
    Outcome,
    PaperKind,
    Position,
    Prepared,
    Raised,
    Severity,
    Stance,
    begin_silence,
    close_objection,
    decide_donation,
    hand_over,
    make_document,
    move_case,
    open_case,
    prepare_donation,
    raise_objection,
    reply_to_objection,
    rule_line,
    state_position,
)
from sild.wings.delivery.actions import depart_consignment, hand_over_consignment, let_on
from sild.wings.delivery.public import ConsignmentKind, Leg, Packing, Receipt, Renewal, prepare_consignment, receive_consignment
from sild.wings.delivery.reads.stopped import letting_on
from sild.wings.intake.models import Message
from sild.wings.intake.public import run_inbox
from sild.wings.linkage.public import ask_overlap
from sild.wings.parties.public import found_mechanism, import_parties, read_mechanism, read_parties
from sild.wings.parties.rules import OverlapEntry
from sild.wings.planning.public import import_supplement, make_plan, read_supplement, share_plan
from sild.wings.register.models import Need
from sild.wings.register.public import Channel, NeedState, accept_line, lines, needs, offers, rule_gate
from tests.worlds.ahead import look_ahead
from tests.worlds.attributed import attribute
from tests.worlds.continued import carry_on
from tests.worlds.diplomatic import negotiate
from tests.worlds.drafting import draft_offers
from tests.worlds.monied import fund
from tests.worlds.programs import token_of
from tests.worlds.reported import report_on
from tests.worlds.responded import respond
from tests.worlds.screened import screen
from tests.worlds.signalled import signal
from tests.worlds.stillness import BEGINNING, still

SLUG, STRANGERS = "bridge-exercise", "strangers"
TODAY = date(2026, 2, 10)
EVERY = 4
"""One message of so many is taken from the sample: enough of every channel, and quick to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Who is there: one seat for each role, with its account; every organisation; what else is needed to hide records."""

    actors: dict[str, Actor]
    accounts: dict[str, uuid.UUID]
    organisations: tuple[uuid.UUID, ...]
    strangers: tuple[uuid.UUID, uuid.UUID]
    compartments: dict[uuid.UUID, uuid.UUID]


def build(home: Home, folder: Path) -> Base:
    """Fill the database that is connected now."""
    with still(-1, 0):
        for slug in (SLUG, STRANGERS):
            asking = OverlapEntry(person_per_day=20, organisation_per_day=60, compartments=True, beside=[{SLUG: STRANGERS}.get(slug, SLUG)])
            spec = read_mechanism(sample.MECHANISM.read_bytes(), "mechanism.yaml")
            spec = spec.model_copy(update={"mechanism": slug, "overlap": asking})
            found_mechanism(founder(slug, started_by="the tests"), spec)
            import_parties(actor_named(slug, "run"), read_parties(sample.PARTIES.read_bytes(), "parties.csv"))
        run, stranger = actor_named(SLUG, "run"), actor_named(STRANGERS, "run")
        _read(run, home, folder)
        _decide()
        _release()
        import_supplement(run, read_supplement(sample.SUPPLEMENT.read_bytes(), "supplement.yaml"))
        share_plan(actor_named(SLUG, "officer"), make_plan(run, TODAY, seconds=1.0).id, reason="for the worlds")
        _ask_across_walls()
        # what moves is prepared before cases are opened and objections raised: nothing goes out without its licence
        _agree()
        _move()
        _open_cases()
        screen(home, SLUG, TODAY)
        look_ahead(SLUG, TODAY)
        _object()
        _hand_over()
        shown_to = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
        fund(actor_named(SLUG, "officer"), shown_to, TODAY)
        negotiate([actor_named(SLUG, seats()[role]) for role in ("officer", "donor", "recipient")], shown_to, TODAY)
        draft_offers([actor_named(SLUG, seats()[role]) for role in ("donor", "company")])
        report_on(SLUG)
        signal(SLUG, shown_to, TODAY)
        attribute(SLUG)
        respond(SLUG)
        carry_on(SLUG, [actor_named(SLUG, seats()[role]) for role in ("donor", "recipient")])
        return _people(run, stranger)


def _read(run: Actor, home: Home, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in sorted(sample.INBOX.iterdir())[::EVERY]:
        shutil.copy(path, folder / path.name)
    with Sandbox() as sandbox:
        run_inbox(run, folder, home, sandbox, today=TODAY)


def _decide() -> None:
    officer = actor_named(SLUG, "officer")
    for line in lines(officer)[::2]:
        accept_line(officer, line.id, reason="read rightly")
    technical, interagency = gatekeepers()
    for need in needs(technical)[::2]:
        if need.channel == "civil":
            rule_gate(technical, need.id, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
            rule_gate(interagency, need.id, NeedState.INTERAGENCY_REVIEW, True, reason="important")


def _release() -> None:
    """Show some of each kind to those whom no rule shows anything, and let them work beside it: a walk that sees nothing tries nothing."""
    officer = actor_named(SLUG, "officer")
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    kinds = {"register.Need": needs(officer), "register.Offer": offers(officer), "register.Line": lines(officer)}
    with acting(officer):
        letters = list(Message.objects.order_by("id")[:SHOWN])
    for label, found in {**kinds, "intake.Message": letters}.items():
        for record in [one for one in found if one.marking <= Marking.AMBER][:SHOWN]:
            release_to(officer, label, record.id, [one.organisation for one in readers], reason="for the worlds")
            for reader in [one for one in readers if one.roles & WORKERS][: 1 if label in ("register.Need", "register.Offer") else 0]:
                add_note(reader, label, record.id, "what we think of it")
    for reader in readers:
        with acting(reader):
            assert Need.objects.count() >= SHOWN, reader.name


def _ask_across_walls() -> None:
    """An officer and a donor asked about something that may overlap: about other records than the walks ask first."""
    officer, donor = actor_named(SLUG, "officer"), actor_named(SLUG, seats()["donor"])
    ask_overlap(officer, "register.Offer", next(one.id for one in offers(officer) if one.category))
    ask_overlap(donor, "register.Need", next(one.id for one in needs(donor) if one.category and one.beneficiary))


def _open_cases() -> None:
    """Licence cases of some offers, moved by the liaison as far as they see them; some of them shown to those whom no rule shows any."""
    officer, liaison = actor_named(SLUG, "officer"), actor_named(SLUG, seats()["licence-liaison"])
    offered = [line for line in lines(officer) if line.kind == "offer" and line.offer_id is not None and line.marking <= Marking.AMBER]
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    for number, line in enumerate(offered[: 2 * SHOWN]):
        case = open_case(officer, line.id, ("EE", "US")[number % 2], "an authority", apart=True, reason="offered")
        way = (CaseState.CANDIDATE, CaseState.LICENCE_REQUIRED, CaseState.APPLIED, CaseState.GRANTED)[: number % 5]
        for state in way:
            move_case(liaison, case, Move(state=state), reason="for the worlds")
        for maker, kind in ((officer, PaperKind.END_USE), (liaison, PaperKind.RELAY_NOTE)):
            make_document(maker, case, kind, "et")
        if number < SHOWN:
            release_to(officer, "clearance.LicenceCase", case, [one.organisation for one in readers], reason="for the worlds")


def _agree() -> None:
    """Some agreements at every stage, two of them shown to those whom no rule shows any."""
    officer = actor_named(SLUG, "officer")
    endorsed = [one for one in needs(officer) if one.state == NeedState.ENDORSED and one.marking <= Marking.AMBER and one.quantity]
    given = [one for one in offers(officer) if one.quantity and not one.withdrawn and one.marking <= Marking.AMBER]
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    for number, (need, offer) in enumerate(zip(endorsed[:SHOWN], given[:SHOWN], strict=False)):
        quantity = min(Decimal(2), need.quantity or Decimal(2), offer.quantity or Decimal(2))
        one = propose_agreement(officer, need.id, offer.id, Proposal(quantity=quantity), reason="for the worlds")
        for word in (Word.ACCEPT, Word.COMMIT)[: number % 3]:
            SAYING[word](officer, one, reason="told for the worlds")
        if number < 2:
            release_to(officer, "agreements.Agreement", one, [reader.organisation for reader in readers], reason="for the worlds")


def _move() -> None:
    """What moves of what was committed: under way, handed over, answered for in part; one of them shown to those whom no rule shows any."""
    officer = actor_named(SLUG, "officer")
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    legs = [Leg(start="Tallinn", end="Kyiv", by="a haulier", planned=TODAY + timedelta(days=9))]
    told = "told for the worlds"
    for agreed in [one for one in agreed_quantities(officer) if one.state == AgreementState.COMMITTED]:
        half = agreed.quantity / 2
        if letting_on(officer, agreed.id).needed:
            let_on(officer, agreed.id, reason="more arrives than the body can take at once: it takes turns")
        one = prepare_consignment(officer, agreed.id, Packing(quantity=half, legs=legs), reason=told)
        depart_consignment(officer, one, reason=told)
        ends = TODAY + timedelta(days=200)
        other = prepare_consignment(officer, agreed.id, Packing(quantity=half, kind=ConsignmentKind.LICENCES, ends_on=ends), reason=told)
        hand_over_consignment(officer, other, reason=told)
        answer = Receipt(arrived=half, faulty=half / 2, renewal=Renewal.DAY, renew_on=ends)
        receive_consignment(officer, other, answer, reason="half of them does not open")
        release_to(officer, "delivery.Consignment", one, [reader.organisation for reader in readers], reason="for the worlds")


def _object() -> None:
    """Objections to some lines: open, silent, answered, ended under conditions; some of them shown to those whom no rule shows any."""
    officer, liaison = actor_named(SLUG, "officer"), actor_named(SLUG, seats()["licence-liaison"])
    told = [line for line in lines(officer) if line.marking <= Marking.AMBER and (line.offer_id or line.need_id)]
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    for number, line in enumerate(told[: 2 * SHOWN]):
        severity = (Severity.CONCERN, Severity.CONDITIONAL, Severity.BLOCKING)[number % 3]
        raised = Raised(ground=Ground.SHARED_PLATFORM, severity=severity, asks="a host of its own", raised_by="Estonia")
        objection = raise_objection(officer, line.id, raised, reason="others stand on it too")
        if number < SHOWN:
            release_to(officer, "clearance.Objection", objection, [one.organisation for one in readers], reason="for the worlds")
            reply_to_objection(liaison, objection, reason="it can be moved")
        if number % 4 == 1:
            begin_silence(officer, objection, TODAY + timedelta(days=5), reason="it goes on under these conditions")
        donation = prepare_donation(officer, line.id, Prepared(purpose="a hospital's network", potential="a headquarters' network"))
        state_position(liaison, donation, Position(stance=Stance.AGREES, state="Estonia"), reason="they rang")
        if number < SHOWN:
            release_to(officer, "clearance.Donation", donation, [one.organisation for one in readers], reason="for the worlds")
        if number % 4 == 3:
            given = Outcome(how=DonationState.UNDER_CONDITIONS, conditions=["no hand-over to armed forces"])
            decide_donation(officer, donation, given, reason="the need is greater")
        if number % 4 == 2:
            ended = Closing(how=ObjectionState.MITIGATED, conditions=["a host of its own"])
            close_objection(officer, objection, ended, reason="Estonia agrees")


def _hand_over() -> None:
    """Some lines that nobody else looks at are ruled military and handed over; some of the stubs are shown to others."""
    officer = actor_named(SLUG, "officer")
    readers = [actor_named(SLUG, slug) for role, slug in seats().items() if role in SHOWN_TO]
    told = [line for line in lines(officer) if line.marking <= Marking.AMBER and line.need_id is not None and line.channel != "civil"]
    for number, line in enumerate(told[-SHOWN:]):
        if line.channel != "military":
            rule_line(officer, line.id, Channel.MILITARY, reason="an armed force asks")
        handover = hand_over(officer, line.id, due_on=TODAY + timedelta(days=number), reason="by courier")
        if number % 2:
            release_to(officer, "clearance.Handover", handover, [one.organisation for one in readers], reason="for the worlds")


def seats() -> dict[str, str]:
    """The member by whom each role is walked."""
    spec = read_mechanism(sample.MECHANISM.read_bytes(), "mechanism.yaml")
    return {role: next(member.slug for member in spec.members if role in member.roles) for role in ROLES}


def gatekeepers() -> tuple[Actor, Actor]:
    """Who sits at the two gates of the sample's mechanism."""
    spec = read_mechanism(sample.MECHANISM.read_bytes(), "mechanism.yaml")
    first = next(member.slug for member in spec.members if "technical-gate" in member.roles)
    second = next(member.slug for member in spec.members if "interagency-gate" in member.roles)
    return actor_named(SLUG, first), actor_named(SLUG, second)


def _people(run: Actor, stranger: Actor) -> Base:
    actors, accounts = {}, {}
    members: models.QuerySet[Member] = models.QuerySet(Member, using="migrate")
    for role, slug in seats().items():
        account = Account(email=f"{role}@demo.invalid", name=role, demo=True)
        account.set_unusable_password()
        account.save(using="migrate")
        actors[role], accounts[role] = actor_named(SLUG, slug), account.id
        members.filter(id=actors[role].person).update(account_id=account.id)
        token = ApiToken(
            mechanism_id=run.mechanism,
            owner_id=actors[role].organisation,
            member_id=actors[role].person,
            account_id=account.id,
            name=f"a program of {role}",
            digest=digest_of_secret(token_of(role)),
            expires_at=BEGINNING + timedelta(days=36_500),
        )
        models.QuerySet(ApiToken, using="migrate").bulk_create([token])
    organisations: models.QuerySet[Organisation] = models.QuerySet(Organisation, using="migrate")
    there = tuple(organisations.filter(mechanism_id=run.mechanism).order_by("slug").values_list("id", flat=True))
    rooms = [Compartment(id=uuid.uuid4(), mechanism_id=run.mechanism, owner_id=owner, name="A closed room", members=[]) for owner in there]
    models.QuerySet(Compartment, using="migrate").bulk_create(rooms)
    connections["migrate"].close()
    return Base(
        actors=actors,
        accounts=accounts,
        organisations=there,
        strangers=(stranger.mechanism, stranger.organisation),
        compartments={room.owner_id: room.id for room in rooms},
    )


WORLDS = ("world_a", "world_b")
"""The two databases: one as its actor sees it, one with records that are hidden from them."""
ROLES = ("officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "licence-liaison", "auditor")
SHOWN_TO = ("recipient", "donor", "company", "licence-liaison", "auditor")
SHOWN = 5
CASES = ("register.Need", "register.Offer", "register.Line")
"""What people keep notes and next steps beside."""
