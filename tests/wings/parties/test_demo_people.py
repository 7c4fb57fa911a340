"""Demo people: the same ones each time, with one password of the home, and the doctor red where they do not belong."""

from __future__ import annotations

import stat

import pytest

from sild.cli.doctor import _people
from sild.kernel.accounts import Account
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, founder, seats_of
from sild.kernel.loopback import is_loopback
from sild.kernel.refusals import Refused
from sild.wings.parties.actions import found_mechanism
from sild.wings.parties.commands import demo_fault, demo_password, make_demo_people
from tests.cast import MECHANISM, Cast
from tests.web.signed import seat


def real_mechanism() -> None:
    found_mechanism(founder("real", started_by="the tests"), MECHANISM.model_copy(update={"mechanism": "real", "exercise": False}))


def test_the_same_people_with_the_same_password_come_again(home: Home, cast: Cast) -> None:
    first = make_demo_people(home, "drill")
    assert make_demo_people(home, "drill") == first
    assert all(account.check_password(first.password) for account in Account.objects.filter(demo=True))
    place = home.keys / "demo-password"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.unlink()
    again = make_demo_people(home, "drill")
    assert again.password != first.password
    assert all(account.check_password(again.password) for account in Account.objects.filter(demo=True))


def test_a_demo_person_takes_no_seat_from_anybody(home: Home, cast: Cast) -> None:
    person = Account.objects.create_user("kadri@example.org", "four words and a comma")
    seat(actor_named("drill", "run"), cast.donor, person)
    make_demo_people(home, "drill")
    assert [one.actor.person for one in seats_of(person.id)] == [cast.donor.person]


def test_no_demo_person_is_made_beside_a_real_mechanism(home: Home, cast: Cast) -> None:
    real_mechanism()
    with pytest.raises(Refused, match="exercises alone"):
        make_demo_people(home, "drill")
    assert not Account.objects.exists()


def test_the_doctor_is_red_where_demo_people_do_not_belong(home: Home, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_BIND", "0.0.0.0:8000")
    assert [finding.ok for finding in _people() if finding.code == "people.demo"] == [True]  # nobody is there
    make_demo_people(home, "drill")
    assert [finding.ok for finding in _people() if finding.code == "people.demo"] == [False]
    for bind in ("127.0.0.1:8000", ""):
        monkeypatch.setenv("SILD_BIND", bind)
        assert [finding.ok for finding in _people() if finding.code == "people.demo"] == [True]
    real_mechanism()
    assert "more than exercises" in demo_fault()
    assert [(finding.ok, bool(finding.next_step)) for finding in _people()] == [(False, True), (True, False)]


def test_two_processes_agree_on_one_password(home: Home) -> None:
    assert demo_password(home) == demo_password(home)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10:80", True),
        ("[::1]:8000", True),
        ("::1", True),
        ("localhost:1", True),
        ("0.0.0.0:8000", False),
        ("::", False),
        ("[::]:80", False),
        ("198.51.100.1", False),
        ("localhost.example.org", False),
        ("", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_only_this_machines_addresses_are_its_own(address: str, own: bool) -> None:
    assert is_loopback(address) is own
