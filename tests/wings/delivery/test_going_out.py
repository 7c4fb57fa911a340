"""Nothing goes out while a licence is missing, denied or over, or an objection blocks it: the refusal says which, and whose move it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.actor import Actor, acting
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotThere, Refused
from sild.wings.clearance.public import (
    CaseState,
    ConditionSource,
    ConditionStand,
    Ground,
    Move,
    Raised,
    Severity,
    move_case,
    open_case,
    raise_objection,
    tell_condition,
)
from sild.wings.delivery.actions import Packing, arrive_consignment, depart_consignment, hand_over_consignment, prepare_consignment
from sild.wings.delivery.actions import receive_consignment as receive
from sild.wings.delivery.reads import consignment_record, consignments_of_agreement
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.planning.public import Check, light_of_agreement
from sild.wings.register.public import Line
from tests.cast import MECHANISM
from tests.web.signed import signed_in
from tests.wings.agreements.conftest import table  # noqa: F401 - the fixture that depot stands on
from tests.wings.delivery.conftest import Depot

S = CaseState
TWO = Packing(quantity=Decimal(2))
GRANTED = ((S.CANDIDATE, 1), (S.LICENCE_REQUIRED, 2), (S.APPLIED, 3), (S.GRANTED, 8))


@dataclass(frozen=True, slots=True)
class Controlled:
    """The depot, the liaison, and the line of what is given."""

    depot: Depot
    liaison: Actor
    line: UUID

    def case(self, *way: tuple[CaseState, int], expires: date | None = None) -> UUID:
        """A case in Estonia that went a way on days of February."""
        one = open_case(self.depot.cast.officer, self.line, "EE", "Strategic Goods Commission", on=date(2026, 2, 1), reason="offered")
        for state, day in way:
            self.move(one, state, day, expires)
        return one

    def move(self, case: UUID, state: CaseState, day: int, expires: date | None = None) -> None:
        move = Move(state=state, on=date(2026, 2, day), expires_on=expires if state == S.GRANTED else None)
        move_case(self.liaison, case, move, reason="their letter")


@pytest.fixture
def controlled(depot: Depot) -> Controlled:
    """A back office beside the depot, and the line that Estonia's gateways were told in."""
    told = MECHANISM.model_dump(mode="json")
    told["organisations"].append({"slug": "transit", "name": "The back office", "office": "back-office"})
    told["members"].append({"slug": "liaison", "name": "Licence liaison", "organisation": "transit", "roles": ["licence-liaison"]})
    change_mechanism(depot.cast.run, MechanismFile.model_validate(told))
    with acting(depot.cast.officer):
        [line] = Line.objects.filter(provider="Estonia").values_list("id", flat=True)
    return Controlled(depot, actor_named("drill", "liaison"), line)


def test_what_has_its_licence_goes_out_and_what_needs_none_does(controlled: Controlled) -> None:
    controlled.case(*GRANTED, expires=date(2027, 2, 1))
    one = prepare_consignment(controlled.depot.cast.donor, controlled.depot.agreement, TWO)
    depart_consignment(controlled.depot.cast.donor, one)
    assert consignment_record(controlled.depot.cast.donor, one).contradictions == ()


@pytest.mark.parametrize(
    ("way", "expires", "words"),
    [
        (GRANTED[:3], None, r"licence is not granted \(EE · Strategic Goods Commission\).*the authority's"),
        (GRANTED[:2], None, "licence is not granted.*the giver's"),
        ((*GRANTED[:3], (S.DENIED, 8)), None, r"licence was denied \(EE"),
        (GRANTED, date(2026, 2, 9), r"ran out on 9 Feb 2026 \(EE.*licence liaison's"),
    ],
)
def test_nobody_prepares_what_needs_a_licence_and_has_none(
    controlled: Controlled, way: tuple[tuple[CaseState, int], ...], expires: date | None, words: str
) -> None:
    controlled.case(*way, expires=expires)
    cast, agreement = controlled.depot.cast, controlled.depot.agreement
    for actor in (cast.donor, cast.officer):
        with pytest.raises(Refused, match="branch gateways of the 60 series.*" + words):
            prepare_consignment(actor, agreement, TWO, reason="they said it is ready")
    assert len(consignments_of_agreement(cast.donor, agreement).stopped) == 1


