"""Links in the browser: ruled by keys alone and taken back; needs joined and split with the effect before, also without script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, signed_in
from tests.browser.test_pages import RULES, opened

pytestmark = pytest.mark.xdist_group("browser")
REASON = "they called us about it"


def test_a_pair_is_ruled_by_keys_alone_and_taken_back(desk: Desk, browser: Browser) -> None:
    context, page, told = opened(browser, desk, "officer", "en", "light", 1280)
    page.goto(f"{desk.address}/links/")
    here = desk.address + (page.locator("main .desk-items a[href^='/links/']").first.get_attribute("href") or "")
    page.goto(here)
    stood = page.locator("main h1 + p").inner_text()
    page.keyboard.press("6")
    expect(page.locator("input[value='not-the-same']")).to_be_checked()
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.type(REASON)
    page.keyboard.press("Shift+Enter")
    page.wait_for_url(lambda address: address != here)
    expect(page.locator("#told")).to_contain_text("not the same")
    page.keyboard.press("z")
    expect(page.locator("#told")).to_contain_text("Taken back")
    page.goto(here)
    expect(page.locator("main h1 + p")).to_contain_text(stood.partition(".")[0])
    expect(page.locator("main")).not_to_contain_text(REASON)
    assert told == []
    context.close()


def test_needs_are_joined_and_split_with_the_effect_before_also_on_a_phone_and_without_script(desk: Desk, browser: Browser) -> None:
    context, page, told = opened(browser, desk, "officer", "uk", "dark", 320)
    need = need_with_several_lines(page, desk)
    choose = f"{desk.address}{need}join/?q=council"
    split = f"{desk.address}{need}split/"
    page.goto(split)
    page.locator("main input[type=checkbox]").first.check()
    page.locator("main form[method=get] button").click()
    addresses = [choose, page.url]
    page.goto(choose)
    page.locator(f"main a[href^='{need}join/']").first.click()
    join = page.url
    for address in (*addresses, join):
        page.goto(address)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert told == []
    context.close()
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = signed_in(plain, desk, "officer")
    page.goto(join)
    gone = {page.locator("main .desk-two h2 a").nth(number).get_attribute("href") for number in (0, 1)}
    page.locator("main input[name=reason]").fill(REASON)
    page.locator("main form[method=post] button").click()
    [goes] = gone - {page.url.removeprefix(desk.address)}
    page.goto(f"{desk.address}{goes}")
    expect(page.locator("main")).to_contain_text("This need was joined into another.")
    page.goto(f"{desk.address}/ledger/?action=linkage.join")
    page.locator(".desk-history li").filter(has_text=REASON).first.locator("button").click()
    page.goto(f"{desk.address}{goes}")
    expect(page.locator("main")).not_to_contain_text("This need was joined into another.")
    plain.close()


def need_with_several_lines(page: Page, desk: Desk) -> str:
    """The address of a need of which several lines speak."""
    page.goto(f"{desk.address}/needs/")
    for address in [link.get_attribute("href") or "" for link in page.locator("main tbody th a").all()]:
        page.goto(desk.address + address)
        if page.locator("main li.desk-line").count() > 1:
            return address
    raise AssertionError("no need on the first page has several lines")
