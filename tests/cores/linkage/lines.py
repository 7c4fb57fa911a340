"""Lines for the tests: invented bodies and asks, and a strategy that makes small tangled problems of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sild.cores.linkage import BadProblem, Body, BodyRelation, Judgement, Line, LinkageProblem, Relation

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

BODIES = (
    Body(id="Ministry of Water of Ukraine", country="UA", kind="recipient-body", sector="water"),
    Body(id="Berdychiv Water Utility", names=("Бердичівводоканал",), country="UA", kind="recipient-body", sector="water"),
    Body(id="Uman Regional Hospital", names=("Уманська лікарня",), country="UA", kind="recipient-body", sector="health"),
    Body(id="Embassy of Ukraine in Latvia", country="UA", kind="recipient-body", sector="foreign affairs"),
    Body(id="Latgale Networks SIA", country="LV", kind="company", sector="networking"),
    Body(id="Latvia", names=("Latvija",), country="LV", kind="donor-state", sector="government"),
)
RELATIONS = (BodyRelation(lower="Berdychiv Water Utility", upper="Ministry of Water of Ukraine"),)


def line(name: str, day: int = 0, **told: Any) -> Line:
    """A line of its own message, `day` days after the start; whole numbers for quantities."""
    for field in ("quantity", "changes"):
        if told.get(field) is not None:
            told[field] = Decimal(str(told[field]))
    told.setdefault("kind", "request")
    told.setdefault("message", f"message-{name}")
    return Line(id=name, sent_at=START + timedelta(days=day), **told)


def problem(*lines: Line, judgements: tuple[Judgement, ...] = (), former: dict[str, str] | None = None) -> LinkageProblem:
    return LinkageProblem(lines=lines, bodies=BODIES, relations=RELATIONS, judgements=judgements, former=former or {})


ASKS = (
    ("network-equipment", "managed switches for schools", "switch", "en"),
    ("network-equipment", "керовані комутатори для шкіл", "switch", "uk"),
    ("network-equipment", "kommutaatorid koolidele", "switch", "et"),
    ("power-continuity", "generators for pumping stations", "generator", "en"),
    ("power-continuity", "agregaty dla przepompowni", "generator", "pl"),
    ("training", "course for administrators", "person", "en"),
    ("backup-storage", "ще 40 ТБ сховища додатково", "TB", "uk"),
)


@st.composite
def tangled_lines(draw: st.DrawFn, most: int = 9) -> list[Line]:
    """Few bodies, few asks, few numbers and few messages, so that lines meet, clash and tie often."""
    found = []
    for number in range(draw(st.integers(1, most))):
        category, words, unit, language = draw(st.sampled_from(ASKS))
        kind = draw(st.sampled_from(["request", "request", "request", "update", "withdrawal", "offer", "question"]))
        giving = kind == "offer" or (kind in ("update", "withdrawal") and draw(st.booleans()))
        found.append(
            line(
                f"line-{number:02d}",
                draw(st.integers(0, 3)),
                kind=kind,
                message=f"message-{draw(st.integers(0, 5))}",
                category=category,
                item=words,
                evidence=words,
                unit=unit,
                language=language,
                quantity=draw(st.sampled_from([None, 1, 14, 15, 60])),
                beneficiary=draw(st.sampled_from([None, "Berdychiv Water Utility", "Uman Regional Hospital"])),
                provider="Latgale Networks SIA" if giving else None,
                sent_by=draw(st.sampled_from([None, "Berdychiv Water Utility", "Embassy of Ukraine in Latvia"])),
                reference=draw(st.sampled_from([None, None, "12/345"])),
                additional=draw(st.sampled_from([None, None, None, True])),
                digest=draw(st.sampled_from([None, None, "d1", "d2"])),
            )
        )
    return found


@st.composite
def tangled_problems(draw: st.DrawFn) -> LinkageProblem:
    """Lines with rulings that do not contradict each other."""
    lines = draw(tangled_lines())
    judgements: tuple[Judgement, ...] = ()
    for _ in range(draw(st.integers(0, 4))):
        a, b = draw(st.sampled_from(lines)).id, draw(st.sampled_from(lines)).id
        if a != b:
            said = Judgement(line_a=a, line_b=b, relation=draw(st.sampled_from(list(Relation))))
            try:
                problem(*lines, judgements=(*judgements, said))
            except BadProblem:
                continue  # people are told of the contradiction; the tests of the problem show how
            judgements = (*judgements, said)
    return problem(*lines, judgements=judgements)
