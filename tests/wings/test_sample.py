"""The exercise's register holds together: files validate, parties exist, members may do what they did, gaps and contradictions are there.

The recorded acts are tried against the corpus's own truth, so that they speak of lines that are there and not of file names.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from pydantic import BaseModel

from sild import sample
from sild.cores.extraction.method.lexicons import categories
from sild.cores.linkage.problem import Relation
from sild.wings.clearance.rules import CaseState, moves_from
from sild.wings.intake.rules import Act, DecisionsFile, Where
from sild.wings.parties.rules import GIVERS, MILITARY_SECTORS, PRIORITY_CRITERIA, MechanismFile, PartyKind
from sild.wings.planning.rules import LimitEntry, SupplementFile, month_index

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ALLOWED = {
    "accept": {"officer"},
    "reject": {"officer"},
    "rule-channel": {"officer"},
    "judge": {"officer"},
    "limit": {"officer", "recipient", "donor", "company", "licence-liaison"},
    "licence": {"officer", "licence-liaison"},
    "agree": {"officer", "recipient", "donor", "company"},
    "deliver": {"officer", "recipient", "donor", "company"},
    "incident": {"officer", "technical-gate", "interagency-gate", "recipient", "donor"},
    "said": {"officer", "technical-gate", "interagency-gate", "recipient", "donor"},
}
"""Which role an act asks for, as the wings' actions have it; a gate asks for the role that the mechanism's file gives it."""
OWNERS = {"absorption": "recipient", "consent": "recipient", "objection": "donor", "licence": "licence-liaison", "lead-time": "company"}
"""Whose word a recorded limit is."""

Model = TypeVar("Model", bound=BaseModel)


def loaded(path: Path, model: type[Model]) -> Model:
    return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


MECHANISM = loaded(sample.MECHANISM, MechanismFile)
SUPPLEMENT = loaded(sample.SUPPLEMENT, SupplementFile)
DECISIONS = loaded(sample.DECISIONS, DecisionsFile)
PARTIES = {row["canonical_name"]: row for row in csv.DictReader(sample.PARTIES.read_text(encoding="utf-8-sig").splitlines())}
SENT = {
    message["file"]: date.fromisoformat(message["sent_at"][:10])
    for message in map(json.loads, (CORPUS / "messages.jsonl").read_text(encoding="utf-8").splitlines())
}
LINES: list[dict[str, Any]] = sorted(
    map(json.loads, (CORPUS / "truth.jsonl").read_text(encoding="utf-8").splitlines()), key=lambda line: (SENT[line["message"]], line["id"])
)
NEEDS: dict[str, list[dict[str, Any]]] = defaultdict(list)
for _line in LINES:
    if _line["need"].startswith("need-"):
        NEEDS[_line["need"]].append(_line)
WITHDRAWN = {need for need, lines in NEEDS.items() if lines[-1]["kind"] == "withdrawal" or (need == "need-customs-ir")}


def fits(where: Where, line: dict[str, Any]) -> bool:
    """As the replay chooses lines; words are looked for in the evidence alone, which every reading shares."""
    return (
        line["message"].startswith(where.message)
        and where.kind in ("", line["kind"])
        and where.category in ("", line["category"])
        and where.beneficiary in ("", line["beneficiary"])
        and where.provider in ("", line["provider"])
        and where.words.casefold() in " ".join(line["evidence"]).casefold()
    )


def spoken_of(where: Where | None) -> list[dict[str, Any]]:
    return [line for line in LINES if where is not None and fits(where, line)]


def recorded_limits() -> list[tuple[Act, LimitEntry]]:
    """Limits of the decisions file, made as the replay makes them."""
    return [
        (act, LimitEntry.model_validate({"source": f"decision of {act.member}", "as_of": act.on, **(act.limit or {})}))
        for act in DECISIONS.acts
        if act.act == "limit"
    ]


def facts() -> list[LimitEntry]:
    return [*SUPPLEMENT.limits, *(entry for _, entry in recorded_limits())]


@pytest.mark.parametrize("path", [sample.MECHANISM, sample.SUPPLEMENT, sample.DECISIONS], ids=lambda path: path.name)
def test_each_file_says_first_that_it_is_exercise_material(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# EXERCISE: invented")


def test_the_mechanism_is_an_exercise_of_the_civil_side_with_its_own_day() -> None:
    assert MECHANISM.exercise and SUPPLEMENT.exercise and DECISIONS.exercise
    assert MECHANISM.today == date(2026, 2, 10)
    assert MECHANISM.scope.channels == ["civil"] and MECHANISM.scope.handed_over_to
    asking = {PARTIES[line["beneficiary"]]["country"] for lines in NEEDS.values() for line in lines}
    assert asking == set(MECHANISM.scope.countries), "the scope is not the countries that the inbox asks for"


def test_the_two_gates_have_members_and_every_criterion_has_a_weight() -> None:
    roles = {role for member in MECHANISM.members for role in member.roles}
    assert [gate.name for gate in MECHANISM.gates] == ["technical-review", "interagency-review"]
    assert {gate.role for gate in MECHANISM.gates} <= roles
    assert set(MECHANISM.priority) == set(PRIORITY_CRITERIA)


def test_gates_sit_where_needs_are_released_to() -> None:
    offices = {organisation.slug: organisation.office for organisation in MECHANISM.organisations}
    for member in MECHANISM.members:
        if {"technical-gate", "interagency-gate"} & set(member.roles):
            assert offices[member.organisation] in ("front-office", "recipient"), member.slug


def test_organisations_of_the_mechanism_stand_in_the_parties_file() -> None:
    for organisation in MECHANISM.organisations:
        if organisation.office in ("donor", "recipient", "company"):
            kind = PARTIES[organisation.party or ""]["kind"]
            assert (kind == PartyKind.RECIPIENT_BODY) == (organisation.office == "recipient"), organisation.slug


OF_BODIES = frozenset({"absorption", "consent", "bundle", "substitute", "region", "site", "hand-on", "intended-use"})
"""Kinds that are said of who asks; hosting is said of a place, all others of who gives."""


def test_limits_and_assessments_name_known_parties_and_categories() -> None:
    sites = {entry.place for entry in facts() if entry.kind == "site"}
    for entry in [*facts(), *SUPPLEMENT.assessments]:
        known = sites if isinstance(entry, LimitEntry) and entry.kind == "hosting" else PARTIES
        assert entry.subject in known, entry.subject
        assert entry.category == "" or entry.category in categories(), entry.category
    for entry in facts():
        assert set(entry.bodies) <= set(PARTIES), entry
        assert {*entry.parts, *entry.accepts} <= set(categories()), entry
        assert set(entry.sectors) <= {row["sector"] for row in PARTIES.values()}, entry
    for one in SUPPLEMENT.assessments:
        assert one.criterion in PRIORITY_CRITERIA, one


def test_bodies_absorb_and_givers_give() -> None:
    of_parties = [entry for entry in facts() if entry.kind != "hosting"]
    for entry in of_parties:
        body = PARTIES[entry.subject]["kind"] == PartyKind.RECIPIENT_BODY
        assert body == (entry.kind in OF_BODIES), entry
    for entry in of_parties:
        if entry.kind not in OF_BODIES | {"budget"}:
            offered = {line["category"] for line in LINES if line["provider"] == entry.subject}
            assert entry.category in offered, f"{entry.subject} offers no {entry.category}: {entry.kind}"


def test_every_fact_has_a_source_of_the_exercise_and_was_known_on_its_day() -> None:
    assert MECHANISM.today is not None
    for entry in [*SUPPLEMENT.limits, *SUPPLEMENT.assessments]:
        assert entry.source.startswith("EXERCISE "), entry
    assert all(entry.as_of < MECHANISM.today for entry in [*facts(), *SUPPLEMENT.assessments])


def test_money_is_in_euros_because_a_plan_adds_it() -> None:
    assert {entry.currency for entry in facts() if entry.amount is not None and entry.kind in ("budget", "unit-cost")} == {"EUR"}


def test_absorption_is_given_for_whole_bodies_not_by_category() -> None:
    assert all(entry.category == "" for entry in facts() if entry.kind == "absorption")


def standing(kind: str) -> dict[tuple[object, ...], LimitEntry]:
    """The newest word of each key, as a plan takes it."""
    newest: dict[tuple[object, ...], LimitEntry] = {}
    for entry in sorted((entry for entry in facts() if entry.kind == kind), key=lambda entry: entry.as_of):
        newest[entry.subject, entry.category, entry.month] = entry
    return newest


def asked(need: str) -> float:
    return max((line["quantity"] or 0 for line in NEEDS[need]), default=0)


def test_some_absorption_binds_and_none_is_too_small_for_a_useful_share() -> None:
    """The largest month of each body takes the least useful share of each of its needs; some bodies cannot take all that they ask for."""
    room: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in standing("absorption").values():
        room[entry.subject][entry.month or ""] = int(entry.amount or 0)
    tight = set()
    for need, lines in NEEDS.items():
        body = lines[0]["beneficiary"]
        if need in WITHDRAWN or body not in room:
            continue
        assert max(room[body].values()) >= MECHANISM.objective.minimum_fraction * asked(need), (need, room[body])
        if len(room[body]) >= 5 and sum(room[body].values()) < sum(
            asked(other) for other in NEEDS if NEEDS[other][0]["beneficiary"] == body
        ):
            tight.add(body)
        due = next((line["needed_by"] for line in reversed(lines) if line["needed_by"]), None)
        if due is not None and MECHANISM.today is not None and (last := month_index(MECHANISM.today, date.fromisoformat(due))) >= 0:
            until = [amount for month, amount in room[body].items() if int(month[5:]) - 2 <= last]
            if len(until) == last + 1 and sum(until) < asked(need):
                tight.add(body)
    assert len(tight) >= 10, f"too few bodies are tight: {sorted(tight)}"


def test_most_bodies_are_known_and_some_are_gaps() -> None:
    bodies = {lines[0]["beneficiary"] for need, lines in NEEDS.items() if need not in WITHDRAWN}
    bodies = {body for body in bodies if PARTIES[body]["sector"] not in MILITARY_SECTORS}
    for name, known in (
        ("absorption", {entry.subject for entry in facts() if entry.kind == "absorption"}),
        ("severity", {one.subject for one in SUPPLEMENT.assessments if one.criterion in ("severity", "essential_service")}),
    ):
        assert 0.5 <= len(known & bodies) / len(bodies) <= 0.9, f"{name}: known of {len(known & bodies)} of {len(bodies)} bodies"
    givers = {line["provider"] for line in LINES if line["kind"] == "offer"}
    routes = {entry.subject for entry in facts() if entry.kind == "licence" and entry.state != "unknown"}
    assert givers - routes and givers & routes
    assert {PARTIES[giver]["kind"] for giver in givers} <= GIVERS
    assert any(entry.kind == "budget" and entry.amount is None for entry in facts())
    assert any(entry.kind == "licence" and entry.state == "pending" and entry.amount is None for entry in facts())


def test_sources_contradict_each_other_on_different_days() -> None:
    told: dict[tuple[object, ...], list[tuple[date, object]]] = defaultdict(list)
    for entry in SUPPLEMENT.limits:
        told[entry.kind, entry.subject, entry.category, entry.month].append(
            (entry.as_of, (entry.amount, entry.state, tuple(entry.bodies), entry.visibility))
        )
    for one in SUPPLEMENT.assessments:
        told["assessment", one.subject, one.category, one.criterion].append((one.as_of, one.value))
    contradicted = {key: words for key, words in told.items() if len({value for _, value in words}) > 1}
    assert {str(key[0]) for key in contradicted} >= {"absorption", "budget", "licence", "earmark", "visibility", "assessment"}
    for key, words in told.items():
        assert len({day for day, _ in words}) == len(words), f"{key}: two words of one day, so nobody can say which stands"


def test_acts_stand_in_the_order_in_which_they_were_done() -> None:
    days = [act.on for act in DECISIONS.acts]
    assert days == sorted(days) and days[0] >= date(2025, 12, 1) and days[-1] <= date(2026, 2, 9)


def test_members_do_only_what_their_role_allows() -> None:
    members = {member.slug: member for member in MECHANISM.members}
    gates = {gate.name: gate.role for gate in MECHANISM.gates}
    for act in DECISIONS.acts:
        roles = set(members[act.member].roles)
        allowed = {gates[act.gate]} if act.act == "gate" and act.gate else ALLOWED[act.act]
        if act.licence is not None and act.licence.stand:
            allowed = {"officer", "licence-liaison", "donor", "company"}
        assert roles & allowed, f"{act.on} {act.act} by {act.member}"


def test_words_of_a_side_are_said_by_it_or_written_down_by_an_officer() -> None:
    members = {member.slug: set(member.roles) for member in MECHANISM.members}
    asking, giving = {"officer", "recipient"}, {"officer", "donor", "company"}
    for act in DECISIONS.acts:
        if act.agreement is not None:
            word = act.agreement.word
            allowed = {"": {"officer"}, "accept": asking, "decline": asking, "acknowledge": asking | giving}.get(word, giving)
        elif act.delivery is not None:
            allowed = asking if act.delivery.deed in ("receive", "dispute", "settle", "return") else giving
            allowed = {"officer"} if act.delivery.deed == "let-on" else allowed
        else:
            continue
        assert members[act.member] & allowed, f"{act.on} {act.act} by {act.member}"


def test_a_limit_is_stated_by_its_owner() -> None:
    organisations = {organisation.slug: organisation.party for organisation in MECHANISM.organisations}
    members = {member.slug: member for member in MECHANISM.members}
    for act, entry in recorded_limits():
        member = members[act.member]
        party = organisations[member.organisation]
        assert OWNERS[entry.kind] in member.roles, f"{act.member} states {entry.kind}"
        if entry.kind == "objection":
            assert entry.authority == party and entry.subject != party
        elif entry.kind != "licence":
            assert entry.subject == party


def test_every_act_finds_its_lines_and_they_had_arrived_by_its_day() -> None:
    for act in DECISIONS.acts:
        for where in (act.where, act.other):
            if where is not None:
                arrived = [line for line in spoken_of(where) if SENT[line["message"]] <= act.on]
                assert arrived, f"{act.on} {act.act} by {act.member}: nothing had arrived that fits {where}"
                assert not where.message, "messages may come under another name: say what the line says"


def test_the_technical_group_rules_first_and_the_ends_differ() -> None:
    """One need not endorsed by each gate, one that passed the first alone, several endorsed, and rulings that came too late."""
    passed: dict[str, dict[str, bool]] = defaultdict(dict)
    for act in DECISIONS.acts:
        if act.act == "gate" and act.gate:
            needs = {line["need"] for line in spoken_of(act.where)}
            assert len(needs) == 1, f"{act.where} speaks of {sorted(needs)}"
            (need,) = needs
            if act.gate == "interagency-review":
                assert passed[need].get("technical-review"), f"{need}: the technical review comes first"
            passed[need][act.gate] = act.passed
    assert {need for need in passed if need in WITHDRAWN} >= {"need-grid-ics-training", "need-khova-mfa"}
    open_needs = {need: ruling for need, ruling in passed.items() if need not in WITHDRAWN}
    assert sum(list(ruling.values()) == [True, True] for ruling in open_needs.values()) >= 6
    assert sum(list(ruling.values()) == [True] for ruling in open_needs.values()) >= 1
    assert any(ruling.get("interagency-review") is False for ruling in open_needs.values())
    assert any(ruling.get("technical-review") is False for ruling in open_needs.values())


def test_judgements_agree_with_the_truth_and_with_each_other() -> None:
    joined: set[str] = set()
    apart: list[tuple[str, str]] = []
    for act in DECISIONS.acts:
        if act.act == "judge":
            first = spoken_of(act.where)[0]
            second = next(line for line in spoken_of(act.other) if line["id"] != first["id"])
            relation = Relation(act.relation)
            assert (first["need"] == second["need"]) == relation.joins, f"{act.on}: {first['id']} {relation} {second['id']}"
            if relation.joins:
                joined |= {first["id"], second["id"]}
            else:
                apart.append((first["id"], second["id"]))
    assert len(joined) >= 10 and len(apart) >= 6
    assert {Relation(act.relation) for act in DECISIONS.acts if act.act == "judge"} == {
        Relation.SAME_AS,
        Relation.SECOND_BATCH,
        Relation.NOT_THE_SAME,
    }


def test_lines_of_armed_forces_are_ruled_military_and_no_others() -> None:
    ruled = {line["id"]: act.channel for act in DECISIONS.acts if act.act == "rule-channel" for line in spoken_of(act.where)}
    for line in LINES:
        if line["id"] in ruled:
            assert ruled[line["id"]] == line["channel"], line["id"]
    assert set(ruled.values()) == {"civil", "military"}
    assert any("tdf-radio" in line["need"] for line in LINES if ruled.get(line["id"]) == "military")


def test_one_objection_stays_open_and_one_is_lifted() -> None:
    assert sorted(entry.state for entry in standing("objection").values()) == ["lifted", "lifted", "open"]
    assert [entry.state for entry in standing("consent").values()] == ["given"]


def test_a_rejection_is_of_what_nobody_accepted() -> None:
    ruled: dict[str, set[str]] = defaultdict(set)
    for act in DECISIONS.acts:
        if act.act in ("accept", "reject"):
            for line in spoken_of(act.where):
                ruled[line["id"]].add(act.act)
    assert sum(acts == {"reject"} for acts in ruled.values()) >= 4
    assert not [line for line, acts in ruled.items() if len(acts) > 1]


def test_licence_cases_go_their_way_in_the_recorded_acts_and_end_in_several_lanes() -> None:
    """Officers open them, the liaison alone moves them; each move is one that the rules know, told conditions were set."""
    members = {member.slug: member for member in MECHANISM.members}
    been: dict[tuple[str, str], list[CaseState]] = defaultdict(list)
    conditions: dict[tuple[str, str], list[str]] = {}
    for act in DECISIONS.acts:
        if act.act != "licence" or act.licence is None:
            continue
        place = (str(act.where), act.licence.jurisdiction)
        if act.licence.stand:
            assert act.licence.condition < len(conditions[place]), f"{act.on} {place}: no such condition was set"
            continue
        assert ("officer" if not act.licence.state else "licence-liaison") in members[act.member].roles
        if not act.licence.state:
            assert place not in been
            been[place].append(CaseState.NOT_ASSESSED)
            continue
        state = CaseState(act.licence.state)
        assert state in moves_from(been[place][-1], tuple(been[place])), f"{act.on} {place}: {state}"
        been[place].append(state)
        conditions[place] = act.licence.conditions or conditions.get(place, [])
    assert len({way[-1] for way in been.values()}) >= 8
