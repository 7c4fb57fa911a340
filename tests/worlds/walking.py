"""A walk through the desk: what a person or a program of one seat asks for, step by step, written down as it is done in the first world.

A step follows a link, sends a form of the page with made-up values, or asks for a record that is theirs, hidden or not there.
"""

from __future__ import annotations

import json
import random
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from tests.worlds.programs import Address, variants

WORDS = (
    "laptop",
    "ноутбук",
    "generator",
    "hidden words",
    "backup",
    "Lviv",
    "Talpa Data OÜ",
    "training",
    "kübertõrje",
    "100",
    "2026-03-01",
    "",
)
NONCE = re.compile(rb'(csrfmiddlewaretoken"? value="|csrf-token" content=")[A-Za-z0-9]+')
UNTOLD = {"date", "expires", "set-cookie"}
"""Headers that hold the moment; cookies are compared by themselves."""
NONCES = {"csrftoken", "sessionid"}
"""Cookies whose values are chance; of all others the value is compared too."""
FITTING = {"date": "2026-03-01", "number": "3", "email": "somebody@example.org"}
FITTING_NAMES = {"quantity": "3", "needed_by": "2026-03-01", "available_from": "2026-03-01", "available_until": "2026-04-01", "days": "3"}
"""What a field of this kind or name takes."""
Pool = Mapping[str, list[uuid.UUID]]
NAMES = ("name", "title", "text", "reason", "why", "item", "email", "code", "address")
"""Fields that hold words, for forms that no page offers."""
Pattern = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One request: its method, path, sent fields or JSON body, and headers."""

    method: str
    path: str
    data: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        sent = f" {self.body or dict(self.data)}" if self.body or self.data else ""
        return f"{self.method} {self.path}{sent}"


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, with which fields; `choices` are the values that a field may take."""

    method: str
    action: str
    fixed: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    many: set[str] = field(default_factory=set)


