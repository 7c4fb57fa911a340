"""Diplomacy in the base world: what officers, a donor and a recipient wrote down of norms, clocks, contacts, positions and treaties."""

from __future__ import annotations

from datetime import date, timedelta

from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.wings.diplomacy.actions import (
    NewContact,
    NewDuty,
    NewImplementation,
    NewPosition,
    NewTreatyStep,
    keep_contact,
    keep_duty,
    keep_position,
    keep_treaty_step,
    log_implementation,
    ping_contact,
)
from sild.wings.diplomacy.rules import Progress, TreatyAct


def negotiate(writers: list[Actor], readers: list[Actor], today: date) -> None:
    """Each writer keeps one of everything; the contact and position of the first are shown to readers."""
    for number, writer in enumerate(writers):
        told = {"what": "for the worlds", "progress": (Progress.PLANNED, Progress.UNDER_WAY)[number % 2]}
        log_implementation(writer, NewImplementation(subject=("norm-h", "osce-cbm-08")[number % 2], **told))
        due = today + timedelta(days=20 * number - 10)
        keep_duty(writer, NewDuty(subject="osce-cbm-08", what="for the worlds", due_on=due, every_months=6, basis="the worlds"))
        contact = keep_contact(writer, NewContact(subject="un-cbm-1", country="LV", office="An office of the worlds", reach="a desk"))
        ping_contact(writer, contact)
        position = keep_position(
            writer, NewPosition(topic="sovereignty", country="UA", stance="rule", said="A rule.", year=today.year, document="A paper")
        )
        keep_treaty_step(writer, NewTreatyStep(treaty="budapest", country="MD", act=TreatyAct.SIGNED, on=today, source="A gazette"))
        if not number:
            shown = [reader.organisation for reader in readers if reader.organisation != writer.organisation]
            for kind, key in (("diplomacy.ContactPoint", contact), ("diplomacy.Position", position)):
                release_to(writer, kind, key, shown, reason="for the worlds")
