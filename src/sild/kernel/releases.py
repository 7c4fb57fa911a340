"""Declared releases: what passes from records to people who may not see them, to whom, at what rate, and why. This list is all there is.

A difference between two worlds that are equal for somebody is a leak, unless it stands here. Nothing is declared that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """`what` passes `to` whom, at most at `rate`, because `why`; `where` names the code that lets it pass."""

    name: str
    what: str
    to: str
    rate: str
    why: str
    where: str


RELEASES: tuple[Release, ...] = (
    Release(
        name="seats-that-see",
        what="how many seats of an organisation may see a record at its marking; no name, no role",
        to="whoever may see the record, or proposes its access as its owner",
        rate="one number at each look at a record's page about who sees it",
        why="'visible to' before a save says how far a release reaches; who sits where stays the secretariat's",
        where="kernel/access.py, audience",
    ),
    Release(
        name="who-belongs",
        what="the file of the mechanism: its organisations, offices, gates, weights and seats by function",
        to="every member of the mechanism, whatever their ceiling",
        rate="whole, at every change of the file",
        why="nobody decides whom to release to, or whom to ask, without knowing who is there",
        where="wings/parties/actions/mechanism.py, the marking CLEAR of Mechanism and Organisation",
    ),
    Release(
        name="an-endorsement",
        what="that a civil need was endorsed, or is not any more: it appears to donors or goes",
        to="every donor organisation of the mechanism",
        rate="once at each ruling of the last gate, or change of the need",
        why="what is asked in a country's name is there to be answered; the gates' reasons stay behind",
        where="wings/register/actions/release.py, need_readers",
    ),
    Release(
        name="what-a-plan-covers",
        what="how much of a need a shared plan reaches, and in which months; reckoned from offers that the reader may not see",
        to="whoever may see the need",
        rate="once for each plan that an officer shares, with a reason; it can be recalled",
        why="who asked has to know what is coming, also where the giver stays unnamed",
        where="wings/planning/actions/sharing.py, share_plan",
    ),
    Release(
        name="a-possible-overlap",
        what="whether a line that the asker may not see (of another giver, in a compartment that agreed, or of another mechanism"
        " of the home where both files name each other) meets theirs in family of categories, house, about quantity and months: one bit;"
        " never of RED lines, nor under an embargo",
        to="officers and donors who ask about a record that they see, and the secretariat where it sees that record too",
        rate="once a day for a record; a day at most 20 for a person and 60 for an organisation, fewer where the mechanism's file says so,"
        " none where it does not say `overlap`",
        why="two who ask for the same, or give it, with a wall between them would otherwise not meet before it is delivered twice",
        where="wings/linkage/actions/overlap.py, ask_overlap",
    ),
    Release(
        name="acts-to-auditors",
        what="who did what and when, with the reason, up to the auditor's ceiling and outside compartments; not what was written",
        to="auditors of the mechanism",
        rate="every act, as it is done",
        why="somebody outside an organisation can see that it keeps the rules",
        where="kernel/migrations/0003_access.py, own_read of kernel_act",
    ),
    Release(
        name="the-count-of-acts",
        what="how many acts the home's ledger holds, by its index and its checkpoints; salted commitments, no words",
        to="officers and auditors, who ask for a checkpoint, and whoever is given one or the book",
        rate="one number at each checkpoint",
        why="a log that hides its length can be split or cut unnoticed",
        where="kernel/ledger/book.py",
    ),
    Release(
        name="the-load-of-the-machine",
        what="how long an answer takes: a desk that is busy for others answers later",
        to="everybody who uses the desk",
        rate="a few bits at each request, drowned by noise",
        why="one machine serves all organisations; what must not be guessed by its clock belongs on a machine of its own",
        where="cli/serve.py",
    ),
)
