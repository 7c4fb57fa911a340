"""The inbox in the browser: what it shows is what stands in the message, what it does is told and can be taken back."""

from __future__ import annotations

import dataclasses
import html
import re
import uuid

import pytest
from django.test import Client

from sild.formats import read_document
from sild.kernel.actor import Role
from sild.kernel.casework import handling_of
from sild.kernel.refusals import NotThere
from sild.wings.intake.actions.triage import accept_lines
from sild.wings.intake.pages.words import is_cut, parts_of
from sild.wings.intake.reads import Wanted, inbox, note_opening, open_message
from sild.wings.intake.rules import Waiting
from sild.wings.register.public import LineState, needs
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.intake.desk import HOSTILE, SHEET, lines_of, message_named
from tests.wings.intake.test_run import mail
from tests.wings.intake.test_texts import release


@pytest.fixture
def desk(cast: Cast, filled: None) -> Client:
    """An officer's browser at a desk with messages."""
    return signed_in(cast.officer)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def marks(text: str) -> list[tuple[str, str]]:
    """(names, words) of each mark of a page, its inner signs written back."""
    found = re.findall(r'<mark class="span"[^>]*data-field="([^"]*)"[^>]*>(.*?)</mark>', text, re.DOTALL)
    return [(names, plain(words)) for names, words in found]


def plain(markup: str) -> str:
    signs = re.sub(r'<span class="desk-sign">U\+([0-9A-F]{4})</span>', lambda hit: chr(int(hit[1], 16)), markup)
    return html.unescape(re.sub(r"<[^>]*>", "", signs))


def test_the_inbox_lists_what_waits_newest_first(desk: Client, cast: Cast) -> None:
    text = page(desk, "/inbox/")
    order = [text.index(str(message_named(cast, name))) for name in ("sheet.eml", "hostile.eml", "generators.eml", "laptops.eml")]
    assert order.index(max(order)) == len(order) - 1
    assert order == sorted(order)
    thanks = str(message_named(cast, "thanks.eml"))
    assert thanks not in text
    assert thanks in page(desk, "/inbox/?state=all&q=thanks")
    assert thanks not in page(desk, "/inbox/?state=all&q=laptops")


@pytest.mark.parametrize(
    ("state", "holds"), [("quarantined", "noise.bin"), ("empty", "thanks.eml"), ("noise", ""), ("accepted", ""), ("rejected", "")]
)
def test_a_list_holds_what_its_name_says(desk: Client, cast: Cast, state: str, holds: str) -> None:
    text = page(desk, f"/inbox/?state={state}")
    assert (str(message_named(cast, holds)) in text) if holds else ("No message is in this list." in text)


@pytest.mark.parametrize("query", ["state=nonsense", "after=x", "after=2026~2", "before=%00", "q=%00%FF", "channel=" + "x" * 999])
def test_an_odd_address_is_a_list_all_the_same(desk: Client, query: str) -> None:
    assert desk.get(f"/inbox/?{query}").status_code == 200


def test_pages_of_the_list_hold_every_message_once(desk: Client, cast: Cast) -> None:
    wanted = Wanted(state=Waiting.ALL)
    everything = [row.id for row in inbox(cast.officer, wanted).rows]
    met, key = [], ""
    while True:
        cut = inbox(cast.officer, wanted, after=key, limit=2)
        met += [row.id for row in cut.rows]
        if not cut.after:
            break
        key = cut.after
    assert met == everything
    last = everything.index(cut.rows[0].id)
    assert [row.id for row in inbox(cast.officer, wanted, before=cut.rows[0].key, limit=2).rows] == everything[last - 2 : last]


def test_marks_on_the_page_are_exactly_the_spans_of_the_lines(desk: Client, cast: Cast) -> None:
    for name in ("laptops.eml", "laptops-uk.eml", "hostile.eml", "sheet.eml"):
        opened = open_message(cast.officer, message_named(cast, name))
        shown = marks(page(desk, f"/inbox/{opened.id}/"))
        assert opened.document is not None
        assert opened.lines
        for line in opened.lines:
            assert line.lost == 0
            for field in line.fields:
                mark = f"l{line.number}-{field.name}"
                words = "".join(words for names, words in shown if mark in names.split())
                assert words == "".join(span.text.replace(" | ", "") if span.cell is None else span.text for span in field.spans), mark


