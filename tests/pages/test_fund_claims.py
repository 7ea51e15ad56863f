"""The view of claims on the fund page, run: who sees what, and how a claim is written and taken on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_committee, make_plan
from unionboard import db
from unionboard.models import Claim, ClaimState, FundPaper, FundPolicy, PaperKind
from unionboard.services import claims, fund_papers, unions
from unionboard.ui.drawers import FORM_PREFIX

TODAY = date(2026, 11, 21)
HANDLER, CHAIR, CASHIER, AUDITOR = "沈一鸣", "陈立群", "顾海平", "严守正"
OpenPage = Callable[..., AppTest]


@pytest.fixture
def claim_id(engine: Engine) -> int:
    """A committee of seven, and a claim of 1,286 yuan that waits for approval."""
    with db.writing(engine) as session:
        make_plan(session)
        make_committee(session)
        row = claims.save_claim(
            session,
            None,
            version=0,
            year=2026,
            kind="other",
            purpose="*趣味*运动会奖品",
            item="culture_sports",
            amount_fen=1_286_00,
            handler=HANDLER,
            who=HANDLER,
            now_utc=NOW,
        )
        claims.submit_claim(session, row.id or 0, version=1, who=HANDLER, now_utc=NOW, today=TODAY)
        return row.id or 0


def open_claims(open_page: OpenPage, name: str = "") -> AppTest:
    at = open_page("fund", view="claims")
    if name:
        at.session_state["acting_name"] = name
        at.run()
    assert not at.exception, at.exception
    return at


def text_of(at: AppTest) -> str:
    return "\n".join(str(getattr(element, "value", "")) for kind in ("markdown", "text", "html") for element in at.get(kind))


def has_button(at: AppTest, key: str) -> bool:
    return any(button.key == key for button in at.button)


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def load(engine: Engine, claim_id: int) -> Claim:
    with db.reading(engine) as session:
        return session.exec(select(Claim).where(Claim.id == claim_id)).one()


def test_empty_view_says_what_a_claim_is_and_where_to_begin(open_page: OpenPage) -> None:
    at = open_claims(open_page)

    assert "还没有报销单。" in text_of(at)
    assert has_button(at, "open_new_claim")


def test_nobody_named_is_asked_to_choose(open_page: OpenPage, claim_id: int) -> None:
    at = open_claims(open_page)

    assert "请在上面选好“本人”" in text_of(at)
    assert not has_button(at, f"go_claim_step_{claim_id}")


@pytest.mark.parametrize(("name", "waits"), [(CHAIR, True), ("何敏", True), (HANDLER, False), (CASHIER, False), (AUDITOR, False)])
def test_claim_waits_for_those_who_may_take_its_next_step(open_page: OpenPage, claim_id: int, name: str, waits: bool) -> None:
    at = open_claims(open_page, name)

    assert has_button(at, f"go_claim_step_{claim_id}") is waits


def test_purpose_is_shown_letter_for_letter(open_page: OpenPage, claim_id: int) -> None:
    at = open_claims(open_page)

    assert at.button(key=f"open_claim_all_{claim_id}").label == r"\*趣味\*运动会奖品"


def test_chair_approves_in_the_slip(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    at = press(open_claims(open_page, CHAIR), f"go_claim_step_{claim_id}")

    press(at, "go_claim_approve")

    row = load(engine, claim_id)
    assert (row.state, row.approver) == (ClaimState.APPROVED, CHAIR)


def test_claim_is_given_back_with_a_reason(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    at = press(open_claims(open_page, CHAIR), f"go_claim_step_{claim_id}")
    press(at, "claim_return")
    at.text_input(key=f"{FORM_PREFIX}giving_reason").set_value("少了名单")

    press(at, "claim_giving")

    row = load(engine, claim_id)
    assert (row.state, row.returned_by, row.returned_reason) == (ClaimState.DRAFT, CHAIR, "少了名单")


def test_slip_asks_who_you_are_when_nobody_said_it(open_page: OpenPage, claim_id: int) -> None:
    at = press(open_claims(open_page), f"open_claim_all_{claim_id}")

    assert "您是哪位？" in text_of(at)
    assert not has_button(at, "go_claim_approve")


def test_steps_say_who_took_them(open_page: OpenPage, claim_id: int) -> None:
    at = press(open_claims(open_page, HANDLER), f"open_claim_all_{claim_id}")

    _, _, steps = text_of(at).partition('<ol class="ub-steps">')
    steps, _, _ = steps.partition("</ol>")
    assert steps.count(HANDLER) == 2
    assert '<li class="next" aria-current="step"><b>3</b><span>审批</span>' in steps


def test_claim_is_written_and_handed_in(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    at = press(open_claims(open_page, HANDLER), "open_new_claim")
    at.text_input(key=f"{FORM_PREFIX}purpose").set_value("工会小组长培训讲课费").run()
    assert at.session_state[f"{FORM_PREFIX}kind"] == "training"
    assert at.session_state[f"{FORM_PREFIX}item"] == "training"
    at.text_input(key=f"{FORM_PREFIX}amount").set_value("800")

    press(at, "go_claim_submit")

    row = load(engine, claim_id + 1)
    assert (row.state, row.purpose, row.item, row.amount_fen, row.handler) == (
        ClaimState.SUBMITTED,
        "工会小组长培训讲课费",
        "training",
        800_00,
        HANDLER,
    )


def test_form_of_a_private_kind_asks_for_nobodys_name(open_page: OpenPage, claim_id: int) -> None:
    at = press(open_claims(open_page, HANDLER), "open_new_claim")

    at.selectbox(key=f"{FORM_PREFIX}kind").set_value("care").run()

    keys = [field.key for field in at.text_input]
    assert f"{FORM_PREFIX}purpose" not in keys
    assert f"{FORM_PREFIX}payee" not in keys


def test_stale_draft_is_saved_by_a_second_press(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    with db.writing(engine) as session:
        claims.return_claim(session, claim_id, version=2, reason="金额不对", who=CHAIR, now_utc=NOW)
    at = press(press(open_claims(open_page, HANDLER), f"go_claim_step_{claim_id}"), "claim_edit")
    with db.writing(engine) as session:
        claims.save_claim(session, claim_id, version=3, who="吴佳", now_utc=NOW, amount_fen=900_00)
    at.text_input(key=f"{FORM_PREFIX}amount").set_value("950")

    press(at, "claim_keep")
    assert "现在是“900元”" in at.error[0].value
    press(at, "claim_keep")

    assert load(engine, claim_id).amount_fen == 950_00


def test_paper_is_noted_in_the_slip(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    at = press(open_claims(open_page, HANDLER), f"open_claim_all_{claim_id}")
    press(at, f"add_paper_c{claim_id}_invoice")
    at.text_input(key=f"paper_place_c{claim_id}_invoice").set_value("文件夹3")

    press(at, f"note_paper_c{claim_id}_invoice")

    with db.reading(engine) as session:
        (paper,) = session.exec(select(FundPaper)).all()
    assert (paper.claim_id, paper.kind, paper.place, paper.seen_by, paper.who) == (claim_id, PaperKind.INVOICE, "文件夹3", HANDLER, HANDLER)
    assert "齐了" in text_of(at)


def note_certificate(session: Session, claim_id: int) -> None:
    facts: dict[str, Any] = {"name": "住院证明", "seen_by": HANDLER, "who": HANDLER, "now_utc": NOW}
    fund_papers.note_paper(session, kind=PaperKind.CERTIFICATE, claim_id=claim_id, **facts)


def test_certificate_does_not_say_what_it_certifies(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    with db.writing(engine) as session:
        note_certificate(session, claim_id)

    at = press(open_claims(open_page, CHAIR), f"open_claim_all_{claim_id}")

    labels = [button.label for button in at.button]
    assert "住院证明" not in text_of(at)
    assert "住院证明" not in labels
    assert "纸质件已看过" in labels


def upload(at: AppTest, claim_id: int, name: str) -> AppTest:
    press(press(at, f"open_claim_all_{claim_id}"), f"add_paper_c{claim_id}_else")
    box = next(each for each in at.file_uploader if (each.key or "").startswith("fund_files_"))
    box.upload(name, b"%PDF-1.7 paper", "application/pdf").run()
    assert not at.exception, at.exception
    return at


def test_certificate_is_refused_and_leaves_no_file_behind(open_page: OpenPage, engine: Engine, data_dir: Path, claim_id: int) -> None:
    at = upload(open_claims(open_page, HANDLER), claim_id, "住院证明-王某.pdf")

    assert [error.value for error in at.error] == ["证明和病历只看不留。请在下面登记谁看过；“住院证明\\-王某.pdf”没有保存。"]  # Markdown
    assert [path for path in data_dir.rglob("*") if path.suffix == ".pdf"] == []
    with db.reading(engine) as session:
        assert session.exec(select(FundPaper)).all() == []


def test_signed_list_is_opened_by_the_chair_alone_and_closed_when_another_sits_down(
    open_page: OpenPage, engine: Engine, data_dir: Path, claim_id: int
) -> None:
    at = upload(open_claims(open_page, CHAIR), claim_id, "林小雨签领表.pdf")
    press(press(at, f"open_claim_all_{claim_id}"), "open_fund_paper_1")
    assert at.get("download_button") == []
    assert "林小雨" not in text_of(at) + str([button.label for button in at.button])

    press(at, "reveal_fund_paper_1")
    assert len(at.get("download_button")) == 1

    at.session_state["acting_name"] = HANDLER
    at.run()
    assert at.get("download_button") == []
    press(at, "reveal_fund_paper_1")
    assert at.get("download_button") == []


def test_threshold_is_set_in_the_view(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    at = open_claims(open_page, CHAIR)
    at.text_input(key="claims_threshold").set_value("1000")

    press(at, "claims_policy_save")

    with db.reading(engine) as session:
        policy = session.exec(select(FundPolicy)).one()
        assert claims.find_claim(session, claim_id).needs_resolution
    assert policy.resolution_above_fen == 1_000_00
    assert "¥1,000 及以上须集体研究" in [expander.label for expander in at.expander]


def test_without_a_list_one_person_takes_two_steps_with_a_reason(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    with db.writing(engine) as session:
        for member in unions.list_members(session):
            member.is_active = False
    at = press(open_claims(open_page, HANDLER), f"go_claim_step_{claim_id}")

    press(at, "go_claim_approve")
    assert load(engine, claim_id).state is ClaimState.SUBMITTED
    at.text_input(key=f"{FORM_PREFIX}one_hand").set_value("全会只有一名委员")
    press(at, "go_claim_approve")

    row = load(engine, claim_id)
    assert (row.state, row.approver, row.one_hand) == (ClaimState.APPROVED, HANDLER, "全会只有一名委员")
    assert "一人经办" in text_of(at)


def test_history_of_a_claim_is_told_in_the_slip(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    with db.writing(engine) as session:
        claims.return_claim(session, claim_id, version=2, reason="少了名单", who="何敏", now_utc=NOW)

    at = press(open_claims(open_page, CHAIR), f"open_claim_all_{claim_id}")

    assert "何敏　退回　:gray[少了名单]" in text_of(at)


def test_member_approves_the_chairs_own_claim_and_says_why(open_page: OpenPage, engine: Engine, claim_id: int) -> None:
    with db.writing(engine) as session:
        for member in unions.list_members(session):
            member.is_active = member.name != "何敏"
        row = session.exec(select(Claim).where(Claim.id == claim_id)).one()
        row.handler = CHAIR
    at = press(open_claims(open_page, HANDLER), f"go_claim_step_{claim_id}")

    press(at, "go_claim_approve")
    assert load(engine, claim_id).state is ClaimState.SUBMITTED
    at.text_input(key=f"{FORM_PREFIX}one_hand").input("主席本人经手，没有副主席").run()
    press(at, "go_claim_approve")

    row = load(engine, claim_id)
    assert (row.state, row.approver, row.one_hand) == (ClaimState.APPROVED, HANDLER, "主席本人经手，没有副主席")
