"""The look: what is vendored is what the lock says, carries no brand, stays small, and every part shows what it was given, safely."""

from __future__ import annotations

import gzip
import importlib.util
import re
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from sild.kernel.history_reads import HistoryEntry
from sild.values.marking import Marking
from sild.web import labels
from sild.web.acts import ACTS
from sild.web.templatetags import desk
from sild.wings.intake.rules import MessageState
from sild.wings.register.rules import Channel, LineState, NeedState
from tests.web import gallery

CHECKOUT = Path(__file__).resolve().parents[2]
STATIC = CHECKOUT / "src" / "sild" / "web" / "static" / "sild"
FIRST_LOAD = 100_000
"""Bytes on the wire at first load, over all assets and the page."""


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


vendor, assets = _tool("vendor"), _tool("assets")


def _assets() -> list[Path]:
    named = re.findall(r"{% static '([^']+)' %}", (CHECKOUT / "src/sild/web/templates/web/base.html").read_text(encoding="utf-8"))
    return [Path(str(finders.find(name))) for name in named]


# what is vendored


def test_the_vendored_files_are_those_of_the_lock() -> None:
    lock = vendor.tomllib.loads(vendor.LOCK.read_text(encoding="utf-8"))
    assert lock["packages"].keys() == lock["integrity"].keys()
    assert vendor.faults(lock, vendor.VENDOR) == []


def test_a_changed_a_missing_and_a_foreign_file_are_faults(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("x")
    (tmp_path / "c.js").write_text("x")
    assert vendor.faults({"files": {"a.css": "0", "b.css": "0"}}, tmp_path) == [
        "a.css is not what the lock says",
        "b.css is missing",
        "c.js is not in the lock",
    ]


def test_no_brand_no_font_and_no_picture_is_vendored() -> None:
    sheet = (STATIC / "vendor" / "frontend.css").read_text(encoding="utf-8")
    for word in ("GDS Transport", "@font-face", "url(", "crown", "crest", "Calvert"):
        assert word not in sheet
    assert len(sheet) > 50_000


def test_every_colour_of_the_vendored_sheet_has_a_name() -> None:
    sheet = (STATIC / "vendor" / "frontend.css").read_text(encoding="utf-8")
    outside = re.sub(r":root\{[^}]*\}", "", sheet)
    assert re.findall(r"[^&\w]#[0-9a-fA-F]{3,8}\b", outside) == []


def test_licences_stand_beside() -> None:
    text = (STATIC / "vendor" / "LICENCES.txt").read_text(encoding="utf-8")
    for word in ("GOV.UK Frontend", "MoJ Frontend", "htmx", "MIT", "Zero-Clause BSD"):
        assert word in text


def test_dropped_components_leave_their_neighbours() -> None:
    css = (
        ".govuk-header__a,.govuk-body{color:#0b0c0c}@media print{.govuk-tabs{color:red}}.govuk-x:focus{color:#0b0c0c}@font-face{src:url(a)}"
    )
    made = vendor.written(list(vendor.made_own(vendor.parsed(css))))
    assert made == ".govuk-body{color:var(--govuk-text-colour)}.govuk-x:focus{color:var(--govuk-focus-text-colour)}"


def test_packed_files_are_what_stands_beside_them() -> None:
    assert assets.behind() == []
    assert {path for path in _assets() if path.suffix in assets.KINDS} <= set(assets.originals())


def test_a_file_that_was_not_packed_again_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    (tmp_path / "a.css").write_text("new")
    (tmp_path / "a.css.gz").write_bytes(gzip.compress(b"old"))
    (tmp_path / "b.js.gz").write_bytes(b"")
    assert assets.behind() == ["a.css.gz is not a.css: run make assets", "b.js.gz stands alone: remove it"]


def test_a_browser_gets_the_packed_file() -> None:
    for path in _assets():
        response = Client().get(f"/static/{path.relative_to(STATIC.parent)}", headers={"accept-encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(b"".join(response.streaming_content)) == path.read_bytes()


def test_the_first_load_is_small() -> None:
    packed = [path.with_name(path.name + ".gz").stat().st_size for path in _assets()]
    assert len(packed) >= 6
    # a page itself travels as it is
    assert sum(packed) + len(gallery.page("uk").encode()) <= FIRST_LOAD


# the pages and the parts


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_page_names_its_language_and_holds_nothing_that_the_policy_forbids(language: str) -> None:
    page = gallery.page(language)
    assert f'<html lang="{language}"' in page
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_a_theme_is_one_of_two_words_or_not_written() -> None:
    assert 'data-theme="dark"' in gallery.page("en", "dark")
    assert "data-theme" not in gallery.page("en", '"><script>').partition("<head>")[0]


def test_text_of_a_message_is_shown_as_text() -> None:
    page = gallery.page("en")
    assert "&lt;b&gt;Дякуємо&lt;/b&gt;" in page
    assert "<b>Дякуємо" not in page


def _rendered(name: str, **values: object) -> str:
    return Template("{% include name %}").render(Context({"name": name, **values}))


def test_not_there_says_nothing_of_the_request() -> None:
    here = SimpleNamespace(get_full_path=lambda: "/needs/SECRET", path="/needs/SECRET", POST={})
    page = _rendered("web/not_there.html", request=here, seat=gallery.Seat, seats=[gallery.Seat], messages=["SECRET was changed"])
    assert "SECRET" not in page
    assert "csrf" not in page


def test_a_stale_save_shows_both_texts_and_sends_the_same_form_again() -> None:
    posted = SimpleNamespace(lists={"note": ["Call them <today>"], "version": ["3"], "csrfmiddlewaretoken": ["x"]}.items)
    stale = SimpleNamespace(
        version=5, mine={"note": "Call them today", "unit": "kit"}, theirs={"note": "Call them tomorrow", "unit": "kit"}
    )
    page = _rendered("web/stale.html", stale=stale, message="Changed.", request=SimpleNamespace(POST=posted, path="/needs/7"))
    assert "<ins>today</ins>" in page
    assert "<del>tomorrow</del>" in page
    assert 'name="note" value="Call them &lt;today&gt;"' in page
    assert re.findall(r'name="version" value="(\d+)"', page) == ["5"]


@pytest.mark.parametrize("name", ["web/not_for_role.html", "web/refused.html", "500.html"])
def test_other_error_pages_come_without_any_context(name: str) -> None:
    assert "<h1" in _rendered(name)


# filters and tags


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "2022-06-13", "13 Jun 2022"),
        ("uk", "2022-06-13", "13 черв. 2022"),
        ("en", "2024-10", "October 2024"),
        ("uk", "2024-10", "жовтень 2024"),
        ("uk", "2025", "2025"),
        ("uk", "2024-13", "2024-13"),
        ("en", "2025-10/11", "2025-10/11"),
        ("en", "2006-03-01 (memory)", "2006-03-01 (memory)"),
    ],
)
def test_a_day_or_month_that_a_source_tells_as_text_is_written_like_every_other(language: str, text: str, shown: str) -> None:
    with translation.override(language):
        assert desk.day(text) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("15 Dec 2026", "15 Dec 2026, 14:05 UTC", "1,200", "12.5", "+4.2")),
        ("uk", ("15 груд. 2026", "15 груд. 2026, 14:05 UTC", "1\xa0200", "12,5", "+4,2")),
    ],
)
def test_days_and_amounts_are_written_as_the_language_does(language: str, shown: tuple[str, ...]) -> None:
    at = datetime(2026, 12, 15, 14, 5, tzinfo=UTC)
    with translation.override(language):
        assert (
            desk.day(date(2026, 12, 15)),
            desk.moment(at),
            desk.amount(Decimal("1200.000")),
            desk.amount("12.50"),
            desk.signed(4.2),
        ) == shown


