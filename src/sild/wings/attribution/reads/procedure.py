"""The procedure of the reader's mechanism: its file's own, else the usual one."""

from __future__ import annotations

from django.utils.translation import get_language

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.attribution.rules import Procedure, procedure_of, usual_procedure
from sild.wings.parties.public import mechanism_file


@read
def procedure(actor: Actor) -> Procedure:
    """Stages, bodies, and what each owes by when; the usual one in the reader's language."""
    return _own(actor) or usual_procedure((get_language() or "en")[:2])


@read
def procedure_to_keep(actor: Actor) -> Procedure:
    """The same in the words in which a case keeps it, whoever opens it."""
    return _own(actor) or usual_procedure()


def said_of(told: Procedure, agency: str, stage: str, what: str) -> str:
    """What a body owes, in the words of a procedure, where a case kept it in those of the usual one."""
    kept = {(one.agency, one.stage, one.what): place for place, one in enumerate(usual_procedure().inputs)}
    place = kept.get((agency, stage, what))
    return what if place is None or told.own else told.inputs[place].what


def _own(actor: Actor) -> Procedure | None:
    spec = mechanism_file(actor)
    if spec.attribution is None:
        return None
    return procedure_of(spec.attribution.model_dump(), own=True, source=spec.source, as_of=spec.as_of.isoformat())
