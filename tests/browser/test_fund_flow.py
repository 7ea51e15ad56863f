"""Spending from a draft to the filed papers, by three people, as they do it in the browser."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed

pytestmark = pytest.mark.browser
PURPOSE = "冬季拔河比赛奖品"
HANDLER, CHAIR, TREASURER, AUDITOR = "沈一鸣", "陈立群", "罗文静", "严守正"
INVOICE = FilePayload(name="发票.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 invoice")


def test_claim_goes_from_draft_to_filed_by_three_people(serve: Callable[..., str], served_dir: Path, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/fund?view=claims")
    wait_settled(page)

    act_as(page, HANDLER)
    slip = write_claim(page)
    expect(slip).to_contain_text(f"等{CHAIR}、何敏审批")
    expect(keyed(page, "go_claim_approve")).to_have_count(0)
    add_invoice(slip, page)
    close(page)

    act_as(page, CHAIR)
    slip = open_mine(page)
    press(page, "go_claim_approve")
    expect(slip).to_contain_text("5000 元及以上须集体研究")
    slip.get_by_role("textbox", name="哪次会议").fill("11月18日委员会会议")
    press(page, "go_claim_approve")
    expect(slip).to_contain_text(f"等{TREASURER}付款")
    expect(keyed(page, "go_claim_pay")).to_have_count(0)
    close(page)

    act_as(page, TREASURER)
    open_mine(page)
    press(page, "go_claim_pay")
    expect(page.get_by_role("dialog")).to_contain_text("待归档")
    close(page)

    act_as(page, HANDLER)
    slip = open_mine(page)
    press(page, "go_claim_file")
    expect(slip).to_contain_text("还缺")
    slip.get_by_role("textbox", name="为什么缺").fill("比赛在操场，照片另存")
    press(page, "go_claim_file")
    expect(slip).to_contain_text("已归档")

    assert read_entry(served_dir) == (960_000, HANDLER, CHAIR, TREASURER, "", "filed", "invoice")


def test_audit_committee_sees_every_claim_and_no_button(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/fund?view=claims")
    wait_settled(page)

    act_as(page, AUDITOR)
    expect(keyed(page, "claims_mine")).to_contain_text("经审委员可以查看全部内容")
    expect(keyed(page, "go_claim_step_")).to_have_count(0)
    keyed(page, "open_claim_all_").first.get_by_role("button").click()
    slip = page.get_by_role("dialog")

    expect(slip).to_contain_text("经审委员可以查看全部内容")
    expect(slip.locator("[class*='st-key-go_claim_']")).to_have_count(0)


def act_as(page: Page, name: str) -> None:
    """Say who acts, at the top of the page."""
    box = keyed(page, "acting_choice_page").get_by_role("combobox")
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).first.click()
    expect(box).to_have_value(re.compile(name))
    wait_settled(page)


def write_claim(page: Page) -> Locator:
    """Write the claim and hand it in: over the item's budget only with a reason. Gives the slip that opens."""
    keyed(page, "open_new_claim").get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("用途").fill(PURPOSE)
    drawer.get_by_label("用途").press("Enter")
    expect(drawer.get_by_role("combobox", name="类别")).to_have_value("比赛与奖品")
    expect(drawer.get_by_role("combobox", name="科目")).to_have_value("文体活动")
    drawer.get_by_label("金额（元）").fill("9600")
    drawer.get_by_label("金额（元）").press("Enter")
    expect(drawer).to_contain_text("文体活动预算")
    press(page, "go_claim_submit")
    expect(keyed(page, "refused")).to_be_visible()
    drawer.get_by_role("textbox", name="超出的理由").fill("11月18日委员会会议同意")
    drawer.get_by_role("textbox", name="超出的理由").press("Enter")
    press(page, "go_claim_submit")
    expect(drawer).to_contain_text("11月18日委员会会议同意")
    expect(drawer.locator(".ub-steps [aria-current=step]")).to_contain_text("审批")
    return drawer


def add_invoice(slip: Locator, page: Page) -> None:
    """Bring one of the papers."""
    keyed(page, "add_paper_").and_(page.locator("[class*='_invoice']")).get_by_role("button").click()
    keyed(page, "files_fund_").locator("input[type=file]").set_input_files(INVOICE)
    expect(slip.get_by_role("button", name="发票.pdf")).to_be_visible()


def open_mine(page: Page) -> Locator:
    """Open the claim from the list of what waits for me, by the button of its next step."""
    row = keyed(page, "claim_row_mine_").filter(has_text=PURPOSE)
    row.locator("[class*='st-key-go_claim_step_']").get_by_role("button").click()
    slip = page.get_by_role("dialog")
    expect(slip).to_contain_text(PURPOSE)
    wait_settled(page)
    return slip


def press(page: Page, key: str) -> None:
    """Press the one button of a step."""
    keyed(page, key).get_by_role("button").click()
    wait_settled(page)


def close(page: Page) -> None:
    """Close the drawer."""
    page.get_by_role("dialog").get_by_role("button", name="关闭").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    wait_settled(page)


def read_entry(folder: Path) -> tuple[object, ...]:
    """The entry that paid the claim: sum, the three names, the mark, the claim's state, and the kind of its paper."""
    query = """
        SELECT fund_entry.amount_fen, fund_entry.handler, fund_entry.approver, fund_entry.cashier, fund_entry.one_hand,
               claim.state, fund_paper.kind
        FROM fund_entry JOIN claim ON claim.id = fund_entry.claim_id JOIN fund_paper ON fund_paper.claim_id = claim.id
        WHERE claim.purpose = ?"""
    with closing(sqlite3.connect(folder / "unionboard.sqlite3")) as database:
        (row,) = database.execute(query, [PURPOSE]).fetchall()
    return tuple(row)
