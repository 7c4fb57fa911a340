"""What people send about statements. What cannot be read is refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking
from sild.wings.attribution.actions import NewStatement, SentenceWords
from sild.wings.attribution.forms.tracks import ids_of
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.attribution.rules.linting import SentenceKind

PLACE = re.compile(r"s(\d{1,4})-place")


def new_statement_of(told: QueryDict) -> NewStatement:
    """A statement that a form begins. Raises Refused."""
    audience = told.get("audience", "")
    if audience not in {*EvidenceAudience}:
        raise Refused(_("That is no audience. Choose from the list."))
    languages = re.split(r"[\s,;]+", told.get("languages", "").strip().lower())
    return NewStatement(
        title=told.get("title", ""),
        audience=EvidenceAudience(audience),
        source=told.get("source", "").strip().lower(),
        languages=tuple(one for one in languages if one),
        speaker=told.get("speaker", ""),
        country=told.get("country", ""),
    )


def sentences_of(told: QueryDict) -> list[SentenceWords]:
    """The sentences of a form, in the order of the places that it gives them; one without a word in any language is left out.

    The fields of a sentence begin with its number: s1-place, s1-kind, s1-marking, s1-norm, s1-key, s1-evidence, s1-text-en. Raises Refused.
    """
    found = [(_place(told, name), int(match[1])) for name in told if (match := PLACE.fullmatch(name))]
    return [one for _place_of, number in sorted(found) if (one := _sentence(told, f"s{number}-")) is not None]


def number_of(text: str) -> int:
    """A version's number that a form names. Raises Refused."""
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Refused(_("That is no version. Load the page anew."))
    return int(text)


def _place(told: QueryDict, name: str) -> int:
    text = told.get(name, "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Refused(_("Give each sentence its place as a number: 1 for the first."))
    return int(text)


def _sentence(told: QueryDict, start: str) -> SentenceWords | None:
    text = dict(_words(told, f"{start}text-"))
    if not any(said.strip() for said in text.values()):
        return None
    kind, key = told.get(f"{start}kind", ""), ids_of([told.get(f"{start}key", "")])
    if kind not in {*SentenceKind}:
        raise Refused(_("Say of each sentence what it does: choose from the list."))
    return SentenceWords(
        kind=SentenceKind(kind),
        text=text,
        marking=chosen_marking(told.get(f"{start}marking", "")),
        evidence=tuple(ids_of(told.getlist(f"{start}evidence"))),
        norm=told.get(f"{start}norm", ""),
        key=key[0] if key else None,
    )


def _words(told: QueryDict, start: str) -> Iterator[tuple[str, str]]:
    for name in told:
        if name.startswith(start):
            yield name.removeprefix(start), told.get(name, "").replace("\x00", "")
