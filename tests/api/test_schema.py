"""The API keeps to its own document, whatever it is sent: generated requests, good and bad, from several seats, all checks on."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from sild.kernel.home import Home
from sild.kernel.route import ROUTES
from tests.api.programs import Program

MOST = 1500
"""Letters of one fault that are shown."""

FEW = {
    "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": False}},
    "generation": {"max-examples": 3, "deterministic": True, "database": "none"},
}
MANY = {"phases": {"stateful": {"enabled": False}}, "generation": {"max-examples": 20, "deterministic": True, "database": "none"}}
KEY = re.compile(r"[!-~]{1,200}")


def configured(program: Program, parameters: dict[str, str], size: dict[str, Any]) -> SchemathesisConfig:
    """The same examples every time; a request that is well formed may still be refused, in words."""
    expected = ["2xx", "401", "403", "404", "409", "429"]
    # the tester's own token goes with every request, also with those that it makes without one to see what a missing header does;
    # requests without and with a wrong token are made by the check ignored_auth, and in test_answers
    checks = {"positive_data_acceptance": {"expected-statuses": expected}, "missing_required_header": {"enabled": False}}
    return SchemathesisConfig.from_dict({"headers": dict(program.headers), "parameters": parameters, "checks": checks, **size})


@schemathesis.hook("before_call")
def with_a_key_of_its_own(_context: schemathesis.HookContext, case: schemathesis.Case, _kwargs: dict[str, Any]) -> None:
    """A key that stands in two generated requests would make one request of them."""
    if KEY.fullmatch(str((case.headers or {}).get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


@pytest.fixture
def known(programs: dict[str, Program], filled: None) -> dict[str, str]:
    """One identifier of each kind, as the officer's desk holds it."""
    ask = programs["officer"].ask
    found = {f"path.{name}": ask("GET", f"/{name}s").json()["items"][0]["id"] for name in ("message", "need", "offer", "line", "seat")}
    found["path.act"] = ask("GET", "/acts?who=people").json()["items"][0]["id"]
    found["path.plan"] = ask("GET", "/plan").json()["plan"]
    found["path.early"], found["path.late"] = (one["id"] for one in ask("GET", "/lines").json()["items"][:2])
    return found


class Threaded(ThreadingMixIn, WSGIServer):
    """One thread for each request, as in the desk's own server."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    """Where the API is served, in this process."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threaded, handler_class=Quiet) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def faults(address: str, program: Program, parameters: dict[str, str], size: dict[str, Any]) -> list[str]:
    """What the generated requests found: failed checks, and whatever stopped them."""
    config = configured(program, parameters, size)
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
    found, seen = [], 0
    for event in from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            seen += len(event.recorder.interactions)
            checks = [check for checks in event.recorder.checks.values() for check in checks]
            found += [f"{event.label} {check.name}: {check.failure_info}"[:MOST] for check in checks if check.status == Status.FAILURE]
        elif isinstance(event, FatalError | NonFatalError):
            found.append(f"{event}"[:MOST])
    assert seen > 3 * len(ROUTES), "too few requests were made to show anything"
    return found


def test_what_an_officer_sends_is_answered_as_the_document_says(address: str, programs: dict[str, Program], known: dict[str, str]) -> None:
    assert not (found := faults(address, programs["officer"], known, FEW)), "\n".join(found)


@pytest.mark.slow
def test_what_a_donor_sends_is_answered_as_the_document_says(address: str, programs: dict[str, Program], known: dict[str, str]) -> None:
    assert not (found := faults(address, programs["donor"], {}, FEW)), "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["officer", "donor", "technical", "authority", "auditor"])
def test_every_corner_of_the_document_is_tried(address: str, programs: dict[str, Program], known: dict[str, str], seat: str) -> None:
    assert not (found := faults(address, programs[seat], known, MANY)), "\n".join(found)
