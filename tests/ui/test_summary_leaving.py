"""The summary leaves the house: checked, exported, finalised, opened again."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW, make_plan, make_section, make_union
from unionboard import db
from unionboard.config import read_config
from unionboard.drafting.lints import Code
from unionboard.errors.summary_check import PrivacyUndecided
from unionboard.models import BlockKind
from unionboard.services.summary import DraftId, SummaryView, read_draft
from unionboard.services.summary_check import SummaryCheck, check_summary, decide_remark, withdraw_decision
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_block
from unionboard.services.summary_final import finalise
from unionboard.services.summary_templates import store_template
from unionboard.ui.summary.export_drawer import Paper, Wish, make_file
from unionboard.writing.summary_template import write_sample_template

BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DRAFT = DraftId(1)
PRIVATE = "到医院看望王小明老师。"
Show = Callable[[str], AppTest]


def draw(name: str) -> None:
    """One drawer's body, as the page draws it."""
    from unionboard import db
    from unionboard.services.summary import DraftId, read_draft
    from unionboard.ui.actions import show_notices
    from unionboard.ui.summary import checker, export_drawer, finalise
    from unionboard.ui.summary.known import gather_known

    show_notices()
    with db.reading() as session:
        view = read_draft(session, DraftId(1))
        known = gather_known(session, DraftId(1))
    if name == "check":
        checker.show_checker(view, known.check)
    if name == "export":
        export_drawer.show_export(view, known)
    if name == "finalise":
        finalise.show_finalise(view, known)
    if name == "reopen":
        finalise.show_reopen(view)
    if name == "stamp":
        finalise.show_stamp(view)


@pytest.fixture
def written(engine: Engine) -> Engine:
    """A draft of a year without deeds."""
    with db.writing(engine) as session:
        make_union(session)
        make_section(session, make_plan(session))
        write_draft(session, DRAFT, as_of=TODAY, **BY)
    return engine


@pytest.fixture
def show(written: Engine) -> Show:
    def show(name: str) -> AppTest:
        at = AppTest.from_function(draw, args=(name,), default_timeout=30).run()
        assert not at.exception, at.exception
        return at

    return show


def read(engine: Engine) -> tuple[SummaryView, SummaryCheck]:
    with db.reading(engine) as session:
        view = read_draft(session, DRAFT)
        return view, check_summary(session, view)


def write_lead(engine: Engine, words: str) -> None:
    """People's own words for the lead."""
    with db.writing(engine) as session:
        block = read_draft(session, DRAFT).blocks[0]
        assert block.kind is BlockKind.LEAD
        save_block(session, DRAFT, block.key, text=words, version=block.version, **BY)


def let_stand(engine: Engine) -> None:
    """What is private may go out, somebody says."""
    view, check = read(engine)
    with db.writing(engine) as session:
        for remark in check.undecided:
            decide_remark(session, view, remark, **BY)


def take_back(engine: Engine) -> None:
    """Somebody thinks better of it."""
    view, check = read(engine)
    with db.writing(engine) as session:
        for one in check.decided:
            withdraw_decision(session, view, one.id, **BY)


def lock(engine: Engine) -> None:
    with db.writing(engine) as session:
        finalise(session, DRAFT, version=read_draft(session, DRAFT).version, **BY)


def buttons_of(at: AppTest, prefix: str) -> list[str]:
    return [str(button.key) for button in at.button if str(button.key).startswith(prefix)]


def test_the_name_of_somebody_visited_stops_the_export(written: Engine, show: Show) -> None:
    write_lead(written, PRIVATE)

    at = show("export")

    downloads: list[Any] = list(at.get("download_button"))
    assert [button.proto.disabled for button in downloads if button.key == "go_export_docx"] == [True]
    with pytest.raises(PrivacyUndecided):
        make_file(DRAFT, Wish(Paper.WORD))


def test_somebody_decides_that_it_may_stand_and_takes_it_back(written: Engine, show: Show) -> None:
    write_lead(written, PRIVATE)
    at = show("check")

    at.text_input[0].set_value("本人同意")
    while decide := buttons_of(at, "decide_"):
        at.button(key=decide[0]).click().run()
    _, decided = read(written)
    while withdraw := buttons_of(at, "withdraw_"):
        at.button(key=withdraw[0]).click().run()

    assert not at.exception
    assert decided.undecided == ()
    assert decided.decided[0].note == "本人同意"
    assert read(written)[1].undecided != ()


def test_an_empty_phrase_is_mended_with_a_press(written: Engine, show: Show) -> None:
    write_lead(written, "全年工作取得显著成效。")
    at = show("check")

    at.button(key=buttons_of(at, "mend_")[0]).click().run()

    view, check = read(written)
    assert view.blocks[0].text == "全年工作取得成效。"
    assert Code.EMPTY_PHRASE not in {remark.code for remark in check.remarks}


@pytest.mark.parametrize("paper", [Paper.WORD, Paper.MARKDOWN, Paper.TABLE])
def test_file_holds_the_draft_as_it_is_stored(written: Engine, paper: Paper) -> None:
    write_lead(written, "我们自己的开头。")

    content = make_file(DRAFT, Wish(paper))

    if paper is Paper.WORD:
        assert "我们自己的开头。" in [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
    elif paper is Paper.MARKDOWN:
        assert "我们自己的开头。" in content.decode().splitlines()
    else:
        assert load_workbook(BytesIO(content)).active is not None


def test_the_union_s_own_template_is_filled(written: Engine) -> None:
    with db.writing(written) as session:
        store_template(session, write_sample_template("zh_CN"), "本会.docx", folder=read_config().form_dir, **BY)

    content = make_file(DRAFT, Wish(Paper.WORD, has_template=True))

    assert Document(BytesIO(content)).paragraphs[0].text == read(written)[0].title


def test_the_name_of_somebody_visited_stops_finalising(written: Engine, show: Show) -> None:
    write_lead(written, PRIVATE)

    at = show("finalise")

    assert at.button(key="go_finalise").disabled
    assert ":orange[:material/error:] 1 处涉及个人隐私，要先改掉，或决定保留" in [element.value for element in at.markdown]


def test_finalised_summary_is_stamped_and_opened_again_with_a_reason(written: Engine, show: Show) -> None:
    show("finalise").button(key="go_finalise").click().run()
    final = read(written)[0].final
    stamp = show("stamp")
    at = show("reopen")
    at.button(key="go_drawer_save").click().run()
    without_reason = [error.value for error in at.error]
    at.text_input[0].set_value("数字有误")
    at.button(key="go_drawer_save").click().run()

    assert final is not None
    mark = " ".join(final.fingerprint[n : n + 4] for n in (0, 4, 8))
    told = [element.value for element in stamp.markdown]
    assert told[0].startswith(":green[:material/lock: **已定稿　主席　")
    assert told[1:] == [
        f":small[:gray[核验码 {mark}]]",
        f":small[:gray[更改记录校验码 {final.check_code}]]",
        ":small[:gray[定稿后记录没有变动。]]",
    ]
    assert len(without_reason) == 1
    assert read(written)[0].final is None


def test_final_summary_takes_a_decision_but_no_mend(written: Engine, show: Show) -> None:
    write_lead(written, PRIVATE)
    let_stand(written)
    lock(written)
    take_back(written)

    at = show("check")
    at.button(key=buttons_of(at, "decide_")[0]).click().run()

    assert buttons_of(at, "mend_") == []
    assert read(written)[1].undecided == ()