def test_each_field_leads_to_words_that_are_there_once(desk: Client, cast: Cast) -> None:
    text = page(desk, f"/inbox/{message_named(cast, 'sheet.eml')}/")
    anchors = re.findall(r'href="#(from-[^"]+)"', text)
    assert len(anchors) > 5
    for anchor in anchors:
        assert text.count(f'id="{anchor}"') == 1
    assert len(set(re.findall(r' id="([^"]+)"', text))) == len(re.findall(r' id="([^"]+)"', text))


def test_hostile_text_is_shown_and_does_nothing(desk: Client, cast: Cast) -> None:
    text = page(desk, f"/inbox/{message_named(cast, 'hostile.eml')}/")
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&amp;amp; an entity" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", text)
    for sign in ("U+202E", "U+2066", "U+200B"):
        assert f'<span class="desk-sign">{sign}</span>' in text
    body = plain(re.search(r'<div class="desk-message".*?</section>', text, re.DOTALL)[0])  # type: ignore[index]  # it is there
    for paragraph in HOSTILE.split("\n\n"):
        assert paragraph in body


def test_cells_stand_below_their_headings_though_one_before_them_is_empty() -> None:
    sheet = read_document("list.csv", "Що;К-сть;Од.;Кому\nНоутбуки;20;;Чернігів\n".encode())
    [part] = parts_of(sheet, {})
    rows = [[str(text) for _column, text in block.cells] for block in part.blocks]
    assert rows == [["Що", "К-сть", "Од.", "Кому"], ["Ноутбуки", "20", "", "Чернігів"]]


def test_a_line_of_a_megabyte_is_cut_around_its_marks_and_told(desk: Client, cast: Cast) -> None:
    opened = open_message(cast.officer, message_named(cast, "laptops.eml"))
    assert opened.document is not None
    [part] = opened.document.parts
    long = dataclasses.replace(part.blocks[0], text=part.blocks[0].text + " x" * 500_000)
    huge = dataclasses.replace(opened.document, parts=(dataclasses.replace(part, blocks=(long, *[long] * 80)),))
    spans = {"l1-quantity": opened.lines[0].evidence}
    shown = parts_of(huge, spans)
    assert is_cut(shown)
    assert sum(len(block.text) for part in shown for block in part.blocks) < 100_000
    assert "characters left out" in shown[0].blocks[0].text
    assert marks(shown[0].blocks[0].text)[0][1] == opened.lines[0].evidence[0].text
    assert shown[0].left_out > 0


