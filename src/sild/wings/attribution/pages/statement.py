"""Pages of statements: those of a case, one with its sentences and what is found in them, the words as its readers get them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.downloads import download
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import read_version, reason_of
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    StatementSaying,
    approve_statement,
    draft_statement,
    drop_statement,
    restore_version,
    resume_statement,
    withdraw_approval,
    write_version,
)
from sild.wings.attribution.forms.statement import new_statement_of, number_of, sentences_of
from sild.wings.attribution.reads import (
    APPROVAL,
    CASE,
    STATEMENT,
    StatementView,
    case_record,
    statement_file,
    statement_of_approval,
    statement_record,
    statements_of,
    words_as_they_leave,
)
from sild.wings.attribution.rules import EvidenceAudience, printed_marking
from sild.wings.attribution.rules.linting import LintFinding, LintRule, SentenceKind
from sild.wings.attribution.rules.statement import APPROVERS, StatementState, WrittenSentence
from sild.wings.diplomacy.public import norms

ONE = {"statement": STATEMENT}
OF_SCALES = frozenset({LintRule.DECIDED_LIKELIHOOD, LintRule.DECIDED_CONFIDENCE})
NEW_PLACES = 3
"""How many empty sentences a form offers below those that are there; who needs more saves and goes on."""
FILES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "txt": "text/plain; charset=utf-8"}


@page("attribution.statements", "attribution/<uuid:case>/statements/", roles=WORKERS, subjects={"case": CASE})
def show_statements(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """The statements of a case, and the form that begins one."""
    context = {
        "row": case_record(actor, case).row,
        "tab": "statements",
        "found": statements_of(actor, case),
        "audiences": list(EvidenceAudience),
        "needed": APPROVERS,
    }
    return render(request, "attribution/statements.html", context)


@page("attribution.draft-statement", "attribution/<uuid:case>/statements/new/", roles=WORKERS, methods=("POST",), subjects={"case": CASE})
def draft(request: HttpRequest, actor: Actor, case: UUID) -> HttpResponse:
    """Begin a statement."""
    made = draft_statement(actor, case, new_statement_of(request.POST), reason=reason_of(request))
    offer_undo(request, _("The statement was begun. Write its sentences."))
    return HttpResponseRedirect(reverse("attribution.statement", args=[made]))


@page("attribution.statement", "attribution/statements/<uuid:statement>/", roles=WORKERS, subjects=ONE)
def show_statement(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """A statement with its newest version, or the one that the address names."""
    wanted = request.GET.get("number", "")
    found = statement_record(actor, statement, number_of(wanted) if wanted else None)
    writes = found.row.state in (StatementState.DRAFT, StatementState.APPROVED)
    context = {
        "row": case_record(actor, found.row.case_id).row,
        "tab": "statement",
        "one": found.row,
        "found": found,
        "sentences": [(each, _texts(each.sentence, found.row.languages), _told(found, each.findings)) for each in found.sentences],
        "whole": _told(found, found.whole),
        "printed": printed_marking(found.row.audience, Marking(found.row.marking)),
        "needed": APPROVERS,
        "writes": writes,
        "newest": found.shown == found.row.newest,
        "mine": any(each.own and not each.withdrawn and each.number == found.row.newest for each in found.approvals),
        "officer": bool(actor.roles & OPENERS),
        "said": found.row.state == StatementState.SAID,
        **(_writing(found) if writes else {}),
    }
    return render(request, "attribution/statement.html", context)


def _texts(sentence: WrittenSentence | None, languages: Iterable[str]) -> list[tuple[str, str, bool]]:
    """The words of a sentence in each language, and whether they are older than the source."""
    text = sentence.text if sentence is not None else {}
    return [(code, text.get(code, ""), sentence is not None and code in sentence.older) for code in languages]


def _told(found: StatementView, findings: Iterable[LintFinding]) -> list[tuple[LintFinding, str, bool]]:
    """Each finding with what it does not fit, an item by its title; and whether that is a word of a scale, which the page says in words."""
    titles = {str(item.id): item.title for item in found.items}
    return [(each, titles.get(each.against, each.against), each.rule in OF_SCALES) for each in findings]


def _writing(found: StatementView) -> dict[str, object]:
    """What the form needs: fields for each sentence and for some new ones."""
    there: list[tuple[int, WrittenSentence | None]] = [(each.number, each.sentence) for each in found.sentences]
    places = [*there, *((len(there) + more, None) for more in range(1, NEW_PLACES + 1))]
    language = get_language() or "en"
    return {
        "places": [(number, sentence, _texts(sentence, found.row.languages)) for number, sentence in places],
        "kinds": list(SentenceKind),
        "markings": [each for each in Marking if each <= found.row.marking],
        "norms": [(norm.id, norm.called(language)) for norm in norms()],
    }


@page("attribution.statement-preview", "attribution/statements/<uuid:statement>/preview/", roles=WORKERS, subjects=ONE)
def preview(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """The newest words as a reader outside gets them, and nothing else of the case."""
    one, words = words_as_they_leave(actor, statement)
    context = {"row": case_record(actor, one.case_id).row, "tab": "preview", "one": one, "words": words}
    return render(request, "attribution/statement_preview.html", context)


def _give(form: str) -> None:
    """A page for each file of a statement; the address may name one language."""

    @page(f"attribution.statement-{form}", f"attribution/statements/<uuid:statement>/{form}/", roles=WORKERS, subjects=ONE)
    def give(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
        name, data = statement_file(actor, statement, form, request.GET.get("language", ""))
        return download(data, name, FILES[form])


for _form in FILES:
    _give(_form)


def _write(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    after = number_of(request.POST.get("after", ""))
    made = write_version(actor, statement, sentences_of(request.POST), after=after, reason=reason_of(request))
    return _("Version {number} is kept. What is found in it stands beside each sentence.").format(number=made)


def _restore(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    number, after = (number_of(request.POST.get(name, "")) for name in ("number", "after"))
    made = restore_version(actor, statement, number, after=after, reason=reason_of(request))
    return _("Version {made} has the words of version {number}.").format(made=made, number=number)


def _approve(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    number = number_of(request.POST.get("number", ""))
    although, digest = (request.POST.get(name, "") for name in ("although", "digest"))
    approve_statement(actor, statement, number, digest=digest, although=although, reason=reason_of(request))
    return _("You approved version {number}.").format(number=number)


def _say(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    number = number_of(request.POST.get("number", ""))
    public, where = request.POST.get("public") == "yes", request.POST.get("where", "")
    kept = StatementSaying(actor).run(statement, number, where=where, public=public, reason=reason_of(request))
    if kept is not None:
        return _("It is written down that it was said, and it stands among what was said in public. The desk published nothing.")
    return _("It is written down that it was said. The desk published nothing.")


def _drop(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    drop_statement(actor, statement, version=read_version(request), reason=reason_of(request))
    return _("The draft was dropped. It stays on record.")


def _resume(request: HttpRequest, actor: Actor, statement: UUID) -> str:
    resume_statement(actor, statement, version=read_version(request), reason=reason_of(request))
    return _("The draft is worked on again.")


def _declare(name: str, doing: Callable[[HttpRequest, Actor, UUID], str]) -> None:
    """A page of one form about a statement: one act, then back to it."""
    roles = OPENERS if name == "say" else WORKERS

    @page(f"attribution.{name}-statement", f"attribution/statements/<uuid:statement>/{name}/", roles=roles, methods=("POST",), subjects=ONE)
    def view(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
        offer_undo(request, doing(request, actor, statement))
        return HttpResponseRedirect(reverse("attribution.statement", args=[statement]))


for _name, _doing in (
    ("write", _write),
    ("restore", _restore),
    ("approve", _approve),
    ("say", _say),
    ("drop", _drop),
    ("resume", _resume),
):
    _declare(_name, _doing)


@page(
    "attribution.withdraw-approval",
    "attribution/statement-approvals/<uuid:approval>/withdraw/",
    roles=WORKERS,
    methods=("POST",),
    subjects={"approval": APPROVAL},
)
def withdraw(request: HttpRequest, actor: Actor, approval: UUID) -> HttpResponse:
    """Take one's approval back."""
    statement = statement_of_approval(actor, approval)
    withdraw_approval(actor, approval, version=read_version(request), reason=reason_of(request))
    offer_undo(request, _("You took your approval back."))
    return HttpResponseRedirect(reverse("attribution.statement", args=[statement]))
