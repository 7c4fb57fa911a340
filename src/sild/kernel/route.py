"""Routes: the one way in which a wing answers programs.

`@route` declares method, path, roles, what the identifiers stand for and the shape of the answer; the API's addresses, its OpenAPI
document and the access matrix are made from these declarations. The token's seat is found and its roles are checked before
anything else; a write with an idempotency key is done once, in one transaction with its answer.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.security import HttpBearer
from pydantic import TypeAdapter

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, Role
from sild.kernel.downloads import AS_BYTES, download
from sild.kernel.identity import TOKEN_MARK, seat_of_token
from sild.kernel.loopback import demo_may_enter
from sild.kernel.once import Answer, once, records_named
from sild.kernel.refusals import NotForRole, Refused
from sild.kernel.said import said
from sild.kernel.shapes import Listed, Shape

I = TypeVar("I")  # noqa: E741 - the item of a list

Body = Callable[..., Any]
ANYBODY: frozenset[Role] = frozenset()
"""The roles of a route that asks for no token."""

SAFE = frozenset({"GET"})
JSON = "application/json"
FORM = "multipart/form-data"
FILES = frozenset({FORM, "application/octet-stream", "message/rfc822"})
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A declared route. `subjects` names the record kind of each identifier in the path ("need": "register.Need")."""

    method: str
    path: str
    roles: frozenset[Role]
    subjects: Mapping[str, str]
    answer: Any
    status: int
    queries: frozenset[str] = field(default=frozenset())
    media: frozenset[str] = field(default=frozenset())
    """What the body may be where it is no JSON: the bytes of a file, bare or in a form."""

    @property
    def open(self) -> bool:
        """Whether it is for anybody, without a token."""
        return self.roles == ANYBODY

    @property
    def keyed(self) -> bool:
        """Whether it takes an idempotency key: an answer with a secret is kept nowhere, so it cannot be given again."""
        return not (self.safe or self.open or getattr(self.answer, "shown_once", False))

    @property
    def safe(self) -> bool:
        """Whether it only reads."""
        return self.method in SAFE


ROUTES: dict[str, dict[str, Route]] = {}
"""Every route: path -> method -> route."""
_NAMES: set[str] = set()


class BadRequest(Refused):
    """A request that cannot be read, whoever asks: nothing was looked at."""


class WrongMedia(BadRequest):
    """A body of another kind than the route takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """An answer to a request that made something: where it is from now on, and what is said of it."""

    location: str
    body: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An answer that is one page of a list; `after` is where the next one begins (see kernel.listing), empty on the last one."""

    items: Sequence[Any]
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """An answer of bytes that nobody interprets, under a name; the `answer` of a route that gives such."""

    name: str
    data: bytes


_BYTES = {"content": {AS_BYTES: {"schema": {"type": "string", "format": "binary"}}}, "description": "The bytes as they came."}


