"""`sild rank-actors`: from a case and a catalogue to sentences or JSON, without a home; and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sild.cli.actors import HOWS, VERDICTS
from sild.cores.attribution import How, Verdict
from sild.kernel.refusals import Refused

from .telling import told

CASE = "seen:\n  - {source: a laboratory, traits: [S0001, S0002, S0003, S0004, T0001, T0002]}\n"


def thing(kind: str, number: str) -> dict[str, Any]:
    reference = {"source_name": "mitre-attack", "external_id": number}
    return {"type": kind, "id": f"{kind}--{number}", "name": f"name {number}", "external_references": [reference]}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Forty groups with four tools and two techniques each, all different but one technique."""
    objects: list[dict[str, Any]] = [thing("attack-pattern", "T0001")]
    for number in range(1, 41):
        group, tools = f"intrusion-set--G{number:04}", [f"S{4 * number - one:04}" for one in range(4)]
        objects += [thing("intrusion-set", f"G{number:04}"), *(thing("malware", tool) for tool in tools)]
        objects.append(thing("attack-pattern", f"T{number + 1:04}"))
        for target in ("attack-pattern--T0001", f"attack-pattern--T{number + 1:04}", *(f"malware--{tool}" for tool in tools)):
            objects.append(
                {
                    "type": "relationship",
                    "id": f"relationship--{group}-{target}",
                    "relationship_type": "uses",
                    "source_ref": group,
                    "target_ref": target,
                    "description": f"(Citation: Report {number})",
                }
            )
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps({"type": "bundle", "objects": objects}), encoding="utf-8")
    return path


def ranked(tmp_path: Path, case: str, catalogue: Path, *more: str) -> str:
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    return told("rank-actors", tmp_path / "case.yaml", "--knowledge", catalogue, *more)


def test_a_ranking_is_said_with_reasons_and_with_what_nobody_can_exclude(tmp_path: Path, catalogue: Path) -> None:
    said = ranked(tmp_path, CASE, catalogue)
    assert "ONE LEADS" in said and "not attribution" in said
    assert "G0001 name G0001 (6 known traits)" in said
    assert "known for S000" in said
    assert "insufficient: none of those listed" in said and "false flag:" in said


def test_the_whole_answer_is_json(tmp_path: Path, catalogue: Path) -> None:
    answer = json.loads(ranked(tmp_path, CASE, catalogue, "--json", "--most", "1"))
    assert answer["standings"][0]["actor"] == "G0001"
    assert {one["hypothesis"] for one in answer["standings"]} == {"actor", "insufficient", "false-flag"}


def test_the_report_that_the_catalogue_rests_on_is_no_second_source(tmp_path: Path, catalogue: Path) -> None:
    said = ranked(tmp_path, CASE.replace("a laboratory", "Report 1"), catalogue)
    assert "INSUFFICIENT" in said
    assert "6 told by the case's own alone" in said


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("seen: [", "is not YAML"),
        ("just words", "no entries by name"),
        ("seen: []", "nothing under seen"),
        ("seen: [{source: lab, trait: T9999}]", "T9999 is not in catalogue.json"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, catalogue: Path, case: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ranked(tmp_path, case, catalogue)


@pytest.mark.parametrize(
    ("written", "said"),
    [("{", "is not JSON"), ("[]", "no intrusion sets"), ('{"objects": [3]}', "no intrusion sets"), (None, "cannot be read")],
)
def test_a_catalogue_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, written: str | None, said: str) -> None:
    path = tmp_path / "other.json"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        ranked(tmp_path, CASE, path)


def test_every_verdict_and_way_of_being_known_has_its_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(HOWS) == set(How)
