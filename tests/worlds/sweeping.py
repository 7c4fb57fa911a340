"""The first walk of a seed leaves nothing to chance: it goes to every address, in one of three ways.

`pages` reads every page with a record that is theirs, hidden and nobody's; `forms` sends every form of every page, and a form that no
page offers to every address that takes one; `programs` asks for everything through the API, and by methods that a browser does not use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.worlds.walking import Form, Step, Walk

WAYS = ("pages", "forms", "programs")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
WORDS_EACH = 4
"""How many words of hidden records are tried on an address that takes a form and no record."""
TRIES = 3
"""How many records are tried on a page whose first one is not the kind that it takes."""
REFUSED = 400
DEPTH = 3
"""How many pages that ask "are you sure?" are answered one after the other."""


def sweep(walk: Walk, way: str) -> Iterator[Step]:
    """The steps; between two of them the walk looks at the answer."""
    return {"pages": _pages, "forms": _forms, "programs": _programs}[way](walk)


def _pages(walk: Walk) -> Iterator[Step]:
    for start in walk.starts:
        yield Step("GET", start)
    for _method, pattern, subjects in _of_method(walk, "GET"):
        for pool in (walk.visible, walk.hidden, {}):
            yield Step("GET", walk.aimed(pattern, subjects, pool))


def _forms(walk: Walk) -> Iterator[Step]:
    sent: set[tuple[str, ...]] = set()
    for start in walk.starts:
        yield from _each_form(walk, start, sent)
    for _method, pattern, subjects in _of_method(walk, "GET"):
        for _try in range(TRIES):
            yield from _each_form(walk, walk.aimed(pattern, subjects, walk.visible), sent)
            if walk.status < REFUSED:
                break
    dealt = walk.chance.sample(walk.secrets, len(walk.secrets))
    for number, start in enumerate(walk.posted):
        # other words at each address, as long as there are some: what one of them took is not free at the next
        words = [dealt[(number * WORDS_EACH + place) % len(dealt)] for place in range(min(WORDS_EACH, len(dealt)))]
        # the name that a stranger gave stands first among the secrets: an address that asks for a name of its own kind meets it
        words = [*walk.secrets[:1], *words]
        yield from (Step("POST", start, walk.made_up(word=word)) for word in words)
    for _method, pattern, subjects in _of_method(walk, "POST"):
        for pool in (walk.visible, walk.hidden):
            yield Step("POST", walk.aimed(pattern, subjects, pool), walk.made_up(subjects))


def _each_form(walk: Walk, page: str, sent: set[tuple[str, ...]]) -> Iterator[Step]:
    """The page, then each of its forms of a kind that was not sent yet, then the forms that stand in their answers."""
    walk.forms = []
    yield Step("GET", page)
    answered = walk.status
    waiting = [(form, 1) for form in walk.forms]
    while waiting:
        form, depth = waiting.pop(0)
        kind = _kind(form)
        if form.method != "POST" or kind in sent:
            continue
        sent.add(kind)
        walk.forms = []
        yield walk.filled(form, whole=True)
        if depth < DEPTH:
            # the second page of a form has the first one's address and more in it
            waiting += [(one, depth + 1) for one in walk.forms]
    walk.status = answered


def _kind(form: Form) -> tuple[str, ...]:
    """What makes two forms one: where they go, whatever the record, and what they ask."""
    names = [name for name, _value in form.fixed] + form.texts + list(form.choices)
    return (IDENTIFIER.sub("ID", form.action), *sorted(set(names)))


def _programs(walk: Walk) -> Iterator[Step]:
    # the browser first: among a program's requests is one that ends the person's sessions, and after it every page sends to the sign-in
    yield from (Step(method, start) for start in walk.starts[:3] for method in ("HEAD", "OPTIONS", "PUT", "DELETE"))
    for method in ("PUT", "DELETE"):
        for _method, pattern, subjects in _of_method(walk, method):
            for pool in (walk.visible, walk.hidden):
                yield Step(method, walk.aimed(pattern, subjects, pool))
    for address in walk.programs:
        for pool in (walk.visible, walk.hidden):
            yield walk.program(address, (pool,), whole=True)


def _of_method(walk: Walk, method: str) -> Sequence[tuple[str, str, tuple[tuple[str, str], ...]]]:
    return list(dict.fromkeys(one for one in walk.patterns if one[0] == method))
