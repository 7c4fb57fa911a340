"""The cast with a few parties, a home for the store of originals, and lists as an operator provides them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sild.kernel import originals
from sild.kernel.home import Home
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.screening.actions import Screened, TakingUp, keep_list
from sild.wings.screening.reads import HitFilter, list_hits
from sild.wings.screening.reads.hits import HitRow
from sild.wings.screening.rules import NewList
from tests.cast import Cast

TRADER, CLEAN, PERSON = "Verba Trade LLC", "Ministry of Health of Ukraine", "FOP Hnatiuk"


def party(name: str, *aliases: str, country: str = "UA", kind: str = "company") -> PartyRow:
    """A row of a parties file."""
    return PartyRow(line=1, name=name, aliases=tuple(("uk", alias) for alias in aliases), country=country, kind=kind, sector="")


PARTIES = (party(TRADER, "ТОВ «Верба-Трейд»"), party(CLEAN, "МОЗ", kind="recipient-body"), party(PERSON, "ФОП Гнатюк Олександр Іванович"))


def entity(identity: str, *names: str, schema: str = "Company", **more: Sequence[str]) -> dict[str, Any]:
    """A line of a list."""
    return {"id": identity, "schema": schema, "properties": {"name": list(names), **{key: list(told) for key, told in more.items()}}}


ENTRIES = (
    entity(
        "list-1", "ООО «Верба Трейд»", country=["ru"], topics=["sanction"], program=["A programme"], sourceUrl=["https://example.invalid/1"]
    ),
    entity("list-2", "Oleksandr Hnatyuk", schema="Person", birthDate=["1970"], country=["ua"]),
    entity("list-3", "Quite Another Holding", country=["kp"]),
    {"id": "x", "schema": "Address", "properties": {"full": ["Kyiv"]}},
)


def lines_of(entries: Sequence[object]) -> bytes:
    """A list as its file holds it."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in entries)


@dataclass(frozen=True, slots=True)
class Desk:
    """The cast, the home, and what an operator does with lists."""

    cast: Cast
    home: Home

    def take(self, entries: Sequence[object], as_of: date = date(2026, 2, 1), name: str = "A list") -> Screened:
        """Take in a list and screen, as the worker does."""
        kept = originals.keep_bytes(self.home.originals, lines_of(entries))
        keep_list(self.cast.officer, kept, NewList(name=name, as_of=as_of))
        return self.screen()

    def screen(self) -> Screened:
        """What the worker's job does."""
        return TakingUp(self.cast.run, self.home).run()

    def hits(self, **wanted: str) -> list[HitRow]:
        """The hits, by their party."""
        return sorted(list_hits(self.cast.officer, HitFilter(**wanted))[0], key=lambda row: row.party)


@pytest.fixture
def desk(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three parties and an empty store."""
    monkeypatch.setenv("SILD_HOME", str(tmp_path))
    home = Home(tmp_path).prepare()
    import_parties(cast.run, PARTIES)
    return Desk(cast, home)
