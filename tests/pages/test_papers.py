"""The page of papers, run: a card for each, the one a link asks for first, own forms put in and taken out, files noted."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_committee, make_plan
from unionboard import db
from unionboard.config import read_config
from unionboard.errors.exports import TemplateLost
from unionboard.models import AccountRole, TemplateKind
from unionboard.services.care import record_visit
from unionboard.services.papers.honours import gather_honours
from unionboard.services.papers.notice import gather_notice
from unionboard.services.summary_templates import find_template, store_template
from unionboard.ui.papers.offering import KINDS, make_paper
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.certificates import tell_honours
from unionboard.writing.papers.making import write_form
from unionboard.writing.papers.notice import tell_notice

OpenPage = Callable[..., AppTest]
SignIn = Callable[..., int]
BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def keys(at: AppTest, kind: str) -> list[str]:
    return [one.key for one in at.get(kind) if one.key]


def cards(at: AppTest) -> list[str]:
    return [one.value.split(": ", 1)[1] for one in at.subheader]


def saves(at: AppTest) -> set[str]:
    """The keys of what can be saved."""
    return {one.proto.id.rsplit("-", 1)[-1] for one in at.get("download_button")}


def test_demo_year_has_a_card_for_every_paper(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("papers")

    assert sorted(cards(at)) == sorted(["每月公示", "签到表", "会费收缴与经费收支公示", "发放签领表", "慰问审批表", "荣誉名单与证书"])
    assert saves(at) >= {
        "paper_notice_docx",
        "paper_sign_in_docx",
        "paper_sign_in_xlsx",
        "paper_visit_docx",
        "paper_disclosure_docx",
        "paper_disclosure_xlsx",
        "paper_certificate_docx",
        "paper_certificate_xlsx",
        "paper_certificate_each",
        "signoff_xlsx",
        "signoff_docx",
    }


def test_link_of_an_activity_brings_its_sheet_first_and_chosen(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        activity = make_activity(session, make_plan(session), planned_people=46)

    at = open_page("papers", paper="sign_in", **{"for": str(activity.id)})

    assert cards(at)[0] == "签到表"
    assert at.selectbox(key="paper_sign_in_for").value == str(activity.id)
    assert at.number_input(key=f"paper_sign_in_lines_{activity.id}").value == 46


def test_choice_after_a_link_holds(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        activity = make_activity(session, make_plan(session))
    at = open_page("papers", paper="sign_in", **{"for": str(activity.id)})

    at.selectbox(key="paper_sign_in_for").set_value("meeting").run()
    at.run()

    assert at.selectbox(key="paper_sign_in_for").value == "meeting"


def test_page_without_data_says_what_to_do(engine: Engine, open_page: OpenPage) -> None:
    at = open_page("papers")

    told = [one.value for one in at.markdown]
    assert told.count("这份材料根据工作计划生成，现在还没有计划。") == 2
    assert "今年还没有发放事项。请先在“经费”里登记，这里就能出签领表。" in told
    assert f"{TODAY.year}年账册还是空的，没有可公示的内容。" in told
    assert saves(at) == {"paper_sign_in_docx", "paper_sign_in_xlsx", "paper_visit_docx"}


def test_year_without_honours_says_where_they_are_told(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    at = open_page("papers")

    assert "2026年还没有登记荣誉：办结时在“更多”里填写。" in [one.value for one in at.markdown]
    assert "paper_certificate_docx" not in saves(at)


def test_name_of_a_visit_is_offered_once_it_is_unlocked(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        make_plan(session)
        row = record_visit(session, visited_on=date(2026, 3, 2), kind="hospital", recipient="林小云", post=False, today=TODAY, **BY)
    at = open_page("papers", paper="visit", **{"for": str(row.id)})
    assert "paper_visit_named" not in saves(at)

    at.button(key="unlock_papers").click().run()

    assert "paper_visit_named" in saves(at)
    assert "林小云" not in str([one.value for one in at.markdown])


def test_name_of_a_visit_is_for_the_chair_and_the_treasurer(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        make_plan(session)
        make_committee(session, 陈立群="主席")
        row = record_visit(session, visited_on=date(2026, 3, 2), kind="hospital", recipient="林小云", post=False, today=TODAY, **BY)

    at = open_page("papers", paper="visit", **{"for": str(row.id)})

    assert "unlock_papers" not in [button.key for button in at.button]
    assert ":small[:gray[:material/lock: 姓名只给主席和财务委员看。]]" in [one.value for one in at.markdown]


@pytest.mark.parametrize(("role", "forms"), [(AccountRole.COMMITTEE, 6), (AccountRole.AUDIT, 0)])
def test_own_forms_are_for_whoever_writes(demo: Engine, open_page: OpenPage, sign_in: SignIn, role: AccountRole, forms: int) -> None:
    sign_in(role, name="程立")

    at = open_page("papers")

    assert sum(str(button.key).startswith("open_form_") for button in at.button) == forms
    assert "paper_notice_docx" in saves(at)


def test_viewer_may_not_see_the_page(demo: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(AccountRole.VIEWER, name="程立")

    at = open_page("papers")

    assert (cards(at), saves(at)) == ([], set())


def put_in(engine: Engine, kind: TemplateKind, suffix: str = ".docx") -> None:
    with db.writing(engine) as session:
        form, name = write_form(kind, "zh_CN", suffix), f"本会表样{suffix}"
        store_template(session, form, name, kind=kind, suffix=suffix, folder=read_config().form_dir, **BY)


def test_own_form_is_offered_beside_ours_and_taken_out(demo: Engine, open_page: OpenPage) -> None:
    put_in(demo, TemplateKind.SIGN_IN, ".xlsx")
    at = open_page("papers")
    assert "paper_sign_in_own" in saves(at)

    at.button(key="open_form_sign_in").click().run()
    at.button(key="remove_form").click().run()

    with db.reading(demo) as session:
        assert find_template(session, TemplateKind.SIGN_IN) is None
    assert "paper_sign_in_own" not in saves(at)


def test_own_form_that_is_gone_is_told_and_not_offered(demo: Engine, open_page: OpenPage) -> None:
    put_in(demo, TemplateKind.NOTICE)
    for path in read_config().form_dir.iterdir():
        path.unlink()

    at = open_page("papers")

    assert "paper_notice_own" not in saves(at)
    assert any("模板" in one.value for one in at.markdown), TemplateLost.sentence


def test_own_form_of_a_hand_out_that_is_gone_is_told_and_not_offered(demo: Engine, open_page: OpenPage) -> None:
    put_in(demo, TemplateKind.HANDOUT)
    assert "signoff_own" in saves(open_page("papers"))
    for path in read_config().form_dir.iterdir():
        path.unlink()

    at = open_page("papers")

    assert "signoff_own" not in saves(at)
    assert any("模板" in one.value for one in at.markdown), TemplateLost.sentence


@pytest.mark.parametrize("kind", KINDS)
def test_places_of_a_paper_are_listed_in_its_drawer(demo: Engine, open_page: OpenPage, kind: TemplateKind) -> None:
    at = open_page("papers")

    at.button(key=f"open_form_{kind.value}").click().run()

    assert not at.exception
    assert any("| `{{ 单位 }}` | 工会名称 |" in one.value for one in at.markdown)


def test_file_is_made_in_the_language_it_was_asked_in(demo: Engine) -> None:
    def fill(session: Any, words: FundWords) -> Any:
        return tell_notice(gather_notice(session, date(2026, 5, 1), today=TODAY, language=words.language), words)

    made = make_paper(TemplateKind.NOTICE, fill, "en", ".docx", is_own=False)

    assert Document(BytesIO(made)).paragraphs[0].text == "Union activities in May 2026"


def test_summary_takes_no_form_of_a_paper(demo: Engine) -> None:
    put_in(demo, TemplateKind.CERTIFICATE)

    with db.reading(demo) as session:
        assert find_template(session) is None
        told = tell_honours(gather_honours(session, 2026, today=TODAY, language="zh_CN"), FundWords("zh_CN"))
    assert told.single["count"] == 3


def test_chosen_file_is_in_use_from_then_on(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("papers")
    at.button(key="open_form_notice").click().run()

    at.file_uploader(key="drawer_own_form_0").upload("本会公示.docx", write_form(TemplateKind.NOTICE, "zh_CN")).run()

    with db.reading(demo) as session:
        row = find_template(session, TemplateKind.NOTICE)
    assert row is not None
    assert (row.name, row.stored_name) == ("本会公示.docx", f"{row.sha256}.docx")
    assert "paper_notice_own" in saves(at.run())


def test_file_of_another_paper_is_refused_by_the_name_of_its_place(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("papers")
    at.button(key="open_form_notice").click().run()

    at.file_uploader(key="drawer_own_form_0").upload("签到.docx", write_form(TemplateKind.SIGN_IN, "zh_CN")).run()

    with db.reading(demo) as session:
        assert find_template(session, TemplateKind.NOTICE) is None
    assert any("活动" in one.value or "时间" in one.value for one in at.error)


def test_drawer_of_an_activity_leads_to_its_sheet(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        activity = make_activity(session, make_plan(session))

    at = open_page("checkoffs", activity=str(activity.id))

    links = {(link.proto.page, link.proto.query_string) for link in at.get("page_link")}
    assert ("papers", f"paper=sign_in&for={activity.id}") in links
