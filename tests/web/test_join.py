"""The way in by a link, in the browser: taking a seat, being let in again, and that a dead link tells nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sild.kernel.accounts import Account
from sild.kernel.identity import actor_named, seat_of_token, seats_of
from sild.wings.parties.actions import change_mechanism, invite_member, vacate_seat, withdraw_invitation
from sild.wings.parties.reads import seat_page
from tests.cast import MECHANISM, Cast
from tests.web.signed import account_on, code_now, give_factor, seat, signed_in
from tests.wings.parties.test_people import EMAIL, PASSWORD, duty

__all__ = ["duty"]

NEW = {"name": "Kadri", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def browser() -> Client:
    return Client()


def link_for(cast: Cast, email: str = EMAIL) -> str:
    return f"/join/{invite_member(cast.officer, cast.donor.person, email).secret}/"


def link_shown(page: object) -> str:
    """The path of the link that a page shows."""
    return "/join/" + re.search(r"/join/([^/\"]+)/", page.content.decode()).group(1) + "/"  # type: ignore[attr-defined, union-attr]


def test_an_officer_invites_and_the_invited_person_comes_to_act(cast: Cast, browser: Client) -> None:
    officer = signed_in(cast.officer)
    seat_path = f"/people/{cast.donor.person}/"
    told = officer.get(seat_path).content.decode()
    assert "TLP:AMBER" in told and "released to Estonia&#x27;s donor desk" in told
    shown = officer.post(f"{seat_path}invite/", {"email": EMAIL})
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store, private")
    link = link_shown(shown)
    assert link_shown(shown) not in officer.get(seat_path).content.decode()

    page = browser.get(link).content.decode()
    assert "Estonia&#x27;s donor desk" in page and "Donor focal point" in page and "A drill" in page
    taken = browser.post(link, NEW)
    assert (taken.status_code, taken.headers["Location"]) == (302, "/")
    asked = browser.get("/people/", follow=True)
    assert asked.redirect_chain[-1][0] == "/account/factor/"
    key = re.search(r'desk-key">([A-Z2-7 ]+)<', asked.content.decode()).group(1).replace(" ", "")
    browser.post("/account/factor/", {"code": code_now(key)})
    assert browser.get("/people/").wsgi_request.actor.person == cast.donor.person
    assert browser.get(link).status_code == 404


def test_every_dead_link_is_one_answer(cast: Cast) -> None:
    used, withdrawn = link_for(cast), ""
    Client().post(used, NEW)
    made = invite_member(cast.officer, cast.seller.person, EMAIL)
    withdraw_invitation(cast.officer, made.invitation)
    withdrawn = f"/join/{made.secret}/"
    answers = set()
    for link in (used, withdrawn, "/join/never-made/", f"/join/{'x' * 3000}/", "/join/%D1%97/"):
        for ask in (Client().get, lambda path: Client().post(path, NEW)):
            answer = ask(link)
            answers.add((answer.status_code, answer.content))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_whoever_tries_links_is_slowed_down(cast: Cast) -> None:
    answers = [Client().post(f"/join/guess-{turn}/", NEW) for turn in range(22)]
    assert [answer.status_code for answer in answers] == [404] * 20 + [429] * 2
    assert "Too many attempts" in answers[-1].content.decode()
    assert Client().post("/join/guess/", NEW, REMOTE_ADDR="198.51.100.9").status_code == 404


def test_who_has_an_account_takes_the_seat_with_its_password_and_factor(cast: Cast, browser: Client) -> None:
    account = Account.objects.create_user(EMAIL, PASSWORD)
    secret = give_factor(account)
    link = link_for(cast)
    assert browser.post(link, NEW | {"password": "another long password", "again": "another long password"}).status_code == 422
    assert seats_of(account.id) == []
    assert browser.post(link, NEW).headers["Location"] == "/sign-in/code/"
    assert browser.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 302
    assert browser.get("/people/").wsgi_request.actor.person == cast.donor.person


def test_a_page_of_a_link_does_not_tell_whether_its_address_has_an_account(cast: Cast) -> None:
    pages = []
    for known in (False, True):
        if known:
            Account.objects.create_user(EMAIL, PASSWORD)
        link = link_for(cast)
        for form in (None, NEW | {"password": "short", "again": "short"}):
            answer = Client().get(link) if form is None else Client().post(link, form)
            text = re.sub(r'value="[^"]+"', "", answer.content.decode()).replace(link, "…")
            pages.append((answer.status_code, text))
    assert pages[:2] == pages[2:]


def test_weak_and_mistyped_passwords_are_refused_in_words(cast: Cast, browser: Client) -> None:
    link = link_for(cast)
    for given in (
        {"password": "short", "again": "short"},
        {"password": PASSWORD, "again": "another"},
        {"password": EMAIL, "again": EMAIL},
        {},
    ):
        answer = browser.post(link, {"name": "Kadri", **given})
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert not Account.objects.filter(email=EMAIL).exists()


def test_who_is_signed_in_as_somebody_else_takes_nothing(cast: Cast) -> None:
    other = signed_in(cast.seller)
    link = link_for(cast)
    assert EMAIL not in other.post(link, NEW).content.decode()
    assert seats_of(account_on(cast.seller).id)[0].actor.person == cast.seller.person
    assert Client().get(link).status_code == 200


def test_a_person_with_two_seats_chooses_and_changes(cast: Cast) -> None:
    account = account_on(cast.donor)
    seat(actor_named("drill", "run"), cast.seller, account)
    browser = Client()
    browser.force_login(account)
    chosen = browser.get("/people/", follow=True)
    assert chosen.redirect_chain[-1][0] == "/seats/?next=%2Fpeople%2F"
    assert "A company" in chosen.content.decode()
    for actor in (cast.donor, cast.seller):
        answer = browser.post("/seats/", {"seat": str(actor.person), "next": "/people/"})
        assert answer.headers["Location"] == "/people/"
        assert browser.get("/people/").wsgi_request.actor.person == actor.person
    browser.post("/seats/", {"seat": str(cast.officer.person)})
    assert browser.get("/people/").wsgi_request.actor.person == cast.seller.person


def test_a_session_loses_the_seat_that_was_taken_away(cast: Cast) -> None:
    browser = signed_in(cast.donor)
    assert browser.get("/people/").status_code == 200
    officer = signed_in(cast.officer)
    version = seat_page(cast.officer, cast.donor.person).version
    assert officer.post(f"/people/{cast.donor.person}/vacate/", {"version": version, "reason": ""}).status_code == 422
    assert officer.post(f"/people/{cast.donor.person}/vacate/", {"reason": "left"}).status_code == 409
    assert officer.post(f"/people/{cast.donor.person}/vacate/", {"version": version, "reason": "left"}).status_code == 302
    assert browser.get("/people/").status_code == 302
    assert "You have no seat" in browser.get("/seats/").content.decode()


def test_nobody_acts_from_a_seat_that_they_did_not_choose(cast: Cast) -> None:
    account = account_on(cast.donor)
    seat(actor_named("drill", "run"), cast.seller, account)
    browser = Client()
    browser.force_login(account)
    browser.post("/seats/", {"seat": str(cast.donor.person)})
    vacate_seat(cast.officer, cast.donor.person, version=seat_page(cast.officer, cast.donor.person).version, reason="left")
    assert browser.get("/people/").wsgi_request.actor is None
    browser.post("/seats/", {"seat": str(cast.seller.person)})
    assert browser.get("/people/").wsgi_request.actor.person == cast.seller.person


def test_roles_that_a_file_changes_hold_at_the_next_click(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    path = f"/people/{cast.donor.person}/invite/"
    assert browser.post(path, {"email": "no"}).status_code == 422
    members = [member.model_copy(update={"roles": ["auditor"]}) if member.slug == "officer" else member for member in MECHANISM.members]
    change_mechanism(cast.run, MECHANISM.model_copy(update={"members": members}))
    refused = browser.post(path, {"email": EMAIL})
    assert refused.status_code == 403
    assert refused.wsgi_request.actor.roles == {"auditor"}


def test_a_recovered_person_has_new_means_and_all_else_has_ended(cast: Cast, duty: object) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    seat(actor_named("strangers", "run"), actor_named("strangers", "donor"), account)
    give_factor(account_on(cast.officer, demo=False))
    give_factor(account_on(duty, demo=False))  # type: ignore[arg-type]
    lost = Client()
    lost.force_login(account)
    assert lost.get("/account/").status_code == 200

    first, second = Client(), Client()
    first.force_login(account_on(cast.officer, demo=False))
    second.force_login(account_on(duty, demo=False))  # type: ignore[arg-type]
    path = f"/people/{cast.donor.person}/"
    assert first.post(f"{path}recovery/", {"reason": "the phone is gone"}).status_code == 302
    invitation, version = re.search(
        r'recovery/([0-9a-f-]{36})/confirm/.*?name="version" value="(\d+)"', second.get(path).content.decode(), re.S
    ).groups()
    assert first.post(f"{path}recovery/{invitation}/confirm/", {"version": version}).status_code == 409
    link = link_shown(second.post(f"{path}recovery/{invitation}/confirm/", {"version": version}))

    person = Client()
    assert "Set a new password" in person.get(link).content.decode()
    assert lost.get("/account/").status_code == 200
    new = "another four words, said"
    assert person.post(link, {"password": new, "again": new}).status_code == 302
    assert person.get("/people/", follow=True).redirect_chain[-1][0] == "/account/factor/"
    assert lost.get("/account/").status_code == 302
    assert [one.mechanism_slug for one in seats_of(account.id)] == ["drill"]
    assert person.get(link).status_code == 404
    old = Client()
    old.post("/sign-in/", {"login": account.email, "password": new})
    assert old.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 302
    assert old.get("/people/").status_code == 302  # the old factor opens nothing


def test_a_person_makes_a_token_for_a_program_and_ends_it(cast: Cast) -> None:
    browser = signed_in(cast.donor)
    form = {"name": "our register", "days": "7", "password": "a password of the tests"}
    for wrong in ({**form, "password": "wrong"}, {**form, "days": "9999"}, {**form, "name": ""}, {}):
        assert browser.post("/account/tokens/", wrong).status_code in (200, 422)
    assert "our register" not in browser.get("/account/tokens/").content.decode()
    shown = browser.post("/account/tokens/", form).content.decode()
    secret = re.search(r'value="(sild_[^"]+)"', shown).group(1)
    assert seat_of_token(secret, demo_may_enter=lambda: True).actor.person == cast.donor.person
    listed = browser.get("/account/tokens/").content.decode()
    assert "our register" in listed and secret not in listed
    withdraw = re.search(r"/account/tokens/[0-9a-f-]{36}/withdraw/", listed).group(0)
    assert signed_in(cast.seller).post(withdraw).status_code == 404
    assert browser.post(withdraw).status_code == 302
    assert seat_of_token(secret, demo_may_enter=lambda: True) is None


@pytest.mark.parametrize("ending", ["password", "seat"])
def test_a_token_ends_with_the_password_and_with_the_seat(cast: Cast, ending: str) -> None:
    browser = signed_in(cast.donor)
    shown = browser.post("/account/tokens/", {"name": "x", "days": "7", "password": "a password of the tests"}).content.decode()
    secret = re.search(r'value="(sild_[^"]+)"', shown).group(1)
    assert seat_of_token(secret, demo_may_enter=lambda: True) is not None
    if ending == "password":
        new = "four words and a comma, said"
        browser.post("/account/password/", {"oldpassword": "a password of the tests", "password1": new, "password2": new})
        assert "withdraw/" not in browser.get("/account/tokens/").content.decode()
    else:
        vacate_seat(cast.officer, cast.donor.person, version=seat_page(cast.officer, cast.donor.person).version, reason="left")
    assert seat_of_token(secret, demo_may_enter=lambda: True) is None


def test_others_see_their_own_people_and_no_way_to_change_them(cast: Cast) -> None:
    browser = signed_in(cast.technical)
    page = browser.get("/people/").content.decode()
    assert "Inter-agency gate" in page and "Donor focal point" not in page
    own = browser.get(f"/people/{cast.interagency.person}/").content.decode()
    assert "invite" not in own
    missing = browser.get("/people/00000000-0000-4000-8000-000000000000/")
    assert (missing.status_code, missing.content) == (404, browser.get(f"/people/{cast.donor.person}/").content)
    assert browser.post(f"/people/{cast.interagency.person}/invite/", {"email": EMAIL}).status_code == 403


def test_the_page_says_that_an_invitation_waits_and_lets_another_officer_confirm_it(cast: Cast) -> None:
    account_on(cast.donor)
    asker, second = signed_in(cast.officer), signed_in(cast.deputy)
    vacate_seat(cast.officer, cast.donor.person, version=seat_page(cast.officer, cast.donor.person).version, reason="left")
    place = f"/people/{cast.donor.person}/"
    assert "another officer confirms before there is a link" in asker.get(place).content.decode()
    assert asker.post(f"{place}invite/", {"email": EMAIL}).status_code == 302
    shown = asker.get(place).content.decode()
    assert f"{cast.officer.name} invites {EMAIL}" in shown and "Confirm the invitation" not in shown
    assert "an invitation waits for a second officer" in asker.get("/people/").content.decode()
    page = second.get(place).content.decode()
    assert "Confirm the invitation" in page
    confirm = re.search(r'action="([^"]+/confirm/)"', page).group(1)
    assert asker.post(confirm, {"version": "1"}).status_code in (409, 422)
    answer = second.post(confirm, {"version": "1"}).content.decode()
    assert EMAIL in answer
    link = re.search(r"/join/[\w-]+/", answer).group(0)
    assert Client().get(link).status_code == 200
