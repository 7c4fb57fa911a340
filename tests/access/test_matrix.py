"""The access matrix: every route, every method, every role, with a record that is theirs, released to them, somebody else's, and not there.

Made from the declarations of pages and routes. What is not yours is answered as what is not there, byte for byte.
"""

from __future__ import annotations

import json
import random
import re
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from sild.kernel import house
from sild.kernel.accounts import Account
from sild.kernel.actor import acting
from sild.kernel.history import Act
from sild.kernel.page import PAGES, Page
from sild.kernel.record import Record
from sild.postgres.supervisor import Server
from sild.web import urls  # noqa: F401 - declares the pages of every wing: without it the matrix would hold those alone that others import
from sild.web.framework_routes import ROUTES as FRAMEWORK
from sild.web.framework_routes import Who
from tests import drawing
from tests.worlds.base import ROLES, WORLDS
from tests.worlds.pair import Worlds, worlds_of
from tests.worlds.programs import Address, addresses, document, token_of, variants
from tests.worlds.stillness import still
from tests.worlds.walking import NONCE, WORDS, Form, Seen, observed

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
KINDS = ("own", "granted", "somebody else's", "not there")
NOBODY = uuid.UUID("00000000-0000-4000-8000-00000000dead")
Sorted = Mapping[str, Mapping[str, list[uuid.UUID]]]
OTHER_PARTS = re.compile(r"<(?P<kind>\w+):\w+>")
PAGE_LIST = sorted(PAGES.values(), key=lambda page: page.name)
ADDRESSES = addresses(document())


