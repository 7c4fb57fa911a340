"""What each act is called in the ledger and beside its Undo button. A test holds this table against the actions that there are."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

ACTS: dict[str, str] = {
    "intake.keep-message": noop("kept a message with what was read from it"),
    "intake.keep-sighting": noop("noted that a message came again"),
    "intake.note-replay": noop("noted that a recorded decision was replayed"),
    "intake.replay-act": noop("replayed a recorded decision of the exercise"),
    "intake.run-inbox": noop("read a folder of messages"),
    "kernel.undo": noop("took an act back"),
    "linkage.judge": noop("judged how two lines stand to each other"),
    "linkage.link-register": noop("linked the lines of the register"),
    "linkage.withdraw-judgement": noop("took a judgement on two lines back"),
    "parties.change-mechanism": noop("took in a changed mechanism file"),
    "parties.found-mechanism": noop("founded the mechanism"),
    "parties.import": noop("took in a parties file"),
    "parties.keep-for-review": noop("kept unknown bodies for review"),
    "planning.import-supplement": noop("took in limits and assessments"),
    "planning.make-plan": noop("made a plan"),
    "planning.recall-plan": noop("recalled a shared plan"),
    "planning.record-limit": noop("stated a limit"),
    "planning.share-plan": noop("shared a plan"),
    "register.accept-line": noop("accepted a line"),
    "register.keep-lines": noop("kept the lines of a message"),
    "register.place-lines": noop("placed lines in needs and offers"),
    "register.reject-line": noop("rejected a line"),
    "register.rule-channel": noop("ruled a line civil or military"),
    "casework.write-note": noop("wrote a note"),
    "casework.assign": noop("said who has it"),
    "casework.set-next-step": noop("set the next step"),
    "register.answer-offer": noop("answered an offer"),
    "register.mend-line": noop("mended a line"),
    "register.split-line": noop("split a line"),
    "register.reopen-line": noop("made a rejected line a draft again"),
    "register.set-state": noop("moved a need"),
    "register.rule-gate": noop("ruled at a gate"),
}
"""Action name to words that follow the name of who did it."""


def act_in_words(action: str) -> str:
    """The act in the reader's language; an act of a part of the desk that is gone keeps its name."""
    return _(ACTS[action]) if action in ACTS else action