class Bearer(HttpBearer):
    """A token in the header `Authorization: Bearer ...`; the seat behind it must have one of the roles."""

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__()
        self.roles = roles

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor behind the token, None for a token that opens nothing. Raises NotForRole."""
        made_here = token.startswith(TOKEN_MARK) and len(token) < 100
        seat = seat_of_token(token, demo_may_enter=functools.partial(demo_may_enter, request)) if made_here else None
        if seat is None:
            return None
        request.seat, request.actor = seat, seat.actor  # type: ignore[attr-defined]  # the framework's way to pass things on
        if not seat.actor.roles & self.roles:
            allowed = ", ".join(sorted(said().label(role, "role") for role in self.roles))
            raise NotForRole(_("This is for {roles}. Ask somebody who has that role.").format(roles=allowed))
        return seat.actor


def takes_files(body: Body) -> Body:
    """Let a route take a file, instead of JSON: in a form (its field `file`), or bare. The body finds it in the request."""
    body.media = FILES  # type: ignore[attr-defined]  # a mark that `route` reads
    return body


def route(
    router: Router,
    method: str,
    path: str,
    *,
    roles: frozenset[Role],
    answer: Any,
    subjects: Mapping[str, str] | None = None,
    status: int = 200,
) -> Callable[[Body], Body]:
    """Make `body(actor, **values)` the answer to `method` at `path`, in the shape `answer` (None: no content).

    A route for ANYBODY is `body(**values)`; where it has a parameter `request` it gets that too. `answer` is a Listed where the body
    returns a Cut, Download where it returns one. An identifier in the path without a subject is a fault of the program.
    """

    def decorate(body: Body) -> Body:
        named = re.findall(r"\{(\w+)\}", path)
        if set(named) != set(subjects or {}):
            raise TypeError(f"{method} {path}: say in `subjects` what each of {sorted(named)} stands for, and nothing else")
        if roles - (frozenset(Role) - {Role.SERVICE}):
            raise TypeError(f"{method} {path}: {sorted(roles)} are not all roles of people")
        parameters = _parameters(body)
        declared = Route(
            method=method.upper(),
            path=path,
            roles=roles,
            subjects=subjects or {},
            answer=answer,
            status=status,
            queries=frozenset(_queries(parameters)),
            media=getattr(body, "media", frozenset()),
        )
        if method.upper() in ROUTES.setdefault(path, {}):
            raise TypeError(f"{method} {path} is declared twice")
        if body.__name__ in _NAMES:
            raise TypeError(f"{method} {path}: another route is called {body.__name__} in the document already")
        _NAMES.add(body.__name__)
        ROUTES[path][method.upper()] = declared
        shaped = None if answer is Download else answer
        given = TypeAdapter(shaped) if shaped is not None else None

        @functools.wraps(body)
        def view(request: HttpRequest, **values: Any) -> HttpResponse:
            return _answered(declared, given, body, request, values)

        view.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # what the framework reads the values from
            [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD), *parameters]
        )
        summary = (inspect.getdoc(body) or "").split("\n")[0].rstrip(".")
        router.api_operation(
            [method.upper()],
            path,
            response={status: shaped},
            summary=summary,
            description=inspect.getdoc(body),
            operation_id=body.__name__,
            openapi_extra={
                "x-roles": sorted(roles),
                "x-subjects": dict(subjects or {}),
                **({"responses": {status: _BYTES}} if answer is Download else {}),
                **_file_body(declared),
            },
            auth=None if roles == ANYBODY else Bearer(roles),
        )(view)
        return body

    return decorate


def _file_body(declared: Route) -> dict[str, Any]:
    """How the document tells of a file as body."""
    if not declared.media:
        return {}
    bare = {"schema": {"type": "string", "format": "binary"}}
    form = {"schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}}
    return {"requestBody": {"required": True, "content": {media: form if media == FORM else bare for media in sorted(declared.media)}}}


def _parameters(body: Body) -> list[inspect.Parameter]:
    """The parameters that come from the request, with their types resolved."""
    hints = typing.get_type_hints(body, include_extras=True)
    return [
        one.replace(annotation=hints.get(name, one.annotation))
        for name, one in inspect.signature(body).parameters.items()
        if name not in ("request", "actor")
    ]


def _queries(parameters: Sequence[inspect.Parameter]) -> list[str]:
    """The names that may stand in the query."""
    names: list[str] = []
    for one in parameters:
        shape = typing.get_args(one.annotation)[0] if typing.get_origin(one.annotation) is typing.Annotated else one.annotation
        if typing.get_origin(one.annotation) is typing.Annotated and isinstance(shape, type) and issubclass(shape, Shape):
            names += shape.model_fields
    return names


def _answered(declared: Route, given: TypeAdapter[Any] | None, body: Body, request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    unknown = sorted(set(request.GET) - declared.queries)
    if unknown:
        raise BadRequest(_("There is no query parameter {name} here.").format(name=unknown[0][:80]))
    if "request" in inspect.signature(body).parameters:
        values["request"] = request
    if declared.open:
        return _response(_rendered(declared, given, body(**values), request))
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set with the token
    if declared.answer is Download:
        return _file(body(actor, **values))
    key = request.headers.get("Idempotency-Key")

    def answer() -> Answer:
        made = _rendered(declared, given, body(actor, **values), request)
        if (act := last_act()) is not None:
            # what POST /acts/{act}/undo takes
            made.headers["Sild-Act"] = str(act)
        return made

    if declared.safe or key is None:
        return _response(answer())
    if not declared.keyed:
        raise BadRequest(_("This answer holds a secret and is kept nowhere: send the request without an idempotency key."))
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise BadRequest(_("An idempotency key is 1 to 200 visible ASCII characters."))

    def kept() -> Answer:
        made = answer()
        return replace(made, about=_about(declared, values, made))

    return _response(once(actor, key, _digest(declared, request), kept))


def _about(declared: Route, values: Mapping[str, Any], made: Answer) -> frozenset[tuple[str, UUID]]:
    """The records of a kept answer: those in the address, and those that the answer names."""
    asked = {(label, values[name]) for name, label in declared.subjects.items() if isinstance(values.get(name), UUID)}
    named = {UUID(one) for one in _IDENTIFIER.findall(f"{made.headers.get('Location', '')} {made.body}")}
    return frozenset(asked | records_named(named - {one for _label, one in asked}, made.headers.get("Sild-Act")))


def _digest(declared: Route, request: HttpRequest) -> str:
    """What tells whether two requests are the same."""
    asked = hashlib.sha256("\n".join([declared.method, request.get_full_path(), ""]).encode())
    if declared.media and request.content_type == FORM:
        # the boundary between the parts differs each time
        for name, sent in ((field, file) for field in sorted(request.FILES) for file in request.FILES.getlist(field)):
            asked.update(f"{name}\n{sent.name}\n{sent.size}\n".encode())
            for piece in sent.chunks():
                asked.update(piece)
    else:
        asked.update(request.body)
    return asked.hexdigest()


def _rendered(declared: Route, given: TypeAdapter[Any] | None, made: Any, request: HttpRequest) -> Answer:
    headers: dict[str, str] = {}
    if isinstance(made, Created):
        headers["Location"], made = made.location, made.body
    elif isinstance(made, Cut):
        made = Listed(items=list(made.items), next=_next(request, made.after))
    if given is None:
        return Answer(status=declared.status, headers=headers)
    return Answer(status=declared.status, headers=headers, body=given.dump_json(made).decode())


def _next(request: HttpRequest, after: str) -> str | None:
    if not after:
        return None
    query = request.GET.copy()
    query["after"] = after
    return f"{request.path}?{query.urlencode()}"


def _file(made: Download) -> HttpResponse:
    """Bytes that a browser saves and runs nothing of, whoever sent them."""
    return download(made.data, made.name)


def _response(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body.encode(), status=answer.status, headers=answer.headers)
    if answer.body:
        response.headers["Content-Type"] = JSON
    else:
        del response.headers["Content-Type"]
    return response
