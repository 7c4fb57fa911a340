"""A failing desk says so truly, by a page that needs nothing that may have failed; its lines tell the place and not the words."""

from __future__ import annotations

import logging

import pytest
from django.db import InterfaceError, OperationalError
from django.templatetags.static import static
from django.test import Client

from sild.kernel import identity
from sild.kernel.log import Line, write_lines
from tests.cast import Cast
from tests.web.signed import signed_in

WORDS = "a sentence of a record"


def failing(fault: Exception) -> object:
    """Something that raises the fault, whatever it is asked."""

    def fail(*_: object) -> object:
        raise fault

    return fail


@pytest.mark.parametrize("fault", [OperationalError(WORDS), InterfaceError(WORDS)])
def test_a_database_out_of_reach_is_told_as_that_and_as_passing(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    client: Client = signed_in(cast.officer)
    client.raise_request_exception = False
    monkeypatch.setattr(identity, "_seats", failing(fault))
    answer = client.get("/ledger/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert b"out of reach" in answer.content
    assert WORDS.encode() not in answer.content


def test_a_fault_of_the_program_is_told_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client: Client = signed_in(cast.officer)
    client.raise_request_exception = False
    monkeypatch.setattr(identity, "_seats", failing(ValueError(WORDS)))
    answer = client.get("/ledger/")
    assert answer.status_code == 500
    assert b"fault of the program" in answer.content
    assert WORDS.encode() not in answer.content


def test_a_request_that_is_too_large_is_told_what_fits(cast: Cast) -> None:
    too_long = {"CONTENT_LENGTH": str(70 * 1024 * 1024)}
    kind = "multipart/form-data; boundary=x"
    client: Client = signed_in(cast.officer)
    client.raise_request_exception = False
    answer = client.generic("POST", "/inbox/upload/", b"--x", content_type=kind, **too_long)  # type: ignore[arg-type]  # a header
    assert answer.status_code == 413
    assert b"at most 60 MB" in answer.content


def test_a_request_that_is_none_is_told_so(cast: Cast) -> None:
    fields = "&".join(f"a{number}=1" for number in range(1100))
    client: Client = signed_in(cast.officer)
    client.raise_request_exception = False
    answer = client.post("/inbox/upload/", fields, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert b"Nothing of it was kept" in answer.content


def recorded(fault: Exception, name: str) -> logging.LogRecord:
    """What the framework notes of a fault."""
    try:
        raise fault
    except Exception as raised:
        told = (type(raised), raised, raised.__traceback__)
        return logging.LogRecord(name, logging.ERROR, "handlers.py", 1, "Internal Server Error: /needs/%s", ("a-need",), told)


def test_a_line_names_the_kind_and_the_place_of_a_fault_and_not_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SILD_TRACE", raising=False)
    line = Line("web").format(recorded(ValueError(WORDS), "django.request"))
    assert "error: django.request: ValueError at test_faults.py:" in line
    assert WORDS not in line
    assert "a-need" not in line
    assert "\n" not in line


def test_our_own_words_stand_in_one_line() -> None:
    told = logging.LogRecord("sild.jobs", logging.WARNING, "x", 1, "job %s\nwas refused", ("planning.refresh",), None)
    assert Line("worker").format(told).endswith("warning: job planning.refresh was refused")


def test_the_framework_writes_no_line_for_an_answer_that_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    try:
        write_lines("web")
        logging.getLogger("django.request").warning("Not Found: %s", "/needs/a-need/")
        logging.getLogger("django.request").error("Service Unavailable: %s", "/needs/a-need/")
        logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header: %s", "evil.example")
        told = capsys.readouterr().err
    finally:
        logging.getLogger().handlers[:] = before
    assert told.count("\n") == 1
    assert "django.security.DisallowedHost" in told
    assert "evil.example" not in told


def test_an_assets_address_changes_with_its_content() -> None:
    address, _, digest = static("sild/desk.css").partition("?v=")
    assert (address, len(digest)) == ("/static/sild/desk.css", 12)
    assert static("sild/desk.js").partition("?v=")[2] != digest
    assert static("sild/there-is-none.css") == "/static/sild/there-is-none.css"
