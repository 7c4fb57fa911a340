"""What holds for every address of the API: who is let in, what a problem looks like, how a list goes on, what is done once."""

from __future__ import annotations

import json
import uuid
from enum import Enum
from typing import get_args

import pytest

from sild.kernel.home import Home
from sild.kernel.route import ROUTES
from sild.kernel.shapes import Shape
from tests.api.programs import Program
from tests.cast import Cast

Programs = dict[str, Program]


def test_without_a_token_nothing_is_told(home: Home) -> None:
    for secret in ("", "sild_" + "a" * 43, "something-else"):
        answer = Program(secret).ask("GET", "/acts")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["Content-Type"] == "application/problem+json"
        told = json.loads(answer.content)
        assert told["type"] == "/api/v1/problems#who-are-you"
        assert told["status"] == 401
        assert "instance" not in told


def test_a_session_opens_nothing(home: Home, programs: Programs) -> None:
    answer = Program().ask("GET", "/acts", Cookie="sessionid=anything; sild_language=uk")
    assert answer.status_code == 401


def test_not_yours_and_not_there_are_one_answer(programs: Programs, cast: Cast) -> None:
    act = programs["officer"].ask("GET", "/acts").json()["items"][0]["id"]
    theirs = programs["donor"].ask("POST", f"/acts/{act}/undo", {"reason": "to see"})
    nowhere = programs["donor"].ask("POST", f"/acts/{uuid.uuid4()}/undo", {"reason": "to see"})
    nonsense = programs["donor"].ask("POST", "/acts/nonsense/undo", {"reason": "to see"})
    unknown = programs["donor"].ask("GET", "/nothing/of/the/kind")
    assert theirs.status_code == nowhere.status_code == nonsense.status_code == unknown.status_code == 404
    assert theirs.content == nowhere.content == nonsense.content == unknown.content
    assert dict(theirs.headers) == dict(nowhere.headers)


def test_the_role_is_checked_before_anything_is_looked_at(programs: Programs) -> None:
    answer = programs["auditor"].ask("POST", f"/acts/{uuid.uuid4()}/undo", {"no": "such field"})
    assert answer.status_code == 403
    assert json.loads(answer.content)["title"] == "Not for your role"


def test_a_problem_is_told_in_the_readers_language(programs: Programs) -> None:
    answer = programs["officer"].ask("GET", f"/nothing/{uuid.uuid4()}", Accept_Language="uk")
    assert answer.headers["Content-Language"] == "uk"


def test_wrong_fields_are_named_each(programs: Programs) -> None:
    act = uuid.uuid4()
    answer = programs["officer"].ask("POST", f"/acts/{act}/undo", {"reason": "", "extra": 1})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"reason", "extra"}
    missing = programs["officer"].ask("POST", f"/acts/{act}/undo", {})
    assert missing.json()["errors"] == [{"field": "reason", "message": "This field is needed."}]
    query = programs["officer"].ask("GET", "/acts?limit=0&parts=perhaps")
    assert {one["field"] for one in query.json()["errors"]} == {"limit", "parts"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"reason": "x"}', "text/plain", 415),
        ('{"reason": "' + "x" * 3_000_000 + '"}', "application/json", 413),
        ('"text"', "application/json", 422),
        ('{"reason": "a\\u0000b"}', "application/json", 422),
        ('{"reason": "a\\ud800b"}', "application/json", 422),
        ("", "application/json", 422),
    ],
    ids=["torn", "deep", "plain", "huge", "text", "nul", "half-a-letter", "empty"],
)
def test_a_body_that_cannot_be_taken_is_refused(programs: Programs, body: str, kind: str, status: int) -> None:
    program = programs["officer"]
    answer = program._client.generic("POST", f"/api/v1/acts/{uuid.uuid4()}/undo", data=body, content_type=kind, headers=program.headers)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_query_parameter_that_is_not_declared_is_refused(programs: Programs) -> None:
    answer = programs["officer"].ask("GET", "/acts?limt=3")
    assert answer.status_code == 400
    assert "limt" in answer.json()["detail"]


def test_a_list_goes_on_where_the_page_before_ended(programs: Programs) -> None:
    whole = programs["officer"].ask("GET", "/acts?limit=200").json()
    assert whole["next"] is None
    found, following = [], "/api/v1/acts?limit=2"
    while following:
        page = programs["officer"].ask("GET", following).json()
        assert len(page["items"]) <= 2
        found += page["items"]
        following = page["next"]
    assert found == whole["items"]
    assert len(found) > 4


def test_options_and_head_answer_as_get_does(programs: Programs) -> None:
    options = Program().ask("OPTIONS", "/acts")
    assert (options.status_code, options.headers["Allow"], options.content) == (204, "GET, HEAD, OPTIONS", b"")
    get, head = programs["officer"].ask("GET", "/acts"), programs["officer"].ask("HEAD", "/acts")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(get.content))
    assert Program().ask("HEAD", "/acts").status_code == 401
    delete = programs["officer"].ask("DELETE", "/acts")
    assert (delete.status_code, delete.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert delete.headers["Content-Type"] == "application/problem+json"


def test_no_answer_is_kept_by_a_cache(programs: Programs) -> None:
    for answer in (programs["officer"].ask("GET", "/acts"), Program().ask("GET", "/acts"), Program().ask("GET", "/nothing")):
        assert answer.headers["Cache-Control"] == "no-store, private"


def test_the_document_names_roles_and_subjects_of_every_operation(home: Home) -> None:
    document = Program().ask("GET", "/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [(path, method, one) for path, group in document["paths"].items() for method, one in group.items()]
    assert len(operations) == sum(len(methods) for methods in ROUTES.values())
    for path, method, operation in operations:
        assert set(operation["x-subjects"]) == {one["name"] for one in operation["parameters"] if one["in"] == "path"}, path
        assert bool(operation["x-roles"]) == ("security" in operation), (path, method)


def test_every_problem_that_is_told_is_listed(home: Home) -> None:
    names = {one["name"] for one in Program().ask("GET", "/problems").json()}
    told = Program().ask("GET", "/acts").json()["type"]
    assert told.rpartition("#")[2] in names


def _enumerations(annotation: object) -> set[type[Enum]]:
    """The enumerations that a field's type names; the document knows them by their names, as it knows shapes."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {annotation}
    return {kind for part in get_args(annotation) for kind in _enumerations(part)}


def test_every_shape_has_a_name_of_its_own(home: Home) -> None:
    """The document knows a shape by its name alone: of two that share one, only one would be there."""
    Program().ask("GET", "/openapi.json")
    shapes, ahead = set(), [Shape]
    while ahead:
        for shape in ahead.pop().__subclasses__():
            shapes.add(shape)
            ahead.append(shape)
    words = {kind for shape in shapes for field in shape.model_fields.values() for kind in _enumerations(field.annotation)}
    names = [shape.__name__ for shape in (*shapes, *words) if not shape.__name__.startswith("Listed[")]
    assert len(names) > 50
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