def test_what_is_not_known_is_shown_as_nothing() -> None:
    assert [
        desk.day(None),
        desk.moment(None),
        desk.amount(None),
        desk.tlp(None),
        desk.words(None),
        desk.category(""),
        desk.signed(None),
    ] == [""] * 7


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "many", "1e400"])
def test_an_odd_amount_is_shown_and_fails_nothing(odd: str) -> None:
    assert desk.amount(odd)


@pytest.mark.parametrize("marking", list(Marking))
def test_a_marking_has_its_words_from_any_spelling(marking: Marking) -> None:
    badges = {str(desk.tlp(value)) for value in (marking, int(marking), str(int(marking)), marking.label)}
    assert len(badges) == 1
    assert f">{marking.label}<" in badges.pop()


def test_unknown_words_of_a_marking_stay_text() -> None:
    assert Template("{% load desk %}{{ word|tlp }}").render(Context({"word": "<b>PINK"})) == "&lt;b&gt;PINK"


def test_overlapping_spans_are_marked_once_each_and_name_all_their_fields() -> None:
    text = "1 200 <licences> EDR"
    spans = [
        {"start": 0, "end": 16, "field": "quantity"},
        {"start": 6, "end": 20, "field": "item"},
        {"start": 5, "end": 99, "field": "gone"},
    ]
    marked = str(desk.marked(text, spans))
    assert re.sub(r"<(?!/?(mark|span))[^>]*>|</?(mark|span)[^>]*>", "", marked) == "1 200 &lt;licences&gt; EDR"
    assert re.findall(r'data-field="([^"]+)"', marked) == ["quantity", "item quantity", "item"]
    assert re.findall(r'id="([^"]+)"', marked) == ["from-quantity", "from-item"]


