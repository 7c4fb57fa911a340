"""Conditions on lines as data: what sets them, and what may be said of one."""

from __future__ import annotations

from enum import StrEnum


class ConditionSource(StrEnum):
    """What set a condition."""

    LICENCE = "licence"
    OBJECTION = "objection"
    DONATION = "donation"


class ConditionStand(StrEnum):
    """What was said of a condition: it is kept already, or somebody carries it on and sees to it that it will be."""

    MET = "met"
    CARRIED = "carried"
