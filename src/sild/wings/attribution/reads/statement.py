"""Statements of a case as those who work on it see them: versions, what the linter finds in one, approvals, and the words as they leave.

What a reader outside gets is made of the newest version alone, and not made at all while a sentence in it is above its audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.docx_paper import Cell, Columns, write_columns
from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.identity import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.waiting import WaitingItem, waits
from sild.values.marking import Marking
from sild.wings.attribution.models import Case, CaseRound, Round, RoundInvitation, Statement, StatementApproval, StatementVersion
from sild.wings.attribution.reads.citing import CitedItem, cited_items
from sild.wings.attribution.reads.evidence import evidence_of
from sild.wings.attribution.reads.linting import LintReport, linted
from sild.wings.attribution.rules import EvidenceAudience, printed_marking
from sild.wings.attribution.rules.linting import LintedDraft, LintFinding, LintLevel
from sild.wings.attribution.rules.statement import (
    APPROVERS,
    NEVER_PRINTED,
    StatementState,
    WrittenSentence,
    digest_of_version,
    known_again,
    sentence_of,
    state_of_statement,
)

STATEMENT = "attribution.Statement"
APPROVAL = "attribution.StatementApproval"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement in a list. `state` is reckoned from its newest version; `approvals` are those that stand on it."""

    id: UUID
    version: int
    case_id: UUID
    title: str
    audience: EvidenceAudience
    source: str
    languages: tuple[str, ...]
    speaker: str
    country: str
    newest: int
    state: StatementState
    approvals: int
    drafted_by: str
    said_at: datetime | None
    said_where: str
    said_by: str
    said_why: str
    dropped_why: str
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """Who approved which version when; `although`: in spite of what; `own`: it is the reader's."""

    id: UUID
    version: int
    number: int
    by: str
    at: datetime
    although: str
    withdrawn: bool
    withdrawn_why: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version in the list of versions; `restores`: the number of the one that it made the newest again."""

    number: int
    written_by: str
    written_at: datetime
    why: str
    restores: int | None
    sentences: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A sentence with the items that it is bound to and what was found in it; a bound item that its audience may not see is in `hidden`."""

    number: int
    sentence: WrittenSentence
    items: tuple[CitedItem, ...]
    hidden: frozenset[UUID]
    findings: tuple[LintFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement with one of its versions (`shown`, 0 where there is none). `whole` are findings about the text whole; `waits`: T-hour of
    a round that is to come; `prints`: the words may leave; `answered`: an officer spoke of all that would stop it; `alone`: the reader's
    seat wrote every version."""

    row: StatementRow
    shown: int
    digest: str
    sentences: tuple[SentenceView, ...]
    whole: tuple[LintFinding, ...]
    stops: int
    report: LintReport | None
    versions: tuple[VersionRow, ...]
    approvals: tuple[ApprovalRow, ...]
    items: tuple[CitedItem, ...]
    seen_by_audience: frozenset[UUID]
    waits: datetime | None
    prints: bool
    answered: bool
    alone: bool
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStatement:
    """A statement that was said, for whoever keeps what was said in public: its day, title, speaker, languages, where it can be read.

    `country` is the code of the one that was spoken of, "" where none was told.
    """

    id: UUID
    on: date
    title: str
    speaker: str
    country: str
    languages: tuple[str, ...]
    where: str


def approvals_of(one: Statement) -> list[StatementApproval]:
    """The approvals of the newest version's words that stand, the oldest first. Needs an actor."""
    found = StatementApproval.objects.filter(statement_id=one.id, number=one.newest, withdrawn=False)
    return list(found.filter(digest=digest_now(one)).order_by("approved_at", "id")) if one.newest else []


def digest_now(one: Statement) -> str:
    """The digest of the newest version's words, "" where there is none. Needs an actor."""
    return StatementVersion.objects.filter(statement_id=one.id, number=one.newest).values_list("digest", flat=True).first() or ""


def unanswered(stops: Iterable[LintFinding], approvals: Iterable[StatementApproval]) -> bool:
    """Whether something would stop it that no officer spoke of in one of these approvals."""
    answered = {each for one in approvals for each in one.answered}
    return any(known_again(each) not in answered for each in stops)


def version_of(one: Statement, number: int) -> tuple[WrittenSentence, ...]:
    """The sentences of a version. Needs an actor. Raises NotThere; Refused where it is not as it was kept."""
    kept = StatementVersion.objects.filter(statement_id=one.id, number=number).first()
    if kept is None:
        raise NotThere(_("The statement has no such version."))
    if digest_of_version(kept.sentences) != kept.digest:
        raise Refused(_("This version is not as it was kept: its digest differs. Ask the administrator of the home."))
    return tuple(sentence_of(each) for each in kept.sentences)


def waits_for(actor: Actor, case_id: UUID) -> datetime | None:
    """The latest T-hour to come of the rounds of a case; None where none is. A round whose every invitation was recalled binds nobody.

    Needs an actor.
    """
    keys = list(CaseRound.objects.filter(case_id=case_id).values_list("round_id", flat=True))
    asked = RoundInvitation.objects.filter(round_id__in=keys).values_list("round_id", "recalled")
    over = {key for key, _recalled in asked} - {key for key, recalled in asked if not recalled}
    hours = Round.objects.filter(id__in=keys, t_hour__gt=clock.now()).exclude(id__in=over).values_list("t_hour", flat=True)
    return max(hours, default=None)


def stops_of_version(actor: Actor, one: Statement) -> list[LintFinding]:
    """What the linter would stop of the newest version, as the case is now."""
    report = _linted(actor, one, version_of(one, one.newest))
    return [each for each in report.findings if each.level == LintLevel.STOP]


@read
def statements_of(actor: Actor, case_id: UUID) -> list[StatementRow]:
    """The statements of a case, the newest first. Raises NotThere."""
    case: Case = Case.found(case_id)
    return [_row(one) for one in Statement.objects.filter(case_id=case.id).order_by("-created_at", "-id")]


@waits("approvals", "attribution.statements")
@read
def statements_to_approve(actor: Actor, most: int) -> list[WaitingItem]:
    """Statements that one colleague approved as they stand and that the reader may approve too, the oldest first."""
    mine, items = account_on(actor.person), list[WaitingItem]()
    approved = StatementApproval.objects.filter(withdrawn=False).values_list("statement_id", flat=True)
    for one in Statement.objects.filter(id__in=list(approved), said_version=None, dropped_why="").order_by("created_at", "id"):
        standing = approvals_of(one)
        wrote = StatementVersion.objects.filter(statement_id=one.id).exclude(written_by=actor.person)
        theirs = [each for each in standing if each.approved_by != actor.person and (mine is None or each.account != mine)]
        if len(standing) == len(theirs) == APPROVERS - 1 and wrote.exists():
            items.append(WaitingItem(model="attribution.Statement", id=one.id, title=one.title, detail=theirs[0].approved_by_name))
        if len(items) > most:
            break
    return items


@read
def statement_record(actor: Actor, statement_id: UUID, number: int | None = None) -> StatementView:
    """A statement with its newest version, or another one. Raises NotThere, Refused."""
    one: Statement = Statement.found(statement_id)
    shown = one.newest if number is None else number
    items, evidence = cited_items(one.case_id), evidence_of(actor, one.case_id)
    seen = frozenset(row.id for row in evidence.rows if one.audience in row.shown_to)
    kept = version_of(one, shown) if shown else ()
    report = _linted(actor, one, kept) if kept else None
    findings = report.findings if report is not None else ()
    versions = list(StatementVersion.objects.filter(statement_id=one.id).order_by("-number"))
    approvals = list(StatementApproval.objects.filter(statement_id=one.id).order_by("-approved_at", "id"))
    return StatementView(
        row=_row(one),
        shown=shown,
        digest=next((each.digest for each in versions if each.number == shown), ""),
        sentences=tuple(_sentence(place, each, items, seen, findings) for place, each in enumerate(kept, 1)),
        whole=tuple(each for each in findings if not each.number),
        stops=sum(each.level == LintLevel.STOP for each in findings),
        report=report,
        versions=tuple(_version(each) for each in versions),
        approvals=tuple(_approval(actor, each) for each in approvals),
        items=tuple(items.values()),
        seen_by_audience=seen,
        waits=waits_for(actor, one.case_id),
        prints=bool(kept) and not any(each.rule in NEVER_PRINTED for each in findings),
        answered=not unanswered([each for each in findings if each.level == LintLevel.STOP], approvals_of(one)),
        alone=bool(versions) and all(each.written_by == actor.person for each in versions),
        history=history_of(actor, [one.id, *(each.id for each in (*versions, *approvals))]),
    )


@read
def case_of_statement(actor: Actor, statement_id: UUID) -> UUID:
    """The case of a statement. Raises NotThere."""
    one: Statement = Statement.found(statement_id)
    return one.case_id


@read
def statement_of_approval(actor: Actor, approval_id: UUID) -> UUID:
    """The statement of an approval. Raises NotThere."""
    one: StatementApproval = StatementApproval.found(approval_id)
    return one.statement_id


@read
def words_as_they_leave(actor: Actor, statement_id: UUID) -> tuple[StatementRow, Mapping[str, tuple[str, ...]]]:
    """A statement's newest words by language, sentence by sentence, as a reader outside gets them, and nothing else of the case.

    Raises NotThere; Refused without a version, and while a sentence would tell its audience what it may not know.
    """
    one: Statement = Statement.found(statement_id)
    if not one.newest:
        raise Refused(_("There is nothing to read yet. Write a version first."))
    kept = version_of(one, one.newest)
    if any(each.rule in NEVER_PRINTED for each in _linted(actor, one, kept).findings):
        raise Refused(_("A sentence says what its audience may not know. Take it out before the words leave in any form."))
    return _row(one), {language: tuple(each.text.get(language, "") for each in kept) for language in one.languages}


def statement_file(actor: Actor, statement_id: UUID, form: str, language: str = "") -> tuple[str, bytes]:
    """The newest words as a file: its name and bytes. `form` is docx or txt; all languages, or one. Raises NotThere, Refused."""
    row, words = words_as_they_leave(actor, statement_id)
    if language:
        if language not in words:
            raise NotThere(_("The statement does not stand in that language."))
        words = {language: words[language]}
    said = row.state in (StatementState.SAID, StatementState.APPROVED)
    note = "" if said else _("Draft, version {number}: not approved.").format(number=row.newest)
    name = "-".join(filter(None, ("statement", row.audience, f"v{row.newest}", language)))
    if form == "txt":
        return f"{name}.txt", _as_text(row, words, note)
    if form != "docx":
        raise NotThere(_("A statement is no such file. Choose docx or txt."))
    marking = printed_marking(row.audience, Marking(row.marking)).label
    rows = [[Cell(text) for text in each] for each in zip(*words.values(), strict=True)]
    return f"{name}.docx", write_columns(
        Columns(
            languages=tuple(words),
            titles=tuple(row.title for _each in words),
            notes=tuple(" · ".join(filter(None, (row.speaker, note))) for _each in words),
            rows=rows,
            marking=marking,
            foot=marking,
            day=(row.said_at or clock.now()).date(),
        )
    )


@read
def published_statements(actor: Actor) -> list[SaidStatement]:
    """The statements for the public that were said, as far as the reader is in their compartments, the newest first."""
    found = Statement.objects.filter(audience=EvidenceAudience.PUBLIC).exclude(said_at=None).order_by("-said_at", "id")
    return [
        SaidStatement(
            id=one.id,
            on=one.said_at.date(),
            title=one.title,
            speaker=one.speaker,
            country=one.country,
            languages=tuple(one.languages),
            where=one.said_where,
        )
        for one in found
        if one.said_at is not None
    ]


def _as_text(row: StatementRow, words: Mapping[str, Iterable[str]], note: str) -> bytes:
    parts = [" · ".join(filter(None, (row.title, row.speaker, note)))]
    parts += [f"[{language}]\n" + "\n".join(text for text in said if text) for language, said in words.items()]
    return ("\n\n".join(parts) + "\n").encode()


def _linted(actor: Actor, one: Statement, kept: Iterable[WrittenSentence]) -> LintReport:
    draft = LintedDraft(
        audience=EvidenceAudience(one.audience),
        source=one.source,
        languages=tuple(one.languages),
        sentences=tuple(each.drafted(number) for number, each in enumerate(kept, 1)),
    )
    return linted(actor, one.case_id, draft)


def _row(one: Statement) -> StatementRow:
    alike = ("id", "version", "case_id", "title", "source", "speaker", "country", "newest", "said_at", "said_where")
    more = ("said_why", "dropped_why", "marking")
    standing = approvals_of(one)
    return StatementRow(
        **{name: getattr(one, name) for name in (*alike, *more)},
        audience=EvidenceAudience(one.audience),
        languages=tuple(one.languages),
        state=state_of_statement(said=one.said_version is not None, dropped=bool(one.dropped_why), approvals=standing),
        approvals=min(len(standing), APPROVERS),
        drafted_by=one.drafted_by_name,
        said_by=one.said_by_name,
    )


def _version(one: StatementVersion) -> VersionRow:
    alike = ("number", "written_at", "why", "restores", "digest")
    return VersionRow(**{name: getattr(one, name) for name in alike}, written_by=one.written_by_name, sentences=len(one.sentences))


def _approval(actor: Actor, one: StatementApproval) -> ApprovalRow:
    alike = ("id", "version", "number", "although", "withdrawn", "withdrawn_why")
    return ApprovalRow(
        **{name: getattr(one, name) for name in alike},
        by=one.approved_by_name,
        at=one.approved_at,
        own=one.approved_by == actor.person,
    )


def _sentence(
    number: int, kept: WrittenSentence, items: Mapping[str, CitedItem], seen: frozenset[UUID], findings: Iterable[LintFinding]
) -> SentenceView:
    bound = tuple(items[str(key)] for key in kept.evidence if str(key) in items)
    return SentenceView(
        number=number,
        sentence=kept,
        items=bound,
        hidden=frozenset(one.id for one in bound if one.id not in seen),
        findings=tuple(each for each in findings if each.number == number),
    )
