"""Questions to linkage: what is linked and why, what looks alike, what a ruling would do."""

from sild.wings.linkage.reads.ahead import Ahead, ask_ahead, asked_ahead
from sild.wings.linkage.reads.kept import LinkView, links
from sild.wings.linkage.reads.overlap import AskPage, ConsentView, QuestionView, ask_page, consent_of, overlap_questions
from sild.wings.linkage.reads.pairs import Effect, NearLine, PairView, Ruling, Side, near_lines, pair, sides, version_of
from sild.wings.linkage.reads.problem import identity_of, line_id, problem_of, standing_lines
from sild.wings.linkage.reads.queue import Proposed, Queue, candidates, line_side, lines_of_group, links_within, queue
from sild.wings.linkage.reads.repeats import Repeat, likely_repeats
from sild.wings.linkage.reads.vectors import KeptVector, ModelState, kept_vectors, model_state
from sild.wings.linkage.reads.wording import apart_in_words, reason_in_words

__all__ = [
    "Ahead",
    "AskPage",
    "ConsentView",
    "Effect",
    "KeptVector",
    "LinkView",
    "ModelState",
    "NearLine",
    "PairView",
    "Proposed",
    "QuestionView",
    "Queue",
    "Repeat",
    "Ruling",
    "Side",
    "apart_in_words",
    "ask_ahead",
    "ask_page",
    "asked_ahead",
    "candidates",
    "consent_of",
    "identity_of",
    "kept_vectors",
    "likely_repeats",
    "line_id",
    "line_side",
    "lines_of_group",
    "links",
    "links_within",
    "model_state",
    "near_lines",
    "overlap_questions",
    "pair",
    "problem_of",
    "queue",
    "reason_in_words",
    "sides",
    "standing_lines",
    "version_of",
]
