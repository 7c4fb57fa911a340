"""A giver who sees a need and has no offer for it says that they cannot help: the secretariat reads it, other givers never do."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import acting, on_behalf_of
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.agreements.actions import redact_agreements, say_no_help, take_no_help_back
from sild.wings.agreements.models import NoHelp
from sild.wings.agreements.reads.no_help import no_help_of
from sild.wings.agreements.rules import NoHelpWhy
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import Table


def test_the_secretariat_reads_who_cannot_help_and_no_other_giver_does(table: Table) -> None:
    cast = table.cast
    say_no_help(cast.donor, table.need, NoHelpWhy.NO_BUDGET, reason="not before the new year")
    say_no_help(cast.other_donor, table.need)
    told = [(row.who, row.by, row.on, row.why, row.reason) for row in no_help_of(cast.officer, table.need).rows]
    assert sorted(told, key=lambda row: row[0]) == [
        ("Estonia's donor desk", cast.donor.name, date(2026, 2, 10), NoHelpWhy.NO_BUDGET, "not before the new year"),
        ("Latvia's donor desk", cast.other_donor.name, date(2026, 2, 10), None, ""),
    ]
    for donor in (cast.donor, cast.other_donor):
        found = no_help_of(donor, table.need)
        assert [row.by for row in found.rows] == [donor.name] and found.own == found.rows[0]
    for reader in (cast.asker, cast.authority):
        assert no_help_of(reader, table.need).rows == ()


def test_it_is_said_anew_taken_back_and_undone(table: Table) -> None:
    cast = table.cast
    one = say_no_help(cast.donor, table.need, NoHelpWhy.LATER)
    assert say_no_help(cast.donor, table.need, NoHelpWhy.NO_STOCK) == one, "the last word counts"
    undo(cast.donor, last_act(), reason="a slip")
    assert [row.why for row in no_help_of(cast.officer, table.need).rows] == [NoHelpWhy.LATER]
    take_no_help_back(cast.donor, table.need, reason="ten were found")
    assert no_help_of(cast.officer, table.need).rows == ()
    undo(cast.donor, last_act(), reason="they were not ours")
    assert [row.id for row in no_help_of(cast.officer, table.need).rows] == [one]


def test_it_is_said_by_givers_alone_of_what_asks_for_help(table: Table) -> None:
    cast = table.cast
    with pytest.raises(NotThere):
        say_no_help(cast.donor, table.unendorsed)
    with pytest.raises(NotThere):
        say_no_help(cast.seller, table.need)
    with pytest.raises(NotForRole):
        say_no_help(cast.officer, table.need)
    with pytest.raises(NotThere):
        take_no_help_back(cast.donor, table.need)
    with pytest.raises((NotThere, Refused)):
        say_no_help(cast.outsider, table.need)


def test_it_is_as_closed_as_its_need_and_its_words_are_blotted(table: Table) -> None:
    cast = table.cast
    one = say_no_help(cast.donor, table.need, reason="ask Jaan Tamm again in May")
    assert redact_agreements(cast.officer, re.compile("Jaan Tamm"), reason="asked for") == []
    with acting(cast.donor), on_behalf_of(cast.donor.organisation) as rules:
        assert redact_agreements(rules, re.compile("Jaan Tamm"), reason="asked for") == [one]
    assert "Jaan" not in no_help_of(cast.officer, table.need).rows[0].reason
    raise_marking(cast.officer, "register.Need", table.need, Marking.AMBER_STRICT, reason="closed")
    assert no_help_of(cast.officer, table.need).rows == ()
    with acting(cast.donor), on_behalf_of(cast.donor.organisation):
        assert [(row.marking, row.releasable_to) for row in NoHelp.objects.all()] == [(int(Marking.AMBER_STRICT), [])]


def test_it_is_said_and_read_by_page_and_by_program(table: Table) -> None:
    cast = table.cast
    browser, where = signed_in(cast.donor), reverse("agreements.need", args=[table.need])
    assert "We cannot help with this need" in browser.get(where).content.decode()
    assert browser.post(reverse("agreements.no_help", args=[table.need]), {"why": "no-stock", "reason": ""}).status_code == 302
    assert "We can help after all" in browser.get(where).content.decode()
    assert browser.post(reverse("agreements.no_help", args=[table.need]), {"why": "x"}).status_code == 409
    desk = signed_in(cast.officer).get(where).content.decode()
    assert "Who cannot help" in desk and "nothing in stock" in desk
    program = program_of("drill", "other-donor", account_on(cast.other_donor))
    assert json.loads(program.ask("GET", f"/needs/{table.need}/no-help").content)["items"] == []
    assert program.ask("PUT", f"/needs/{table.need}/no-help", {"why": "later"}).status_code == 200
    assert program.ask("DELETE", f"/needs/{table.need}/no-help", {}).status_code == 204
