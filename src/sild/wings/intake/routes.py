"""Messages for programs: the inbox, one message beside what was read from it, what its sender is told and answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from sild.formats.template import write_template
from sild.kernel import home as homes
from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.listing import key_of
from sild.kernel.moving import KEEPERS
from sild.kernel.originals import safe_name
from sild.kernel.route import FILES, FORM, BadRequest, Created, Cut, Download, WrongMedia, route, takes_files
from sild.kernel.shapes import Listed
from sild.values.reference import spelled
from sild.wings.intake.actions import close_message_into
from sild.wings.intake.actions.arriving import LARGEST, receive
from sild.wings.intake.actions.given import offer_draft
from sild.wings.intake.actions.receipts import hold_receipt, release_receipt
from sild.wings.intake.actions.replies import confirm_reply, dismiss_reply
from sild.wings.intake.actions.sheet_changes import take_change
from sild.wings.intake.actions.triage import (
    OFFICERS,
    accept_lines,
    accept_sure,
    add_line_to,
    ask_back,
    join_lines_of,
    set_aside,
    take_up_again,
)
from sild.wings.intake.reads import Wanted, inbox, open_message, sure_lines
from sild.wings.intake.reads.correspondence import receipts, replies
from sild.wings.intake.reads.inbox import Key
from sild.wings.intake.reads.opened import original_bytes
from sild.wings.intake.reads.sheets import answer_name, known_bodies, returned_sheet, sheet_of, template_name
from sild.wings.intake.reads.waiting import what_waits
from sild.wings.intake.rules import Door
from sild.wings.intake.schemas.answers import (
    Acceptance,
    Accepted,
    IntoCompartment,
    Message,
    MovedMessage,
    OpenedMessage,
    Part,
    Question,
    ReadLine,
    ReceivedMessage,
    SentName,
    WantedMessages,
)
from sild.wings.intake.schemas.correspondence import Decided, Noted, Receipt, Reply, WantedReceipts, WantedReplies
from sild.wings.intake.schemas.given import DraftRead, OfferedDraft
from sild.wings.intake.schemas.sheets import SheetAnswer, TakenChange, WantedAnswer, WantedTemplate, sheet_answer
from sild.wings.intake.schemas.triage import (
    JoinedWith,
    Level,
    LineFields,
    LinesMoved,
    MadeLine,
    MissedLine,
    SettingAside,
    SureAcceptance,
    SureLine,
    SureLines,
    TakingUp,
    WantedSure,
)
from sild.wings.intake.schemas.waiting import Waits, WantedWaiting
from sild.wings.register.public import GIVERS

router = Router(tags=["messages"])

MESSAGE = {"message": "intake.Message"}
LINE = {"line": "register.Line"}
RECEIPT = {"receipt": "intake.Receipt"}
REPLY = {"reply": "intake.Reply"}


@route(router, "get", "/messages", roles=PEOPLE, answer=Listed[Message])
def list_messages(actor: Actor, wanted: Query[WantedMessages]) -> Cut:
    """The messages that you may see, the newest first."""
    chosen = Wanted(state=wanted.state, channel=wanted.channel, language=wanted.language, text=wanted.text)
    after = "" if wanted.key is None else str(Key(*wanted.key))
    page = inbox(actor, chosen, after=after, limit=wanted.limit)
    following = Key.parse(page.after)
    return Cut(items=[Message.model_validate(row) for row in page.rows], after=key_of(*following) if following is not None else "")


@route(router, "post", "/messages", roles=OFFICERS, answer=ReceivedMessage, status=202)
@takes_files
def send_message(actor: Actor, request: HttpRequest, wanted: Query[SentName]) -> Created:
    """Send a message or a file that holds several: in a form (field `file`, up to 25 MB) or bare with `name` (up to 2.5 MB).

    It is kept as it came and read within seconds; its address says what became of it. The same bytes again are the same message.
    """
    name, data = _sent(request, wanted.name)
    received = receive(actor, name, data, homes.current(), Door.API)
    where = f"/api/v1/messages/{received.message}"
    return Created(location=where, body=ReceivedMessage(message=received.message, reference=spelled(received.reference), state_at=where))


def _sent(request: HttpRequest, name: str) -> tuple[str, bytes]:
    """The name and the bytes of the file in a request. Raises BadRequest, WrongMedia."""
    if request.content_type not in FILES:
        raise WrongMedia(_("Send the file as one of {media}.").format(media=", ".join(sorted(FILES))))
    if request.content_type != FORM:
        return name or "message.eml", request.body
    file = request.FILES.get("file")
    if file is None:
        raise BadRequest(_("The form has no field `file` with a file in it."))
    if (file.size or 0) > LARGEST:
        raise RequestDataTooBig("the file is larger than any that is read")
    # who asked for it to be done once had it read before
    file.seek(0)
    return name or file.name or "message.eml", file.read()


@route(router, "get", "/sheets/template", roles=PEOPLE, answer=Download)
def fetch_sheet_template(actor: Actor, wanted: Query[WantedTemplate]) -> Download:
    """The empty sheet template (xlsx) in a language; with `bodies` the names that the register knows are a drop-down in it."""
    bodies = known_bodies(actor) if wanted.bodies else ()
    return Download(name=template_name(wanted.language), data=write_template(wanted.language, book=uuid4().hex, bodies=bodies))


@route(router, "post", "/sheets", roles=OFFICERS, answer=ReceivedMessage, status=202)
@takes_files
def send_sheet(actor: Actor, request: HttpRequest, wanted: Query[SentName]) -> Created:
    """Send a filled-in sheet template: in a form (field `file`, up to 25 MB) or bare with `name` (up to 2.5 MB).

    It is read within seconds; its address says what became of each row. The same bytes again are the same message.
    """
    name, data = _sent(request, wanted.name)
    received = receive(actor, name, data, homes.current(), Door.SHEET)
    where = f"/api/v1/messages/{received.message}/sheet"
    return Created(location=where, body=ReceivedMessage(message=received.message, reference=spelled(received.reference), state_at=where))


@route(router, "get", "/messages/{message}/sheet", roles=PEOPLE, answer=SheetAnswer, subjects=MESSAGE)
def read_sheet_answer(actor: Actor, message: UUID, wanted: Query[WantedAnswer]) -> SheetAnswer:
    """What became of each row of a filled-in sheet template, cell by cell, in a language of the template."""
    return sheet_answer(sheet_of(actor, message), wanted.language)


@route(router, "get", "/messages/{message}/sheet/file", roles=PEOPLE, answer=Download, subjects=MESSAGE)
def download_sheet_answer(actor: Actor, message: UUID, wanted: Query[WantedAnswer]) -> Download:
    """The sheet given back (xlsx): the rows as they stand, with a column that says what became of each."""
    view = sheet_of(actor, message)
    return Download(name=answer_name(view), data=returned_sheet(view, wanted.language or view.language))


@route(router, "post", "/messages/{message}/sheet/take", roles=OFFICERS, answer=LinesMoved, subjects=MESSAGE)
def take_change_of_row(actor: Actor, message: UUID, taken: TakenChange) -> LinesMoved:
    """Take over what a row that was taken before says now into its line, read at `version`."""
    return LinesMoved(lines=1 if take_change(actor, message, taken.row, taken.version, reason=taken.reason) else 0)


@route(
    router,
    "post",
    "/offer-drafts/{draft}/offering",
    roles=GIVERS,
    answer=OfferedDraft,
    subjects={"draft": "register.OfferDraft"},
)
def offer_cleared_draft(actor: Actor, draft: UUID, read: DraftRead) -> OfferedDraft:
    """Send a cleared draft to the secretariat: it is read within seconds and is an offer from then on. It is not undone."""
    return OfferedDraft(reference=offer_draft(actor, draft, homes.current(), version=read.version))


@route(router, "get", "/messages/{message}", roles=PEOPLE, answer=OpenedMessage, subjects=MESSAGE)
def read_message(actor: Actor, message: UUID) -> OpenedMessage:
    """One message: its text, and each line that was read from it with the words that show every field."""
    opened = open_message(actor, message)
    parts = [Part.model_validate(part) for part in opened.document.parts] if opened.document is not None else []
    names = (name for name in OpenedMessage.model_fields if name != "parts")
    return OpenedMessage(**{name: getattr(opened, name) for name in names}, parts=parts)


@route(router, "get", "/messages/{message}/original", roles=PEOPLE, answer=Download, subjects=MESSAGE)
def download_original_of_message(actor: Actor, message: UUID) -> Download:
    """The message byte for byte as it arrived: whoever opens it does so on their own machine, at their own risk."""
    name, data = original_bytes(actor, message)
    return Download(name=safe_name(name), data=data)


@route(router, "get", "/waiting", roles=PEOPLE, answer=Listed[Waits])
def list_what_waits(actor: Actor, wanted: Query[WantedWaiting]) -> Cut:
    """What waits for you, by kind, the most urgent first: the beginning of each list."""
    return Cut(items=[Waits.model_validate(group) for group in what_waits(actor, most=wanted.most)])


@route(router, "post", "/messages/{message}/accept", roles=OFFICERS, answer=Accepted, subjects=MESSAGE)
def accept_lines_of_message(actor: Actor, message: UUID, chosen: Acceptance) -> Accepted:
    """Accept several lines of a message at once, all or none."""
    lines = [(line.id, line.version) for line in chosen.lines]
    return Accepted(lines=accept_lines(actor, message, lines, reason=chosen.reason))


@route(
    router,
    "post",
    "/messages/{message}/lines/{line}/ask",
    roles=OFFICERS,
    answer=None,
    status=204,
    subjects=MESSAGE | {"line": "register.Line"},
)
def ask_about_line(actor: Actor, message: UUID, line: UUID, asked: Question) -> None:
    """Note what is to be asked of the sender: the next step of its need or offer, which waits as being clarified."""
    ask_back(actor, message, line, asked.version, reason=asked.question)


@route(router, "post", "/messages/{message}/lines", roles=OFFICERS, answer=MadeLine, status=201, subjects=MESSAGE)
def add_missed_line(actor: Actor, message: UUID, missed: MissedLine) -> Created:
    """Add a line that the reading missed, with the words of the message that say it."""
    line = add_line_to(actor, message, missed.words, _said(missed.fields), accept=missed.accept, reason=missed.reason)
    return Created(location=f"/api/v1/lines/{line}", body=MadeLine(id=line))


@route(router, "post", "/messages/{message}/lines/{line}/join", roles=OFFICERS, answer=None, status=204, subjects=MESSAGE | LINE)
def join_line(actor: Actor, message: UUID, line: UUID, joined: JoinedWith) -> None:
    """Make one line of two of a message that say one thing: this one stays, the other is rejected and stays to be seen."""
    pair = ((line, joined.version), (joined.other.id, joined.other.version))
    join_lines_of(actor, message, pair, _said(joined.fields), accept=joined.accept, reason=joined.reason)


@route(router, "post", "/messages/{message}/set-aside", roles=OFFICERS, answer=LinesMoved, subjects=MESSAGE)
def set_message_aside(actor: Actor, message: UUID, aside: SettingAside) -> LinesMoved:
    """Note that nothing is asked or offered in a message; its drafts are rejected with the reason."""
    return LinesMoved(lines=set_aside(actor, message, aside.version, reason=aside.reason))


@route(router, "post", "/messages/{message}/take-up", roles=OFFICERS, answer=LinesMoved, subjects=MESSAGE)
def take_message_up(actor: Actor, message: UUID, taken: TakingUp) -> LinesMoved:
    """Take a message up again in which nothing was to be asked or offered; its rejected lines are drafts again."""
    return LinesMoved(lines=take_up_again(actor, message, taken.version, reason=taken.reason))


@route(router, "get", "/sure-lines", roles=OFFICERS, answer=SureLines)
def list_sure_lines(actor: Actor, wanted: Query[WantedSure]) -> SureLines:
    """The drafts without doubts that were read at least so surely, before they are accepted at once; at most 200."""
    chosen = Wanted(state=wanted.state, channel=wanted.channel, language=wanted.language, text=wanted.text)
    found = sure_lines(actor, chosen, wanted.least)
    return SureLines(
        lines=[
            SureLine(message_id=one.message_id, message=one.message, sureness=one.line.sureness, line=ReadLine.model_validate(one.line))
            for one in found.chosen
        ],
        levels=[Level(least=level, lines=many) for level, many in found.at_level],
        drafts=found.drafts,
        more=found.more,
    )


@route(router, "post", "/sure-lines/accept", roles=OFFICERS, answer=Accepted)
def accept_sure_lines(actor: Actor, chosen: SureAcceptance) -> Accepted:
    """Accept drafts of many messages at once, all or none; taken back as one."""
    lines = [(line.id, line.version) for line in chosen.lines]
    return Accepted(lines=accept_sure(actor, lines, chosen.least, reason=chosen.reason))


def _said(fields: LineFields) -> dict[str, Any]:
    """What the fields say; null empties one."""
    return {name: "" if value is None else value for name, value in fields.model_dump(exclude_unset=True).items()}


@route(router, "post", "/messages/{message}/compartment", roles=KEEPERS, answer=MovedMessage, subjects=MESSAGE)
def move_message(actor: Actor, message: UUID, into: IntoCompartment) -> MovedMessage:
    """Move a message, with what was made from it alone, into a compartment, under new identifiers."""
    return MovedMessage.model_validate(close_message_into(actor, message, into.compartment, reason=into.reason))


@route(router, "get", "/receipts", roles=OFFICERS, answer=Listed[Receipt])
def list_receipts(actor: Actor, wanted: Query[WantedReceipts]) -> Cut:
    """What senders are told, the newest first: queued, held with the reason, sent, failed."""
    found = receipts(actor, state=wanted.state or "", after=wanted.key, limit=wanted.limit + 1)
    return _cut([Receipt.model_validate(one) for one in found], wanted.limit)


@route(router, "post", "/receipts/{receipt}/release", roles=OFFICERS, answer=None, status=204, subjects=RECEIPT)
def release_acknowledgement(actor: Actor, receipt: UUID, decided: Decided) -> None:
    """Have an acknowledgement sent that is held or failed. An exercise sends nothing."""
    release_receipt(actor, receipt, version=decided.version)


@route(router, "post", "/receipts/{receipt}/hold", roles=OFFICERS, answer=None, status=204, subjects=RECEIPT)
def hold_acknowledgement(actor: Actor, receipt: UUID, decided: Decided) -> None:
    """Keep an acknowledgement that is queued from being sent."""
    hold_receipt(actor, receipt, version=decided.version)


@route(router, "get", "/replies", roles=OFFICERS, answer=Listed[Reply])
def list_replies(actor: Actor, wanted: Query[WantedReplies]) -> Cut:
    """What senders answered to us, the newest first; those that wait for a word have the state `proposed`."""
    found = replies(actor, state=wanted.state or "", after=wanted.key, limit=wanted.limit + 1)
    return _cut([Reply.model_validate(one) for one in found], wanted.limit)


@route(router, "post", "/replies/{reply}/confirm", roles=OFFICERS, answer=Noted, subjects=REPLY)
def confirm_answer(actor: Actor, reply: UUID, decided: Decided) -> Noted:
    """Take an answer as said: it is noted beside the needs and offers that it speaks of; their states stay."""
    return Noted(records=confirm_reply(actor, reply, version=decided.version))


@route(router, "post", "/replies/{reply}/dismiss", roles=OFFICERS, answer=None, status=204, subjects=REPLY)
def dismiss_answer(actor: Actor, reply: UUID, decided: Decided) -> None:
    """Say that an answer is none: misread, or forged."""
    dismiss_reply(actor, reply, version=decided.version)


def _cut(found: list[Receipt] | list[Reply], limit: int) -> Cut:
    """A page of what was asked for, read one further than it is long."""
    shown = found[:limit]
    return Cut(items=shown, after=key_of(shown[-1].created_at, shown[-1].id) if len(found) > limit else "")
