"""Notices before something is said: to named organisations, read by people, recalled and never unread."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sild.kernel import clock
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.values.marking import Marking
from sild.wings.intake.public import what_waits
from sild.wings.signals.actions import NewNotice, acknowledge_notice, give_notice, recall_notice, redact_signals
from sild.wings.signals.reads import list_notices, notice_record, notices_naming, notices_waiting
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

NOW = datetime(2026, 2, 10, 8, tzinfo=UTC)
NEW = NewNotice(
    title="We say who read the mail", at=NOW + timedelta(hours=6), says="At two we name a service.", watch="floods of government sites"
)


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """10 February 2026, eight in the morning."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.usefixtures("morning")
def test_those_who_watch_are_told_and_say_that_they_read_it(cast: Cast) -> None:
    made = give_notice(cast.officer, replace(NEW, to=(cast.donor.organisation,)), reason="they answered the last time")
    assert [row.title for row in notices_waiting(cast.donor, most=5)] == [NEW.title]
    assert [group.kind for group in what_waits(cast.donor) if group.kind == "notices"] == ["notices"]
    seen = notice_record(cast.donor, made)
    assert (seen.own, seen.read, seen.to, seen.watch) == (False, False, (), "floods of government sites")
    acknowledge_notice(cast.donor, made, "two people watch")
    assert notices_waiting(cast.donor, most=5) == [] and notice_record(cast.donor, made).read
    with pytest.raises(Refused, match="already"):
        acknowledge_notice(cast.donor, made)
    [receipt] = notice_record(cast.officer, made).receipts
    assert (receipt.by, receipt.words) == (cast.donor.name, "two people watch")
    assert notices_waiting(cast.officer, most=5) == [], "who gave it need not read it"
    assert [row.title for row in notices_waiting(cast.deputy, most=5)] == [NEW.title], "a colleague does"


@pytest.mark.usefixtures("morning")
def test_who_was_not_told_knows_of_none_and_receipts_go_to_the_giver_alone(cast: Cast) -> None:
    made = give_notice(cast.officer, replace(NEW, to=(cast.donor.organisation, cast.other_donor.organisation)), reason="two watch")
    acknowledge_notice(cast.donor, made, "we watch")
    assert notice_record(cast.other_donor, made).receipts == (), "another State's word is not theirs to read"
    for stranger in (cast.seller, cast.asker):
        with pytest.raises(NotThere):
            notice_record(stranger, made)
        with pytest.raises(NotThere):
            acknowledge_notice(stranger, made)
        assert list_notices(stranger) == []
    with pytest.raises(NotForRole):
        give_notice(cast.donor, NEW, reason="me too")


@pytest.mark.usefixtures("morning")
def test_it_is_given_before_and_to_those_who_may_see_it(cast: Cast) -> None:
    for wrong, said in (
        (replace(NEW, at=NOW), "moment has passed"),
        (replace(NEW, says=" "), "Say what will be said"),
        (replace(NEW, marking=Marking.RED), "TLP:AMBER"),
    ):
        with pytest.raises(Refused, match=said):
            give_notice(cast.officer, wrong, reason="x")
    with pytest.raises(Refused, match="reason"):
        give_notice(cast.officer, NEW, reason=" ")
    for missing in (replace(NEW, to=(uuid4(),)), replace(NEW, study_id=uuid4())):
        with pytest.raises(NotThere):
            give_notice(cast.officer, missing, reason="x")


@pytest.mark.usefixtures("morning")
def test_a_recalled_notice_is_seen_by_its_giver_alone(cast: Cast) -> None:
    made = give_notice(cast.officer, replace(NEW, to=(cast.donor.organisation,)), reason="x")
    with pytest.raises(Stale):
        recall_notice(cast.officer, made, version=9, reason="the decision is to wait")
    recall_notice(cast.officer, made, version=1, reason="the decision is to wait")
    with pytest.raises(NotThere):
        notice_record(cast.donor, made)
    assert notice_record(cast.officer, made).recalled_why == "the decision is to wait"
    with pytest.raises(Refused, match="recalled"):
        recall_notice(cast.officer, made, reason="again")
    assert notices_naming(cast.officer, ["name a service"]) != []
    redact_signals(cast.officer, re.compile("a service"), reason="asked")
    assert "a service" not in notice_record(cast.officer, made).says


def test_each_door_gives_and_reads_it(cast: Cast) -> None:
    officer, donor = signed_in(cast.officer), signed_in(cast.donor)
    assert "No notice was given" in officer.get(reverse("signals.notices")).content.decode()
    form = {
        "title": "<i>We</i> speak",
        "says": "At two.",
        "at": "2099-02-10T16:00",
        "marking": "2",
        "reason": "x",
        "to": [str(cast.donor.organisation)],
    }
    where = officer.post(reverse("signals.give-notice"), form).headers["Location"]
    assert officer.post(reverse("signals.give-notice"), form | {"at": "soon"}).status_code == 409
    page = donor.get(where).content.decode()
    assert "&lt;i&gt;We&lt;/i&gt; speak" in page and "I read it" in page
    assert donor.post(f"{where}read/", {"words": "we watch"}).status_code == 302
    assert "we watch" in officer.get(where).content.decode()
    program = program_of("drill", "donor", account_on(cast.donor))
    [told] = json.loads(program.ask("GET", "/speaking-notices").content)["notices"]
    assert (told["read"], told["own"], told["to"]) == (True, False, [])
    assert program.ask("POST", f"/speaking-notices/{told['id']}/receipts", {}).status_code == 409
    assert program.ask("POST", f"/speaking-notices/{told['id']}/recall", {"version": 1, "reason": "x"}).status_code == 403
