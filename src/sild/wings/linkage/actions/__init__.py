"""Verbs of linkage: link the register's lines, judge a pair, take a judgement back. Nothing is merged or deleted."""

from sild.wings.linkage.actions import overlap_marks  # noqa: F401 - its rule is applied at the end of every act
from sild.wings.linkage.actions.embedding import Embedded, embed_lines, put_vectors
from sild.wings.linkage.actions.filing import file_lines
from sild.wings.linkage.actions.judging import judge, rule_pair, withdraw_and_link, withdraw_judgement
from sild.wings.linkage.actions.linking import Linked, link_register
from sild.wings.linkage.actions.moving import put_links, take_links
from sild.wings.linkage.actions.overlap import OverlapAnswer, answer_overlap, ask_overlap, consent_to_overlap

__all__ = [
    "Embedded",
    "Linked",
    "OverlapAnswer",
    "answer_overlap",
    "ask_overlap",
    "consent_to_overlap",
    "embed_lines",
    "file_lines",
    "judge",
    "link_register",
    "put_links",
    "put_vectors",
    "rule_pair",
    "take_links",
    "withdraw_and_link",
    "withdraw_judgement",
]
