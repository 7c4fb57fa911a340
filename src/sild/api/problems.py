"""Problems: every refusal of the API, as RFC 9457 says it, in the reader's language. None of them tells of a record that is not yours."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja.errors import AuthenticationError, HttpError, ValidationError

from sild.kernel.once import KeyTaken
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale, TooOften
from sild.kernel.replicated import NotKnownReplicated, WritesRefused
from sild.kernel.route import BadRequest, WrongMedia

log = logging.getLogger("sild.api")

MEDIA_TYPE = "application/problem+json"
SECONDS_LATER = 5
"""When to come back after the database was out of reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of problem: its status, its title, and what it says where nothing nearer is known."""

    status: int
    title: str
    detail: str


class TooMany(Refused):
    """Too many attempts: come back later."""


class NotSignedIn(Refused):
    """Address, password, code and seat do not open anything together; which of them, nobody is told."""


class WrongField(Refused):
    """A field that is well formed and cannot be taken."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


KINDS: dict[str, Kind] = {
    "bad-request": Kind(
        status=400, title=noop("The request cannot be read"), detail=noop("Send it as the document /api/v1/openapi.json describes it.")
    ),
    "who-are-you": Kind(
        status=401,
        title=noop("A token is needed"),
        detail=noop("Send a token that is not expired in the header Authorization: Bearer. POST /api/v1/tokens gives one."),
    ),
    "not-signed-in": Kind(
        status=401,
        title=noop("Not signed in"),
        detail=noop("Address, password, code and seat do not open anything together. Check all of them."),
    ),
    "not-for-role": Kind(status=403, title=noop("Not for your role"), detail=noop("Ask somebody who has the role for it.")),
    "not-there": Kind(
        status=404, title=noop("Not there"), detail=noop("Nothing with this address or identifier is there for you. Check it in the list.")
    ),
    "method": Kind(status=405, title=noop("Not done here"), detail=noop("The header Allow names what can be done at this address.")),
    "refused": Kind(status=409, title=noop("Refused"), detail=noop("What was asked cannot be done.")),
    "stale": Kind(
        status=409, title=noop("Changed by somebody else"), detail=noop("Read it again, then send your change with its version.")
    ),
    "too-large": Kind(status=413, title=noop("Too large"), detail=noop("Send less at once.")),
    "not-json": Kind(status=415, title=noop("Not JSON"), detail=noop("Send the body as application/json.")),
    "invalid": Kind(status=422, title=noop("Some fields are wrong"), detail=noop("Mend the fields that are named, and send it again.")),
    "key-taken": Kind(status=422, title=noop("Idempotency key taken"), detail=noop("Take a new key for a new request.")),
    "too-many": Kind(status=429, title=noop("Too many attempts"), detail=noop("Wait as long as the header Retry-After says.")),
    "fault": Kind(
        status=500, title=noop("A fault of the desk"), detail=noop("Nothing was kept of this request. Please report when it happened.")
    ),
    "writes-refused": Kind(
        status=503, title=noop("The desk takes no writes now"), detail=noop("Nothing was written. Send the same request again later.")
    ),
    "not-known": Kind(
        status=503,
        title=noop("Written, and not known to be replicated"),
        detail=noop("Do not send it again: look whether it is there, and ask the operator."),
    ),
    "out-of-reach": Kind(status=503, title=noop("The database is out of reach"), detail=noop("Send the same request again later.")),
}
"""Every kind of problem, by the name that `type` ends with."""

FIELD_FAULTS: dict[str, str] = {
    "missing": noop("This field is needed."),
    "extra_forbidden": noop("There is no such field."),
    "string_too_short": noop("Too short: at least {min_length} characters."),
    "string_too_long": noop("Too long: at most {max_length} characters."),
    "string_pattern_mismatch": noop("Not of the form {pattern}."),
    "greater_than_equal": noop("At least {ge}."),
    "less_than_equal": noop("At most {le}."),
    "greater_than": noop("More than {gt}."),
    "less_than": noop("Less than {lt}."),
    "enum": noop("One of {expected}."),
    "literal_error": noop("One of {expected}."),
    "too_long": noop("Too many: at most {max_length}."),
    "too_short": noop("Too few: at least {min_length}."),
}
"""What is wrong with a field, by the validator's name for it; the braces are filled from the rule that was broken."""


