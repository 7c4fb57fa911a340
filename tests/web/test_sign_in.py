"""Signing in: what opens, what does not, and that nobody is told which."""

from __future__ import annotations

import pytest
from django.test import Client

from sild.kernel.home import Home
from sild.wings.parties.commands import demo_sign_ins, make_demo_people
from tests.cast import Cast


@pytest.fixture
def browser() -> Client:
    return Client()


def test_demo_people_sign_in_and_act_for_their_organisation(home: Home, cast: Cast, browser: Client) -> None:
    people = make_demo_people(home, "drill")
    assert people.sign_ins == demo_sign_ins()
    assert [role for role, _ in people.sign_ins] == [
        "officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "auditor",
    ]  # fmt: skip
    for _role, email in people.sign_ins:
        answer = browser.post("/sign-in/", {"login": email, "password": people.password})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), email
        page = browser.get("/account/")
        assert email in page.content.decode()
        assert page.wsgi_request.actor.mechanism == cast.officer.mechanism
        assert browser.post("/sign-out/").status_code == 302
        assert browser.get("/account/").status_code == 302
