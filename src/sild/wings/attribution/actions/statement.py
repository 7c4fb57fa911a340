"""Verbs on statements: draft one, write a version of it, approve that, say it. The desk publishes nothing: it keeps what people did.

A version is never changed: who writes on makes the next one, and what was approved was approved as it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.lowering import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.attribution.actions.cases import OPENERS, WORKERS
from sild.wings.attribution.models import Case, Evidence, Statement, StatementApproval, StatementVersion
from sild.wings.attribution.reads.standing import closed_as, open_one, reason_given
from sild.wings.attribution.reads.statement import approvals_of, digest_now, stops_of_version, unanswered, version_of, waits_for
from sild.wings.attribution.rules import INSIDE, LONGEST_REASON, LONGEST_TITLE, EvidenceAudience
from sild.wings.attribution.rules.linting import LintFinding, SentenceKind
from sild.wings.attribution.rules.statement import (
    APPROVERS,
    LONGEST_SENTENCE,
    MOST_SENTENCES,
    MOST_STATEMENTS,
    MOST_VERSIONS,
    NEVER_PRINTED,
    WrittenSentence,
    country_codes,
    digest_of_version,
    known_again,
    older_translations,
)

MOST_LANGUAGES = 10
MOST_BOUND = 50
LONGEST_PLACE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """What is to be said: under which title, to whom, by whom; `source` is the language that it is written in first.

    `country` is the code of the one that is spoken of, "" where none is told.
    """

    title: str
    audience: EvidenceAudience
    source: str
    languages: tuple[str, ...] = ()
    speaker: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWords:
    """A sentence as somebody writes it. `key` names the sentence of the version before that it takes the place of, None for a new one."""

    kind: SentenceKind
    text: Mapping[str, str]
    marking: Marking = Marking.CLEAR
    evidence: tuple[UUID, ...] = ()
    norm: str = ""
    key: UUID | None = None


@action("attribution.draft-statement", roles=WORKERS)
def draft_statement(actor: Actor, case_id: UUID, new: NewStatement, *, reason: str = "") -> UUID:
    """Begin a statement of a case; returns its id. Raises NotThere, Refused."""
    case: Case = Case.found(case_id)
    title = " ".join(new.title.split())[:LONGEST_TITLE]
    if not title:
        raise Refused(_("Give the statement a title by which those who work on it know it."))
    languages = tuple(dict.fromkeys((new.source, *new.languages)))
    if not all(len(one) == 2 and one.isascii() and one.islower() for one in languages) or len(languages) > MOST_LANGUAGES:
        raise Refused(_("Name the languages by their codes of two letters, such as en, uk, et; ten at most."))
    country = new.country.strip().upper()
    if country and country not in country_codes():
        raise Refused(_("Give the country spoken of by its code of two letters, such as EE, or leave it out."))
    if Statement.objects.filter(case_id=case.id).count() >= MOST_STATEMENTS:
        raise Refused(_("The case has {most} statements, the most there are.").format(most=MOST_STATEMENTS))
    one = Statement(
        case_id=case.id,
        title=title,
        audience=new.audience,
        source=new.source,
        languages=list(languages),
        speaker=new.speaker.strip()[:LONGEST_TITLE],
        country=country,
        drafted_by_name=actor.name,
        **closed_as(case),
    )
    one.save()
    return one.id


@action("attribution.write-statement", roles=WORKERS)
def write_version(actor: Actor, statement_id: UUID, sentences: Sequence[SentenceWords], *, after: int, reason: str = "") -> int:
    """Keep the sentences as the next version, and return its number. `after` is the newest version that the writer read (0: none).

    Raises NotThere, Stale where somebody wrote one meanwhile, Refused.
    """
    one = _unsaid(statement_id, after)
    before = {each.key: each for each in version_of(one, after)} if after else {}
    if not sentences or len(sentences) > MOST_SENTENCES:
        raise Refused(_("A version has one sentence at least and {most} at most.").format(most=MOST_SENTENCES))
    _refuse_strange_evidence(one.case_id, {key for each in sentences for key in each.evidence})
    written = [_written(one, number, each, before) for number, each in enumerate(sentences, 1)]
    if len({each.key for each in written}) < len(written):
        raise Refused(_("Two sentences take the place of the same one. Load the page anew and write again."))
    if [each.kept() for each in written] == [each.kept() for each in before.values()]:
        raise Refused(_("Nothing was changed, so that no version was made."))
    return _kept(actor, one, written, reason=reason)


@action("attribution.restore-statement", roles=WORKERS)
def restore_version(actor: Actor, statement_id: UUID, number: int, *, after: int, reason: str = "") -> int:
    """Make an earlier version the newest again, as one of its own; returns its number. Raises NotThere, Stale, Refused."""
    one = _unsaid(statement_id, after)
    if number == one.newest:
        raise Refused(_("This is the newest version already."))
    return _kept(actor, one, version_of(one, number), restores=number, reason=reason)


@action("attribution.approve-statement", roles=WORKERS, recalled=True)
def approve_statement(
    actor: Actor, statement_id: UUID, number: int, *, digest: str | None = None, although: str = "", reason: str = ""
) -> UUID:
    """Approve the words of the newest version, which is named so that nobody approves what they did not read; returns the approval's id.

    Two different people do it, none of whom wrote the statement alone. `digest`, where it is told, must be that of the words. What the
    linter would stop needs an officer's reason (`although`); words above the audience, or sealed, no reason opens.
    Raises NotThere, Stale, Refused.
    """
    one = _unsaid(statement_id, number)
    if not one.newest:
        raise Refused(_("There is nothing to approve yet. Write a version first."))
    words = digest_now(one)
    if digest is not None and digest != words:
        raise one.stale()
    standing, mine = approvals_of(one), account_on(actor, actor.person)
    if any(_same(actor, mine, each.approved_by, each.account) for each in standing):
        raise Refused(_("You approved this version already. It takes somebody else."))
    _refuse_sole_author(actor, mine, one)
    stops = stops_of_version(actor, one)
    _refuse_untold(stops)
    said = although.strip()[:LONGEST_REASON] if stops and actor.roles & OPENERS else ""
    if unanswered(stops, standing) and not said:
        told = _("What is found in it would stop it ({many}). Mend it, or let an officer say why it is approved although it stands there.")
        raise Refused(told.format(many=len(stops)))
    approval = StatementApproval(
        statement_id=one.id,
        number=number,
        digest=words,
        approved_by=actor.person,
        account=mine,
        approved_by_name=actor.name,
        approved_at=clock.now(),
        although=said,
        answered=[known_again(each) for each in stops] if said else [],
        marking=one.marking,
        compartment_id=one.compartment_id,
        embargo_until=one.embargo_until,
    )
    approval.save()
    _count(one)
    return approval.id


@action("attribution.withdraw-approval", roles=WORKERS, recalled=True)
def withdraw_approval(actor: Actor, approval_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take one's approval back before it is said. Raises NotThere, Stale, Refused."""
    said: StatementApproval = StatementApproval.found(approval_id, version=version)
    one = _unsaid(said.statement_id)
    if said.withdrawn:
        raise Refused(_("This approval was taken back already."))
    if not _same(actor, account_on(actor, actor.person), said.approved_by, said.account):
        raise Refused(_("An approval is taken back by who gave it."))
    said.withdrawn, said.withdrawn_why = True, reason_given(reason)
    said.save()
    _count(one)


