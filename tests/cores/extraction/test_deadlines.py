"""Until when: days told once for all points, deadlines far from their day, last days of offers, lists that a sentence announces."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part

NEEDED = [
    (("We ask for:", "- 12 tablets", "- 4 routers", "Delivery of all items: by the end of April."), "2026-04-30"),
    (("We ask for:", "- 12 tablets", "- 4 routers", "Desired delivery time for both: within six weeks from today."), "2026-02-23"),
    (("Просимо:", "- 12 планшетів;", "- 4 маршрутизатори.", "Строк постачання – до кінця квітня."), "2026-04-30"),
    (("Просимо 12 планшетів; 4 маршрутизатори.", "Граничний строк, після якого техніка вже не допоможе, – 20 травня."), "2026-05-20"),
    (("Palume 12 tahvelarvutit hiljemalt mai lõpuks.",), "2026-05-31"),
    (("Palume 12 tahvelarvutit, tähtaeg 20. juuni.",), "2026-06-20"),
    (("Nous demandons 12 tablettes. Date limite : le 20 mai.",), "2026-05-20"),
    (("Vi behöver 12 surfplattor. Sista dag är den 20 maj.",), "2026-05-20"),
    (("Prosimy o 12 tabletów. Ostateczny termin dostawy: koniec maja.",), "2026-05-31"),
    (("Wir bitten um 12 Tablets. Letzter Termin ist der 20. Mai.",), "2026-05-20"),
]
LASTING = [
    ("We can lend 12 tablets until 31 December 2027.", "2027-12-31"),
    ("We offer 12 tablets on loan until the end of August.", "2026-08-31"),
    ("The offer of 12 tablets holds for the period 1 May to 30 September.", "2026-09-30"),
    ("Передамо 12 планшетів строком до 1 грудня.", "2026-12-01"),
    ("Przekażemy 12 tabletów, odbiór do 10 lipca.", "2026-07-10"),
    ("Wir bieten 12 Tablets an, Abholung nicht später als Ende Juli.", "2026-07-31"),
    ("Nous offrons 12 tablettes, mobilisables entre le 1er juillet et le 31 décembre 2026.", "2026-12-31"),
    ("Vi erbjuder 12 surfplattor under perioden 1 maj till 30 september.", "2026-09-30"),
    ("Pakume 12 tahvelarvutit ajavahemikus 1. maist 30. septembrini.", "2026-09-30"),
]


@pytest.mark.parametrize(("said", "day"), NEEDED, ids=[said[-1][:40] for said, _ in NEEDED])
def test_every_point_of_a_list_is_needed_by_the_day_told_for_all(desk: Any, said: tuple[str, ...], day: str) -> None:
    read = desk.mail(*said, sender="Brody Regional Office").lines
    assert read and {str(line.needed_by) for line in read} == {day}


@pytest.mark.parametrize(("said", "day"), LASTING, ids=[said[:40] for said, _ in LASTING])
def test_the_last_day_of_an_offer_is_read(desk: Any, said: str, day: str) -> None:
    read = desk.mail(said, sender="Norland").lines
    assert [str(line.available_until) for line in read] == [day]


def test_a_day_for_the_answer_is_no_deadline_of_the_thing(desk: Any) -> None:
    read = desk.mail("We ask for:", "- 12 tablets", "Please confirm, the deadline for an answer is 20 May.", sender="Brody Regional Office")
    assert [line.needed_by for line in read.lines] == [None]


def test_a_bare_june_in_estonian_gives_no_role_by_its_ending() -> None:
    assert [found.role for found in find_dates("tähtaeg 20. juuni", date(2026, 1, 12))] == ["needed-by"]
    assert [found.role for found in find_dates("kehtib 20. juunini", date(2026, 1, 12))] == ["available-until"]


@pytest.mark.parametrize(
    "said",
    [
        "Our council has decided to donate retired equipment. It consists of eighty tablets and twelve laptops.",
        "Der Kreistag hat beschlossen, ausgesonderte Technik zu spenden. Es handelt sich um achtzig Tablets sowie zwölf Laptops.",
        "Kommunen har beslutat att skänka utrangerad teknik. Det rör sig om åttio surfplattor och tolv bärbara datorer.",
        "Рада вирішила передати списану техніку. Це вісімдесят планшетів і дванадцять ноутбуків.",
    ],
)
def test_a_gift_told_first_and_listed_in_the_next_sentence_is_an_offer(desk: Any, said: str) -> None:
    assert [(line.kind, int(line.quantity)) for line in desk.mail(said, sender="Norland").lines] == [("offer", 80), ("offer", 12)]


@pytest.mark.parametrize(
    "said",
    [
        "Is there any news about the 40 tablets for our school? They are still needed.",
        "Чи є новини щодо 40 планшетів? Вони досі потрібні.",
    ],
)
def test_a_question_after_a_thing_still_needed_reminds_of_the_request(desk: Any, said: str) -> None:
    assert [(line.kind, line.category) for line in desk.mail(said).lines] == [("request", "end-user-devices")]


def test_things_counted_by_who_gets_them_are_counted_in_their_own_unit(desk: Any) -> None:
    read = desk.mail("Ми просимо фаєрволи на 12 філій.").lines
    assert [(line.category, int(line.quantity), line.unit) for line in read] == [("network-security", 12, "firewall")]


def test_a_ministry_that_writes_from_a_giving_states_host_is_not_the_asking_countrys() -> None:
    index = BodyIndex(
        [
            Body("Ministry of Foreign Affairs of Ukraine", ("МЗС України", "MFA of Ukraine"), "UA", "recipient-body", "foreign affairs"),
            Body("Finland", ("Soome",), "FI", "donor-state", "government"),
        ]
    )
    blocks = (Block(kind="paragraph", text="We are handing over nine satellite phones and three generators.", locator="body"),)
    envelope = Envelope(
        subject="Material", sender_name="Eastern unit, Ministry for Foreign Affairs", sender_address="unit@um-fi.example",
        sent_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    document = Document(
        name="m", sha256="0" * 64, format="made", channel="mail", envelope=envelope,
        parts=(Part(name="body", media="text/plain", blocks=blocks),),
    )  # fmt: skip
    read = extract(ExtractionProblem(document=document, bodies=index))
    assert [(line.kind, line.provider, line.beneficiary) for line in read.lines] == [("offer", "Finland", None)] * 2


def test_a_column_that_says_of_each_row_what_it_is_outweighs_who_sends_the_list(desk: Any) -> None:
    read = desk.sheet(
        ("Type", "Who", "What", "Quantity"),
        ("Need", "Brody Central Hospital", "Tablets", "23"),
        ("Offer", "Kettel Systems Ltd", "Routers", "12"),
        sender="Norland",
    )
    assert [(line.kind, int(line.quantity), line.beneficiary) for line in read.lines] == [
        ("request", 23, "Brody Central Hospital"),
        ("offer", 12, None),
    ]


TOLD_ELSEWHERE = [
    (("We ask for:", "- 12 tablets", "- 4 routers", "The routers are needed by 1 June."), [None, "2026-06-01"]),
    (("Просимо:", "- 12 планшетів;", "- 4 маршрутизатори.", "Крайній термін для маршрутизаторів — 1 червня."), [None, "2026-06-01"]),
    (("Wir bitten um:", "- 12 Tablets", "- 4 Router", "Die Router werden bis 1. Juni benötigt."), [None, "2026-06-01"]),
    (("Vi behöver:", "- 12 surfplattor", "- 4 routrar", "Surfplattorna behövs senast den 1 juni."), ["2026-06-01", None]),
    (("We ask for:", "- 12 tablets", "- 4 routers", "The first is needed by 1 June, the second can wait."), ["2026-06-01", None]),
    (("Prosimy o:", "- 12 tabletów", "- 4 routery", "Drugi punkt jest potrzebny do 1 czerwca."), [None, "2026-06-01"]),
    (("Nous demandons :", "- 12 tablettes", "- 4 routeurs", "Le premier point est attendu avant le 1er juin."), ["2026-06-01", None]),
    (("By 1 June we ask for:", "- 12 tablets", "- 4 routers"), ["2026-06-01", "2026-06-01"]),
    (("The deadline for all but the last is 1 June.", "We ask for:", "- 12 tablets", "- 4 routers"), ["2026-06-01", None]),
    (("We ask for 12 tablets. The equipment should reach us by 1 June.", "We also ask for 4 routers."), ["2026-06-01", None]),
    (("We ask for 12 tablets by 1 June and 4 routers.",), ["2026-06-01", None]),
    (("We ask for 12 tablets. The school year begins on 1 September.",), ["2026-09-01"]),
    (("Our office opens on 1 April. Therefore we ask for 12 tablets.",), [None]),
    (("On 1 April at the latest we move. Therefore we ask for 12 tablets.",), ["2026-04-01"]),
    (("We ask for a security audit of the register before it opens on 1 July.",), ["2026-07-01"]),
    (("We ask for 12 tablets before our call on 14 January.",), [None]),
    (("Palume 12 tahvelarvutit enne märtsi lõppu.",), ["2026-03-31"]),
    (("Просимо 12 планшетів до кінця півріччя.",), ["2026-06-30"]),
    (("Wir bitten um 12 Tablets bis Ende des Sommers.",), ["2026-08-31"]),
    (("Потрібно 12 планшетів.", "Строк: II квартал 2026 року."), ["2026-06-30"]),
    (("We need 12 tablets until the end of the year, in place by 20 June.",), ["2026-06-20"]),
    (("Нам терміново потрібно 12 планшетів сьогодні.",), ["2026-01-12"]),
    (("We ask for 12 tablets. Figures are as of 1 May 2026.",), [None]),
]


@pytest.mark.parametrize(("said", "days"), TOLD_ELSEWHERE, ids=[said[-1][:44] for said, _ in TOLD_ELSEWHERE])
def test_a_day_told_elsewhere_is_put_to_the_things_it_is_told_of(desk: Any, said: tuple[str, ...], days: list[str | None]) -> None:
    read = desk.mail(*said, sender="Brody Regional Office").lines
    assert [str(line.needed_by) if line.needed_by else None for line in read] == days


URGENT_ELSEWHERE = [
    (("We ask for:", "- 12 tablets", "- 4 routers", "The routers are urgent."), [None, "high"]),
    (("Просимо:", "1) 12 планшетів;", "2) 4 маршрутизатори.", "По 2) – прохання розглянути першочергово."), [None, "high"]),
    (("We ask for:", "- 12 tablets", "- 4 routers", "Both are urgent."), ["high", "high"]),
    (("We ask for 12 tablets, no hurry.",), [None]),
    (("We ask for 12 tablets, critical, by 1 March.",), ["critical"]),
    (("We ask for 12 tablets by tomorrow evening, please confirm.",), ["critical"]),
]


@pytest.mark.parametrize(("said", "levels"), URGENT_ELSEWHERE, ids=[said[-1][:44] for said, _ in URGENT_ELSEWHERE])
def test_an_urgency_told_elsewhere_is_put_to_the_things_it_is_told_of(desk: Any, said: tuple[str, ...], levels: list[str | None]) -> None:
    assert [line.urgency for line in desk.mail(*said, sender="Brody Regional Office").lines] == levels


def test_a_forwarded_mail_reckons_from_the_day_it_was_written(desk: Any) -> None:
    read = desk.mail(
        "Passed on for your attention.",
        "-------- Forwarded message --------",
        "From: Brody Central Hospital",
        "Date: Thu, 1 Jan 2026",
        "We ask for 12 tablets within three weeks.",
        sender="Norland",
    )
    assert [str(line.needed_by) for line in read.lines] == ["2026-01-22"]


def test_the_last_day_of_an_offer_never_lies_before_its_first(desk: Any) -> None:
    read = desk.mail("We offer 12 tablets, free from 1 June to all who pick them up by 1 March.", sender="Norland")
    assert all(line.available_until is None or line.available_until >= line.available_from for line in read.lines) and read.lines


@pytest.mark.parametrize(
    ("said", "count", "unit"),
    [
        ("We ask for tokens, 2 cartons of 100 each.", 200, None),
        ("Просимо планшети, 3 партії по 20.", 60, None),
        ("We ask for a backup appliance of 16 TB for every one of them, so 48 TB all together.", 48, "TB"),
        ("Просимо навчання: три групи по 15 осіб.", 45, "person"),
    ],
)
def test_what_the_text_reckons_is_reckoned(desk: Any, said: str, count: int, unit: str | None) -> None:
    (line,) = desk.mail(said).lines
    assert int(line.quantity) == count and unit in (None, line.unit)
