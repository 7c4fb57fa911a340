"""The front door of linkage."""

from sild.wings.linkage.actions import Linked, judge, link_register, withdraw_judgement
from sild.wings.linkage.reads import LinkView, links
from sild.wings.linkage.rules import LOOK_ALIKE

__all__ = ["LOOK_ALIKE", "LinkView", "Linked", "judge", "link_register", "links", "withdraw_judgement"]