def test_an_officer_goes_on_where_it_is_not_known_and_nobody_else_does(controlled: Controlled) -> None:
    case = controlled.case((S.CANDIDATE, 1))
    cast, agreement = controlled.depot.cast, controlled.depot.agreement
    with pytest.raises(Refused, match=r"nobody knows yet.*licence liaison's"):
        prepare_consignment(cast.donor, agreement, TWO, reason="it is ready")
    one = prepare_consignment(cast.officer, agreement, TWO, reason="the ministry of economy told us by telephone to go on")
    assert consignment_record(cast.officer, one).contradictions == ()
    controlled.move(case, S.LICENCE_REQUIRED, 9)
    for actor in (cast.donor, cast.officer):
        with pytest.raises(Refused, match="licence is not granted"):
            depart_consignment(actor, one, reason="the lorry waits")
        with pytest.raises(Refused, match="licence is not granted"):
            hand_over_consignment(actor, one, reason="they stood there")
    assert consignment_record(cast.officer, one).contradictions == ("stopped",)


def test_what_went_out_before_it_was_known_is_named_and_its_arrival_is_written_down(controlled: Controlled) -> None:
    cast, agreement = controlled.depot.cast, controlled.depot.agreement
    one = prepare_consignment(cast.donor, agreement, TWO)
    depart_consignment(cast.donor, one)
    controlled.case(*GRANTED[:3], (S.DENIED, 9))
    arrive_consignment(cast.donor, one)
    receive(cast.asker, one)
    seen = consignment_record(cast.officer, one)
    assert seen.contradictions == ("went-without",) and "licence was denied" in seen.stopped[0]
    assert consignment_record(cast.asker, one).stopped == (), "who does not see the case is not told of it"


def test_an_objection_that_blocks_holds_the_goods_back_too(controlled: Controlled) -> None:
    cast = controlled.depot.cast
    raise_objection(
        cast.officer,
        controlled.line,
        Raised(ground=Ground.OTHER, severity=Severity.BLOCKING, raised_by="Latvia", asks="leave it"),
        reason="their mail",
    )
    with pytest.raises(Refused, match="Latvia objects"):
        prepare_consignment(cast.donor, controlled.depot.agreement, TWO)


def test_every_condition_is_told_met_or_carried_on_before_anything_goes_out(controlled: Controlled) -> None:
    cast, agreement = controlled.depot.cast, controlled.depot.agreement
    case = controlled.case(*GRANTED[:3])
    conditions = ["civil use", "a yearly report"]
    granted = Move(state=S.GRANTED, on=date(2026, 2, 8), expires_on=date(2027, 2, 1), conditions=conditions)
    move_case(controlled.liaison, case, granted, reason="their letter")
    with pytest.raises(Refused, match="Conditions stand on it of which nobody said"):
        prepare_consignment(cast.donor, agreement, TWO)
    tell_condition(cast.donor, ConditionSource.LICENCE, case, 0, ConditionStand.MET, reason="the contract says so")
    light = light_of_agreement(cast.officer, agreement)
    assert light is not None
    [told] = [one for one in light.light.conditions if one.check == Check.CONDITIONS]
    assert (told.code, told.figures) == ("conditions-not-told", (Decimal(2), Decimal(1)))
    assert [(one.text, one.stand, one.words) for one in light.keep] == [
        ("civil use", "met", "the contract says so"),
        ("a yearly report", "", ""),
    ]
    with pytest.raises(Refused, match="nobody said"):
        prepare_consignment(cast.donor, agreement, TWO)
    with pytest.raises(Refused, match="does not stand there any more"):
        tell_condition(cast.donor, ConditionSource.LICENCE, case, 2, ConditionStand.MET, reason="x")
    page = signed_in(cast.donor).get(reverse("agreements.one", args=[agreement])).content.decode()
    assert "Conditions: 2, met: 1." in page and "Say whether it is met" in page
    sent = {"number": "1", "stand": "carried", "reason": "the ministry's office reports each January"}
    assert signed_in(controlled.liaison).post(reverse("clearance.tell_licence", args=[case]), sent).status_code == 302
    prepare_consignment(cast.donor, agreement, TWO)
    with pytest.raises(NotThere):
        tell_condition(cast.seller, ConditionSource.LICENCE, case, 0, ConditionStand.MET, reason="x")


def test_the_page_of_what_moves_says_what_stands_in_the_way(controlled: Controlled) -> None:
    controlled.case(*GRANTED[:3])
    browser = signed_in(controlled.depot.cast.donor)
    page = browser.get(reverse("delivery.agreement", args=[controlled.depot.agreement])).content.decode()
    assert "This may not go out now." in page and "The next move is the authority" in page
