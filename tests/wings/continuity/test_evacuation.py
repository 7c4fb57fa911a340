"""Evacuation plans made from an inventory: what stays and whose move it is, planned anew after a disruption, adopted by a person."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal

import pytest

from sild.cores.evacuation import Disruption
from sild.kernel.refusals import NotThere, Refused
from sild.wings.continuity.actions import (
    DatasetFacts,
    HostFacts,
    PermissionWord,
    adopt_evacuation,
    ask_evacuation,
    ask_evacuation_again,
    end_evacuation_search,
    mend_host,
    record_dataset,
    say_permission,
)
from sild.wings.continuity.jobs.evacuation import work_evacuation_out
from sild.wings.continuity.reads import evacuation_record, list_evacuations
from sild.wings.continuity.rules import Circumstances, EvacuationState, HostState, Permission
from sild.wings.parties.public import desk_day
from tests.api.programs import program_of
from tests.web.signed import account_on
from tests.wings.attribution.test_pages import page, sent
from tests.wings.continuity.conftest import Inventory

TOLD = Circumstances(hours=96, seconds=1)


@pytest.fixture
def ready(inventory: Inventory) -> Inventory:
    """What the inventory lacks to be moved: sizes of the small systems, and a host with room for machines."""
    officer = inventory.officer
    for code in ("ID", "EXCHANGE", "PORTAL"):
        data = record_dataset(officer, inventory.systems[code], DatasetFacts(name=f"Data {code}", size=Decimal(20)))
        say_permission(officer, data, PermissionWord(permission=Permission.NOT_NEEDED), reason="no register")
    room = {"free": Decimal(40), "racks": Decimal(2), "kilowatts": Decimal(9), "link": Decimal(1000)}
    mend_host(officer, inventory.hosts[0], HostFacts(name="Embassy one", country="LU", state=HostState.READY, **room))  # type: ignore[arg-type]  # amounts
    return inventory


def worked(inventory: Inventory, name: str = "First") -> uuid.UUID:
    plan = ask_evacuation(inventory.officer, name, TOLD)
    work_evacuation_out(inventory.officer, plan)
    return plan


def test_a_plan_says_where_each_system_goes_or_whose_move_it_is_that_it_stays(ready: Inventory) -> None:
    plan = worked(ready)
    record = evacuation_record(ready.officer, plan)
    assert record.row.state == EvacuationState.DONE and record.faults == ()
    fates = {one.system: one for one in record.fates}
    assert fates["ID"].goes and fates["ID"].host == "Embassy one" and fates["ID"].way == "line"
    assert fates["LAND"].causes == ("immovable",)
    assert fates["PEOPLE"].causes == ("permission-unknown",) and "Ministry of Justice" in fates["PEOPLE"].reasons
    assert fates["EXCHANGE"].causes == ("needs-stay",) and "PEOPLE" in fates["EXCHANGE"].reasons
    assert record.row.bound is not None and record.row.loss is not None and record.row.bound <= record.row.loss


def test_a_granted_permission_lets_more_go_and_a_refusal_at_an_hour_is_planned_anew(ready: Inventory) -> None:
    officer = ready.officer
    before = worked(ready)
    word = PermissionWord(permission=Permission.GRANTED, of="Ministry of Justice", act="Act 7", on=desk_day(officer))
    say_permission(officer, ready.datasets["Population register"], word, reason="the act came")
    after = worked(ready, "With the act")
    assert {one.system for one in evacuation_record(officer, after).fates if one.goes} == {"ID", "PEOPLE"}
    assert next(iter(list_evacuations(officer))).id == after and evacuation_record(officer, before).row.goes == 1
    begun = next(one.start for one in evacuation_record(officer, after).fates if one.system == "PEOPLE")
    again = ask_evacuation_again(officer, after, Disruption(hour=begun or 0, refused=("PEOPLE",)), reason="taken back")
    work_evacuation_out(officer, again)
    record = evacuation_record(officer, again)
    assert record.changed == ("PEOPLE",) and record.after == after and not next(one for one in record.fates if one.system == "PEOPLE").goes
    with pytest.raises(Refused, match="does not hold"):
        ask_evacuation_again(officer, after, Disruption(hour=3, hosts_gone=("nowhere",)), reason="a slip")


def test_a_plan_is_a_proposal_until_a_person_adopts_it_and_others_never_see_it(ready: Inventory) -> None:
    officer, cast = ready.officer, ready.cast
    waiting = ask_evacuation(officer, "Waiting", TOLD)
    with pytest.raises(Refused):
        adopt_evacuation(officer, waiting, reason="too early")
    with pytest.raises(Refused):
        end_evacuation_search(officer, waiting)
    plan = worked(ready)
    with pytest.raises(Refused, match="Say why"):
        adopt_evacuation(officer, plan, reason=" ")
    adopt_evacuation(officer, plan, reason="the council met")
    row = evacuation_record(officer, plan).row
    assert row.adopted_by == officer.name and row.adopted_why == "the council met"
    for other in (cast.donor, cast.outsider):
        with pytest.raises(NotThere):
            evacuation_record(other, plan)
        assert list_evacuations(other) == []


@pytest.mark.parametrize("wrong", [{"hours": 3}, {"chance_day": 70}, {"people": 1}, {"seconds": 0}, {"chance_end": 101}])
def test_circumstances_that_no_plan_could_rest_on_are_refused(ready: Inventory, wrong: dict[str, int]) -> None:
    with pytest.raises(Refused):
        ask_evacuation(ready.officer, "Wrong", Circumstances(**wrong))


def test_the_pages_and_the_file_tell_the_plan_and_take_what_happened(ready: Inventory) -> None:
    officer = ready.officer
    assert "There is no evacuation plan that you see" in page(officer, "continuity.evacuations")[1]
    answer = sent(officer, "continuity.ask-evacuation", name="<b>Away</b>", hours="96", seconds="1")
    plan = uuid.UUID(answer[1].split("/")[2])
    assert "being worked out" in page(officer, "continuity.evacuation", plan)[1]
    work_evacuation_out(officer, plan)
    text = page(officer, "continuity.evacuation", plan)[1]
    assert "&lt;b&gt;Away" in text and "<svg" in text and "it cannot be moved" in text and "Ministry of Justice" in text
    assert "ID,True,Embassy one,line" in page(officer, "continuity.evacuation-file", plan)[1]
    assert sent(officer, "continuity.ask-evacuation-again", plan, hour="soon", reason="x")[0] == 409
    told = {"hour": "1", "people": "1", "crew": "movers", "lines": "Embassy one", "reason": "cable cut"}
    assert sent(officer, "continuity.ask-evacuation-again", plan, **told)[0] == 302
    assert sent(officer, "continuity.adopt-evacuation", plan, version=2, reason="agreed")[0] == 302
    assert "adopted" in page(officer, "continuity.evacuations")[1]
    program = program_of("drill", "officer", account_on(officer))
    listed = program.ask("get", "/evacuations")
    assert listed.status_code == 200 and len(json.loads(listed.content)["plans"]) == 2
    whole = json.loads(program.ask("get", f"/evacuations/{plan}").content)
    assert {one["system"] for one in whole["fates"]} == {"ID", "PEOPLE", "LAND", "EXCHANGE", "PORTAL"}


def test_a_search_that_breaks_off_leaves_no_plan_waiting(ready: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_told: object, **_more: object) -> None:
        raise ArithmeticError("no ground")

    plan = ask_evacuation(ready.officer, "First", TOLD)
    monkeypatch.setattr("sild.wings.continuity.jobs.evacuation.core.evacuate", broken)
    work_evacuation_out(ready.officer, plan)
    record = evacuation_record(ready.officer, plan)
    assert record.row.state == EvacuationState.BROKE and "ArithmeticError" in record.faults[0] and record.row.loss is None
    assert "broke off" in page(ready.officer, "continuity.evacuation", plan)[1]
    with pytest.raises(Refused):
        adopt_evacuation(ready.officer, plan, reason="there is no other")


def test_programs_ask_plan_anew_and_adopt(ready: Inventory) -> None:
    program = program_of("drill", "officer", account_on(ready.officer))
    made = program.ask("POST", "/evacuations", {"name": "By program", "hours": 96, "seconds": 1})
    plan = uuid.UUID(json.loads(made.content)["id"])
    assert program.ask("POST", "/evacuations", {"name": "Too short", "hours": 3}).status_code == 422
    work_evacuation_out(ready.officer, plan)
    assert program.ask("POST", f"/evacuations/{plan}/end-search").status_code == 409
    told = {"hour": 6, "hosts_gone": ["Embassy one"], "reason": "it burns"}
    again = program.ask("POST", f"/evacuations/{plan}/again", told)
    assert again.status_code in (200, 201), again.content
    version = evacuation_record(ready.officer, plan).row.version
    assert program.ask("POST", f"/evacuations/{plan}/adoption", {"version": version, "reason": "the cabinet"}).status_code == 204
    assert program.ask("POST", f"/evacuations/{plan}/again", {**told, "hour": 2000}).status_code == 409
    assert json.loads(program.ask("GET", f"/evacuations/{plan}").content)["adopted_why"] == "the cabinet"
