"""Pictures: what they add up, what they fold, what they do with nothing, with hostile names and with ten thousand rows."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from decimal import Decimal

import pytest

from sild.formats.drawing import calendar, gantt, lanes, matrix, sankey
from sild.formats.drawing.layout import fitted, width_of, wrapped
from sild.formats.drawing.shapes import TONES, Box, Picture, Ribbon, Stroke, Wording, Words
from sild.formats.drawing.svg import COLOURS, svg_of

HOSTILE = '</text><script>alert("1")</script>&\x00\x08\ud800\uffff‮ "\' Запит №5'
TODAY = date(2026, 11, 22)
USUAL = Wording(
    title="T", summary="S", others="{count} others", number=lambda number: f"{number:f}", month=lambda day: f"{day:%b %y}", day=str
)
MATRIX = matrix.MatrixWords(
    usual=USUAL, asked="asked", covered="covered", gap="gap", unknown="unknown", given="given", other_units="{count} in other units"
)
SANKEY = sankey.SankeyWords(usual=USUAL, columns=("From", "What", "To", "State"), last=(("moving", "part"), ("there", "good")))
LANES = lanes.LaneWords(usual=USUAL, today="today", keys=(("a", False, "runs"),))
GANTT = gantt.GanttWords(
    usual=USUAL, today="today", other_groups="{count} others with {rows}", load="per month", can="can", keys=(("good", False, "fits"),)
)
CALENDAR = calendar.CalendarWords(
    usual=USUAL, today="today", past="{count} over", later="{count} later", sum="{count}", keys=(("gap", True, "dark"),)
)


def row(name: str, asked: str | None, *, unit: str = "pieces", **given: str) -> matrix.MatrixRow:
    amounts = {giver: Decimal(amount) for giver, amount in given.items()}
    return matrix.MatrixRow(name=name, unit=unit, asked=None if asked is None else Decimal(asked), given=amounts)


def lane(name: str, start: int = 0, days: int = 30) -> lanes.LaneRow:
    first = TODAY + timedelta(days=start)
    return lanes.LaneRow(
        name=name, stretches=(lanes.Stretch(start=first, end=first + timedelta(days=days), tone="a", title=name, text="runs"),)
    )


def texts(picture: Picture | None) -> list[str]:
    assert picture is not None
    return [mark.text for mark in picture.marks if isinstance(mark, Words)]


def every_picture(name: str) -> list[Picture | None]:
    """One picture of each kind in which a name stands wherever a name can."""
    group = gantt.Group(name=name, lanes=(lane(name),), loads=(gantt.Load(month=date(2026, 11, 1), capacity=None, coming=Decimal(3)),))
    return [
        matrix.matrix_picture(matrix.folded([row(name, "3", unit=name, **{name: "2"})], MATRIX), MATRIX),
        sankey.sankey_picture(sankey.folded_flows([sankey.Flow(path=(name,) * 4, amount=Decimal(1))], SANKEY), SANKEY),
        lanes.lanes_picture([lane(name)], TODAY, LANES),
        gantt.gantt_picture([group], TODAY, GANTT),
        calendar.calendar_picture([calendar.Due(on=TODAY, name=name, tone="gap")], TODAY, CALENDAR),
    ]


@pytest.mark.parametrize("standalone", [True, False])
@pytest.mark.parametrize("name", [HOSTILE, "", " ", "Ж" * 5000, "שלום עולם", "x" * 300])
def test_every_name_gives_well_formed_svg_in_which_nothing_runs(name: str, standalone: bool) -> None:
    for picture in every_picture(name):
        assert picture is not None
        text = svg_of(picture, standalone=standalone)
        root = ElementTree.fromstring(text)
        found = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert found <= {"svg", "title", "desc", "rect", "path", "polyline", "text", "g"}
        assert root.get("role") == "img"
        assert {root.get("aria-labelledby"), root.get("aria-describedby")} == {element.get("id") for element in list(root)[:2]}
        assert not any(key.startswith("on") or key == "style" for element in root.iter() for key in element.attrib)
        assert ("class=" in text) is not standalone


def test_each_tone_has_a_colour_on_paper_and_a_rule_on_the_desk() -> None:
    assert set(COLOURS) == set(TONES)


def test_nothing_gives_no_picture() -> None:
    assert matrix.matrix_picture(matrix.folded([], MATRIX), MATRIX) is None
    assert sankey.sankey_picture(sankey.folded_flows([], SANKEY), SANKEY) is None
    assert sankey.sankey_picture(sankey.folded_flows([sankey.Flow(path=("a",) * 4, amount=Decimal(0))], SANKEY), SANKEY) is None
    assert lanes.lanes_picture([], TODAY, LANES) is None
    assert gantt.gantt_picture([gantt.Group(name="x", lanes=())], TODAY, GANTT) is None
    assert calendar.calendar_picture([], TODAY, CALENDAR) is None


def test_a_matrix_keeps_every_quantity_in_the_rows_and_columns_that_it_folds() -> None:
    rows = [
        row(f"need {number}", f"{number + 1}.001", unit="pieces" if number % 3 else "kg", **{f"giver {number % 20}": "0.5"})
        for number in range(200)
    ]
    found = matrix.folded(rows, MATRIX)
    assert len(found.rows) == matrix.MOST_ROWS + 2
    assert len(found.columns) == matrix.MOST_COLUMNS + 1
    for unit in ("pieces", "kg"):
        before, after = [one for one in rows if one.unit == unit], [one for one in found.rows if one.unit == unit]
        assert sum(one.covered for one in after) == sum(one.covered for one in before)
        assert sum(one.asked or 0 for one in after) == sum(one.asked or 0 for one in before)
        assert sum(one.count for one in after) == len(before)
    assert "12 others" in found.columns[-1]


def test_a_matrix_says_how_many_stand_in_units_beyond_those_that_it_sums() -> None:
    rows = [row(f"need {number}", "1", unit=f"unit {number}") for number in range(60)]
    found = matrix.folded(rows, MATRIX)
    assert sum(one.count for one in found.rows) + sum(count for _name, count in found.mixed) == 60
    assert any("in other units" in text for text in texts(matrix.matrix_picture(found, MATRIX)))


def test_an_unknown_ask_leaves_the_gap_unknown_and_stays_visible_in_a_sum() -> None:
    assert row("x", None, one="3").gap is None
    rows = [row(f"need {number:02}", "1") for number in range(40)] + [row("unknown", None)]
    summed = matrix.folded(rows, MATRIX).rows[-1]
    assert summed.unsure
    assert any(text.endswith("+?") for text in texts(matrix.matrix_picture(matrix.folded(rows, MATRIX), MATRIX)))


def test_more_than_was_asked_is_no_negative_gap() -> None:
    assert row("x", "2", one="3").gap == 0


def test_flows_sum_to_the_same_amount_however_many_names_are_folded() -> None:
    flows = [
        sankey.Flow(path=(f"giver {n % 40}", f"kind {n % 30}", f"body {n % 50}", ("moving", "there")[n % 2]), amount=Decimal("0.01"))
        for n in range(10_000)
    ]
    found = sankey.folded_flows(flows, SANKEY)
    assert sum(flow.amount for flow in found) == Decimal("100.00")
    for column, names in enumerate((9, 9, 9, 2)):
        assert len({flow.path[column] for flow in found}) == names
    assert "32 others" in {flow.path[0] for flow in found}


def test_what_goes_into_a_name_comes_out_of_it() -> None:
    flows = [
        sankey.Flow(path=("Estonia", "Servers", "Grid", "moving"), amount=Decimal(3)),
        sankey.Flow(path=("Poland", "Servers", "Court", "there"), amount=Decimal(1)),
    ]
    picture = sankey.sankey_picture(sankey.folded_flows(flows, SANKEY), SANKEY)
    assert picture is not None
    bands: dict[float, float] = {}
    for mark in picture.marks:
        if isinstance(mark, Ribbon):
            bands[mark.x0] = bands.get(mark.x0, 0.0) + mark.thickness
    assert len(bands) == 3
    assert len({round(thick, 6) for thick in bands.values()}) == 1


def test_a_name_that_is_called_like_the_rest_is_not_mixed_up_with_it() -> None:
    flows = [sankey.Flow(path=(f"giver {n}", "a", "b", "there"), amount=Decimal(1)) for n in range(20)]
    flows.append(sankey.Flow(path=("13 others", "a", "b", "there"), amount=Decimal(9)))
    found = {flow.path[0]: flow.amount for flow in sankey.folded_flows(flows, SANKEY)}
    assert found["13 others"] == 9
    assert found["13 others "] == 13


def test_ten_thousand_rows_become_a_page_that_can_be_sent() -> None:
    many = 10_000
    rows = [row(f"need {number}", "1", one="1") for number in range(many)]
    lanes_many = [lane(f"lane {number}", number % 90) for number in range(many)]
    groups = [gantt.Group(name=f"body {number}", lanes=tuple(lanes_many[:50])) for number in range(many // 50)]
    dues = [calendar.Due(on=TODAY + timedelta(days=number % 4000), name="x" * 80, tone="gap") for number in range(many)]
    pictures = [
        matrix.matrix_picture(matrix.folded(rows, MATRIX), MATRIX),
        lanes.lanes_picture(lanes_many, TODAY, LANES),
        gantt.gantt_picture(groups, TODAY, GANTT),
        calendar.calendar_picture(dues, TODAY, CALENDAR),
    ]
    for picture in pictures:
        assert picture is not None
        assert len(svg_of(picture, standalone=False)) < 1_500_000
    assert f"{many - lanes.MOST_LANES} others" in texts(pictures[1])
    assert f"{many // 50 - gantt.MOST_GROUPS} others with {many - 50 * gantt.MOST_GROUPS}" in texts(pictures[2])
    told = texts(pictures[3])
    outside = [int(text.split()[0]) for text in told if text.endswith((" over", " later"))]
    assert pictures[3] is not None
    shown = [int(mark.text) for mark in pictures[3].marks if isinstance(mark, Words) and mark.bold and mark.text.isdigit()]
    assert sum(shown) + sum(outside) == many


def test_days_far_away_stand_at_the_edge_and_not_off_the_sheet() -> None:
    far = lanes.LaneRow(
        name="far", stretches=(lanes.Stretch(start=date(1, 1, 1), end=date(9999, 12, 1), tone="a", title="far"),),
        points=(lanes.Point(on=date(9999, 12, 31), text="ends", tone="ink"),),
    )  # fmt: skip
    picture = lanes.lanes_picture([far], TODAY, LANES)
    assert picture is not None
    for mark in picture.marks:
        if isinstance(mark, Box):
            assert mark.x >= 0
            assert mark.x + mark.width <= picture.width
        if isinstance(mark, Stroke):
            assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in mark.points)


def test_a_month_that_nobody_spoke_of_is_drawn_as_unknown_and_one_with_too_much_as_a_gap() -> None:
    loads = (
        gantt.Load(month=date(2026, 11, 1), capacity=None, coming=Decimal(5)),
        gantt.Load(month=date(2026, 12, 1), capacity=Decimal(2), coming=Decimal(3)),
        gantt.Load(month=date(2027, 1, 1), capacity=Decimal(9), coming=Decimal(3)),
    )
    picture = gantt.gantt_picture([gantt.Group(name="Grid", lanes=(lane("a", 0, 80),), loads=loads)], TODAY, GANTT)
    assert picture is not None
    drawn = {mark.title.split(":")[0]: mark.tone for mark in picture.marks if isinstance(mark, Box) and "/" in mark.title}
    assert drawn == {"Nov 26": "unknown", "Dec 26": "gap", "Jan 27": "good"}


def test_a_day_is_as_bad_as_the_worst_thing_on_it() -> None:
    dues = [calendar.Due(on=TODAY, name="fine", tone="good"), calendar.Due(on=TODAY, name="dark", tone="gap")]
    picture = calendar.calendar_picture(dues, TODAY, CALENDAR)
    assert picture is not None
    [box] = [mark for mark in picture.marks if isinstance(mark, Box) and mark.title]
    assert (box.tone, box.title) == ("gap", "2026-11-22: fine; dark")
    assert "2" in texts(picture)


def test_labels_are_cut_to_their_width_and_keep_the_whole_for_who_points_at_them() -> None:
    assert fitted("Short", 200, 13) == "Short"
    cut = fitted("Агентство з відновлення критичної інфраструктури області", 120, 13)
    assert cut.endswith("…")
    assert width_of(cut, 13) <= 120
    assert len(wrapped("one two three four five six seven eight", 60, 12, 3)) == 3
    assert wrapped("", 60, 12, 3) == ()


def test_what_waits_for_nobody_is_hatched_otherwise_than_what_nobody_knows() -> None:
    def drawn(tone: str) -> str:
        box = Box(x=0, y=0, width=40, height=12, tone=tone, pattern=True)  # type: ignore[arg-type]
        return svg_of(Picture(width=40, height=12, title="t", summary="s", marks=(box,)), standalone=False).replace(f"desk-s-{tone}", "")

    assert drawn("muted") != drawn("unknown")
