"""Verbs of delivery."""

from sild.wings.delivery.actions.answering import (
    Receipt,
    dispute_pieces,
    receive_consignment,
    reply_to_dispute,
    return_pieces,
    settle_dispute,
)
from sild.wings.delivery.actions.asking import ask_back, ask_longer, keep_pieces, refuse_longer
from sild.wings.delivery.actions.by_name import DOING, Told
from sild.wings.delivery.actions.doing import GIVING, RECEIVING
from sild.wings.delivery.actions.erasing import redact_consignments
from sild.wings.delivery.actions.following import follow_agreements
from sild.wings.delivery.actions.going import (
    arrive_consignment,
    call_off_consignment,
    count_use,
    depart_consignment,
    extend_consignment,
    hand_over_consignment,
    lose_pieces,
    plan_route,
)
from sild.wings.delivery.actions.letting_out import let_on
from sild.wings.delivery.actions.moving import move_consignments
from sild.wings.delivery.actions.preparing import Packing, keep_consignment, prepare_consignment

__all__ = [
    "DOING",
    "GIVING",
    "RECEIVING",
    "Packing",
    "Receipt",
    "Told",
    "arrive_consignment",
    "ask_back",
    "ask_longer",
    "call_off_consignment",
    "count_use",
    "depart_consignment",
    "dispute_pieces",
    "extend_consignment",
    "follow_agreements",
    "hand_over_consignment",
    "keep_consignment",
    "keep_pieces",
    "let_on",
    "lose_pieces",
    "move_consignments",
    "plan_route",
    "prepare_consignment",
    "receive_consignment",
    "redact_consignments",
    "refuse_longer",
    "reply_to_dispute",
    "return_pieces",
    "settle_dispute",
]
