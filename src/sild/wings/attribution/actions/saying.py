"""What was said to the public leaves the room of its case: as one line among what was said in public, by a person's word."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, acting
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.attribution.actions.statement import say_statement
from sild.wings.attribution.models import Statement
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.diplomacy.public import own_country
from sild.wings.parties.public import desk_day
from sild.wings.signals.public import Precision, StatementFacts, StatementKind, record_statement


class StatementSaying:
    """Writes down that a statement was said, and with `public` keeps it among what was said in public; both or neither.

    That record lies outside the compartment and tells what everybody could hear: title, speaker, day, country spoken of, languages, place.
    It names no case.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def run(self, statement_id: UUID, number: int, *, where: str = "", public: bool = False, reason: str) -> UUID | None:
        """Do it; returns the id of the public record, None where none was wanted. Raises NotThere, Stale, Refused."""
        with acting(self._actor):
            one: Statement = Statement.found(statement_id)
            if public and one.audience != EvidenceAudience.PUBLIC:
                raise Refused(_("It was not for the public: it is not kept among what was said in public."))
            say_statement(self._actor, statement_id, number, where=where, reason=reason)
            if not public:
                return None
            return record_statement(self._actor, self._facts(one, where), marking=Marking.CLEAR)

    def _facts(self, one: Statement, where: str) -> StatementFacts:
        return StatementFacts(
            title=one.title,
            who=one.speaker or self._actor.name,
            kind=StatementKind.ATTRIBUTION,
            country=own_country(self._actor),
            on=desk_day(self._actor),
            precision=Precision.DAY,
            countries=(one.country,) if one.country else (),
            languages=tuple(one.languages),
            address=where.strip(),
        )