def problem(kind: str, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any) -> HttpResponse:
    """The answer of a kind; `more` are members beside those of every problem."""
    found = KINDS[kind]
    said = {
        "type": f"/api/v1/problems#{kind}",
        "title": _(found.title),
        "status": found.status,
        "detail": detail or _(found.detail),
        **more,
    }
    text = json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder)
    response = HttpResponse(text.encode(), status=found.status, content_type=MEDIA_TYPE)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def of_fields(errors: list[dict[str, Any]]) -> HttpResponse:
    """What is wrong with the fields of a request. An identifier in the address that is none names nothing that is there."""
    if any(error["loc"][0] == "path" for error in errors):
        return problem("not-there")
    return problem("invalid", errors=[{"field": _field(error["loc"]), "message": _message(error)} for error in errors[:50]])


def _field(place: tuple[Any, ...]) -> str:
    """The field as the sender knows it: without where in the request it stood, nor what the parameter is called inside."""
    inner = place[2:] if place[0] == "body" else place[-1:]
    return ".".join(str(step) for step in inner)


def _message(error: Mapping[str, Any]) -> str:
    words = FIELD_FAULTS.get(error["type"])
    if words is None:
        return _("Not a value of this field; the document says which are.")
    return _(words).format(**error.get("ctx", {}))


ACCESS = ("owner_id", "mechanism_id", "marking", "releasable_to", "compartment_id", "embargo_until")
UNTOLD = frozenset({*ACCESS, "id", "version", "created_at", "words", "fields", "evidence"})
"""Columns of a record that a stale change is not told: who else sees it is no answer to what was asked."""


def _of_stale(stale: Stale) -> HttpResponse:
    """Both texts, field by field: of what was to be written, or else of what differs."""
    written = {name: value for name, value in stale.mine.items() if name not in UNTOLD}
    if "id" in stale.mine:
        written = {name: value for name, value in written.items() if stale.theirs.get(name) != value}
    theirs = {name: stale.theirs[name] for name in written if name in stale.theirs}
    return problem("stale", str(stale), version=stale.version, mine=written, theirs=theirs)


def _of_http(fault: HttpError) -> HttpResponse:
    return problem("bad-request" if fault.status_code == 400 else "fault")


ANSWERS: list[tuple[type[Exception], Callable[[Any], HttpResponse]]] = [
    (Stale, _of_stale),
    (NotThere, lambda _refusal: problem("not-there")),
    (NotForRole, lambda refusal: problem("not-for-role", str(refusal))),
    (KeyTaken, lambda refusal: problem("key-taken", str(refusal))),
    (NotSignedIn, lambda _refusal: problem("not-signed-in", headers={"WWW-Authenticate": "Bearer"})),
    (WrongField, lambda refusal: problem("invalid", errors=[{"field": refusal.field, "message": str(refusal)}])),
    (TooOften, lambda refusal: problem("too-many", str(refusal), headers={"Retry-After": str(refusal.seconds)})),
    (TooMany, lambda refusal: problem("too-many", str(refusal), headers={"Retry-After": "60"})),
    (WrongMedia, lambda refusal: problem("not-json", str(refusal))),
    (BadRequest, lambda refusal: problem("bad-request", str(refusal))),
    (NotKnownReplicated, lambda refusal: problem("not-known", str(refusal))),
    (WritesRefused, lambda refusal: problem("writes-refused", str(refusal), headers={"Retry-After": str(SECONDS_LATER)})),
    (Refused, lambda refusal: problem("refused", str(refusal))),
    (ValidationError, lambda fault: of_fields(fault.errors)),
    (AuthenticationError, lambda _fault: problem("who-are-you", headers={"WWW-Authenticate": "Bearer"})),
    (HttpError, _of_http),
    (Http404, lambda _fault: problem("not-there")),
    # where attempts are counted by place, and the place cannot be told
    (PermissionDenied, lambda _fault: problem("bad-request", _("It cannot be told where this request comes from."))),
    (RequestDataTooBig, lambda _fault: problem("too-large")),
    (MultiPartParserError, lambda _fault: problem("bad-request")),
    (OperationalError, lambda _fault: problem("out-of-reach", headers={"Retry-After": str(SECONDS_LATER)})),
    (InterfaceError, lambda _fault: problem("out-of-reach", headers={"Retry-After": str(SECONDS_LATER)})),
]
"""What each refusal is answered with, the nearer ones first."""


def answer_to(request: HttpRequest, fault: Any) -> HttpResponse:
    """The problem that a refusal or a fault is. A fault goes to the log; its words go nowhere else."""
    for kind, answer in ANSWERS:
        if isinstance(fault, kind):
            return answer(fault)
    route = request.resolver_match.route if request.resolver_match is not None else "unknown"
    log.error("%s %s failed", request.method, route, exc_info=fault)
    return problem("fault")