def test_two_fields_from_the_same_words_have_an_anchor_each() -> None:
    marked = str(desk.marked("1200", [{"start": 0, "end": 4, "field": "a"}, {"start": 0, "end": 4, "field": "b"}]))
    assert sorted(re.findall(r'id="([^"]+)"', marked)) == ["from-a", "from-b"]


def test_a_difference_is_marked_by_words_and_escaped() -> None:
    assert desk.only_left("<a> two", "<a> three") == "&lt;a&gt; <del>two</del>"
    assert desk.only_right("<a> two", "<a> three") == "&lt;a&gt; <ins>three</ins>"
    assert desk.only_left("one two three four", "one 2 3 four") == "one <del>two three</del> four"
    assert desk.only_right("a\n\nb", "a\n\nb c\n") == "a\n\nb <ins>c</ins>\n"
    assert "empty" in desk.only_right("x", "")


def test_texts_made_to_be_slow_are_compared_all_the_same() -> None:
    old, new = "a b " * (desk.LONGEST_COMPARED // 2), "b a c " * (desk.LONGEST_COMPARED // 3)
    # a comparison that tries every pairing again and again would not end within the life of this test
    assert "<del>" in desk.only_left(old, new)


def test_a_huge_text_is_shown_whole() -> None:
    huge = "word " * 20_000
    assert len(desk.only_left(huge, "other")) >= len(huge) - 1


def entry(action: str, **told: Any) -> HistoryEntry:
    plain = {"act": uuid4(), "at": datetime(2026, 2, 10, 9, tzinfo=UTC), "who": "the desk", "reason": "", "made": False, "undone": False}
    return HistoryEntry(action=action, **(plain | {"own": True, "changes": ()} | told))


def test_acts_in_a_row_that_show_nothing_are_one_line_of_history() -> None:
    entries = [
        entry("place"),
        entry("release"),
        entry("place"),
        entry("place", reason="why"),
        entry("link"),
        entry("link", who="somebody"),
        entry("make", made=True),
        entry("link"),
    ]
    assert [acts for _entry, acts in desk.folded(entries)] == [("place", "release"), ("place",), ("link",), ("link",), ("make",), ("link",)]


def test_bars_start_where_the_last_one_ended_and_stay_inside() -> None:
    fall = desk.waterfall([{"text": "a", "weight": 3.0}, {"text": "b", "weight": -4.0}, {"text": "c", "weight": None}])
    assert fall["total"] == -1.0
    assert [step["start"] for step in fall["steps"]] == ["25.00", "0.00", "0.00"]
    assert [step["side"] for step in fall["steps"]] == ["for", "against", "unknown"]
    assert desk.waterfall([])["steps"] == []


# words


@pytest.mark.parametrize(("kind", "states"), [("need", NeedState), ("line", LineState), ("message", MessageState), ("channel", Channel)])
def test_every_state_of_the_rules_has_words(kind: str, states: type[NeedState]) -> None:
    assert {str(state) for state in states} <= labels.LABELS[kind].keys()


def test_every_category_has_a_name_in_both_languages() -> None:
    english, ukrainian = (dict(labels.category_choices(language)) for language in ("en", "uk"))
    assert len(english) == 27
    assert all(re.search("[А-Яа-яІЇЄіїє]", name) for name in ukrainian.values())
    assert labels.category_label("no-such-thing", "uk") == "no such thing"


def test_words_come_in_the_readers_language() -> None:
    with translation.override("uk"):
        assert desk.words("endorsed", "need") == "погоджено"
    assert desk.words("technical-review", "gate") == "technical review"
    assert desk.words("never-heard-of") == "never heard of"


def test_every_action_has_words() -> None:
    source = (CHECKOUT / "src" / "sild").rglob("*.py")
    actions = {name for path in source for name in re.findall(r'@action\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))}
    assert len(actions) > 40
    assert sorted(actions - ACTS.keys()) == [], "say them in src/sild/web/acts.py"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("laptops", "laptops", "laptops", "people", "GB per day", "Kärcher 5", "")),
        ("uk", ("ноутбук", "ноутбуки", "ноутбуків", "осіб", "ГБ на день", "Kärcher 5", "")),
    ],
)
def test_what_a_quantity_counts_takes_the_form_of_its_number(language: str, said: tuple[str, ...]) -> None:
    counted = [("laptop", 21), ("laptop", 3), ("laptop", 35), ("person", 7), ("GB per day", 600), ("Kärcher 5", 2), ("", 4)]
    with translation.override(language):
        shown = [desk.unit(name, Decimal(number)) for name, number in counted]
    assert tuple(shown) == said
