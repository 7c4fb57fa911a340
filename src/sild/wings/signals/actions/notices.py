"""Verbs on notices before something is said: give one to those who watch, say that it was read, recall it. The desk sends no mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.grants import MOST_RELEASED
from sild.kernel.identity import Organisation
from sild.kernel.refusals import Refused
from sild.kernel.subjects import named_organisations
from sild.values.marking import Marking
from sild.wings.signals.models import InfluenceStudy, NoticeReceipt, SpeakingNotice
from sild.wings.signals.rules import LONGEST_TEXT, LONGEST_TITLE

WRITERS = frozenset({Role.OFFICER})
RECEIVERS = PEOPLE - {Role.AUDITOR}
MOST_OPEN = 200
LONGEST_WORD = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """What will be said, when, what followed earlier, what to look for; `to` are organisations besides the own one, which reads it too."""

    title: str
    at: datetime
    says: str
    earlier: str = ""
    watch: str = ""
    study_id: UUID | None = None
    to: tuple[UUID, ...] = ()
    marking: Marking = Marking.AMBER


@action("signals.give-notice", roles=WRITERS, recalled=True)
def give_notice(actor: Actor, new: NewNotice, *, reason: str) -> UUID:
    """Give notice before something is said; returns its id. What was read cannot be unread: it is recalled, not undone.

    Raises NotThere for an organisation or a study that is not there, Refused.
    """
    title, says = " ".join(new.title.split())[:LONGEST_TITLE], new.says.strip()[:LONGEST_TEXT]
    if not title or not says:
        raise Refused(_("Say what will be said, in words that those who watch may know."))
    if new.at <= clock.now():
        raise Refused(_("The moment has passed. A notice is given before something is said."))
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))
    if new.marking > MOST_RELEASED:
        raise Refused(_("Nothing above TLP:AMBER goes to another organisation. Choose a lower marking."))
    if SpeakingNotice.objects.filter(owner_id=actor.organisation, recalled=False, at__gt=clock.now()).count() >= MOST_OPEN:
        raise Refused(_("{most} notices are open, the most there are. Recall those that are not needed.").format(most=MOST_OPEN))
    if new.study_id is not None:
        InfluenceStudy.found(new.study_id)
    others = [one for one in dict.fromkeys(new.to) if one != actor.organisation]
    told = named_organisations(others) if others else []
    for one in told:
        if one.ceiling < new.marking:
            raise Refused(_("{name} sees nothing as closed as that. Leave it out.").format(name=one.name))
    notice = SpeakingNotice(
        title=title,
        at=new.at,
        says=says,
        earlier=new.earlier.strip()[:LONGEST_TEXT],
        watch=new.watch.strip()[:LONGEST_TEXT],
        study_id=new.study_id,
        to=[one.name for one in told],
        written_by=actor.person,
        written_by_name=actor.name,
        written_at=clock.now(),
        marking=int(new.marking),
        releasable_to=released_to([one.id for one in told], None, owner=actor.organisation, marking=int(new.marking)),
    )
    notice.save()
    return notice.id


@action("signals.read-notice", roles=RECEIVERS)
def acknowledge_notice(actor: Actor, notice_id: UUID, words: str = "", *, reason: str = "") -> UUID:
    """Say that one read a notice, with a word where wanted; returns the receipt's id. Raises NotThere, Refused."""
    notice: SpeakingNotice = SpeakingNotice.found(notice_id)
    if notice.recalled:
        raise Refused(_("The notice was recalled."))
    if NoticeReceipt.objects.filter(notice_id=notice.id, read_by=actor.person).exists():
        raise Refused(_("You said already that you read it."))
    own = Organisation.objects.filter(id=actor.organisation).first()
    receipt = NoticeReceipt(
        notice_id=notice.id,
        words=words.strip()[:LONGEST_WORD],
        office=own.name if own is not None else "",
        read_by=actor.person,
        read_by_name=actor.name,
        read_at=clock.now(),
        marking=notice.marking,
        releasable_to=released_to([notice.owner_id], None, owner=actor.organisation, marking=notice.marking)
        if notice.owner_id != actor.organisation
        else [],
    )
    receipt.save()
    return receipt.id


@action("signals.recall-notice", roles=WRITERS, recalled=True)
def recall_notice(actor: Actor, notice_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Recall a notice: others see it no more, and what was read cannot be unread. Raises NotThere, Stale, Refused."""
    notice: SpeakingNotice = SpeakingNotice.found(notice_id, version=version)
    if notice.owner_id != actor.organisation:
        raise Refused(_("Another organisation gave this notice. Ask it."))
    if notice.recalled:
        raise Refused(_("The notice was recalled."))
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))
    notice.recalled, notice.recalled_why, notice.releasable_to = True, reason.strip()[:LONGEST_WORD], []
    notice.save()
