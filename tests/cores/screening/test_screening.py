"""Screening of names: what is found in other scripts, what is kept apart, that parts add up, and that finding quickly loses nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.screening import BadProblem, Entry, Kind, ListIndex, Part, PartKind, Party, ScreeningProblem, check, screen, screen_against
from sild.cores.screening.method.names import take_apart
from sild.cores.screening.method.score import Beside, parts_of

LABELLED = yaml.safe_load((Path(__file__).resolve().parents[3] / "bench" / "screening_pairs.yaml").read_text(encoding="utf-8"))
SAME = [(one, other) for pairs in LABELLED["same"].values() for one, other in pairs]


def _asked(one: str, other: str, threshold: float = 72.0) -> ScreeningProblem:
    return ScreeningProblem(parties=(Party(id="p", names=(one,)),), entries=(Entry(id="e", names=(other,)),), threshold=threshold)


def _kinds(one: str, other: str) -> set[PartKind]:
    [hit] = screen(_asked(one, other, 20)).hits
    return {part.kind for part in hit.parts}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Олександр Гнатюк", "Alexandr Gnatyuk", PartKind.OTHER_SCRIPT),
        ("Juri Schtscherbyna", "Юрий Щербина", PartKind.OTHER_SCRIPT),
        ("Hnatiuk Oleksandr", "Oleksandr Hnatiuk", PartKind.ORDER),
        ("Гнатюк О.", "Oleksandr Hnatiuk", PartKind.INITIAL),
        ("ТОВ «Верба»", "Verba GmbH", PartKind.FORM_SAME),
        ("ТОВ «Верба»", "Verba AG", PartKind.FORM_DIFFERS),
        ("VerbaTrade", "Verba Trade", PartKind.JOINED),
        ("Nordlciht Handels", "Nordlicht Handels", PartKind.NEAR_SPELLING),
        ("Volodymyr Zvarych", "Vladimir Zvarych", PartKind.OTHER_LANGUAGE),
        ("ZPB", "Zarya Pribor Bureau", PartKind.ACRONYM),
    ],
)
def test_each_way_to_write_a_name_is_found_and_named(one: str, other: str, kind: PartKind) -> None:
    assert kind in _kinds(one, other)


def test_nine_in_ten_of_the_labelled_pairs_are_hits_and_nine_in_ten_look_alikes_are_not() -> None:
    missed = [pair for pair in SAME if not screen(_asked(*pair)).hits]
    wrong = [tuple(pair) for pair in LABELLED["others"] if screen(_asked(*pair)).hits]
    assert len(missed) <= len(SAME) // 10, missed
    assert len(wrong) <= len(LABELLED["others"]) // 10, wrong


def test_the_points_of_the_parts_add_up_and_the_check_agrees() -> None:
    entries = tuple(Entry(id=f"e{at}", names=(pair[1],)) for at, pair in enumerate(SAME))
    problem = ScreeningProblem(parties=tuple(Party(id=f"p{at}", names=(pair[0],)) for at, pair in enumerate(SAME)), entries=entries)
    answer = screen(problem)
    assert answer.hits
    assert check(problem, answer) == []


def test_the_check_finds_a_changed_score_a_missing_equal_name_and_a_strange_hit() -> None:
    problem = ScreeningProblem(parties=(Party(id="p", names=("Baikalneft",)),), entries=(Entry(id="e", names=("BAIKALNEFT",)),))
    answer = screen(problem)
    [hit] = answer.hits
    assert check(problem, replace(answer, hits=())) == ["party p: has the name 'Baikalneft' of the entry e, and is no hit of it"]
    assert any("add up" in told for told in check(problem, replace(answer, hits=(replace(hit, score=99.0),))))
    assert any("not in the problem" in told for told in check(problem, replace(answer, hits=(hit, replace(hit, entry="x")))))
    assert any("told twice" in told for told in check(problem, replace(answer, hits=(hit, hit))))
    assert any("no name of the party" in told for told in check(problem, replace(answer, hits=(replace(hit, party_name="x"),))))


def test_what_else_is_known_raises_and_lowers_a_hit() -> None:
    party = Party(id="p", names=("Nordlicht Handels",), kind=Kind.ORGANISATION, countries=frozenset({"DE"}))
    told = {
        name: screen(ScreeningProblem(parties=(party,), entries=(entry,), threshold=30)).hits[0].score
        for name, entry in {
            "plain": Entry(id="e", names=("Nordlicht Handels",)),
            "country": Entry(id="e", names=("Nordlicht Handels",), countries=frozenset({"de", "at"})),
            "elsewhere": Entry(id="e", names=("Nordlicht Handels",), countries=frozenset({"kp"})),
            "person": Entry(id="e", names=("Nordlicht Handels",), kind=Kind.PERSON),
            "ship": Entry(id="e", names=("Nordlicht Handels",), kind=Kind.THING),
            "weak": Entry(id="e", names=(), weak=("Nordlicht Handels",)),
        }.items()
    }
    assert told["country"] > told["plain"] > told["weak"] > told["elsewhere"] > told["person"] > told["ship"]


def test_a_sole_trader_may_be_a_person_on_the_list() -> None:
    person = Entry(id="e", names=("Oleksandr Hnatyuk",), kind=Kind.PERSON)
    for name, found in (("ФОП Гнатюк Олександр Іванович", True), ("ТОВ Гнатюк Олександр Іванович", False)):
        party = Party(id="p", names=(name,), kind=Kind.ORGANISATION)
        assert bool(screen(ScreeningProblem(parties=(party,), entries=(person,))).hits) == found


def test_three_letters_alone_are_no_hit() -> None:
    assert screen(_asked("MES", "MES")).hits == ()
    assert screen(_asked("MOZ", "МОЗ")).hits == ()


def test_a_look_alike_letter_of_another_alphabet_is_seen_through() -> None:
    [hit] = screen(_asked("Бaйкaлнeфть", "Baikalneft")).hits
    assert hit.parts[0].kind == PartKind.OTHER_SCRIPT


def test_a_name_without_a_letter_is_told_as_unreadable() -> None:
    answer = screen(ScreeningProblem(parties=(Party(id="p", names=("«—»", "")),), entries=(Entry(id="e", names=("", "Zarya")),)))
    assert (answer.hits, answer.unreadable) == ((), ("p",))


def test_an_empty_list_finds_nothing() -> None:
    assert screen(ScreeningProblem(parties=(Party(id="p", names=("Zarya",)),), entries=())).hits == ()


@pytest.mark.parametrize("threshold", [0, 101, -3])
def test_a_threshold_that_is_none_is_refused(threshold: float) -> None:
    with pytest.raises(BadProblem, match="threshold"):
        _asked("a", "b", threshold)


def test_a_party_given_twice_is_refused() -> None:
    with pytest.raises(BadProblem, match="given twice"):
        ScreeningProblem(parties=(Party(id="p", names=("a",)), Party(id="p", names=("b",))), entries=())


WORDS = st.sampled_from(
    "oleksandr александр hnatiuk гнатюк gnatyuk trade трейд bank zarya зоря llc тов gmbh of 17 o. baikalneft baikalnef nordlicht".split()  # noqa: SIM905 - read as one row
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=drawn(150), deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=6), asked=NAMES)
def test_finding_by_keys_loses_nothing_that_comparing_all_finds(names: list[str], asked: str) -> None:
    entries = tuple(Entry(id=f"e{at}", names=(name,)) for at, name in enumerate(names))
    index = ListIndex(entries)
    found = {hit.entry: hit.score for hit in screen_against(index, (Party(id="p", names=(asked,)),)).hits}
    beside = Beside((Kind.ANY, Kind.ANY), (frozenset(), frozenset()))
    all_compared = {
        entry.id: round(sum(part.points for part in parts_of(take_apart(asked), take_apart(entry.names[0]), beside, index.weigh)), 2)
        for entry in entries
    }
    assert found == {entry: points for entry, points in all_compared.items() if points >= 72}


@given(text=st.text(max_size=60))
def test_any_text_can_be_a_name(text: str) -> None:
    parts = screen(_asked(text, f"{text} Zarya", 1)).hits
    assert all(isinstance(part, Part) for hit in parts for part in hit.parts)
