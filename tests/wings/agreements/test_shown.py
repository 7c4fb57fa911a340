"""How a contribution is shown to those who neither keep nor give it: as the giver wants it, until the day that the giver named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sild.kernel.grants import release_to
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.wings.agreements.actions import Saying, accept_agreement, commit_agreement, propose_agreement, show_agreement
from sild.wings.agreements.jobs import name_what_is_due
from sild.wings.agreements.public import Proposal, Visibility
from sild.wings.agreements.reads import agreement_record
from sild.wings.delivery.actions import Packing, prepare_consignment
from sild.wings.delivery.reads import consignment_record
from sild.wings.disclosure.reads.material import material_of
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.planning.public import LimitEntry, record_limit
from tests.api.programs import program_of
from tests.cast import MECHANISM
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import Table

FOUR = Decimal(4)
V = Visibility


def stated(table: Table, shown: Visibility) -> None:
    told = {"kind": "visibility", "subject": "Estonia", "visibility": shown, "source": "a note", "as_of": date(2026, 2, 1)}
    record_limit(table.cast.officer, LimitEntry.model_validate(told), reason="as they said")


def test_what_the_giver_stated_is_how_its_contribution_is_shown_and_the_officer_may_say_otherwise(table: Table) -> None:
    cast = table.cast
    stated(table, V.ANONYMOUS)
    as_stated = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=FOUR))
    otherwise = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=FOUR, visibility=V.NAMED))
    untold = propose_agreement(cast.officer, table.need, table.kestrels, Proposal(quantity=FOUR, giver_told=False))
    rows = [agreement_record(cast.officer, one).row for one in (as_stated, otherwise, untold)]
    assert [(row.visibility, row.giver) for row in rows] == [(V.ANONYMOUS, ""), (V.NAMED, "Estonia"), (V.AMOUNT_ONLY, "")]
    assert agreement_record(cast.asker, as_stated).row.offer_id is None, "one offer in two rows would tell of one giver"
    assert agreement_record(cast.asker, as_stated).row.proposed == FOUR, "those who asked read how much is given to them"


def test_whomever_it_was_released_to_a_quiet_contribution_is_its_sides_alone(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=FOUR))
    accept_agreement(cast.asker, one)
    commit_agreement(cast.donor, one, Saying())
    moving = prepare_consignment(cast.donor, one, Packing(quantity=FOUR))
    for label, record in (("agreements.Agreement", one), ("delivery.Consignment", moving)):
        release_to(cast.officer, label, record, [cast.other_donor.organisation], reason="they asked how it goes")
    assert agreement_record(cast.other_donor, one).row.giver == consignment_record(cast.other_donor, moving).row.giver == "Estonia"
    for shown in (V.ANONYMOUS, V.SECRET):
        show_agreement(cast.donor, one, shown)
        for read, record in ((agreement_record, one), (consignment_record, moving)):
            with pytest.raises(NotThere):
                read(cast.other_donor, record)
            assert read(cast.asker, record).row.giver == "", "those who asked are not told who gives"
            assert read(cast.donor, record).row.unit
    show_agreement(cast.donor, one, V.AMOUNT_ONLY)
    assert agreement_record(cast.other_donor, one).row.giver == consignment_record(cast.other_donor, moving).row.giver == ""
    show_agreement(cast.officer, one, V.NAMED, reason="their note of today")
    assert agreement_record(cast.other_donor, one).row.giver == consignment_record(cast.other_donor, moving).row.giver == "Estonia"


def test_it_is_named_on_the_day_that_the_giver_set(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=FOUR))
    with pytest.raises(Refused, match="lies ahead"):
        show_agreement(cast.donor, one, V.SECRET, named_from=date(2026, 2, 10))
    with pytest.raises(Refused, match="not named before"):
        show_agreement(cast.donor, one, V.NAMED, named_from=date(2026, 3, 1))
    show_agreement(cast.donor, one, V.SECRET, named_from=date(2026, 3, 1))
    name_what_is_due(cast.run)
    assert agreement_record(cast.asker, one).row.giver == ""
    told = MECHANISM.model_dump(mode="json") | {"today": "2026-03-01"}
    change_mechanism(cast.run, MechanismFile.model_validate(told))
    name_what_is_due(cast.run)
    row = agreement_record(cast.asker, one).row
    assert (row.giver, row.visibility, row.named_from) == ("Estonia", V.NAMED, None)


def test_only_the_giver_says_it_and_who_writes_it_down_says_where_it_was_said(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=FOUR))
    with pytest.raises(Refused, match="where it was said"):
        show_agreement(cast.officer, one, V.SECRET)
    with pytest.raises(NotForRole):
        show_agreement(cast.asker, one, V.SECRET)
    with pytest.raises(NotThere):
        show_agreement(cast.other_donor, one, V.SECRET)


def test_reports_say_no_more_than_the_giver_wants(table: Table) -> None:
    cast = table.cast
    secret, quiet, named = (
        propose_agreement(cast.officer, table.need, offer, Proposal(quantity=FOUR, visibility=shown))
        for offer, shown in ((table.estonias, V.SECRET), (table.estonias, V.ANONYMOUS), (table.kestrels, V.NAMED))
    )
    for reader in (cast.officer, cast.asker):
        rows = material_of(reader)["agreements"]
        assert str(secret) not in rows
        told = rows[str(quiet)]
        assert (told["title"], told["giver"], told["proposed"], told["category"], told["state"]) == ("", "", None, "", "proposed")
        assert rows[str(named)]["proposed"] == "4" and rows[str(named)]["giver"] == "Kestrel Endpoint Inc."


def test_it_is_said_on_the_page_and_by_programs(table: Table) -> None:
    cast = table.cast
    sent = {"offer": table.estonias, "quantity": "4", "visibility": "anonymous", "named_from": "2026-06-01", "reason": ""}
    officers = signed_in(cast.officer)
    assert 'name="visibility"' in officers.get(reverse("agreements.need", args=[table.need])).content.decode()
    where = officers.post(reverse("agreements.propose", args=[table.need]), sent).headers["Location"]
    text = officers.get(where).content.decode()
    assert "that something is given, no more" in text and "named from" in text
    givers = signed_in(cast.donor)
    assert "Show it so" in givers.get(where).content.decode()
    assert "Show it so" not in signed_in(cast.asker).get(where).content.decode()
    assert givers.post(where + "shown/", {"visibility": "secret", "named_from": "", "version": "1"}).status_code == 302
    slug = next(one.slug for one in MECHANISM.members if one.name == cast.donor.name)
    program = program_of("drill", slug, account_on(cast.donor))
    key = where.rstrip("/").rsplit("/", 1)[-1]
    row = json.loads(program.ask("GET", f"/agreements/{key}", None).content)["agreement"]
    assert (row["visibility"], row["named_from"]) == ("secret", None)
    told = {"visibility": "named", "version": row["version"], "reason": ""}
    assert program.ask("PUT", f"/agreements/{key}/visibility", told).status_code == 204
    assert json.loads(program.ask("GET", f"/agreements/{key}", None).content)["agreement"]["giver"] == "Estonia"
