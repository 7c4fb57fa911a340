"""Whose move a permission is: whether a dataset may leave the country, and who has to do something about it next."""

from __future__ import annotations

from enum import StrEnum

from sild.wings.continuity.rules.words import Permission


class PermissionMover(StrEnum):
    """Who moves next: we ask, whoever gives it answers, nobody."""

    OURS = "ours"
    THEIRS = "theirs"
    NOBODY = "nobody"


MOVER_OF: dict[Permission, PermissionMover] = {
    Permission.UNKNOWN: PermissionMover.OURS,
    Permission.NOT_NEEDED: PermissionMover.NOBODY,
    Permission.ASKED: PermissionMover.THEIRS,
    Permission.GRANTED: PermissionMover.NOBODY,
    Permission.REFUSED: PermissionMover.OURS,
}
