"""A document goes through JSON unchanged, and JSON that is not a document is refused with the place of the fault."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from sild.formats import read_document
from sild.formats.document_json import Malformed, document_from_json, document_to_json

from .made import attach, mail, workbook


def sample() -> dict[str, Any]:
    older = "Words.\n\n---------- Forwarded message ---------\nFrom: Olena <o@city.example>\nSubject: s\n\nOld.\n"
    headers = {"Message_ID": "<1@x.example>", "Auto_Submitted": "auto-replied", "Authentication_Results": "mx; spf=pass"}
    message = attach(mail(older, **headers), "list.xlsx", workbook([["Item", "Qty"]]))
    message.add_attachment(mail("Inner.", subject="Inner"))
    document = read_document("m.eml", bytes(message))
    written = document_to_json(document)
    assert document_from_json(json.loads(json.dumps(written))) == document
    return written


def change(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy in which what stands at `path` is replaced, or taken away where `new` is Ellipsis."""
    changed = copy.deepcopy(value)
    place = changed
    for step in path[:-1]:
        place = place[step]
    if new is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = new
    return changed


def test_a_document_that_was_kept_before_a_field_was_added_is_still_read() -> None:
    old = {"name": "m.eml", "sha256": "0" * 64, "format": "mail", "channel": "mail", "parts": [{"name": "body", "media": "text/plain"}]}
    document = document_from_json(old)
    assert (document.parts[0].stretches, document.envelope.automatic, document.envelope.authentication) == ((), None, ())


def test_a_chat_keeps_its_moments() -> None:
    document = read_document("c.txt", b"[11.12.2025, 21:40] A: x\n[11.12.2025, 21:41] B: y\n")
    assert document_from_json(document_to_json(document)) == document


@pytest.mark.parametrize(
    ("path", "new", "fault"),
    [
        (("sha256",), "0" * 63, "document.sha256"),
        (("sha256",), ..., "'sha256' is missing"),
        (("extra",), 1, "unknown field 'extra'"),
        (("channel",), "pigeon", "document.channel"),
        (("channel",), ["mail"], "document.channel"),
        (("parts",), {}, "a list was expected"),
        (("parts", 1, "name"), "body", "same name"),
        (("parts", 0, "blocks", 0, "kind"), "song", "blocks[0].kind"),
        (("parts", 0, "blocks", 0, "text"), 7, "blocks[0].text"),
        (("parts", 0, "blocks", 0, "text"), "\ud800", "half a character"),
        (("parts", 0, "blocks", 0, "text"), "a\0b", "NUL"),
        (("parts", 0, "blocks", 0, "quoted"), -1, "whole number"),
        (("parts", 0, "blocks", 0, "quoted"), True, "whole number"),
        (("parts", 0, "blocks", 0, "page"), 10**12, "whole number"),
        (("parts", 0, "blocks", 0, "said_at"), "yesterday", "ISO 8601"),
        (("parts", 1, "blocks", 0, "cells", 0, "column"), "0", "whole number"),
        (("parts", 1, "blocks", 0, "cells", 0), None, "an object was expected"),
        (("parts", 2, "envelope", "headers", 0), ["From"], "a pair of texts"),
        (("envelope", "sent_at"), 5, "a text was expected"),
        (("envelope", "authentication"), "mx", "a list was expected"),
        (("parts", 0, "blocks", 0, "role"), "song", "blocks[0].role"),
        (("parts", 0, "blocks", 0, "recognised"), -1, "whole number"),
        (("parts", 0, "stretches", 0, "end"), 99, "outside of its part"),
        (("parts", 0, "stretches", 0, "kind"), "lost", "stretches[0].kind"),
    ],
)
def test_json_that_is_no_document_is_refused_with_the_place_of_the_fault(path: tuple[str | int, ...], new: Any, fault: str) -> None:
    with pytest.raises(Malformed) as refused:
        document_from_json(change(sample(), path, new))
    assert fault in str(refused.value)


@pytest.mark.parametrize("value", [None, [], "document", 5, {}])
def test_what_is_no_object_is_no_document(value: Any) -> None:
    with pytest.raises(Malformed):
        document_from_json(value)
