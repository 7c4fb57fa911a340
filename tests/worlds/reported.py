"""Situation reports in the base world: issued ones for each kind of audience, one that was recalled, and a draft."""

from __future__ import annotations

from sild.kernel.grants import release_to
from sild.kernel.identity import actor_named
from sild.wings.disclosure.public import AudienceKind, issue_report, make_report, recall_report


def report_on(slug: str) -> None:
    """Reports for the secretariat and for two donors, the first of these recalled and made again."""
    officer, donor, other = (actor_named(slug, name) for name in ("officer", "donor-estonia", "donor-canada"))
    for number, (kind, organisation) in enumerate(
        [(AudienceKind.ORGANISATION, donor.organisation), (AudienceKind.ORGANISATION, donor.organisation), (AudienceKind.OWN, None)]
    ):
        report = make_report(officer, kind, organisation)
        issue_report(officer, report, reason="for the worlds")
        if number == 0:
            recall_report(officer, report, reason="for the worlds")
        if number == 1:
            release_to(officer, "disclosure.Report", report, [other.organisation], reason="for the worlds")
    make_report(officer, AudienceKind.ORGANISATION, other.organisation)
