"""The front door of linkage."""

from sild.wings.linkage.actions import Linked, judge, link_register, put_links, rule_pair, take_links, withdraw_and_link, withdraw_judgement
from sild.wings.linkage.reads import LinkView, NearLine, Queue, Repeat, likely_repeats, links, near_lines, queue
from sild.wings.linkage.rules import LOOK_ALIKE

__all__ = [
    "LOOK_ALIKE",
    "LinkView",
    "Linked",
    "NearLine",
    "Queue",
    "Repeat",
    "judge",
    "likely_repeats",
    "link_register",
    "links",
    "near_lines",
    "put_links",
    "queue",
    "rule_pair",
    "take_links",
    "withdraw_and_link",
    "withdraw_judgement",
]
