"""Deeds: what each act is called in a sentence of the history or the ledger ("The secretariat's officer <accepted a line>")."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

DEEDS: dict[str, str] = {
    "register.keep-lines": noop("kept the lines read from a message"),
    "register.place-lines": noop("put lines together into needs and offers"),
    "register.accept-line": noop("accepted a line"),
    "register.reject-line": noop("rejected a line"),
    "register.reopen-line": noop("took a line back into the drafts"),
    "register.mend-line": noop("mended a line"),
    "register.split-line": noop("split a line"),
    "register.rule-channel": noop("ruled a line civil or military"),
    "register.set-state": noop("moved a need"),
    "register.rule-gate": noop("ruled at a gate"),
    "register.answer-offer": noop("answered an offer"),
    "register.apply-release-rule": noop("released what the rule releases"),
    "register.follow-release-rule": noop("released what the rule releases"),
    "casework.write-note": noop("wrote a note"),
    "casework.assign": noop("said who has it"),
    "casework.set-next-step": noop("set the next step"),
    "linkage.link-register": noop("linked the lines of the register"),
    "linkage.judge": noop("ruled how two lines belong together"),
    "linkage.rule-pair": noop("ruled how two lines belong together"),
    "linkage.withdraw-judgement": noop("took back a ruling on two lines"),
    "linkage.withdraw-and-link": noop("took back a ruling on two lines"),
    "intake.accept-lines": noop("accepted the lines of a message"),
    "intake.reject-line": noop("rejected a line"),
    "intake.keep-message": noop("kept a message"),
    "intake.keep-sighting": noop("noted a message that came again"),
    "intake.keep-text": noop("kept the text of a message"),
    "intake.run-inbox": noop("ran the inbox"),
    "intake.replay-act": noop("replayed an act of the exercise"),
    "intake.note-replay": noop("noted a replayed act"),
    "intake.refresh": noop("linked and planned anew"),
    "planning.import-supplement": noop("took over limits and priorities from a file"),
    "planning.record-limit": noop("recorded a limit of the plan"),
    "planning.make-plan": noop("made a plan"),
    "planning.share-plan": noop("shared a plan"),
    "planning.recall-plan": noop("recalled a plan"),
    "parties.found-mechanism": noop("founded the mechanism"),
    "parties.change-mechanism": noop("changed the mechanism's file"),
    "parties.import": noop("took over parties from a file"),
    "parties.keep-for-review": noop("kept a party for review"),
    "kernel.undo": noop("took an act back"),
}
"""Action name -> what it did; also the message ids of the translations."""


def deed_of(action: str) -> str:
    """The words for an act in the active language; the action's own name where it has none."""
    return _(DEEDS[action]) if action in DEEDS else action.replace(".", ": ").replace("-", " ")
