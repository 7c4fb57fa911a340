"""Pages of intake: the inbox, a message beside what was read from it, what an officer does with its lines, its original."""

from sild.wings.intake.pages import (
    access,
    acts,
    compartments,
    correspondence,
    erasing,
    files,
    given,
    inbox,
    missed,
    sealed,
    sheets,
    surest,
    upload,
    whole,
)

__all__ = [
    "access",
    "acts",
    "compartments",
    "correspondence",
    "erasing",
    "files",
    "given",
    "inbox",
    "missed",
    "sealed",
    "sheets",
    "surest",
    "upload",
    "whole",
]
