"""Thirteen leaks that real desks have had, each put in on purpose: the two worlds must find every one of them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

from sild.kernel.accounts import ApiToken
from sild.kernel.action import ACTIONS, action
from sild.kernel.actor import PEOPLE, Actor, acting
from sild.kernel.page import PAGES, page
from sild.postgres.supervisor import Server
from sild.web import context as web_context
from sild.web import urls
from sild.wings.linkage.models import Judgement
from sild.wings.register.models import Need
from sild.wings.register.public import needs
from tests.worlds.base import WORLDS
from tests.worlds.stillness import BEGINNING

LOG = logging.getLogger("sild.web")


def everything(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """An answer past all policies: the fault that every leak here is made of."""
    with connections["migrate"].cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


@contextmanager
def planted_page(view: Callable[..., HttpResponse], address: str, methods: tuple[str, ...] = ("GET",), **subjects: str) -> Iterator[None]:
    """A page that stands among the others while the block lasts."""
    name = f"planted.{view.__name__}"
    page(name, address, methods=methods, subjects=subjects)(view)
    urls.urlpatterns.append(path(address, PAGES[name].view, name=name))
    clear_url_caches()
    try:
        yield
    finally:
        del PAGES[name]
        urls.urlpatterns.pop()
        clear_url_caches()


@contextmanager
def planted_statements(server: Server, plant: list[str], remove: list[str]) -> Iterator[None]:
    """Something in the database, as its administrator would have left it."""
    connections.close_all()
    for world in WORLDS:
        server.execute(plant, database=world)
    try:
        yield
    finally:
        connections.close_all()
        for world in WORLDS:
            server.execute(remove, database=world)


def owner_view(server: Server) -> Iterator[None]:
    """A view shows rows with the eyes of who made it."""

    def seen(request: HttpRequest, actor: Actor) -> HttpResponse:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from planted_view")
            return HttpResponse(str(cursor.fetchone()))

    plant = ["create view planted_view as select title from register_need", "grant select on planted_view to sild_app"]
    with planted_statements(server, plant, ["drop view planted_view"]), planted_page(seen, "planted/view/"):
        yield


def global_unique_constraint(server: Server) -> Iterator[None]:
    """A name that another organisation took is refused."""

    @action("planted.name-token", roles=PEOPLE)
    def name_token(actor: Actor, account: uuid.UUID, name: str) -> None:
        ApiToken(member_id=actor.person, account_id=account, name=name, digest=uuid.uuid4().hex * 2, expires_at=BEGINNING).save()

    def named(request: HttpRequest, actor: Actor) -> HttpResponse:
        try:
            name_token(actor, request.user.id, next((text for text in request.POST.values() if text), "")[:100])
        except DatabaseError:
            return HttpResponse("This name is taken", status=409)
        return HttpResponse("made")

    plant, remove = ["create unique index planted_name on kernel_apitoken (name)"], ["drop index planted_name"]
    with planted_statements(server, plant, remove), planted_page(named, "planted/name/", ("POST",)):
        yield
    del ACTIONS["planted.name-token"]


def foreign_key(_server: Server) -> Iterator[None]:
    """A key that points at a record nobody showed is taken when the record is there."""

    @action("planted.point", roles=PEOPLE)
    def point(actor: Actor, line: uuid.UUID) -> None:
        Judgement(line_a_id=line, line_b_id=line, relation="same-as", judged_by=actor.name, reason="planted").save()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")

    def pointed(request: HttpRequest, actor: Actor, line: uuid.UUID) -> HttpResponse:
        try:
            with transaction.atomic():
                point(actor, line)
        except DatabaseError:
            return HttpResponse("no", status=409)
        return HttpResponse("kept")

    with planted_page(pointed, "planted/point/<uuid:line>/", ("POST",), line="register.Line"):
        yield
    del ACTIONS["planted.point"]


def serial_id(server: Server) -> Iterator[None]:
    """A number that counts on with every record, whoever wrote it."""

    def numbered(request: HttpRequest, actor: Actor) -> HttpResponse:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("select nextval('planted_number')")
            return HttpResponse(f"Your case is number {cursor.fetchone()[0]}")

    plant = [
        "create sequence planted_number",
        "grant usage on planted_number to sild_app, sild_migrate",
        "create function planted_count() returns trigger language plpgsql as 'begin perform nextval(''planted_number''); return new; end'",
        "grant execute on function planted_count() to sild_app, sild_migrate",
        "create trigger planted_count before insert on kernel_note for each row execute function planted_count()",
    ]
    remove = ["drop trigger planted_count on kernel_note", "drop function planted_count()", "drop sequence planted_number"]
    with planted_statements(server, plant, remove), planted_page(numbered, "planted/number/"):
        yield


def count_in_a_badge(_server: Server) -> Iterator[None]:
    """The navigation counts what waits, for everybody at once."""

    def counted(actor: Actor, address: str) -> list[dict[str, Any]]:
        count = everything("select count(*) from register_need")[0][0]
        return [{"label": "Needs", "url": "/needs/", "current": False, "count": count}]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_context, "sections_for", counted)
        yield


def suggestion(_server: Server) -> Iterator[None]:
    """A field suggests what others wrote."""

    def suggested(request: HttpRequest, actor: Actor) -> HttpResponse:
        found = everything(
            "select distinct item from register_line where item ilike %s order by 1 limit 500", request.GET.get("q", "") + "%"
        )
        return HttpResponse("\n".join(item for (item,) in found))

    with planted_page(suggested, "planted/suggest/"):
        # every item of the register is one suggestion: a hidden line under a new name changes them
        yield


def cached_page(_server: Server) -> Iterator[None]:
    """A page is kept for the next reader, who is somebody else."""
    kept: dict[str, bytes] = {}

    def cached(request: HttpRequest, actor: Actor) -> HttpResponse:
        place = f"{connection.settings_dict['NAME']} {request.get_full_path()}"
        if place not in kept:
            kept[place] = "\n".join(sorted(str(need.id) for need in needs(actor))).encode()
        return HttpResponse(kept[place])

    with planted_page(cached, "planted/cached/"):
        yield


def put_only_gap(_server: Server) -> Iterator[None]:
    """The record is looked up for the reader when it is read, and for anybody when it is put."""

    def put(request: HttpRequest, actor: Actor, need: uuid.UUID) -> HttpResponse:
        if request.method == "PUT":
            there = everything("select count(*) from register_need where id = %s", need)[0][0]
            return HttpResponse("put" if there else "not there", status=200 if there else 404)
        with acting(actor):
            return HttpResponse(Need.found(need).title)

    with planted_page(put, "planted/put/<uuid:need>/", ("GET", "PUT"), need="register.Need"):
        yield


def omitted_field(_server: Server) -> Iterator[None]:
    """A filter that is left out shows all there is, not all that is the reader's."""

    def filtered(request: HttpRequest, actor: Actor) -> HttpResponse:
        if "category" in request.GET:
            return HttpResponse(str(sum(need.category == request.GET["category"] for need in needs(actor))))
        return HttpResponse(str(everything("select count(*) from register_need")[0][0]))

    with planted_page(filtered, "planted/filtered/"):
        yield