def test_accepting_goes_on_to_the_next_and_can_be_taken_back(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    answer = desk.post(f"/inbox/{line.message_id}/accept/", {"line": f"{line.id}:{line.version}"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inbox/")
    assert str(line.message_id) not in answer["Location"]
    assert lines_of(cast, "laptops.eml")[0].state == LineState.ACCEPTED
    text = page(desk, answer["Location"])
    assert "1 line was accepted." in text
    undo = re.search(r'action="(/undo/[^"]+)"', text)
    assert undo
    assert desk.post(undo[1], {"next": "/inbox/"}).status_code == 302
    assert lines_of(cast, "laptops.eml")[0].state == LineState.DRAFT


def test_all_clean_lines_are_accepted_as_one_act(desk: Client, cast: Cast) -> None:
    found = lines_of(cast, "sheet.eml")
    assert len(found) >= 3
    answer = desk.post(f"/inbox/{found[0].message_id}/accept/", {"line": [f"{line.id}:{line.version}" for line in found]})
    assert answer.status_code == 302
    assert {line.state for line in lines_of(cast, "sheet.eml")} == {LineState.ACCEPTED}
    undo = re.search(r'action="(/undo/[^"]+)"', page(desk, answer["Location"]))
    assert undo
    desk.post(undo[1])
    assert {line.state for line in lines_of(cast, "sheet.eml")} == {LineState.DRAFT}


def test_a_line_is_rejected_with_a_reason_and_not_without(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/reject/"
    assert desk.post(path, {"version": line.version, "reason": " "}).status_code == 409
    assert lines_of(cast, "generators.eml")[0].state == LineState.DRAFT
    assert desk.post(path, {"version": line.version, "reason": "a quotation, no request"}).status_code == 302
    assert lines_of(cast, "generators.eml")[0].state == LineState.REJECTED


def test_an_act_on_an_older_text_is_refused_with_both(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    desk.post(f"/inbox/{line.message_id}/lines/{line.id}/reject/", {"version": line.version, "reason": "not theirs"})
    late = desk.post(f"/inbox/{line.message_id}/accept/", {"line": f"{line.id}:{line.version}"})
    assert late.status_code == 409
    assert "Somebody changed it while you wrote" in late.content.decode()
    assert lines_of(cast, "generators.eml")[0].state == LineState.REJECTED


def test_a_line_of_another_message_is_not_there(desk: Client, cast: Cast) -> None:
    [line], [other] = lines_of(cast, "generators.eml"), lines_of(cast, "laptops.eml")
    mixed = desk.post(f"/inbox/{other.message_id}/accept/", {"line": [f"{other.id}:{other.version}", f"{line.id}:{line.version}"]})
    assert mixed.status_code == 404
    assert desk.post(f"/inbox/{other.message_id}/lines/{line.id}/reject/", {"version": line.version, "reason": "x"}).status_code == 404
    assert lines_of(cast, "laptops.eml")[0].state == LineState.DRAFT


@pytest.mark.parametrize("who", ["authority", "donor", "seller", "technical"])
def test_another_organisation_is_told_what_it_is_told_of_nothing(desk: Client, cast: Cast, who: str) -> None:
    stranger = signed_in(getattr(cast, who))
    message = message_named(cast, "laptops.eml")
    for tail in ("", "original/", "attachments/1/"):
        mine, nothing = stranger.get(f"/inbox/{message}/{tail}"), stranger.get(f"/inbox/{uuid.uuid4()}/{tail}")
        assert (mine.status_code, nothing.status_code) == (404, 404)
        assert same(mine.content) == same(nothing.content)


def same(content: bytes) -> bytes:
    """A page without the token against forged requests, which is new every time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def test_an_original_is_a_download_byte_for_byte(desk: Client, cast: Cast) -> None:
    answer = desk.get(f"/inbox/{message_named(cast, 'hostile.eml')}/original/")
    assert b"".join(answer.streaming_content) == mail(HOSTILE, 6)  # type: ignore[attr-defined]  # a file
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="hostile.eml"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"


def test_an_attachment_is_taken_out_and_its_name_goes_nowhere(desk: Client, cast: Cast) -> None:
    answer = desk.get(f"/inbox/{message_named(cast, 'sheet.eml')}/attachments/1/")
    assert answer.status_code == 200
    assert answer.content.decode().replace("\r\n", "\n") == SHEET
    assert "/" not in answer["Content-Disposition"].removeprefix("attachment; ")
    assert answer["Content-Type"] == "application/octet-stream"
    for number in (0, 2, 10**9):
        assert desk.get(f"/inbox/{message_named(cast, 'sheet.eml')}/attachments/{number}/").status_code == 404


def test_a_colleague_who_has_it_open_is_named_and_nobody_elses(desk: Client, cast: Cast) -> None:
    message = message_named(cast, "laptops.eml")
    assert "had this message open" not in page(desk, f"/inbox/{message}/")
    assert note_opening(cast.run, message) == ["Secretariat officer"]
    assert "had this message open" in page(desk, f"/inbox/{message}/")


def test_a_quarantined_message_says_why_and_what_to_do(desk: Client, cast: Cast) -> None:
    text = page(desk, f"/inbox/{message_named(cast, 'noise.bin')}/")
    assert "Quarantined: it was not read." in text
    assert "add the line by hand" in text


def hidden(text: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


def mending(client: Client, path: str) -> dict[str, str]:
    """The fields of the form as a browser without script would send them back."""
    text = page(client, path)
    told = dict(re.findall(r'<input class="govuk-input[^"]*"[^>]* name="([^"]+)" id="[^"]*" value="([^"]*)"', text))
    for name, options in re.findall(r'<select class="govuk-select" name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        told[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    return {name: html.unescape(value) for name, value in told.items()} | {"version": hidden(text, "version"), "list": ""}


def test_a_form_that_is_sent_back_unchanged_changes_nothing(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/mend/"
    sent = mending(desk, path)
    assert sent["quantity"] == "40"
    assert sent["needed_by"] == "2026-04-01"
    assert desk.post(path, sent | {"then": ""}).status_code == 302
    assert lines_of(cast, "laptops.eml")[0].version == line.version


def test_a_line_is_mended_field_by_field_and_accepted(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/mend/"
    sent = mending(desk, path) | {"quantity": "45", "channel": "mixed", "then": "accept", "reason": "the annex says 45"}
    answer = desk.post(path, sent)
    assert answer.status_code == 302
    [mended] = lines_of(cast, "laptops.eml")
    assert (mended.quantity, mended.state, mended.channel) == (45, LineState.ACCEPTED, "mixed")
    text = page(desk, f"/inbox/{line.message_id}/")
    assert "it was read as: 40" in text
    undo = re.search(r'action="(/undo/[^"]+)"', text)
    assert undo
    desk.post(undo[1])
    [back] = lines_of(cast, "laptops.eml")
    assert (back.quantity, back.state, back.channel) == (40, LineState.DRAFT, line.channel)


def test_a_mending_on_an_older_text_shows_both_and_can_be_saved_over_it(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/mend/"
    sent = mending(desk, path)
    desk.post(path, sent | {"quantity": "41"})
    late = desk.post(path, sent | {"quantity": "44"})
    assert late.status_code == 409
    text = late.content.decode()
    assert "41" in text
    assert "44" in text
    assert desk.post(path, sent | {"quantity": "44", "version": hidden(text, "version")}).status_code == 302
    assert lines_of(cast, "laptops.eml")[0].quantity == 44


@pytest.mark.parametrize(
    "wrong",
    [{"quantity": "many"}, {"quantity": "-3"}, {"needed_by": "tomorrow"}, {"kind": "order"}, {"category": "tanks"}, {"version": "x"}],
)
def test_a_value_that_is_none_is_told_at_its_field(desk: Client, cast: Cast, wrong: dict[str, str]) -> None:
    [line] = lines_of(cast, "laptops.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/mend/"
    answer = desk.post(path, mending(desk, path) | wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert lines_of(cast, "laptops.eml")[0].version == line.version


def test_a_line_of_two_things_becomes_two_lines(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    path = f"/inbox/{line.message_id}/lines/{line.id}/split/"
    text = page(desk, path)
    sent = {
        "version": hidden(text, "version"),
        "part-TOTAL_FORMS": "3",
        "part-INITIAL_FORMS": "1",
        "part-0-item": "diesel generators",
        "part-0-quantity": "4",
        "part-1-item": "fuel tanks",
        "part-1-quantity": "2",
        "part-2-item": "",
    }
    assert desk.post(path, sent).status_code == 302
    assert sorted((part.item, part.quantity) for part in lines_of(cast, "generators.eml")) == [("diesel generators", 4), ("fuel tanks", 2)]
    shown = page(desk, f"/inbox/{line.message_id}/")
    assert shown.count('id="line-1"') == shown.count('id="line-2"') == 1


def test_a_question_is_noted_as_the_next_step_of_its_need(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    answer = desk.post(f"/inbox/{line.message_id}/lines/{line.id}/ask/", {"version": line.version, "question": "Which voltage?"})
    assert answer.status_code == 302
    need = next(need for need in needs(cast.officer) if line.id in need.lines)
    assert need.state == "clarifying"
    assert handling_of(cast.officer, "register.Need", [need.id])[need.id].next_step == "Which voltage?"


def test_whoever_a_message_is_released_to_reads_it_and_leaves_its_lines_alone(desk: Client, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    release(cast.run, "laptops.eml", cast.authority)
    reader = signed_in(cast.authority)
    text = page(reader, f"/inbox/{line.message_id}/")
    assert "asks for" in text
    assert 'action="/inbox/' not in text
    assert reader.get(f"/inbox/{line.message_id}/original/").status_code == 200
    for act in ("accept/", f"lines/{line.id}/reject/", f"lines/{line.id}/mend/", f"lines/{line.id}/split/", f"lines/{line.id}/ask/"):
        assert reader.post(f"/inbox/{line.message_id}/{act}", {"line": f"{line.id}:{line.version}"}).status_code == 403
    officer_elsewhere = dataclasses.replace(cast.authority, roles=frozenset({Role.OFFICER}))
    with pytest.raises(NotThere):
        accept_lines(officer_elsewhere, line.message_id, [(line.id, line.version)])
    assert lines_of(cast, "laptops.eml")[0].state == LineState.DRAFT
