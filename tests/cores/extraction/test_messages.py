"""Whole messages: letters, tables, chats, forms, what is forwarded and what is merely quoted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sild.values.document import Block, Document, Part


def brief(extraction: Any) -> list[tuple[Any, ...]]:
    return [(line.kind, line.category, line.quantity, line.beneficiary) for line in extraction.lines]


def test_a_letter_with_two_asks_gives_two_lines_for_its_sender(desk: Any) -> None:
    read = desk.mail(
        "Dear colleagues,",
        "after the fire we kindly ask for 30 laptops for our branch offices.",
        "We also need a security audit of the citizen portal before 1 May 2026.",
        "With regards, the Office",
    )
    assert brief(read) == [
        ("request", "end-user-devices", 30, "Brody Regional Office"),
        ("request", "security-assessment", 1, "Brody Regional Office"),
    ]
    assert str(read.lines[1].needed_by) == "2026-05-01"
    assert read.lines[0].needed_by is None


def test_a_relayed_request_is_for_the_body_it_names(desk: Any) -> None:
    read = desk.mail("We pass on the request of Brody Central Hospital: they need 12 UPS.", sender="Ministry of Foreign Affairs of Norland")
    assert brief(read) == [("request", "power-continuity", 12, "Brody Central Hospital")]
    assert read.lines[0].relayed_by == "Ministry of Foreign Affairs of Norland"


@pytest.mark.parametrize(
    "text",
    [
        "We forward to you a request of the Brody Central Hospital for 12 laptops.",
        "Пересилаємо вам запит: Бродівська центральна лікарня просить 12 ноутбуків.",
        "Передаємо прохання Бродівської центральної лікарні про 12 ноутбуків.",
        "Edastame Brody hospital palve: vaja on 12 sülearvutit.",
        "Przekazujemy prośbę Brody Central Hospital o 12 laptopów.",
        "Wir leiten eine Bitte weiter: Brody Central Hospital benötigt 12 Laptops.",
        "Nous transmettons la demande de Brody Central Hospital : 12 ordinateurs portables.",
        "Vi vidarebefordrar en begäran från Brody Central Hospital om 12 bärbara datorer.",
    ],
)
def test_whoever_passes_a_request_on_in_any_language_is_its_relaying_body(desk: Any, text: str) -> None:
    [line] = desk.mail(text, sender="Ministry of Foreign Affairs of Norland").lines
    assert (line.quantity, line.beneficiary, line.relayed_by) == (12, "Brody Central Hospital", "Ministry of Foreign Affairs of Norland")


@pytest.mark.parametrize("text", ["We need 12 laptops.", "Просимо 12 ноутбуків для нашої лікарні.", "Vajame 12 sülearvutit."])
def test_whoever_asks_for_itself_relays_nothing(desk: Any, text: str) -> None:
    [line] = desk.mail(text, sender="Brody Central Hospital").lines
    assert (line.beneficiary, line.relayed_by) == ("Brody Central Hospital", None)


def test_an_offer_of_a_ministry_is_an_offer_of_its_state(desk: Any) -> None:
    line = desk.mail("We can provide 20 firewalls to Halych Water Works.", sender="Ministry of Foreign Affairs of Norland").lines[0]
    assert (line.kind, line.provider, line.beneficiary) == ("offer", "Norland", "Halych Water Works")


def test_what_is_quoted_under_a_reply_is_not_counted_again(desk: Any) -> None:
    read = desk.mail("Thank you, noted.", subject="Re: our needs", sender="Norland", quoted=("We need 30 laptops.",))
    assert read.lines == ()


@pytest.mark.parametrize(
    "mark", ["---------- Forwarded message ----------", "-------- Переслане повідомлення --------", "--- Edastatud kiri ---"]
)
def test_what_was_forwarded_counts(desk: Any, mark: str) -> None:
    read = desk.mail(
        "For your attention.", mark, "From: Brody hospital", "Subject: needs", "We need 30 laptops.", subject="Fwd: needs", sender="Norland"
    )
    assert brief(read) == [("request", "end-user-devices", 30, "Brody Central Hospital")]


def test_an_outlook_reply_keeps_only_the_new_words(desk: Any) -> None:
    read = desk.mail(
        "Received with thanks.",
        "-----Original Message-----",
        "From: Brody Regional Office",
        "Sent: Monday",
        "Subject: needs",
        "We need 30 laptops.",
        subject="RE: needs",
        sender="Norland",
    )
    assert read.lines == ()


def test_items_under_a_lead_in_share_its_meaning(desk: Any) -> None:
    read = desk.mail("Kettel can give free of charge:", "- 40 switches;", "- 6 servers with memory;", sender="Kettel Systems Ltd")
    assert brief(read) == [("offer", "network-equipment", 40, None), ("offer", "server-hardware", 6, None)]


def test_a_second_batch_is_marked_as_additional(desk: Any) -> None:
    line = desk.mail("We ask for a second batch: 40 tablets, on top of those asked for in May.").lines[0]
    assert line.additional and line.quantity == 40


def test_an_update_keeps_the_old_number(desk: Any) -> None:
    line = desk.mail("Correction: instead of 10 UPS we ask for 16.").lines[0]
    assert (line.kind, line.quantity) == ("update", 16)
    assert line.changes is not None and line.changes.old_quantity == 10


def test_the_same_thing_told_twice_in_a_mail_is_one_line(desk: Any) -> None:
    read = desk.mail("We repeat our request for a SIEM.", "The SIEM must take in 80 GB of logs per day.")
    assert brief(read) == [("request", "log-monitoring", 80, "Brody Regional Office")]


def test_two_services_asked_for_in_their_own_words_stay_two(desk: Any) -> None:
    read = desk.mail("We ask for an audit of the tax portal.", "Please also carry out a penetration test of the payment system.")
    assert [line.category for line in read.lines] == ["security-assessment", "security-assessment"]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Automatic reply: needs", "I am out of the office until Monday. We need 30 laptops."),
        ("Newsletter", "Our 30 servers are on sale. Unsubscribe here."),
        ("Einladung", "Wir laden Sie herzlich ein zum Empfang am 3. März."),
        ("Запит редакції", "Чи можете прокоментувати, скільки ноутбуків отримала область? Редакція"),
        ("Your shipment", "30 laptops are on hold, confirm your account password and pay the fee."),
        ("Tanukiri", "Suur aitäh sülearvutite eest!"),
    ],
)
def test_noise_holds_no_lines_and_says_why(desk: Any, subject: str, text: str) -> None:
    read = desk.mail(text, subject=subject, sender=None)
    assert read.lines == ()
    assert read.noise


TABLES = {
    "english, notes last": [
        ("No", "Item", "Qty", "Unit", "Beneficiary"),
        ("1", "Laptops for schools", "40", "pcs", "Brody Central Hospital"),
    ],
    "ukrainian, body first": [("Отримувач", "К-сть", "Найменування"), ("Бродівська центральна лікарня", "40 шт", "Ноутбуки для шкіл")],
    "estonian": [("Asutus", "Vajadus", "Kogus"), ("Brody hospital", "Sülearvutid koolidele", "40 tk")],
    "polish": [("Lp.", "Odbiorca", "Przedmiot", "Ilość"), ("1", "Brody hospital", "Laptopy dla szkół", "40 szt.")],
    "german": [("Menge", "Bezeichnung", "Empfänger"), ("40", "Laptops für Schulen", "Brody hospital")],
    "french": [("Bénéficiaire", "Désignation", "Quantité"), ("Brody hospital", "Ordinateurs portables pour les écoles", "40")],
    "no heading at all": [("Brody hospital", "Laptops for schools", "40")],
}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_read_in_any_language_and_order_of_columns(desk: Any, rows: list[tuple[str, ...]]) -> None:
    assert brief(desk.sheet(*rows)) == [("request", "end-user-devices", 40, "Brody Central Hospital")]


def test_totals_notes_headings_and_closed_rows_are_no_lines(desk: Any) -> None:
    read = desk.sheet(
        ("Needs of the region, January 2026",),
        ("Item", "Quantity", "Recipient", "Status"),
        ("Generators 20 kW", "3", "Brody Central Hospital", ""),
        ("Tablets", "15", "Brody Central Hospital", "received"),
        ("Subtotal", "18", "", ""),
        ("Total", "18", "", ""),
        ("Note: prices are not known yet",),
    )
    assert brief(read) == [("request", "power-continuity", 3, "Brody Central Hospital")]


def test_a_merged_cell_speaks_for_the_rows_below_it(desk: Any) -> None:
    read = desk.sheet(("Recipient", "Need", "Number"), ("Halych Water Works", "Generators", "2"), ("", "UPS units", "4"))
    assert [line.beneficiary for line in read.lines] == ["Halych Water Works", "Halych Water Works"]


def test_a_list_of_pledges_names_its_givers(desk: Any) -> None:
    read = desk.sheet(
        ("Pledging party", "Contribution", "Qty", "EUR value"),
        ("Norland", "Servers", "6", ""),
        ("Lantern", "Grant for hospital backups", "", "45000"),
        sender=None,
    )
    assert [(line.kind, line.provider, line.quantity) for line in read.lines] == [
        ("offer", "Norland", Decimal(6)),
        ("offer", "Lantern Foundation", None),
    ]


def test_a_chat_is_read_turn_by_turn_for_each_author(desk: Any) -> None:
    read = desk.chat(
        ("Brody hospital IT", "hello, we need generators"),
        ("Coordinator", "how many generators do you need?"),
        ("Brody hospital IT", "4 pieces"),
        ("Halych waterworks", "and we are short of 12 tablets"),
        ("Coordinator", "noted, 12 tablets"),
    )
    assert brief(read) == [
        ("request", "power-continuity", 4, "Brody Central Hospital"),
        ("request", "end-user-devices", 12, "Halych Water Works"),
    ]


def test_the_description_of_a_form_is_read_and_its_chosen_category_is_not_believed(desk: Any) -> None:
    read = desk.form(
        form="request-v2",
        organisation="Halych Water Works",
        category_selected="Training",
        priority="high",
        description="We need 9 routers for pump houses.",
    )
    line = read.lines[0]
    assert (line.category, line.quantity, line.beneficiary, line.urgency, line.locator) == (
        "network-equipment", 9, "Halych Water Works", "high", "field:description",
    )  # fmt: skip


def test_a_part_that_could_not_be_read_and_a_classification_line_are_told(desk: Any) -> None:
    body = Part(name="body", media="text/plain", blocks=(Block(kind="paragraph", text="SECRET", locator="body"),))
    lost = Part(name="attachment:list.xlsx", media="application/zip", unread="it is encrypted")
    read = desk.read(Document(name="m", sha256="", format="mail", channel="mail", parts=(body, lost)))
    assert any("list.xlsx" in remark and "encrypted" in remark for remark in read.remarks)
    assert any("classification line" in remark for remark in read.remarks)


def test_a_thing_asked_elsewhere_is_no_line_but_is_remarked(desk: Any) -> None:
    read = desk.mail("We need 20 tablets. The mail gateway is asked by letter, not here.")
    assert [line.category for line in read.lines] == ["end-user-devices"]
    assert any("mail gateway" in remark for remark in read.remarks)
