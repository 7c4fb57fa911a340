"""Lists and searches find what the policy written by hand finds, whichever way the database takes: looked up, walked, or both."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from sild.kernel.actor import Actor, acting
from sild.kernel.listing import Asked, named_by, slice_of
from sild.postgres.supervisor import Server
from sild.wings.register.reads import LINES
from tests.cast import Cast

MANY = 3000
WAYS = {
    "nothing": (Asked(), "true"),
    "a word of every line": (Asked(text="each"), "true"),
    "a word of a third": (Asked(text="third"), "n % 3 = 0"),
    "a rare word": (Asked(text="r77"), "n = 77"),
    "words in two forms": (Asked(text="courses third"), "n % 2 = 0 and n % 3 = 0"),
    "a value": (Asked(facets={"state": "draft"}), "n % 4 = 0"),
    "one value or another": (Asked(any_of=(("state=draft", "kind=offer"),)), "n % 4 = 0 or n % 5 = 0"),
    "a word and a value": (Asked(text="third", facets={"state": "draft"}), "n % 12 = 0"),
    "a value with signs": (Asked(facets={"provider": "O'Neill & \\Sons' | 'x"}), "n % 7 = 0"),
    "a word, or named beside": (Asked(text="r77", via=tuple(uuid.UUID(int=n) for n in (5, 6, 8))), "n in (5, 6, 8, 77)"),
    "these alone": (Asked(only=frozenset(uuid.UUID(int=n) for n in (3, 4, 9))), "n in (3, 4, 9)"),
    "these alone, by a word": (Asked(text="third", only=frozenset(uuid.UUID(int=n) for n in (3, 4, 9))), "n in (3, 9)"),
    "signs alone": (Asked(text="&&&"), "false"),
    "longer than any value": (Asked(facets={"provider": "x" * 5000}), "false"),
}


def generated(officer: Actor, donor: Actor, closed: uuid.UUID) -> str:
    """Lines of the officer's: of ten, one is for the donor, one above their ceilings, one in a room, one under an embargo."""
    return f"""insert into register_line (id, mechanism_id, owner_id, marking, releasable_to, compartment_id, embargo_until, created_at,
      version, message_id, message_name, message_digest, position, part, locator, state, kind, category, item, unit, beneficiary,
      beneficiary_known, provider, sent_by, relayed_by, value_currency, conditions, channel, urgency, tlp, language, reference, threads,
      subject, evidence, fields, words)
    select lpad(to_hex(n), 32, '0')::uuid, '{officer.mechanism}', '{officer.organisation}', case when n % 10 = 1 then 9 else 1 end,
      case when n % 10 in (0, 1, 2, 3) then array['{donor.organisation}']::uuid[] else '{{}}' end,
      case when n % 10 = 2 then '{closed}'::uuid end, case when n % 10 = 3 then now() + interval '1 day' end,
      timestamptz '2026-01-01' + (n / 3) * interval '1 second', 1, gen_random_uuid(), '', '', 0, '', '',
      case when n % 4 = 0 then 'draft' else 'accepted' end, case when n % 5 = 0 then 'offer' else 'request' end, '', '', '', '', true,
      case when n % 7 = 0 then E'O\\'Neill & \\\\Sons\\' | \\'x' else '' end, '', '', '', '[]', 'civil', '', '', 'en', '', '[]', '',
      '[]', '{{}}',
      array['each', 'r' || n] || case when n % 3 = 0 then array['third'] else '{{}}' end
        || case when n % 2 = 0 then array['cours'] else '{{}}' end
    from generate_series(1, {MANY}) n"""


@pytest.fixture(scope="module")
def _closed() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def filled(cast: Cast, server: Server, _closed: uuid.UUID) -> Iterator[Cast]:
    """Three thousand lines, with the planner's knowledge of them."""
    server.execute([generated(cast.officer, cast.donor, _closed), "analyze register_line", "analyze register_line_shown"])
    yield cast
    server.execute(["truncate register_line, register_line_shown cascade", "analyze register_line", "analyze register_line_shown"])


def walked(asked: Asked, limit: int) -> list[uuid.UUID]:
    """The whole list in slices."""
    seen: list[uuid.UUID] = []
    after = ""
    while True:
        found = slice_of(LINES, asked, after=after, limit=limit)
        seen += [row.id for row in found.rows]
        after = found.after
        if not after:
            return seen


def test_every_way_finds_what_the_policy_by_hand_finds_in_its_order(filled: Cast, server: Server) -> None:
    numbered = "select id, (('x' || right(id::text, 8))::bit(32)::int) n, created_at from register_line where"
    open_to_donor = f"'{filled.donor.organisation}' = any(releasable_to) and embargo_until is null"
    below = "marking <= 8 and compartment_id is null"
    seen_by = {filled.officer: below, filled.donor: f"{below} and {open_to_donor}", filled.outsider: "false"}
    for actor, visible in seen_by.items():
        for name, (asked, condition) in WAYS.items():
            sql = f"select id::text from ({numbered} {visible}) seen where {condition} order by created_at desc, id desc"
            expected = [uuid.UUID(identity) for (identity,) in server.query()(sql)]
            with acting(actor):
                assert walked(asked, 200) == expected, f"{name} for {actor.name}"
                assert [row.id for row in slice_of(LINES, asked, limit=7).rows] == expected[:7], f"{name} for {actor.name}"


def test_what_records_name_is_told_of_visible_records_alone(filled: Cast) -> None:
    for actor, many in ((filled.officer, 1), (filled.donor, 1), (filled.outsider, 0)):
        with acting(actor):
            assert len(named_by(LINES, "owner_id", "third", 50)) == many
            assert named_by(LINES, "need_id", "third", 50) == named_by(LINES, "owner_id", "&&", 50) == ()


def test_without_an_actor_nothing_is_newest_and_nothing_is_found(filled: Cast, server: Server) -> None:
    for asked in ("newest_register_line(null, null, 9)", "gate.found_register_line('each', '{}', null, null, null, null, 9)"):
        assert server.query("sild_app")(f"select count(*) from {asked}") == [(0,)]
