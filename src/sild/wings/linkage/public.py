"""The front door of linkage."""

from sild.wings.linkage.actions import Linked, judge, link_register, rule_pair, withdraw_and_link, withdraw_judgement
from sild.wings.linkage.reads import LinkView, NearLine, links, near_lines
from sild.wings.linkage.rules import LOOK_ALIKE

__all__ = [
    "LOOK_ALIKE",
    "LinkView",
    "Linked",
    "NearLine",
    "judge",
    "link_register",
    "links",
    "near_lines",
    "rule_pair",
    "withdraw_and_link",
    "withdraw_judgement",
]
