"""A seat sees nothing above the lower one of its organisation's and its roles' ceilings, and the file can move both."""

from __future__ import annotations

import pytest

from sild.kernel.identity import actor_named
from sild.values.marking import Marking
from sild.wings.parties.public import change_mechanism, mechanism_file, member_ceiling
from sild.wings.parties.rules import MemberEntry, OrganisationEntry
from tests.cast import MECHANISM, Cast


@pytest.mark.parametrize(
    ("member", "ceiling"),
    [
        ("run", Marking.RED),
        ("officer", Marking.RED),
        ("technical", Marking.AMBER_STRICT),
        ("donor", Marking.AMBER),
        ("seller", Marking.AMBER),
    ],
)
def test_a_seat_has_the_ceiling_of_its_office(cast: Cast, member: str, ceiling: Marking) -> None:
    assert actor_named("drill", member).ceiling == ceiling


def test_the_file_moves_the_ceiling_of_an_organisation_and_of_its_seats(cast: Cast) -> None:
    organisations = [
        entry.model_copy(update={"ceiling": "GREEN"}) if entry.slug == "estonia" else entry for entry in MECHANISM.organisations
    ]
    assert change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations}))
    assert actor_named("drill", "donor").ceiling == Marking.GREEN
    assert change_mechanism(cast.officer, MECHANISM)
    assert actor_named("drill", "donor").ceiling == Marking.AMBER


def test_a_seat_that_the_file_names_no_more_follows_its_organisations_ceiling(cast: Cast) -> None:
    organisations = [
        entry.model_copy(update={"ceiling": "CLEAR"}) if entry.slug == "estonia" else entry for entry in MECHANISM.organisations
    ]
    members = [entry for entry in MECHANISM.members if entry.slug != "donor"]
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations, "members": members}))
    assert actor_named("drill", "donor").ceiling == Marking.CLEAR


def test_a_role_is_bound_where_the_file_says_so_and_of_several_roles_the_one_that_sees_most_counts() -> None:
    spec = MECHANISM.model_copy(update={"ceilings": {"auditor": "GREEN", "officer": "AMBER"}})
    assert member_ceiling(spec, "desk", ["auditor"]) == Marking.GREEN
    assert member_ceiling(spec, "desk", ["auditor", "officer"]) == Marking.AMBER
    assert member_ceiling(spec, "desk", ["auditor", "technical-gate"]) == Marking.RED
    assert member_ceiling(spec, "talpa", ["technical-gate"]) == Marking.AMBER
    assert member_ceiling(spec, "nobody", ["officer"]) == Marking.CLEAR


def test_an_observer_below_every_record_still_knows_its_mechanism(cast: Cast) -> None:
    organisations = [*MECHANISM.organisations, OrganisationEntry(slug="onlookers", name="Observers", office="observer", ceiling="CLEAR")]
    member = MemberEntry(slug="watcher", name="Observer", organisation="onlookers", roles=["auditor"])
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations, "members": [*MECHANISM.members, member]}))
    assert mechanism_file(actor_named("drill", "watcher")).mechanism == "drill"