def bulk_path(_server: Server) -> Iterator[None]:
    """Of many records only the first is asked for as the reader."""

    def changed(request: HttpRequest, actor: Actor, need: uuid.UUID) -> HttpResponse:
        with acting(actor):
            Need.found(need)
        wanted = [text for text in request.POST.get("ids", "").split(",") if text]
        there = everything("select count(*) from register_need where id::text = any(%s)", wanted)[0][0]
        return HttpResponse(f"{there} changed")

    with planted_page(changed, "planted/bulk/<uuid:need>/", ("POST",), need="register.Need"):
        yield


def file_name(_server: Server) -> Iterator[None]:
    """The name of a file tells how many there are."""

    def exported(request: HttpRequest, actor: Actor) -> HttpResponse:
        number = everything("select count(*) from intake_message")[0][0]
        return HttpResponse("a,b", headers={"Content-Disposition": f'attachment; filename="messages-{number}.csv"'})

    with planted_page(exported, "planted/export/"):
        yield


def log_line(_server: Server) -> Iterator[None]:
    """The log says what the page does not."""

    def logged(request: HttpRequest, actor: Actor) -> HttpResponse:
        LOG.info("needs looked through: n%s", everything("select count(*) from register_need")[0][0])
        return HttpResponse("nothing for you")

    with planted_page(logged, "planted/logged/"):
        yield


def count_instead_of_the_bit(_server: Server) -> Iterator[None]:
    """How many things behind the wall are alike, where one may know whether there are any."""

    def compared(request: HttpRequest, actor: Actor, need: uuid.UUID) -> HttpResponse:
        with acting(actor):
            Need.found(need)
        count = everything("select count(*) from linkage_overlapmark")[0][0]
        return HttpResponse(f"{count} possible overlaps")

    with planted_page(compared, "planted/compared/<uuid:need>/", need="register.Need"):
        yield


LEAKS: Mapping[str, Callable[[Server], Iterator[None]]] = {
    "owner view": owner_view,
    "global unique constraint": global_unique_constraint,
    "foreign key": foreign_key,
    "serial id": serial_id,
    "count in a badge": count_in_a_badge,
    "suggestion": suggestion,
    "cached page": cached_page,
    "PUT-only gap": put_only_gap,
    "omitted field": omitted_field,
    "bulk path": bulk_path,
    "file name": file_name,
    "log line": log_line,
    "count instead of the bit": count_instead_of_the_bit,
}
"""Each leak by its name."""


@contextmanager
def planted(name: str, server: Server) -> Iterator[None]:
    """The desk with this leak in it."""
    with ExitStack() as stack:
        stack.enter_context(contextmanager(LEAKS[name])(server))
        yield
