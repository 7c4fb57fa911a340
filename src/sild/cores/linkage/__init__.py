"""Linkage: which lines, told by different senders in different languages, speak of one need or of one offer.

`link(problem)` answers with clusters, links and look-alikes, each with reasons whose weights sum to its score; `explain` gives the
reasons of any two lines; `check` verifies an answer without the method; `about` says what a text is about. Nothing is deleted; what
people ruled always wins.
"""

from sild.cores.linkage.answer import Cluster, Conflict, Link, Linkage, LookAlike, Reason
from sild.cores.linkage.check import check
from sild.cores.linkage.method import explain, link
from sild.cores.linkage.method.meaning import text_of
from sild.cores.linkage.method.weights import probability
from sild.cores.linkage.problem import BadProblem, Body, BodyRelation, Judgement, Line, LinkageProblem, Relation
from sild.cores.linkage.subjects import About, about, neighbours
from sild.cores.linkage.sure import sure

__all__ = [
    "About",
    "BadProblem",
    "Body",
    "BodyRelation",
    "Cluster",
    "Conflict",
    "Judgement",
    "Line",
    "Link",
    "Linkage",
    "LinkageProblem",
    "LookAlike",
    "Reason",
    "Relation",
    "about",
    "check",
    "explain",
    "link",
    "neighbours",
    "probability",
    "sure",
    "text_of",
]
