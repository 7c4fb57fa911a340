"""People say what weighs in a need, or set a priority over the arithmetic: who, when and why are kept, undo takes it back, plans use it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.grants import recall_release
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.wings.planning.models import NeedAssessment, PriorityOverride
from sild.wings.planning.public import assess_need, import_supplement, make_plan, override_priority, plan_sheet
from sild.wings.planning.reads.priorities import NeedPriority, need_priority
from sild.wings.planning.rules import AssessmentEntry, SupplementFile
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import MINISTRY, Table, table

__all__ = ["table"]

TODAY = date(2026, 2, 10)


def told(table: Table) -> NeedPriority:
    return need_priority(table.cast.officer, table.need)


def printed(table: Table) -> dict[str, Any]:
    made = make_plan(table.cast.run, TODAY)
    assert made.findings == ()
    sheet = plan_sheet(table.cast.officer)
    assert sheet is not None
    [row] = [row for row in sheet.rows if row.need == table.need]
    assert row.priority is not None
    return row.priority | {"weight": row.weight, "sentence": made.answer["priorities"][str(table.need)]}


def test_a_persons_word_on_a_need_counts_before_what_is_said_of_its_body(table: Table) -> None:
    entry = AssessmentEntry(subject=MINISTRY, criterion="severity", value=Decimal("0.2"), source="a note", as_of=date(2026, 1, 5))
    import_supplement(table.cast.run, SupplementFile(assessments=[entry]))
    assert told(table).priority.value == Decimal("2.00")
    before = printed(table)
    assess_need(table.cast.technical, table.need, "severity", Decimal("0.9"), source="the gate's visit", reason="they are blind without")
    now = told(table)
    assert (now.priority.value, now.priority.low, now.priority.high) == (Decimal("9.00"), Decimal("4.50"), Decimal("9.50"))
    [said] = now.said
    assert (said.by, said.on, said.reason, said.stands) == (table.cast.technical.name, TODAY, "they are blind without", True)
    after = printed(table)
    assert after["weight"] > before["weight"], "the plan weighs the need by it"
    assert "the gate's visit" in after["terms"][0][3]


def test_the_last_word_counts_and_undo_brings_the_one_before_back(table: Table) -> None:
    cast = table.cast
    assess_need(cast.officer, table.need, "severity", Decimal("0.9"), source="a letter", reason="grave")
    assess_need(cast.officer, table.need, "severity", Decimal("0.3"), source="a call", reason="eased")
    act = last_act()
    assert [(one.value, one.stands) for one in told(table).said] == [(Decimal("0.300"), True), (Decimal("0.900"), False)]
    assert told(table).priority.value == Decimal("3.00")
    assert act is not None
    undo(cast.officer, act, reason="misheard")
    assert told(table).priority.value == Decimal("9.00")


def test_an_override_counts_and_is_printed_beside_the_arithmetic(table: Table) -> None:
    cast = table.cast
    assess_need(cast.officer, table.need, "severity", Decimal("0.4"), source="a letter", reason="as they wrote")
    arithmetic = printed(table)
    override_priority(cast.officer, table.need, Decimal("9.5"), reason="the minister's word")
    act, over = last_act(), printed(table)
    assert (over["value"], over["stands"]) == ("4.00", "9.50")
    assert over["overridden"]["by"] == cast.officer.name and over["overridden"]["reason"] == "the minister's word"
    assert over["weight"] == pytest.approx(arithmetic["weight"] * 9.5 / 4)
    assert "4.00 of 10 = 10 x (" in over["sentence"] and f"set to 9.50 of 10 by {cast.officer.name}" in over["sentence"]
    assert act is not None
    undo(cast.officer, act, reason="too early")
    assert told(table).priority.overridden is None
    assert printed(table)["weight"] == arithmetic["weight"]
    override_priority(cast.officer, table.need, Decimal(0), reason="it can wait for ever")
    assert told(table).priority.stands == 0, "nought is a word too"
    override_priority(cast.officer, table.need, None, reason="the arithmetic is right after all")
    assert told(table).priority.stands == Decimal("4.00")
    with pytest.raises(Refused, match="arithmetic counts already"):
        override_priority(cast.officer, table.need, None, reason="again")


def test_an_override_to_what_the_arithmetic_says_is_told_by_the_next_plan_too(table: Table) -> None:
    cast = table.cast
    assess_need(cast.officer, table.need, "severity", Decimal("0.4"), source="a letter", reason="as they wrote")
    assert printed(table)["overridden"] is None
    override_priority(cast.officer, table.need, Decimal(4), reason="so it shall stay, whatever comes")
    assert printed(table)["overridden"]["reason"] == "so it shall stay, whatever comes"


def test_who_is_kept_from_a_need_reads_no_more_what_weighs_in_it_whoever_said_it(table: Table) -> None:
    cast = table.cast
    assess_need(cast.technical, table.need, "severity", Decimal("0.9"), source="the gate's visit", reason="they are blind without")
    assess_need(cast.officer, table.need, "severity", Decimal("0.8"), source="a letter", reason="grave")
    override_priority(cast.officer, table.need, Decimal(9), reason="the minister's word")

    def read(actor: Actor) -> tuple[int, int]:
        with acting(actor):
            return NeedAssessment.objects.count(), PriorityOverride.objects.count()

    assert read(cast.asker) == read(cast.technical) == read(cast.officer) == (2, 1)
    recall_release(cast.officer, "register.Need", table.need, [cast.asker.organisation], reason="it concerns their house")
    assert read(cast.asker) == (0, 0)
    assert read(cast.technical) == read(cast.officer) == (2, 1), "whoever sees the need reads on"
    recall_release(cast.officer, "register.Need", table.need, [cast.technical.organisation], reason="nor theirs")
    assert read(cast.technical) == (1, 0), "their own word stays theirs"
    assert read(cast.officer) == (2, 1)


def test_each_speaks_of_what_is_theirs_to_speak_of(table: Table) -> None:
    cast = table.cast
    assert need_priority(cast.authority, table.need).criteria == (), "this mechanism weighs nothing that a recipient speaks of"
    with pytest.raises(Refused, match="severity"):
        assess_need(cast.authority, table.need, "severity", Decimal(1), source="we", reason="ours")
    for other in (cast.donor, cast.run):
        with pytest.raises(NotForRole):
            assess_need(other, table.need, "severity", Decimal(1), source="we", reason="ours")
    with pytest.raises(NotForRole):
        override_priority(cast.technical, table.need, Decimal(1), reason="ours")
    with pytest.raises(NotThere):
        assess_need(cast.outsider, table.need, "severity", Decimal(1), source="we", reason="ours")
    for value, source, reason in ((Decimal("1.1"), "a", "b"), (Decimal("NaN"), "a", "b"), (Decimal(1), " ", "b"), (Decimal(1), "a", " ")):
        with pytest.raises(Refused):
            assess_need(cast.officer, table.need, "severity", value, source=source, reason=reason)
    with pytest.raises(Refused, match="0 to 10"):
        override_priority(cast.officer, table.need, Decimal(11), reason="more than all")


def test_the_page_says_it_and_takes_it_and_the_api_tells_it(table: Table) -> None:
    client = signed_in(table.cast.officer)
    page = reverse("planning.priority", args=[table.need])
    assert page in client.get(reverse("register.need", args=[table.need])).content.decode()
    assert "Nobody has said anything of it yet" in client.get(page).content.decode()
    said = {"criterion": "severity", "value": "0,5", "source": "a letter <b>", "reason": "as they wrote"}
    assert client.post(reverse("planning.assess", args=[table.need]), said).status_code == 302
    assert client.post(reverse("planning.override", args=[table.need]), {"value": "7,25", "reason": "the group agreed"}).status_code == 302
    text = client.get(page).content.decode()
    assert "It counts as 7.25 of 10" in text and "the arithmetic gives 5" in text and "a letter &lt;b&gt;" in text
    assert "the group agreed" in text and "Let the arithmetic count again" in text
    make_plan(table.cast.run, TODAY)
    assert "Set to 7.25 by" in client.get(reverse("planning.plan")).content.decode()
    assert client.post(reverse("planning.assess", args=[table.need]), said | {"value": "7"}).status_code == 409
    program = program_of("drill", "officer", account_on(table.cast.officer))

    def asked(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    found = asked("GET", f"/needs/{table.need}/priority")
    assert (found["priority"]["value"], found["priority"]["overridden"]["value"]) == ("5", "7.25")
    assert found["said"][0]["reason"] == "the group agreed"
    asked("POST", f"/needs/{table.need}/priority", {"value": None, "reason": "as it was"})
    asked("POST", f"/needs/{table.need}/assessments", said | {"value": "0.75"})
    assert asked("GET", f"/needs/{table.need}/priority")["priority"]["value"] == "7.5"
    [planned] = [one for one in asked("GET", "/plan/needs")["items"] if one["need"] == str(table.need)]
    assert planned["priority"]["overridden"]["by"] == table.cast.officer.name