class Seen(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page.partition("?")[0]
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith(("/", "?")):
            self.links.append(self._place(said["href"]))
        elif tag == "form":
            self._form = Form(method=said.get("method", "get").upper(), action=self._place(said.get("action", "")))
            self.forms.append(self._form)
        elif self._form is not None and said.get("name"):
            self._field(tag, said, self._form)
        elif self._form is not None and tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(said.get("value", ""))

    def _field(self, tag: str, said: Mapping[str, str], form: Form) -> None:
        name, kind = said["name"], said.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "button" or kind in ("radio", "checkbox", "submit"):
            form.choices.setdefault(name, []).append(said.get("value", "on"))
            if kind == "checkbox":
                form.many.add(name)
        elif kind == "hidden":
            form.fixed.append((name, said.get("value", "")))
        elif tag in ("input", "textarea"):
            form.texts.append(name)
            form.types[name] = kind

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _place(self, link: str) -> str:
        return self.page + link if link.startswith("?") else link or self.page


def answered(client: Client, step: Step) -> HttpResponse:
    """The answer to a step."""
    sent: Any = {}
    for name, value in step.data:
        sent.setdefault(name, []).append(value)
    extra: dict[str, Any] = {"headers": dict(step.headers)}
    if step.body is not None:
        return client.generic(step.method, step.path, step.body, content_type="application/json", **extra)
    if step.method in ("GET", "HEAD"):
        return getattr(client, step.method.lower())(step.path, sent, **extra)
    if step.method == "POST":
        return client.post(step.path, sent, **extra)
    return client.generic(step.method, step.path, **extra)


def observed(response: HttpResponse) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """All that a reader of the answer can tell: status, headers less date and nonce, body less nonce."""
    cookies = [("set-cookie", _cookie(morsel)) for _name, morsel in sorted(response.cookies.items())]
    headers = tuple(sorted([(name.lower(), value) for name, value in response.items() if name.lower() not in UNTOLD] + cookies))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, headers, NONCE.sub(rb"\1nonce", body)


def _cookie(morsel: Morsel[str]) -> str:
    """A cookie as compared: name, flags, life, and its value unless that is chance."""
    flags = [f"{name}={value}" for name, value in sorted(morsel.items()) if value and name != "expires"]
    return "; ".join([morsel.key, str(len(morsel.value)) if morsel.key in NONCES else morsel.value, *flags])


@dataclass(slots=True)
class Walk:
    """Chooses the next step from what was seen so far.

    `starts` are places to begin, `posted` those that take a form; identifiers stand as {name} in `patterns`. `secrets` are words that
    hidden records alone hold.
    """

    chance: random.Random
    starts: list[str]
    patterns: list[Pattern]
    visible: Mapping[str, list[uuid.UUID]]
    hidden: Mapping[str, list[uuid.UUID]]
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    programs: Sequence[Address] = ()
    token: str = ""
    posted: Sequence[str] = ()
    secrets: Sequence[str] = ()
    status: int = 0

    def next_step(self) -> Step:
        """A link, a form, a record by its identifier, a program's request, or a place to begin anew."""
        drawn = self.chance.random()
        if self.programs and self.chance.random() < 0.35:
            return self.program(self.chance.choice(self.programs))
        if self.forms and drawn < 0.40:
            return self.filled(self.chance.choice(self.forms))
        if self.patterns and drawn < 0.62:
            return self._aimed()
        if self.links and drawn < 0.85:
            return Step("GET", self.chance.choice(self.links))
        method = self.chance.choices(("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE"), weights=(12, 3, 1, 1, 1, 1))[0]
        places = self.posted if method == "POST" and self.posted and self.chance.random() < 0.7 else self.starts
        return Step(method, self.chance.choice(places), self._some_fields() if method == "POST" else self._question(method))

    def look_at(self, step: Step, response: HttpResponse) -> None:
        """Remember the links and the forms of an answer, and how it ended."""
        self.status = response.status_code
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            return
        seen = Seen(step.path)
        seen.feed(response.content.decode())
        usable = [link for link in seen.links if not link.startswith(("/sign-out", "/static", "/account", "/seats"))]
        self.links = sorted(set(self.links) | set(usable))[-400:]
        self.forms = [form for form in seen.forms if not form.action.startswith(("/sign-out", "/account", "/seats"))]

    def _aimed(self) -> Step:
        method, pattern, subjects = self.chance.choice(self.patterns)
        path = pattern
        for name, label in subjects:
            path = path.replace(f"{{{name}}}", str(self._identifier(label)))
        return Step(method, path, self._some_fields(subjects) if method == "POST" else ())

    def aimed(self, pattern: str, subjects: Sequence[tuple[str, str]], pool: Pool) -> str:
        """The address with records of the pool in it; where the pool has none of that kind, with nobody's."""
        path = pattern
        for name, label in subjects:
            path = path.replace(f"{{{name}}}", str(self._of(pool.get(label, []))))
        return path

    def made_up(self, subjects: Sequence[tuple[str, str]] = (), word: str = "") -> tuple[tuple[str, str], ...]:
        """A form that no page offers: words that only hidden records hold, and a list of records that are theirs, hidden and nobody's."""
        word = word or self.chance.choice(self.secrets or WORDS)
        sent = [(name, word) for name in NAMES]
        sent += [
            ("version", "1"),
            ("do", "accept"),
            ("ids", ",".join(str(identity) for identity in self._mixed(subjects[0][1] if subjects else ""))),
        ]
        return tuple(sent)

    def _mixed(self, label: str = "") -> list[uuid.UUID]:
        """A record of each pool and nobody's; of that kind, or of any."""
        pools = [self._of(pool.get(label) or [one for found in pool.values() for one in found]) for pool in (self.visible, self.hidden)]
        return [*pools, self._of([])]

    def _question(self, method: str) -> tuple[tuple[str, str], ...]:
        """Now and then a search or a filter, as a person types it into the address."""
        if method != "GET" or self.chance.random() < 0.5:
            return ()
        return ((self.chance.choice(("q", "state", "category", "after", "limit")), self.chance.choice(WORDS)),)

    def _some_fields(self, subjects: Sequence[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
        names = (*NAMES, "version", "do", "state", "passed", "marking", "next", "quantity", "category")
        chosen = self.chance.sample(names, 5)
        sent = [(name, self.chance.choice((*WORDS, *self.secrets, "1", "2", "accept", "yes"))) for name in chosen]
        if self.chance.random() < 0.7:
            labels = [label for _name, label in subjects] or [label for _m, _p, named in self.patterns for _name, label in named] or [""]
            sent.append(("ids", ",".join(str(identity) for identity in self._mixed(self.chance.choice(labels)))))
        return tuple(sent)

    def _identifier(self, label: str) -> uuid.UUID:
        """Theirs, hidden, or nobody's."""
        kinds = [pool.get(label, []) for pool in (self.visible, self.hidden)]
        pool = self.chance.choice([found for found in kinds if found] or [[]])
        return self._of([] if self.chance.random() < 0.15 else pool)

    def program(self, address: Address, pools: Sequence[Pool] = (), *, whole: bool = False) -> Step:
        """A request of a program, with its token; its body mostly fits, and names records that are theirs, hidden and nobody's."""
        drawn = pools or (self.visible, self.hidden, {})
        identifiers = {name: self._of(self.chance.choice(drawn).get(label, [])) for name, label in address.subjects}
        known = [identity for pool in (self.visible, self.hidden) for found in pool.values() for identity in found[:4]]
        bodies = list(variants(address.schema, self.chance, known, (*WORDS, *self.secrets)))
        body = bodies[0] if whole or self.chance.random() < 0.6 else self.chance.choice(bodies)
        asked = 0.15 if whole else 0.3
        query = {name: self.chance.choice((*WORDS, *self.secrets, "1")) for name in address.queries if self.chance.random() < asked}
        path = address.aimed(identifiers) + (f"?{urlencode(query)}" if query else "")
        sent = None if body is None else json.dumps(body)
        headers = [("authorization", f"Bearer {self.token}")]
        if address.method != "GET" and not whole and self.chance.random() < 0.3:
            headers.append(("idempotency-key", self.chance.choice(("one", "two"))))
        return Step(address.method, path, (), sent, tuple(headers))

    def _of(self, pool: Sequence[uuid.UUID]) -> uuid.UUID:
        return self.chance.choice(pool) if pool else uuid.UUID(bytes=self.chance.randbytes(16), version=4)

    def filled(self, form: Form, *, whole: bool = False) -> Step:
        """A form of a page, sent; `whole`: with every field filled in as its kind asks."""
        filled = list(dict(form.fixed).items())
        filled += [(name, self._text(name, form.types.get(name, ""), whole)) for name in form.texts if whole or self.chance.random() < 0.85]
        for name, values in form.choices.items():
            count = min(self.chance.randrange(1, 4), len(values)) if name in form.many else 1
            if whole or self.chance.random() < 0.9:
                said = [value for value in values if value] if whole else values
                filled += [(name, value) for value in self.chance.sample(said or values, min(count, len(said or values)))]
        if form.method == "GET":
            return Step("GET", form.action.partition("?")[0], tuple(filled))
        return Step("POST", form.action, tuple(pair for pair in filled if pair[0] != "csrfmiddlewaretoken"))

    def _text(self, name: str, kind: str, whole: bool) -> str:
        if whole:
            return FITTING.get(kind) or FITTING_NAMES.get(name) or self.chance.choice((*WORDS[:-1], *self.secrets))
        hidden = [str(identity) for found in self.hidden.values() for identity in found[:3]]
        if name.endswith(("_id", "line", "other")) and hidden and self.chance.random() < 0.5:
            return self.chance.choice(hidden)
        return self.chance.choice((*WORDS, *self.secrets))
