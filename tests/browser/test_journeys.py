"""Journeys through the open desk: each role, triage by keyboard, two gates, a changed plan, undo; and the same without script."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Desk, signed_in

pytestmark = pytest.mark.xdist_group("browser")
REASON = "tried in the browser"
WAIT = 120


@pytest.fixture(params=["with script", "without script"])
def context(request: pytest.FixtureRequest, browser: Browser) -> BrowserContext:
    """A browser's own cookies, with and without script."""
    context = browser.new_context(java_script_enabled=request.param == "with script", locale="en-GB")
    request.addfinalizer(context.close)
    return context


def test_each_role_signs_in_and_finds_its_sections(desk: Desk, browser: Browser) -> None:
    assert len(desk.people) >= 8
    for role in desk.people:
        context = browser.new_context(locale="en-GB")
        page = signed_in(context, desk, role)
        expect(page.locator("h1")).to_have_text("Waiting for me")
        groups = [link.get_attribute("href") for link in page.locator(".desk-sections a").all()]
        for group in groups:
            assert page.goto(f"{desk.address}{group}").status == 200, f"{role}: {group}"
            for address in [link.get_attribute("href") for link in page.locator(".desk-sections__inside a").all()]:
                assert page.request.get(f"{desk.address}{address}").status == 200, f"{role}: {address}"
        context.close()


def test_the_median_clean_item_of_ten_messages_takes_at_most_six_keystrokes(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = signed_in(context, desk, "officer")
    page.goto(f"{desk.address}/inbox/?state=waiting")
    page.get_by_text("Begin with the first").click()
    spent: list[float] = []
    looked_at: list[str] = []
    strokes = 0
    while len(looked_at) < 10:
        here = page.url
        clean = page.locator('form[data-key="save-next"] input[name="line"]').count()
        strokes += pressed(page, "Shift+Enter" if clean else "n")
        page.wait_for_url(lambda address, here=here: address.partition("#")[0] != here.partition("#")[0])
        page.wait_for_load_state()
        looked_at.append(here)
        if clean:
            # the keys for the messages without a clean line that lie before it are its own, and the keys of a message are its lines'
            spent += [strokes / clean] * clean
            strokes = 0
    assert len(set(looked_at)) == 10
    assert len(spent) >= 10, spent
    assert statistics.median(spent) <= 6, spent
    assert max(spent) <= 12, spent
    expect(page.locator("#told")).to_contain_text("accepted")
    context.close()


def pressed(page: Page, keys: str) -> int:
    """Press keys together; returns how many they are, Shift counted."""
    page.keyboard.press(keys)
    return len(keys.split("+"))


def test_a_clean_message_is_accepted_and_the_next_one_opens(desk: Desk, context: BrowserContext) -> None:
    page = signed_in(context, desk, "officer")
    page.goto(f"{desk.address}/inbox/?state=waiting")
    page.get_by_text("Begin with the first").click()
    for _ in range(20):
        if page.locator('form[data-key="save-next"]').count():
            break
        page.locator('a[data-key="n"]').click()
    here = page.url
    page.locator('form[data-key="save-next"] button').click()
    page.wait_for_url(lambda address: address != here)
    undo = page.locator(".desk-undo button")
    expect(undo).to_be_visible()
    undo.click()
    expect(page.locator(".desk-undo")).to_contain_text("Taken back")


def test_two_gates_endorse_a_need_the_plan_changes_and_the_ruling_is_undone(desk: Desk, context: BrowserContext) -> None:
    officer = signed_in(context, desk, "officer")
    before = plan_stamp(officer, desk)
    technical = signed_in(fresh(context), desk, "technical-gate")
    technical.goto(f"{desk.address}/gates/")
    link = technical.locator("main a[href^='/needs/']").first
    need = link.get_attribute("href") or ""
    title = link.inner_text()
    rule(technical, desk, need)
    interagency = signed_in(fresh(context), desk, "interagency-gate")
    rule(interagency, desk, need)
    expect(interagency.locator("main")).to_contain_text("endorsed")
    until = time.monotonic() + WAIT
    while plan_stamp(officer, desk) == before:
        assert time.monotonic() < until, "the plan was not made anew"
        time.sleep(2)
    interagency.goto(f"{desk.address}/ledger/?action=register.rule-gate")
    entry = interagency.locator(".desk-history li").filter(has_text=REASON).first
    entry.locator("button").click()
    expect(interagency.locator(".desk-undo").first).to_contain_text("Taken back")
    interagency.goto(f"{desk.address}{need}")
    expect(interagency.locator("h1")).to_contain_text(title[:20])
    expect(interagency.locator("main .govuk-tag").first).not_to_have_text(re.compile("^endorsed$"))


def fresh(context: BrowserContext) -> BrowserContext:
    """Somebody else's browser, with script or without as this one."""
    browser = context.browser
    assert browser is not None
    scripted = context.pages[0].evaluate("1") == 1 if context.pages else True
    return browser.new_context(java_script_enabled=scripted, locale="en-GB")


def plan_stamp(page: Page, desk: Desk) -> str:
    """Which plan the page shows: the address to which sharing it would be sent."""
    page.goto(f"{desk.address}/plan/")
    return page.locator("form[action$='/share/']").get_attribute("action") or ""


def rule(page: Page, desk: Desk, need: str) -> None:
    """Pass the need at the gate of whoever this is."""
    page.goto(f"{desk.address}{need}")
    form = page.locator("form[action*='/gates/']").first
    form.locator("input[name=reason], textarea[name=reason]").first.fill(REASON)
    form.locator("button").first.click()
    page.wait_for_load_state()
