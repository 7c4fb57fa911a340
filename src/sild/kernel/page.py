"""Pages: the one way in which a wing shows something in the browser.

`@page` declares a page's name, path, methods, roles and what its identifiers stand for; the desk's addresses, the access matrix and
the reference are made from these declarations. It finds the actor, checks the role before any record is looked at, and turns
refusals into answers: what is not there and what is not yours are one page, byte for byte.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.action import last_act
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row")
METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A declared page. `subjects` names the record kind of each identifier in the path ("need": "register.Need")."""

    name: str
    path: str
    methods: tuple[str, ...]
    roles: frozenset[Role]
    subjects: Mapping[str, str] = field(default_factory=dict)
    view: View
    body: View

    @property
    def allowed(self) -> str:
        """The Allow header."""
        return ", ".join([*self.methods, *(["HEAD"] if "GET" in self.methods else []), "OPTIONS"])


PAGES: dict[str, Page] = {}
"""Every page by its name."""


def page(
    name: str,
    path: str,
    *,
    roles: frozenset[Role] = PEOPLE,
    methods: tuple[str, ...] = ("GET",),
    subjects: Mapping[str, str] | None = None,
) -> Callable[[View], View]:
    """Make `view(request, actor, **identifiers)` a page of the desk at `path` (Django's path syntax, no leading slash)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answered(request: HttpRequest, **identifiers: Any) -> HttpResponseBase:
            return _closed(_answer(PAGES[name], request, identifiers))

        PAGES[name] = Page(name=name, path=path, methods=methods, roles=roles, subjects=subjects or {}, view=answered, body=view)
        return answered

    return decorate


def _answer(declared: Page, request: HttpRequest, identifiers: dict[str, Any]) -> HttpResponseBase:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _to_the_door(request)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": declared.allowed})
    if request.method not in (*declared.methods, *(["HEAD"] if "GET" in declared.methods else [])):
        return HttpResponse(status=405, headers={"Allow": declared.allowed})
    _without_nul(request)
    if not actor.roles & declared.roles:
        return render(request, "web/not_for_role.html", {"roles": sorted(declared.roles)}, status=403)
    try:
        return declared.body(request, actor, **identifiers)
    except NotThere:
        return not_there(request)
    except NotForRole as refusal:
        return _refused(request, refusal, 403)
    except Stale as stale:
        return render(request, "web/stale.html", {"stale": stale, "message": str(stale)}, status=409)
    except Refused as refusal:
        return _refused(request, refusal, 409)


def _refused(request: HttpRequest, refusal: Refused, status: int) -> HttpResponse:
    """Why it was not done, the way back to the page that asked for it, and what somebody had written, so that it can be copied."""
    written = [text for key, texts in request.POST.lists() for text in texts if " " in text.strip() and "password" not in key]
    context = {"message": str(refusal), "back_url": asked_from(request), "written": written}
    return render(request, "web/refused.html", context, status=status)


def asked_from(request: HttpRequest) -> str:
    """The path of the desk's page on which the request began; "" where it is not told or lies elsewhere."""
    here = f"{request.scheme}://{request.get_host()}/"
    told = request.headers.get("Referer", "")
    # a path of this desk and nothing else: "//" or "/\\" would lead to another host
    return "/" + told.removeprefix(here).lstrip("/\\") if told.startswith(here) else ""


def _without_nul(request: HttpRequest) -> None:
    """Leave out the one sign that no text of a register holds and that the database refuses."""
    for name in ("GET", "POST"):
        sent = getattr(request, name)
        if any("\x00" in text for _name, texts in sent.lists() for text in texts):
            cleaned = sent.copy()
            for key, texts in sent.lists():
                cleaned.setlist(key, [text.replace("\x00", "") for text in texts])
            setattr(request, name, cleaned)


def offer_undo(request: HttpRequest, words: str) -> None:
    """Show on the next page what was just done, with a button that takes it back."""
    done = last_act()
    if done is not None:
        request.session["undo"] = {"act": str(done), "words": words}


def cut_to_page(request: HttpRequest, rows: Sequence[Row], size: int) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows of the page that `?from=` asks for, `size` of them, and what web/parts/pagination.html shows under them.

    The other filters of the address stay; a start that cannot be read, or lies past the end, is the beginning.
    """
    said = request.GET.get("from", "")
    start = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    start = start if start < len(rows) else 0
    last = min(start + size, len(rows))

    def link(first: int) -> str:
        return f"?{urlencode({**{key: text for key, text in request.GET.items() if key != 'from'}, 'from': max(first, 0)})}"

    told = {"previous_url": link(start - size) if start else "", "next_url": link(last) if last < len(rows) else ""}
    if len(rows) > size:
        told["shown"] = _("{first} to {last} of {all}").format(first=start + 1, last=last, all=len(rows))
    return rows[start:last], told


def not_there(request: HttpRequest) -> HttpResponse:
    """The one answer for what is not there and for what is not yours."""
    return render(request, "web/not_there.html", status=404)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """A person without a seat chooses one; a stranger signs in. A form that was sent is not repeated after that."""
    door = "web.seats" if request.user.is_authenticated else "account_login"
    here = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': here})}")


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    """No copy of a page stays in any cache: the next reader may be somebody else."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
