"""Seats: who gives them, how somebody comes to sit on one, how that ends, and that a recovery takes two officers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from sild.kernel import clock
from sild.kernel.accounts import Account, Invitation
from sild.kernel.action import action, last_act
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.history import Act, Change
from sild.kernel.identity import Member, actor_named, founder, seats_of
from sild.kernel.invitations import invited_by
from sild.kernel.moving import open_compartment
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.parties.actions import (
    ask_recovery,
    change_mechanism,
    confirm_link,
    found_mechanism,
    invite_member,
    leave_seat,
    recover,
    seat_demo_people,
    take_seat,
    vacate_seat,
    withdraw_invitation,
)
from sild.wings.parties.reads import people_page, seat_page
from sild.wings.parties.rules import MechanismFile
from tests.cast import MECHANISM, Cast
from tests.keeping import once
from tests.web.signed import account_on, give_factor, seat

EMAIL = "kadri@example.org"
PASSWORD = "four words and a comma"


def with_duty_officer() -> MechanismFile:
    duty = MECHANISM.members[0].model_copy(update={"slug": "duty", "name": "Duty officer"})
    return MECHANISM.model_copy(update={"members": [*MECHANISM.members, duty]})


@pytest.fixture
@once
def duty(cast: Cast) -> Actor:
    """A second officer of the secretariat, with an account of their own."""
    change_mechanism(cast.run, with_duty_officer())
    officer = actor_named("drill", "duty")
    account_on(officer, demo=False)
    account_on(cast.officer, demo=False)
    return officer


def door() -> Actor:
    return actor_named("drill", "door")


def moved(actor: Actor, invitation: object, **fields: object) -> None:
    """Set fields of an invitation, as time or another process would."""

    @action("tests.move-invitation", roles=frozenset(Role))
    def move(actor: Actor) -> None:
        record = Invitation.found(invitation)  # type: ignore[arg-type]
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()

    move(actor)


def sits(member: Actor) -> bool:
    with acting(actor_named("drill", "door")):
        return Member.found(member.person).account_id is not None


def test_an_invited_person_takes_the_seat_and_acts_from_it(cast: Cast) -> None:
    link = invite_member(cast.officer, cast.donor.person, EMAIL.upper())
    invited = invited_by(link.secret)
    assert invited is not None
    assert (invited.email, invited.organisation_name, invited.member_name) == (EMAIL, "Estonia's donor desk", "Donor focal point")
    account = take_seat(door(), invited.invitation, name="Kadri", password=PASSWORD)
    assert [seat.actor.person for seat in seats_of(account)] == [cast.donor.person]
    assert Account.objects.get(id=account).check_password(PASSWORD)


def test_a_link_opens_once(cast: Cast) -> None:
    link = invite_member(cast.officer, cast.donor.person, EMAIL)
    take_seat(door(), link.invitation, name="Kadri", password=PASSWORD)
    assert invited_by(link.secret) is None
    with pytest.raises(NotThere):
        take_seat(door(), link.invitation, name="Mallory", password=PASSWORD)


def test_links_that_are_unknown_withdrawn_expired_or_replaced_open_nothing(cast: Cast) -> None:
    replaced = invite_member(cast.officer, cast.donor.person, EMAIL)
    expired = invite_member(cast.officer, cast.donor.person, EMAIL)
    withdrawn = invite_member(cast.officer, cast.seller.person, EMAIL)
    moved(cast.officer, expired.invitation, expires_at=clock.now() - timedelta(seconds=1))
    withdraw_invitation(cast.officer, withdrawn.invitation)
    for secret in (replaced.secret, expired.secret, withdrawn.secret, "never-made", "x" * 5000, ""):
        assert invited_by(secret) is None
    for invitation in (replaced.invitation, expired.invitation, withdrawn.invitation):
        with pytest.raises(NotThere):
            take_seat(door(), invitation, name="Kadri", password=PASSWORD)


def test_nothing_that_is_kept_holds_the_secret_of_a_link(cast: Cast, duty: Actor) -> None:
    account_on(cast.donor, demo=False)
    links = [invite_member(cast.officer, cast.seller.person, EMAIL)]
    links.append(confirm_link(duty, ask_recovery(cast.officer, cast.donor.person, reason="lost"), cast.donor.person, version=1))
    take_seat(door(), links[0].invitation, name="Kadri", password=PASSWORD)
    recover(door(), links[1].invitation, password=PASSWORD)
    with acting(cast.officer):
        kept = str([*Change.objects.values_list("before", "after"), *Act.objects.values_list("reason", "action")])
        kept += str(list(Invitation.objects.values()))
    assert "digest" in kept
    assert not any(link.secret in kept for link in links)
    assert PASSWORD not in kept
    assert "argon2" not in kept


def test_an_address_that_has_an_account_takes_the_seat_only_where_its_person_showed_it(cast: Cast) -> None:
    known = Account.objects.create_user(EMAIL, PASSWORD)
    link = invite_member(cast.officer, cast.donor.person, EMAIL)
    with pytest.raises(NotThere):
        take_seat(door(), link.invitation, name="Mallory", password="another password of theirs")
    stranger = Account.objects.create_user("mallory@example.org", PASSWORD)
    with pytest.raises(NotThere):
        take_seat(door(), link.invitation, name="", password="", account_id=stranger.id)
    assert take_seat(door(), link.invitation, name="", password="", account_id=known.id) == known.id
    assert Account.objects.get(id=known.id).check_password(PASSWORD)


def test_seats_are_given_by_officers_of_the_secretariat_alone(cast: Cast) -> None:
    for actor in (cast.donor, cast.auditor, cast.technical, cast.authority, cast.seller):
        with pytest.raises(NotForRole):
            invite_member(actor, cast.donor.person, EMAIL)
    elsewhere = MECHANISM.members[-1].model_copy(update={"slug": "own", "name": "Officer of a company", "roles": ["officer"]})
    change_mechanism(cast.run, MECHANISM.model_copy(update={"members": [*MECHANISM.members, elsewhere]}))
    with pytest.raises(NotForRole):
        invite_member(actor_named("drill", "own"), cast.seller.person, EMAIL)
    # an officer of another mechanism finds no such seat
    with pytest.raises(NotThere):
        invite_member(cast.outsider, cast.donor.person, EMAIL)


def test_a_taken_seat_and_a_bad_address_are_not_invited_to(cast: Cast) -> None:
    account_on(cast.donor)
    with pytest.raises(Refused, match="is taken"):
        invite_member(cast.officer, cast.donor.person, EMAIL)
    for bad in ("", "kadri", "kadri@", "officer@demo.invalid", "a@b@c", "x" * 300 + "@example.org", "kad\x00ri@example.org"):
        with pytest.raises(Refused):
            invite_member(cast.officer, cast.seller.person, bad)
    with pytest.raises(NotThere):
        invite_member(cast.officer, door().person, EMAIL)


def test_an_ended_seat_is_free_and_its_person_acts_no_more(cast: Cast) -> None:
    account = account_on(cast.donor)
    with pytest.raises(Stale):
        vacate_seat(cast.officer, cast.donor.person, version=1, reason="left")
    version = seat_page(cast.officer, cast.donor.person).version
    vacate_seat(cast.officer, cast.donor.person, version=version, reason="left the ministry")
    assert seats_of(account.id) == []
    ended = last_act()
    assert ended is not None
    undo(cast.officer, ended, reason="a mistake")
    assert [seat.actor.person for seat in seats_of(account.id)] == [cast.donor.person]


def test_the_last_officer_cannot_be_unseated(cast: Cast) -> None:
    account_on(cast.officer)
    with pytest.raises(Refused, match="last officer"):
        vacate_seat(cast.officer, cast.officer.person, version=seat_page(cast.officer, cast.officer.person).version, reason="tired")


def test_a_recovery_takes_two_officers(cast: Cast, duty: Actor) -> None:
    account = account_on(cast.donor, demo=False)
    give_factor(account)
    asked = ask_recovery(cast.officer, cast.donor.person, reason="the phone fell into the sea")
    with pytest.raises(NotThere):
        recover(door(), asked, password=PASSWORD)
    with pytest.raises(Refused, match="two officers"):
        confirm_link(cast.officer, asked, cast.donor.person, version=1)
    link = confirm_link(duty, asked, cast.donor.person, version=1)
    # nothing changes before the link is used
    assert Account.objects.get(id=account.id).check_password("a password of the tests")
    assert Authenticator.objects.filter(user_id=account.id).exists()
    assert recover(door(), link.invitation, password=PASSWORD) == account.id
    recovered = Account.objects.get(id=account.id)
    assert recovered.check_password(PASSWORD)
    assert recovered.tokens_since is not None
    assert not Authenticator.objects.filter(user_id=account.id).exists()
    with pytest.raises(NotThere):
        recover(door(), link.invitation, password="once more with it")
    assert invited_by(link.secret) is None


def test_one_person_on_two_officers_seats_is_one_officer(cast: Cast, duty: Actor) -> None:
    account_on(cast.donor, demo=False)
    asked = ask_recovery(cast.officer, cast.donor.person, reason="lost")

    @action("tests.sit-on-both", roles=frozenset({Role.SERVICE}))
    def sit_on_both(actor: Actor) -> None:
        second = Member.found(duty.person)
        second.account_id = Member.found(cast.officer.person).account_id
        second.save()

    sit_on_both(door())
    with pytest.raises(Refused, match="two officers"):
        confirm_link(duty, asked, cast.donor.person, version=1)


def test_an_officer_cannot_recover_their_own_account(cast: Cast, duty: Actor) -> None:
    with pytest.raises(Refused, match="signed in"):
        ask_recovery(duty, duty.person, reason="for myself")
    asked = ask_recovery(cast.officer, duty.person, reason="for them")
    with pytest.raises(Refused, match="two officers"):
        confirm_link(duty, asked, duty.person, version=1)


def test_a_recovery_is_confirmed_for_the_seat_that_was_shown(cast: Cast, duty: Actor) -> None:
    account_on(cast.donor, demo=False)
    account_on(cast.seller, demo=False)
    asked = ask_recovery(cast.officer, cast.donor.person, reason="lost")
    with pytest.raises(NotThere):
        confirm_link(duty, asked, cast.seller.person, version=1)
    invitation = invite_member(cast.officer, cast.technical.person, EMAIL).invitation
    with pytest.raises(Refused):
        confirm_link(duty, invitation, cast.technical.person, version=1)


def test_a_recovery_that_was_withdrawn_or_whose_seat_was_ended_opens_nothing(cast: Cast, duty: Actor) -> None:
    account_on(cast.donor, demo=False)
    link = confirm_link(duty, ask_recovery(cast.officer, cast.donor.person, reason="lost"), cast.donor.person, version=1)
    withdraw_invitation(duty, link.invitation)
    with pytest.raises(NotThere):
        recover(door(), link.invitation, password=PASSWORD)
    link = confirm_link(duty, ask_recovery(cast.officer, cast.donor.person, reason="lost"), cast.donor.person, version=1)
    vacate_seat(cast.officer, cast.donor.person, version=seat_page(duty, cast.donor.person).version, reason="left")
    with pytest.raises(NotThere):
        recover(door(), link.invitation, password=PASSWORD)
    with pytest.raises(Refused, match="Nobody sits"):
        ask_recovery(cast.officer, cast.donor.person, reason="lost")


def test_people_cannot_do_what_the_door_does(cast: Cast) -> None:
    link = invite_member(cast.officer, cast.donor.person, EMAIL)
    for attempt in (
        lambda actor: take_seat(actor, link.invitation, name="x", password=PASSWORD),
        lambda actor: recover(actor, link.invitation, password=PASSWORD),
        lambda actor: leave_seat(actor, cast.donor.person, reason="x"),
        lambda actor: seat_demo_people(actor, PASSWORD),
    ):
        with pytest.raises(NotForRole):
            attempt(cast.officer)


def test_demo_people_exist_in_exercises_alone(cast: Cast) -> None:
    assert len(seat_demo_people(door(), PASSWORD)) == 7
    before = Account.objects.count()
    assert seat_demo_people(door(), PASSWORD)[0] == ("officer", "officer@demo.invalid")
    assert Account.objects.count() == before
    real = MECHANISM.model_copy(update={"mechanism": "real", "exercise": False})
    found_mechanism(founder("real", started_by="the tests"), real)
    for mechanism in ("drill", "real"):
        with pytest.raises(Refused, match="exercises alone"):
            seat_demo_people(actor_named(mechanism, "door"), PASSWORD)


def test_an_officer_reads_of_every_seat_and_others_of_their_own(cast: Cast) -> None:
    invite_member(cast.officer, cast.donor.person, EMAIL)
    seen = people_page(cast.officer)
    assert (seen.total, seen.manages) == (len(MECHANISM.members), True)
    assert EMAIL in str(seen)
    for actor in (cast.donor, cast.technical, cast.seller, cast.auditor):
        own = people_page(actor)
        assert {seat.organisation for seat in own.seats} == {actor.organisation}
        assert not own.manages
        assert EMAIL not in str(own)
    with pytest.raises(NotThere):
        seat_page(cast.donor, cast.seller.person)
    with pytest.raises(NotThere):
        seat_page(cast.outsider, cast.seller.person)
    with pytest.raises(NotThere):
        seat_page(cast.auditor, cast.seller.person)


def test_a_long_list_of_seats_is_read_page_by_page(cast: Cast) -> None:
    seen, after = [], None
    while True:
        page = people_page(cast.officer, after=after, limit=3)
        seen += [seat.id for seat in page.seats]
        after = page.further
        if after is None:
            break
    assert len(seen) == len(set(seen)) == len(MECHANISM.members)


def test_a_mechanism_from_before_gets_its_door_and_readable_seats(cast: Cast) -> None:
    @action("tests.as-it-was", roles=frozenset({Role.SERVICE}))
    def as_it_was(actor: Actor) -> None:
        Member.objects.get(slug="door").delete()
        donor = Member.objects.get(slug="donor")
        donor.releasable_to = []
        donor.save()

    as_it_was(cast.run)
    assert people_page(cast.donor).total == 0
    invite_member(cast.officer, cast.seller.person, EMAIL)
    assert door().roles == {Role.SERVICE}
    as_it_was(cast.run)
    change_mechanism(cast.run, MECHANISM)
    assert people_page(cast.donor).total == 1
    assert door().roles == {Role.SERVICE}


def end(officer: Actor, seat: Actor) -> None:
    vacate_seat(officer, seat.person, version=seat_page(officer, seat.person).version, reason="left")


def test_one_officer_alone_does_not_become_a_partner(cast: Cast, duty: Actor) -> None:
    account_on(cast.donor, demo=False)
    end(cast.officer, cast.donor)
    assert seat_page(cast.officer, cast.donor.person).takes_two
    asked = invite_member(cast.officer, cast.donor.person, EMAIL)
    assert (asked.waits, asked.secret) == (True, "")
    with pytest.raises(NotThere):
        take_seat(door(), asked.invitation, name="Sock", password=PASSWORD)
    with pytest.raises(Refused, match="two officers"):
        confirm_link(cast.officer, asked.invitation, cast.donor.person, version=1)
    link = confirm_link(duty, asked.invitation, cast.donor.person, version=1)
    invited = invited_by(link.secret)
    assert invited is not None
    assert (invited.email, invited.recovers) == (EMAIL, False)
    account = take_seat(door(), invited.invitation, name="Kadri", password=PASSWORD)
    assert [seat.actor.person for seat in seats_of(account)] == [cast.donor.person]


def test_a_link_from_before_somebody_sat_there_opens_nothing_when_it_is_brought_back(cast: Cast) -> None:
    account_on(cast.officer, demo=False)
    early = invite_member(cast.officer, cast.donor.person, "second@example.org")
    withdraw_invitation(cast.officer, early.invitation)
    withdrawn = last_act()
    link = invite_member(cast.officer, cast.donor.person, EMAIL)
    take_seat(door(), link.invitation, name="Kadri", password=PASSWORD)
    end(cast.officer, cast.donor)
    assert withdrawn is not None
    undo(cast.officer, withdrawn, reason="to bring it back")
    assert invited_by(early.secret) is None
    with pytest.raises(NotThere):
        take_seat(door(), early.invitation, name="Sock", password=PASSWORD)


def test_a_further_officer_takes_two_once_there_were_two(cast: Cast, duty: Actor) -> None:
    assert invite_member(cast.officer, cast.deputy.person, EMAIL).waits
    end(cast.officer, duty)
    assert invite_member(cast.officer, cast.deputy.person, EMAIL).waits
    assert not invite_member(cast.officer, cast.seller.person, EMAIL).waits


def test_the_operator_invites_to_a_first_seat_that_was_left(cast: Cast, duty: Actor) -> None:
    end(duty, cast.officer)
    link = invite_member(actor_named("drill", "officer", started_by="the operator"), cast.officer.person, EMAIL)
    assert invited_by(link.secret) is not None
    take_seat(door(), link.invitation, name="Kadri", password=PASSWORD)


def test_who_asked_stays_who_asked_when_their_seat_is_ended_meanwhile(cast: Cast) -> None:
    account = account_on(cast.officer, demo=False)
    account_on(cast.donor, demo=False)
    link = invite_member(cast.officer, cast.deputy.person, account.email)
    take_seat(door(), link.invitation, name="", password="", account_id=account.id)
    asked = ask_recovery(cast.officer, cast.donor.person, reason="lost")
    end(cast.deputy, cast.officer)
    with pytest.raises(Refused, match="two officers"):
        confirm_link(cast.deputy, asked, cast.donor.person, version=1)


def test_a_seat_that_is_left_leaves_its_closed_rooms(cast: Cast) -> None:
    account_on(cast.officer, demo=False)
    account = account_on(cast.donor, demo=False)
    room = open_compartment(cast.donor, "room", [], reason="a delicate case")
    assert room in actor_named("drill", "donor").compartments
    end(cast.officer, cast.donor)
    ended = last_act()
    assert actor_named("drill", "donor").compartments == frozenset()
    assert ended is not None
    undo(cast.officer, ended, reason="a mistake")
    assert seats_of(account.id)[0].actor.compartments == {room}
    end(cast.officer, cast.donor)
    other = account_on(cast.seller, demo=False)
    seat(cast.run, cast.donor, other)
    assert all(one.actor.compartments == frozenset() for one in seats_of(other.id))


def test_nobody_forgets_that_a_seat_was_taken(cast: Cast) -> None:
    account_on(cast.donor, demo=False)

    @action("tests.forget", roles=frozenset({Role.SERVICE}))
    def forget(actor: Actor) -> None:
        record = Member.found(cast.donor.person)
        record.account_id, record.was_taken = None, False
        record.save()

    forget(cast.run)
    with acting(cast.officer):
        assert Member.found(cast.donor.person).was_taken
