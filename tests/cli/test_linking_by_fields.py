"""`sild link --fields`: a register is relinked by its fields alone, names of bodies resolved by the parties file."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from sild.cli.app import app

THINGS = ("laptop", "switch", "generator", "firewall")


def test_lines_are_linked_by_their_fields_and_a_body_by_any_of_its_names(tmp_path: Path) -> None:
    rows, parties = [], ["canonical_name,names_uk,country,kind,sector,parent"]
    for number in range(40):
        parties.append(f"Hospital No. {number},Лікарня № {number},UA,recipient-body,health,")
        for day, name in ((1, f"Hospital No. {number}"), (9, f"Лікарня № {number}")):
            rows.append(
                {
                    "id": f"{number:02d}-{day}",
                    "kind": "request",
                    "text": f"{number + 3} pieces",
                    "item": THINGS[number % 4],
                    "category": THINGS[number % 4],
                    "quantity": number + 3,
                    "beneficiary": name,
                    "sent_at": f"2026-01-{day:02d}",
                    "reference": f"17/{500 + number}",
                }
            )
    rows.append({"id": "question", "kind": "question", "text": "When?"})
    lines, known, out = tmp_path / "lines.jsonl", tmp_path / "parties.csv", tmp_path / "links.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    known.write_text("\n".join(parties) + "\n", encoding="utf-8")
    ended = CliRunner().invoke(app, ["link", str(lines), "--fields", "--parties", str(known), "--out", str(out)], catch_exceptions=False)
    told = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in told] == [row["id"] for row in rows]
    assert all(one["need"] == f"{one['id'][:2]}-1" for one in told[:-1])
    assert told[-1]["need"] is None
    assert "one in 20 is expected to be wrong" in ended.output
    assert "81 lines, 40 needs and offers" in ended.output
