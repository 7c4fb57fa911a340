"""Files of incidents taken in: each row once, contradictions kept, people's words never written over, all of it undone in one act."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sild.formats.incidents import IncidentFile, read_incidents
from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole
from sild.kernel.undo import undo
from sild.wings.signals.actions import import_incidents
from sild.wings.signals.public import IncidentFacts, IncidentFilter, incident_record, list_incidents, mend_incident
from sild.wings.signals.reads import ImportResult, preview_import
from tests.cast import Cast
from tests.web.signed import signed_in


def campaign(number: int, name: str, modified: str = "2025-06-01", **more: Any) -> dict[str, Any]:
    return {"type": "campaign", "id": f"campaign--{number}", "name": name, "modified": f"{modified}T00:00:00Z"} | more


def bundle(*objects: dict[str, Any]) -> bytes:
    return json.dumps({"type": "bundle", "objects": list(objects)}).encode()


def found(*objects: dict[str, Any]) -> IncidentFile:
    return read_incidents(bundle(*objects), "file.json")


def take(cast: Cast, *objects: dict[str, Any]) -> ImportResult:
    return import_incidents(cast.officer, found(*objects), "file.json", digest="0" * 64)


def titles(cast: Cast) -> list[str]:
    return sorted(row.title for row in list_incidents(cast.officer, IncidentFilter())[0])


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    assert take(cast, campaign(1, "one"), campaign(2, "two")).fresh == 2
    again = take(cast, campaign(2, "two"), campaign(1, "one"))
    assert (again.fresh, again.known, titles(cast)) == (0, 2, ["one", "two"])


def test_a_preview_says_the_same_and_writes_nothing(cast: Cast) -> None:
    file = found(campaign(1, "one"), campaign(1, "twice"), campaign(2, "two", first_seen="2025-05-02", last_seen="2025-05-01"))
    seen = preview_import(cast.officer, file, date(2026, 1, 1))
    assert (seen.rows, seen.fresh, seen.odd, len(seen.refused), titles(cast)) == (3, 2, 1, 1, [])
    done = import_incidents(cast.officer, file, "file.json", digest="0" * 64)
    assert (done.fresh, done.odd, done.refused) == (seen.fresh, seen.odd, seen.refused)


def test_what_its_source_changed_is_changed_and_an_older_word_stands_beside(cast: Cast) -> None:
    take(cast, campaign(1, "one"))
    assert take(cast, campaign(1, "one, mended", "2025-07-01")).changed == 1
    assert titles(cast) == ["one, mended"]
    assert take(cast, campaign(1, "one, otherwise", "2025-01-01")).differing == 1
    assert titles(cast) == ["one, mended", "one, otherwise"]
    assert take(cast, campaign(1, "one, otherwise", "2025-01-01")).known == 1


def test_what_people_mended_is_never_written_over(cast: Cast) -> None:
    take(cast, campaign(1, "one"))
    (row,) = list_incidents(cast.officer, IncidentFilter())[0]
    mend_incident(cast.officer, row.id, IncidentFacts(title="what we know", source=row.source), reason="they rang")
    assert take(cast, campaign(1, "one, newer", "2025-07-01")).differing == 1
    assert titles(cast) == ["one, newer", "what we know"]
    assert [other.title for other in incident_record(cast.officer, row.id).readings] == ["one, newer"]


def test_a_whole_import_is_undone_in_one_act(cast: Cast) -> None:
    take(cast, campaign(1, "one"), campaign(2, "two"))
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="the wrong file")
    assert titles(cast) == []
    assert take(cast, campaign(1, "one")).fresh == 1


def test_a_marking_above_the_ceiling_is_refused_with_its_row(cast: Cast) -> None:
    red = campaign(1, "one", object_marking_refs=["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"])
    told = take(cast, red, campaign(2, "two"))
    if cast.officer.ceiling < 4:
        assert [(one.place, "above your ceiling" in one.why) for one in told.refused] == [(1, True)]
    else:
        assert told.fresh == 2


def test_only_officers_take_files_in(cast: Cast) -> None:
    with pytest.raises(NotForRole):
        import_incidents(cast.donor, found(campaign(1, "one")), "file.json", digest="0" * 64)


def test_a_file_is_looked_at_and_taken_in_in_the_browser(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    place = reverse("signals.import")
    assert browser.get(place).status_code == 200

    def send(data: bytes, **more: str) -> tuple[int, str]:
        answer = browser.post(place, {"file": SimpleUploadedFile("a.json", data), **more})
        return answer.status_code, answer.content.decode()

    status, text = send(bundle(campaign(1, "one")))
    assert (status, "What would become of it" in text, titles(cast)) == (200, True, [])
    kept = {"kept": hashlib.sha256(bundle(campaign(1, "one"))).hexdigest(), "name": "a.json", "sure": "yes"}
    assert kept["kept"] in text
    stranger = signed_in(cast.deputy)
    assert stranger.post(place, kept).status_code == 409, "what another seat looked at is not theirs to take in"
    text = browser.post(place, kept).content.decode()
    assert ("What became of it" in text, titles(cast)) == (True, ["one"])
    assert browser.post(place, kept).status_code == 409, "what was decided on is not kept"
    assert browser.post(place, kept | {"kept": "../../keys/session.key"}).status_code == 409
    assert send(bundle(campaign(1, "one")), sure="yes")[0] == 200
    assert send(b"nonsense")[0] == 409
    assert browser.post(place, {}).status_code == 409
