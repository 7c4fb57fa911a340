"""A form of the web says itself when it was sent; what it does not say so that it can only mean one moment is not guessed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from sild.formats import read_document


@pytest.mark.parametrize("field", ["submitted", "submitted_at", "timestamp"])
def test_a_form_is_dated_by_its_own_field(field: str) -> None:
    form = {"form": "request-2", field: "2026-02-02T09:17:03+01:00", "description": "We need 5 laptops."}
    assert read_document("form.json", json.dumps(form).encode()).envelope.sent_at == datetime(2026, 2, 2, 8, 17, 3, tzinfo=UTC)


@pytest.mark.parametrize("said", ["2026-02-02T09:17:03", "02/03/2026", "yesterday", "", None, 1770000000])
def test_a_moment_that_may_be_another_one_is_left_open(said: object) -> None:
    form = {"submitted": said, "answers": {"timestamp": "2026-02-02T09:17:03Z"}, "description": "We need 5 laptops."}
    assert read_document("form.json", json.dumps(form).encode()).envelope.sent_at is None
