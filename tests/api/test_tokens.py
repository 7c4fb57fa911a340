"""Tokens: how a program signs in, what it is told when it does not, and when a token ends."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client

from sild.kernel import clock
from sild.kernel.accounts import Account, ApiToken
from sild.kernel.actor import acting
from sild.kernel.history import Act, Change
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, seats_of
from sild.kernel.tokens import end_tokens, make_token
from tests.api.programs import PASSWORD, Program, account_on, sit_down
from tests.cast import Cast

SECRET = generate_totp_secret()


def code(of: str = SECRET) -> str:
    """The code that an authenticator app shows now."""
    return format_hotp_value(hotp_value(of, int(time.time()) // 30))


@pytest.fixture
def officer(cast: Cast) -> Account:
    """The officer's account, with a second factor."""
    account = account_on(cast.run, cast.officer, "officer@drill.example", PASSWORD)
    with context.request_context(HttpRequest()):
        TOTP.activate(account, SECRET)
    return account


def signing_in(**more: object) -> dict[str, object]:
    return {"address": "officer@drill.example", "password": PASSWORD, "code": code(), "name": "the nightly export"} | more


def test_a_program_signs_in_and_acts_from_its_seat(officer: Account) -> None:
    answer = Program().ask("POST", "/tokens", signing_in())
    assert answer.status_code == 201, answer.content
    made = answer.json()
    program = Program(made["secret"])
    assert answer.headers["Location"] == f"/api/v1/tokens/{made['id']}"
    listed = program.ask("GET", "/tokens").json()["items"]
    assert [(one["id"], one["name"], one["ended"]) for one in listed] == [(made["id"], "the nightly export", False)]
    assert "secret" not in listed[0]
    assert made["expires_at"] > (clock.now() + timedelta(days=29)).isoformat()


def test_a_withdrawn_token_opens_nothing(officer: Account) -> None:
    made = Program().ask("POST", "/tokens", signing_in()).json()
    program = Program(made["secret"])
    assert program.ask("DELETE", f"/tokens/{made['id']}").status_code == 204
    assert program.ask("GET", "/tokens").status_code == 401


def test_whatever_is_wrong_the_answer_is_one(officer: Account, cast: Cast) -> None:
    account_on(cast.run, cast.donor, "donor@estonia.example", PASSWORD)
    wrong = [
        {"address": "nobody@drill.example"},
        {"password": "another long pass phrase"},
        {"code": "000000" if code() != "000000" else "111111"},
        {"code": ""},
        {"address": "donor@estonia.example"},  # has no second factor yet
    ]
    answers = []
    for one in wrong:
        answer = Program().ask("POST", "/tokens", signing_in(**one))
        answers.append((answer.status_code, answer.content, answer.headers["WWW-Authenticate"]))
    assert set(answers) == {answers[0]}
    assert answers[0][0] == 401


def test_a_code_opens_once(officer: Account) -> None:
    shown = code()
    assert Program().ask("POST", "/tokens", signing_in(code=shown)).status_code == 201
    assert Program().ask("POST", "/tokens", signing_in(code=shown)).status_code == 401


def test_many_wrong_passwords_lock_the_address_for_a_while(officer: Account) -> None:
    wrong = [Program().ask("POST", "/tokens", signing_in(password="a wrong pass phrase")) for _ in range(6)]
    assert [answer.status_code for answer in wrong][:5] == [401] * 5
    assert wrong[-1].status_code == 429
    assert int(wrong[-1].headers["Retry-After"]) > 0
    assert Program().ask("POST", "/tokens", signing_in()).status_code == 429
    unknown = [Program().ask("POST", "/tokens", signing_in(address="nobody@drill.example", password="no")) for _ in range(6)]
    assert unknown[-1].content == wrong[-1].content


def test_many_wrong_codes_lock_the_account_for_a_while(officer: Account) -> None:
    wrong = "000000" if code() != "000000" else "111111"
    tried = [Program().ask("POST", "/tokens", signing_in(code=wrong)).status_code for _ in range(6)]
    assert tried == [401] * 5 + [429]


