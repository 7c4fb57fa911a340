"""Signing in: what opens, what does not, and that nobody is told which."""

from __future__ import annotations

import base64
import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client

from sild.cli.doctor import _people
from sild.kernel.accounts import Account
from sild.kernel.home import Home
from sild.web.framework_routes import ROUTES
from sild.wings.parties.commands import demo_sign_ins, make_demo_people
from tests.cast import Cast
from tests.web.signed import account_on, code_now, give_factor, signed_in

PASSWORD = "a password of the tests"


@pytest.fixture
def browser() -> Client:
    return Client()


def try_password(browser: Client, email: str, password: str = PASSWORD, **extra: str) -> object:
    return browser.post("/sign-in/", {"login": email, "password": password}, **extra)


def plain(body: bytes, *typed: str) -> str:
    """A page without what differs by itself: the token of its form, and what was typed into it."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body.decode())
    for words in typed:
        text = text.replace(words, "…")
    return text


def test_demo_people_sign_in_and_act_for_their_organisation(home: Home, cast: Cast, browser: Client) -> None:
    people = make_demo_people(home, "drill")
    assert people.sign_ins == demo_sign_ins()
    roles = ["officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "auditor"]
    assert [role for role, _ in people.sign_ins] == roles
    for _role, email in people.sign_ins:
        answer = browser.post("/sign-in/", {"login": email, "password": people.password})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), email
        page = browser.get("/account/")
        assert email in page.content.decode()
        assert page.wsgi_request.actor.mechanism == cast.officer.mechanism
        assert browser.post("/sign-out/").status_code == 302
        assert browser.get("/account/").status_code == 302


def test_a_known_and_an_unknown_address_get_one_answer(cast: Cast) -> None:
    known = account_on(cast.donor, demo=False).email
    pages = []
    for email in (known, "nobody@example.org"):
        browser = Client()
        pages.append([plain(try_password(browser, email, f"wrong {turn}").content, email) for turn in range(7)])
    assert pages[0] == pages[1]
    assert pages[0][0] != pages[0][6]  # the seventh attempt is locked out, for both


def test_an_unknown_address_costs_a_hash_like_a_known_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(*args: object, real: object = real, name: str = name) -> object:
            hashed.append(name)
            return real(*args)  # type: ignore[operator]

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    known = account_on(cast.donor, demo=False).email
    hashed.clear()
    try_password(Client(), known, "wrong")
    by_known = len(hashed)
    hashed.clear()
    try_password(Client(), "nobody@example.org", "wrong")
    assert by_known == len(hashed) == 1


def test_an_address_is_locked_after_five_wrong_passwords_and_opens_again_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    email = account_on(cast.donor, demo=False).email
    for turn in range(5):
        # from another place and under another Host each time: the address is what is counted
        try_password(Client(), email, f"wrong {turn}", REMOTE_ADDR=f"198.51.100.{turn}", HTTP_HOST=["localhost", "127.0.0.1"][turn % 2])
    locked = try_password(Client(), email.upper())
    assert locked.status_code == 200
    assert "too many attempts" in locked.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from kernel_cache where cache_key like '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1  # in the database, where every server process counts

    later = time.time() + 16 * 60
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    opened = try_password(Client(), email)
    assert opened.status_code == 302


def test_a_person_without_a_second_factor_sets_one_up_before_anything_opens(cast: Cast, browser: Client) -> None:
    account = account_on(cast.donor, demo=False)
    assert try_password(browser, account.email).status_code == 302
    asked = browser.get("/people/", follow=True)
    assert asked.redirect_chain[-1][0] == "/account/factor/"
    assert asked.wsgi_request.actor is None
    key = re.search(r'desk-key">([A-Z2-7 ]+)<', asked.content.decode()).group(1).replace(" ", "")
    picture = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", asked.content.decode()).group(1)).decode()
    assert 'fill="#fff"' in picture  # an app reads it in a dark theme too
    assert key not in str(dict(browser.session.items()))  # the session keeps it sealed

    wrong = browser.post("/account/factor/", {"code": "000000"})
    assert wrong.status_code == 200
    set_up = browser.post("/account/factor/", {"code": code_now(key)})
    assert set_up.headers["Location"] == "/account/codes/"
    codes = re.findall(r"<code>(\d{8})</code>", browser.get("/account/codes/").content.decode())
    assert len(codes) == 10
    assert not re.findall(r"<code>\d{8}</code>", browser.get("/account/codes/").content.decode())  # shown once
    assert browser.get("/people/").wsgi_request.actor.person == cast.donor.person


def test_factors_lie_encrypted_in_the_database(cast: Cast) -> None:
    secret = give_factor(account_on(cast.donor, demo=False))
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert secret not in kept and "secret" in kept


def test_the_password_alone_does_not_open_an_account_that_has_a_factor(cast: Cast, browser: Client) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    assert try_password(browser, account.email).headers["Location"] == "/sign-in/code/"
    assert browser.get("/people/").status_code == 302
    code = code_now(secret)
    assert browser.post("/sign-in/code/", {"code": "123"}).status_code == 200
    assert browser.post("/sign-in/code/", {"code": code}).status_code == 302
    assert browser.get("/people/").wsgi_request.actor.person == cast.donor.person

    # the same code opens no second session
    other = Client()
    try_password(other, account.email)
    assert other.post("/sign-in/code/", {"code": code}).status_code == 200
    assert other.get("/people/").status_code == 302


def test_a_factor_under_a_lost_key_opens_nothing_and_the_doctor_says_so(home: Home, cast: Cast, browser: Client) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    assert [finding.ok for finding in _people() if finding.code == "people.factors"] == [True]
    (home.keys / "factors.key").unlink()
    try_password(browser, account.email)
    assert browser.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 200
    assert browser.get("/people/").wsgi_request.actor is None
    assert [finding.ok for finding in _people() if finding.code == "people.factors"] == [False]


def test_codes_are_counted_like_passwords(cast: Cast, browser: Client) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    try_password(browser, account.email)
    for turn in range(5):
        browser.post("/sign-in/code/", {"code": f"00000{turn}"})
    answer = browser.post("/sign-in/code/", {"code": code_now(secret)})
    assert answer.status_code == 200
    assert "too many attempts" in answer.content.decode()


def test_a_recovery_code_opens_once_in_place_of_the_app(cast: Cast) -> None:
    account = account_on(cast.donor, demo=False)
    give_factor(account)
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    for opens in (302, 200):
        browser = Client()
        try_password(browser, account.email)
        assert browser.post("/sign-in/code/", {"code": code}).status_code == opens


def test_taking_the_authenticator_away_closes_the_desk_until_another_is_set_up(cast: Cast, browser: Client) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    try_password(browser, account.email)
    browser.post("/sign-in/code/", {"code": code_now(secret)})
    assert browser.get("/account/factor/remove/").status_code == 200
    assert browser.post("/account/factor/remove/").headers["Location"] == "/account/factor/"
    assert browser.get("/people/").wsgi_request.actor is None


def test_what_matters_for_an_account_asks_for_the_password_again_after_a_while(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = account_on(cast.donor, demo=False)
    secret = give_factor(account)
    try_password(browser, account.email)
    browser.post("/sign-in/code/", {"code": code_now(secret)})
    later = time.time() + 600
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)
    assert browser.get("/account/factor/remove/").headers["Location"].startswith("/account/password-again/")
    assert browser.post("/account/password-again/?next=/account/factor/remove/", {"password": "wrong"}).status_code == 200
    again = browser.post("/account/password-again/?next=/account/factor/remove/", {"password": PASSWORD})
    assert again.headers["Location"] == "/account/factor/remove/"


def test_signing_in_gives_the_session_another_key(cast: Cast, browser: Client) -> None:
    browser.get("/sign-in/")
    browser.session.save()
    before = browser.session.session_key
    try_password(browser, account_on(cast.donor).email)
    assert browser.session.session_key != before


def test_a_changed_password_ends_the_other_sessions(cast: Cast) -> None:
    account = account_on(cast.donor)
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        try_password(browser, account.email)
        assert browser.get("/account/").status_code == 200
    new = "four words and a comma, said"
    answer = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.headers["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_signing_out_everywhere_ends_every_session(cast: Cast) -> None:
    account = account_on(cast.donor)
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        try_password(browser, account.email)
    assert here.post("/account/sign-out-everywhere/", {"password": "wrong"}).status_code == 200
    assert elsewhere.get("/account/").status_code == 200
    assert here.post("/account/sign-out-everywhere/", {"password": PASSWORD}).status_code == 302
    assert [browser.get("/account/").status_code for browser in (here, elsewhere)] == [302, 302]
    assert try_password(here, account.email).headers["Location"] == "/"


def test_a_closed_account_is_answered_like_a_wrong_password(cast: Cast) -> None:
    account = account_on(cast.donor)
    seen = signed_in(cast.donor)
    wrong = plain(try_password(Client(), account.email, "wrong").content, account.email)
    Account.objects.filter(id=account.id).update(is_active=False)
    assert plain(try_password(Client(), account.email).content, account.email) == wrong
    assert seen.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("bind", "place"),
    [
        ("127.0.0.1:8000", {"REMOTE_ADDR": "198.51.100.7"}),
        ("127.0.0.1:8000", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}),
        ("127.0.0.1:8000", {"HTTP_FORWARDED": "for=127.0.0.1"}),
        ("0.0.0.0:8000", {}),
        ("[::]:8000", {}),
        ("", {}),
    ],
)
def test_demo_people_are_refused_off_the_loopback(
    home: Home, cast: Cast, monkeypatch: pytest.MonkeyPatch, bind: str, place: dict[str, str]
) -> None:
    people = make_demo_people(home, "drill")
    email = people.sign_ins[0][1]
    inside = Client()
    assert try_password(inside, email, people.password).status_code == 302
    monkeypatch.setenv("SILD_BIND", bind)
    wrong = try_password(Client(), email, "wrong", **place)
    refused = try_password(Client(), email, people.password, **place)
    assert refused.status_code == 200
    assert plain(refused.content, email) == plain(wrong.content, email)
    # a session that was begun inside acts no more either
    assert inside.get("/people/", **place).wsgi_request.actor is None


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost:8000", "[::1]:8000", "127.0.0.1:8000", "::1"])
def test_demo_people_are_let_in_on_the_loopback(home: Home, cast: Cast, monkeypatch: pytest.MonkeyPatch, bind: str) -> None:
    people = make_demo_people(home, "drill")
    monkeypatch.setenv("SILD_BIND", bind)
    assert try_password(Client(), people.sign_ins[0][1], people.password).status_code == 302


@pytest.mark.parametrize("typed", ["\x00", "a" * 100_000, "\ud800@example.org", "а@приклад.укр", "%s%d{0}", "' or 1=1 --@example.org", ""])
def test_nothing_that_is_typed_at_the_door_breaks_it(cast: Cast, typed: str) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    for email, password in ((typed, PASSWORD), ("a@example.org", typed), (typed, typed)):
        assert try_password(Client(), email, password).status_code == 200
    assert Client().get("/sign-in/", {"next": typed}).status_code == 200
    for path in ("/seats/", "/language/", "/theme/"):
        assert signed_in(cast.donor).post(path, {"seat": typed, "language": typed, "theme": typed, "next": typed}).status_code == 302


def test_nobody_signs_up_and_no_other_door_of_the_framework_is_open(cast: Cast, browser: Client) -> None:
    for path in ("sign-in/signup/", "signup/", "sign-in/password/reset/", "sign-in/email/", "account/email/", "sign-in/code/confirm/"):
        assert browser.get(f"/{path}").status_code == 404, path


def test_a_form_from_elsewhere_is_refused_in_words(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"login": "a@example.org", "password": "b"})
    assert answer.status_code == 403
    assert "That form has expired" in answer.content.decode()


def test_nobody_is_sent_to_another_site_after_signing_in(cast: Cast, browser: Client) -> None:
    email = account_on(cast.donor).email
    answer = browser.post("/sign-in/?next=https://elsewhere.example/", {"login": email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    answer = browser.post("/language/", {"language": "uk", "next": "//elsewhere.example/x"})
    assert answer.headers["Location"] == "/"


def test_the_language_is_kept_with_the_person_and_worn_at_the_next_sign_in(cast: Cast) -> None:
    here = signed_in(cast.donor)
    here.post("/language/", {"language": "uk", "next": "/account/"})
    assert 'lang="uk"' in here.get("/account/").content.decode()
    elsewhere = Client()
    answer = try_password(elsewhere, account_on(cast.donor).email)
    assert answer.cookies["sild_language"].value == "uk"
    here.post("/language/", {"language": "xx"})
    assert 'lang="uk"' in here.get("/account/").content.decode()


def test_the_sign_in_page_speaks_ukrainian(cast: Cast, browser: Client) -> None:
    page = browser.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="uk").content.decode()
    assert '<html lang="uk"' in page
    assert "Увійти" in page
    assert "Sign in" not in page


def test_every_route_refuses_other_methods_and_keeps_no_copy(cast: Cast) -> None:
    browser = signed_in(cast.donor)
    for route in ROUTES:
        path = "/" + route.path.replace("<str:secret>", "none")
        answer = browser.generic("DELETE", path)
        assert answer.status_code == 405, path
        assert answer.headers["Allow"] == route.allowed
        assert "no-store" in answer.headers["Cache-Control"]
