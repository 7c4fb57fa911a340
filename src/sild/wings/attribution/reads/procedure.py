"""The procedure of the reader's mechanism: its file's own, else the usual one."""

from __future__ import annotations

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.attribution.rules import Procedure, procedure_of, usual_procedure
from sild.wings.parties.public import mechanism_file


@read
def procedure(actor: Actor) -> Procedure:
    """Stages, bodies, and what each owes by when."""
    spec = mechanism_file(actor)
    if spec.attribution is None:
        return usual_procedure()
    return procedure_of(spec.attribution.model_dump(), own=True, source=spec.source, as_of=spec.as_of.isoformat())