@action("attribution.say-statement", roles=OPENERS, recalled=True)
def say_statement(actor: Actor, statement_id: UUID, number: int, *, where: str = "", reason: str) -> None:
    """Write down that the newest version, which two people approved, was said. From then on it is never changed.

    Raises NotThere, Stale; Refused without two approvals of these words, before T-hour of a round of the case, under its embargo, and
    where something would stop it that no officer spoke of.
    """
    one = _unsaid(statement_id, number)
    why = reason_given(reason)
    approvals = approvals_of(one)
    if len(approvals) < APPROVERS:
        told = _("{many} of {needed} people approved this version. Ask somebody else to read and approve it.")
        raise Refused(told.format(many=len(approvals), needed=APPROVERS))
    stops = stops_of_version(actor, one)
    _refuse_untold(stops)
    if unanswered(stops, approvals):
        raise Refused(_("Since it was approved something was found that would stop it. Look at it, mend it or approve it anew."))
    _refuse_too_early(actor, one)
    one.said_version, one.said_at, one.said_by_name, one.said_why = number, clock.now(), actor.name, why
    one.said_where = where.strip()[:LONGEST_PLACE]
    one.save()


@action("attribution.drop-statement", roles=WORKERS)
def drop_statement(actor: Actor, statement_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Say that a draft is not going to be said. Raises NotThere, Stale, Refused."""
    one: Statement = Statement.found(statement_id, version=version)
    if one.said_version is not None:
        raise Refused(_("It was said: that cannot be taken away. Draft a statement that corrects it."))
    one.dropped_why = reason_given(reason)
    one.save()


@action("attribution.resume-statement", roles=WORKERS)
def resume_statement(actor: Actor, statement_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a dropped draft up again. Raises NotThere, Stale, Refused."""
    one: Statement = Statement.found(statement_id, version=version)
    reason_given(reason)
    if not one.dropped_why:
        raise Refused(_("The draft was not dropped."))
    one.dropped_why = ""
    one.save()


def _unsaid(statement_id: UUID, newest: int | None = None) -> Statement:
    """A statement that is worked on, of a case that is. `newest`: the number that its newest version must have, else Stale."""
    one: Statement = Statement.found(statement_id)
    if one.said_version is not None:
        raise Refused(_("It was said, and is kept as it was said. Draft another statement."))
    if one.dropped_why:
        raise Refused(_("The draft was dropped. Take it up again first."))
    if newest is not None and newest != one.newest:
        raise one.stale()
    return one


def _same(actor: Actor, mine: UUID | None, seat: UUID | None, account: UUID | None) -> bool:
    """Whether somebody is the actor, from this seat or from another one of theirs."""
    return seat == actor.person or (mine is not None and (mine == account or (seat is not None and mine == account_on(actor, seat))))


def _refuse_sole_author(actor: Actor, mine: UUID | None, one: Statement) -> None:
    """Whoever wrote every version up to this one has read it as its author alone."""
    wrote = set(StatementVersion.objects.filter(statement_id=one.id).values_list("written_by", "account"))
    if all(_same(actor, mine, seat, account) for seat, account in wrote):
        raise Refused(_("You alone wrote this statement: two others approve it."))


def _refuse_untold(stops: Sequence[LintFinding]) -> None:
    if any(each.rule in NEVER_PRINTED for each in stops):
        raise Refused(_("A sentence says what its audience may not know, which no reason opens. Take it out."))


def _refuse_too_early(actor: Actor, one: Statement) -> None:
    """Raise Refused before T-hour of a round, and under an embargo of the case."""
    audience, now = EvidenceAudience(one.audience), clock.now()
    hour = waits_for(actor, one.case_id)
    if hour is not None and audience in (EvidenceAudience.PUBLIC, EvidenceAudience.COURT, EvidenceAudience.SANCTIONS_FILE):
        told = _("States were asked to wait for T-hour, {hour} UTC. Nothing is said before it; an officer may move it on the round.")
        raise Refused(told.format(hour=hour.strftime("%Y-%m-%d %H:%M")))
    until = one.embargo_until
    if until is not None and until > now and audience not in INSIDE:
        told = _("The case is under an embargo until {hour} UTC. Nobody outside is told before it ends.")
        raise Refused(told.format(hour=until.strftime("%Y-%m-%d %H:%M")))


def _count(one: Statement) -> None:
    """Keep how many approvals stand beside the version, so that an approved one is not undone from under them."""
    newest = StatementVersion.objects.filter(statement_id=one.id, number=one.newest).first()
    if newest is not None:
        newest.approved = len(approvals_of(one))
        newest.save()


def _refuse_strange_evidence(case_id: UUID, wanted: set[UUID]) -> None:
    if Evidence.objects.filter(case_id=case_id, id__in=list(wanted)).count() < len(wanted):
        raise NotThere(_("There is no such item of evidence in this case."))


def _written(one: Statement, number: int, words: SentenceWords, before: Mapping[UUID, WrittenSentence]) -> WrittenSentence:
    """A sentence as it is kept. Raises Refused where it does not stand in the source language."""
    text = {language: " ".join(words.text.get(language, "").split())[:LONGEST_SENTENCE] for language in one.languages}
    text = {language: said for language, said in text.items() if said}
    if one.source not in text:
        raise Refused(_("Sentence {number} does not stand in the source language. Write it there first.").format(number=number))
    if words.key is not None and words.key not in before:
        raise Refused(_("Sentence {number} takes the place of one that is not there. Load the page anew.").format(number=number))
    if words.marking > one.marking:
        raise Refused(_("Sentence {number} is marked higher than the case. Choose a lower marking.").format(number=number))
    found = WrittenSentence(
        key=words.key or uuid4(),
        kind=words.kind,
        text=text,
        marking=words.marking,
        evidence=tuple(dict.fromkeys(words.evidence))[:MOST_BOUND],
        norm=words.norm.strip()[:100],
    )
    return replace(found, older=older_translations(found, before.get(found.key), one.source))


def _kept(actor: Actor, one: Statement, sentences: Sequence[WrittenSentence], *, restores: int | None = None, reason: str = "") -> int:
    open_one(one.case_id)
    if one.newest >= MOST_VERSIONS:
        raise Refused(_("The statement has {most} versions, the most there are.").format(most=MOST_VERSIONS))
    one.newest += 1
    one.save()
    told = [each.kept() for each in sentences]
    StatementVersion(
        statement_id=one.id,
        number=one.newest,
        sentences=told,
        digest=digest_of_version(told),
        restores=restores,
        why=reason.strip()[:LONGEST_REASON],
        written_by=actor.person,
        account=account_on(actor, actor.person),
        written_by_name=actor.name,
        written_at=clock.now(),
        marking=one.marking,
        compartment_id=one.compartment_id,
        embargo_until=one.embargo_until,
    ).save()
    return one.newest