@pytest.fixture(scope="module")
def worlds(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The base world, built once in a run, and connected."""
    with worlds_of(server, tmp_path_factory) as made, house.connected(server, WORLDS[0]):
        yield made


@dataclass(frozen=True, slots=True)
class Seat:
    """One role: a browser that is signed in, a program's token, and every kind of record sorted by how the role stands to it."""

    role: str
    client: Client
    records: Sorted
    forms: dict[str, list[Form]] = field(default_factory=dict)
    """The forms of each page that was looked at: every act is taken back, so that a page has the same ones for all who ask."""

    def identifiers(self, subjects: Mapping[str, str], kinds: tuple[str, ...]) -> dict[str, uuid.UUID] | None:
        """One identifier for each name; None where the world holds none of that kind."""
        found = {}
        for (name, label), kind in zip(subjects.items(), kinds, strict=True):
            pool = [NOBODY] if kind == "not there" else self.records.get(label, {}).get(kind, [])
            if not pool:
                return None
            found[name] = pool[0]
        return found


@pytest.fixture(params=ROLES, scope="module")
def seat(request: pytest.FixtureRequest, worlds: Worlds) -> Seat:
    """Each role in turn."""
    role = request.param
    with still(7, 0):
        client = Client(SERVER_NAME="localhost", raise_request_exception=True)
        client.force_login(Account.objects.get(id=worlds.base.accounts[role]), backend=settings.AUTHENTICATION_BACKENDS[0])
    return Seat(role, client, _sorted(worlds, role))


def _sorted(worlds: Worlds, role: str) -> Sorted:
    actor = worlds.base.actors[role]
    found: dict[str, dict[str, list[uuid.UUID]]] = {}
    for model in [one for one in apps.get_models() if issubclass(one, Record)] + [Act]:
        everything: models.QuerySet[Record] = models.QuerySet(model, using="migrate")
        owners = dict(everything.order_by("id").values_list("id", "owner_id"))
        with acting(actor):
            seen = set(model._default_manager.values_list("id", flat=True))
        found[model._meta.label] = {
            "own": [identity for identity, owner in owners.items() if identity in seen and owner == actor.organisation],
            "granted": [identity for identity, owner in owners.items() if identity in seen and owner != actor.organisation],
            "somebody else's": [identity for identity in owners if identity not in seen],
        }
    connections["migrate"].close()
    return found


def ask(client: Client, method: str, path: str, sent: Mapping[str, str] | None = None) -> HttpResponse:
    """One request, taken back afterwards, so that each meets the same world."""
    with still(7, 1), transaction.atomic():
        answer = client.post(path, dict(sent or {})) if method == "POST" else client.generic(method, path)
        transaction.set_rollback(True)
    return answer


def path_of(page: Page, identifiers: Mapping[str, uuid.UUID]) -> str:
    """The address with its identifiers; words and numbers in it are ones that name nothing."""
    path = "/" + page.path
    for name, identity in identifiers.items():
        path = path.replace(f"<uuid:{name}>", str(identity))
    return OTHER_PARTS.sub(lambda part: {"int": "1", "slug": "nothing-of-that-name"}[part["kind"]], path)


def told(answer: HttpResponse, identifiers: Mapping[str, uuid.UUID]) -> tuple[object, ...]:
    """The answer as compared: where the address itself is named in it, any identifier is as good as another."""
    status, headers, body = observed(answer)
    for identity in identifiers.values():
        headers = tuple((name, value.replace(str(identity), "ID")) for name, value in headers)
        body = body.replace(str(identity).encode(), b"ID")
    return status, headers, body


def in_turn(role: str, name: str) -> bool:
    """Whether this role asks what is answered before roles are looked at: each address is asked so by one of them, each by another."""
    return ROLES[zlib.crc32(name.encode()) % len(ROLES)] == role


def stands(page: Page, role: str) -> bool:
    return role in {one.value for one in page.roles}


T = TypeVar("T")


def faults_of(check: Callable[[Seat, T], None], seat: Seat, subjects: Sequence[T]) -> list[str]:
    """What a check finds wrong, each with its page: one test for all that a role asks, since thousands cost as much as what they ask."""
    faults = []
    for subject in subjects:
        try:
            check(seat, subject)
        except AssertionError as fault:
            faults.append(f"{getattr(subject, 'name', '')}{getattr(subject, 'pattern', '')}: {fault}")
    return faults


def test_a_page_answers_each_role_by_its_declaration(seat: Seat) -> None:
    assert len(PAGE_LIST) > 100
    assert faults_of(_answers_by_its_declaration, seat, PAGE_LIST) == []


def _answers_by_its_declaration(seat: Seat, page: Page) -> None:
    identifiers = seat.identifiers(page.subjects, ("own",) * len(page.subjects)) or seat.identifiers(
        page.subjects, ("granted",) * len(page.subjects)
    )
    path = path_of(page, identifiers or dict.fromkeys(page.subjects, NOBODY))
    answers = {}
    for method in METHODS:
        declared = method in page.methods or (method == "HEAD" and "GET" in page.methods)
        if not declared and not in_turn(seat.role, page.name):
            continue
        answer = answers[method] = ask(seat.client, method, path)
        if method == "OPTIONS":
            assert (answer.status_code, answer.headers["Allow"]) == (204, page.allowed)
        elif not declared:
            assert (answer.status_code, answer.headers["Allow"]) == (405, page.allowed)
        elif not stands(page, seat.role):
            assert answer.status_code == 403, f"{method} {path}"
        else:
            assert answer.status_code not in (401, 403, 405), f"{method} {path}: {answer.status_code}"
            assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
        assert answer.headers["Cache-Control"] == "no-store, private"
    if "GET" in page.methods:
        assert (answers["HEAD"].status_code, body_of(answers["HEAD"])) == (answers["GET"].status_code, b"")


def test_what_is_not_yours_is_answered_as_what_is_not_there(seat: Seat) -> None:
    with_subjects = [page for page in PAGE_LIST if page.subjects]
    assert len(with_subjects) > 50
    assert faults_of(_tells_nothing_of_others, seat, with_subjects) == []


def _tells_nothing_of_others(seat: Seat, page: Page) -> None:
    count = len(page.subjects)
    absent = dict.fromkeys(page.subjects, NOBODY)
    for method in page.methods:
        # who is refused at the door is refused with any form alike
        forms = _sent(seat, page) if method == "POST" and (stands(page, seat.role) or not drawing.few) else [{}]
        for sent in forms:
            nothing = told(ask(seat.client, method, path_of(page, absent), sent), absent)
            for kinds in product(KINDS, repeat=count):
                if "somebody else's" not in kinds:
                    continue
                identifiers = seat.identifiers(page.subjects, kinds)
                if identifiers is None:
                    continue
                answer = told(ask(seat.client, method, path_of(page, identifiers), sent), identifiers)
                assert answer == nothing, f"{seat.role} {method} {page.name} {kinds} {sent}"
            if stands(page, seat.role):
                assert nothing[0] in (404, 409, 422), f"{seat.role} {method} {page.name}: {nothing[0]}"


def _sent(seat: Seat, page: Page) -> list[dict[str, str]]:
    """Forms of the page as a browser would send them: whole, empty, and with every field empty."""
    forms: list[dict[str, str]] = [{}]
    for kinds in (("own",) * len(page.subjects), ("granted",) * len(page.subjects)):
        identifiers = seat.identifiers(page.subjects, kinds)
        for other in PAGE_LIST if identifiers else ():
            if "GET" not in other.methods or dict(other.subjects) != dict(page.subjects) or not stands(other, seat.role):
                continue
            forms += _filled(seat, path_of(other, identifiers or {}), path_of(page, identifiers or {}))
    whole = forms[1] if len(forms) > 1 else {"reason": "asked", "version": "1"}
    return [{}, whole, dict.fromkeys(whole, "")]


def body_of(answer: HttpResponse) -> bytes:
    """The body, also of an answer that is sent in pieces."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _filled(seat: Seat, place: str, target: str) -> list[dict[str, str]]:
    """The forms of a page that are sent to the target, each field filled in."""
    if place not in seat.forms:
        answer = ask(seat.client, "GET", place)
        seen = Seen(place)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            seen.feed(body_of(answer).decode())
        seat.forms[place] = seen.forms
    return [
        dict(form.fixed) | dict.fromkeys(form.texts, "asked") | {name: values[-1] for name, values in form.choices.items()}
        for form in seat.forms[place]
        if form.method == "POST" and form.action.partition("?")[0] == target
    ]


def test_a_stranger_is_sent_to_the_door_whatever_is_asked(worlds: Worlds) -> None:
    client = Client(SERVER_NAME="localhost")
    for page in PAGE_LIST:
        path = path_of(page, dict.fromkeys(page.subjects, NOBODY))
        for method in METHODS:
            answer = ask(client, method, path)
            assert answer.status_code == 302, f"{method} {path}"
            assert answer.headers["Location"].startswith("/sign-in/?next="), f"{method} {path}"


def test_sign_in_routes_let_in_whom_they_declare(worlds: Worlds) -> None:
    client = Client(SERVER_NAME="localhost")
    for route in FRAMEWORK:
        for method in METHODS:
            answer = ask(client, method, f"/{route.path}")
            assert answer.status_code < 500, f"{method} {route.path}"
            if route.who is Who.SIGNED_IN:
                assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"), f"{method} {route.path}"
            elif method == "OPTIONS":
                assert answer.headers["Allow"] == route.allowed
            elif method not in (*route.methods, "HEAD"):
                assert answer.status_code == 405, f"{method} {route.path}"


def test_every_address_is_declared() -> None:
    declared = {page.name for page in PAGES.values()} | {route.name for route in FRAMEWORK}
    named = {str(pattern.name) for pattern in get_resolver().url_patterns if getattr(pattern, "name", None)}
    assert named <= declared, named - declared
    mounted = [pattern for pattern in get_resolver().url_patterns if not getattr(pattern, "name", None)]
    assert [str(pattern.pattern) for pattern in mounted] == ["api/v1/"]


def api(client: Client, address: Address, identifiers: Mapping[str, uuid.UUID], token: str, body: object = None) -> HttpResponse:
    return _api(client, address.method, address.aimed(identifiers), token, body)


def _api(client: Client, method: str, path: str, token: str, body: object = None) -> HttpResponse:
    sent = "" if body is None else json.dumps(body)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    with still(7, 2), transaction.atomic():
        answer = client.generic(method, path, sent, content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    return answer


def test_the_api_answers_each_role_by_its_declaration(seat: Seat) -> None:
    assert len(ADDRESSES) > 200
    assert faults_of(_api_answers_by_its_declaration, seat, ADDRESSES) == []


def _api_answers_by_its_declaration(seat: Seat, address: Address) -> None:
    subjects = dict(address.subjects)
    identifiers = (
        seat.identifiers(subjects, ("own",) * len(subjects))
        or seat.identifiers(subjects, ("granted",) * len(subjects))
        or dict.fromkeys(subjects, NOBODY)
    )
    body = next(variants(address.schema, random.Random(1), [NOBODY], WORDS))
    plain = Client(SERVER_NAME="localhost")
    first = in_turn(seat.role, f"{address.method} {address.pattern}")
    if address.roles and first:
        assert api(plain, address, identifiers, "", body).status_code == 401
        assert api(plain, address, identifiers, token_of("nobody"), body).status_code == 401
        # a cookie opens nothing here
        assert api(seat.client, address, identifiers, "", body).status_code == 401
    answer = api(plain, address, identifiers, token_of(seat.role), body)
    if address.roles and seat.role not in address.roles:
        assert answer.status_code == 403
    else:
        assert answer.status_code not in (401, 403, 405) and answer.status_code < 500, answer.content
    for method in METHODS if first else ():
        if not any(one.method == method and one.pattern == address.pattern for one in ADDRESSES) and method not in ("HEAD", "OPTIONS"):
            assert _api(plain, method, address.aimed(identifiers), token_of(seat.role)).status_code == 405
    assert not first or _api(plain, "OPTIONS", address.aimed(identifiers), "").status_code == 204
    if address.method == "GET":
        head = _api(plain, "HEAD", address.aimed(identifiers), token_of(seat.role))
        assert (head.status_code, head.content) == (answer.status_code, b"")


def test_the_api_answers_what_is_not_yours_as_what_is_not_there(seat: Seat) -> None:
    with_subjects = [one for one in ADDRESSES if one.subjects]
    assert len(with_subjects) > 100
    assert faults_of(_api_tells_nothing_of_others, seat, with_subjects) == []


def _asks_all_bodies(role: str, address: Address) -> bool:
    """Whether the role sends the bodies that fit the schema half or not at all: each address is sent them by one of those whom it answers.

    Whether a body fits is found out before anybody is asked who sent it; in the long set each role sends each.
    """
    asking = sorted(address.roles) or ROLES
    return not drawing.few or role == asking[zlib.crc32(f"{address.method} {address.pattern}".encode()) % len(asking)]


def _api_tells_nothing_of_others(seat: Seat, address: Address) -> None:
    subjects, plain, token = dict(address.subjects), Client(SERVER_NAME="localhost"), token_of(seat.role)
    absent = dict.fromkeys(subjects, NOBODY)
    known = [identity for kinds in seat.records.values() for kind in kinds.values() for identity in kind[:2]]
    bodies = list(variants(address.schema, random.Random(2), known, WORDS))
    for body in bodies[:1] + bodies[1:] * _asks_all_bodies(seat.role, address):
        nothing = told(api(plain, address, absent, token, body), absent)
        for kinds in product(KINDS, repeat=len(subjects)):
            identifiers = seat.identifiers(subjects, kinds) if "somebody else's" in kinds else None
            if identifiers is not None:
                answer = told(api(plain, address, identifiers, token, body), identifiers)
                assert answer == nothing, f"{seat.role} {address.method} {address.pattern} {kinds} {body}"
        if seat.role in address.roles:
            assert nothing[0] in (400, 404, 409, 422), f"{seat.role} {address.method} {address.pattern}: {nothing[0]}"


def test_an_identifier_in_a_body_that_is_not_yours_is_one_that_is_not_there(seat: Seat) -> None:
    with_bodies = [one for one in ADDRESSES if one.schema]
    assert len(with_bodies) > 100
    assert faults_of(_body_tells_nothing_of_others, seat, with_bodies) == []


def _body_tells_nothing_of_others(seat: Seat, address: Address) -> None:
    subjects, plain, token = dict(address.subjects), Client(SERVER_NAME="localhost"), token_of(seat.role)
    identifiers = seat.identifiers(subjects, ("own",) * len(subjects)) or seat.identifiers(subjects, ("granted",) * len(subjects))
    foreign = [found["somebody else's"][0] for found in seat.records.values() if found["somebody else's"]]
    if identifiers is None or seat.role not in address.roles:
        return
    nobodys = _body_naming(address, NOBODY)
    if nobodys == _body_naming(address, uuid.UUID(int=0)):
        # nothing in this body names a record
        return
    second = told(api(plain, address, identifiers, token, nobodys), {"body": NOBODY})
    hand, hands = _hand_of(address) if drawing.few else (0, 1)
    for other in foreign[hand::hands]:
        mine = _body_naming(address, other)
        first = told(api(plain, address, identifiers, token, mine), {"body": other})
        same = NONCE.sub(b"", first[2] if isinstance(first[2], bytes) else b"")
        assert (first[0], same) == (second[0], second[2]), f"{seat.role} {address.pattern} {mine}"


HANDS = 4
"""Among how many addresses that do the same the foreign records are dealt out."""


def _hand_of(address: Address) -> tuple[int, int]:
    """Which of how many hands an address has: those that take the same body and end in the same word, such as the release of each kind of
    record, are one function behind several doors, and ask about a quarter of the foreign records each; in the long set about all."""
    alike = [one for one in ADDRESSES if _doing(one) == _doing(address)]
    hands = min(HANDS, len(alike))
    return alike.index(address) % hands, hands


def _doing(address: Address) -> tuple[str, str, object]:
    return address.method, address.pattern.rpartition("/")[2], address.schema


def _body_naming(address: Address, identity: uuid.UUID) -> object:
    """The same body each time but for the record that it names."""
    return next(variants(address.schema, random.Random(3), [identity], WORDS))
