"""After delivery: the recipient asks for more time and the giver answers; the giver asks pieces back and the recipient answers."""

from __future__ import annotations

import json
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.undo import undo
from sild.wings.delivery.actions import (
    Packing,
    ask_back,
    ask_longer,
    extend_consignment,
    hand_over_consignment,
    keep_pieces,
    prepare_consignment,
    receive_consignment,
    refuse_longer,
    return_pieces,
)
from sild.wings.delivery.reads import consignment_record, consignments_waiting
from sild.wings.delivery.rules.consignments import ConsignmentKind
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import table  # noqa: F401 - the fixture that depot stands on
from tests.wings.delivery.conftest import Depot

SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


def taken_over(depot: Depot, **more: object) -> uuid.UUID:
    told = Packing(quantity=Decimal(6), kind=ConsignmentKind.LICENCES, ends_on=SPRING)
    one = prepare_consignment(depot.cast.donor, depot.agreement, told)
    hand_over_consignment(depot.cast.donor, one)
    receive_consignment(depot.cast.asker, one)
    return one


def test_more_time_is_asked_for_and_given(depot: Depot) -> None:
    one, cast = taken_over(depot), depot.cast
    assert consignments_waiting(cast.donor) == []
    with pytest.raises(Refused, match="Say why"):
        ask_longer(cast.asker, one, SUMMER, reason="")
    with pytest.raises(Refused, match="given until 2026-04-01 already"):
        ask_longer(cast.asker, one, SPRING, reason="the audit is not over")
    with pytest.raises(NotForRole):
        ask_longer(cast.donor, one, SUMMER, reason="they need it")
    ask_longer(cast.asker, one, SUMMER, reason="the audit is not over")
    row = consignment_record(cast.donor, one).row
    assert (row.asked_until, row.mover) == (SUMMER, "giver")
    assert [waits.id for waits in consignments_waiting(cast.donor)] == [one]
    with pytest.raises(Refused, match="cannot be done"):
        ask_longer(cast.asker, one, AUTUMN, reason="again")
    extend_consignment(cast.donor, one, SUMMER)
    row = consignment_record(cast.asker, one).row
    assert (row.asked_until, row.ends_on, row.mover) == (None, SUMMER, "")


def test_more_time_is_refused_with_the_reason_and_both_are_undone(depot: Depot) -> None:
    one, cast = taken_over(depot), depot.cast
    with pytest.raises(Refused, match="cannot be done"):
        refuse_longer(cast.donor, one, reason="nobody asked")
    ask_longer(cast.asker, one, SUMMER, reason="the audit is not over")
    refuse_longer(cast.donor, one, reason="the contract ends")
    assert consignment_record(cast.asker, one).row.asked_until is None
    undo(cast.donor, last_act(), reason="it does not")
    assert consignment_record(cast.asker, one).row.asked_until == SUMMER
    assert [(step.side, step.said) for step in consignment_record(cast.asker, one).steps if step.deed == "ask-longer"] == [
        ("requester", {"wanted": "2026-07-01"})
    ]


def test_what_is_asked_back_is_sent_or_kept_with_the_reason(depot: Depot) -> None:
    one, cast = taken_over(depot), depot.cast
    with pytest.raises(Refused, match="at most 6"):
        ask_back(cast.donor, one, Decimal(7), reason="another hospital")
    ask_back(cast.donor, one, Decimal(4), reason="another hospital")
    row = consignment_record(cast.asker, one).row
    assert (row.asked_back, row.mover, row.state) == (Decimal(4), "requester", "accepted")
    assert [waits.id for waits in consignments_waiting(cast.asker)] == [one]
    return_pieces(cast.asker, one, Decimal(3), reason="they asked")
    row = consignment_record(cast.asker, one).row
    assert (row.asked_back, row.accepted, row.returned) == (Decimal(1), Decimal(3), Decimal(3))
    with pytest.raises(NotForRole):
        keep_pieces(cast.donor, one, reason="they may")
    keep_pieces(cast.asker, one, reason="one is in use")
    row = consignment_record(cast.donor, one).row
    assert (row.asked_back, row.accepted, row.mover) == (Decimal(0), Decimal(3), "")
    assert consignments_waiting(cast.asker) == []


def test_what_nobody_has_is_not_asked_back(depot: Depot) -> None:
    one = prepare_consignment(depot.cast.donor, depot.agreement, Packing(quantity=Decimal(2)))
    for act in (lambda: ask_back(depot.cast.donor, one, None, reason="x"), lambda: ask_longer(depot.cast.asker, one, SUMMER, reason="x")):
        with pytest.raises(Refused, match="cannot be done"):
            act()


def test_both_are_asked_by_page_and_by_program(depot: Depot) -> None:
    one, cast = taken_over(depot), depot.cast
    asked = {
        "deed": "ask-longer",
        "until": "2026-07-01",
        "reason": "the audit",
        "version": str(consignment_record(cast.asker, one).row.version),
    }
    assert signed_in(cast.asker).post(reverse("delivery.do", args=[one]), asked).status_code == 302
    assert (
        "The recipient asks to have it until 1 Jul 2026" in signed_in(cast.donor).get(reverse("delivery.one", args=[one])).content.decode()
    )
    program = program_of("drill", "donor", account_on(cast.donor))
    told = {"quantity": "2", "reason": "another hospital", "version": consignment_record(cast.asker, one).row.version}
    assert program.ask("POST", f"/consignments/{one}/deeds/ask-back", told).status_code == 204
    seen = json.loads(program.ask("GET", f"/consignments/{one}").content)["consignment"]
    assert (seen["asked_back"], seen["asked_until"]) == ("2", "2026-07-01")