def test_who_has_several_seats_names_one(officer: Account, cast: Cast) -> None:
    sit_down(cast.run, cast.technical.person, officer.id)
    assert len(seats_of(officer.id)) == 2
    unclear = Program().ask("POST", "/tokens", signing_in())
    assert unclear.status_code == 422
    assert unclear.json()["errors"][0]["field"] == "seat"
    assert "drill/technical" in unclear.json()["errors"][0]["message"]
    cache.clear()  # the same code again
    later = Program().ask("POST", "/tokens", signing_in(seat="drill/technical"))
    assert later.status_code == 201
    made = Program(later.json()["secret"]).ask("GET", "/acts").json()["items"][0]
    assert made["organisation"] == "The recipient's front office"


def test_a_token_ends_when_its_person_leaves_the_seat(officer: Account, cast: Cast) -> None:
    program = Program(Program().ask("POST", "/tokens", signing_in()).json()["secret"])
    assert program.ask("GET", "/tokens").status_code == 200
    sit_down(cast.run, cast.officer.person, None)
    assert program.ask("GET", "/tokens").status_code == 401


def test_a_token_ends_with_a_recovery_of_the_account(officer: Account) -> None:
    program = Program(Program().ask("POST", "/tokens", signing_in()).json()["secret"])
    end_tokens(officer.id)
    assert program.ask("GET", "/tokens").status_code == 401
    Account.objects.filter(id=officer.id).update(tokens_since=None, is_active=False)
    assert program.ask("GET", "/tokens").status_code == 401


def test_the_token_of_another_seat_is_not_there(officer: Account, cast: Cast, programs_of_one: Program) -> None:
    made = Program().ask("POST", "/tokens", signing_in()).json()
    assert programs_of_one.ask("DELETE", f"/tokens/{made['id']}").status_code == 404
    assert Program(made["secret"]).ask("GET", "/tokens").status_code == 200


def test_the_secret_is_kept_nowhere(officer: Account, cast: Cast, home: Home) -> None:
    secret = Program().ask("POST", "/tokens", signing_in(), Idempotency_Key="once").json()["secret"]
    with acting(cast.officer):
        acts = list(Act.objects.filter(action="kernel.make-token").values())
        changes = list(Change.objects.filter(model="kernel.ApiToken").values())
        kept = list(ApiToken.objects.values())
    assert acts
    assert changes
    assert secret not in f"{acts} {changes} {kept}"
    assert PASSWORD not in f"{acts} {changes} {kept}"


def test_the_act_of_making_a_token_is_not_undone(officer: Account) -> None:
    program = Program(Program().ask("POST", "/tokens", signing_in()).json()["secret"])
    act = next(one for one in program.ask("GET", "/acts").json()["items"] if one["action"] == "kernel.make-token")
    refused = program.ask("POST", f"/acts/{act['id']}/undo", {"reason": "to see"})
    assert refused.status_code == 409
    assert refused.json()["title"] == "Refused"


@pytest.fixture
def programs_of_one(officer: Account, cast: Cast) -> Program:
    """A program of the auditor, who is of the officer's organisation."""
    account = account_on(cast.run, cast.auditor, "auditor@drill.example", PASSWORD)
    secret_of = generate_totp_secret()
    with context.request_context(HttpRequest()):
        TOTP.activate(account, secret_of)
    answer = Program().ask("POST", "/tokens", signing_in(address="auditor@drill.example", code=code(secret_of)))
    assert actor_named("drill", "auditor").person
    return Program(answer.json()["secret"])


def test_a_demo_persons_token_opens_where_demo_people_may_enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account.objects.create_user("donor@demo.invalid", None, demo=True)
    sit_down(cast.run, cast.donor.person, account.id)
    _token, secret = make_token(cast.donor, account.id, "of a demo person")

    def asked(**where: str) -> int:
        headers = {"Authorization": f"Bearer {secret}"} | ({"X-Forwarded-For": where.pop("via")} if "via" in where else {})
        return int(Client().get("/api/v1/tokens", headers=headers, **where).status_code)

    assert asked() == 200
    assert asked(REMOTE_ADDR="203.0.113.7") == 401
    assert asked(via="203.0.113.7") == 401
    monkeypatch.setenv("SILD_BIND", "0.0.0.0")
    assert asked() == 401


def test_a_token_of_an_account_without_a_second_factor_opens_nothing(officer: Account) -> None:
    program = Program(Program().ask("POST", "/tokens", signing_in()).json()["secret"])
    assert program.ask("GET", "/tokens").status_code == 200
    Authenticator.objects.filter(user=officer).delete()
    assert program.ask("GET", "/tokens").status_code == 401
